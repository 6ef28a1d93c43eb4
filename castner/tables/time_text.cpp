// SPDX-License-Identifier: Apache-2.0
// One text to a time, with what it leaves open. Nothing is guessed:
//  1. read_date: year first (2026-11-03, 2026年11月3日, 20261103), a month by its name in one of eleven languages, or two
//     numbers and a year. For the last form the caller gives the order, day or month first, or, of three numbers of two digits, the
//     year; without it the status is order_unknown.
//  2. read_clock: 14:05[:00[.25]], 14.05.00, 14:05:00:250 (loggers: three digits of ms), 140500, 14时05分, with AM and PM before or
//     after in the spellings of browsers and of Excel in Spanish and Chinese. 24:00 is the end of the day.
//  3. read_offset: Z, UTC, +08:00, +8; a zone's name such as CET is not unambiguous and gets a status of its own.
//  4. A text of digits only is a count since 1970: 9 or 10 digits are seconds, 12 or 13 ms, 15 or 16 us, 18 or 19 ns. Other programs
//     count from 1601, 1904 or the year 1: what does not come to the years 2000 to 2049 is refused. 12 and 14 digits that begin a year
//     are 202611031405[00].
//  5. Without an offset the result is local time; time_column.h knows the zone.
#include "castner/tables/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include "castner/base/ascii.h"
#include "castner/tables/cell_text.h"

namespace castner::tables {
namespace {

using namespace std::chrono;
using std::optional, std::string_view;
using Status = TimeText::Status;

/// Reads a text from its left.
struct Cursor {
  string_view rest;

