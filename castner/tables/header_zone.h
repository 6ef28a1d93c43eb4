// SPDX-License-Identifier: Apache-2.0
/// The time zone that the name of a column of times states: "time (UTC)", "UTC time", "Time +08:00", "Zeit (MEZ)", "北京时间".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace castner::tables {

struct HeaderZone {
  std::optional<std::string> zone;  ///< one that check_time_zone accepts
  std::string unknown;              ///< words that name a zone, but stand for several, or change with the season: "CET"
};
[[nodiscard]] HeaderZone header_zone(std::string_view header);

/// The header without words that may name a zone, for looking up its name: "Time CET" becomes "Time".
[[nodiscard]] std::string without_zone(std::string_view header);

}  // namespace castner::tables
