// SPDX-License-Identifier: Apache-2.0
// What each column of a table holds, from the names in its header and the first row of readings:
//  1. Names are taken apart and compared by column_names.h.
//  2. The time is a column with a name for it, or the first one whose cell is a time. A time of day in a column of its own is joined, and so
//     are the milliseconds behind a time.
//  3. Columns for tag and value: a long table, one reading a row; without a time, a snapshot. Otherwise a wide table:
//     every other column is a tag.
//  4. Several columns of times in a wide table: each is the time of the tag that its name gives ("FI-1 time"), else of the tags that
//     follow it. One that no tag follows, or a tag before all of them, is a problem: nobody can tell whose it is.
//  5. "FI-101.quality" holds the quality of FI-101 and is no tag of its own; a column named quality alone that of the tag before it,
//     the only one that of every tag; of several before all tags each that of the tag behind it. Of several of one tag the worst counts.
//  6. Rows under the header that hold units or descriptions belong to it (is_header_row); the units are taken by tag_units.h.
//  7. A tag that stands twice is a problem; a column that is not used is noted.
#include "castner/tables/table_layout.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "castner/base/suggest.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/column_names.h"
#include "castner/tables/header_zone.h"
#include "castner/tables/row_reader.h"
#include "castner/tables/time_text.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

using std::size_t, std::string, std::string_view;
using Cells = std::span<const string_view>;

/// A time that no reading can be taken for: more than a plain number.
bool written_time(string_view text) {
  return text.find_first_not_of("0123456789.,") != string_view::npos && looks_like_time(text);
}
string zone_refusal(const string& words) {
  return "names the time zone of its times as " + in_quotes(words) +
         ", which stands for several or changes with the season";
}
constexpr const char* kZoneCure =
    "write the offset, \"time (+08:00)\", or leave the zone out of the header and give --timezone";

/// Reads the layout of one header.
class LayoutReader {
 public:
  LayoutReader(Cells header, Cells first_row, int line, bool counted, ProblemList& problems)
      : header_(header), first_(first_row), line_(line), counted_(counted), problems_(problems) {
    for (const string_view h : header) titles_.push_back(read_title(h));
  }

  std::optional<TableLayout> read() {
    layout_.tag = find(ColumnName::tag);
    layout_.value = find(ColumnName::value);
    const bool rows_of_tags = layout_.tag >= 0 && layout_.value >= 0;
    if (!rows_of_tags && lacks_names()) {
      problem("should name the columns, but holds readings",
              "put a line such as time,FI-101,FI-102 or tag,value before it");
      return std::nullopt;
    }
    // "Tag,FI-101,FI-102" over rows of times is a wide table whose corner names its header.
    const bool corner = looks_like_time(cell_at(first_, 0)) || counted_;
    if (!rows_of_tags && !corner && find(ColumnName::time) < 0 && (layout_.tag >= 0 || layout_.value >= 0)) {
      problem(layout_.tag >= 0 ? "has a column of tags but none of values" : "has a column of values but none of tags",
              "name the columns tag,value or time,tag,value");
      return std::nullopt;
    }
    const bool has_times = std::any_of(first_.begin(), first_.end(), written_time);
    if (counted_ && (rows_of_tags || has_times)) {
      problem("names its times or tags row by row, where --start and --step count the rows",
              "leave --start and --step out");
      return std::nullopt;
    }
    if (rows_of_tags) return read_rows_of_tags();
    layout_.tag = layout_.value = -1;
    return read_wide();
  }

 private:
  void problem(string what, string cure, int column = -1) {
    problems_.add(line_, std::move(what), std::move(cure), column);
  }
  int columns() const { return static_cast<int>(titles_.size()); }
  const ColumnTitle& title(int column) const { return titles_[static_cast<size_t>(column)]; }

  int find(ColumnName name) const {
    for (int i = 0; i < columns(); ++i)
      if (title(i).is(name)) return i;
    return -1;
  }

