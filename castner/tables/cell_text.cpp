// SPDX-License-Identifier: Apache-2.0
// What one cell says: a number, a word for a bad reading, a text, or a number written in a way that may mislead.
//  1. NumberReader::plain: digits with one decimal mark. The first number with a mark decides between point and comma
//     for the whole file; it is proven once a number cannot be a group of thousands (mark_is_decimal).
//  2. Up to 15 digits are divided by a power of ten, which is exact (Clinger's fast path [clinger-1990]); from_chars
//     reads the rest.
//  3. Spaces, also those of Unicode, are trimmed and a typographic minus is replaced; then 1 again.
//  4. Full-width digits and signs are read as their ASCII twins; a percent sign behind a number is told apart.
//     Groups of thousands are read where somebody has named the decimal mark.
//  5. number_like: a number with a unit, with groups (of whatever space or apostrophe) or with < before it is refused with its cure,
//     and never guessed; so is one with a flag beside it, "121.00 H", in a column that holds numbers (flagged). All other text is no
//     reading; readings/status_text.h knows the usual words.
#include "castner/tables/cell_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "castner/base/ascii.h"
#include "castner/base/decimal.h"
#include "castner/base/quantity.h"
#include "castner/readings/status_text.h"

namespace castner::tables {
namespace {

using readings::trimmed;
using std::string, std::string_view;

/// Whether a number is written with two signs, or with a sign that stands apart: "+-4", "--4", "+ 4". Nobody knows which is meant.
bool signs_unclear(string_view t) {
  const std::size_t at = t.find_first_not_of("+- ");
  return at > 1 && at < t.size() && (t[0] == '+' || t[0] == '-') && (digit(t[at]) || t[at] == '.' || t[at] == ',');
}

/// Whether a text looks like a number with groups, a comparison sign or a unit.
bool number_like(string_view t) {
  if (!t.empty() && (t[0] == '<' || t[0] == '>' || t[0] == '~')) t = trimmed(t.substr(1));
  t.remove_prefix(signs_unclear(t) ? t.find_first_not_of("+- ") : t.starts_with('+') || t.starts_with('-'));
  if (t.empty() || !(digit(t[0]) || ((t[0] == '.' || t[0] == ',') && t.size() > 1 && digit(t[1])))) return false;
  const std::size_t end = t.find_first_not_of("0123456789., '_");
  if (end == string_view::npos) return true;
  const string_view rest = trimmed(t.substr(end));
  if ((rest[0] == 'e' || rest[0] == 'E') && rest.find_first_not_of("0123456789eE+-") == string_view::npos) return true;
  return parse_unit(rest).has_value() || rest == "°C" || rest == "℃";
}

/// The spaces and apostrophes by which people group thousands as ' and a plain space, a typographic minus as -; no spaces at the ends.
string plain_signs(string_view text) {
  constexpr std::pair<string_view, char> kSigns[] = {
      {"\u00A0", ' '},  {"\u202F", ' '},  {"\u2007", ' '},  {"\u2008", ' '},  {"\u2009", ' '},  {"\u200A", ' '},
      {"\u2002", ' '},  {"\u2003", ' '},  {"\u2004", ' '},  {"\u2005", ' '},  {"\u2006", ' '},  {"\u3000", ' '},
      {"\u2019", '\''}, {"\u2018", '\''}, {"\u02BC", '\''}, {"\u00B4", '\''}, {"\u2032", '\''}, {"\u02D9", '\''},
      {"\u066C", '\''}, {"`", '\''},      {"\u2212", '-'},  {"\u2013", '-'},  {"\u2012", '-'},  {"\u2011", '-'}};
  string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto* sign = std::find_if(std::begin(kSigns), std::end(kSigns),
                                    [&](const auto& s) { return text.substr(at).starts_with(s.first); });
    const bool found = sign != std::end(kSigns);
    out += found ? sign->second : text[at];
    at += found ? sign->first.size() : 1;
  }
  return string(trimmed(out));
}

/// Letters of ASCII and other characters, which may be flags in a text.
struct Letters {
  std::size_t ascii = 0, others = 0;
  explicit Letters(string_view text) {
    for (const char c : text) {
      ascii += letter(c);
      others += (static_cast<unsigned char>(c) & 0xC0) == 0xC0;
    }
  }
};

/// Whether a text is a number with a flag beside it, as recorders and laboratories mark what is high, estimated or unsure: "121.00 H",
/// "121*", "?121", "121(U)", "≥121"; or a date or a time of day that a spreadsheet made of a number. "2 pumps run" and "1#停" are none.
bool flagged(string_view t) {
  constexpr std::size_t kLongestFlag = 4;
  std::size_t at = 0;
  while (at < t.size() && !digit(t[at]) && !letter(t[at])) ++at;
  bool marked = at > 0 && !(at == 1 && (t[0] == '+' || t[0] == '-'));
  if (Letters(t.substr(0, at)).others > 1) return false;
  if (at < t.size() && letter(t[at])) {  // "H 121.00"
    std::size_t end = at;
    while (end < t.size() && letter(t[end])) ++end;
    const std::size_t first = t.find_first_not_of(" :=", end);
    if (end - at > 2 || first == end || first == string_view::npos || t.size() - first < 3) return false;
    at = first;
    marked = true;
  }
  if (at >= t.size() || !digit(t[at])) return false;
  const std::size_t end = std::min(t.find_first_not_of("0123456789., '_", at), t.size());
  const string_view rest = t.substr(end);
  if (rest.empty()) return marked;
  const bool drum =
      rest.size() > 1 && rest[0] == '#' && (letter(rest[1]) || (static_cast<unsigned char>(rest[1]) & 0x80));
  if (drum || rest.starts_with("号") || rest.starts_with("號")) return false;
  if (rest.size() > 1 && string_view(":-/").find(rest[0]) != string_view::npos && digit(rest[1])) return true;
  if (const Letters l(rest); l.ascii <= kLongestFlag && l.others <= 1) return true;
  if (rest.front() == '(' || rest.front() == '[') return rest.back() == ')' || rest.back() == ']';
  return readings::is_status_text(rest) || readings::read_quality(rest).has_value();
}

/// Whether the mark cannot separate thousands: it is not followed by exactly three digits, or not preceded by one to three.
bool mark_is_decimal(string_view t, std::size_t mark) {
  std::size_t first = t[0] == '-' || t[0] == '+' ? 1 : 0;
  const std::size_t before = mark - first;
  std::size_t after = 0;
  while (mark + 1 + after < t.size() && digit(t[mark + 1 + after])) ++after;
  return after != 3 || before == 0 || before > 3 || t[first] == '0' || mark + 1 + after != t.size();
}

/// The digits of "1,234,567.5" without its groups of three; nothing where they are none.
std::optional<string> without_groups(string_view t, char mark) {
  const char group = mark == '.' ? ',' : '.';
  const std::size_t first = t.starts_with('-') || t.starts_with('+') ? 1 : 0;
  const std::size_t whole = std::min(t.find(mark), t.size());
  const auto groups = [group](char c) { return c == group || c == ' ' || c == '\''; };
  if (std::none_of(t.begin(), t.begin() + static_cast<std::ptrdiff_t>(whole), groups)) return std::nullopt;
  string out(t.substr(0, first));
  for (std::size_t i = first; i < whole; ++i) {
    const bool border = (whole - i) % 4 == 0 && i > first;
    if (border ? !groups(t[i]) : !digit(t[i])) return std::nullopt;
    if (!border) out += t[i];
  }
  return out += t.substr(whole);
}

/// Plain decimals of up to 15 digits, "-12.345", with the given mark. Both parts of the quotient are exact doubles, so the
/// result is the nearest one, as from_chars gives it at a third of the speed.
bool parse_plain(string_view t, char mark, double& value) {
  constexpr double kPowers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = !t.empty() && t[0] == '-';
  if (negative) t.remove_prefix(1);
  if (t.empty() || t.size() > 16) return false;
  std::int64_t digits = 0;
  std::size_t count = 0, decimals = 0;
  bool marked = false;
  for (const char c : t) {
    if (digit(c)) {
      digits = digits * 10 + (c - '0');
      ++count;
      decimals += marked;
    } else if (c == mark && !marked) {
      marked = true;
    } else {
      return false;
    }
  }
  if (count == 0 || count > 15) return false;
  const double size = static_cast<double>(digits) / kPowers[decimals];
  value = negative ? -size : size;
  return true;
}

/// Reads all of `t` as a number with a decimal point; false if it is none, or beyond the range of a double.
bool parse(string_view t, double& value) {
  if (parse_plain(t, '.', value)) return true;
  const bool plus = t.starts_with('+');
  if (plus) t.remove_prefix(1);
  if (t.empty() || !(digit(t[0]) || (t[0] == '-' && !plus) || t[0] == '.')) return false;
  const auto [end, error] = read_decimal(t.data(), t.data() + t.size(), value);
  return error == std::errc{} && end == t.data() + t.size() && std::isfinite(value);
}

}  // namespace

