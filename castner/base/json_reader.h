// SPDX-License-Identifier: Apache-2.0
/// Walks through JSON text from left to right without building a tree: for bodies and payloads that come from the network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace castner {

/// A strict reader (RFC 8259) of valid UTF-8 or not: texts are handed on as they are. After a failure every call fails.
class JsonReader {
 public:
  enum class Kind { object, array, text, number, yes, no, null, wrong };
  static constexpr int kDeepest = 64;  ///< objects and arrays within each other

  explicit JsonReader(std::string_view text) : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

  /// The kind of the next value; `wrong` at the end of the text, or if no JSON begins.
  Kind kind();

  /// Enters an object or array: true if it has a first member. Then call next() after each member, until false.
  bool enter();
  /// After a member: true if another one follows; false at the end, or if the text is broken (then failed()).
  bool next();
  /// The name of the next member; kind() then sees its value. Valid until the next key() or text().
  std::string_view key();

  /// The next text; valid until the next key() or text().
  std::string_view text();
  struct Number {
    double real = 0.0;
    std::int64_t integer = 0;
    bool is_integer = false;  ///< written without point and exponent, and within 64 bits with a sign
  };
  Number number();
  void literal();  ///< past true, false or null
  void skip();     ///< past any value

  bool failed() const { return failed_; }
  /// Whether nothing but blanks is left.
  bool at_end();
  /// The position, for messages: from 1.
  int line() const;

 private:
  void blanks();
  void fail() { failed_ = true; }
  std::string_view quoted(std::string& buffer);
  bool escape(std::string& out);
  bool hex4(unsigned& code);

  const char *begin_, *at_, *end_;
  int depth_ = 0;
  std::uint64_t objects_ = 0;  ///< bit d: an object, not an array, was entered at depth d
  bool failed_ = false;
  std::string key_, text_;
};

/// The first name that stands twice in one object anywhere in this JSON; nullopt where none does, or where it is no JSON. Programs do not
/// agree on which of the two holds, so neither does.
[[nodiscard]] std::optional<std::string> name_given_twice(std::string_view json);

}  // namespace castner