  /// Whether the file starts with readings, "FI-01,0.875", instead of names.
  bool lacks_names() const {
    return std::any_of(header_.begin(), header_.end(),
                       [](string_view c) { return holds_number(c) || (!c.empty() && looks_like_time(c)); });
  }

  /// The column of times: by its name, else the first whose first cell is a time.
  int find_time() {
    for (int i = 0; i < columns(); ++i)
      if (title(i).is(ColumnName::time) && looks_like_time(cell_at(first_, i))) return i;
    if (const int named = find(ColumnName::time); named >= 0) return named;
    for (int i = 0; i < columns(); ++i) {
      if (!(i == 0 ? looks_like_time(cell_at(first_, i)) : written_time(cell_at(first_, i)))) continue;
      if (i > 0 && title(i).is(ColumnName::bound)) continue;
      const string& name = title(i).parts.tag;
      if (i > 0)
        layout_.notes.push_back("column " + std::to_string(i + 1) + " is taken for the times");
      else if (name.empty())
        layout_.notes.push_back("the first column is taken for the times");
      else if (time_of(header_[0]).empty())
        layout_.notes.push_back("the first column, " + in_quotes(name) + ", is taken for the times");
      return i;
    }
    return -1;
  }

  /// The column of times of day beside a column of dates, "Date,Time,FI-101"; -1 if there is none.
  int find_clock(int time) const {
    for (int i = 0; i < columns(); ++i) {
      if (i == time || !title(i).is(ColumnName::clock)) continue;
      const string_view text = cell_at(first_, i);
      if (!looks_like_time(text) && text.find_first_of(":时時点") != string_view::npos) return i;
    }
    return -1;
  }

  bool holds_millis(int i) const {
    return i < columns() && title(i).is(ColumnName::millis) &&
           (cell_at(first_, i).empty() || holds_number(cell_at(first_, i)));
  }
  /// The column of milliseconds behind the time, "日期,时间,毫秒", or elsewhere where its name is no abbreviation; -1 if there is none.
  int find_millis(int time, int clock) const {
    constexpr std::size_t kAbbreviation = 4;  // ms, msec
    if (const int next = std::max(time, clock) + 1; holds_millis(next)) return next;
    for (int i = 0; i < columns(); ++i)
      if (holds_millis(i) && title(i).name.size() > kAbbreviation) return i;
    return -1;
  }

  /// The zone that a header states counts, or is a problem.
  void check_zones() {
    for (const TimeCells& t : layout_.times)
      if (t.column >= 0 && !t.zone && !title(t.column).unknown_zone.empty())
        problem(zone_refusal(title(t.column).unknown_zone), kZoneCure, t.column);
  }

  std::optional<TableLayout> read_rows_of_tags() {
    if (const int time = find(ColumnName::time) < 0 ? -1 : find_time(); time >= 0) {
      const int clock = find_clock(time);
      layout_.times.push_back({time, clock, title(time).zone, find_millis(time, clock)});
    }
    check_zones();
    const bool timed = !layout_.times.empty();
    layout_.shape = timed ? TableShape::longer : TableShape::snapshot;
    layout_.unit = find(ColumnName::unit);
    layout_.sd = timed ? -1 : find(ColumnName::sd);
    for (int i = 0; i < columns(); ++i)
      if (const auto q = quality_of(header_[static_cast<size_t>(i)]); q && q->tag.empty() && is_quality(i, q->kind))
        layout_.qualities.push_back({i, q->kind});
    layout_.value_unit = title(layout_.value).parts.unit;
    layout_.value_absolute = title(layout_.value).parts.absolute;
    layout_.value_share = title(layout_.value).parts.share;
    std::vector<int> used{layout_.tag, layout_.value, layout_.unit, layout_.sd};
    for (const auto& t : layout_.times) used.insert(used.end(), {t.column, t.clock, t.millis});
    for (const auto& q : layout_.qualities) used.push_back(q.column);
    layout_.needed = 1 + *std::max_element(used.begin(), used.end());
    for (int i = 0; i < columns(); ++i)
      if (std::find(used.begin(), used.end(), i) == used.end() && !title(i).parts.tag.empty()) {
        if (!title(i).is(ColumnName::row_number)) layout_.unused.push_back(i);
        if (title(i).is(ColumnName::key)) layout_.keys.push_back(i);
        layout_.notes.push_back("the column " + in_quotes(title(i).parts.tag) + " is not used");
      }
    return std::move(layout_);
  }

