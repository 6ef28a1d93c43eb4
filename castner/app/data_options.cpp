// SPDX-License-Identifier: Apache-2.0
#include "castner/app/data_options.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "castner/assess/file_unit.h"
#include "castner/base/file.h"
#include "castner/cell_room/cell_data.h"
#include "castner/readings/time_zone.h"

namespace castner::app {

void add_table_options(CLI::App& command, DataOptions& into) {
  command.add_option("--sheet", into.sheet, "the worksheet of an XLSX file; the first visible one that holds readings");
  command.add_option("--no-data", into.no_data, "numbers that stand for no reading, \"-9999, 9.9999E+37\"");
  command.add_option("--decimal", into.decimal,
                     "point or comma: the decimal mark, where numbers such as 1.234 may mean thousands");
}

void add_data_options(CLI::App& command, DataOptions& into) {
  add_table_options(command, into);
  command.add_option("--start", into.start,
                     "time of the first row, where the rows count hours or rows instead of naming times");
  command.add_option("--dates", into.dates,
                     "dmy, mdy or ymd: the order of dates such as 01/02/2026, where the file does not show it");
  command.add_option(
      "--step", into.step,
      "with --start: from one count to the next, \"1 h\", where its column, as Zeit [h], does not say it");
}

Result<tables::Table> read_data(const std::string& file, const DataOptions& o,
                                const std::optional<std::string>& time_zone, const plant::Plant* plant) {
  auto options = CASTNER_TRY(tables::table_options(o, time_zone));
  if (plant) assess::as_the_plant_says(options, *plant);
  const auto bytes = CASTNER_TRY(read_file(file));
  return tables::read_table(bytes, file, options);
}

Result<tables::Table> read_data(const std::string& file, const DataOptions& o,
                                const std::optional<std::string>& time_zone, const cell_room::CellRoomFile& cells) {
  auto options = CASTNER_TRY(tables::table_options(o, time_zone));
  cell_room::as_the_cells_say(options, cells);
  const auto bytes = CASTNER_TRY(read_file(file));
  return tables::read_table(bytes, file, options);
}

void add_period(CLI::App& command, Period& into) {
  command.add_option("--from", into.from, "first time, RFC 3339 or local with --timezone");
  command.add_option("--to", into.to, "end (not included)");
  command.add_option("--timezone", into.time_zone, "IANA name or +HH:MM, for times without an offset");
}

Result<PeriodRead> read_period(const Period& p) {
  PeriodRead out;
  if (!p.time_zone.empty()) out.time_zone = p.time_zone;
  Error error;
  if (out.time_zone) CASTNER_TRY(readings::check_time_zone(*out.time_zone));
  const auto time = [&](const char* name, const std::string& text, std::optional<Time>& into) {
    if (text.empty()) return;
    if (const auto t = readings::parse_time(text, out.time_zone))
      into = *t;
    else
      for (const auto& problem : t.error().problems) error.problems.push_back({name, problem.what, problem.cure});
  };
  time("--from", p.from, out.from);
  time("--to", p.to, out.to);
  if (out.from && out.to && *out.from >= *out.to)
    error.problems.push_back({"--to", "\"" + p.to + "\" is not after --from \"" + p.from + "\"", "exchange the two"});
  if (!error.problems.empty()) return tl::unexpected(error);
  return out;
}

void say_notes(const std::string& file, const std::vector<std::string>& notes, words::Language language) {
  const words::Words words(language);
  for (const auto& n : notes) std::fprintf(stderr, "%s: %s\n", file.c_str(), words.said(n).c_str());
}

}  // namespace castner::app
