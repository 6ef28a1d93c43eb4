// SPDX-License-Identifier: Apache-2.0
// A table written in any dialect that people use reads back as the same numbers and times.
#include <gtest/gtest.h>
#include <iconv.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "castner/base/quantity.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {
namespace {

using namespace std::chrono;
using readings::Quality;

struct Dialect {
  char delimiter;
  char decimal;
  const char* encoding;  ///< as iconv has it
  const char* mark;      ///< byte order mark
  const char* line_end;
  bool quoted;
  bool long_shape;
  int time_format;
};

std::ostream& operator<<(std::ostream& out, const Dialect& d) {
  return out << "delimiter " << int{d.delimiter} << " decimal " << d.decimal << " " << d.encoding << " quoted "
             << d.quoted << " long " << d.long_shape << " times " << d.time_format;
}

Dialect any_dialect() {
  Dialect d{};
  d.delimiter = *rc::gen::element(',', ';', '\t');
  d.decimal = d.delimiter == ',' ? '.' : *rc::gen::element('.', ',');
  const auto [encoding, mark] = *rc::gen::element(
      std::pair<const char*, const char*>{"UTF-8", ""}, std::pair<const char*, const char*>{"UTF-8", "\xEF\xBB\xBF"},
      std::pair<const char*, const char*>{"UTF-16LE", "\xFF\xFE"},
      std::pair<const char*, const char*>{"UTF-16BE", "\xFE\xFF"}, std::pair<const char*, const char*>{"GB18030", ""});
  d.encoding = encoding;
  d.mark = mark;
  d.line_end = *rc::gen::element("\n", "\r\n", "\r");
  d.quoted = *rc::gen::arbitrary<bool>();
  d.long_shape = *rc::gen::arbitrary<bool>();
  d.time_format = *rc::gen::inRange(0, 7);
  return d;
}

std::string encoded(const std::string& text, const Dialect& d) {
  const iconv_t converter = iconv_open(d.encoding, "UTF-8");
  std::string in = text, out(4 * text.size() + 8, '\0');
  char *from = in.data(), *to = out.data();
  std::size_t left = in.size(), room = out.size();
  RC_ASSERT(iconv(converter, &from, &left, &to, &room) == 0u);
  iconv_close(converter);
  out.resize(out.size() - room);
  return d.mark + out;
}

std::string cell(std::string text, const Dialect& d) {
  if (!d.quoted && text.find_first_of(std::string("\"\n\r") + d.delimiter) == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string number(double v, const Dialect& d) {
  std::string text = number_text(v);
  std::replace(text.begin(), text.end(), '.', d.decimal);
  return text;
}

/// Local time in Shanghai, or with an offset, in one of the forms of historians; all of them whole seconds.
std::string time(Time t, const Dialect& d) {
  const auto local = readings::local_time(t, "Asia/Shanghai");
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<seconds>(local - day));
  const int h = static_cast<int>(clock.hours().count());
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[80];
  const auto print = [&](const char* format, auto... values) {
    return std::string(text, static_cast<std::size_t>(std::snprintf(text, sizeof text, format, values...)));
  };
  const int y = int(date.year()), m = static_cast<int>(unsigned(date.month())),
            dd = static_cast<int>(unsigned(date.day()));
  const int mi = static_cast<int>(clock.minutes().count()), s = static_cast<int>(clock.seconds().count());
  switch (d.time_format) {
    case 0: return print("%04d-%02d-%02d %02d:%02d:%02d", y, m, dd, h, mi, s);
    case 1: return readings::time_text(t, "Asia/Shanghai");
    case 2: return readings::time_text(t);
    case 3: return print("%d/%d/%d %d:%02d:%02d", y, m, dd, h, mi, s);
    case 4: return print("%02d.%02d.%04d %02d:%02d:%02d", dd, m, y, h, mi, s);
    case 5: return print("%02d-%s-%04d %02d:%02d:%02d", dd, kMonths[m - 1], y, h, mi, s);
    default: return print("%d/%d/%d %d:%02d:%02d %s", m, dd, y, h % 12 == 0 ? 12 : h % 12, mi, s, h < 12 ? "AM" : "PM");
  }
}

struct Content {
  std::vector<std::string> tags;
  std::vector<Time> times;
  std::vector<std::vector<double>> values;  ///< shape (tags, times); NaN: no reading
};

Content any_content() {
  Content c;
  const int tags = *rc::gen::inRange(1, 5), rows = *rc::gen::inRange(1, 30);
  for (int k = 0; k < tags; ++k)
    c.tags.push_back("流量-" + std::to_string(k) + *rc::gen::element("", ", A;\tB", " \"x\"", "'"));
  // The first is the 25th of a month, which settles the order of day and month.
  auto t = readings::parse_time("2026-11-25T00:00:00Z", std::nullopt).value();
  for (int i = 0; i < rows; ++i) c.times.push_back(t += seconds(*rc::gen::inRange(1, 100000)));
  for (int k = 0; k < tags; ++k) {
    c.values.emplace_back();
    for (int i = 0; i < rows; ++i)
      c.values.back().push_back(*rc::gen::inRange(0, 8) == 0
                                    ? std::nan("")
                                    : std::ldexp(*rc::gen::inRange(-1000000, 1000000), *rc::gen::inRange(-30, 20)));
  }
  c.values[0][0] = 0.5;  // shows the decimal mark beyond doubt
  return c;
}

std::string written(const Content& c, const Dialect& d) {
  std::string out;
  const auto row = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? std::string(1, d.delimiter) : "") + cell(cells[i], d);
    out += d.line_end;
  };
  const auto value = [&](std::size_t k, std::size_t i) {
    const double v = c.values[k][i];
    return std::isnan(v) ? std::string(i % 2 ? "" : "坏值") : number(v, d);
  };
  if (d.long_shape) {
    row({"time", "tag", "value"});
    for (std::size_t i = 0; i < c.times.size(); ++i)
      for (std::size_t k = 0; k < c.tags.size(); ++k) row({time(c.times[i], d), c.tags[k], value(k, i)});
    return out;
  }
  std::vector<std::string> header{"time"};
  header.insert(header.end(), c.tags.begin(), c.tags.end());
  row(header);
  for (std::size_t i = 0; i < c.times.size(); ++i) {
    std::vector<std::string> cells{time(c.times[i], d)};
    for (std::size_t k = 0; k < c.tags.size(); ++k) cells.push_back(value(k, i));
    row(cells);
  }
  return out;
}