  /// Whether its name is one of other things far more often, and its first cell is no quality.
  bool doubtful_quality(int column, readings::QualityColumn kind) const {
    const string_view text = cell_at(first_, column);
    const string& name = title(column).name;
    // States of a plant, errors of a controller.
    constexpr string_view kDoubtful[] = {"state", "error", "fault", "flag", "reliability", "ok", "qc"};
    const bool doubtful = std::any_of(std::begin(kDoubtful), std::end(kDoubtful),
                                      [&](string_view word) { return name.ends_with(word); }) &&
                          name.find("bad") == string::npos && name.find("qual") == string::npos;
    const bool wide = layout_.shape == TableShape::wide;
    return doubtful && !text.empty() && (!readings::read_quality(text, kind) || (wide && holds_number(text)));
  }

  /// Whether a column with a name for quality holds one: names such as status and good are names of other things too.
  bool is_quality(int column, readings::QualityColumn kind) const {
    const string_view text = cell_at(first_, column);
    const string& name = title(column).name;
    if (doubtful_quality(column, kind)) return false;
    const bool sure = name.find("qual") != string::npos || kind == readings::QualityColumn::confidence ||
                      name.find("质量") != string::npos || name.find("品") != string::npos || name == "q" ||
                      name == "validity";
    if (sure || text.empty() || layout_.shape != TableShape::wide) return true;
    return readings::read_quality(text, kind).has_value() &&
           (kind != readings::QualityColumn::code || !holds_number(text));
  }

  std::optional<TableLayout> read_wide() {
    const int time = counted_ ? find_counter() : find_time();
    layout_.counted = counted_;
    if (!counted_ && refuses_counts(time)) return std::nullopt;
    if (counted_ && time >= 0)
      if (const auto unit = count_unit(header_[static_cast<size_t>(time)])) layout_.count = unit->one;
    if (time < 0 && !counted_) {
      problem("has no column of times",
              "name it time; a file without times has the columns tag,value; where rows count hours or minutes, give "
              "--start and --step");
      return std::nullopt;
    }
    find_roles(time);
    if (!counted_) check_zones();
    const bool sound = problems_.empty();
    name_readings();
    give_times();
    give_qualities();
    layout_.needed = 1;
    for (const auto& t : layout_.times)
      layout_.needed = std::max({layout_.needed, t.column + 1, t.clock + 1, t.millis + 1});
    if (layout_.times.size() <= 1)
      for (const ReadingColumn& r : layout_.readings) {
        layout_.needed = std::max(layout_.needed, r.column + 1);
        for (const auto& q : r.qualities) layout_.needed = std::max(layout_.needed, q.column + 1);
      }
    else
      layout_.needed = 1;  // each group of columns ends where its tag has no more readings
    if (layout_.readings.empty())
      problem("has times but no tag beside them", "give each tag a column: time,FI-101,FI-102");
    if (sound && !problems_.empty()) return std::nullopt;
    return std::move(layout_);
  }

