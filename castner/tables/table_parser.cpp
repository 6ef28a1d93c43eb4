// SPDX-License-Identifier: Apache-2.0
// The rows of a table to series, or to a snapshot, with every problem at once:
//  1. read_header: the names are found among the first rows (header_rows.h), with rows of units and descriptions under them;
//     table_layout.h says what each column holds.
//  2. Dates such as 03/04/2026 and 26/11/03: the file as a whole tells the order (date_order.h), or it is a problem.
//  3. Row by row: each needs the cells of the header. Wide tables give one sample a tag and row, long ones one sample,
//     snapshots one value. Names that stand again in the middle are passed over, and so are last rows without a time (sums, counts).
//  4. A bad time, number, quality or unit is a problem with its line and column; reading goes on to find the others.
//  5. After 1000 rows the bytes read tell how many are to come, so that each series is allocated once.
//  6. finish_series sorts by time where rows were out of order. Where two rows of one tag and time differ, the table is read a second
//     time to find them (Watch), and the refusal names the column in which they differ.
#include "castner/tables/table_parser.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/readings/no_data.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/conflict.h"
#include "castner/tables/date_order.h"
#include "castner/tables/decimal_mark.h"
#include "castner/tables/header_rows.h"
#include "castner/tables/key_finder.h"
#include "castner/tables/limits.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/series_builder.h"
#include "castner/tables/table_layout.h"
#include "castner/tables/tag_units.h"
#include "castner/tables/time_column.h"
#include "castner/tables/trailer_rows.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

using std::string, std::string_view, std::size_t;
using Cells = std::span<const string_view>;

class TableParser {
 public:
  TableParser(const TableSource& source, const string& file, const TableOptions& options, Watch* watch = nullptr)
      : source_(source),
        file_(file),
        options_(options),
        watch_(watch),
        problems_(file, source.sheet),
        rows_(source.rows()),
        numbers_(source.delimiter != ',' && !source.sheet, source.sheet ? std::nullopt : options.decimal) {}

  Result<Table> parse(TableFacts facts) {
    table_.facts = std::move(facts);
    if (read_header() && computed()) {
      if (layout_.shape == TableShape::snapshot)
        read_snapshot();
      else
        read_series();
    }
    if (table_.facts.rows == 0 || trailers_.too_many()) trailers_.refuse(layout_, problems_);
    if (!problems_.empty()) return tl::unexpected(problems_.error());
    if (table_.facts.rows == 0)
      return bad_input(problems_.place(0, -1), "has a header but no readings", "give it at least one row");
    if (!texts_.empty()) note("texts instead of a number are no readings: " + texts_.listed());
    const bool ordered = std::any_of(times_.begin(), times_.end(), [](const auto& t) { return t.has_order(); });
    if (options_.dates && !ordered)
      note("the order of dates that was stated, " + string(name_of(*options_.dates)) +
           ", changes nothing: no date of the file leaves it open");
    table_.facts.decimal = source_.sheet ? "" : numbers_.mark_name();
    table_.facts.comment_lines = rows_.comments();
    table_.facts.shape = layout_.shape;
    return std::move(table_);
  }

  bool begins_well() { return read_header() && problems_.empty() && have_row_; }

 private:
  string_view cell(int column) const { return cell_at(rows_.cells(), column); }
  void problem(string what, string cure, int column = -1) {
    problems_.add(rows_.line(), std::move(what), std::move(cure), column);
  }
  void note(string text) { table_.facts.notes.push_back(std::move(text)); }

  /// The cells without what follows the longest name that anybody gives: a quote that never closes makes a cell of the whole file.
  static std::vector<string> beginnings(Cells cells) {
    constexpr size_t kLongestName = 4096;
    std::vector<string> all;
    for (const string_view c : cells) {
      size_t end = std::min(c.size(), kLongestName);
      while (end < c.size() && end > 0 && (c[end] & 0xC0) == 0x80) --end;
      all.emplace_back(c.substr(0, end));
    }
    return all;
  }

