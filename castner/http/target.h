// SPDX-License-Identifier: Apache-2.0
/// The parts of a request's target and of its Cookie header, decoded; strict, for they come from anyone.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castner::http {

struct Target {
  std::string path;                                             ///< as sent, without the query
  std::vector<std::string> parts;                               ///< of the path, decoded: "/a/b%2Fc" has "a" and "b/c"
  std::vector<std::pair<std::string, std::string>> query;       ///< decoded, in the order sent
  std::optional<std::string> one(std::string_view name) const;  ///< the first of this name
  std::vector<std::string> all(std::string_view name) const;
  /// A name that stands twice in the query, whatever its values; `lists` may.
  std::optional<std::string> twice(std::initializer_list<std::string_view> lists) const;
};

/// Nothing where it is malformed: a % without two hexadecimal digits, a decoded zero byte or text that is no UTF-8, more than 256
/// query parameters, a part "." or "..", also encoded.
std::optional<Target> read_target(std::string_view);

/// The value of a cookie; nothing where it is missing or there twice (one of them may be planted).
std::optional<std::string> cookie(std::string_view header, std::string_view name);

/// Text of valid UTF-8 without control characters but tab, line feed and carriage return.
bool is_text(std::string_view);

}  // namespace castner::http
