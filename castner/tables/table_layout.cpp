// SPDX-License-Identifier: Apache-2.0
// What each column of a table holds, from the names in its header:
//  1. Each header cell is split into name and unit or time zone; names are compared without case, blanks and
//     separators.
//  2. The time is a column with a name for it, in one of three languages, or the first column if its first cell is a
//     time. A column with a time of day beside it is joined to it.
//  3. Columns for tag and value: a long table, one reading a row; without a time, a snapshot. Otherwise a wide table:
//     every other column is a tag.
//  4. In a wide table the column "FI-101.quality" holds the quality of FI-101 and is no tag of its own.
//  5. Rows under the header that hold units or descriptions belong to it (is_header_row, take_units).
//  6. A tag that stands twice is a problem; a column that is not used is noted.
#include "castner/tables/table_layout.h"

#include <algorithm>
#include <unordered_map>

#include "castner/base/suggest.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/time_text.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

using std::string, std::string_view;
using Names = std::span<const string_view>;

constexpr string_view kTime[] = {
    "time",      "timestamp",    "date",         "datetime",    "tstamp",     "ts",          "timestring", "utc",
    "timeutc",   "utctime",      "timestamputc", "datetimeutc", "zeit",       "zeitstempel", "zeitpunkt",  "datum",
    "datumzeit", "datumuhrzeit", "localtime",    "timelocal",   "sampletime", "recordtime",  "日期",       "时间",
    "时间戳",    "日期时间",     "时刻",         "采样时间",    "采集时间",   "记录时间",    "存盘时间",   "数据时间"};
constexpr string_view kClock[] = {"time", "timeofday", "zeit", "uhrzeit", "时间", "时刻"};
constexpr string_view kTag[] = {"tag",        "tagname",    "tagid",    "name",         "point",  "pointname",
                                "pointid",    "varname",    "variable", "variablename", "signal", "item",
                                "instrument", "messstelle", "位号",     "点名",         "标签",   "标签名",
                                "测点",       "测点名",     "测点名称", "名称",         "变量",   "变量名"};
constexpr string_view kValue[] = {"value", "val",  "varvalue", "reading", "measured", "wert", "messwert",
                                  "值",    "数值", "测量值",   "实时值",  "当前值",   "读数"};
constexpr string_view kUnit[] = {"unit", "units",   "eu",   "engunit", "engunits", "engineeringunits",
                                 "uom",  "einheit", "单位", "工程单位"};
constexpr string_view kSd[] = {"sd", "std", "stdev", "sigma", "standarddeviation", "标准差", "标准偏差"};
constexpr string_view kQuality[] = {"quality",  "q",    "qual",   "qualitycode", "opcquality", "status",  "statuscode",
                                    "validity", "质量", "质量码", "品质",        "状态",       "数据质量"};

bool one_of(string_view name, Names names) { return std::find(names.begin(), names.end(), name) != names.end(); }

/// Lower case without blanks and separators, so that "Date/Time", "date_time" and "$DateTime" are one name.
string plain_name(string_view text) {
  string name = lower_case(trimmed(text));
  std::erase_if(name, [](char c) { return string_view(" _-./&$:").find(c) != string_view::npos; });
  return name;
}

/// "UTC", "+08:00", "UTC+8", "Europe/Berlin" as a zone that check_time_zone accepts.
std::optional<string> zone_in(string_view text) {
  if (text == "UTC" || text == "GMT" || text == "Z") return "UTC";
  if (text.starts_with("UTC") || text.starts_with("GMT")) text.remove_prefix(3);
  string zone(text);
  if (zone.size() == 2 && (zone[0] == '+' || zone[0] == '-')) zone = string{zone[0], '0', zone[1]};
  if (zone.size() == 3 && (zone[0] == '+' || zone[0] == '-')) zone += ":00";
  const bool offset = !zone.empty() && (zone[0] == '+' || zone[0] == '-');
  if ((offset || zone.find('/') != string::npos) && readings::check_time_zone(zone)) return zone;
  return std::nullopt;
}

/// One header cell, taken apart.
struct Title {
  string name;  ///< plain, without the part in brackets
  TagAndUnit parts;
  std::optional<string> zone;
};
Title read_title(string_view text) {
  Title t{.parts = split_header(text)};
  t.name = plain_name(t.parts.tag);
  if (t.parts.unread.empty()) {
    if (t.name.ends_with("utc")) t.zone = "UTC";
    return t;
  }
  // In "time (UTC)", "Zeit [lokal]" the name stands before the bracket.
  const std::size_t bracket = text.rfind(t.parts.unread);
  t.zone = zone_in(t.parts.unread);
  const string before = plain_name(text.substr(0, text.find_last_of("([{", bracket)));
  if (one_of(before, kTime)) t.name = before;
  return t;
}

