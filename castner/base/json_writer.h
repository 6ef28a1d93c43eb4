// SPDX-License-Identifier: Apache-2.0
/// Writes JSON straight into one text: numbers so that they read back as the same to the last bit, unknown as null, times as RFC 3339.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "castner/base/clock.h"

namespace castner {

/// The caller opens and closes in order; commas come by themselves.
class JsonWriter {
 public:
  JsonWriter& object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view);

  JsonWriter& value(double);  ///< null where it is not finite
  JsonWriter& value(std::int64_t);
  JsonWriter& value(std::uint64_t n) { return value(static_cast<std::int64_t>(n)); }
  JsonWriter& value(int n) { return value(static_cast<std::int64_t>(n)); }
  JsonWriter& value(bool);
  JsonWriter& value(std::string_view);  ///< bytes that are no UTF-8 become U+FFFD
  JsonWriter& value(const std::string& s) { return value(std::string_view(s)); }
  JsonWriter& value(const char* s) { return value(std::string_view(s)); }
  JsonWriter& value(Time);
  JsonWriter& null();
  template <class T>
  JsonWriter& value(const std::optional<T>& v) {
    return v ? value(*v) : null();
  }
  template <class T>
  JsonWriter& field(std::string_view name, const T& v) {
    return key(name).value(v);
  }
  JsonWriter& null_field(std::string_view name) { return key(name).null(); }
  /// Null where the text is empty: "" stands for unknown in many of our structs.
  JsonWriter& text_or_null(std::string_view name, std::string_view v) {
    return v.empty() ? null_field(name) : field(name, v);
  }
  /// Inserts text that is JSON already.
  JsonWriter& raw(std::string_view json);

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  JsonWriter& open(char);
  JsonWriter& close(char);
  void comma();
  void quote(std::string_view);
  std::string out_;
  bool comma_ = false;
};

}  // namespace castner
