// SPDX-License-Identifier: Apache-2.0
// Rows; blocks are in watch_block.cpp, events in watch_events.cpp, what befalls many cells at once in watch_together.cpp.
//  1. step: blocks, hours and days that are over are closed, then the current tells the mode.
//  2. At load: the middle cell, each cell's deviation, instruments that hang, the fast test, events that last.
//  3. At a low current: cells that stay below their reversible voltage. At rest: cells that empty too fast.
//  4. leave: what a spell of low current or rest has shown is kept, and its columns are cleared.
#include "castner/cells/watch.h"

#include <algorithm>
#include <cmath>

#include "castner/base/check.h"
#include "castner/cells/span.h"
#include "castner/cells/watch_inside.h"

namespace castner::cells {
namespace {

// Current densities [A/m2] between which an electrolyser counts as at load, at a low current (polarised: 0.2 to 1 % of
// load protects electrodes, docs/domain/dynamics.md 8.2), or at rest. Guesses, wide apart from what plants run.
constexpr double kLoad = 1000.0, kLow = 700.0, kRest = 8.0, kRestNoise = 5.0;
constexpr double kExchangeDay = 36.0 * 3600.0;  ///< after an exchange, in which a start begins with the new part [s]
constexpr double kMostDensity = 20e3;           ///< beyond which an ammeter is wrong [A/m2]
constexpr double kFew = 50.0;                   ///< below which a sound cell may take a quarter of an hour to fill

// The fast test: a cumulative sum of how far a deviation lies outside four times the scatter (E. S. Page, Biometrika 41
// (1954) 100). One reading at ten times the scatter is half of what is needed, so that a single wild one is none.
constexpr float kOutside = 4.0f, kAlarm = 10.0f, kMostOfARow = 6.0f, kWild = 10.0f;

// A single cell's change that is never put down to what all share [V]; docs/domain/electrolyser.md 2.8, rule 7.
constexpr float kGrave = 0.3f;
constexpr float kReversed = -0.3f;  ///< a cell with current through it never reads less [V]
constexpr double kMiddleMoved = 15e-3,
                 kMovedSteps = 2.5;  ///< of the middle cell, while a reading stays: it is stuck [V]

}  // namespace

CellWatch::Inside::Inside(const Settings& s)
    : settings(s), n(static_cast<std::size_t>(s.cells)), middle(s.reference, s.meters), cells(n) {
  check(s.cells > 0 && s.area > 0.0, "an electrolyser has cells, and they an area");
  for (auto* column : {&level, &slope, &deviation, &sum, &squares, &up, &down, &same_middle, &low_sum, &low_below,
                       &low_before, &fallen})
    column->assign(n, 0.0f);
  last.assign(n, std::numeric_limits<float>::quiet_NaN());
  for (auto* column : {&count, &same, &low_count, &impossible_rows, &reversed_rows}) column->assign(n, 0);
  same_since.assign(n, 0.0);
  read_at.assign(n, 0.0);
  usable.assign(n, 1);
  rises.assign(n, 1);
  stood.assign(n, 0);
  fresh.assign(n, 0);
  scratch.reserve(n);
  wander_square = scatter.wander * scatter.wander;
  noise_square = scatter.noise * scatter.noise;
  block_square = scatter.block * scatter.block;
  wander_weight = 12.0, noise_weight = 1.0, block_weight = 1.0;  // [h]: what the guesses count for
}

void CellWatch::Inside::renew(std::size_t i) {
  if (cells[i].event) close(static_cast<int>(i));
  if (cells[i].tap != Cause::unknown) end_tap(static_cast<int>(i));
  cells[i] = CellMemory();
  level[i] = slope[i] = sum[i] = squares[i] = up[i] = down[i] = 0.0f;
  count[i] = 0;
  fresh[i] = 1;
}

void CellWatch::Inside::step(const Scan& r) {
  check(r.cells.size() == n, "a row has a voltage for each cell");
  if (begun && !(r.time > last_time)) return;
  if (!begun) {
    begun = true;
    mode_since = r.time;
    block_end = std::floor(r.time / kBlock + 1.0) * kBlock;
    hour_end = std::floor(r.time / 3600.0 + 1.0) * 3600.0;
    day_end = r.time + 86400.0;
    last_block = last_load = r.time;
  } else {
    const double seconds = r.time - last_time;
    follow_rhythm(seconds);
    if (r.time >= block_end) {
      close_block();
      block_end = std::floor(r.time / kBlock + 1.0) * kBlock;
    }
    if (r.time >= hour_end) {
      close_hour();
      hour_end = std::floor(r.time / 3600.0 + 1.0) * 3600.0;
    }
    if (r.time >= day_end) {
      close_day();
      day_end = r.time + 86400.0;
    }
  }
  row = r;
  // What is not read, or cannot be, is as at the reference.
  temperature_read = row.temperature > 273.15 && row.temperature < 383.15;
  if (!temperature_read) row.temperature = settings.reference.temperature;
  if (!(row.caustic > 0.05 && row.caustic < 0.55)) row.caustic = settings.reference.caustic;
  ++rows;
  if (std::abs(row.current) < kMostDensity * settings.area) {
    set_mode();
    if (mode == Mode::load)
      load_row();
    else if (mode == Mode::low)
      low_row();
    else if (mode == Mode::rest)
      rest_row();
  }
  last_time = row.time;
}

/// The usual time from row to row. Means of the history come first and readings of each second after: three rows of another
/// rhythm are one.
void CellWatch::Inside::follow_rhythm(double seconds) {
  const bool other = seconds < 0.5 * row_seconds || seconds > 2.0 * row_seconds;
  other_rhythm = other ? other_rhythm + 1 : 0;
  if (rows < 3 || other_rhythm >= 3)
    row_seconds = seconds, other_rhythm = 0;
  else if (!other)
    row_seconds += 0.05 * (seconds - row_seconds);
}

void CellWatch::Inside::set_mode() {
  const double j = row.current / settings.area;
  excess = (j - settings.reference.current_density) * 1e-3;
  // An ammeter at zero shows a few A/m2 of noise: what rests or is polarised goes on until the current says clearly else.
  const double rest = mode == Mode::rest ? kRest + kRestNoise : mode == Mode::low ? kRest - kRestNoise : kRest;
  const Mode now = j >= kLoad ? Mode::load : j >= kLow ? Mode::passing : j >= rest ? Mode::low : Mode::rest;
  if (now == mode) return;
  const Mode before = mode;
  mode = now;
  leave(before);
  mode_since = row.time;
  if (before == Mode::load) stopped_at = row.time;
  if (now != Mode::load) return;
  started_at = row.time;
  // Of an exchange people know the day: what a cell did between midnight and its stop was the old part's.
  for (std::size_t i = 0; i < n; ++i)
    if (row.time - cells[i].renewed_at < kExchangeDay) {
      const double then = cells[i].renewed_at;
      renew(i);
      cells[i].renewed_at = then;
    }
}

void CellWatch::Inside::load_row() {
  find_middle();
  last_load = row.time;
  if (std::isnan(middle_voltage)) return;  // nothing was read
  live_without_current(0.0);
  if (current_without_voltage() || scanner_hangs()) return;  // what is read is of another current, or of before
  compare_sum();
  deviate();
  check_moved_together();
  check_taps();
  check_changes();
  follow_events();

  const double j = row.current;
  // A laboratory's value is held until its next: it says something once.
  const auto add_new = [&](Signal& signal, double& before, double read, double value) {
    if (read == before) return;
    before = read;
    signal.add(row.time, value);
  };
  add_new(signals.hydrogen, before_row.hydrogen, row.hydrogen, row.hydrogen * j);
  add_new(signals.oxygen, before_row.oxygen, row.oxygen, row.oxygen);
  add_new(signals.chloride, before_row.chloride, row.chloride, row.chloride * j);
  add_new(signals.feed, before_row.brine_flow, row.brine_flow, row.brine_flow / j);

  if (block_rows == 0) block_least = block_most = excess;
  ++block_rows;
  const double weight = 1.0 / block_rows;
  block_excess += (excess - block_excess) * weight;
  block_middle += (middle_voltage - block_middle) * weight;
  block_temperature += (row.temperature - block_temperature) * weight;
  thermometer |= temperature_read;
  block_temperatures += temperature_read;
  block_caustic += (row.caustic - block_caustic) * weight;
  block_current += (row.current - block_current) * weight;
  block_least = std::min(block_least, excess);
  block_most = std::max(block_most, excess);
}

/// The middle of the cells' voltages, each less its own line, and how far they scatter about it now.
void CellWatch::Inside::find_middle() {
  const float x = static_cast<float>(excess);
  scratch.clear();
  for (std::size_t i = 0; i < n; ++i) {
    deviation[i] = reading(i) - (level[i] + slope[i] * x);
    if (std::isnan(deviation[i])) continue;
    read_at[i] = row.time;
    if (usable[i]) scratch.push_back(deviation[i]);
  }
  middle_voltage = median_in_place<float>(scratch);
  spread = spread_in_place<float>(scratch, static_cast<float>(middle_voltage));
}

/// What the electrolyser's voltmeter reads above the sum of its cells. One that was not read, or whose instrument hangs, counts
/// as its line says, or one dead channel would take the comparison from all.
void CellWatch::Inside::compare_sum() {
  if (!std::isfinite(row.voltage)) return;
  double all = 0.0;
  std::size_t read = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const bool seen = cells[i].tap == Cause::unknown && !std::isnan(deviation[i]);
    read += seen;
    all +=
        seen ? row.cells[i] : middle_voltage + static_cast<double>(level[i]) + static_cast<double>(slope[i]) * excess;
  }
  if (2 * read < n) return;
  if (const double step = std::abs(row.voltage - last_voltage); step > 1e-9) volt_step = std::min(volt_step, step);
  last_voltage = row.voltage;
  const double above_sum = row.voltage - all;
  sums.push_back({row.time, above_sum, row.current});
  if (sums.size() > 2 * kRecentRows) sums.pop_front();
  ++block_sums;
  block_above += (above_sum - block_above) / block_sums;

