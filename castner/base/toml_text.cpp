// SPDX-License-Identifier: Apache-2.0
// TOML text to ConfigNodes; the one file that sees toml++:
//  1. The bytes must be UTF-8 without zeros; otherwise the encoding is the only problem.
//  2. Guard goes through the text once for what toml++ 3.3 cannot be given: characters beyond ASCII outside quotes, and
//     dotted keys so deep that taking the tree down would overflow the stack.
//  3. toml++ parses. A syntax error is the only problem then; its message is shortened and gets a cure.
//  4. The tree is copied to ConfigNodes with their lines; tables, which toml++ sorts by name, are sorted by line again.
#include <algorithm>
#include <cstdint>

#include "castner/base/config.h"
#include "castner/base/suggest.h"
#include "castner/base/utf8.h"

#undef TOML_HEADER_ONLY  // Debian's library is built with exceptions; this file is built without them
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

/// The problem of bytes that are no UTF-8 text at all.
std::optional<Error> encoding_problem(std::string_view text, const std::string& file) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ||
      text.starts_with(std::string_view("\0\0\xfe\xff", 4)))
    return bad_input(file, "the file is in UTF-16 or UTF-32", "save it as UTF-8").value();
  if (text.find('\0') != text.npos)
    return bad_input(file, "the file is binary, not a text", "give a plant file, which is a text in UTF-8").value();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_character(text, at).length;
    if (length == 0)
      return bad_input(file + ":" + std::to_string(line_at(text, at)), "a character is not UTF-8",
                       "save the file as UTF-8 (it may be in GB18030)")
          .value();
    at += length;
  }
  return std::nullopt;
}

/// Looks for text that toml++ 3.3 cannot be given. Its test for white space runs into unreachable code at most characters beyond
/// ASCII, which TOML allows in texts and comments only; and the tree of a very deep dotted key overflows the stack when it is
/// destroyed. Guard knows only as much of TOML as tells texts and comments from the rest.
class Guard {
 public:
  Guard(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  std::optional<Error> problem() {
    int dots = 0;
    for (at_ = text_.starts_with("\xef\xbb\xbf") ? 3 : 0; at_ < text_.size() && !found_; ++at_) {
      const char c = text_[at_];
      if (c == '#')
        comment();
      else if ((c == '"' || c == '\'') && may_open())
        quoted(c);
      else if (beyond_ascii(at_))
        say(in_quotes(character()) + " stands outside quotes",
            "a text stands in quotes, and = , . \" are those of English");
      else if (c == '.' && ++dots > kDeepestKey)
        say("a key of more than " + std::to_string(kDeepestKey) + " parts", "keys here have one or two parts");
      else if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}')
        dots = 0;
      if (at_ < text_.size()) note(text_[at_]);
    }
    return found_;
  }

 private:
  bool beyond_ascii(std::size_t i) const { return i < text_.size() && (text_[i] & 0x80) != 0; }
  std::string_view character() const {
    return text_.substr(at_, std::max<std::size_t>(1, utf8_character(text_, at_).length));
  }
  /// Whether a text may begin here; a quote elsewhere ("90['a") is part of what no value is, to its end.
  bool may_open() const {
    return before_ == '\n' || before_ == '=' || before_ == ',' || before_ == '[' || before_ == '{' ||
           (before_ == '.' && !in_value_);
  }
  void note(char c) {
    if (c == ' ' || c == '\t' || c == '\r') return;
    const bool inside = c == '=' ? in_value_ : (c == '[' || c == '{') && !may_open();  // "90[", "1="
    before_ = inside ? ']' : c;
    if (c == '=') in_value_ = true;
    if (c == '\n' || c == '{' || c == ',') in_value_ = false;
  }
  void say(std::string what, std::string cure) {
    if (!found_)
      found_ = bad_input(file_ + ":" + std::to_string(line_at(text_, at_)), std::move(what), std::move(cure)).value();
  }