RC_GTEST_PROP(TableReader, ReadsBackWhatAnyDialectWrote, ()) {
  const Content c = any_content();
  const Dialect d = any_dialect();
  RC_LOG() << d << "\n" << written(c, d);
  const auto table = read_table(encoded(written(c, d), d), "data.csv", {.time_zone = "Asia/Shanghai"});
  RC_ASSERT(table.has_value());
  RC_ASSERT(table->facts.shape == (d.long_shape ? TableShape::longer : TableShape::wide));
  RC_ASSERT(table->series.size() == c.tags.size());
  for (std::size_t k = 0; k < c.tags.size(); ++k) {
    const auto& s = table->series[k];
    RC_ASSERT(s.tag == c.tags[k]);
    RC_ASSERT(s.samples.size() == c.times.size());
    for (std::size_t i = 0; i < c.times.size(); ++i) {
      RC_ASSERT(s.samples[i].time == c.times[i]);
      const double v = c.values[k][i];
      if (std::isnan(v))
        RC_ASSERT(s.samples[i].quality == Quality::bad);
      else
        RC_ASSERT(s.samples[i].value == v);  // to the last bit
    }
  }
}

/// Hours around both changes of the clock, in a zone with summer time, sampled at any pace: the file's order restores UTC.
RC_GTEST_PROP(TableReader, RestoresTimesThroughBothChangesOfTheClock, ()) {
  const bool autumn = *rc::gen::arbitrary<bool>();
  const auto start =
      readings::parse_time(autumn ? "2026-10-24T22:00:00Z" : "2026-03-28T22:00:00Z", std::nullopt).value();
  const int pace = *rc::gen::inRange(1, 61);  // minutes
  const bool newest_first = *rc::gen::arbitrary<bool>();
  std::vector<Time> times;
  for (auto t = start; t < start + hours(8); t += minutes(pace)) times.push_back(t);
  auto rows = times;
  if (newest_first) std::reverse(rows.begin(), rows.end());
  std::string text = "time,A\n";
  for (const auto t : rows) text += readings::time_text(t, "Europe/Berlin").substr(0, 19) + ",1\n";
  const auto table = read_table(text, "data.csv", {.time_zone = "Europe/Berlin"});
  RC_ASSERT(table.has_value());
  RC_ASSERT(table->series[0].samples.size() == times.size());
  for (std::size_t i = 0; i < times.size(); ++i) RC_ASSERT(table->series[0].samples[i].time == times[i]);
}

/// Cutting a good file anywhere never crashes and never invents a sample.
RC_GTEST_PROP(TableReader, APartOfAFileGivesAPartOfItsSamplesOrARefusal, ()) {
  const Content c = any_content();
  const Dialect d = any_dialect();
  std::string bytes = encoded(written(c, d), d);
  bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size()));
  const auto table = read_table(bytes, "data.csv", {.time_zone = "Asia/Shanghai"});
  if (!table) return;
  for (const auto& s : table->series)
    for (const auto& x : s.samples)
      RC_ASSERT(std::binary_search(c.times.begin(), c.times.end(), x.time) ||
                x.time == table->series[0].samples.back().time);
}

}  // namespace
}  // namespace castner::tables
