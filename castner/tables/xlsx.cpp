// SPDX-License-Identifier: Apache-2.0
// A sheet of a workbook as text with tabs, so that one reader serves CSV and XLSX:
//  1. The zip is opened in memory. A part that unpacks to more than 1 GiB, or to 400 times its size, is refused.
//  2. xl/workbook.xml names the sheets and which of them are hidden, its relations the sheets' parts.
//  3. Of the styles only what a format shows is kept (number_format.h): dates, times of day, percentages, units, thousands; the shared
//     strings are read. Styles, strings and
//     rows are unpacked and parsed one at a time (xml_items.h), and counted as they come: a small file can hold gigabytes of any of them.
//  4. write_rows: rows and cells name their own place; empty ones that were left out become empty lines and cells, so
//     that a problem's line is the row's number in Excel.
//  5. write_cell: a number in a date format becomes a date text, exact to the millisecond, one below 1 a time of day; a percentage is
//     written as people see it; shared and inline strings are copied; a formula without a value leaves an empty cell and is
//     remembered; all else stands as it is.
#include "castner/tables/xlsx.h"

#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <pugixml.hpp>

#include "castner/base/suggest.h"
#include "castner/readings/status_text.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/limits.h"
#include "castner/tables/xml_items.h"

namespace castner::tables {
namespace {

using std::string, std::string_view, std::size_t;

constexpr zip_uint64_t kMostBytes = zip_uint64_t{1} << 30;  ///< of one part, unpacked
/// Unpacked to packed. Sheets of numbers reach about 30; one of zeros only, by a writer that leaves the cells' places out, 240.
constexpr zip_uint64_t kMostRatio = 400;
constexpr zip_uint64_t kAnyRatio = zip_uint64_t{4}
                                   << 20;  ///< a part that unpacks to no more than this may have any ratio
constexpr zip_uint64_t kMostOfBook = zip_uint64_t{4} << 20;  ///< of the list of sheets: it is parsed as a whole
constexpr int kMostRows = 1048576;                           ///< Excel's own
constexpr size_t kMostStyles = 65536, kMostStrings = size_t{1} << 22;  ///< Excel has 65,490 styles
constexpr size_t kMostMerged =
    20'000;  ///< cells of several columns, in the rows near the top; each costs a text a column
/// Text that a sheet may hold beyond the length of its XML: strings that many cells share, and columns left out.
constexpr size_t kMoreText = size_t{64} << 20;

struct Closer {
  void operator()(zip_t* z) const { zip_discard(z); }
  void operator()(zip_file_t* f) const { zip_fclose(f); }
};
using Archive = std::unique_ptr<zip_t, Closer>;

Archive open_archive(string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (!archive && source) zip_source_free(source);
  zip_error_fini(&error);
  return Archive(archive);
}

string damaged(const string& part) { return "is damaged or encrypted: its part " + part + " cannot be unpacked"; }

/// A part that is being unpacked; null if the workbook has none by that name, or it cannot be read, as `refusal` then says.
using Part = std::unique_ptr<zip_file_t, Closer>;
Part open_part(zip_t* archive, const string& name, zip_uint64_t most, string& refusal) {
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat(archive, name.c_str(), 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE)) return nullptr;
  const bool bomb =
      about.size > kAnyRatio && (about.valid & ZIP_STAT_COMP_SIZE) && about.size / kMostRatio > about.comp_size;
  if (about.size > most || bomb) {
    refusal = "unpacks to " + std::to_string(about.size >> 20) + " MiB, more than a sheet of readings can need";
    return nullptr;
  }
  Part part(zip_fopen(archive, name.c_str(), 0));
  if (!part) refusal = damaged(name);
  return part;
}

/// A node's name without its namespace prefix: some writers put one before everything.
string_view local_name(const pugi::xml_node& node) {
  const string_view name = node.name();
  return name.substr(name.rfind(':') + 1);
}
pugi::xml_node child(const pugi::xml_node& parent, string_view name) {
  for (const auto& c : parent.children())
    if (local_name(c) == name) return c;
  return {};
}
/// All text of a string item: runs of rich text follow one another; reading aids (rPh) are left out.
string text_of(const pugi::xml_node& item) {
  string all;
  for (const auto& c : item.children()) {
    if (local_name(c) == "t") all += c.text().get();
    if (local_name(c) == "r") all += child(c, "t").text().get();
  }
  return all;
}

}  // namespace

class Workbook::Reader {
 public:
  Reader(string_view bytes, const string& file, std::stop_token stop)
      : file_(file), stop_(std::move(stop)), archive_(open_archive(bytes)) {}

  Result<void> open() {
    if (!archive_) return bad_input(file_, "is a damaged zip or workbook", "save it again as XLSX or CSV");
    if (!find_sheets()) return refused("is a zip but not an Excel workbook (XLSX)");
    if (!read_styles()) return refused("");
    return {};
  }