  /// Stops before the line's end. What Unicode calls a line's end would be one to toml++ too.
  void comment() {
    for (; at_ + 1 < text_.size() && text_[at_ + 1] != '\n'; ++at_) {
      const auto rest = text_.substr(at_ + 1);
      if (rest.starts_with("\xc2\x85") || rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9"))
        return say("a comment holds a line separator of Unicode", "break the line the usual way");
    }
  }

  /// Stops at the last quote, or before the end of the line of a text that is not closed.
  void quoted(char quote) {
    const bool block = text_.substr(at_, 3) == std::string(3, quote);
    const std::string end(block ? 3 : 1, quote);
    for (at_ += end.size(); at_ < text_.size() && text_.substr(at_, end.size()) != end; ++at_) {
      if (text_[at_] == '\n' && !block) return void(--at_);
      if (text_[at_] == '\\' && quote == '"') escape(block);
    }
    at_ += end.size() - 1;
    for (int more = 0; block && more < 2 && at_ + 1 < text_.size() && text_[at_ + 1] == quote; ++more)
      ++at_;  // """a"""""
  }
  void escape(bool block) {
    std::size_t next = at_ + 1;
    while (block && next < text_.size() &&
           (text_[next] == ' ' || text_[next] == '\t' || text_[next] == '\r' || text_[next] == '\n'))
      ++next;
    if (beyond_ascii(next)) say("a \\ stands before a character that it cannot escape", "leave the \\ out");
    if (next == at_ + 1) ++at_;
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  char before_ = '\n';     ///< the last character that is no blank
  bool in_value_ = false;  ///< an = stands before, in this part of the line
  std::optional<Error> found_;
};

std::string two_digits(unsigned n) { return {static_cast<char>('0' + n / 10 % 10), static_cast<char>('0' + n % 10)}; }
std::string day_text(const toml::date& d) {
  return two_digits(d.year / 100u) + two_digits(d.year % 100u) + "-" + two_digits(d.month) + "-" + two_digits(d.day);
}
std::string clock_text(const toml::time& t) {
  return two_digits(t.hour) + ":" + two_digits(t.minute) + ":" + two_digits(t.second);
}
/// A date, a time of day, or both, as they were written, but for an offset and parts of a second.
std::string date_text(const toml::node& from) {
  if (const auto* both = from.as_date_time()) return day_text(both->get().date) + "T" + clock_text(both->get().time);
  if (const auto* day = from.as_date()) return day_text(day->get());
  if (const auto* clock = from.as_time()) return clock_text(clock->get());
  return {};
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
  } else if (const auto* integer = from.as_integer()) {
    n.kind = Kind::number;
    n.number = static_cast<double>(integer->get());
    n.integer = integer->get();
  } else if (const auto* number = from.as_floating_point()) {
    n.kind = Kind::number;
    n.number = number->get();
  } else if (const auto* boolean = from.as_boolean()) {
    n.kind = Kind::boolean;
    n.boolean = boolean->get();
  } else {
    n.kind = Kind::date;
    n.text = date_text(from);
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

/// The cure of a syntax error. Forgotten quotes are the most common one.
std::string cure_for_line(std::string_view line) {
  const std::string otherwise = "mend this line first; what follows it was not read";
  auto at = line.find('=');
  if (at == line.npos || line.find('"') != line.npos) return otherwise;
  at = line.find_first_not_of(" \t", at + 1);
  if (at == line.npos) return otherwise;
  const bool number = (line[at] >= '0' && line[at] <= '9') || line[at] == '-' || line[at] == '+' || line[at] == '.';
  const auto unit = line.find_first_not_of("+-0123456789.eE_ \t", at);
  if (number && unit != line.npos && line[unit] != '#' && line[unit] != ',')
    return "a number with a unit stands in quotes: \"12 t/h\"";
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
  if (auto wrong = Guard(text, file).problem()) return tl::unexpected(std::move(*wrong));
  const toml::parse_result parsed = toml::parse(text);
  if (parsed) return converted(parsed.table());
  const auto& e = parsed.error();
  const auto where = e.source().begin;
  return bad_input(file + ":" + std::to_string(where.line),
                   "not TOML at column " + std::to_string(where.column) + ", " + said(e.description()),
                   cure_for_line(line_text(text, where.line)));
}

}  // namespace castner