  bool done() const { return rest.empty(); }
  char peek() const { return rest.empty() ? '\0' : rest[0]; }
  bool take(string_view s) {
    if (!rest.starts_with(s)) return false;
    rest.remove_prefix(s.size());
    return true;
  }
  void spaces() {
    while (take(" ") || take("\xC2\xA0") || take("\xE2\x80\xAF") || take("\xE2\x80\x89") || take("\xE3\x80\x80")) {
    }
  }
  /// Takes an integer of at most nine digits and sets `digits` to their number; -1 if there is none.
  int number(int& digits) {
    int value = 0;
    digits = 0;
    while (digits < 9 && digit(peek())) {
      value = value * 10 + (rest[0] - '0');
      rest.remove_prefix(1);
      ++digits;
    }
    return digits == 0 ? -1 : value;
  }
  int number() {
    int digits = 0;
    return number(digits);
  }
  bool at_word() const { return letter(peek()) || (static_cast<unsigned char>(peek()) & 0xE0) == 0xC0; }
  /// Letters, those with accents too.
  string_view word() {
    std::size_t n = 0;
    while (n < rest.size() && (letter(rest[n]) || (static_cast<unsigned char>(rest[n]) & 0xE0) == 0xC0 ||
                               (n > 0 && (static_cast<unsigned char>(rest[n]) & 0xC0) == 0x80)))
      ++n;
    while (n > 0 && rest.substr(0, n).ends_with("\xC2\xA0")) n -= 2;
    const string_view w = rest.substr(0, n);
    rest.remove_prefix(n);
    return w;
  }
};

/// English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Russian; short and long. No name means two
/// months; names of Polish, Czech and Croatian do (lis, srp, listopada).
int month_named(string_view word) {
  using Names = std::array<string_view, 20>;
  static constexpr std::array<Names, 12> kMonths{{
      {"jan", "january", "januar", "jänner", "jän", "janv", "janvier", "ene", "enero", "janeiro", "gen", "gennaio",
       "januari", "янв", "январь", "января"},
      {"feb", "february", "februar", "feber", "févr", "fév", "fevr", "février", "fevrier", "febrero", "fev",
       "fevereiro", "febbraio", "februari", "фев", "февр", "февраль", "февраля"},
      {"mar", "march", "mär", "mrz", "märz", "maerz", "mars", "marzo", "março", "marco", "mrt", "maart", "мар", "март",
       "марта"},
      {"apr", "april", "avr", "avril", "abr", "abril", "aprile", "апр", "апрель", "апреля"},
      {"may", "mai", "mayo", "maio", "mag", "maggio", "mei", "maj", "май", "мая"},
      {"jun", "june", "juni", "juin", "junio", "junho", "giu", "giugno", "июн", "июнь", "июня"},
      {"jul", "july", "juli", "juil", "juillet", "julio", "julho", "lug", "luglio", "июл", "июль", "июля"},
      {"aug", "august", "août", "aout", "aoû", "ago", "agosto", "augustus", "augusti", "авг", "август", "августа"},
      {"sep", "sept", "september", "septembre", "septiembre", "setiembre", "set", "setembro", "settembre", "сен",
       "сент", "сентябрь", "сентября"},
      {"oct", "october", "okt", "oktober", "octobre", "octubre", "out", "outubro", "ott", "ottobre", "окт", "октябрь",
       "октября"},
      {"nov", "november", "novembre", "noviembre", "novembro", "ноя", "нояб", "ноябрь", "ноября"},
      {"dec", "december", "dez", "dezember", "déc", "décembre", "decembre", "dic", "diciembre", "dezembro", "dicembre",
       "des", "desember", "дек", "декабрь", "декабря"},
  }};
  std::string w = readings::lower_case(word);
  for (std::size_t i = 0; i + 1 < w.size(); ++i) {
    const auto next = static_cast<unsigned char>(w[i + 1]);
    // Capitals of Latin-1 with an accent, and of Cyrillic.
    if ((w[i] == '\xC3' && next < 0x9F) || (w[i] == '\xD0' && next >= 0x90 && next < 0xA0)) {
      w[i + 1] = static_cast<char>(next + 0x20);
    } else if (w[i] == '\xD0' && next >= 0xA0 && next < 0xB0) {
      w[i] = '\xD1';
      w[i + 1] = static_cast<char>(next - 0x20);
    }
  }
  if (w.empty()) return 0;
  for (int m = 0; m < 12; ++m) {
    const Names& names = kMonths[static_cast<std::size_t>(m)];
    if (std::find(names.begin(), names.end(), w) != names.end()) return m + 1;
  }
  return 0;
}
/// A month's name, with the point of an abbreviation and the "de" of Spanish and Portuguese around it.
int take_month(Cursor& c) {
  for (const string_view of : {"de ", "DE ", "De "})
    if (c.take(of)) break;
  const int month = month_named(c.word());
  const string_view before = c.rest;
  if (month > 0 && c.take(".") &&
      !(c.peek() == '-' || c.peek() == '/' || c.peek() == ' ' || c.peek() == ',' || c.done()))
    c.rest = before;
  return month;
}
bool weekday_named(string_view word) {
  constexpr string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  constexpr string_view kOthers[] = {"mo",  "di",  "mi",  "do",  "fr",  "sa",  "so",  "lun",
                                     "mer", "jeu", "ven", "dim", "mié", "jue", "vie", "sáb",
                                     "dom", "gio", "sab", "seg", "ter", "qua", "qui", "sex"};
  const std::string w = readings::lower_case(word);
  return (w.size() >= 3 && std::find(std::begin(kDays), std::end(kDays), w.substr(0, 3)) != std::end(kDays)) ||
         std::find(std::begin(kOthers), std::end(kOthers), w) != std::end(kOthers);
}
/// The weekday that Excel and people write behind a date: 星期二, 周二, (火), Tue.
void pass_weekday(Cursor& c) {
  Cursor at = c;
  at.spaces();
  const bool bracket = at.take("(") || at.take("（");
  const bool word = at.take("星期") || at.take("周") || at.take("週") || at.take("礼拜");
  if ((word || bracket) && static_cast<unsigned char>(at.peek()) >= 0xE0 && at.rest.size() >= 3) {
    at.rest.remove_prefix(3);
    if (!bracket || at.take(")") || at.take("）")) c = at;
  } else if (!bracket && letter(at.peek()) && weekday_named(at.word())) {
    at.take(".");
    at.take(",");
    c = at;
  }
}

struct Date {
  int y = 0, m = 0, d = 0;
};

/// Reads the part before the time of day. Sets t.status if day and month may be swapped.
bool read_date(Cursor& c, DateOrder order, TimeText& t, Date& date) {
  if (letter(c.peek())) {  // "Nov 3, 2026", "Tue, 3 Nov 2026"
    string_view word = c.word();
    if (weekday_named(word) && month_named(word) == 0) {
      c.take(".");
      c.take(",");
      c.spaces();
      word = c.word();
    }
    if (!word.empty()) {
      date.m = month_named(word);
      c.take(".");
      c.spaces();
      date.d = c.number();
      c.take(",");
      c.spaces();
      date.y = c.number();
      return date.m > 0 && date.d > 0 && date.y > 0;
    }
  }
  int digits = 0;
  const int first = c.number(digits);
  const bool first_of_two = digits == 2;
  if (first < 0) return false;
  if (digits == 8 && !digit(c.peek())) {  // 20261103
    date = {first / 10000, first / 100 % 100, first % 100};
    return true;
  }
  if (digits == 4) {
    date.y = first;
    if (c.take("年")) {
      c.spaces();
      date.m = c.number();
      if (!c.take("月")) return false;
      c.spaces();
      date.d = c.number();
      return (c.take("日") || c.take("号")) && date.m >= 0 && date.d >= 0;
    }
    const char mark = c.peek();
    if (mark != '-' && mark != '/' && mark != '.') return false;
    c.rest.remove_prefix(1);
    const bool named = c.at_word();
    date.m = named ? take_month(c) : c.number();
    if (date.m < 0 || (named && date.m == 0) || c.peek() != mark) return false;
    c.rest.remove_prefix(1);
    date.d = c.number();
    return date.d >= 0;
  }
  if (digits > 2) return false;
  char mark = c.peek();
  if (mark != '-' && mark != '/' && mark != '.' && mark != ' ') return false;
  c.rest.remove_prefix(1);
  if (mark == '.') c.spaces();
  if (c.at_word()) {  // 03-Nov-2026, 3 Nov 2026, 3 de noviembre de 2026, 03-déc.-26
    date.d = first;
    date.m = take_month(c);
    if (!c.take("-") && !c.take("/") && !c.take(".") && !c.take(" ") && !c.take(",")) return false;
    c.spaces();
    for (const string_view of : {"de ", "DE ", "del "})
      if (c.take(of)) break;
    date.y = c.number(digits);
    if (c.take(" г.") || c.take(" г")) c.spaces();
    if (date.m == 0) return false;
  } else {
    if (mark == ' ') return false;
    const int second = c.number();
    if (second < 0 || c.peek() != mark) return false;
    c.rest.remove_prefix(1);
    if (mark == '.') c.spaces();
    date.y = c.number(digits);
    t.kind = mark == '.' ? DateKind::points : mark == '/' ? DateKind::slashes : DateKind::hyphens;
    t.maybe_year_first = first_of_two && digits == 2 && date.y >= 1 && date.y <= 31;
    if (mark != '.' || t.maybe_year_first) {
      t.first = first;
      t.second = second;
      if (order == DateOrder::unknown) t.status = Status::order_unknown;
    }
    if (order == DateOrder::year_month_day) {
      t.short_year = true;
      date = {2000 + first, second, date.y};
      return t.maybe_year_first;
    }
    const bool day_first = order != DateOrder::month_day;
    t.dotted = mark == '.' && day_first;
    date.d = day_first ? first : second;
    date.m = day_first ? second : first;
  }
  if (date.y < 0 || (digits != 2 && digits != 4)) return false;
  if (digits == 2) {
    date.y += 2000;
    t.short_year = true;
  }
  return true;
}

/// Which half of the day: "PM", "p.m." and "下午" add 12 hours, before or after the time of day.
enum class Half { none, am, pm };
Half read_half(Cursor& c) {
  c.spaces();
  for (const string_view s : {"上午", "午前", "오전"})
    if (c.take(s)) return Half::am;
  for (const string_view s : {"下午", "午後", "오후"})
    if (c.take(s)) return Half::pm;
  // AM, a.m., "a. m.", "A. M.", with any space of Unicode between.
  Cursor at = c;
  const char half = lower(at.peek());
  if (half != 'a' && half != 'p') return Half::none;
  at.rest.remove_prefix(1);
  at.take(".");
  at.spaces();
  if (lower(at.peek()) != 'm') return Half::none;
  at.rest.remove_prefix(1);
  at.take(".");
  if (letter(at.peek())) return Half::none;
  c = at;
  return half == 'a' ? Half::am : Half::pm;
}

/// Digits after the mark as nanoseconds; more than nine are cut.
nanoseconds read_fraction(Cursor& c) {
  std::int64_t value = 0;
  int digits = 0;
  for (; digit(c.peek()); c.rest.remove_prefix(1))
    if (digits < 9) value = value * 10 + (c.peek() - '0'), ++digits;
  for (; digits < 9; ++digits) value *= 10;
  return nanoseconds(value);
}

/// ".05.00[.25]" behind the hour, as Oracle, Finns and Italians write it; all three, since 14.05 is a number.
bool read_pointed(Cursor& c, int& m, int& s, nanoseconds& fraction) {
  int digits = 0;
  c.rest.remove_prefix(1);
  m = c.number(digits);
  if (digits != 2 || !c.take(".")) return false;
  s = c.number(digits);
  if (digits != 2) return false;
  if ((c.peek() == '.' || c.peek() == ',') && c.rest.size() > 1 && digit(c.rest[1])) {
    c.rest.remove_prefix(1);
    fraction = read_fraction(c);
  }
  return true;
}

/// Reads the time of day, "14:05[:00[.25]]", "14时05分", "140500"; nullopt if it is none. `fits` is false for 25:00.
optional<nanoseconds> read_clock(Cursor& c, bool& fits) {
  Half half = read_half(c);
  c.spaces();
  int digits = 0;
  int h = c.number(digits), m = 0, s = 0;
  nanoseconds fraction{0};
  if (h < 0) return std::nullopt;
  if (digits == 6 || (digits == 4 && !(c.peek() == ':'))) {  // after a compact date
    s = digits == 6 ? h % 100 : 0;
    m = digits == 6 ? h / 100 % 100 : h % 100;
    h = digits == 6 ? h / 10000 : h / 100;
  } else if (digits <= 2 && (c.take(":") || c.take("时") || c.take("時") || c.take("点") || c.take("시"))) {
    c.spaces();
    m = c.number(digits);
    if (m < 0 && c.done()) m = 0, digits = 1;  // 14时
    if (m < 0 || digits > 2) return std::nullopt;
    if (c.take("分"), c.take(":") || digit(c.peek())) {
      s = c.number(digits);
      if (s < 0 || digits > 2) return std::nullopt;
      if ((c.peek() == '.' || c.peek() == ',') && c.rest.size() > 1 && digit(c.rest[1])) {
        c.rest.remove_prefix(1);
        fraction = read_fraction(c);
      } else if (c.peek() == ':') {  // 14:05:00:250
        c.rest.remove_prefix(1);
        const std::size_t left = c.rest.size();
        fraction = read_fraction(c);
        if (left - c.rest.size() != 3) return std::nullopt;
      }
      c.take("秒");
    }
  } else if (digits <= 2 && c.peek() == '.') {
    if (!read_pointed(c, m, s, fraction)) return std::nullopt;
  } else if (digits > 2) {
    return std::nullopt;
  }
  if (half == Half::none) half = read_half(c);
  if (half != Half::none) {
    fits = h >= 1 && h <= 12;
    h = h % 12 + (half == Half::pm ? 12 : 0);
  }
  const bool end_of_day = h == 24 && m == 0 && s == 0 && fraction == nanoseconds(0);
  fits = fits && (h <= 23 || end_of_day) && m <= 59 && s <= 59;
  return hours(h) + minutes(m) + seconds(s) + fraction;
}

/// Reads "Z", "UTC", "+08:00", "+0800" or "+8" at the end of the text.
Status read_offset(Cursor& c, TimeText& t) {
  c.spaces();
  if (c.done()) return Status::ok;
  if (c.take("Z") || c.take("z") || c.take("UTC") || c.take("GMT")) {
    t.offset = minutes(0);
    c.spaces();
    if (c.done()) return Status::ok;
  }
  if (c.peek() == '+' || c.peek() == '-') {
    const int sign = c.peek() == '-' ? -1 : 1;
    c.rest.remove_prefix(1);
    int digits = 0;
    int h = c.number(digits), m = 0;
    if (digits == 4)
      m = h % 100, h /= 100;
    else if (digits <= 2 && c.take(":"))
      m = c.number();
    c.spaces();
    if (c.peek() == '(' && c.rest.back() == ')') c.rest = {};  // "GMT+0800 (China Standard Time)"
    if (h < 0 || m < 0 || !c.done()) return Status::not_a_time;
    if (h > 14 || m > 59) return Status::no_such_time;
    t.offset = minutes(sign * (h * 60 + m));
    return Status::ok;
  }
  const string_view word = c.word();
  return word.size() >= 2 && word.size() <= 5 && c.done() ? Status::zone_name : Status::not_a_time;
}

/// "Tue Nov 03 00:00:00 CST 2026" of Ignition, Java and C with its year behind the date, "03 Nov 2026 00:00:00 CST"; else nothing.
optional<std::string> ctime_in_order(string_view text) {
  std::vector<string_view> words;
  for (std::size_t at = 0; at < text.size() && words.size() < 7;) {
    const std::size_t begin = text.find_first_not_of(' ', at);
    if (begin == string_view::npos) break;
    at = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, at - begin));
  }
  const std::size_t n = words.size();
  if (n < 5 || n > 6 || !letter(text[0]) || !letter(words[1][0]) || !digit(words[2][0]) || words[2].size() > 2 ||
      words[3].find(':') == string_view::npos || words[n - 1].size() != 4 || !digit(words[n - 1][0]))
    return {};
  std::string out;
  for (const string_view w : {words[2], words[1], words[n - 1], words[3], n == 6 ? words[4] : string_view{}})
    (out += w) += ' ';
  return out;
}