int find(const std::vector<Title>& titles, Names names) {
  for (std::size_t i = 0; i < titles.size(); ++i)
    if (one_of(titles[i].name, names)) return static_cast<int>(i);
  return -1;
}

string_view cell(std::span<const string_view> row, int column) {
  return column >= 0 && static_cast<std::size_t>(column) < row.size() ? row[static_cast<std::size_t>(column)]
                                                                      : string_view{};
}

/// The column of times: by its name, else the first column if its first cell is a time.
int find_time(const std::vector<Title>& titles, std::span<const string_view> first_row, TableLayout& layout) {
  if (const int named = find(titles, kTime); named >= 0) return named;
  if (titles.empty() || !looks_like_time(cell(first_row, 0))) return -1;
  const string& name = titles[0].parts.tag;
  layout.notes.push_back(name.empty() ? "the first column is taken for the times"
                                      : "the first column, " + in_quotes(name) + ", is taken for the times");
  return 0;
}

/// The column of times of day beside a column of dates, "Date,Time,FI-101"; -1 if there is none.
int find_clock(const std::vector<Title>& titles, std::span<const string_view> first_row, int time) {
  for (std::size_t i = 0; i < titles.size(); ++i)
    if (const int column = static_cast<int>(i); column != time && one_of(titles[i].name, kClock)) {
      const string_view text = cell(first_row, column);
      if (!looks_like_time(text) && text.find(':') != string_view::npos) return column;
    }
  return -1;
}

/// The tag whose quality a wide column holds: "FI-101.quality", "FI-101 status"; empty where it holds none.
string_view quality_of(string_view header) {
  const string name = lower_case(header);
  for (const string_view suffix : {"quality", "status", "q", "质量", "状态"})
    if (name.ends_with(suffix) && name.size() > suffix.size() + 1) {
      const std::size_t at = name.size() - suffix.size() - 1;
      if (string_view(" ._:").find(name[at]) != string_view::npos) return header.substr(0, at);
    }
  return {};
}

void name_readings(std::span<const string_view> header, const std::vector<Title>& titles, int line, TableLayout& layout,
                   ProblemList& problems) {
  std::unordered_map<string, int> column_of;
  std::vector<std::pair<int, string>> qualities;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const int column = static_cast<int>(i);
    if (column == layout.time || column == layout.clock) continue;
    const TagAndUnit& parts = titles[i].parts;
    if (parts.tag.empty()) {
      if (i + 1 < titles.size())
        layout.notes.push_back("column " + std::to_string(i + 1) + " has no name and is left out");
      continue;
    }
    if (one_of(titles[i].name, kTime))
      problems.add(line,
                   "has two columns of times, " + in_quotes(header[static_cast<std::size_t>(layout.time)]) + " and " +
                       in_quotes(header[i]),
                   "keep one column of times, or give each tag its rows: time,tag,value", column);
    const auto [known, fresh] = column_of.emplace(parts.tag, static_cast<int>(layout.readings.size()));
    if (!fresh) {
      problems.add(line, "names the tag " + in_quotes(parts.tag) + " twice", "keep one of the two columns", column);
      continue;
    }
    if (!parts.unread.empty())
      layout.notes.push_back(in_quotes(parts.unread) + " in the header " + in_quotes(header[i]) +
                             " is not a unit: taken as part of the tag");
    layout.readings.push_back({.column = column, .tag = parts.tag, .unit = parts.unit});
    if (const string_view of = quality_of(parts.tag); !of.empty()) qualities.emplace_back(column, string(of));
  }
  for (const auto& [column, of] : qualities) {
    const auto owner = column_of.find(of);
    if (owner == column_of.end()) continue;
    layout.readings[static_cast<std::size_t>(owner->second)].quality = column;
  }
  std::erase_if(layout.readings, [&](const ReadingColumn& r) {
    return std::any_of(qualities.begin(), qualities.end(),
                       [&](const auto& q) { return q.first == r.column && column_of.contains(q.second); });
  });
}

/// Whether the file starts with readings, "FI-01,0.875", instead of names.
bool lacks_names(std::span<const string_view> header) {
  return std::any_of(header.begin(), header.end(), [](string_view c) {
    NumberReader numbers(true);
    return !c.empty() && (numbers.read(c, 0).kind == CellKind::number || looks_like_time(c));
  });
}

}  // namespace

