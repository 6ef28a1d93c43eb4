// SPDX-License-Identifier: Apache-2.0
// What one cell says: a number, a word for a bad reading, a text, or a number written in a way that may mislead.
//  1. NumberReader::plain: digits with one decimal mark. The first number with a mark decides between point and comma
//     for the whole file; it is proven once a number cannot be a group of thousands (mark_is_decimal).
//  2. Up to 15 digits are divided by a power of ten, which is exact (Clinger's fast path [clinger-1990]); from_chars
//     reads the rest.
//  3. Spaces, also those of Unicode, are trimmed and a typographic minus is replaced; then 1 again.
//  4. is_bad_text: a sorted list of the words by which historians, instruments and spreadsheets mark a bad reading.
//  5. number_like: a number with a unit, with groups or with < before it is refused with its cure, and never guessed.
//  6. Qualities are words, or OPC codes: 192 and above good, 64 to 127 uncertain, below 64 bad; in a column named
//     validity 1 is good and 0 bad.
#include "castner/tables/cell_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "castner/base/ascii.h"
#include "castner/base/decimal.h"
#include "castner/base/quantity.h"

namespace castner::tables {
namespace {

using std::string, std::string_view;

/// In the order of their bytes, for a binary search. From PI, IP.21, PHD, WinCC, InTouch, Excel, pandas and Chinese systems.
constexpr auto kBadTexts = [] {
  auto all = std::to_array<string_view>({"",
                                         "#div/0!",
                                         "#error",
                                         "#getting_data",
                                         "#n/a",
                                         "#n/a n/a",
                                         "#na",
                                         "#name?",
                                         "#null!",
                                         "#num!",
                                         "#ref!",
                                         "#value!",
                                         "*",
                                         "**",
                                         "***",
                                         "****",
                                         "*****",
                                         "-",
                                         "-1.#ind",
                                         "-inf",
                                         "-nan",
                                         "-nan(ind)",
                                         "--",
                                         "---",
                                         "----",
                                         "-----",
                                         "?",
                                         "??",
                                         "???",
                                         "????",
                                         "1.#inf",
                                         "1.#qnan",
                                         "<na>",
                                         "<null>",
                                         "arc off-line",
                                         "bad",
                                         "bad data",
                                         "bad input",
                                         "bad quality",
                                         "bad value",
                                         "badq",
                                         "calc crash",
                                         "calc failed",
                                         "calc off",
                                         "comm error",
                                         "comm fail",
                                         "comm failure",
                                         "comm loss",
                                         "configure",
                                         "config error",
                                         "device error",
                                         "device failure",
                                         "disconnected",
                                         "dcs failed",
                                         "equip fail",
                                         "err",
                                         "error",
                                         "fail",
                                         "failed",
                                         "failure",
                                         "fault",
                                         "i/o timeout",
                                         "inf",
                                         "infinity",
                                         "intf shut",
                                         "invalid",
                                         "io timeout",
                                         "missing",
                                         "n.a.",
                                         "n/a",
                                         "na",
                                         "nan",
                                         "nan(ind)",
                                         "nil",
                                         "no data",
                                         "no good data",
                                         "no good data for calculation",
                                         "no input",
                                         "no output",
                                         "no result",
                                         "no sample",
                                         "no value",
                                         "nodata",
                                         "none",
                                         "not available",
                                         "not connected",
                                         "not converted",
                                         "null",
                                         "off-line",
                                         "offline",
                                         "out of serv",
                                         "out of service",
                                         "over range",
                                         "overrange",
                                         "pt created",
                                         "scan off",
                                         "scan timeout",
                                         "set to bad",
                                         "shutdown",
                                         "timeout",
                                         "trace off",
                                         "unavailable",
                                         "undefined",
                                         "under range",
                                         "underrange",
                                         "unit down",
                                         "unknown",
                                         "—",
                                         "——",
                                         "…",
                                         "坏",
                                         "坏值",
                                         "坏点",
                                         "坏质量",
                                         "故障",
                                         "断线",
                                         "无",
                                         "无效",
                                         "无数据",
                                         "无效值",
                                         "空",
                                         "空值",
                                         "离线",
                                         "缺失",
                                         "超时",
                                         "超量程",
                                         "通信中断",
                                         "通信故障",
                                         "通讯中断",
                                         "通讯故障",
                                         "异常"});
  std::sort(all.begin(), all.end());
  return all;
}();

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

string lower_case(string_view text) {
  string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

string_view trimmed(string_view t) {
  constexpr string_view kSpaces[] = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\xAF", "\xEF\xBB\xBF"};
  for (bool again = true; again;) {
    again = false;
    for (const string_view s : kSpaces) {
      if (t.starts_with(s)) t.remove_prefix(s.size()), again = true;
      if (t.ends_with(s)) t.remove_suffix(s.size()), again = true;
    }
  }
  return t;
}

bool is_bad_text(string_view text) {
  text = trimmed(text);
  if (text.starts_with("[-") && text.find(']') != string_view::npos)
    return true;  // PI: "[-11059] No Good Data For Calculation"
  return text.size() <= 40 && std::binary_search(kBadTexts.begin(), kBadTexts.end(), string_view(lower_case(text)));
}

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
  text = trimmed(text);
  string minus;
  if (text.starts_with("−")) text = minus = "-" + string(text.substr(string_view("−").size()));
  if (plain(text, line, value)) return {CellKind::number, value};
  if (is_bad_text(text)) return {CellKind::bad};
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

std::optional<readings::Quality> read_quality(string_view text) {
  using enum readings::Quality;
  text = trimmed(text);
  if (text.empty()) return good;
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error == std::errc{} && end == text.data() + text.size()) {
    if (code < 0 || code > 255 || (code >= 128 && code < 192)) return std::nullopt;
    return code >= 192 ? good : code >= 64 ? uncertain : bad;
  }
  const string t = lower_case(text);
  for (const string_view s : {"good", "g", "ok", "valid", "true", "好", "正常", "有效", "良好"})
    if (t == s) return good;
  for (const string_view s : {"uncertain", "u", "questionable", "doubtful", "substituted", "不确定", "可疑", "存疑"})
    if (t == s) return uncertain;
  for (const string_view s : {"b", "false", "not good"})
    if (t == s) return bad;
  if (t.starts_with("good") || t.starts_with("uncertain") ||
      t.starts_with("bad"))  // "Good, local override", "BAD_COMM"
    return t[0] == 'g' ? good : t[0] == 'u' ? uncertain : bad;
  if (is_bad_text(t)) return bad;
  return std::nullopt;
}

std::optional<readings::Quality> QualityReader::read(string_view text, int line) {
  using enum readings::Quality;
  if (text.empty()) return good;
  if (one_is_good_ && (text == "0" || text == "1")) {
    others_ = true;
    return text == "1" ? good : bad;
  }
  const auto quality = read_quality(text);
  const bool low = quality == bad && digit(text[0]);
  if (low && low_line_ == 0) low_line_ = line;
  others_ = others_ || !low;
  return quality;
}

}  // namespace castner::tables