/// A count since 1970, whose unit the number of digits tells: 9 or 10 seconds, 12 or 13 ms, 15 or 16 us, 18 or 19 ns.
struct Count {
  nanoseconds since_1970, one;
};
optional<Count> read_count(string_view text) {
  const std::size_t whole = std::min(text.find('.'), text.size());
  if (whole < 9 || whole > 19 || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(whole), digit))
    return {};
  std::int64_t value = 0;
  if (std::from_chars(text.data(), text.data() + whole, value).ec != std::errc{}) return {};
  nanoseconds fraction{0};
  if (whole < text.size()) {
    Cursor c{text.substr(whole + 1)};
    fraction = read_fraction(c);
    if (!c.done()) return {};
  }
  const std::int64_t ns = whole <= 10                  ? 1'000'000'000
                          : whole == 12 || whole == 13 ? 1'000'000
                          : whole == 15 || whole == 16 ? 1'000
                          : whole >= 18                ? 1
                                                       : 0;
  if (ns == 0) return {};
  // Beyond 2262 nanoseconds do not reach; the caller refuses what is far ahead.
  if (value >= nanoseconds::max().count() / ns) return Count{nanoseconds::max(), nanoseconds(ns)};
  return Count{nanoseconds(value * ns) + fraction / (1'000'000'000 / ns), nanoseconds(ns)};
}

/// "2026-11-03 14:05" and "2026-11-03T14:05:00", what most files hold, without the detours.
bool read_common(string_view t, TimeText& out) {
  constexpr string_view kShape = "0000-00-00 00:00:00";
  if (t.size() != 16 && t.size() != 19) return false;
  for (std::size_t i = 0; i < t.size(); ++i)
    if (kShape[i] == '0' ? !digit(t[i]) : i == 10 ? t[i] != ' ' && t[i] != 'T' : t[i] != kShape[i]) return false;
  const auto two = [&](std::size_t i) { return (t[i] - '0') * 10 + (t[i + 1] - '0'); };
  const year_month_day ymd{year(two(0) * 100 + two(2)), month(static_cast<unsigned>(two(5))),
                           day(static_cast<unsigned>(two(8)))};
  const int h = two(11), m = two(14), s = t.size() == 19 ? two(17) : 0;
  if (!ymd.ok() || h > 23 || m > 59 || s > 59 || ymd.year() < year(1900) || ymd.year() > year(2200)) return false;
  out.local = readings::LocalTime(local_days(ymd).time_since_epoch() + hours(h) + minutes(m) + seconds(s));
  out.status = Status::ok;
  out.kind = DateKind::clear;
  return true;
}

}  // namespace

