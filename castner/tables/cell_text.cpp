// SPDX-License-Identifier: Apache-2.0
// What one cell says: a number, a word for a bad reading, a text, or a number written in a way that may mislead.
//  1. NumberReader::plain: digits with one decimal mark. The first number with a mark decides between point and comma
//     for the whole file; it is proven once a number cannot be a group of thousands (mark_is_decimal).
//  2. Up to 15 digits are divided by a power of ten, which is exact (Clinger's fast path [clinger-1990]); from_chars
//     reads the rest.
//  3. Spaces, also those of Unicode, are trimmed and a typographic minus is replaced; then 1 again.
//  4. Full-width digits and signs are read as their ASCII twins; a percent sign behind a number is told apart.
//     Groups of thousands are read where somebody has named the decimal mark.
//  5. number_like: a number with a unit, with groups or with < before it is refused with its cure, and never guessed.
//     All other text is no reading; readings/status_text.h knows the usual words.
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

/// Whether a text looks like a number with groups, a comparison sign or a unit.
bool number_like(string_view t) {
  if (!t.empty() && (t[0] == '<' || t[0] == '>' || t[0] == '~')) t = trimmed(t.substr(1));
  if (!t.empty() && (t[0] == '+' || t[0] == '-')) t.remove_prefix(1);
  if (t.empty() || !(digit(t[0]) || ((t[0] == '.' || t[0] == ',') && t.size() > 1 && digit(t[1])))) return false;
  const std::size_t end = t.find_first_not_of("0123456789., '_");
  if (end == string_view::npos) return true;
  const string_view rest = trimmed(t.substr(end));
  if (rest.starts_with("\xC2\xA0") || rest.starts_with("\xE2\x80\xAF")) return number_like(trimmed(rest));
  if ((rest[0] == 'e' || rest[0] == 'E') && rest.find_first_not_of("0123456789eE+-") == string_view::npos) return true;
  return parse_unit(rest).has_value() || rest == "°C" || rest == "℃";
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
  if (t.substr(first, whole - first).find(group) == string_view::npos) return std::nullopt;
  string out(t.substr(0, first));
  for (std::size_t i = first; i < whole; ++i) {
    const bool border = (whole - i) % 4 == 0 && i > first;
    if (border ? t[i] != group : !digit(t[i])) return std::nullopt;
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
  if (!t.empty() && t[0] == '+') t.remove_prefix(1);
  if (t.empty() || !(digit(t[0]) || t[0] == '-' || t[0] == '.')) return false;
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
  text = trimmed(narrow);
  string minus;
  if (text.starts_with("−")) text = minus = "-" + string(text.substr(string_view("−").size()));
  const bool percent = text.size() > 1 && text.ends_with('%');
  if (percent) text = trimmed(text.substr(0, text.size() - 1));
  if (plain(text, line, value)) return {CellKind::number, value, percent};
  if (const auto bare = stated_ ? without_groups(text, mark_) : std::nullopt; bare && plain(*bare, line, value))
    return {CellKind::number, value, percent};
  if (readings::is_status_text(text)) return {CellKind::bad};
  return {number_like(text) ? CellKind::malformed : CellKind::text};
}

string NumberReader::cure(string_view text) const {
  text = trimmed(text);
  if (!text.empty() && (text[0] == '<' || text[0] == '>' || text[0] == '~'))
    return "write a number, or leave the cell empty for no reading";
  const std::size_t end = text.find_first_not_of("0123456789.,+-eE");
  if (end != string_view::npos && parse_unit(trimmed(text.substr(end))))
    return "put the unit into the header: \"TAG (t/h)\"";
  if (text.find_first_of(",.'_ ") == string_view::npos) return "write a number within 1e308";
  if (mark_ == ',') return "the file's decimal mark is the comma: write 1234,5 without separators of thousands";
  return "the file's decimal mark is the point: write 1234.5 without separators of thousands";
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