bool NumberReader::plain(string_view text, int line, double& value) {
  if (mark_ != ',' && parse(text, value)) {
    if (mark_ == '.' && proven_) return true;
    if (const std::size_t mark = text.find('.'); mark != string_view::npos) note_mark(text, mark, line);
    return true;
  }
  if (mark_ == '.') return false;
  const std::size_t mark = text.find(',');
  if (mark == string_view::npos) return mark_ == ',' && text.find('.') == string_view::npos && parse(text, value);
  constexpr std::size_t kLongest = 64;
  if (mark_ == ',' && proven_ && parse_plain(text, ',', value)) return true;
  if (text.size() > kLongest || text.find('.') != string_view::npos) return false;
  std::array<char, kLongest> pointed;
  std::copy(text.begin(), text.end(), pointed.begin());
  pointed[mark] = '.';
  if (!parse({pointed.data(), text.size()}, value)) return false;
  if (!proven_) note_mark(text, mark, line);
  return true;
}

void NumberReader::note_mark(string_view text, std::size_t mark, int line) {
  mark_ = text[mark];
  proven_ = proven_ || mark_is_decimal(text, mark);
  if (doubtful_line_ == 0) doubtful_line_ = line;
}

Cell NumberReader::read(string_view text, int line) {
  double value = 0.0;
  if (plain(text, line, value)) return {CellKind::number, value};
  if (text.empty()) return {CellKind::bad};
  const string narrow = half_width(text);
  const string plain_text = plain_signs(narrow);
  text = plain_text;
  const bool percent = text.size() > 1 && text.ends_with('%');
  if (percent) text = trimmed(text.substr(0, text.size() - 1));
  if (plain(text, line, value)) return {CellKind::number, value, percent};
  if (const auto bare = stated_ ? without_groups(text, mark_) : std::nullopt; bare && plain(*bare, line, value))
    return {CellKind::number, value, percent};
  if (readings::is_status_text(text)) return {CellKind::bad};
  return {number_like(text) ? CellKind::malformed : flagged(text) ? CellKind::flagged : CellKind::text};
}