  const std::vector<Sheet>& sheets() const { return sheets_; }

  Result<SheetText> read(const string& name, size_t most_cells) {
    const auto named = [&](auto same) { return std::find_if(sheets_.begin(), sheets_.end(), same); };
    auto sheet = named([&](const Sheet& s) { return s.name == name; });
    if (sheet == sheets_.end())
      sheet = named([&](const Sheet& s) { return readings::lower_case(s.name) == readings::lower_case(name); });
    if (sheet == sheets_.end()) {
      std::vector<string> names;
      for (const Sheet& s : sheets_) names.push_back(s.name);
      return bad_input(file_, "has no sheet " + in_quotes(name), "its sheets are " + listed(names));
    }
    refusal_.clear();
    SheetText out{.name = sheet->name};
    int line = 1;
    if (!each(sheet->part, {{"sheetData", "row"}, {"mergeCells", "mergeCell"}}, [&](const pugi::xml_node& item) {
          if (local_name(item) == "row") return write_row(item, out, line, most_cells);
          return note_merged(item.attribute("ref").as_string(), out);
        }))
      return refused("lacks its sheet " + in_quotes(sheet->name) + ", or the sheet is damaged");
    return out;
  }

 private:
  tl::unexpected<Error> refused(const string& otherwise) const {
    return bad_input(file_, refusal_.empty() ? otherwise : refusal_, "save the sheet of readings as XLSX or CSV");
  }

  static bool parse(std::span<char> xml, pugi::xml_document& document) {
    // White space of a text node counts: it may be a cell's. Entities beyond XML's own are not expanded by pugixml.
    return static_cast<bool>(
        document.load_buffer_inplace(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single));
  }
  bool not_xml(const string& part) { return refuse("is damaged: its part " + part + " is not XML"); }
  bool refuse(string why) {
    refusal_ = std::move(why);
    return false;
  }

  /// A small part as a whole.
  bool load(const string& name, pugi::xml_document& document) {
    const Part part = open_part(archive_.get(), name, kMostOfBook, refusal_);
    if (!part) return false;
    content_.resize(kMostOfBook + 1);
    size_t filled = 0;
    zip_int64_t got = 0;
    while ((got = zip_fread(part.get(), content_.data() + filled, content_.size() - filled)) > 0)
      filled += static_cast<size_t>(got);
    if (got < 0 || filled == content_.size()) return refuse(damaged(name));
    content_.resize(filled);
    return parse(content_, document) || not_xml(name);
  }

  /// Calls `take` with each item of the part's containers. False, with a refusal, if the part is none or `take` says so; also, without
  /// one, if the workbook has no such part.
  template <class Take>
  bool each(const string& name, std::vector<XmlItems::Kind> kinds, Take take) {
    const Part part = open_part(archive_.get(), name, kMostBytes, refusal_);
    if (!part) return false;
    unpacked_ = 0;
    XmlItems items(
        [&](std::span<char> into) {
          const auto got = zip_fread(part.get(), into.data(), into.size());
          unpacked_ += static_cast<size_t>(std::max<zip_int64_t>(got, 0));
          return unpacked_ > kMostBytes ? -1LL : static_cast<long long>(got);
        },
        std::move(kinds));
    for (auto xml = items.next(); !xml.empty(); xml = items.next()) {
      pugi::xml_document document;
      if (!parse(xml, document)) return not_xml(name);
      if (stop_.stop_requested()) return refuse(kStopped);
      if (!take(document.document_element())) return false;
    }
    switch (items.fault()) {
      case XmlItems::Fault::none: return true;
      case XmlItems::Fault::unreadable: return refuse(damaged(name));
      case XmlItems::Fault::not_xml: return not_xml(name);
      case XmlItems::Fault::too_long: break;
    }
    return refuse("has a row or a text of more than 8 MiB in its part " + name);
  }

  /// Names and parts of the worksheets; charts are none.
  bool find_sheets() {
    pugi::xml_document book;
    if (!load("xl/workbook.xml", book)) return false;
    const auto properties = child(book.document_element(), "workbookPr");
    from_1904_ = properties.attribute("date1904").as_bool();
    std::vector<string> ids;
    for (const auto& s : child(book.document_element(), "sheets").children()) {
      string id;
      for (const auto& a : s.attributes())
        if (string_view(a.name()).ends_with(":id")) id = a.as_string();
      const string_view state = s.attribute("state").as_string();
      ids.push_back(id);
      sheets_.push_back({s.attribute("name").as_string(), "xl/worksheets/sheet" + std::to_string(ids.size()) + ".xml",
                         state == "hidden" || state == "veryHidden"});
    }
    pugi::xml_document relations;
    std::map<string, string> targets;
    if (load("xl/_rels/workbook.xml.rels", relations))
      for (const auto& r : relations.document_element().children())
        targets[r.attribute("Id").as_string()] = r.attribute("Target").as_string();
    for (size_t i = 0; i < ids.size(); ++i)
      if (const auto found = targets.find(ids[i]); found != targets.end()) {
        const string& target = found->second;
        sheets_[i].part = target.starts_with("/") ? target.substr(1) : "xl/" + target;
      }
    std::erase_if(sheets_, [](const Sheet& s) { return s.part.find("chartsheets/") != string::npos; });
    return refusal_.empty() && !sheets_.empty();
  }

