// SPDX-License-Identifier: Apache-2.0
/// Local time to UTC and back: IANA zones and fixed offsets, with hours that occur twice or not at all.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "castner/base/error.h"
#include "castner/readings/sample.h"

namespace castner::readings {

using LocalTime = std::chrono::local_time<std::chrono::nanoseconds>;

/// The instants at which a zone's clock shows a local time.
struct Resolved {
  enum class Kind { unique, twice, never } kind = Kind::unique;
  Time first;   ///< the earlier of two; undefined for never
  Time second;  ///< the later of two; equal to first where unique
};

/// Bad input with a cure where `zone` is neither an IANA name nor +HH:MM or -HH:MM.
[[nodiscard]] Result<void> check_time_zone(std::string_view zone);

/// @param zone  a zone that check_time_zone accepts
[[nodiscard]] Resolved resolve(LocalTime, const std::string& zone);

/// The same for many times of one zone: remembers the stretch between two changes of the clock that it was in last.
class LocalClock {
 public:
  /// @param zone  a zone that check_time_zone accepts
  explicit LocalClock(std::string zone) : zone_(std::move(zone)) {}
  Resolved resolve(LocalTime);
  const std::string& zone() const { return zone_; }

 private:
  std::string zone_;
  LocalTime from_{}, to_{};  ///< every local time from..to is unique, with this offset
  std::chrono::seconds offset_{0};
};

/// The local time of an instant; UTC if no zone is given.
[[nodiscard]] LocalTime local_time(Time, const std::optional<std::string>& zone);
[[nodiscard]] Time local_midnight(Time, const std::optional<std::string>& zone);       ///< at or before
[[nodiscard]] Time next_local_midnight(Time, const std::optional<std::string>& zone);  ///< after

/// RFC 3339 with the zone's offset at that time, to the second (or the millisecond where there is one):
/// "2026-11-03T14:05:00+08:00"; "Z" without a zone.
[[nodiscard]] std::string time_text(Time, const std::optional<std::string>& zone = std::nullopt);

/// Reads "2026-11-03T14:05:00+08:00", "2026-11-03 14:05", "2026-11-03"; without an offset a zone is needed.
/// Years 1678 to 2261.
[[nodiscard]] Result<Time> parse_time(std::string_view text, const std::optional<std::string>& zone);

}  // namespace castner::readings