  /// The column that counts rows or hours, -1 where rows count themselves.
  int find_counter() const {
    for (int i = 0; i < columns(); ++i)
      if ((title(i).is(ColumnName::counter) || names_time(i) || (i == 0 && header_[0].empty())) &&
          holds_number(cell_at(first_, i)))
        return i;
    return -1;
  }
  /// "time", "Zeit [h]"; of the first column "time since start (min)", "Laufzeit (Std.)" and "Minuten" too.
  bool names_time(int i) const {
    if (title(i).is(ColumnName::time)) return true;
    const auto unit = i == 0 ? count_unit(header_[0]) : std::nullopt;
    const string name = readings::lower_case(header_[0]);
    return unit && (unit->in_words || std::any_of(std::begin(kOfTime), std::end(kOfTime),
                                                  [&](string_view word) { return name.find(word) != string::npos; }));
  }
  static constexpr string_view kOfTime[] = {"time",  "zeit",   "elapsed", "dauer", "duration", "temps",
                                            "tempo", "tiempo", "时间",    "时长",  "時間"};

  /// A column of times that counts hours from the start, of which nobody has said when it was.
  bool refuses_counts(int time) {
    constexpr size_t kSince1970 = 9;  // digits of a count of seconds
    const int column = time >= 0 ? time : find_counter();
    if (column < 0 || (time < 0 && column > 0)) return false;
    const string_view first = cell_at(first_, column), header = header_[static_cast<size_t>(column)];
    const bool long_one = std::min(first.find_first_of(".,"), first.size()) >= kSince1970;
    if (long_one || !holds_number(first) || looks_like_time(first)) return false;
    if (const auto unit = count_unit(header)) {
      problem("counts " + string(unit->name) + " from its start in the column " + in_quotes(header) +
                  ", and does not say when that was",
              "give the time of the first row, --start 2026-11-03T00:00, and " + string(unit->name) +
                  " is taken from the column; or write times as 2026-11-03 14:05:00",
              column);
      return true;
    }
    if (time < 0) return false;
    problem("has the number " + in_quotes(first) + " where its column " + in_quotes(header) + " should have a time",
            "write times as 2026-11-03 14:05:00; where it counts hours or rows, give --start 2026-11-03T00:00 --step "
            "\"1 h\"",
            column);
    return true;
  }

  enum class Role { reading, time, quality, left_out };

  void find_roles(int time) {
    roles_.assign(titles_.size(), Role::reading);
    const auto be = [&](int column, Role role) { roles_[static_cast<size_t>(column)] = role; };
    if (time >= 0) {
      layout_.times.push_back({time, counted_ ? -1 : find_clock(time), counted_ ? std::nullopt : title(time).zone});
      be(time, Role::time);
      TimeCells& first = layout_.times[0];
      if (first.clock >= 0) be(first.clock, Role::time);
      first.millis = counted_ ? -1 : find_millis(time, first.clock);
      if (first.millis >= 0) be(first.millis, Role::time);
    } else {
      layout_.times.push_back({});
    }
    for (int i = 0; i < columns(); ++i) {
      if (roles_[static_cast<size_t>(i)] != Role::reading) continue;
      const string_view header = header_[static_cast<size_t>(i)], text = cell_at(first_, i);
      const bool may_be = looks_like_time(text);
      const bool another_time = written_time(text) || (title(i).is(ColumnName::time) && (may_be || text.empty())) ||
                                (!time_of(header).empty() && may_be);
      if (title(i).is(ColumnName::row_number) && (holds_number(text) || text.empty())) {
        layout_.notes.push_back("the column " + in_quotes(header) + " counts the rows: left out");
        be(i, Role::left_out);
      } else if (another_time && title(i).is(ColumnName::bound)) {
        layout_.notes.push_back("the column " + in_quotes(header) + " is not used");
        be(i, Role::left_out);
      } else if (title(i).is(ColumnName::key) && !text.empty() && !holds_number(text) &&
                 !readings::is_status_text(text)) {
        layout_.keys.push_back(i);
        layout_.notes.push_back("the column " + in_quotes(header) + " is not used");
        be(i, Role::left_out);
      } else if (another_time && !counted_) {
        layout_.times.push_back({i, -1, title(i).zone, holds_millis(i + 1) ? i + 1 : -1});
        be(i, Role::time);
        if (const int millis = layout_.times.back().millis; millis >= 0) be(millis, Role::time);
      } else if (const auto q = quality_of(header); q && q->tag.empty() && is_quality(i, q->kind)) {
        be(i, Role::quality);
      }
    }
    std::sort(layout_.times.begin(), layout_.times.end(),
              [](const TimeCells& a, const TimeCells& b) { return a.column < b.column; });
  }

