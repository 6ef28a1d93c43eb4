// SPDX-License-Identifier: Apache-2.0
// castner cells: which cell is sick, of what, since when, and what it costs; of a file of cell voltages.
#include "castner/report/cells.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "castner/app/common.h"
#include "castner/app/data_options.h"
#include "castner/app/written_files.h"
#include "castner/base/file.h"
#include "castner/cell_room/cell_data.h"
#include "castner/cell_room/room_watch.h"
#include "castner/tables/table_reader.h"

namespace castner::app {
namespace {

struct CellsOptions {
  std::string cells, data, html, csv;
  Period period;
  DataOptions how;
  words::Language language = words::Language::en;
  bool json = false;
};

struct Watched {
  cell_room::CellRoomFile file;
  cell_room::RoomAnswer answer;
  std::string time_zone;
  std::vector<std::string> notes;  ///< what was assumed of the data
};

Result<Watched> watch(const CellsOptions& o) {
  CASTNER_TRY(check_written({{"CELLS.toml", o.cells}, {"DATA", o.data}}, {{"--html", o.html}, {"--csv", o.csv}}));
  const auto period = CASTNER_TRY(read_period(o.period));
  const auto text = CASTNER_TRY(read_file(o.cells));
  auto file = CASTNER_TRY(cell_room::read_cell_room(text, o.cells));
  const auto table = CASTNER_TRY(read_data(o.data, o.how, period.time_zone, file));
  const auto data = CASTNER_TRY(cell_room::join_cells(
      file, table,
      {.cells_file = o.cells, .data_file = o.data, .from = period.from, .to = period.to, .clock = period.time_zone}));
  cell_room::RoomWatch room(file);
  room.read(data);
  auto notes = table.facts.notes;
  notes.insert(notes.end(), data.notes.begin(), data.notes.end());
  const auto clock = period.time_zone ? period.time_zone : table.facts.clock;
  return Watched{std::move(file), room.answer(), clock.value_or(""), std::move(notes)};
}

/// What the person asked to be kept, or the first refusal of the world.
Result<void> write_files(const report::CellsReport& r, const CellsOptions& o) {
  if (!o.html.empty()) CASTNER_TRY(write_file(o.html, report::cells_html(r, o.language)));
  if (!o.csv.empty()) CASTNER_TRY(write_file(o.csv, report::cells_csv(r, o.language)));
  return {};
}

int run(const CellsOptions& o) {
  const auto watched = watch(o);
  if (!watched) return say(watched.error(), o.language);
  say_notes(o.data, watched->notes, o.language);
  const auto& answer = watched->answer;
  const report::CellsReport r{.file = watched->file,
                              .answer = answer,
                              .time_zone = watched->time_zone,
                              .cells_file = o.cells,
                              .data_file = o.data,
                              .castner_version = CASTNER_VERSION,
                              .notes = watched->notes};
  if (const auto written = write_files(r, o); !written) return say(written.error(), o.language);
  std::cout << (o.json
                    ? report::cells_json(r, o.language)
                    : report::cells_text(r, {.language = o.language, .colour = ::isatty(1) == 1, .html_file = o.html}));
  return report::tells(r) ? kAnswered : kSaysNo;
}

}  // namespace

void add_cells(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("cells", "Which cell is sick, of what, since when, and what it costs");
  auto o = std::make_shared<CellsOptions>();
  command
      ->add_option("CELLS.toml", o->cells,
                   "which tags are the voltages of which cells; castner new --cells DATA writes one")
      ->required();
  command->add_option("DATA", o->data, "CSV or XLSX")->required();
  add_period(*command, o->period);
  add_data_options(*command, o->how);
  add_language(*command, o->language);
  command->add_option("--html", o->html, "write the report to FILE");
  command->add_option("--csv", o->csv, "write a row a cell to FILE, for Excel");
  command->add_flag("--json", o->json, "one JSON document on standard output");
  command->footer(
      "Example: castner cells plants/cells/cells.toml plants/cells/data.csv --html cells.html\n"
      "Castner advises; it is not a safety instrumented system.");
  command->callback([o, &exit_code] { exit_code = run(*o); });
}

}  // namespace castner::app
