// SPDX-License-Identifier: Apache-2.0
// The first sheet of a workbook as text with tabs, so that one reader serves CSV and XLSX:
//  1. The zip is opened in memory. A part that unpacks to more than 1 GiB, or to a thousand times its size, is refused.
//  2. xl/workbook.xml names the first sheet, its relations the sheet's part.
//  3. Of the styles only which formats show dates is kept; the shared strings are read.
//  4. write_rows: rows and cells name their own place; empty ones that were left out become empty lines and cells, so
//     that a problem's line is the row's number in Excel.
//  5. write_cell: a number in a date format becomes a date text, exact to the millisecond; shared and inline strings
//     are copied; all else stands as it is.
#include "castner/tables/xlsx.h"

#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>
#include <pugixml.hpp>

#include "castner/base/suggest.h"
#include "castner/readings/time_zone.h"

namespace castner::tables {
namespace {

using std::string, std::string_view, std::size_t;

constexpr zip_uint64_t kMostBytes = zip_uint64_t{1} << 30;  ///< of one part, unpacked
constexpr zip_uint64_t kMostRatio = 1000;                   ///< unpacked to packed; sheets of numbers reach about 30
constexpr int kMostRows = 1048576, kMostColumns = 16384;    ///< Excel's own

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

/// One part of the workbook; nullopt if it has none by that name, or cannot be read, as `refusal` then says.
std::optional<string> read_part(zip_t* archive, const string& name, string& refusal) {
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat(archive, name.c_str(), 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE)) return std::nullopt;
  if (about.size > kMostBytes ||
      ((about.valid & ZIP_STAT_COMP_SIZE) && about.size / kMostRatio > about.comp_size + 1)) {
    refusal = "unpacks to " + std::to_string(about.size >> 20) + " MiB, more than a sheet of readings can need";
    return std::nullopt;
  }
  const std::unique_ptr<zip_file_t, Closer> part(zip_fopen(archive, name.c_str(), 0));
  string content(about.size, '\0');
  zip_int64_t got = 0;
  size_t filled = 0;
  while (part && filled < content.size() &&
         (got = zip_fread(part.get(), content.data() + filled, content.size() - filled)) > 0)
    filled += static_cast<size_t>(got);
  if (!part || got < 0 || filled != content.size()) {
    refusal = "is damaged or encrypted: its part " + name + " cannot be unpacked";
    return std::nullopt;
  }
  return content;
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

/// Whether a number format shows dates or times: one of Excel's own, or one with y, m, d, h or s outside quotes and brackets.
bool is_date_format(int id, const string& code) {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return true;
  bool quoted = false, bracket = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*')
      ++i;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '[')
      bracket = true;
    else if (!quoted && c == ']')
      bracket = false;
    else if (!quoted && !bracket && std::strchr("ymdhsYMDHS", c))
      return true;
    else if (!quoted && bracket && code[i - 1] == '[' && std::strchr("hmsHMS", c))
      return true;  // [h]:mm
  }
  return false;
}

class Workbook {
 public:
  Workbook(string_view bytes, const string& file) : file_(file), archive_(open_archive(bytes)) {}

  Result<SheetText> read() {
    if (!archive_) return bad_input(file_, "is a damaged zip or workbook", "save it again as XLSX or CSV");
    SheetText out;
    const auto path = find_sheet(out);
    if (!path) return refused("is a zip but not an Excel workbook (XLSX)");
    if (!read_styles() || !read_strings()) return refused("");
    pugi::xml_document sheet;
    if (!load(*path, sheet)) return refused("lacks its first sheet, or the sheet is damaged");
    if (!write_rows(child(sheet.document_element(), "sheetData"), out.text)) return refused("");
    return out;
  }

 private:
  tl::unexpected<Error> refused(const string& otherwise) const {
    return bad_input(file_, refusal_.empty() ? otherwise : refusal_, "save the sheet of readings as XLSX or CSV");
  }

  bool load(const string& part, pugi::xml_document& document) {
    content_ = read_part(archive_.get(), part, refusal_);
    if (!content_) return false;
    // White space of a text node counts: it may be a cell's. Entities beyond XML's own are not expanded by pugixml.
    if (document.load_buffer_inplace(content_->data(), content_->size(),
                                     pugi::parse_default | pugi::parse_ws_pcdata_single))
      return true;
    refusal_ = "is damaged: its part " + part + " is not XML";
    return false;
  }

  /// The path of the workbook's first sheet.
  std::optional<string> find_sheet(SheetText& out) {
    pugi::xml_document book;
    if (!load("xl/workbook.xml", book)) return std::nullopt;
    const auto properties = child(book.document_element(), "workbookPr");
    from_1904_ = properties.attribute("date1904").as_bool();
    const auto sheets = child(book.document_element(), "sheets");
    const auto first = sheets.first_child();
    const auto count = std::distance(sheets.begin(), sheets.end());
    if (count > 1)
      out.notes.push_back("the first of " + std::to_string(count) +
                          " sheets was read: " + in_quotes(first.attribute("name").as_string()));
    string id;
    for (const auto& a : first.attributes())
      if (string_view(a.name()).ends_with(":id")) id = a.as_string();
    pugi::xml_document relations;
    if (load("xl/_rels/workbook.xml.rels", relations))
      for (const auto& r : relations.document_element().children())
        if (id == r.attribute("Id").as_string()) {
          const string target = r.attribute("Target").as_string();
          return target.starts_with("/") ? target.substr(1) : "xl/" + target;
        }
    return "xl/worksheets/sheet1.xml";
  }