  /// Finds the names and reads the rows of units or descriptions under them; stops at the first row of readings.
  bool read_header() {
    constexpr size_t kHeadRows = 64;
    std::vector<HeadRow> head;
    RowReader ahead = source_.rows();
    while (head.size() < kHeadRows && ahead.next())
      if (!all_empty(ahead.cells())) head.push_back({ahead.line(), beginnings(ahead.cells())});
    if (head.empty()) {
      problems_.add(0, "is empty", "give a table with a line of names and rows of readings");
      return false;
    }
    const HeaderRows found = find_header(head, options_.start.has_value());
    names_ = header_names(head, found);
    header_cells_ = names_.size();
    while (header_cells_ > 0 && names_[header_cells_ - 1].empty() && source_.sheet) --header_cells_;
    const size_t last = std::max(found.names, found.lower.value_or(0));
    const int line = table_.facts.header_line = head[found.names].line;
    while (rows_.line() < head[last].line && rows_.next())
      if (rows_.fault() && (rows_.line() == line || rows_.too_wide())) problem(rows_.fault(), rows_.cure());
    if (!problems_.empty() && rows_.too_wide()) return false;
    const std::vector<string_view> header(names_.begin(), names_.end());
    std::vector<string_view> first_row;
    if (const size_t first = found.first.value_or(last + 1); first < head.size())
      first_row.assign(head[first].cells.begin(), head[first].cells.end());
    auto layout = read_layout(header, first_row, line, options_.start.has_value(), problems_);
    if (!layout) return false;
    layout_ = std::move(*layout);
    if (layout_.counted) step_ = step_of_counts(layout_, names_, line, options_.step, problems_);
    if (layout_.counted && step_.count() == 0) return false;
    if (found.names > 0 && found.upper.value_or(1) > 0)
      note("the names were found in line " + std::to_string(line) + ", under lines of other text");
    if (found.upper) note("names that stand in two rows are joined, as " + in_quotes(joined_example()));
    for (const HeadRow& row : std::span(head).first(found.upper.value_or(found.names)))
      take_units_above(
          layout_, spread_over(source_.merged, std::vector<string_view>(row.cells.begin(), row.cells.end()), row.line),
          row.line, problems_);
    have_row_ = next_row();
    const int first_line = found.first ? head[*found.first].line : 0;
    for (int extra = 0; have_row_ && passes_for_header(layout_, rows_.cells(), rows_.line() < first_line, extra);
         ++extra) {
      if (is_header_row(layout_, rows_.cells())) {
        take_zones(layout_, rows_.cells(), rows_.line(), problems_);
        take_units(layout_, spread_over(source_.merged, rows_.cells(), rows_.line()), rows_.line(), problems_);
      }
      have_row_ = next_row();
    }
    first_line_ = rows_.line();
    if (have_row_) take_formats(layout_, source_.formats, names_, rows_.line(), problems_);
    for (string& n : layout_.notes) note(std::move(n));
    return true;
  }

  string joined_example() const {
    for (const string& n : names_)
      if (n.find('.') != string::npos) return n;
    return names_.back();
  }

  /// Formulas that no program has computed, in columns that are wanted, are a problem.
  bool computed() {
    for (const auto& [column, row] : source_.uncomputed) {
      const auto name = static_cast<size_t>(column) < names_.size() ? names_[static_cast<size_t>(column)] : string();
      if (!name.empty())
        problems_.add(row, in_quotes(name) + " holds formulas without a computed value",
                      "open the workbook in Excel and save it, or save the sheet as CSV", column);
    }
    return problems_.empty();
  }

  /// Goes to the next row that is not empty; false at the end.
  bool next_row() {
    while (rows_.next())
      if (!all_empty(rows_.cells()) && !is_names_again()) return rows_.line() < std::numeric_limits<int>::max() - 1;
    return false;
  }
  /// Historians that write page by page repeat the names.
  bool is_names_again() const {
    const Cells cells = rows_.cells();
    return have_row_ && cells.size() == names_.size() && std::equal(cells.begin(), cells.end(), names_.begin());
  }