  static bool is_number(string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == string_view::npos;
  }
  /// What stands before a number in brackets that is no unit: of U{1}, U{2}, ... the U.
  std::set<string> indexed_names() {
    std::set<string> names;
    for (int i = 0; i < columns(); ++i)
      if (const TagAndUnit& parts = title(i).parts; is_number(parts.unread)) names.insert(parts.bare);
    return names;
  }

  void name_readings() {
    struct Unread {
      std::size_t note;
      int headers;
      string first;
    };
    std::map<string, Unread> unread;  // what stands in brackets and is no unit
    std::set<string> twice;
    const auto indexed = indexed_names();
    for (int i = 0; i < columns(); ++i) {
      if (roles_[static_cast<size_t>(i)] != Role::reading) continue;
      TagAndUnit parts = title(i).parts;
      // PI DataLink writes the tag over the times and nothing over the values.
      if (parts.tag.empty() && i > 0 && layout_.times.size() > 1 && roles_[static_cast<size_t>(i) - 1] == Role::time &&
          !title(i - 1).is(ColumnName::time)) {
        parts = title(i - 1).parts;
        if (const string_view of = time_of(parts.tag); !of.empty()) parts.tag = string(of);
      }
      if (parts.tag.empty()) {
        if (i + 1 < columns())
          layout_.notes.push_back("column " + std::to_string(i + 1) + " has no name and is left out");
        continue;
      }
      if (parts.unit == "1" && indexed.contains(parts.tag))
        parts = {.tag = string(header_[static_cast<size_t>(i)])};  // U{1} beside U{2}
      const auto [known, fresh] = reading_of_.emplace(parts.tag, layout_.readings.size());
      if (!fresh) {
        if (twice.insert(parts.tag).second)
          problem("names the tag " + in_quotes(parts.tag) + " twice", "keep one of the two columns", i);
        continue;
      }
      if (!parts.unread.empty() && !is_number(parts.unread)) {
        auto& u =
            unread.try_emplace(parts.unread, Unread{layout_.notes.size(), 0, string(header_[static_cast<size_t>(i)])})
                .first->second;
        if (u.headers++ == 0) layout_.notes.emplace_back();
        layout_.notes[u.note] = in_quotes(parts.unread) + " in the header " + in_quotes(u.first) +
                                (u.headers > 1 ? " and in " + std::to_string(u.headers - 1) +
                                                     " more is not a unit: taken as part of the tag"
                                               : " is not a unit: taken as part of the tag");
      }
      layout_.readings.push_back(
          {.column = i, .tag = parts.tag, .unit = parts.unit, .absolute = parts.absolute, .share = parts.share});
      if (!parts.unit.empty()) {
        layout_.readings.back().unit_text = header_[static_cast<size_t>(i)];
        layout_.readings.back().unit_line = line_;
      }
    }
  }

