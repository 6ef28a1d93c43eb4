// SPDX-License-Identifier: Apache-2.0
/// Times as the plant's clock shows them, with their offset from UTC.
#pragma once

#include <optional>
#include <string>

#include "castner/historian/sample.h"

namespace castner::report {

/// A time zone by its IANA name or as "+08:00"; anything else, such as "" or "offsets in the file", is UTC.
class LocalTime {
 public:
  explicit LocalTime(const std::string& zone);
  std::string rfc3339(historian::Time) const;  ///< "2026-03-01T08:00:00+08:00"; "Z" for UTC
  std::string date(historian::Time) const;     ///< "2026-03-01"
  std::string clock(historian::Time) const;    ///< "08:00"
  std::string minute(historian::Time) const;   ///< "2026-03-01 08:00"
  std::string offset(historian::Time) const;   ///< "+08:00"

 private:
  std::optional<std::string> zone_;
};

}  // namespace castner::report