  /// Whether the row has the cells it needs; if not, adds the problem.
  bool row_fits() {
    ++table_.facts.rows;
    const Cells cells = rows_.cells();
    if (rows_.fault()) {
      problem(rows_.fault(), rows_.cure());
      return false;
    }
    const bool longer = cells.size() > header_cells_ && !all_empty(cells.subspan(header_cells_));
    const bool shorter =
        cells.size() < static_cast<size_t>(layout_.needed) && !source_.sheet;  // sheets leave empty cells out
    if (!shorter && !longer) return true;
    string cure = "give every row one cell for each name of the header";
    if (longer && source_.delimiter == ',') cure += "; with decimal commas, separate the cells by semicolons";
    problem("has " + std::to_string(cells.size()) + (cells.size() == 1 ? " cell" : " cells") +
                " where the header has " + std::to_string(header_cells_),
            std::move(cure));
    return false;
  }

  /// The worst of the qualities in these columns; nothing, with a problem, where one is none.
  std::optional<readings::Quality> quality(const std::vector<QualityCells>& columns) {
    auto worst = readings::Quality::good;
    for (const QualityCells& c : columns) {
      const string_view text = cell(c.column);
      const auto q = qualities_.read(text, c.kind, rows_.line());
      if (!q) {
        if (qualities_.negative_line() == 0 || text[0] != '-')
          problem(in_quotes(text) + " is not a quality", "write good, uncertain or bad, or an OPC code (192, 64, 0)",
                  c.column);
        return std::nullopt;
      }
      worst = std::max(worst, *q);
    }
    return worst;
  }
  /// As those say who read Aspen's ODBC driver: github.com/equinor/tagreader-python, issue 34.
  static constexpr const char* kWordsForCodes =
      "write good, uncertain or bad; of a status of IP.21, 0 and 4 are good, 1 and 5 suspect, 2 and 6 bad";
  void check_doubts() {
    if (const int line = qualities_.doubtful_line())
      problems_.add(
          line,
          "has a quality code whose meaning no other quality in the file shows: 0 is bad in OPC DA and good in OPC UA",
          kWordsForCodes);
    if (const int line = qualities_.negative_line())  // once for all rows
      problems_.add(line, in_quotes(qualities_.negative()) + " is not a quality", kWordsForCodes);
    if (const int line = numbers_.doubtful_line(); line != 0 && source_.delimiter != ',' && !source_.sheet)
      check_mark(line);
  }
  /// Numbers such as 1.234 only. Commas that separate cells leave the point to decimals, semicolons are for decimal commas; else a
  /// number of 1000 and more without a separator, or one that as thousands no plant has, shows that they are decimals.
  void check_mark(int line) {
    const bool comma = string_view(numbers_.mark_name()) == "comma";
    const auto mixed = [](const SeriesBuilder& b) { return b.mixes_thousands(); };
    if (std::any_of(builders_.begin(), builders_.end(), mixed)) return;  // finish_series says so
    if ((comma && source_.delimiter == ';') || decimals_shown(builders_, table_.snapshot, options_))
      note(comma ? "every number with a comma has three digits after it: taken for decimals, not thousands"
                 : "every number with a point has three digits after it: taken for decimals, not thousands");
    else
      problems_.add(line,
                    comma ? "has numbers such as 1,234 only: the comma may mark decimals or thousands"
                          : "has numbers such as 1.234 only: the point may mark decimals or thousands",
                    "write them without separators of thousands, or name the decimal mark: --decimal point or "
                    "--decimal comma (for a folder: decimal = \"comma\")");
  }

  // --- snapshot ---

