// SPDX-License-Identifier: Apache-2.0
// The one file that sees toml++. Its parser is guarded against what it does not guard itself: dotted keys so deep
// that taking the tree down again would overflow the stack.
#include <algorithm>
#include <cstdint>

#include "castner/base/config.h"
#include "castner/base/suggest.h"

#undef TOML_HEADER_ONLY    // Debian's library is built with exceptions; this file is built without them
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
// Its parser asserts, and in release builds of clang assumes, that a table header starts with a key; "[|x]" does not.
// Without the assertions the same code reports it as the syntax error that it is.
#undef NDEBUG
#define TOML_ASSERT(expr) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include <toml++/toml.h>

namespace castner {
namespace {

constexpr int kDeepestKey = 100;

int line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// Length of the UTF-8 character at the start of `text`, 0 where it is none.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  unsigned code = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3f);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return code < kSmallest[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : length;
}

/// What is wrong with the bytes before any TOML is looked at.
std::optional<Error> encoding_problem(std::string_view text, const std::string& file) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") || text.starts_with(std::string_view("\0\0\xfe\xff", 4)))
    return bad_input(file, "the file is in UTF-16 or UTF-32", "save it as UTF-8").value();
  if (text.find('\0') != text.npos)
    return bad_input(file, "the file is binary, not a text", "give a plant file, which is a text in UTF-8").value();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0)
      return bad_input(file + ":" + std::to_string(line_at(text, at)), "a character is not UTF-8", "save the file as UTF-8 (it may be in GB18030)").value();
    at += length;
  }
  return std::nullopt;
}

/// Line of the first key of more than kDeepestKey dotted parts, or 0. Follows quotes, so that texts do not count.
int line_of_too_deep_key(std::string_view text) {
  int dots = 0, line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      dots = 0;
      ++line;
    } else if (c == '#') {
      while (i + 1 < text.size() && text[i + 1] != '\n') ++i;
    } else if (c == '"' || c == '\'') {
      const bool block = text.substr(i, 3) == std::string(3, c);
      const std::string end(block ? 3 : 1, c);
      for (i += end.size(); i < text.size() && text.substr(i, end.size()) != end; ++i) {
        if (text[i] == '\n' && !block) break;
        if (text[i] == '\n') ++line;
        if (c == '"' && text[i] == '\\') ++i;
      }
      if (i < text.size() && text[i] == '\n') --i;  // an unclosed text ends with its line
      else i += end.size() - 1;
    } else if (c == '.') {
      if (++dots > kDeepestKey) return line;
    } else if (c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') {
      dots = 0;
    }
  }
  return 0;
}

ConfigNode converted(const toml::node& from) {
  using Kind = ConfigNode::Kind;
  ConfigNode n;
  n.line = static_cast<int>(from.source().begin.line);
  if (const auto* table = from.as_table()) {
    n.kind = Kind::table;
    std::vector<std::pair<toml::source_position, ConfigMember>> members;
    for (const auto& [key, value] : *table)
      members.push_back({key.source().begin, {std::string(key.str()), converted(value)}});
    // toml++ keeps its tables sorted by name; people read them in the order they wrote them.
    std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& m : members) n.members.push_back(std::move(m.second));
  } else if (const auto* array = from.as_array()) {
    n.kind = Kind::array;
    for (const auto& item : *array) n.items.push_back(converted(item));
  } else if (const auto* text = from.as_string()) {
    n.kind = Kind::text;
    n.text = text->get();
  } else if (const auto* whole = from.as_integer()) {
    n.kind = Kind::number;
    n.number = static_cast<double>(whole->get());
    n.whole = true;
  } else if (const auto* number = from.as_floating_point()) {
    n.kind = Kind::number;
    n.number = number->get();
  } else if (const auto* boolean = from.as_boolean()) {
    n.kind = Kind::boolean;
    n.boolean = boolean->get();
  } else {
    n.kind = Kind::date;
  }
  return n;
}

std::string_view line_text(std::string_view text, unsigned line) {
  for (; line > 1; --line) {
    const auto end = text.find('\n');
    if (end == text.npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

/// What to do about a syntax error. Forgotten quotes are the commonest slip of all.
std::string cure_for(std::string_view line) {
  const std::string otherwise = "mend this line first; what follows it was not read";
  auto at = line.find('=');
  if (at == line.npos || line.find('"') != line.npos) return otherwise;
  at = line.find_first_not_of(" \t", at + 1);
  if (at == line.npos) return otherwise;
  const bool number = (line[at] >= '0' && line[at] <= '9') || line[at] == '-' || line[at] == '+' || line[at] == '.';
  const auto unit = line.find_first_not_of("+-0123456789.eE_ \t", at);
  if (number && unit != line.npos && line[unit] != '#' && line[unit] != ',') return "a number with a unit stands in quotes: \"12 t/h\"";
  if ((line[at] | 0x20) >= 'a' && (line[at] | 0x20) <= 'z') return "a text stands in quotes: \"N1\"";
  return otherwise;
}

/// toml++'s "Error while parsing key-value pair: expected a value, saw 'x'", shorter and in one line of plain text.
std::string said(std::string_view description) {
  constexpr std::string_view kBefore = "Error while parsing ";
  std::string text(description.substr(description.starts_with(kBefore) ? kBefore.size() : 0));
  text = text.substr(0, text.find(" (TOML_"));  // a name inside the library
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return text;
}

}  // namespace

Result<ConfigNode> read_toml(std::string_view text, const std::string& file) {
  if (auto wrong = encoding_problem(text, file)) return tl::unexpected(std::move(*wrong));
  if (const int line = line_of_too_deep_key(text); line > 0)
    return bad_input(file + ":" + std::to_string(line), "a key of more than " + std::to_string(kDeepestKey) + " parts", "keys here have one or two parts");
  const toml::parse_result parsed = toml::parse(text);
  if (parsed) return converted(parsed.table());
  const auto& e = parsed.error();
  const auto where = e.source().begin;
  return bad_input(file + ":" + std::to_string(where.line),
                   "not TOML at column " + std::to_string(where.column) + ", " + said(e.description()),
                   cure_for(line_text(text, where.line)));
}

}  // namespace castner
