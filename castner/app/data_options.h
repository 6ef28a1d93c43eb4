// SPDX-License-Identifier: Apache-2.0
/// What a person may say about a data file on the command line, alike for every command that reads one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castner/base/error.h"
#include "castner/cell_room/cell_file.h"
#include "castner/plant/plant.h"
#include "castner/tables/data_options.h"
#include "castner/words/text.h"

namespace CLI {
class App;
}

namespace castner::app {

using tables::DataOptions;

/// `--sheet NAME`, `--no-data "-9999"`, `--decimal comma`: what may be said of a snapshot too.
void add_table_options(CLI::App& command, DataOptions& into);
/// The same, and `--dates dmy`, `--start T --step "1 h"`.
void add_data_options(CLI::App& command, DataOptions& into);

/// Reads a data file as these options and the plant say.
[[nodiscard]] Result<tables::Table> read_data(const std::string& file, const DataOptions&,
                                              const std::optional<std::string>& time_zone,
                                              const plant::Plant* plant = nullptr);

/// Likewise, with the tags that a cells.toml waits for.
[[nodiscard]] Result<tables::Table> read_data(const std::string& file, const DataOptions&,
                                              const std::optional<std::string>& time_zone,
                                              const cell_room::CellRoomFile&);

/// What part of a data file counts, and the clock of times without an offset.
struct Period {
  std::string from, to, time_zone;  ///< as typed; "" where nothing was said
};
struct PeriodRead {
  std::optional<Time> from, to;
  std::optional<std::string> time_zone;
};
/// `--from T`, `--to T`, `--timezone ZONE`.
void add_period(CLI::App& command, Period& into);
/// Every option that cannot be read is a problem.
[[nodiscard]] Result<PeriodRead> read_period(const Period&);

/// What was assumed of a file, on standard error.
void say_notes(const std::string& file, const std::vector<std::string>& notes, words::Language = words::Language::en);

}  // namespace castner::app
