// SPDX-License-Identifier: Apache-2.0
// A measurement file of LabVIEW (the layout that National Instruments publishes as "Specification for the LabVIEW Measurement File"):
//  1. The file's header: a key and its value a line, up to ***End_of_Header***. A second one, of the segment, has a value for each
//     channel. Separator and Decimal_Separator hold for what follows.
//  2. The line of names, with the channels' units where the header has some, and without the column of comments.
//  3. X_Value counts seconds: from the segment's date and time, else the file's; or, with Time_Pref Absolute, from 1904-01-01 in UTC.
//     With X_Columns No it is empty, and X0 and Delta_X say when a row was.
//  4. What has several X columns, channels that begin at different times, or several segments is refused: one clock for all rows is
//     what the rest of the reader knows.
#include "castner/tables/labview.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/base/ascii.h"
#include "castner/base/suggest.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/row_reader.h"
#include "castner/tables/time_text.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

using std::string, std::string_view;
using Values = std::vector<string>;

constexpr string_view kEnd = "***End_of_Header***";
/// 1904-01-01 in UTC, seconds since 1970.
constexpr double kLabviewEpoch = -2'082'844'800.0;

string_view line_at(string_view text, std::size_t begin) {
  return text.substr(begin, text.find_first_of("\r\n", begin) - begin);
}

struct Header {
  std::map<string, Values> file, segment;
  /// The channels' values, else the file's own.
  Values of(const string& key) const {
    for (const auto* keys : {&segment, &file})
      if (const auto it = keys->find(key); it != keys->end()) return it->second;
    return {};
  }
  string first(const string& key) const {
    const Values all = of(key);
    return all.empty() ? "" : all.front();
  }
  bool differs(const string& key) const {
    const Values all = of(key);
    return std::any_of(all.begin(), all.end(), [&](const string& v) { return v != all.front(); });
  }
};

class LabviewReader {
 public:
  LabviewReader(string_view text, const string& file, const TableOptions& options)
      : text_(text), file_(file), options_(options) {}

  Result<LabviewTable> read() {
    LabviewTable out{.options = options_};
    out.delimiter = delimiter();
    RowReader rows(text_, out.delimiter);
    if (!read_header(rows)) return bad_input(file_, "ends within its header", "give a file with readings");
    decimal_ = header_.first("Decimal_Separator") == "," ? ',' : '.';
    out.options.decimal = decimal_;
    const DateKind kind = read_time(header_.first("Date"), DateOrder::unknown).kind;
    if (kind == DateKind::slashes || kind == DateKind::hyphens || kind == DateKind::points)
      out.options.dates.reset();  // it is for the header, and no row has a date
    const auto names_begin = static_cast<std::size_t>(rows.position() - text_.data());
    const int names_line = rows.line();
    CASTNER_TRY(check_form(rows));
    out.first_line = names_line;
    out.text = with_names() + rest(names_begin, out.delimiter);
    CASTNER_TRY(set_clock(out, rows, names_line));
    return out;
  }

 private:
  /// What follows the word Separator, or the first key.
  char delimiter() const {
    for (const string_view key : {"\nSeparator", "\rSeparator"})
      if (const std::size_t at = text_.find(key); at != string_view::npos && at + key.size() < text_.size())
        if (const char c = text_[at + key.size()]; c == '\t' || c == ',' || c == ';') return c;
    return '\t';
  }

  /// Up to the line of names, which it takes.
  bool read_header(RowReader& rows) {
    enum { of_file, between, of_segment, over } part = of_file;
    while (rows.next()) {
      const auto cells = rows.cells();
      const string key(cells[0]);
      if (key.starts_with(kEnd)) {
        part = part == of_file ? between : over;
        continue;
      }
      if (part == between && key == "Channels") part = of_segment;
      if (part == between || part == over) {
        if (take_names(cells)) return true;
        continue;
      }
      auto& values = (part == of_file ? header_.file : header_.segment)[key];
      for (std::size_t i = 1; i < cells.size(); ++i)
        if (!cells[i].empty()) values.emplace_back(cells[i]);
    }
    return false;
  }

  bool take_names(std::span<const string_view> cells) {
    names_.assign(cells.begin(), cells.end());
    while (!names_.empty() && names_.back().empty()) names_.pop_back();
    cut_ = !names_.empty() && (names_.back() == "Comment" || names_.back() == "Comments");
    if (cut_) names_.pop_back();
    return !names_.empty();
  }

  Result<void> check_form(const RowReader& rows) const {
    const string where = file_ + ":" + std::to_string(rows.line());
    if (std::count(names_.begin(), names_.end(), "X_Value") > 1 || header_.first("X_Columns") == "Multi")
      return bad_input(where, "has an X_Value column for each channel",
                       "save it with one X column: X Value (Time) Columns, One column only");
    for (const char* key : {"Date", "Time", "X0", "Delta_X"})
      if (header_.differs(key))
        return bad_input(where, "has channels whose " + string(key) + " differ",
                         "save each channel in a file of its own");
    if (const string axis = header_.first("X_Dimension"); !axis.empty() && axis != "Time")
      return bad_input(where, "has rows of " + in_quotes(axis) + ", not of time", "save the readings over time");
    if (text_.find(kEnd, static_cast<std::size_t>(rows.position() - text_.data())) != string_view::npos)
      return bad_input(where, "is followed by another header: several segments in one file",
                       "save one segment a file, or with Segment Headers, One header only");
    return {};
  }

