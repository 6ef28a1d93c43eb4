// SPDX-License-Identifier: Apache-2.0
// A file's bytes to one table: a zip is read as XLSX (xlsx.h), all else is decoded (encoding.h). Of a file of LabVIEW the
// header gives what there is to know (labview.h); else the delimiter is stated in the first
// line, or found. Its rows are read by table_parser.h.
#include "castner/tables/table_reader.h"

#include "castner/base/suggest.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/delimiter.h"
#include "castner/tables/encoding.h"
#include "castner/tables/labview.h"
#include "castner/tables/series_units.h"
#include "castner/tables/table_parser.h"
#include "castner/tables/xlsx.h"

namespace castner::tables {
namespace {

using std::string, std::string_view;

TableSource source_of(const SheetText& sheet) {
  return {.text = sheet.text,
          .delimiter = '\t',
          .sheet = true,
          .uncomputed = sheet.uncomputed,
          .formats = sheet.formats,
          .merged = sheet.merged};
}

/// The sheet that was asked for, or the first visible one that begins like a table.
Result<Table> read_workbook(string_view bytes, const string& file, const TableOptions& options) {
  auto workbook = CASTNER_TRY(Workbook::open(bytes, file, options.stop));
  const auto& sheets = workbook.sheets();
  std::vector<string> visible;
  for (const auto& s : sheets)
    if (!s.hidden) visible.push_back(s.name);
  TableFacts facts{.format = "XLSX", .encoding = "UTF-8", .sheets = visible};
  if (options.sheet) {
    const auto sheet = CASTNER_TRY(workbook.read(*options.sheet, options.most_cells));
    facts.sheet = sheet.name;
    return parse_table(source_of(sheet), file, options, std::move(facts));
  }
  std::optional<SheetText> first, chosen;
  for (const string& name : visible) {
    auto sheet = workbook.read(name, options.most_cells);
    if (!sheet) return tl::unexpected(std::move(sheet.error()));
    const bool fits = begins_like_a_table(source_of(*sheet), options);
    if (fits || visible.size() == 1)
      chosen = std::move(*sheet);
    else if (!first)
      first = std::move(*sheet);
    if (chosen) break;
  }
  if (!chosen) {
    if (!first) return bad_input(file, "has no visible sheet", "show the sheet of readings, or name it: --sheet NAME");
    auto table = parse_table(source_of(*first), file, options, std::move(facts));
    if (table) return table;
    table.error().problems.insert(
        table.error().problems.begin(),
        {file,
         "no visible sheet begins like a table of readings: " + listed(visible) + "; what follows is of the first",
         "name the columns of one of them, or name another: --sheet NAME"});
    return table;
  }
  if (sheets.size() > 1)
    facts.notes.push_back("of " + std::to_string(sheets.size()) + " sheets " + in_quotes(chosen->name) +
                          " was read, the first visible one that holds readings; --sheet names another");
  facts.sheet = chosen->name;
  return parse_table(source_of(*chosen), file, options, std::move(facts));
}

Result<Table> read_as_written(string_view bytes, const string& file, const TableOptions& options) {
  if (options.time_zone) CASTNER_TRY(readings::check_time_zone(*options.time_zone));
  if (is_zip(bytes)) return read_workbook(bytes, file, options);
  if (options.sheet) return bad_input(file, "is no workbook and has no sheets", "leave --sheet out");
  const auto decoded = CASTNER_TRY(decode(bytes, file));
  const string_view text = decoded.view();
  TableFacts facts{.format = "CSV", .encoding = decoded.encoding};
  if (!decoded.note.empty()) facts.notes.push_back(decoded.note);
  if (is_labview(text)) {
    const auto table = CASTNER_TRY(read_labview(text, file, options));
    facts.notes.insert(facts.notes.end(), table.notes.begin(), table.notes.end());
    facts.delimiter = delimiter_name(table.delimiter);
    return parse_table({.text = table.text, .delimiter = table.delimiter, .first_line = table.first_line}, file,
                       table.options, facts);
  }
  TableSource source{.text = text};
  if (const auto stated = stated_delimiter(text); stated.bytes > 0) {
    source.text = text.substr(stated.bytes);
    source.delimiter = stated.delimiter;
    source.first_line = 2;
  } else if (RowReader rows(text, ','); rows.next()) {
    const auto found = find_delimiter(text);
    if (!found)
      return bad_input(file + ":" + std::to_string(rows.line()),
                       "has one column only: no comma, semicolon or tab separates cells",
                       "separate the cells by commas; a file of readings has the columns time,TAG1,TAG2 or tag,value");
    source.delimiter = *found;
  }
  facts.delimiter = delimiter_name(source.delimiter);
  return parse_table(source, file, options, std::move(facts));
}

}  // namespace

Result<Table> read_table(string_view bytes, const string& file, const TableOptions& options) {
  auto table = CASTNER_TRY(read_as_written(bytes, file, options));
  settle_units(table);
  return table;
}

}  // namespace castner::tables