  bool read_styles() {
    std::map<int, string> codes;
    const auto one_more = [&](size_t have, size_t most) {
      return have < most || refuse("has more than " + std::to_string(most) + " styles or texts");
    };
    each("xl/styles.xml", {{"numFmts", "numFmt"}}, [&](const pugi::xml_node& f) {
      codes.emplace(f.attribute("numFmtId").as_int(), f.attribute("formatCode").as_string());
      return one_more(codes.size(), kMostStyles);
    });
    if (!refusal_.empty()) return false;
    each("xl/styles.xml", {{"cellXfs", "xf"}}, [&](const pugi::xml_node& x) {
      const int id = x.attribute("numFmtId").as_int();
      const auto own = codes.find(id);
      styles_.push_back(read_number_format(own == codes.end() ? id : -1, own == codes.end() ? "" : own->second));
      return one_more(styles_.size(), kMostStyles);
    });
    if (!refusal_.empty()) return false;
    each("xl/sharedStrings.xml", {{"sst", "si"}}, [&](const pugi::xml_node& item) {
      strings_.push_back(text_of(item));
      return one_more(strings_.size(), kMostStrings);
    });
    return refusal_.empty();
  }

  bool write_row(const pugi::xml_node& row, SheetText& sheet, int& line, size_t most_cells) {
    const int number = row.attribute("r").as_int(line);
    if (number > kMostRows) return refuse("has more than " + std::to_string(kMostRows) + " rows");
    if (number < line)
      return refuse("is damaged: row " + std::to_string(number) + " stands after row " + std::to_string(line - 1));
    sheet.text.append(static_cast<size_t>(number - line), '\n');
    line = number + 1;
    if (!write_cells(row, number, sheet, most_cells)) return false;
    sheet.text += '\n';
    return true;
  }

  bool write_cells(const pugi::xml_node& row, int number, SheetText& sheet, size_t most_cells) {
    string& out = sheet.text;
    int column = 0;
    for (const auto& cell : row.children()) {
      if (local_name(cell) != "c") continue;
      const int at = column_of(cell.attribute("r").as_string(), column);
      if (at >= kMostColumns) return refuse("has more than " + std::to_string(kMostColumns) + " columns");
      if (at < column)
        return refuse("is damaged: a cell stands out of place (" + string(cell.attribute("r").as_string()) + ")");
      if (column > 0) out += '\t';
      out.append(static_cast<size_t>(at - column), '\t');
      column = at + 1;
      if (child(cell, "f") && !child(cell, "v") && !child(cell, "is")) sheet.uncomputed.emplace(at, number);
      write_cell(cell, at, number, sheet);
      if (out.size() > unpacked_ + kMoreText) return refuse("holds more text than a sheet of readings can need");
    }
    cells_ += static_cast<size_t>(column) + 1;
    return cells_ <= most_cells || refuse(too_many_cells(most_cells));
  }

  /// The column of a cell's reference: 1 for "B17"; `next` if the writer left it out.
  static int column_of(string_view place, int next) {
    int column = 0;
    for (size_t i = 0; i < place.size() && i < 4 && place[i] >= 'A' && place[i] <= 'Z'; ++i)
      column = column * 26 + (place[i] - 'A' + 1);
    return column == 0 ? next : column - 1;
  }

  /// Cells that a range such as "B1:D1" makes one, near the top of the sheet: the first of them holds the text of all. False of a sheet
  /// that merges more often than one of readings can need: each may be as wide as the sheet.
  bool note_merged(string_view range, SheetText& sheet) {
    constexpr int kTop = 1000;  // rows: readings are not merged over columns
    const auto corner = [](string_view place, int& row) {
      const size_t digits = std::min(place.find_first_of("0123456789"), place.size());
      row = 0;
      std::from_chars(place.data() + digits, place.data() + place.size(), row);
      return column_of(place, 0);
    };
    const size_t colon = std::min(range.find(':'), range.size());
    MergedCells m;
    int bottom = 0;
    m.first = corner(range.substr(0, colon), m.row);
    m.last = std::min(corner(range.substr(std::min(colon + 1, range.size())), bottom), kMostColumns - 1);
    if (m.row > 0 && m.row <= kTop && m.first < m.last) sheet.merged.push_back(m);
    return sheet.merged.size() <= kMostMerged ||
           refuse("merges cells more than " + std::to_string(kMostMerged) + " times");
  }