  void read_snapshot() {
    std::unordered_map<string, int> seen;
    for (; have_row_; have_row_ = next_row()) {
      if (!row_fits()) continue;
      SnapshotRow row{.tag = string(cell(layout_.tag)),
                      .unit = layout_.value_unit,
                      .absolute = layout_.value_absolute,
                      .share = layout_.value_share,
                      .line = rows_.line()};
      if (row.tag.empty()) problem("has no tag", "name the instrument", layout_.tag);
      const auto [first, fresh] = seen.emplace(row.tag, row.line);
      if (!fresh && !row.tag.empty())
        problem("gives the tag " + in_quotes(row.tag) + " a second time, after line " + std::to_string(first->second),
                "keep one row for it; a file of many times has a column time", layout_.tag);
      if (seen.size() > kMostTags) return too_many_tags();
      read_unit_cell(row.unit, row.absolute, row.share);
      read_value(row);
      read_sd(row);
      if (const auto q = quality(layout_.qualities); q && row.quality != readings::Quality::bad) row.quality = *q;
      table_.snapshot.push_back(std::move(row));
    }
    check_doubts();
  }

  void too_many_tags() { problem("has more than " + std::to_string(kMostTags) + " tags", "split it"); }
  void read_value(SnapshotRow& row) {
    const string_view text = cell(layout_.value);
    if (read_state(row, text, layout_.value, options_, problems_)) return;
    const Cell value = numbers_.read(text, rows_.line());
    row.value = value.kind == CellKind::number ? value.value : std::numeric_limits<double>::quiet_NaN();
    if (value.percent) take_percent(row, text);
    readings::NoDataFinder alone;
    if (std::isfinite(row.value)) alone.add(row.value);
    if (std::isfinite(row.value) && (readings::is_no_data(options_.no_data, row.value) || !alone.found().empty())) {
      note(in_quotes(row.tag) + ": " + number_text(row.value) + " stands for no reading");
      row.value = std::numeric_limits<double>::quiet_NaN();
    }
    if (!std::isfinite(row.value)) row.quality = readings::Quality::bad;
    if (value.kind == CellKind::malformed || value.kind == CellKind::flagged) {
      problem(in_quotes(row.tag) + ": " + in_quotes(text) + " is not a number here", numbers_.cure(text),
              layout_.value);
    } else if (value.kind != CellKind::number) {
      ++table_.facts.bad_texts;
      if (!text.empty()) texts_.add(text);
    }
  }

  void take_percent(SnapshotRow& row, string_view text) {
    if (row.unit.empty()) row.unit = "%";
    if (row.unit == "%") return;
    if (row.unit == "1")
      row.value /= 100.0;
    else
      problem(in_quotes(row.tag) + ": " + in_quotes(text) + " is a percentage, while its unit is " + row.unit,
              "give its unit as %, or its numbers without a percent sign", layout_.value);
  }

  void read_sd(SnapshotRow& row) {
    const string_view text = cell(layout_.sd);
    if (text.empty()) return;
    const Cell sd = numbers_.read(text, rows_.line());
    if (sd.kind == CellKind::number && !sd.percent && sd.value > 0.0)
      row.sd = sd.value;
    else
      problem(in_quotes(row.tag) + ": the sd " + in_quotes(text) + " is not a number above 0",
              "give it in the unit of the value, or leave it empty to use the plant file's", layout_.sd);
  }

  /// False, with a problem, if the row's unit is no unit of measure.
  bool read_unit_cell(string& unit, bool& absolute, string& share) {
    const string_view text = cell(layout_.unit);
    if (text.empty() || text == "-") return true;
    if (contradicts_header(layout_, names_[static_cast<size_t>(layout_.value)], table_.facts.header_line,
                           string(cell(layout_.tag)), text, rows_.line(), problems_))
      return false;
    if (auto read = read_unit(text)) {
      unit = std::move(*read);
      absolute = says_absolute(text);
      share = says_share(text);
      return true;
    }
    problem(in_quotes(text) + " is not a unit", "write units as t/h, degC, kPa, m3/h", layout_.unit);
    return false;
  }

  // --- series ---

