// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/past.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "castner/base/rfc3339.h"

namespace castner::virtual_plant {
namespace {

constexpr std::size_t kStretch = std::size_t{1} << 20;  // [bytes]

/// A tag as the measurement of a line: commas and blanks would end it.
std::string escaped(const std::string& tag) {
  std::string out;
  for (const char c : tag) {
    if (c == ',' || c == ' ') out += '\\';
    out += c;
  }
  return out;
}

bool is_good(const TagValue& v) { return v.sent && v.status == readings::StatusCode::good; }

/// "time [UTC],FI-101 [t/h]".
std::string header(const VirtualPlant& plant, std::size_t columns) {
  std::string line = "time [UTC]";
  for (std::size_t i = 0; i < columns; ++i) line += "," + plant.tags()[i].name + " [" + plant.tags()[i].unit + "]";
  return line + "\n";
}

void add_row(std::string& lines, const VirtualPlant& plant, std::size_t columns, std::int64_t at) {
  lines += rfc3339(Time(std::chrono::seconds(at)));
  for (std::size_t i = 0; i < columns; ++i) {
    lines += ',';
    if (const auto& v = plant.values()[i]; is_good(v)) fmt::format_to(std::back_inserter(lines), "{:.6g}", v.value);
  }
  lines += '\n';
}

}  // namespace

solve::Report write_past(VirtualPlant& plant, const PastExport& o, const std::function<bool(std::string_view)>& write) {
  std::vector<std::string> begin;
  for (const auto& tag : plant.tags()) begin.push_back(escaped(tag.name) + " value=");
  const auto steps = static_cast<std::int64_t>(o.length / o.step);
  const auto each_cell = static_cast<std::int64_t>(o.cell_step / o.step);

  auto report = plant.start(-static_cast<double>(steps) * o.step);
  const std::size_t columns = o.cells ? plant.tags().size() : plant.measurements();
  std::string lines = o.table ? header(plant, columns) : "";
  for (std::int64_t k = -steps; k < 0 && report.status == solve::Status::converged; ++k) {
    const double time = static_cast<double>(k) * o.step;
    const bool due = k % each_cell == 0 || -time <= o.close;
    const bool cells = o.table ? o.cells || plant.has_illness() : due;
    if (k > -steps) report = plant.advance(time, cells);
    if (report.status != solve::Status::converged) break;
    const std::int64_t at = o.now + std::llround(time);
    if (o.table) add_row(lines, plant, columns, at);
    const auto count = o.table ? 0 : cells ? plant.tags().size() : plant.measurements();
    for (std::size_t i = 0; i < count; ++i)
      if (const auto& v = plant.values()[i]; is_good(v))
        fmt::format_to(std::back_inserter(lines), "{}{} {}\n", begin[i], v.value, at);
    if (lines.size() < kStretch && k < -1) continue;
    if (!write(lines)) break;
    lines.clear();
  }
  return report;
}

}  // namespace castner::virtual_plant
