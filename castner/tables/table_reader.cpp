// SPDX-License-Identifier: Apache-2.0
// A table's bytes to series, or to a snapshot, with every problem at once:
//  1. read_table: a zip is read as XLSX (xlsx.h), all else is decoded (encoding.h); the delimiter is stated in the
//     first line, or found.
//  2. read_header: names, then up to four rows of units and descriptions; table_layout.h says what each column holds.
//  3. Dates such as 03/04/2026: the file is searched for one with a number above 12, which tells the order; without one
//     it is a problem.
//  4. Row by row: each needs the cells of the header. Wide tables give one sample a tag and row, long ones one sample,
//     snapshots one value.
//  5. A bad time, number, quality or unit is a problem with its line and column; reading goes on to find the others.
//  6. After 1000 rows the bytes read tell how many are to come, so that each series is allocated once.
//  7. finish_series sorts by time where rows were out of order and keeps the last of equal times; both are noted.
#include "castner/tables/table_reader.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "castner/base/suggest.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/delimiter.h"
#include "castner/tables/encoding.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/row_reader.h"
#include "castner/tables/series_builder.h"
#include "castner/tables/table_layout.h"
#include "castner/tables/time_column.h"
#include "castner/tables/unit_text.h"
#include "castner/tables/xlsx.h"

namespace castner::tables {
namespace {

using std::string, std::string_view, std::size_t;
using Cells = std::span<const string_view>;

/// The text of a table and how it is cut into cells.
struct Source {
  string_view text;
  char delimiter = ',';
  int first_line = 1;
  bool sheet = false;  ///< a row is a row of a worksheet
  RowReader rows() const { return RowReader(text, delimiter, first_line); }
};

/// Looks up a string_view in a map of strings without a copy.
struct TextHash {
  using is_transparent = void;
  size_t operator()(string_view text) const { return std::hash<string_view>{}(text); }
};

bool all_empty(Cells cells) {
  return std::all_of(cells.begin(), cells.end(), [](string_view c) { return c.empty(); });
}

/// Reads the rows of one table into series or a snapshot.
class TableParser {
 public:
  TableParser(const Source& source, const string& file, const TableOptions& options)
      : source_(source),
        options_(options),
        problems_(file, source.sheet),
        rows_(source.rows()),
        numbers_(source.delimiter != ',' && !source.sheet) {}

  Result<Table> parse(TableFacts facts) {
    table_.facts = std::move(facts);
    if (read_header()) {
      if (layout_.shape == TableShape::snapshot)
        read_snapshot();
      else
        read_series();
    }
    if (!problems_.empty()) return tl::unexpected(problems_.error());
    if (table_.facts.rows == 0)
      return bad_input(problems_.place(0, -1), "has a header but no readings", "give it at least one row");
    table_.facts.decimal = source_.sheet ? "" : numbers_.mark_name();
    table_.facts.comment_lines = rows_.comments();
    table_.facts.shape = layout_.shape;
    return std::move(table_);
  }

 private:
  string_view cell(int column) const {
    const Cells cells = rows_.cells();
    return column >= 0 && static_cast<size_t>(column) < cells.size() ? cells[static_cast<size_t>(column)]
                                                                     : string_view{};
  }
  void problem(string what, string cure, int column = -1) {
    problems_.add(rows_.line(), std::move(what), std::move(cure), column);
  }
  void note(string text) { table_.facts.notes.push_back(std::move(text)); }

  /// Reads the names and the rows of units or descriptions under them; stops at the first row of readings.
  bool read_header() {
    if (!next_row()) {
      problems_.add(0, "is empty", "give a table with a line of names and rows of readings");
      return false;
    }
    const std::vector<string> names(rows_.cells().begin(), rows_.cells().end());
    const std::vector<string_view> header(names.begin(), names.end());
    header_cells_ = header.size();
    const int line = table_.facts.header_line = rows_.line();
    if (rows_.fault()) problem(rows_.fault(), "write a quote inside a quoted cell twice");
    RowReader ahead = rows_;
    auto layout = read_layout(header, first_reading(ahead), line, problems_);
    if (!layout) return false;
    layout_ = std::move(*layout);
    qualities_.set_one_is_good(layout_.one_is_good);
    have_row_ = next_row();
    for (int extra = 0; extra < kHeaderRows && have_row_ && is_header_row(layout_, rows_.cells()); ++extra) {
      take_units(layout_, rows_.cells());
      have_row_ = next_row();
    }
    for (string& n : layout_.notes) note(std::move(n));
    return true;
  }

