// SPDX-License-Identifier: Apache-2.0
/// One reading: when, how much, how good; and the series of one tag.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "castner/base/clock.h"

namespace castner::readings {

using castner::Time;  ///< UTC, to the nanosecond

enum class Quality { good, uncertain, bad };

struct Sample {
  Time time;
  double value = 0.0;  ///< in the unit of its series; NaN for a bad reading without a number
  Quality quality = Quality::good;
};

struct Series {
  std::string tag;
  std::string unit;             ///< unit given by the header, "" where none was
  std::string foreign;          ///< the file's own unit, where it was read as another: "psi", then in kPa; else ""
  bool absolute = false;        ///< a pressure whose header says itself that it counts from vacuum: "kPa(a)"
  std::string share;            ///< of a percentage whose header says of what: "vol%", "wt%"; else ""
  std::vector<Sample> samples;  ///< ascending in time after reading
};

}  // namespace castner::readings
