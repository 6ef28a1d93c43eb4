// SPDX-License-Identifier: Apache-2.0
#include "castner/cells/archive.h"
#include "castner/cells/watch_inside.h"

namespace castner::cells {
namespace {

/// Changes whenever a member is added, removed or means something else.
constexpr std::uint32_t kFormat = 9;

template <class A>
void archive_row(A& a, Scan& r) {  // but its view of the cells, which is the caller's
  a(r.time, r.current, r.temperature, r.caustic, r.voltage, r.hydrogen, r.oxygen, r.chloride, r.brine_flow);
}

}  // namespace

template <class A>
void CellWatch::Inside::archive(A& a) {
  a(middle, scatter, signals, typical, cells, findings, room_wide);
  archive_row(a, row);
  archive_row(a, before_row);
  a(excess, mode, middle_voltage, spread, level, slope, deviation, sum, squares, up, down, count, last, same,
    same_since, same_middle, reading_step, thermometer, block_temperatures, read_at, held_since, held_excess,
    usual_hold, held_rows, holds, hangs, live, bypassed, hydrogen_before, hydrogen_risen, fresh, stood, rises, usable,
    recent, sums, minute, minute_before, minute_end, minute_square, minute_rows, above, above_square, above_weight,
    block_above, block_sums, above_blocks);
  a(begun, last_time, last_load, row_seconds, rows, other_rhythm, last_voltage, volt_step, stays, stopped_at,
    started_at, mode_since, block_end, block_excess, block_least, block_most, block_middle, block_temperature,
    block_caustic, block_current, block_rows, blocks, last_current, last_block, hour_end, day_end, hour_excess,
    hour_blocks, wander_square, wander_weight, noise_square, noise_weight, block_square, block_weight, hour, hours,
    day_square, day_weight, lines_spread, day, days);
  a(low_sum, low_below, low_before, low_looked, low_count, impossible_rows, reversed_rows, fallen, decay_seen);
}

std::string CellWatch::save() const {
  Saver a;
  a(kFormat, static_cast<std::uint32_t>(sizeof(CellMemory)), inside_->settings);
  inside_->archive(a);
  return a.take();
}

bool CellWatch::load(std::string_view bytes) {
  Loader a(bytes);
  std::uint32_t format = 0, size = 0;
  Settings settings;
  a(format, size, settings);
  const Settings& mine = inside_->settings;
  const auto numbers = [](const Settings& s) {
    return std::array{
        s.area,           s.reference.current_density, s.reference.temperature, s.reference.caustic,
        s.meters.current, s.meters.temperature,        s.meters.caustic,        static_cast<double>(s.cells)};
  };
  if (format != kFormat || size != sizeof(CellMemory) || numbers(settings) != numbers(mine)) return false;
  auto next = std::make_unique<Inside>(mine);
  next->archive(a);
  const std::size_t n = next->n;
  bool fits = a.whole() && next->cells.size() == n;
  for (const auto* column :
       {&next->level, &next->slope, &next->deviation, &next->sum, &next->squares, &next->up, &next->down, &next->last,
        &next->low_sum, &next->low_below, &next->low_before, &next->fallen})
    fits = fits && column->size() == n;
  for (const auto* column : {&next->count, &next->same, &next->low_count, &next->impossible_rows, &next->reversed_rows})
    fits = fits && column->size() == n;
  for (const auto* column : {&next->stood, &next->rises, &next->usable, &next->fresh})
    fits = fits && column->size() == n;
  fits = fits && next->same_since.size() == n && next->same_middle.size() == n && next->read_at.size() == n;
  fits = fits && (!next->hangs || next->lasting(RoomWide::Kind::hangs));
  const int findings = static_cast<int>(next->findings.size());
  for (const CellMemory& c : next->cells)
    for (const int f : {c.finding, c.tap_finding, c.last_finding, c.last_tap_finding}) fits = fits && f < findings;
  if (!fits) return false;
  inside_ = std::move(next);
  return true;
}

double CellWatch::row_seconds() const { return inside_->row_seconds; }
double CellWatch::time() const { return inside_->last_time; }

}  // namespace castner::cells