  /// The first row that starts with a time, past rows of units and descriptions; without one, the next row.
  static Cells first_reading(RowReader& ahead) {
    const RowReader start = ahead;
    for (int row = 0; row <= kHeaderRows && ahead.next(); ++row)
      if (looks_like_time(ahead.cells()[0])) return ahead.cells();
    ahead = start;
    return ahead.next() ? ahead.cells() : Cells{};
  }

  static constexpr int kHeaderRows = 4;  ///< under the names: units, descriptions, sources

  /// Goes to the next row that is not empty; false at the end.
  bool next_row() {
    while (rows_.next())
      if (!all_empty(rows_.cells())) return rows_.line() < std::numeric_limits<int>::max() - 1;
    return false;
  }

  /// Whether the row has the cells it needs; if not, adds the problem.
  bool row_fits() {
    ++table_.facts.rows;
    const Cells cells = rows_.cells();
    if (rows_.fault()) {
      problem(rows_.fault(), "write a quote inside a quoted cell twice");
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

  std::optional<readings::Quality> quality(int column) {
    if (column < 0) return readings::Quality::good;
    const string_view text = cell(column);
    const auto q = qualities_.read(text, rows_.line());
    if (!q)
      problem(in_quotes(text) + " is not a quality", "write good, uncertain or bad, or an OPC code (192, 64, 0)",
              column);
    return q;
  }
  void check_doubts() {
    if (const int line = qualities_.doubtful_line())
      problems_.add(
          line,
          "has a quality code whose meaning no other quality in the file shows: 0 is bad in OPC DA and good in OPC UA",
          "write good, uncertain or bad");
    const int line = numbers_.doubtful_line();
    if (line == 0 || source_.delimiter == ',' || source_.sheet) return;
    const bool comma = string_view(numbers_.mark_name()) == "comma";
    if (comma && source_.delimiter == '\t')
      problems_.add(line, "has numbers such as 1,234 only: the comma may mark decimals or thousands",
                    "write them with a decimal point");
    else
      note(comma ? "every number with a comma has three digits after it: taken for decimals, not thousands"
                 : "every number with a point has three digits after it: taken for decimals, not thousands");
  }

  // --- snapshot ---

  void read_snapshot() {
    std::unordered_map<string, int> seen;
    for (; have_row_; have_row_ = next_row()) {
      if (!row_fits()) continue;
      SnapshotRow row{.tag = string(cell(layout_.tag)), .unit = layout_.value_unit, .line = rows_.line()};
      if (row.tag.empty()) problem("has no tag", "name the instrument", layout_.tag);
      const auto [first, fresh] = seen.emplace(row.tag, row.line);
      if (!fresh && !row.tag.empty())
        problem("gives the tag " + in_quotes(row.tag) + " a second time, after line " + std::to_string(first->second),
                "keep one row for it; a file of many times has a column time", layout_.tag);
      read_value(row);
      read_sd(row);
      read_unit_cell(row.unit);
      if (const auto q = quality(layout_.quality); q && row.quality != readings::Quality::bad) row.quality = *q;
      table_.snapshot.push_back(std::move(row));
    }
    check_doubts();
  }

  void read_value(SnapshotRow& row) {
    const string_view text = cell(layout_.value);
    const Cell value = numbers_.read(text, rows_.line());
    row.value = value.kind == CellKind::number ? value.value : std::numeric_limits<double>::quiet_NaN();
    if (value.kind != CellKind::number) row.quality = readings::Quality::bad;
    if (value.kind == CellKind::bad)
      ++table_.facts.bad_texts;
    else if (value.kind != CellKind::number)
      problem(in_quotes(row.tag) + ": " + in_quotes(text) + " is not a number here",
              value.kind == CellKind::malformed ? numbers_.cure(text)
                                                : "write a number, or leave the cell empty for no reading",
              layout_.value);
  }

  void read_sd(SnapshotRow& row) {
    const string_view text = cell(layout_.sd);
    if (text.empty()) return;
    const Cell sd = numbers_.read(text, rows_.line());
    if (sd.kind == CellKind::number && sd.value > 0.0)
      row.sd = sd.value;
    else
      problem(in_quotes(row.tag) + ": the sd " + in_quotes(text) + " is not a number above 0",
              "give it in the unit of the value, or leave it empty to use the plant file's", layout_.sd);
  }

  /// False, with a problem, if the row's unit is no unit of measure.
  bool read_unit_cell(string& unit) {
    const string_view text = cell(layout_.unit);
    if (text.empty() || text == "-") return true;
    if (auto read = read_unit(text)) {
      unit = std::move(*read);
      return true;
    }
    problem(in_quotes(text) + " is not a unit", "write units as t/h, degC, kPa, m3/h", layout_.unit);
    return false;
  }

  // --- series ---

  /// Day first or month first, by the first date with a number above 12; unknown where dates are of another kind.
  DateOrder find_date_order() {
    if (!have_row_ || read_time(cell(layout_.time), DateOrder::unknown).status != TimeText::Status::order_unknown)
      return DateOrder::unknown;
    bool first_above = false, second_above = false;
    int line = 0;
    RowReader rows = source_.rows();
    while (rows.next()) {
      if (static_cast<size_t>(layout_.time) >= rows.cells().size()) continue;
      const TimeText t = read_time(rows.cells()[static_cast<size_t>(layout_.time)], DateOrder::unknown);
      if (line == 0 && ((t.first > 12 && second_above) || (t.second > 12 && first_above))) line = rows.line();
      first_above = first_above || t.first > 12;
      second_above = second_above || t.second > 12;
    }
    if (first_above && second_above)
      problems_.add(line, "has a date in another order than the lines before it: day first and month first in one file",
                    "write the year first: 2026-11-03 14:05", layout_.time);
    return first_above == second_above ? DateOrder::unknown : first_above ? DateOrder::day_month : DateOrder::month_day;
  }

  void read_series() {
    const auto zone = layout_.zone ? layout_.zone : options_.time_zone;
    TimeColumn times(zone, find_date_order(), problems_);
    if (problems_.empty()) {
      if (layout_.shape == TableShape::wide)
        read_wide(times);
      else
        read_long(times);
    }
    table_.facts.time_zone = times.zone_text();
    table_.facts.clock = times.clock_shown();
    if (layout_.zone) note("the header says that times are in " + *layout_.zone);
    for (string& n : times.notes()) note(std::move(n));
    check_doubts();
    finish_series();
  }

  /// The text of the row's time; a date and a time of day in two cells are joined.
  string_view time_text() {
    if (layout_.clock < 0) return cell(layout_.time);
    joined_.assign(cell(layout_.time));
    joined_ += ' ';
    joined_ += cell(layout_.clock);
    return joined_;
  }

  void read_wide(TimeColumn& times) {
    constexpr int kMeasureAfter = 1000;
    for (const ReadingColumn& r : layout_.readings) builders_.emplace_back(r.tag, r.unit, r.column);
    TimeOrder order;
    const char* begin = rows_.position();
    for (; have_row_; have_row_ = next_row()) {
      if (!row_fits()) continue;
      // A wrong time refuses the file; its readings are read nevertheless, to tell all problems at once.
      const auto time = times.read(time_text(), rows_.line(), layout_.time, order).value_or(Time{});
      for (size_t i = 0; i < builders_.size(); ++i) {
        const ReadingColumn& r = layout_.readings[i];
        if (const auto q = r.quality < 0 ? std::optional(readings::Quality::good) : quality(r.quality))
          builders_[i].add(time, cell(r.column), *q, rows_.line(), numbers_);
      }
      if (table_.facts.rows == kMeasureAfter) reserve_for_the_rest(begin, kMeasureAfter);
    }
  }

  /// One allocation for the rows to come, from the bytes of those read, so that memory stays near 24 bytes a sample.
  void reserve_for_the_rest(const char* begin, size_t rows) {
    const auto bytes = static_cast<size_t>(source_.text.data() + source_.text.size() - begin);
    const auto used = std::max<size_t>(static_cast<size_t>(rows_.position() - begin), rows);
    const size_t expected = bytes / (used / rows) + rows;
    for (SeriesBuilder& b : builders_) b.reserve(expected + expected / 32);
  }

  void read_long(TimeColumn& times) {
    std::unordered_map<string, size_t, TextHash, std::equal_to<>> index;
    for (; have_row_; have_row_ = next_row()) {
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
        index.emplace(tag, at);
        builders_.emplace_back(string(tag), unit_of_row(), layout_.value);
      }
      SeriesBuilder& builder = builders_[at];
      const auto time = times.read(time_text(), rows_.line(), layout_.time, builder.order());
      const auto q = quality(layout_.quality);
      builder.add(time.value_or(Time{}), cell(layout_.value), q.value_or(readings::Quality::bad), rows_.line(),
                  numbers_);
    }
  }

  string unit_of_row() {
    string unit = layout_.value_unit;
    read_unit_cell(unit);
    return unit;
  }
  void check_unit(const SeriesBuilder& builder) {
    string unit = layout_.value_unit;
    if (read_unit_cell(unit) && unit != builder.unit())
      problem(
          "gives " + in_quotes(builder.tag()) + " in " + in_quotes(unit) + ", before in " + in_quotes(builder.unit()),
          "give a tag one unit", layout_.unit);
  }

  void finish_series() {
    size_t out_of_order = 0, repeated = 0;
    for (SeriesBuilder& b : builders_) {
      table_.facts.bad_texts += b.bad_texts();
      size_t backward = 0, same = 0;
      if (auto series = b.finish(numbers_, problems_, table_.facts.notes, backward, same))
        table_.series.push_back(std::move(*series));
      // Every tag of a wide table has the same times: they are counted once.
      const bool wide = layout_.shape == TableShape::wide;
      out_of_order = wide ? std::max(out_of_order, backward) : out_of_order + backward;
      repeated = wide ? std::max(repeated, same) : repeated + same;
    }
    builders_.clear();
    const auto rows = [](size_t n) { return std::to_string(n) + (n == 1 ? " row" : " rows"); };
    if (out_of_order > 0) note(rows(out_of_order) + " stood before earlier ones: sorted by time");
    if (repeated > 0) note(rows(repeated) + " with the time of another row: the last in the file counts");
    if (table_.series.empty() && problems_.empty() && table_.facts.rows > 0)
      problems_.add(0, "holds no column of numbers", "give readings as numbers");
  }

  const Source source_;
  const TableOptions& options_;
  ProblemList problems_;
  RowReader rows_;
  NumberReader numbers_;
  QualityReader qualities_;
  TableLayout layout_;
  size_t header_cells_ = 0;
  bool have_row_ = false;
  string joined_;
  std::vector<SeriesBuilder> builders_;
  Table table_;
};

Result<Table> read_sheet(string_view bytes, const string& file, const TableOptions& options) {
  const auto sheet = CASTNER_TRY(read_xlsx(bytes, file));
  TableFacts facts{.format = "XLSX", .encoding = "UTF-8"};
  facts.notes = sheet.notes;
  return TableParser({.text = sheet.text, .delimiter = '\t', .sheet = true}, file, options).parse(std::move(facts));
}

}  // namespace

Result<Table> read_table(string_view bytes, const string& file, const TableOptions& options) {
  if (options.time_zone) CASTNER_TRY(readings::check_time_zone(*options.time_zone));
  if (is_zip(bytes)) return read_sheet(bytes, file, options);
  const auto decoded = CASTNER_TRY(decode(bytes, file));
  const string_view text = decoded.view();
  TableFacts facts{.format = "CSV", .encoding = decoded.encoding};
  if (!decoded.note.empty()) facts.notes.push_back(decoded.note);
  Source source{.text = text};
  if (const auto stated = stated_delimiter(text); stated.bytes > 0) {
    source = {.text = text.substr(stated.bytes), .delimiter = stated.delimiter, .first_line = 2};
  } else if (RowReader rows(text, ','); rows.next()) {
    const auto found = find_delimiter(text);
    if (!found)
      return bad_input(file + ":" + std::to_string(rows.line()),
                       "has one column only: no comma, semicolon or tab separates cells",
                       "separate the cells by commas; a file of readings has the columns time,TAG1,TAG2 or tag,value");
    source.delimiter = *found;
  }
  facts.delimiter = delimiter_name(source.delimiter);
  return TableParser(source, file, options).parse(std::move(facts));
}

}  // namespace castner::tables
