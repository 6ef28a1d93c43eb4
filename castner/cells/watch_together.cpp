// SPDX-License-Identifier: Apache-2.0
// What befalls all cells of an electrolyser, or many at once, and so is no cell's illness:
//  1. scanner_hangs: readings that all repeat themselves for much longer than they usually do, or while the current moves.
//  2. check_moved_together: at a steady load many cells move against the others from one row to the next and stay there.
//  3. contradiction: a current and cells that cannot belong together.
//  4. check_hydrogen: each ten minutes, the leak's flow against what it was for days.
#include <algorithm>
#include <cmath>

#include "castner/cells/span.h"
#include "castner/cells/watch_inside.h"

namespace castner::cells {
namespace {

constexpr std::size_t kMostTold = 50;

// Guesses. What repeats readings each second that a scanner takes each minute holds them too, again and again for as long.
constexpr int kUsualHolds = 20;                              ///< changes after which the usual is known
constexpr double kMuchLonger = 10.0, kHangs = kMinute;       ///< times the usual, and at least [s]
constexpr double kHangsUnknown = 10.0 * kMinute;             ///< where the usual is not known, and the current moved by
constexpr double kMoved = 0.3;                               ///< [kA/m2]: some 30 mV of each cell
constexpr double kAtRestAtMost = 2.6, kAtLoadAtLeast = 2.2;  ///< that the middle cell stands at [V]
constexpr double kHydrogenRise = 2.0, kHydrogenSds = 5.0;    ///< of its flow, against what it was for days
constexpr int kHydrogenBlocks = 6;                           ///< in a row
constexpr double kHydrogenSettles =
    kHour;  ///< after a start, until the gas of low currents is out of pipes and means [s]; a guess
constexpr double kSteadyLoad = 0.05;                       ///< [kA/m2]
constexpr double kLeastStep = 8e-3, kStepScatters = 14.0;  ///< of cells that move together: [V], scatters

}  // namespace

void CellWatch::Inside::tell_room_wide(const RoomWide& what) {
  room_wide.push_back(what);
  if (room_wide.size() > kMostTold) room_wide.erase(room_wide.begin());
}

RoomWide* CellWatch::Inside::lasting(RoomWide::Kind kind) {
  for (auto w = room_wide.rbegin(); w != room_wide.rend(); ++w)
    if (w->kind == kind && !w->ended) return &*w;
  return nullptr;
}

/// @param stands  the middle cell's voltage   @param so  whether the current says otherwise
bool CellWatch::Inside::contradiction(RoomWide::Kind kind, double stands, bool so) {
  Contradiction& c = kind == RoomWide::Kind::live ? live : bypassed;
  if (!so) {
    if (RoomWide* w = lasting(kind)) {
      w->ended = row.time;
      if (kind == RoomWide::Kind::bypassed) leave(Mode::load), stopped_at = c.since, started_at = row.time;  // a start
    }
    c = {};
    return false;
  }
  if (c.rows++ == 0) c.since = row.time, c.voltage = stands;
  c.moves |= stands != c.voltage;  // what repeats itself is a scanner that hangs
  if (c.rows >= 3 && c.moves && row.time - c.since > kMinute && !lasting(kind))
    tell_room_wide(
        {.kind = kind, .since = c.since, .detected = row.time, .cells = static_cast<int>(n), .number = stands});
  return true;
}

bool CellWatch::Inside::live_without_current(double middle_cell) {
  return contradiction(RoomWide::Kind::live, middle_cell, middle_cell > kAtRestAtMost);
}
bool CellWatch::Inside::current_without_voltage() {
  return contradiction(RoomWide::Kind::bypassed, middle_voltage, middle_voltage < kAtLoadAtLeast);
}

bool CellWatch::Inside::hydrogen_is_read() const { return row.hydrogen >= 0.0 && row.hydrogen <= 1.0; }

Figure CellWatch::Inside::hydrogen_now() const {
  if (mode != Mode::load || !hydrogen_is_read()) return {};
  const Figure flow = signals.hydrogen.latest(1800.0);
  const Figure share{flow.value / row.current, flow.sd / row.current};
  // A reading that stays the same makes no new parts; what it says now is still what it reads.
  if (share.known() && row.time - signals.hydrogen.last() < 3.0 * kBlock) return share;
  return {row.hydrogen, share.known() ? share.sd : 0.1 * row.hydrogen};
}

void CellWatch::Inside::check_hydrogen() {
  const Figure now = hydrogen_now();
  if (!now.known() || row.time - started_at < kHydrogenSettles) return;
  const double flow = now.value * row.current;
  const Figure before = signals.hydrogen.mean(row.time - 3.0 * kDay, row.time - 3.0 * kHour);
  const bool high = now.value > kHydrogenLimit;
  if (RoomWide* w = lasting(RoomWide::Kind::hydrogen)) {
    hydrogen_risen = 0;
    if (now.value < 0.9 * kHydrogenLimit && flow < 0.5 * (1.0 + kHydrogenRise) * hydrogen_before)
      w->ended = row.time;
    else
      w->number = now.value;
    return;
  }
  const bool risen = before.known() && flow > kHydrogenRise * before.value &&
                     flow - before.value > kHydrogenSds * std::hypot(now.sd * row.current, before.sd);
  const bool explained = std::any_of(cells.begin(), cells.end(), [&](const CellMemory& c) {
    return c.event && c.finding >= 0 && findings[static_cast<std::size_t>(c.finding)].cause == Cause::pinhole;
  });
  hydrogen_risen = risen && !explained ? hydrogen_risen + 1 : 0;  // a cell that leaks is found within the hour
  if (!high && hydrogen_risen < kHydrogenBlocks) return;
  hydrogen_before = before.known() ? before.value : 0.0;
  tell_room_wide({.kind = RoomWide::Kind::hydrogen,
                  .since = row.time,
                  .detected = row.time,
                  .cells = static_cast<int>(n),
                  .number = now.value});
}

bool CellWatch::Inside::scanner_hangs() {
  std::size_t read = 0, changed = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const float v = reading(i);
    if (std::isnan(v) || cells[i].tap != Cause::unknown) continue;
    ++read;
    changed += v != last[i];
  }
  if (read < 3) return hangs;
  const double held = row.time - held_since;
  if (changed > 0) {
    if (hangs)
      lasting(RoomWide::Kind::hangs)->ended = row.time, leave(Mode::load);
    else if (holds++ > 0)
      usual_hold = std::max(0.95 * usual_hold, held_rows > 0 ? held : 0.0);
    hangs = false;
    held_since = row.time, held_excess = excess, held_rows = 0;
    return false;
  }
  ++held_rows;
  const bool longer = holds > kUsualHolds && held > std::max({kMuchLonger * usual_hold, kHangs, 3.0 * row_seconds});
  const bool current_moved =
      std::abs(excess - held_excess) > kMoved && held > std::max(3.0 * usual_hold, kHangsUnknown);
  if (!hangs && held_rows >= 3 && (longer || current_moved)) {
    hangs = true;
    tell_room_wide(
        {.kind = RoomWide::Kind::hangs, .since = held_since, .detected = row.time, .cells = static_cast<int>(read)});
  }
  return hangs;
}