  // How far it wanders from minute to minute, beside its noise: no difference within minutes is known better.
  if (row.time >= minute_end) {
    const double moved = minute.above - minute_before.above;
    if (minute_rows > 0 && std::abs(minute.current - minute_before.current) < 0.01 * row.current) {
      const double most = 9.0 * std::max(minute_square, 1e-6);  // a reading that went wrong is no wandering
      minute_square += 0.02 * (std::min(0.5 * moved * moved, most) - minute_square);
    }
    minute_before = minute;
    minute_rows = 0;
    minute_end = row.time + kMinute;
  }
  const double weight = 1.0 / ++minute_rows;
  minute.above += (above_sum - minute.above) * weight;
  minute.current += (row.current - minute.current) * weight;
}

void CellWatch::Inside::deviate() {
  const double line = std::sqrt(typical.variance_with_wander(excess));
  const float scale = static_cast<float>(std::hypot(std::max(scatter.noise, spread), line, std::sqrt(rounding()))),
              one = 1.0f / scale, middle = static_cast<float>(middle_voltage);
  for (std::size_t i = 0; i < n; ++i) {
    const float e = deviation[i] - middle;
    deviation[i] = e;
    if (!(e == e)) continue;  // not read
    float z = e * one;
    if (fresh[i]) z = e / std::hypot(scale, static_cast<float>(std::sqrt(cells[i].own.variance_with_wander(excess))));
    up[i] = std::max(0.0f, up[i] + std::min(z - kOutside, kMostOfARow));
    down[i] = std::max(0.0f, down[i] + std::min(-z - kOutside, kMostOfARow));
    // A single wild reading says nothing of the cell, and a step of that size opens an event within two more.
    if (!usable[i] || (std::abs(z) > kWild && cells[i].blocks > 0)) continue;
    ++count[i];
    sum[i] += e;
    squares[i] += e * e;
  }
  recent.push_back({row.time, excess, scale, deviation});
  if (recent.size() > kRecentRows) recent.pop_front();
}

