// SPDX-License-Identifier: Apache-2.0
// Walks through JSON:
//  1. kind looks at the first byte of the next value; enter and next go into and along an object or a list, whose kinds are bits of one word.
//  2. key and text hand on what stands between quotes, copied only where something is escaped; number reads as RFC 8259 has it.
//  3. skip goes past any value by the same steps, so that what is skipped is as valid as what is read.
//  4. name_given_twice goes through all of it with the names of each object in a set.
#include "castner/base/json_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "castner/base/ascii.h"
#include "castner/base/decimal.h"
#include "castner/base/utf8.h"

namespace castner {
void JsonReader::blanks() {
  while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
}

JsonReader::Kind JsonReader::kind() {
  if (failed_) return Kind::wrong;
  blanks();
  if (at_ == end_) return Kind::wrong;
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  switch (*at_) {
    case '{': return Kind::object;
    case '[': return Kind::array;
    case '"': return Kind::text;
    case 't': return rest.starts_with("true") ? Kind::yes : Kind::wrong;
    case 'f': return rest.starts_with("false") ? Kind::no : Kind::wrong;
    case 'n': return rest.starts_with("null") ? Kind::null : Kind::wrong;
    default: return *at_ == '-' || digit(*at_) ? Kind::number : Kind::wrong;
  }
}

bool JsonReader::enter() {
  const Kind k = kind();
  if ((k != Kind::object && k != Kind::array) || ++depth_ > kDeepest) return fail(), false;
  const std::uint64_t bit = std::uint64_t{1} << (depth_ - 1);
  objects_ = k == Kind::object ? objects_ | bit : objects_ & ~bit;
  ++at_;
  blanks();
  if (at_ < end_ && *at_ == (k == Kind::object ? '}' : ']')) {
    ++at_;
    --depth_;
    return false;
  }
  return true;
}

bool JsonReader::next() {
  if (failed_ || depth_ == 0) return fail(), false;
  blanks();
  if (at_ == end_) return fail(), false;
  const char c = *at_++;
  if (c == ',') return true;
  const bool object = (objects_ >> (depth_ - 1) & 1) != 0;
  if (c != (object ? '}' : ']')) fail();
  --depth_;
  return false;
}

std::string_view JsonReader::key() {
  if (kind() != Kind::text) return fail(), std::string_view();
  const auto name = quoted(key_);
  blanks();
  if (at_ == end_ || *at_ != ':') return fail(), std::string_view();
  ++at_;
  return name;
}

std::string_view JsonReader::text() {
  if (kind() != Kind::text) return fail(), std::string_view();
  return quoted(text_);
}

/// Needs no copy if nothing is escaped.
std::string_view JsonReader::quoted(std::string& buffer) {
  const char* const begin = ++at_;
  while (at_ < end_ && *at_ != '"' && *at_ != '\\' && static_cast<unsigned char>(*at_) >= 0x20) ++at_;
  if (at_ < end_ && *at_ == '"') return {begin, static_cast<std::size_t>(at_++ - begin)};
  buffer.assign(begin, at_);
  while (at_ < end_ && *at_ != '"') {
    if (static_cast<unsigned char>(*at_) < 0x20) return fail(), std::string_view();
    if (*at_ == '\\') {
      if (!escape(buffer)) return fail(), std::string_view();
    } else {
      buffer += *at_++;
    }
  }
  if (at_ == end_) return fail(), std::string_view();
  ++at_;
  return buffer;
}

bool JsonReader::hex4(unsigned& code) {
  if (end_ - at_ < 4) return false;
  const auto [stop, error] = std::from_chars(at_, at_ + 4, code, 16);
  if (error != std::errc{} || stop != at_ + 4) return false;
  at_ += 4;
  return true;
}

bool JsonReader::escape(std::string& out) {
  if (++at_ == end_) return false;
  switch (const char c = *at_++) {
    case '"':
    case '\\':
    case '/': out += c; return true;
    case 'b': out += '\b'; return true;
    case 'f': out += '\f'; return true;
    case 'n': out += '\n'; return true;
    case 'r': out += '\r'; return true;
    case 't': out += '\t'; return true;
    case 'u': break;
    default: return false;
  }
  unsigned code = 0, low = 0;
  if (!hex4(code)) return false;
  if (code >= 0xDC00 && code <= 0xDFFF) return false;  // the second half of a pair, alone
  if (code >= 0xD800 && code <= 0xDBFF) {
    if (end_ - at_ < 6 || at_[0] != '\\' || at_[1] != 'u') return false;
    at_ += 2;
    if (!hex4(low) || low < 0xDC00 || low > 0xDFFF) return false;
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  append_utf8(out, code);
  return true;
}

JsonReader::Number JsonReader::number() {
  Number n;
  if (kind() != Kind::number) return fail(), n;
  const char* const begin = at_;
  if (*at_ == '-') ++at_;
  const char* const digits = at_;
  while (at_ < end_ && digit(*at_)) ++at_;
  bool good = at_ > digits && (*digits != '0' || at_ == digits + 1);
  bool integer = true;
  if (at_ < end_ && *at_ == '.') {
    integer = false;
    const char* const first = ++at_;
    while (at_ < end_ && digit(*at_)) ++at_;
    good = good && at_ > first;
  }
  if (at_ < end_ && (*at_ == 'e' || *at_ == 'E')) {
    integer = false;
    ++at_;
    if (at_ < end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    const char* const first = at_;
    while (at_ < end_ && digit(*at_)) ++at_;
    good = good && at_ > first;
  }
  if (!good) return fail(), n;
  if (integer && std::from_chars(begin, at_, n.integer).ec == std::errc{}) n.is_integer = true;
  if (n.is_integer && !(n.integer == 0 && *begin == '-')) {
    n.real = static_cast<double>(n.integer);
  } else {
    n.is_integer = false;                                            // -0 is a double
    if (read_decimal(begin, at_, n.real).ec != std::errc{}) fail();  // beyond a double
  }
  return n;
}

void JsonReader::literal() {
  switch (kind()) {
    case Kind::yes:
    case Kind::null: at_ += 4; break;
    case Kind::no: at_ += 5; break;
    default: fail();
  }
}

void JsonReader::skip() {
  switch (const Kind k = kind()) {
    case Kind::object:
    case Kind::array:
      for (bool more = enter(); more; more = next()) {
        if (k == Kind::object) key();
        skip();
        if (failed_) return;
      }
      break;
    case Kind::text: text(); break;
    case Kind::number: number(); break;
    case Kind::wrong: fail(); break;
    default: literal();
  }
}

bool JsonReader::at_end() {
  blanks();
  return !failed_ && at_ == end_;
}

namespace {

/// Past the value that begins here.
std::optional<std::string> twice_within(JsonReader& json) {
  const auto kind = json.kind();
  if (kind != JsonReader::Kind::object && kind != JsonReader::Kind::array) {
    json.skip();
    return std::nullopt;
  }
  std::set<std::string, std::less<>> names;
  for (bool more = json.enter(); more && !json.failed(); more = json.next()) {
    if (kind == JsonReader::Kind::object)
      if (const auto name = json.key(); !json.failed() && !names.emplace(name).second) return std::string(name);
    if (auto within = twice_within(json)) return within;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> name_given_twice(std::string_view text) {
  JsonReader json(text);
  return twice_within(json);
}

int JsonReader::line() const { return 1 + static_cast<int>(std::count(begin_, at_, '\n')); }

}  // namespace castner