  void read_series() {
    for (const TimeCells& t : layout_.times)
      times_.emplace_back(t.zone ? t.zone : options_.time_zone,
                          layout_.counted || !have_row_
                              ? DateOrder::unknown
                              : find_date_order(source_, t.column, rows_.line(), options_.dates, problems_),
                          options_.dates.has_value(), problems_);
    if (problems_.empty()) {
      if (have_row_) key_finder_.watch(layout_, rows_.cells(), options_);
      if (layout_.shape == TableShape::wide)
        read_wide();
      else
        read_long();
    }
    const TimeColumn& first = times_.front();
    table_.facts.time_zone = layout_.counted ? options_.time_zone.value_or("UTC") : first.zone_text();
    table_.facts.clock = layout_.counted ? options_.time_zone : first.clock_shown();
    if (layout_.times[0].zone) note("the header says that times are in " + *layout_.times[0].zone);
    for (TimeColumn& t : times_) {
      bad_times_ = t.check_clock() || bad_times_;
      bad_times_ = t.check_days() || bad_times_;
    }
    for (const TimeColumn& t : times_)
      for (string& n : t.notes())
        if (std::find(table_.facts.notes.begin(), table_.facts.notes.end(), n) == table_.facts.notes.end())
          note(std::move(n));
    check_doubts();
    finish_series();
  }

  /// The text of the row's time; a date and a time of day in two cells are joined.
  string_view time_text(const TimeCells& t) {
    if (t.clock < 0) return cell(t.column);
    joined_.assign(cell(t.column));
    joined_ += ' ';
    joined_ += cell(t.clock);
    return joined_;
  }

  /// The row's time by one of the columns of times; nothing where the row gives none for it.
  std::optional<Time> time_of(size_t k, TimeOrder& order) {
    auto time = layout_.counted
                    ? counted_time()
                    : times_[k].read(time_text(layout_.times[k]), rows_.line(), layout_.times[k].column, order);
    if (time && layout_.times[k].millis >= 0)
      time = times_[k].with_millis(*time, cell(layout_.times[k].millis), rows_.line(), layout_.times[k].millis);
    bad_times_ = bad_times_ || !time;
    return time;
  }

  /// The start, and as many steps as the counter went on.
  std::optional<Time> counted_time() {
    const int column = layout_.times[0].column;
    double count = table_.facts.rows - 1;
    if (column >= 0) {
      const Cell c = numbers_.read(cell(column), rows_.line());
      if (c.kind != CellKind::number) {
        problem(in_quotes(cell(column)) + " is not a count of rows or hours",
                "number the rows without a gap in the column, or leave it out", column);
        return std::nullopt;
      }
      if (!first_count_) first_count_ = c.value;
      count = c.value - *first_count_;
    }
    const double ns = count * static_cast<double>(step_.count());
    if (!(std::abs(ns) < 9e18 &&
          std::abs(ns + static_cast<double>(options_.start->time_since_epoch().count())) < 7.258e18)) {
      problem(in_quotes(cell(column)) + " counts beyond the year 2200", "give a shorter --step", column);
      return std::nullopt;
    }
    return *options_.start + std::chrono::nanoseconds(std::llround(ns));
  }

  void read_wide() {
    constexpr int kMeasureAfter = 1000;
    for (const ReadingColumn& r : layout_.readings)
      builders_.emplace_back(r.tag, r.unit, r.absolute, r.share, r.column, options_);
    std::vector<TimeOrder> orders(layout_.times.size());
    std::vector<std::optional<Time>> now(layout_.times.size());
    const char* begin = rows_.position();
    for (; have_row_; have_row_ = next_row()) {
      if (trailers_.pass_over(layout_, rows_)) continue;
      trailers_.refuse(layout_, problems_);  // readings came after them
      if (!row_fits()) continue;
      keys_.look(layout_.readings.front().tag, layout_, names_, rows_, problems_);
      // A wrong time refuses the file; its readings are read nevertheless, to tell all problems at once.
      for (size_t k = 0; k < now.size(); ++k)
        now[k] = ended(k) ? std::nullopt : std::optional(time_of(k, orders[k]).value_or(Time{}));
      if (key_finder_.watches()) key_finder_.note(0, rows_.cells(), rows_.line());
      for (size_t i = 0; i < builders_.size(); ++i) {
        const ReadingColumn& r = layout_.readings[i];
        if (!now[r.time]) continue;
        const auto q = r.qualities.empty() ? std::optional(readings::Quality::good) : quality(r.qualities);
        if (q) builders_[i].add(*now[r.time], cell(r.column), *q, rows_.line(), numbers_);
        if (watch_ && watch_->tag == r.tag && watch_->time == *now[r.time]) watch_row();
      }
      if ((cells_ += builders_.size()) > options_.most_cells) return too_many();
      if (options_.stop.stop_requested()) return problem(kStopped, kStoppedCure);
      if (table_.facts.rows == kMeasureAfter) reserve_for_the_rest(begin, kMeasureAfter);
    }
  }

