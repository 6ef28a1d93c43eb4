// SPDX-License-Identifier: Apache-2.0
#include "castner/app/data_options.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>

#include "castner/base/file.h"
#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/readings/no_data.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/xlsx.h"

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
  command.add_option("--step", into.step, "with --start: from one count to the next, \"1 h\"");
}

Result<tables::TableOptions> table_options(const DataOptions& o, const std::optional<std::string>& time_zone,
                                           const plant::Plant* plant) {
  tables::TableOptions options{.time_zone = time_zone};
  Error error;
  if (!o.sheet.empty()) options.sheet = o.sheet;
  if (o.start.empty() != o.step.empty())
    error.problems.push_back(
        {o.start.empty() ? "--step" : "--start", "stands alone", "give both: --start 2026-11-03T00:00 --step \"1 h\""});
  if (!o.start.empty()) {
    if (const auto t = readings::parse_time(o.start, time_zone))
      options.start = *t;
    else
      for (const auto& p : t.error().problems) error.problems.push_back({"--start", p.what, p.cure});
  }
  if (!o.step.empty()) {
    const auto step = parse_quantity(o.step);
    const double seconds = step ? step->si() : 0.0;
    constexpr double kLongest = 366.0 * 86400.0;
    if (step && step->unit.dimension == parse_unit("s")->dimension && seconds >= 1e-3 && seconds <= kLongest)
      options.step = std::chrono::nanoseconds(std::llround(seconds * 1e9));
    else
      error.problems.push_back(
          {"--step", in_quotes(o.step) + " is no time between 1 ms and a year", "write --step \"1 h\""});
  }
  if (!o.no_data.empty()) {
    if (auto numbers = readings::read_no_data(o.no_data))
      options.no_data = std::move(*numbers);
    else
      error.problems.push_back(
          {"--no-data", in_quotes(o.no_data) + " is no list of numbers", "write --no-data \"-9999, 9.9999E+37\""});
  }
  if (!o.decimal.empty() && o.decimal != "point" && o.decimal != "comma")
    error.problems.push_back(
        {"--decimal", in_quotes(o.decimal) + " is no decimal mark", "write --decimal point or --decimal comma"});
  if (!error.problems.empty()) return tl::unexpected(error);
  if (!o.decimal.empty()) options.decimal = o.decimal == "comma" ? ',' : '.';
  if (plant) {
    const auto& also = plant->assess.no_data;
    options.no_data.insert(options.no_data.end(), also.begin(), also.end());
    for (const auto& m : plant->measurements) options.units[m.tag] = (m.data_unit ? *m.data_unit : m.unit).text;
  }
  return options;
}

Result<tables::Table> read_data(const std::string& file, const DataOptions& o,
                                const std::optional<std::string>& time_zone, const plant::Plant* plant) {
  const auto options = CASTNER_TRY(table_options(o, time_zone, plant));
  const auto bytes = CASTNER_TRY(read_file(file));
  if (options.sheet && !tables::is_zip(bytes))
    return bad_input("--sheet", file + " is no workbook and has no sheets", "leave it out");
  return tables::read_table(bytes, file, options);
}

void say_notes(const std::string& file, const std::vector<std::string>& notes) {
  for (const auto& n : notes) std::fprintf(stderr, "%s: %s\n", file.c_str(), n.c_str());
}

}  // namespace castner::app
