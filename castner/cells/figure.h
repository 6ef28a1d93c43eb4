// SPDX-License-Identifier: Apache-2.0
/// A number and how well it is known.
#pragma once

#include <limits>

namespace castner::cells {

struct Figure {
  double value = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();
  bool known() const { return value == value; }
};

}  // namespace castner::cells