  void too_many() { problem(too_many_cells(options_.most_cells), "split it"); }
  /// Of several columns of times each ends where its tags have no more readings.
  bool ended(size_t k) const {
    if (layout_.times.size() == 1 || !cell(layout_.times[k].column).empty()) return false;
    return std::all_of(layout_.readings.begin(), layout_.readings.end(),
                       [&](const ReadingColumn& r) { return r.time != k || cell(r.column).empty(); });
  }

  void watch_row() { watch_->rows.push_back({rows_.line(), {rows_.cells().begin(), rows_.cells().end()}}); }

  /// One allocation for the rows to come, from the bytes of those read, so that memory stays near 24 bytes a sample. A cell takes a
  /// byte at least: what the first rows make expect beyond that is not believed.
  void reserve_for_the_rest(const char* begin, size_t rows) {
    const auto bytes = static_cast<size_t>(source_.text.data() + source_.text.size() - begin);
    const auto used = std::max<size_t>(static_cast<size_t>(rows_.position() - begin), rows);
    const size_t expected = std::min(bytes / (used / rows), bytes / std::max<size_t>(builders_.size(), 1)) + rows;
    for (SeriesBuilder& b : builders_) b.reserve(expected + expected / 32);
  }

  void read_long() {
    std::unordered_map<string, size_t, CellHash, std::equal_to<>> index;
    for (; have_row_; have_row_ = next_row()) {
      if (trailers_.pass_over(layout_, rows_)) continue;
      trailers_.refuse(layout_, problems_);  // readings came after them
      if (!row_fits()) continue;
      const string_view tag = cell(layout_.tag);
      if (tag.empty()) {
        problem("has no tag", "name the instrument", layout_.tag);
        continue;
      }
      size_t at = builders_.size();
      if (const auto known = index.find(tag); known != index.end()) {
        at = known->second;
        if (layout_.unit >= 0) check_unit(builders_[at]);
      } else {
        if (builders_.size() == kMostTags) return too_many_tags();
        index.emplace(tag, at);
        bool absolute = layout_.value_absolute;
        string unit = layout_.value_unit, share = layout_.value_share;
        read_unit_cell(unit, absolute, share);
        builders_.emplace_back(string(tag), std::move(unit), absolute, std::move(share), layout_.value, options_);
      }
      SeriesBuilder& builder = builders_[at];
      keys_.look(tag, layout_, names_, rows_, problems_);
      const auto time = time_of(0, builder.order());
      const auto q = quality(layout_.qualities);
      if (key_finder_.watches()) key_finder_.note(at, rows_.cells(), rows_.line());
      builder.add(time.value_or(Time{}), cell(layout_.value), q.value_or(readings::Quality::bad), rows_.line(),
                  numbers_);
      if (watch_ && time && watch_->tag == tag && watch_->time == *time) watch_row();
      if (++cells_ > options_.most_cells) return too_many();
      if (options_.stop.stop_requested()) return problem(kStopped, kStoppedCure);
    }
  }

  void check_unit(const SeriesBuilder& builder) {
    string unit = layout_.value_unit, share;
    bool absolute = false;
    if (read_unit_cell(unit, absolute, share) && unit != builder.unit())
      problem(
          "gives " + in_quotes(builder.tag()) + " in " + in_quotes(unit) + ", before in " + in_quotes(builder.unit()),
          "give a tag one unit", layout_.unit);
  }