std::optional<TableLayout> read_layout(std::span<const string_view> header, std::span<const string_view> first_row,
                                       int line, ProblemList& problems) {
  std::vector<Title> titles;
  for (const string_view h : header) titles.push_back(read_title(h));
  TableLayout layout;
  layout.tag = find(titles, kTag);
  layout.value = find(titles, kValue);
  const bool rows_of_tags = layout.tag >= 0 && layout.value >= 0;
  if (!rows_of_tags && lacks_names(header)) {
    problems.add(line, "should name the columns, but holds readings",
                 "put a line such as time,FI-101,FI-102 or tag,value before it");
    return std::nullopt;
  }
  // "Tag,FI-101,FI-102" over rows of times is a wide table whose corner names its header.
  const bool corner = looks_like_time(cell(first_row, 0));
  if (!rows_of_tags && !corner && find(titles, kTime) < 0 && (layout.tag >= 0 || layout.value >= 0)) {
    problems.add(
        line, layout.tag >= 0 ? "has a column of tags but none of values" : "has a column of values but none of tags",
        "name the columns tag,value or time,tag,value");
    return std::nullopt;
  }
  layout.time = rows_of_tags ? find(titles, kTime) : find_time(titles, first_row, layout);
  if (layout.time >= 0) {
    layout.clock = find_clock(titles, first_row, layout.time);
    layout.zone = titles[static_cast<std::size_t>(layout.time)].zone;
  }
  if (rows_of_tags) {
    layout.shape = layout.time >= 0 ? TableShape::longer : TableShape::snapshot;
    layout.unit = find(titles, kUnit);
    layout.sd = layout.time >= 0 ? -1 : find(titles, kSd);
    layout.quality = find(titles, kQuality);
    layout.one_is_good = layout.quality >= 0 && titles[static_cast<std::size_t>(layout.quality)].name == "validity";
    layout.value_unit = titles[static_cast<std::size_t>(layout.value)].parts.unit;
    const int used[] = {layout.time, layout.clock, layout.tag, layout.value, layout.unit, layout.sd, layout.quality};
    layout.needed = 1 + *std::max_element(std::begin(used), std::end(used));
    for (std::size_t i = 0; i < titles.size(); ++i)
      if (std::find(std::begin(used), std::end(used), static_cast<int>(i)) == std::end(used) &&
          !titles[i].parts.tag.empty())
        layout.notes.push_back("the column " + in_quotes(titles[i].parts.tag) + " is not used");
    return layout;
  }
  layout.tag = layout.value = -1;
  if (layout.time < 0) {
    problems.add(line, "has no column of times", "name it time; a file without times has the columns tag,value");
    return std::nullopt;
  }
  const bool sound = problems.empty();
  name_readings(header, titles, line, layout, problems);
  layout.needed = 1 + std::max(layout.time, layout.clock);
  for (const ReadingColumn& r : layout.readings) layout.needed = 1 + std::max({layout.needed - 1, r.column, r.quality});
  if (layout.readings.empty())
    problems.add(line, "has times but no tag beside them", "give each tag a column: time,FI-101,FI-102");
  if (sound && !problems.empty()) return std::nullopt;
  return layout;
}

bool is_header_row(const TableLayout& layout, std::span<const string_view> row) {
  const string_view time = cell(row, layout.time);
  if (layout.shape != TableShape::wide || time.find_first_of("0123456789") != string_view::npos) return false;
  bool any = false;
  for (const ReadingColumn& r : layout.readings) {
    const string_view text = cell(row, r.column);
    if (text.empty() || text == "-") continue;
    NumberReader numbers(true);
    if (const CellKind kind = numbers.read(text, 0).kind;
        kind != CellKind::text && !(kind == CellKind::bad && read_unit(text)))
      return false;
    any = true;
  }
  return any;
}

void take_units(TableLayout& layout, std::span<const string_view> row) {
  int given = 0, read = 0;
  std::vector<std::pair<ReadingColumn*, string>> units;
  for (ReadingColumn& r : layout.readings) {
    const string_view text = cell(row, r.column);
    if (text.empty() || text == "-") continue;
    ++given;
    const std::size_t n = text.size();
    const bool bracketed =
        n > 2 && (text.front() == '[' || text.front() == '(') && (text.back() == ']' || text.back() == ')');
    const string_view bare = bracketed ? text.substr(1, n - 2) : text;
    const auto unit = read_unit(bare);
    read += unit.has_value();
    units.emplace_back(&r, unit.value_or(string(bare)));
  }
  if (2 * read < given) {
    layout.notes.push_back("a second row of the header is taken for descriptions");
    return;
  }
  layout.notes.push_back("a second row of the header is taken for units");
  for (auto& [reading, unit] : units)
    if (reading->unit.empty()) reading->unit = std::move(unit);
}

}  // namespace castner::tables
