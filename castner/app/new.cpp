// SPDX-License-Identifier: Apache-2.0
// castner new: a plant.toml or a cells.toml to start from, made of a data file's columns.
#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>

#include "castner/app/common.h"
#include "castner/app/data_options.h"
#include "castner/assess/sampling.h"
#include "castner/cell_room/column_units.h"
#include "castner/cell_room/new_cells.h"
#include "castner/plant_file/new_plant.h"
#include "castner/tables/table_reader.h"

namespace castner::app {
namespace {

struct NewOptions {
  std::string data;
  bool cells = false;
  DataOptions how;
};

plant_file::DataColumn column(const readings::Series& series) {
  double sum = 0.0;
  int good = 0;
  for (const auto& s : series.samples)
    if (s.quality != readings::Quality::bad && std::isfinite(s.value)) {
      sum += s.value;
      ++good;
    }
  return {series.tag, series.unit, good > 0 ? std::optional(sum / good) : std::nullopt, series.absolute};
}

plant_file::DataColumn column(const tables::SnapshotRow& row) {
  return {row.tag, row.unit, std::isfinite(row.value) ? std::optional(row.value) : std::nullopt, row.absolute};
}

std::string plant_text(const std::string& file, const tables::Table& table) {
  std::vector<plant_file::DataColumn> columns;
  for (const auto& s : table.series) columns.push_back(column(s));
  for (const auto& row : table.snapshot) columns.push_back(column(row));
  return plant_file::new_plant(file, columns, assess::first_settings(table.series));
}

std::vector<cell_room::RoomColumn> room_columns(const tables::Table& table) {
  std::vector<cell_room::RoomColumn> columns;
  for (const auto& s : table.series) columns.push_back({s.tag, s.unit, cell_room::usual_reading(s.samples)});
  for (const auto& row : table.snapshot)
    columns.push_back({row.tag, row.unit, std::isfinite(row.value) ? std::optional(row.value) : std::nullopt});
  return columns;
}

/// The file as far as the columns tell it; where they tell no cells or no current, what is missing.
int write_cells(const std::string& file, const tables::Table& table) {
  const auto columns = room_columns(table);
  std::cout << cell_room::new_cells(file, columns);
  const auto lacking = cell_room::lacking(file, columns);
  if (lacking.empty()) return kAnswered;
  say({ErrorCode::bad_input, lacking});
  return kSaysNo;
}

int run(const NewOptions& o) {
  // Only columns and sizes are wanted: times without an offset are read as UTC, and none is written.
  const auto table = read_data(o.data, o.how, "+00:00");
  if (!table) return say(table.error());
  say_notes(o.data, table->facts.notes);
  if (o.cells) return write_cells(o.data, *table);
  std::cout << plant_text(o.data, *table);
  return kAnswered;
}

}  // namespace

void add_new(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("new", "A plant.toml to start from, made of a data file's columns");
  auto o = std::make_shared<NewOptions>();
  command->add_option("DATA", o->data, "CSV or XLSX")->required();
  command->add_flag("--cells", o->cells,
                    "a cells.toml instead, for castner cells: the data have voltages of single cells");
  add_data_options(*command, o->how);
  command->footer(
      "Examples: castner new plants/cell_room/data.csv > plant.toml\n"
      "          castner new --cells scanner.csv > cells.toml");
  command->callback([o, &exit_code] { exit_code = run(*o); });
}

}  // namespace castner::app