TimeText read_time(string_view text, DateOrder order) {
  TimeText t;
  if (read_common(text, t)) return t;
  text = readings::trimmed(text);
  if (text.empty() || text.size() > 64) return t;
  std::string narrow;  // full-width digits, as Chinese and Japanese programs write them
  if (text.find("\xEF\xBC") != string_view::npos) text = narrow = half_width(text);
  // Fourteen or twelve digits that begin a year are 20261103140500, not a count.
  const bool compact = (text.size() == 14 || text.size() == 12) && (text.starts_with("19") || text.starts_with("20")) &&
                       std::all_of(text.begin(), text.end(), digit);
  if (!compact)
    if (const auto count = read_count(text)) {
      t.local = readings::LocalTime(count->since_1970);
      t.one = count->one;
      t.offset = minutes(0);
      t.counted = true;
      t.kind = DateKind::counted;
      const nanoseconds from = sys_days(year(2000) / 1 / 1).time_since_epoch(),
                        to = sys_days(year(2050) / 1 / 1).time_since_epoch();
      t.status = count->since_1970 >= from && count->since_1970 < to ? Status::ok : Status::no_such_time;
      return t;
    }
  if (letter(text[0]))
    if (const auto ordered = ctime_in_order(text)) return read_time(*ordered, order);
  Cursor c{text};
  Date date;
  if (compact) c.rest = text.substr(0, 8);
  if (!read_date(c, order, t, date)) return {};
  if (t.kind == DateKind::none) t.kind = DateKind::clear;
  if (compact) c.rest = text.substr(8);
  pass_weekday(c);
  bool fits = true;
  nanoseconds clock{0};
  if (c.take("T") || c.take("t") || c.take("_") || c.take(",") || !c.done()) {
    c.spaces();
    if (!c.done()) {
      const auto read = read_clock(c, fits);
      if (!read) return {};
      clock = *read;
    }
  }
  const Status zone = read_offset(c, t);
  if (zone == Status::not_a_time) return {};
  const year_month_day ymd{year(date.y), month(static_cast<unsigned>(date.m)), day(static_cast<unsigned>(date.d))};
  if (t.status == Status::order_unknown && fits) return t;
  // date.m and date.d are looked at first: the types of <chrono> keep their lowest byte only.
  const bool in_range = date.y >= 1900 && date.y <= 2200 && date.m >= 1 && date.m <= 12 && date.d >= 1 && date.d <= 31;
  if (!fits || !in_range || !ymd.ok() || zone == Status::no_such_time) {
    t.status = Status::no_such_time;
    return t;
  }
  t.local = readings::LocalTime(local_days(ymd).time_since_epoch() + clock);
  t.status = zone;
  return t;
}

std::optional<DateOrder> date_order_named(string_view name) {
  for (const DateOrder order : {DateOrder::day_month, DateOrder::month_day, DateOrder::year_month_day})
    if (name == name_of(order)) return order;
  return std::nullopt;
}

string_view name_of(DateOrder order) {
  switch (order) {
    case DateOrder::day_month: return "dmy";
    case DateOrder::month_day: return "mdy";
    case DateOrder::year_month_day: return "ymd";
    case DateOrder::unknown: break;
  }
  return "";
}

bool looks_like_time(string_view text) {
  const TimeText t = read_time(text, DateOrder::unknown);
  if (t.status == Status::no_such_time)
    return readings::trimmed(text).find_first_not_of("0123456789.") != string_view::npos;
  return t.status != Status::not_a_time;
}

}  // namespace castner::tables