  void write_cell(const pugi::xml_node& cell, int column, int row, SheetText& sheet) {
    string& out = sheet.text;
    const string_view type = cell.attribute("t").as_string("n");
    const string value = child(cell, "v").text().get();
    if (type == "inlineStr") return write_text(text_of(child(cell, "is")), out);
    if (type == "s") {
      size_t index = strings_.size();
      std::from_chars(value.data(), value.data() + value.size(), index);
      return write_text(index < strings_.size() ? strings_[index] : "#REF!", out);
    }
    if (type == "b") return void(out += value == "0" ? "FALSE" : "TRUE");
    if (type == "n") {
      const auto style = cell.attribute("s").as_uint();
      using Shows = NumberFormat::Shows;
      static const NumberFormat kGeneral;
      const NumberFormat& format = style < styles_.size() ? styles_[style] : kGeneral;
      const Shows shows = format.shows;
      double number = 0.0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (shows == Shows::date && error == std::errc{} && number >= 0.0 && number < 110000.0)
        return void(out += date_text(number));
      if (shows == Shows::percent && error == std::errc{} && end == value.data() + value.size())
        return void(out += with_exponent(value, 2) + "%");
      if (!value.empty()) sheet.formats.note(column, format.behind, row);
      if (format.thousands > 0 && error == std::errc{} && end == value.data() + value.size()) {
        sheet.formats.thousands.emplace(column, row);
        return void(out += with_exponent(value, -3 * format.thousands));
      }
    }
    write_text(value, out);  // numbers, errors, ISO dates and the strings of formulas stand as they are
  }

  /// "0.321" is 32.1 %: the point goes two places to the right, so that no digit changes.
  static string with_exponent(const string& value, int places) {
    const size_t e = value.find_first_of("eE");
    int exponent = 0;
    if (e != string::npos) {
      const size_t digits = e + (value[e + 1] == '+' ? 2 : 1);
      std::from_chars(value.data() + digits, value.data() + value.size(), exponent);
    }
    return value.substr(0, e) + "e" + std::to_string(exponent + places);
  }

  /// Days since 1899-12-30 (or 1904-01-01) as Excel counts them, to the millisecond, which is what a double keeps.
  string date_text(double serial) const {
    using namespace std::chrono;
    const sys_days origin = from_1904_ ? sys_days(year(1904) / 1 / 1) : sys_days(year(1899) / 12 / 30);
    const auto ms = milliseconds(std::llround(serial * 86400000.0));
    // Sheets are filled by adding a step over and over, which rounds: a time within 2 ms of a second is that second.
    const auto s = round<seconds>(ms);
    const auto meant = abs(ms - s) <= milliseconds(2) ? milliseconds(s) : ms;
    constexpr size_t kDay = 11;  // "1899-12-30T": a number below 1 is a time of day
    string text = readings::time_text(Time(origin.time_since_epoch() + meant));
    text.pop_back();  // the Z: a sheet's times have no offset
    if (meant < days(1)) return text.substr(kDay);
    const bool midnight = meant % days(1) == milliseconds(0);
    return midnight ? text.substr(0, kDay - 1) : text;
  }

  /// Writes a text so that the row reader takes it for one cell on one line.
  static void write_text(string_view text, string& out) {
    const bool quotes = text.find_first_of("\t\"\r\n") != string_view::npos;
    if (!quotes) return void(out += text);
    out += '"';
    for (const char c : text) {
      if (c == '"') out += '"';
      out += c == '\n' || c == '\r' ? ' ' : c;
    }
    out += '"';
  }

  const string file_;
  const std::stop_token stop_;
  Archive archive_;
  string refusal_;
  string content_;       ///< the document of the last load() points into it
  size_t unpacked_ = 0;  ///< bytes of the part that is being read
  size_t cells_ = 0;     ///< of all sheets that were read
  bool from_1904_ = false;
  std::vector<Sheet> sheets_;
  std::vector<NumberFormat> styles_;
  std::vector<string> strings_;
};

Workbook::Workbook(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}
Workbook::Workbook(Workbook&&) noexcept = default;
Workbook& Workbook::operator=(Workbook&&) noexcept = default;
Workbook::~Workbook() = default;

Result<Workbook> Workbook::open(string_view bytes, const string& file, std::stop_token stop) {
  auto reader = std::make_unique<Reader>(bytes, file, std::move(stop));
  CASTNER_TRY(reader->open());
  return Workbook(std::move(reader));
}
const std::vector<Workbook::Sheet>& Workbook::sheets() const { return reader_->sheets(); }
Result<SheetText> Workbook::read(const string& sheet, size_t most_cells) { return reader_->read(sheet, most_cells); }

}  // namespace castner::tables
