// SPDX-License-Identifier: Apache-2.0
/// One structured line per event, on standard error: `2026-11-23T06:00:00.123Z warning source_down source=plc error="timed out"`.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace castner {

enum class LogLevel { info, warning, error };

/// Values with blanks, quotes or control characters are quoted and escaped, so that a line is always one line; a byte that is no UTF-8 is \xff.
/// Thread safe; a line is written whole.
void log_event(LogLevel, std::string_view event,
               std::initializer_list<std::pair<std::string_view, std::string_view>> fields = {});

/// The same line as text, for a given moment "2026-11-23T06:00:00.123Z"; without the newline.
std::string log_line(std::string_view time, LogLevel, std::string_view event,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

}  // namespace castner
