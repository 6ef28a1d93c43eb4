// SPDX-License-Identifier: Apache-2.0
/// The days before a virtual plant went live, as its own historian would export them: line protocol, for `POST /api/v1/write`; or a table.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "castner/base/error.h"
#include "castner/solve/report.h"
#include "castner/virtual_plant/virtual_plant.h"

namespace castner::virtual_plant {

struct PastExport {
  double length = 30 * 86400.0;  ///< [s]
  double step = 60.0;            ///< between two readings of a measurement [s]
  double cell_step = 600.0;      ///< of a single cell and of its electrolyser's analyses, a multiple of step [s]
  double close = 86400.0;        ///< before now, in which they too are read at every step [s]
  std::int64_t now = 0;          ///< the past ends before this [s since 1970]
  bool table = false;            ///< of the measurements a CSV instead, a row a step: what people export to Excel
  bool cells = false;            ///< in a table: of the cells and their analyses too
};

/// Runs the plant from `length` before its time 0 up to it and hands over lines `TAG value=3.25 1795046400`, times in
/// seconds, a stretch of whole lines at a time. What is not good is not written: line protocol knows no quality. In a table it is an
/// empty cell.
/// @param write  false ends the run
[[nodiscard]] solve::Report write_past(VirtualPlant&, const PastExport&,
                                       const std::function<bool(std::string_view)>& write);

}  // namespace castner::virtual_plant