  bool read_styles() {
    pugi::xml_document styles;
    if (!load("xl/styles.xml", styles)) return refusal_.empty();
    std::vector<std::pair<int, string>> codes;
    for (const auto& f : child(styles.document_element(), "numFmts").children())
      codes.emplace_back(f.attribute("numFmtId").as_int(), f.attribute("formatCode").as_string());
    for (const auto& x : child(styles.document_element(), "cellXfs").children()) {
      const int id = x.attribute("numFmtId").as_int();
      const auto own = std::find_if(codes.begin(), codes.end(), [&](const auto& c) { return c.first == id; });
      date_style_.push_back(is_date_format(own == codes.end() ? id : -1, own == codes.end() ? "" : own->second));
    }
    return true;
  }

  bool read_strings() {
    pugi::xml_document strings;
    if (!load("xl/sharedStrings.xml", strings)) return refusal_.empty();
    for (const auto& item : strings.document_element().children())
      if (local_name(item) == "si") strings_.push_back(text_of(item));
    return true;
  }

  bool write_rows(const pugi::xml_node& data, string& out) {
    int line = 1;
    for (const auto& row : data.children()) {
      if (local_name(row) != "row") continue;
      const int number = row.attribute("r").as_int(line);
      if (number < line || number > kMostRows) {
        refusal_ = "is damaged: row " + std::to_string(number) + " stands after row " + std::to_string(line - 1);
        return false;
      }
      out.append(static_cast<size_t>(number - line), '\n');
      line = number + 1;
      if (!write_cells(row, out)) return false;
      out += '\n';
      if (out.size() > kMostBytes) {
        refusal_ = "holds more than 1 GiB of text";
        return false;
      }
    }
    return true;
  }

  bool write_cells(const pugi::xml_node& row, string& out) {
    int column = 0;
    for (const auto& cell : row.children()) {
      if (local_name(cell) != "c") continue;
      const int at = column_of(cell.attribute("r").as_string(), column);
      if (at < column || at >= kMostColumns) {
        refusal_ = "is damaged: a cell stands out of place (" + string(cell.attribute("r").as_string()) + ")";
        return false;
      }
      if (column > 0) out += '\t';
      out.append(static_cast<size_t>(at - column), '\t');
      column = at + 1;
      write_cell(cell, out);
    }
    return true;
  }

  /// The column of a cell's reference: 1 for "B17"; `next` if the writer left it out.
  static int column_of(string_view place, int next) {
    int column = 0;
    for (size_t i = 0; i < place.size() && i < 4 && place[i] >= 'A' && place[i] <= 'Z'; ++i)
      column = column * 26 + (place[i] - 'A' + 1);
    return column == 0 ? next : column - 1;
  }

  void write_cell(const pugi::xml_node& cell, string& out) {
    const string_view type = cell.attribute("t").as_string("n");
    const string value = child(cell, "v").text().get();
    if (type == "inlineStr") return write_text(text_of(child(cell, "is")), out);
    if (type == "s") {
      size_t index = strings_.size();
      std::from_chars(value.data(), value.data() + value.size(), index);
      return write_text(index < strings_.size() ? strings_[index] : "#REF!", out);
    }
    if (type == "n") {
      const auto style = cell.attribute("s").as_uint();
      double number = 0.0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (style < date_style_.size() && date_style_[style] && error == std::errc{} && number >= 0.0 &&
          number < 110000.0)
        return void(out += date_text(number));
    }
    write_text(value,
               out);  // numbers, booleans (1, 0), errors, ISO dates and the strings of formulas stand as they are
  }

  /// Days since 1899-12-30 (or 1904-01-01) as Excel counts them, to the millisecond, which is what a double keeps.
  string date_text(double serial) const {
    using namespace std::chrono;
    const sys_days origin = from_1904_ ? sys_days(year(1904) / 1 / 1) : sys_days(year(1899) / 12 / 30);
    const auto ms = milliseconds(std::llround(serial * 86400000.0));
    // Sheets are filled by adding a step over and over, which rounds: a time within 2 ms of a second is that second.
    const auto s = round<seconds>(ms);
    const auto meant = abs(ms - s) <= milliseconds(2) ? milliseconds(s) : ms;
    string text = readings::time_text(Time(origin.time_since_epoch() + meant));
    text.pop_back();  // the Z: a sheet's times have no offset
    return text;
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

  const string& file_;
  Archive archive_;
  string refusal_;
  std::optional<string> content_;  ///< the document of the last load() points into it
  bool from_1904_ = false;
  std::vector<bool> date_style_;
  std::vector<string> strings_;
};

}  // namespace

Result<SheetText> read_xlsx(string_view bytes, const string& file) { return Workbook(bytes, file).read(); }

}  // namespace castner::tables