/// A sound reading changes with its noise. How often one stays that has stayed three rows is counted over all cells, since
/// resolution and slow noise make it stay; so k rows more have that share's k-th power.
double CellWatch::Inside::same_by_chance(std::size_t i) const {
  if (same[i] <= 3) return 0.0;
  // A cell whose voltage lies in the middle of a step stays longer than most do.
  const double own_noise = std::sqrt(std::max(noise_square - rounding(), 0.01 * noise_square)),
               in_the_middle = std::erf(static_cast<double>(reading_step) / (2.0 * std::sqrt(2.0) * own_noise));
  return (same[i] - 3) * std::log(std::clamp(std::max(stays, in_the_middle), 0.02, 0.9999));
}

/// Mean square of what rounding to the readings' step adds [V2].
double CellWatch::Inside::rounding() const {
  const double step = reading_step < 0.1f ? static_cast<double>(reading_step) : 0.0;  // none was seen yet
  return step * step / 12.0;
}

/// Dead and stuck instruments: those that cannot have read a cell.
void CellWatch::Inside::check_taps() {
  std::size_t stayed = 0, could = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const float v = reading(i);
    if (std::isnan(v)) continue;
    const bool reversed = v < kReversed && middle_voltage > 1.9;
    const bool long_same = same[i] >= 3 && cells[i].tap == Cause::unknown;
    could += long_same;
    if (v == last[i]) {
      ++same[i];
      stayed += long_same;
    } else {
      if (cells[i].tap != Cause::unknown && !(cells[i].tap == Cause::scale && reversed)) end_tap(static_cast<int>(i));
      same[i] = 1;
      same_since[i] = row.time;
      same_middle[i] = static_cast<float>(middle_voltage);
      if (const float step = std::abs(v - last[i]); step > 1e-6f) reading_step = std::min(reading_step, step);
      last[i] = v;
    }
    reversed_rows[i] = reversed ? reversed_rows[i] + 1 : 0;
    if (reversed_rows[i] >= 2 && cells[i].tap == Cause::unknown) {
      tell_tap(static_cast<int>(i), Cause::scale, row.time - row_seconds);  // by -1: its leads are reversed
      continue;
    }
    const double others_moved = std::abs(middle_voltage - static_cast<double>(same_middle[i]));
    const bool held = same[i] >= 4 && row.time - same_since[i] > kMinute &&
                      others_moved > std::max(kMiddleMoved, kMovedSteps * static_cast<double>(reading_step));
    const bool zero = std::abs(v) < 0.05f && middle_voltage > 1.9,
               frozen = held || same_by_chance(i) < -20.0;  // one in 5e8
    if (cells[i].tap == Cause::unknown && ((zero && same[i] >= 2) || frozen)) {
      const bool rail = v < 1.0f || v > 4.5f;
      tell_tap(static_cast<int>(i), zero || rail ? Cause::dead : Cause::stuck, same_since[i]);
    }
  }
  if (could > 0)
    stays += (static_cast<double>(stayed) / static_cast<double>(could) - stays) *
             std::min(0.1, 1e-3 * static_cast<double>(could));
}