/// The cell's level is where it has moved to.
void CellWatch::Inside::take_from_here(std::size_t i, float moved) {
  cells[i].own.shift(-static_cast<double>(moved), 0.0);
  cells[i].own.forget_some(0.2 * std::abs(static_cast<double>(moved)));
  level[i] += moved;
  deviation[i] -= moved;
  recent.back().deviation[i] -= moved;
  sum[i] = squares[i] = up[i] = down[i] = 0.0f;
  count[i] = 0;
}

/// A scanner that was adjusted, a card of it that fails, a supply that many cells share. Which part is right nobody can tell,
/// so all are taken from where they are now.
void CellWatch::Inside::check_moved_together() {
  if (recent.size() < 3 || row_seconds > kBlock) return;
  const Recent &before = recent[recent.size() - 3], &first = recent[recent.size() - 2], &now = recent.back();
  if (std::abs(before.excess - excess) > kSteadyLoad || row.time - before.time > 4.0 * row_seconds) return;
  const double least = std::max(kLeastStep, kStepScatters * std::hypot(scatter.noise, scatter.wander));
  std::vector<std::size_t> moved;
  std::vector<double> up_by, down_by;
  for (std::size_t i = 0; i < n; ++i) {
    if (cells[i].event || cells[i].tap != Cause::unknown || cells[i].blocks == 0) continue;
    const double d = static_cast<double>(now.deviation[i] - before.deviation[i]),
                 d_first = static_cast<double>(first.deviation[i] - before.deviation[i]);
    if (!(std::abs(d) > least && std::abs(d_first) > least && d * d_first > 0.0) || grave(i)) continue;
    moved.push_back(i);
    (d > 0.0 ? up_by : down_by).push_back(std::abs(d));
  }
  if (moved.size() <= std::max<std::size_t>(4, n / 10)) return;
  const std::size_t less = std::min(up_by.size(), down_by.size());
  const double apart = (up_by.empty() ? 0.0 : median_in_place<double>(up_by)) +
                       (down_by.empty() ? 0.0 : median_in_place<double>(down_by));
  tell_room_wide({.kind = RoomWide::Kind::moved_together,
                  .since = first.time,
                  .detected = row.time,
                  .cells = static_cast<int>(less > 0 ? less : moved.size()),
                  .number = apart});
  for (const std::size_t i : moved) take_from_here(i, now.deviation[i] - before.deviation[i]);
  recent.erase(recent.begin(), std::prev(recent.end()));
}

}  // namespace castner::cells
