// SPDX-License-Identifier: Apache-2.0
#include "castner/base/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "castner/base/utf8.h"

namespace castner {
namespace {

std::string quoted(std::string_view value) {
  const auto plain = [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '"' && c != '\\' && c != '=' && c != 127;
  };
  if (!value.empty() && std::all_of(value.begin(), value.end(), plain) && is_utf8(value)) return std::string(value);
  std::string out = "\"";
  for (std::size_t at = 0; at < value.size();) {
    const char c = value[at];
    const auto length = utf8_character(value, at).length;
    if (length > 1) {
      out += value.substr(at, length);
      at += length;
      continue;
    }
    ++at;
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) < ' ' || c == 127 || length == 0)
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + '"';
}

const char* name_of(LogLevel level) {
  switch (level) {
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
  }
  return "";
}

}  // namespace

std::string log_line(std::string_view time, LogLevel level, std::string_view event,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string line = fmt::format("{} {} {}", time, name_of(level), event);
  for (const auto& [key, value] : fields) line += fmt::format(" {}={}", key, quoted(value));
  return line;
}

void log_event(LogLevel level, std::string_view event,
               std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const auto time =
      fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                  fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::time_point(seconds))),
                  std::chrono::floor<std::chrono::milliseconds>(now - seconds).count());
  const std::string line = log_line(time, level, event, fields) + "\n";
  // One write: lines of several threads do not mix. A log that cannot be written must not stop the server.
  if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

}  // namespace castner