/// Events that the fast test, or a voltage that no sound cell can have, opens.
void CellWatch::Inside::check_changes() {
  const auto alarmed = [&](std::size_t i) {
    const CellMemory& c = cells[i];
    return !c.event && c.tap == Cause::unknown && c.blocks > 0 && std::max(up[i], down[i]) > kAlarm;
  };
  int many = 0;
  for (std::size_t i = 0; i < n; ++i) {
    CellMemory& c = cells[i];
    if (c.event || c.tap != Cause::unknown) continue;
    const bool impossible = grave(i) && (reading(i) < 2.0f || reading(i) > 3.8f);
    impossible_rows[i] = impossible ? impossible_rows[i] + 1 : 0;
    if (impossible_rows[i] >= 2 && c.blocks == 0)
      open(static_cast<int>(i), Event::Trigger::level, row.time - row_seconds);
    else if (alarmed(i) && grave(i))
      open_fast(static_cast<int>(i));
    else
      many += alarmed(i);
  }
  if (many == 0) return;
  // What a tenth of the cells do at once is done to all: a scanner that was adjusted, a start after long.
  const bool common = many > std::max<int>(4, static_cast<int>(n / 10));
  const bool starting = row.time - started_at < kHour;  // then they settle, each in its way
  std::vector<float> by;
  for (std::size_t i = 0; i < n; ++i) {
    if (!alarmed(i)) continue;
    if (!common) {
      open_fast(static_cast<int>(i));
    } else if (starting) {
      cells[i].own.forget_some(0.05), up[i] = down[i] = 0.0f;
    } else {
      by.push_back(std::abs(deviation[i]));
      take_from_here(i, deviation[i]);
    }
  }
  if (common && !starting)
    tell_room_wide({.kind = RoomWide::Kind::moved_together,
                    .since = row.time,
                    .detected = row.time,
                    .cells = many,
                    .number = static_cast<double>(median_in_place<float>(by))});
}

