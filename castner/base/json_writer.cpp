// SPDX-License-Identifier: Apache-2.0
#include "castner/base/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

namespace castner {
namespace {

template <class N>
void append_number(std::string& out, N n) {
  std::array<char, 40> text;
  out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), n).ptr);
}

void two_digits(std::string& out, unsigned n) {
  out += static_cast<char>('0' + n / 10);
  out += static_cast<char>('0' + n % 10);
}

/// How many bytes the UTF-8 character at `at` has; 0 where there is none.
std::size_t utf8_length(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < s.size() ? s[i] : 0); };
  const unsigned char b = byte(at);
  const std::size_t length = b < 0x80                ? 1
                             : b >= 0xc2 && b < 0xe0 ? 2
                             : b >= 0xe0 && b < 0xf0 ? 3
                             : b >= 0xf0 && b < 0xf5 ? 4
                                                     : 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
  const unsigned char second = byte(at + 1);
  if ((b == 0xe0 && second < 0xa0) || (b == 0xed && second > 0x9f)) return 0;  // too long; half a pair
  if ((b == 0xf0 && second < 0x90) || (b == 0xf4 && second > 0x8f)) return 0;  // too long; beyond Unicode
  return length;
}

}  // namespace

void append_rfc3339(std::string& out, Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const auto in_day = static_cast<std::uint64_t>((time - day).count());
  const int year = static_cast<int>(date.year());
  two_digits(out, static_cast<unsigned>(year / 100));
  two_digits(out, static_cast<unsigned>(year % 100));
  out += '-';
  two_digits(out, static_cast<unsigned>(date.month()));
  out += '-';
  two_digits(out, static_cast<unsigned>(date.day()));
  out += 'T';
  const auto seconds = static_cast<unsigned>(in_day / 1'000'000'000);
  two_digits(out, seconds / 3600);
  out += ':';
  two_digits(out, seconds / 60 % 60);
  out += ':';
  two_digits(out, seconds % 60);
  if (auto rest = static_cast<unsigned>(in_day % 1'000'000'000); rest != 0) {
    int digits = 9;
    while (rest % 1000 == 0) rest /= 1000, digits -= 3;
    std::array<char, 9> text;
    for (int i = digits; i-- > 0; rest /= 10) text[static_cast<std::size_t>(i)] = static_cast<char>('0' + rest % 10);
    out += '.';
    out.append(text.data(), static_cast<std::size_t>(digits));
  }
  out += 'Z';
}

std::string rfc3339(Time time) {
  std::string out;
  append_rfc3339(out, time);
  return out;
}

void JsonWriter::comma() {
  if (comma_) out_ += ',';
  comma_ = true;
}
JsonWriter& JsonWriter::open(char c) {
  comma();
  out_ += c;
  comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::close(char c) {
  out_ += c;
  comma_ = true;
  return *this;
}
JsonWriter& JsonWriter::key(std::string_view name) {
  comma();
  quote(name);
  out_ += ':';
  comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::value(double v) {
  if (!std::isfinite(v)) return null();
  comma();
  append_number(out_, v);
  return *this;
}
JsonWriter& JsonWriter::value(std::int64_t v) {
  comma();
  append_number(out_, v);
  return *this;
}
JsonWriter& JsonWriter::value(bool v) { return raw(v ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }
JsonWriter& JsonWriter::raw(std::string_view json) {
  comma();
  out_ += json;
  return *this;
}
JsonWriter& JsonWriter::value(std::string_view v) {
  comma();
  quote(v);
  return *this;
}
JsonWriter& JsonWriter::value(Time v) {
  comma();
  out_ += '"';
  append_rfc3339(out_, v);
  out_ += '"';
  return *this;
}

void JsonWriter::quote(std::string_view s) {
  static constexpr char kHex[] = "0123456789abcdef";
  out_ += '"';
  for (std::size_t i = 0; i < s.size();) {
    const char c = s[i];
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
      ++i;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out_ += "\\u00";
      out_ += kHex[static_cast<unsigned char>(c) >> 4];
      out_ += kHex[c & 15];
      ++i;
    } else if (const auto length = utf8_length(s, i); length > 0) {
      out_.append(s.substr(i, length));
      i += length;
    } else {
      out_ += "\xef\xbf\xbd";
      ++i;
    }
  }
  out_ += '"';
}

}  // namespace castner
