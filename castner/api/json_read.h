// SPDX-License-Identifier: Apache-2.0
/// Reads the JSON that clients send: small flat objects.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "castner/base/error.h"
#include "castner/http/http.h"

namespace castner::api {

/// A field that an object may have.
struct Field {
  std::string_view name;
  enum class Kind { text, boolean } kind = Kind::text;
  bool required = true;
};

class Fields {
 public:
  std::optional<std::string> text(std::string_view name) const;
  std::optional<bool> boolean(std::string_view name) const;
  std::map<std::string, std::variant<std::string, bool>, std::less<>> values;
};

/// Every problem at once: no JSON object, a field that is missing, of another kind, or not among these. Null counts as left out.
[[nodiscard]] Result<Fields> read_fields(std::string_view body, std::initializer_list<Field>);

/// bad_input where a request does not say that its body is JSON: a page elsewhere can send a form or plain text without asking first.
[[nodiscard]] Result<void> says_json(const http::Request&);
/// The fields of a request's body, where it says that it is JSON.
[[nodiscard]] Result<Fields> read_fields(const http::Request&, std::initializer_list<Field>);

}  // namespace castner::api