/// A change of one cell that no scanner's adjustment makes, nor anything else that cells share: each is told, however many.
bool CellWatch::Inside::grave(std::size_t i) const {
  const float v = reading(i);
  return (v < 2.0f && middle_voltage > 2.5) || (v > 3.8f && middle_voltage < 3.6) || std::abs(deviation[i]) > kGrave;
}

/// At a low current a leak eats what the current makes, so the cell stays below its reversible voltage. A cell that still
/// rises is filling, as after a stop, and no leak; at a few A/m2 that takes long and differs from cell to cell.
void CellWatch::Inside::low_row() {
  if (row.time - mode_since < 20.0) return;  // the double layers fill
  scratch.clear();
  for (std::size_t i = 0; i < n; ++i)
    if (usable[i] && !std::isnan(reading(i))) scratch.push_back(reading(i));
  if (scratch.size() < 3) return;
  const float centre = median_in_place<float>(scratch),
              scatter_now = std::max(spread_in_place<float>(scratch, centre), 3e-3f);
  const bool few = row.current / settings.area < kFew;
  if (few && live_without_current(static_cast<double>(centre))) return;
  if (centre < 2.2f) return;
  const bool look = row.time - low_looked > kMinute;
  for (std::size_t i = 0; i < n; ++i) {
    const float v = reading(i);
    if (std::isnan(v) || cells[i].tap != Cause::unknown) continue;
    if (look) {
      rises[i] = low_before[i] == 0.0f || v - low_before[i] > 5e-3f;
      low_before[i] = v;
    }
    const float d = v - centre;
    const bool low = v < (few ? 2.0f : 2.2f) && d < -std::max(0.05f, 8.0f * scatter_now);
    if (low && rises[i]) continue;
    low_sum[i] += d;
    ++low_count[i];
    low_below[i] = low ? low_below[i] + 1.0f : 0.0f;
    if (low_count[i] < 3) continue;
    const double usual = static_cast<double>(cells[i].low_usual), mean = static_cast<double>(low_sum[i]) / low_count[i];
    if (!cells[i].event && low_below[i] >= 3.0f)
      open(static_cast<int>(i), Event::Trigger::low_current, cells[i].load_hours > 0 ? last_load : mode_since);
    if (cells[i].event) {
      cells[i].event->add_low_current(
          {mean - usual, std::max(static_cast<double>(scatter_now), cells[i].low_times > 0 ? 4e-3 : 8e-3)});
      judge(static_cast<int>(i));
    }
  }
  if (look) low_looked = row.time;
}

/// After a stop every cell uses up its gases and falls below 1.5 V. One that did so in less than a fifth of the time that the
/// middle cell takes leaks (sound ones differ by up to three); told when five times its time have gone and the middle cell
/// still stands.
void CellWatch::Inside::rest_row() {
  scratch.clear();
  for (std::size_t i = 0; i < n; ++i)
    if (usable[i] && !std::isnan(reading(i))) scratch.push_back(reading(i));
  if (scratch.size() < 3) return;
  constexpr float kFallen = 1.5f;  // docs/domain/electrolyser.md 2.8, rule 4
  constexpr double kFaster = 5.0;
  const float centre = median_in_place<float>(scratch),
              scatter_now = std::max(spread_in_place<float>(scratch, centre), 2e-3f);
  if (live_without_current(static_cast<double>(centre))) return;
  const double rested = row.time - mode_since;
  for (std::size_t i = 0; i < n; ++i) {
    const float v = reading(i);
    if (std::isnan(v) || cells[i].tap != Cause::unknown) continue;
    CellMemory& c = cells[i];
    const float d = v - centre;
    if (v >= kFallen) stood[i] = 1, fallen[i] = 0.0f;
    if (v < kFallen && stood[i] && fallen[i] == 0.0f) fallen[i] = static_cast<float>(std::max(rested, row_seconds));
    if (centre > 1.9f && fallen[i] > 0.0f) {
      decay_seen = true;
      if (rested > kFaster * static_cast<double>(fallen[i]) && rested > 2.5 * row_seconds) {
        if (!c.event && stopped_at > -1e299 && stopped_at >= last_load - kMinute)
          open(static_cast<int>(i), Event::Trigger::decay, last_load);
        if (c.event) {
          c.event->add_decay(static_cast<double>(d));
          judge(static_cast<int>(i));
        }
      }
    } else if (centre < 1.7f) {
      decay_seen = true;
    }
    if (centre < 0.35f && c.event) {
      c.event->add_rest(static_cast<double>(d), static_cast<double>(scatter_now));
      judge(static_cast<int>(i));
    }
  }
}