  /// Whose a column of times is: the tag's in its name, else that of the tags up to the next one.
  void give_times() {
    if (layout_.times.size() <= 1 || layout_.readings.empty()) return;
    std::vector<bool> by_name(layout_.readings.size(), false), taken(layout_.times.size(), false);
    for (size_t k = 0; k < layout_.times.size(); ++k) {
      const string_view of = time_of(header_[static_cast<size_t>(layout_.times[k].column)]);
      const auto known = of.empty() ? reading_of_.end() : reading_of_.find(string(read_title(of).parts.tag));
      if (known == reading_of_.end()) continue;
      layout_.readings[known->second].time = k;
      by_name[known->second] = taken[k] = true;
    }
    for (size_t r = 0; r < layout_.readings.size(); ++r) {
      if (by_name[r]) continue;
      ReadingColumn& reading = layout_.readings[r];
      size_t before = layout_.times.size();
      for (size_t k = 0; k < layout_.times.size(); ++k)
        if (layout_.times[k].column < reading.column) before = k;
      if (before == layout_.times.size()) {
        problem("has several columns of times, and none of them stands before " + in_quotes(reading.tag),
                "put each tag's times before its readings, or name them after it: FI-101 time", reading.column);
        continue;
      }
      reading.time = before;
      taken[before] = true;
    }
    for (size_t k = 0; k < layout_.times.size(); ++k)
      if (!taken[k])
        problem("has several columns of times, and no tag follows " +
                    in_quotes(header_[static_cast<size_t>(layout_.times[k].column)]),
                "keep one column of times, or put each tag's times before its readings", layout_.times[k].column);
    check_times_of_others(by_name);
    if (problems_.empty())
      layout_.notes.push_back("there are " + std::to_string(layout_.times.size()) +
                              " columns of times: each is that of the tags behind it or of the tag in its name");
  }

  /// A tag without times of its own where others have: behind times that are named after another tag it is a problem; else it is noted.
  /// Groups of several tags each are no such, nor is "FI-1 SP" behind FI-1.
  void check_times_of_others(const std::vector<bool>& by_name) {
    std::vector<std::vector<size_t>> of(layout_.times.size());
    for (size_t r = 0; r < layout_.readings.size(); ++r)
      if (!quality_of(layout_.readings[r].tag)) of[layout_.readings[r].time].push_back(r);
    if (std::none_of(of.begin(), of.end(), [](const auto& tags) { return tags.size() == 1; })) return;
    for (const auto& tags : of) {
      const auto named = std::find_if(tags.begin(), tags.end(), [&](size_t r) { return by_name[r]; });
      for (const size_t r : tags) {
        const ReadingColumn &reading = layout_.readings[r],
                            &owner = layout_.readings[named == tags.end() ? tags.front() : *named];
        if (reading.tag.starts_with(owner.tag)) continue;
        if (named == tags.end())
          layout_.notes.push_back(in_quotes(reading.tag) + " has no times of its own: it has those of " +
                                  in_quotes(owner.tag));
        else
          problem("has no times for " + in_quotes(reading.tag) + ": those before it are named after " +
                      in_quotes(owner.tag),
                  "put its own times before its readings; where tags share their times, call them time",
                  reading.column);
      }
    }
  }

  void give_qualities() {
    std::vector<std::pair<int, ReadingColumn*>> owned;
    for (ReadingColumn& r : layout_.readings) {
      const auto q = quality_of(r.tag);
      if (!q || q->tag.empty() || doubtful_quality(r.column, q->kind)) continue;
      const auto owner = reading_of_.find(string(q->tag));
      if (owner == reading_of_.end() || layout_.readings[owner->second].column == r.column) continue;
      layout_.readings[owner->second].qualities.push_back({r.column, q->kind});
      owned.emplace_back(r.column, &r);
    }
    std::erase_if(layout_.readings, [&](const ReadingColumn& r) {
      return std::any_of(owned.begin(), owned.end(), [&](const auto& o) { return o.first == r.column; });
    });
    give_qualities_without_a_tag();
  }