  void finish_series() {
    const bool wide = layout_.shape == TableShape::wide;
    size_t out_of_order = 0, repeated = 0, conflicts = 0;
    Watch watch;
    bool keyed = false;
    if (!builders_.empty()) {
      const auto samples = builders_.front().samples();
      watch.key = key_finder_.numbers_that_tell_rows_apart(samples).value_or(-1);
      key_finder_.drop_the_quiet(samples);
    }
    for (size_t i = 0; i < builders_.size() && key_finder_.watches() && !bad_times_ && !keys_.differ(); ++i)
      keyed = key_finder_.check(i, builders_[i].tag(), builders_[i].samples(), names_, problems_);
    for (SeriesBuilder& b : builders_) {
      SeriesBuilder::Found found;
      const string tag = b.tag();
      auto series = b.finish(numbers_, options_.no_data, wide, problems_, table_.facts.notes, found);
      // Every tag of a wide table has the same times: they are counted once.
      out_of_order = wide ? std::max(out_of_order, found.out_of_order) : out_of_order + found.out_of_order;
      if (series) {
        table_.facts.bad_texts += b.bad_texts();
        texts_.add(b.texts());
        repeated = wide ? std::max(repeated, found.repeated) : repeated + found.repeated;
        const bool first = found.conflict.count > 0 && conflicts == 0;
        if (first) watch.tag = tag, watch.time = found.conflict.time;
        if (b.column() != watch.key) conflicts += found.conflict.count;  // a key may differ beside readings that differ
        table_.series.push_back(std::move(*series));
      }
    }
    builders_.clear();
    if (conflicts == 0) watch.key = -1;
    if (!watch.tag.empty() && !watch_ && !bad_times_ && !keyed && !keys_.differ()) refuse_conflict(watch, conflicts);
    const auto rows = [](size_t n) { return std::to_string(n) + (n == 1 ? " row" : " rows"); };
    if (out_of_order > 0) note(rows(out_of_order) + " stood before earlier ones: sorted by time");
    if (repeated > 0) note(rows(repeated) + " said again what another row of the same time says");
    if (!trailers_.empty()) note(trailers_.note());
    refuse_numbers_without_unit(layout_, source_.formats, first_line_, trailers_.first_line(), problems_);
    if (table_.series.empty() && problems_.empty() && table_.facts.rows > 0)
      problems_.add(0, "holds no column of numbers", "give readings as numbers");
  }

  /// Two rows of one tag and time that differ: which, and where else they differ.
  void refuse_conflict(Watch& watch, size_t conflicts) {
    (void)TableParser(source_, file_, options_, &watch).parse({});
    for (const ReadingColumn& r : layout_.readings)
      if (r.tag == watch.tag) watch.column = r.column;
    add_conflict(watch, layout_, names_, conflicts, problems_);
  }

  const TableSource& source_;
  const string file_;
  const TableOptions& options_;
  Watch* watch_;
  ProblemList problems_;
  RowReader rows_;
  NumberReader numbers_;
  QualityReader qualities_;
  StatusCount texts_;
  TableLayout layout_;
  std::vector<string> names_;
  size_t header_cells_ = 0;
  int first_line_ = 0;  ///< of the readings
  bool have_row_ = false;
  bool bad_times_ = false;  ///< some rows stand at no time, so that times tell nothing about rows that differ
  string joined_;
  std::chrono::nanoseconds step_{};  ///< from one count to the next
  std::optional<double> first_count_;
  std::vector<TimeColumn> times_;
  std::vector<SeriesBuilder> builders_;
  size_t cells_ = 0;  ///< that became readings
  TrailerRows trailers_;
  KeyWatch keys_;
  KeyFinder key_finder_;
  Table table_;
};

}  // namespace

Result<Table> parse_table(const TableSource& source, const string& file, const TableOptions& options,
                          TableFacts facts) {
  return TableParser(source, file, options).parse(std::move(facts));
}

bool begins_like_a_table(const TableSource& source, const TableOptions& options) {
  return TableParser(source, "", options).begins_well();
}

}  // namespace castner::tables
