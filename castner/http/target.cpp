// SPDX-License-Identifier: Apache-2.0
#include "castner/http/target.h"

#include <algorithm>

#include "castner/base/utf8.h"

namespace castner::http {
namespace {

constexpr std::size_t kMostParameters = 256;

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// @param form  + stands for a blank, as in a query
std::optional<std::string> decoded(std::string_view s, bool form) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '%') {
      if (i + 2 >= s.size()) return {};
      const int high = hex(s[i + 1]), low = hex(s[i + 2]);
      if (high < 0 || low < 0) return {};
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += form && s[i] == '+' ? ' ' : s[i];
    }
  }
  if (!is_text(out)) return {};
  return out;
}

}  // namespace

bool is_text(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const auto c = utf8_character(s, i);
    const bool control = (c.code < 0x20 && c.code != '\t' && c.code != '\n' && c.code != '\r') || c.code == 0x7f;
    if (c.length == 0 || control) return false;
    i += c.length;
  }
  return true;
}

std::optional<std::string> Target::one(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

std::vector<std::string> Target::all(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [key, value] : query)
    if (key == name) found.push_back(value);
  return found;
}

std::optional<std::string> Target::twice(std::initializer_list<std::string_view> lists) const {
  for (std::size_t k = 0; k < query.size(); ++k) {
    const auto& name = query[k].first;
    if (std::find(lists.begin(), lists.end(), name) != lists.end()) continue;
    if (std::any_of(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(k),
                    [&](const auto& before) { return before.first == name; }))
      return name;
  }
  return {};
}

std::optional<Target> read_target(std::string_view text) {
  if (text.empty() || text.front() != '/') return {};
  const auto question = text.find('?');
  Target target;
  target.path = std::string(text.substr(0, question));
  for (std::string_view rest = std::string_view(target.path).substr(1);;) {
    const auto slash = rest.find('/');
    auto part = decoded(rest.substr(0, slash), false);
    if (!part || *part == "." || *part == "..") return {};
    target.parts.push_back(std::move(*part));
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  if (question == std::string_view::npos) return target;
  for (std::string_view rest = text.substr(question + 1); !rest.empty();) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    if (!pair.empty()) {
      const auto equals = pair.find('=');
      auto key = decoded(pair.substr(0, equals), true);
      auto value =
          equals == std::string_view::npos ? std::optional<std::string>("") : decoded(pair.substr(equals + 1), true);
      if (!key || !value || target.query.size() >= kMostParameters) return {};
      target.query.emplace_back(std::move(*key), std::move(*value));
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return target;
}

std::optional<std::string> cookie(std::string_view header, std::string_view name) {
  std::optional<std::string> found;
  while (!header.empty()) {
    const auto end = header.find(';');
    auto pair = header.substr(0, end);
    while (!pair.empty() && (pair.front() == ' ' || pair.front() == '\t')) pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      if (found) return {};
      found = std::string(pair.substr(equals + 1));
    }
    if (end == std::string_view::npos) break;
    header.remove_prefix(end + 1);
  }
  return found;
}

}  // namespace castner::http