  /// Columns named quality alone: the only one is of every tag. Of several, each is of the tag before it, or, where the first stands
  /// before all tags and none behind the last, of the tag behind it.
  void give_qualities_without_a_tag() {
    std::vector<int> all;
    for (int i = 0; i < columns(); ++i)
      if (roles_[static_cast<size_t>(i)] == Role::quality) all.push_back(i);
    if (all.empty() || layout_.readings.empty()) return;
    const bool leads = all.front() < layout_.readings.front().column;
    if (all.size() > 1 && leads && all.back() > layout_.readings.back().column)
      problem(
          "has a column of qualities before the first tag and another one behind the last: nobody can tell whose "
          "they are",
          "name them after their tags: FI-101.quality", all.front());
    for (const int i : all) {
      const QualityCells quality{i, quality_of(header_[static_cast<size_t>(i)])->kind};
      ReadingColumn *before = nullptr, *behind = nullptr;
      for (ReadingColumn& r : layout_.readings) {
        if (r.column < i) before = &r;
        if (r.column > i && !behind) behind = &r;
        if (all.size() == 1) r.qualities.push_back(quality);
      }
      if (ReadingColumn* whose = leads ? behind : before; all.size() > 1 && whose) whose->qualities.push_back(quality);
    }
    if (all.size() > 1 && leads)
      layout_.notes.push_back("columns of qualities stand before their tags: each is of the tag behind it");
  }

  const Cells header_, first_;
  const int line_;
  const bool counted_;
  ProblemList& problems_;
  std::vector<ColumnTitle> titles_;
  std::vector<Role> roles_;
  std::unordered_map<string, size_t> reading_of_;
  TableLayout layout_;
};

}  // namespace

std::optional<TableLayout> read_layout(Cells header, Cells first_row, int line, bool counted, ProblemList& problems) {
  return LayoutReader(header, first_row, line, counted, problems).read();
}

std::chrono::nanoseconds step_of_counts(const TableLayout& layout, std::span<const string> names, int line,
                                        std::chrono::nanoseconds stated, ProblemList& problems) {
  const int column = layout.times[0].column;
  const string name = column < 0 ? "" : names[static_cast<size_t>(column)];
  const auto said = count_unit(name);
  if (stated.count() == 0 && layout.count.count() == 0)
    problems.add(line, "does not say how far its rows are apart", "give it beside --start: --step \"1 h\"", column);
  else if (stated.count() > 0 && said && !said->in_words && said->one != stated)
    problems.add(line, "counts by the name " + in_quotes(name) + " in another unit than --step says",
                 "leave --step out, or correct the name", column);
  return stated.count() > 0 ? stated : layout.count;
}

bool is_header_row(const TableLayout& layout, Cells row) {
  if (layout.shape != TableShape::wide || layout.counted) return false;
  for (const TimeCells& t : layout.times)
    if (cell_at(row, t.column).find_first_of("0123456789") != string_view::npos) return false;
  bool any = false;
  for (const ReadingColumn& r : layout.readings) {
    const string_view text = cell_at(row, r.column);
    if (text.empty() || text == "-") continue;
    NumberReader numbers(true);
    if (const CellKind kind = numbers.read(text, 0).kind;
        kind != CellKind::text && kind != CellKind::flagged && !(kind == CellKind::bad && read_unit(text)))
      return false;
    any = true;
  }
  return any;
}

bool passes_for_header(const TableLayout& layout, Cells row, bool before_first, int extra) {
  constexpr int kHeaderRows = 4;
  if (is_header_row(layout, row)) return extra < kHeaderRows || before_first;
  if (!before_first || layout.shape == TableShape::snapshot) return false;
  const auto filled = std::count_if(row.begin(), row.end(), [](string_view c) { return !c.empty(); });
  const bool digits = cell_at(row, layout.times[0].column).find_first_of("0123456789") != string_view::npos;
  return row[0].starts_with('#') || (filled == 1 && !digits);
}

void take_zones(TableLayout& layout, Cells row, int line, ProblemList& problems) {
  for (TimeCells& t : layout.times) {
    if (t.zone || t.column < 0) continue;
    HeaderZone stated = header_zone(cell_at(row, t.column));
    if (!stated.zone && !stated.unknown.empty()) problems.add(line, zone_refusal(stated.unknown), kZoneCure, t.column);
    t.zone = std::move(stated.zone);
  }
}

}  // namespace castner::tables