string NumberReader::cure(string_view written) const {
  const string plain_text = plain_signs(half_width(written));
  const string_view text = plain_text;
  if (!text.empty() && (text[0] == '<' || text[0] == '>' || text[0] == '~'))
    return "write a number, or leave the cell empty for no reading";
  const std::size_t end = text.find_first_not_of("0123456789.,+-eE");
  if (end != string_view::npos && parse_unit(trimmed(text.substr(end))))
    return "put the unit into the header: \"TAG (t/h)\"";
  if (signs_unclear(text)) return "write one sign, directly before the number";
  if (!number_like(text)) return "write the number alone, and its flag into a column of its own: \"TAG.quality\"";
  if (text.find_first_of(",.'_ ") == string_view::npos) return "write a number within 1e308";
  if (mark_ == ',') return "the file's decimal mark is the comma: write 1234,5 without separators of thousands";
  return "the file's decimal mark is the point: write 1234.5 without separators of thousands";
}

bool holds_number(string_view text) {
  NumberReader numbers(true);
  return !text.empty() && numbers.read(text, 0).kind == CellKind::number;
}

std::optional<readings::Quality> QualityReader::read(string_view text, readings::QualityColumn column, int line) {
  using enum readings::Quality;
  if (text.empty()) return good;
  const auto quality = readings::read_quality(text, column);
  // What is longer than a code of OPC DA is one of OPC UA, which says nothing about what 0 means.
  const bool code = column == readings::QualityColumn::code && digit(text[0]);
  const bool low = code && quality == bad && text.size() <= 4;
  const bool of_ua = code && text.size() > 4;
  if (low && low_line_ == 0) low_line_ = line;
  others_ = others_ || !(low || of_ua);
  const bool negative =
      !quality && column == readings::QualityColumn::code && text.size() > 1 && text[0] == '-' && digit(text[1]);
  if (negative && negative_line_ == 0) negative_line_ = line, negative_ = text;
  return quality;
}

string half_width(string_view text) {
  string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // U+FF01 to U+FF5E, three bytes of UTF-8, are the ASCII signs from ! to ~.
    if (static_cast<unsigned char>(text[i]) == 0xEF && i + 2 < text.size()) {
      const auto b = static_cast<unsigned char>(text[i + 1]), c = static_cast<unsigned char>(text[i + 2]);
      const int sign = (b == 0xBC ? 0 : b == 0xBD ? 64 : 1000) + c - 0x80 + 0x20;
      if (c >= 0x80 && c < 0xC0 && sign > 0x20 && sign < 0x7F) {
        out += static_cast<char>(sign);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

}  // namespace castner::tables
