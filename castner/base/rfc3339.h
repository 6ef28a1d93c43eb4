// SPDX-License-Identifier: Apache-2.0
/// Times that machines write: "2026-11-23T14:32:04.5Z", "2026-11-23T22:32:04+08:00", or a count since 1970. Never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "castner/base/clock.h"

namespace castner {

/// "2026-11-23T14:32:05Z", with as many decimals of the second (0, 3, 6 or 9) as there are.
std::string rfc3339(Time);
void append_rfc3339(std::string& out, Time);

/// Reads RFC 3339 with an offset or Z, up to nanoseconds; years 1678 to 2261, which nanoseconds reach; nullopt for any other text.
[[nodiscard]] std::optional<Time> read_utc(std::string_view text);

/// The nanoseconds in one count of a clock: ns 1, us 1e3, ms 1e6, s 1e9; nullopt for any other word.
[[nodiscard]] std::optional<std::int64_t> precision_ns(std::string_view word);

/// What is wrong with a count that comes to a time in 1970, "1795046400 is 1970-01-01T00:00:01.795046400Z in ns", or to none that is kept,
/// "9300000000000 in ms is outside the years 1678 to 2261". "" for any other count. In 1970 there was no plant that sent counts: it is one
/// in a coarser unit, or of a device that has no clock and counts from its start.
[[nodiscard]] std::string wrong_count(std::int64_t count, std::int64_t ns_each);
/// The unit, "ns" to "s", in which the count would be a time from 1990 to 2100; "" where it would be one in none.
[[nodiscard]] std::string_view likely_unit(std::int64_t count);
/// The cure where there is no such unit.
constexpr const char* kNoClockCure = "set the clock that sends it, or leave the time out: then that of arrival counts";

/// The same of a text of 1970, "\"1970-01-20T14:33:20Z\" is in 1970", by UTC or by its own clock, and the cure: the time whose count of
/// seconds was read as one of ms, where there is one, else kNoClockCure. "" for any other year.
struct WrongTime {
  std::string what, cure;
};
[[nodiscard]] WrongTime wrong_text(std::string_view text, Time);

/// Whether a time lies in the years 1678 to 2261, the whole years that nanoseconds reach: what is taken, kept and asked for.
bool is_kept_time(Time);

/// The time `count` times so many nanoseconds after 1970; nullopt outside the years 1678 to 2261.
[[nodiscard]] std::optional<Time> counted_time(std::int64_t count, std::int64_t ns_each);

}  // namespace castner
