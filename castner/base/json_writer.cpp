// SPDX-License-Identifier: Apache-2.0
#include "castner/base/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "castner/base/rfc3339.h"
#include "castner/base/utf8.h"

namespace castner {
namespace {

template <class N>
void append_number(std::string& out, N n) {
  std::array<char, 40> text;
  out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), n).ptr);
}

}  // namespace

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
  if (v == 0.0 && std::signbit(v)) return raw("-0.0");  // -0 would be an integer to many readers, and lose its sign
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
    } else if (const auto length = utf8_character(s, i).length; length > 0) {
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
