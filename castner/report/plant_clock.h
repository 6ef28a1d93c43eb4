// SPDX-License-Identifier: Apache-2.0
/// Times as the plant's clock shows them, with their offset from UTC.
#pragma once

#include <optional>
#include <string>

#include "castner/readings/sample.h"

namespace castner::report {

/// A time zone by its IANA name or as "+08:00"; anything else, such as "" or "offsets in the file", is UTC.
class PlantClock {
 public:
  explicit PlantClock(const std::string& zone);
  std::string rfc3339(Time) const;  ///< "2026-03-01T08:00:00+08:00"; "Z" for UTC
  std::string date(Time) const;     ///< "2026-03-01"
  std::string clock(Time) const;    ///< "08:00"
  std::string minute(Time) const;   ///< "2026-03-01 08:00"
  std::string offset(Time) const;   ///< "+08:00"

 private:
  std::optional<std::string> zone_;
};

}  // namespace castner::report