  /// The line of names, with the units of the channels. Without an X column its place has no name.
  string with_names() const {
    const bool rows_count = header_.first("X_Columns") == "No";
    const Values units = header_.of("Y_Unit_Label");
    string line;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      string name = i == 0 && rows_count ? "" : names_[i];
      if (i > 0 && i - 1 < units.size() && split_header(name).unit.empty())
        if (const auto unit = read_unit(units[i - 1])) name += " (" + *unit + ")";
      std::replace(name.begin(), name.end(), '"', '\'');
      if (i > 0) line += delimiter();
      line += name.find_first_of(",;") == string::npos ? name : "\"" + name + "\"";
    }
    return line + "\n";
  }

  /// The rows, without their comments.
  string rest(std::size_t begin, char delimiter) const {
    if (!cut_) return string(text_.substr(begin));
    string out;
    for (std::size_t at = begin; at < text_.size();) {
      const string_view line = line_at(text_, at);
      std::size_t end = 0;
      for (std::size_t cells = 0; cells < names_.size() && end != string_view::npos; ++cells)
        end = line.find(delimiter, cells == 0 ? 0 : end + 1);
      out += line.substr(0, end);
      at += line.size();
      const std::size_t next = text_.substr(at).starts_with("\r\n") ? at + 2 : at + 1;
      out += '\n';
      at = next;
    }
    return out;
  }

  std::optional<double> number(string_view text) const {
    NumberReader numbers(true, decimal_);
    const Cell cell = numbers.read(text, 0);
    return cell.kind == CellKind::number ? std::optional(cell.value) : std::nullopt;
  }

  /// When the first row was, and that from one count to the next.
  Result<void> set_clock(LabviewTable& out, RowReader& rows, int names_line) const {
    out.options.step = std::chrono::seconds(1);
    std::optional<double> x;
    if (header_.first("X_Columns") == "No") {
      const auto step = number(header_.first("Delta_X"));
      if (!step || !(*step >= 1e-6 && *step <= 366.0 * 86400.0))
        return bad_input(file_, "has no X column, and no Delta_X between 1 us and a year", "save it with one X column");
      out.options.step = nanoseconds_of(*step);
      x = number(header_.first("X0")).value_or(0.0);
    } else {
      if (names_.front() != "X_Value")
        return bad_input(file_ + ":" + std::to_string(names_line),
                         "begins with " + in_quotes(names_.front()) + " where a file of LabVIEW has X_Value",
                         "save it with one X column, or without LabVIEW's header");
      if (rows.next() && !rows.cells().empty()) x = number(rows.cells()[0]);
      if (!x) return {};  // no readings, or a first row that is none: the table says so
    }
    if (header_.first("Time_Pref") == "Absolute") {
      const double since = *x + kLabviewEpoch;
      if (!(since > -2.2e9 && since < 7.2e9))
        return bad_input(file_ + ":" + std::to_string(names_line + 1),
                         "counts its seconds from 1904, and that is no time of the years 1900 to 2200",
                         "save it with relative times and a date");
      out.options.start = Time(nanoseconds_of(since));
      return {};
    }
    const auto start = CASTNER_TRY(start_of_header());
    out.options.start = start + nanoseconds_of(*x);
    out.notes.push_back("times are counted from the header's date and time, " +
                        readings::time_text(start, options_.time_zone));
    return {};
  }

  static std::chrono::nanoseconds nanoseconds_of(double seconds) {
    const double whole = std::floor(seconds);  // apart: a double counts seconds since 1904 to the microsecond
    return std::chrono::seconds(std::llround(whole)) + std::chrono::nanoseconds(std::llround((seconds - whole) * 1e9));
  }

  Result<Time> start_of_header() const {
    string clock = header_.first("Time");
    std::replace(clock.begin(), clock.end(), ',', '.');
    const string text = header_.first("Date") + " " + clock;
    if (text == " ") {
      if (options_.start) return *options_.start;
      return bad_input(file_, "counts seconds from a date and time that its header does not have",
                       "give them: --start 2026-11-03T14:05 --step \"1 s\"");
    }
    const TimeText t = read_time(text, options_.dates.value_or(DateOrder::unknown));
    if (t.status != TimeText::Status::ok)
      return bad_input(file_, "has a header whose date and time, " + in_quotes(text) + ", cannot be read",
                       "write them as 2026/11/03 and 14:05:00");
    if (!options_.time_zone)
      return bad_input(file_,
                       "times such as " + in_quotes(text) + " have no offset from UTC, and no time zone was given",
                       "add --timezone Asia/Shanghai (or the plant's own zone, or an offset such as +08:00)");
    const auto at = readings::resolve(t.local, *options_.time_zone);
    if (at.kind == readings::Resolved::Kind::never)
      return bad_input(
          file_,
          in_quotes(text) + " does not exist in " + *options_.time_zone + ": the clocks were put forward over it",
          "correct the header, or give the offset: --timezone +01:00");
    return at.first;
  }

  const string_view text_;
  const string& file_;
  const TableOptions& options_;
  Header header_;
  std::vector<string> names_;
  bool cut_ = false;  ///< the last column holds comments
  char decimal_ = '.';
};

}  // namespace

bool is_labview(string_view text) {
  constexpr std::size_t kHead = 1 << 16;
  const std::size_t at = text.substr(0, kHead).find(kEnd);
  return at != string_view::npos && (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r');
}

Result<LabviewTable> read_labview(string_view text, const string& file, const TableOptions& options) {
  return LabviewReader(text, file, options).read();
}

}  // namespace castner::tables