void CellWatch::Inside::leave(Mode before) {
  if (before == Mode::low)
    for (std::size_t i = 0; i < n; ++i)
      if (low_count[i] >= 3 && !cells[i].event) {
        CellMemory& c = cells[i];
        ++c.low_times;
        c.low_usual += (low_sum[i] / static_cast<float>(low_count[i]) - c.low_usual) /
                       static_cast<float>(std::min(c.low_times, 5));
      }
  if (before == Mode::rest && decay_seen)
    for (CellMemory& c : cells)
      if (c.event) c.event->add_decay(0.0);  // no faster than the others, where nothing said so
  if (before == Mode::load) {
    std::fill(up.begin(), up.end(), 0.0f);
    std::fill(down.begin(), down.end(), 0.0f);
    recent.clear();
    sums.clear();
  }
  decay_seen = false;
  std::fill(low_sum.begin(), low_sum.end(), 0.0f);
  std::fill(low_below.begin(), low_below.end(), 0.0f);
  std::fill(low_count.begin(), low_count.end(), 0);
  std::fill(low_before.begin(), low_before.end(), 0.0f);
  std::fill(fallen.begin(), fallen.end(), 0.0f);
  std::fill(rises.begin(), rises.end(), 1);
  std::fill(stood.begin(), stood.end(), mode == Mode::rest ? 1 : 0);  // it carried current a moment ago
  std::fill(impossible_rows.begin(), impossible_rows.end(), 0);
}

CellWatch::CellWatch(const Settings& s) : inside_(std::make_unique<Inside>(s)) {}
CellWatch::~CellWatch() = default;
CellWatch::CellWatch(CellWatch&&) noexcept = default;
CellWatch& CellWatch::operator=(CellWatch&&) noexcept = default;

void CellWatch::step(const Scan& r) { inside_->step(r); }

void CellWatch::renew(int cell) {
  inside_->renew(static_cast<std::size_t>(cell));
  inside_->cells[static_cast<std::size_t>(cell)].renewed_at = inside_->row.time;
}

int CellWatch::cells() const { return static_cast<int>(inside_->n); }
CellAnswer CellWatch::cell(int i) const { return inside_->answer(i); }
const std::vector<Diagnosis>& CellWatch::findings() const { return inside_->findings; }
const std::vector<RoomWide>& CellWatch::room_wide() const { return inside_->room_wide; }
const MiddleCell& CellWatch::middle() const { return inside_->middle; }

Figure CellWatch::hydrogen() const { return inside_->hydrogen_now(); }

std::optional<Figure> CellWatch::hydrogen_time_to(double limit) const {
  if (inside_->mode != Mode::load || !inside_->hydrogen_is_read()) return std::nullopt;
  const auto line = inside_->signals.hydrogen.line(7200.0);
  if (!line || !(inside_->row.current > 0.0)) return std::nullopt;
  const double left = limit * inside_->row.current - line->end.value;
  if (left <= 0.0) return Figure{0.0, 0.0};
  if (line->slope.value < 2.0 * line->slope.sd) return std::nullopt;  // no trend
  const double seconds = left / line->slope.value;
  return Figure{seconds, seconds * std::hypot(line->slope.sd / line->slope.value, line->end.sd / left)};
}

}  // namespace castner::cells
