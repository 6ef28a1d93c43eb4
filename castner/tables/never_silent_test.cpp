// SPDX-License-Identifier: Apache-2.0
// Tables as they come out of other people's hands: whatever went wrong with one, it is refused, or every good reading that comes out of
// it is one that went in.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "castner/base/quantity.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/table_reader.h"
#include "castner/tables/unit_doubt.h"

namespace castner::tables {
namespace {

using namespace std::chrono;
using readings::Quality;

/// What the plant had: tag, time, value.
struct Truth {
  std::vector<std::string> tags;
  std::vector<Time> times;
  std::map<std::string, std::vector<double>> values;  ///< by tag, shape (times)
  std::set<std::tuple<std::string, Time, double>> readings;

  void add(const std::string& tag, Time time, double value) { readings.emplace(tag, time, value); }
};

Truth any_truth() {
  Truth t;
  const int tags = *rc::gen::inRange(1, 4), rows = *rc::gen::inRange(5, 40);
  const int pace = *rc::gen::element(1, 5, 60, 720);
  auto time = readings::parse_time("2026-10-25T00:00:00Z", std::nullopt).value();
  for (int i = 0; i < rows; ++i) t.times.push_back(time += minutes(pace));
  for (int k = 0; k < tags; ++k) {
    const std::string tag = "FI-" + std::to_string(k + 1);
    t.tags.push_back(tag);
    const int level = *rc::gen::element(3, 70, 450, 990, 2500);
    for (int i = 0; i < rows; ++i) {
      const double value = level + *rc::gen::inRange(-level * 100, level * 100) / 2000.0;
      t.values[tag].push_back(value);
      t.add(tag, t.times[static_cast<std::size_t>(i)], value);
    }
  }
  return t;
}

enum class Fault {
  none,
  second_key,
  own_times,
  swapped_dates,
  twice,
  texts_and_no_data,
  lines_around,
  thousands,
  minutes_cut,
  groups,
  flags,
  short_years,
  other_counts,
  offsets_in_some_rows,
  key_of_any_name,
  no_data_of_a_pattern,
  quality_of_any_name,
  days_exchanged,
  kMany
};

std::string iso(Time t) { return readings::time_text(t).substr(0, 19); }
/// "3/11/2026 14:05:00", day first; where Excel knew the date, it exchanged day and month.
std::string through_excel(Time t) {
  const auto day = floor<days>(t);
  const year_month_day date{sys_days(day)};
  const unsigned d = unsigned(date.day()), m = unsigned(date.month());
  const std::string clock = iso(t).substr(11), y = std::to_string(int(date.year()));
  if (d > 12) return std::to_string(d) + "/" + std::to_string(m) + "/" + y + " " + clock;
  const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return y + "-" + two(d) + "-" + two(m) + " " + clock;
}

/// All dates of one kind, with day and month exchanged wherever both may be months.
std::string exchanged(Time t) {
  const std::string text = iso(t), m = text.substr(5, 2), d = text.substr(8, 2);
  return d > "12" ? text : text.substr(0, 5) + d + "-" + m + text.substr(10);
}

std::string wide(const Truth& t, auto time_of, auto cell_of) {
  std::string out = "time";
  for (const auto& tag : t.tags) out += ";" + tag;
  out += "\n";
  for (std::size_t i = 0; i < t.times.size(); ++i) {
    out += time_of(t.times[i]);
    for (const auto& tag : t.tags) out += ";" + cell_of(tag, i);
    out += "\n";
  }
  return out;
}

std::string spoiled(Truth& t, Fault fault) {
  const auto number = [&](const std::string& tag, std::size_t i) { return number_text(t.values[tag][i]); };
  switch (fault) {
    case Fault::second_key: {
      // The second electrolyser's readings are not those of the tags of the first.
      std::string out = "time;electrolyser;name;value\n";
      for (std::size_t i = 0; i < t.times.size(); ++i)
        for (const char* e : {"E1", "E2"})
          for (const auto& tag : t.tags)
            out += iso(t.times[i]) + ";" + e + ";" + tag + ";" + number_text(t.values[tag][i] * (e[1] == '1' ? 1 : 2)) +
                   "\n";
      return out;
    }
    case Fault::own_times: {
      const bool named = *rc::gen::arbitrary<bool>();
      t.readings.clear();
      std::string out, rows;
      for (const auto& tag : t.tags)
        out += (out.empty() ? "" : ";") + (named ? tag + " " : std::string()) + "time;" + tag;
      for (std::size_t i = 0; i < t.times.size(); ++i) {
        rows += "\n";
        for (std::size_t k = 0; k < t.tags.size(); ++k) {
          const Time own = t.times[i] + minutes(7 * static_cast<int>(k * i));
          rows += (k ? ";" : "") + iso(own) + ";" + number(t.tags[k], i);
          t.add(t.tags[k], own, t.values[t.tags[k]][i]);
        }
      }
      return out + rows + "\n";
    }
    case Fault::swapped_dates: return wide(t, through_excel, number);
    case Fault::days_exchanged: return wide(t, exchanged, number);
    case Fault::twice: {
      const std::string out = wide(t, iso, number);
      std::string again = iso(t.times[*rc::gen::inRange<std::size_t>(0, t.times.size())]);
      for (std::size_t k = 0; k < t.tags.size(); ++k) again += ";1.5";
      return out + again + "\n";
    }
    case Fault::texts_and_no_data: {
      const std::vector<std::string> texts{"Bad Total", "-9999",      "9.9999E+37", "",       "TRUE",
                                           "坏值",      "Flow Alarm", "#####",      "-999.25"};
      std::size_t n = 0;
      return wide(t, iso, [&](const std::string& tag, std::size_t i) {
        return i > 1 && *rc::gen::inRange(0, 4) == 0 ? texts[n++ % texts.size()] : number(tag, i);
      });
    }
    case Fault::lines_around: {
      std::string out = "Trend export;Hall 1\nServer:;HIST01\nFrom:;2026-11-03 00:00:00\n\n" + wide(t, iso, number);
      return out + "Rows: " + std::to_string(t.times.size()) + "\n";
    }
    case Fault::thousands:
      return wide(t, iso, [&](const std::string& tag, std::size_t i) {
        const auto whole = static_cast<long>(t.values[tag][i]);
        t.readings.erase({tag, t.times[i], t.values[tag][i]});
        t.add(tag, t.times[i], static_cast<double>(whole));
        const std::string digits = std::to_string(whole % 1000);
        return whole < 1000 ? std::to_string(whole)
                            : std::to_string(whole / 1000) + "." + std::string(3 - digits.size(), '0') + digits;
      });
    case Fault::minutes_cut:
      return wide(
          t, [](Time time) { return iso(time).substr(0, 14) + "00"; }, number);
    case Fault::groups: {
      // Thousands by a space or an apostrophe of any kind.
      const std::string group = *rc::gen::element<std::string>(" ", "\u00A0", "\u202F", "\u2009", "'", "\u2019");
      return wide(t, iso, [&](const std::string& tag, std::size_t i) {
        std::string text = number(tag, i);
        const std::size_t whole = std::min(text.find('.'), text.size());
        if (whole > 3) text.insert(whole - 3, group);
        return text;
      });
    }
    case Fault::flags: {
      // What is high is marked: without it the mean is too low.
      const std::string flag = *rc::gen::element<std::string>(" H", "*", "(U)", " HH", "#!", " 高", "?", " Suspect");
      const bool before = flag.size() == 1 && *rc::gen::arbitrary<bool>();
      return wide(t, iso, [&](const std::string& tag, std::size_t i) {
        if (i < 2 || *rc::gen::inRange(0, 3) > 0) return number(tag, i);
        return before ? flag + number(tag, i) : number(tag, i) + flag;
      });
    }
    case Fault::short_years: {
      // 26/11/03, 03.11.26, 11-03-26: the year is where it is.
      const char mark = *rc::gen::element('/', '-', '.');
      const int order = mark == '.' ? *rc::gen::inRange(0, 2) : *rc::gen::inRange(0, 3);
      const auto short_year = [&](Time time) {
        const std::string text = iso(time), y = text.substr(2, 2), m = text.substr(5, 2), d = text.substr(8, 2);
        const std::string date = order == 0   ? y + mark + m + mark + d
                                 : order == 1 ? d + mark + m + mark + y
                                              : m + mark + d + mark + y;
        return date + text.substr(10);
      };
      return wide(t, short_year, number);
    }
    case Fault::other_counts: {
      // Seconds since 1904, 100 ns since 1601 and since the year 1, and dates without marks.
      const int kind = *rc::gen::inRange(0, 7);
      const auto count = [&](Time time) {
        const long s = static_cast<long>(floor<seconds>(time).time_since_epoch().count());
        std::string text = iso(time);
        std::erase_if(text, [](char c) { return !(c >= '0' && c <= '9'); });
        if (kind == 0) return std::to_string(s + 2082844800);
        if (kind == 1) return std::to_string((s + 11644473600) * 10000000);
        if (kind == 2) return std::to_string((s + 62135596800) * 10000000);
        return kind == 3 ? text.substr(0, 12) : kind == 4 ? text.substr(2) : kind == 5 ? text.substr(2, 8) : text;
      };
      return wide(t, count, number);
    }
    case Fault::offsets_in_some_rows: {
      const auto cut = t.times[t.times.size() / 2];
      const std::string offset = *rc::gen::element<std::string>("+08:00", "Z", "-05:00");
      const auto some = [&](Time time) {
        return time >= cut     ? iso(time)
               : offset == "Z" ? iso(time) + offset
                               : iso(time + hours(offset[0] == '+' ? 8 : -5)) + offset;
      };
      return wide(t, some, number);
    }
    case Fault::key_of_any_name: {
      // Two things of one name, each at times of its own.
      const std::string name = *rc::gen::element<std::string>("line", "hall", "kettle", "which", "no of train");
      const bool letters = *rc::gen::arbitrary<bool>();
      std::string out = "time;" + name + ";tag;value\n";
      for (std::size_t i = 0; i < t.times.size(); ++i)
        for (int thing = 1; thing <= 2; ++thing)
          for (const auto& tag : t.tags)
            out += iso(t.times[i] + seconds(20 * thing)) + ";" +
                   (letters ? (thing == 1 ? "A" : "B") : std::to_string(thing)) + ";" + tag + ";" +
                   number_text(t.values[tag][i] * thing) + "\n";
      return out;
    }
    case Fault::no_data_of_a_pattern: {
      const std::string none =
          *rc::gen::element<std::string>("1E+20", "-7999", "-214748.3648", "1E+10", "-99999", "3.4028235E+38", "-8888");
      return wide(t, iso, [&](const std::string& tag, std::size_t i) { return i % 3 == 2 ? none : number(tag, i); });
    }
    case Fault::quality_of_any_name: {
      // The bad ones are none that the plant had.
      const auto& [name, good, bad] =
          *rc::gen::element(std::tuple("Confidence %", "100", "0"), std::tuple("BadFlag", "N", "Y"),
                            std::tuple("Fault", "0", "17"), std::tuple("State", "正常", "异常"),
                            std::tuple("Error", "FALSE", "TRUE"), std::tuple("Reliability", "Good", "Bad"),
                            std::tuple("质量", "好点", "坏点"), std::tuple("Status", "OK", "NG"),
                            std::tuple("STATUS", "0", "-1"), std::tuple("IP_TREND_QSTATUS", "Good", "Bad"),
                            std::tuple("Kvalitet", "Good", "Bad"), std::tuple("Flag", "0", "1"));
      std::string out = std::string("time;tag;value;") + name + "\n";
      for (std::size_t i = 0; i < t.times.size(); ++i)
        for (const auto& tag : t.tags)
          out += iso(t.times[i]) + ";" + tag + ";" + (i % 3 == 1 ? "1.5;" : number(tag, i) + ";") +
                 (i % 3 == 1 ? bad : good) + "\n";
      return out;
    }
    case Fault::none:
    case Fault::kMany: break;
  }
  return wide(t, iso, number);
}

RC_GTEST_PROP(NeverSilent, AGoodReadingIsOneThatThePlantHad, ()) {
  Truth truth = any_truth();
  const auto fault = static_cast<Fault>(*rc::gen::resize(100, rc::gen::inRange(0, static_cast<int>(Fault::kMany))));
  const std::string text = spoiled(truth, fault);
  RC_TAG(static_cast<int>(fault));
  RC_LOG() << text;
  const auto table = read_table(text, "data.csv", {.time_zone = "+00:00"});
  if (!table) {
    RC_LOG() << table.error().text();
    // Nothing of these files shows whether all of their numbers are decimals or thousands: that is rare, and right.
    if (table.error().text().find("may mark decimals or thousands") != std::string::npos) return;
    RC_ASSERT(fault != Fault::none && fault != Fault::own_times && fault != Fault::texts_and_no_data &&
              fault != Fault::lines_around && fault != Fault::no_data_of_a_pattern);
    return;
  }
  if (fault == Fault::minutes_cut) {
    // Several readings of one hour now have one time: read only where they say the same.
    for (const auto& [tag, values] : truth.values)
      for (std::size_t i = 1; i < values.size(); ++i)
        RC_ASSERT(floor<hours>(truth.times[i]) != floor<hours>(truth.times[i - 1]) || values[i] == values[i - 1]);
    return;
  }
  for (const auto& s : table->series)
    for (const auto& x : s.samples) {
      if (fault == Fault::flags || fault == Fault::groups) RC_ASSERT(x.quality == Quality::good);
      if (x.quality != Quality::good) continue;
      RC_ASSERT(truth.readings.contains({s.tag, x.time, x.value}));
    }
}

/// Of all pairs of units of one kind, those that are believed are of one kind of pressure and less than a thousand apart.
RC_GTEST_PROP(NeverSilent, UnitsThatAreBelievedAreNearAndOfOneKind, ()) {
  const std::vector<std::vector<const char*>> kinds{
      {"Pa", "kPa", "MPa", "mPa", "bar", "mbar", "kPa(g)", "MPa(g)", "bar(g)"},
      {"t/h", "kg/h", "kg/s", "g/s", "t/d"},
      {"m3/h", "L/h", "m3/s"},
      {"degC", "K"},
      {"1", "%", "ppm"},
      {"kA", "A", "mA"}};
  const auto& kind = *rc::gen::elementOf(kinds);
  const auto theirs = parse_unit(*rc::gen::elementOf(kind)).value(),
             ours = parse_unit(*rc::gen::elementOf(kind)).value();
  const bool pressure = ours.dimension == parse_unit("Pa")->dimension;
  const double ratio = std::abs(std::log10(theirs.scale / ours.scale));
  const bool apart = ratio >= 3.0 - 1e-9, other_kind = pressure && (theirs.offset != 0.0) != (ours.offset != 0.0);
  RC_ASSERT(unit_doubt(theirs, false, ours).has_value() == (apart || other_kind));
  if (!apart && pressure && theirs.offset == 0.0) RC_ASSERT(!unit_doubt(theirs, true, ours));
}

}  // namespace
}  // namespace castner::tables
