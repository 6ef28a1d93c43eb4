// SPDX-License-Identifier: Apache-2.0
// Blocks of ten minutes at load, hours and days:
//  1. Each cell's mean deviation in the block is one measurement of its own line.
//  2. The middle cell's mean voltage is one measurement of the electrolyser's line.
//  3. How much healthy cells scatter - from reading to reading, from block to block, over hours - is pooled over all cells
//     by medians, which a few sick ones do not move, and over days.
//  4. A cell that wanders further than six times its sd has left its level slowly: the slow test.
//  5. Hours are kept for three days and lines for sixteen, so that a slow beginning is found and the line from before it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "castner/cells/span.h"
#include "castner/cells/watch_inside.h"

namespace castner::cells {
namespace {

constexpr double kSteady = 0.15;     ///< range of load within a block that says nothing of lines [kA/m2]
constexpr double kPoolHours = 72.0;  ///< memory of what is pooled
constexpr double kLeastNoise = 0.05e-3, kLeastBlock = 0.05e-3, kLeastWander = 0.2e-3;  // [V]
constexpr double kWanderAlarm = 6.0, kLeastDeviation = 2.5e-3;                         ///< of the slow test: sds, [V]
constexpr double kRoundings = 1.5;  ///< steps of a coarse reading that a mean may be off as its cell wanders; a guess
constexpr float kHoursToTell = 12.0f;  ///< at load, before the slow test says anything

/// A running mean that forgets what is older than kPoolHours.
void pool_in(double& mean, double& weight, double value, double hours) {
  weight = std::min(weight + hours, kPoolHours);
  mean += (value - mean) * std::min(1.0, hours / weight);
}

}  // namespace

void CellWatch::Inside::close_block() {
  const double seconds = row.time - last_block;
  if (block_rows > 0) {
    learn(seconds);
    last_block = row.time;
  }
  std::fill(sum.begin(), sum.end(), 0.0f);
  std::fill(squares.begin(), squares.end(), 0.0f);
  std::fill(count.begin(), count.end(), 0);
  block_rows = block_sums = block_temperatures = 0;
  block_above = 0.0;
  block_excess = block_middle = block_temperature = block_caustic = block_current = 0.0;
}

void CellWatch::Inside::learn(double seconds) {
  const bool steady = block_most - block_least < kSteady;
  ++blocks;
  // Scatter of the blocks' means about what the lines expected.
  scratch.clear();
  for (std::size_t i = 0; i < n; ++i)
    if (usable[i] && count[i] > 0) scratch.push_back(sum[i] / static_cast<float>(count[i]));
  if (scratch.empty()) return;  // of none of them is anything known
  const double surprise = spread_in_place<float>(scratch, 0.0f), load_seconds = block_rows * row_seconds;
  if (steady) pool(surprise);

  const double steps = std::max(seconds, 1.0);
  typical.predict(steps, scatter.wander);
  const double each = std::max(scatter.block * scatter.block, steady ? 0.0 : surprise * surprise) +
                      (surprise > 4.0 * scatter.wander ? surprise * surprise : 0.0);
  typical.measure(block_excess, typical.at(block_excess) + typical.wander(), each + noise_square / block_rows);

  float float_hours = static_cast<float>(load_seconds / kHour);
  for (std::size_t i = 0; i < n; ++i) {
    CellMemory& c = cells[i];
    c.load_hours += float_hours;
    if (count[i] == 0) continue;
    if (c.event) {  // the sums hold its deviation from the frozen line
      c.hour_deviation += sum[i] / static_cast<float>(count[i]);
      c.hour_power += sum[i] / static_cast<float>(count[i]) * static_cast<float>(block_current);
      ++c.hour_blocks;
      continue;
    }
    const double mean = static_cast<double>(sum[i]) / count[i];
    // The sums hold what remained of the line before this block.
    const double from_middle = mean + static_cast<double>(level[i]) + static_cast<double>(slope[i]) * block_excess;
    if (c.blocks == 0) {  // however far it stands, that is where it begins
      c.own.forget_some(std::abs(from_middle));
      up[i] = down[i] = 0.0f;
    }
    c.own.predict(steps, wander_of(c));
    c.own.measure(block_excess, from_middle, each + noise_square / count[i]);
    ++c.blocks;
    if (fresh[i] && c.load_hours > kHoursToTell) fresh[i] = 0;
    const double aside = from_middle - c.own.at(block_excess);
    c.hour_deviation += static_cast<float>(aside);
    c.hour_power += static_cast<float>(aside * block_current);
    ++c.hour_blocks;
    if (steady && c.load_hours > kHoursToTell) {
      const double ratio = std::min(aside * aside / wander_square, 6.0);
      // A cell's own wandering is learned over five days and believed as much as all cells' after one.
      c.wander_factor += static_cast<float>((0.2 + 0.8 * ratio - static_cast<double>(c.wander_factor)) * load_seconds /
                                            (5.0 * 86400.0));
      c.wander_factor = std::max(c.wander_factor, 0.5f);
    }
  }
  const std::vector<float> level_before = level, slope_before = slope;
  // The middle of the lines is the electrolyser's: their medians are taken out.
  for (const bool of_slope : {false, true}) {
    scratch.clear();
    for (std::size_t i = 0; i < n; ++i)
      if (usable[i] && cells[i].blocks > 0)
        scratch.push_back(static_cast<float>(of_slope ? cells[i].own.b() : cells[i].own.a()));
    if (scratch.empty()) continue;
    const double centre = static_cast<double>(median_in_place<float>(scratch));
    if (!of_slope) lines_spread = static_cast<double>(spread_in_place<float>(scratch, static_cast<float>(centre)));
    for (CellMemory& c : cells)
      if (c.blocks > 0) c.own.shift(of_slope ? 0.0 : centre, of_slope ? centre : 0.0);
  }
  for (std::size_t i = 0; i < n; ++i)
    if (!cells[i].event) {
      level[i] = static_cast<float>(cells[i].own.a() + cells[i].own.wander());
      slope[i] = static_cast<float>(cells[i].own.b());
    }
  // What the rows take off has its middle at zero, or what all wander together would be taken off again and again.
  for (auto* column : {&level, &slope}) {
    scratch.clear();
    for (std::size_t i = 0; i < n; ++i)
      if (usable[i] && cells[i].blocks > 0) scratch.push_back((*column)[i]);
    if (scratch.empty()) continue;
    const float centre = median_in_place<float>(scratch);
    for (float& x : *column) x -= centre;
  }
  for (Recent& r : recent)  // deviations from the lines as they are now
    for (std::size_t i = 0; i < n; ++i)
      r.deviation[i] += level_before[i] - level[i] + (slope_before[i] - slope[i]) * static_cast<float>(r.excess);

  if (block_sums > 0) {
    const std::array<double, 2> h{1.0, block_excess * 1e3 / settings.reference.current_density};
    above.predict({1.0, 1.0}, {1e-4 * seconds / 86400.0, 1e-4 * seconds / 86400.0});
    const double aside = block_above - above.value(h);
    // A voltmeter that has left its line takes a day to be believed: what moved it is told before.
    const bool far = above_blocks > 12 && aside * aside > 16.0 * above_square;
    above.measure(h, block_above, (far ? 100.0 : 1.0) * above_square);
    if (steady && !far && ++above_blocks > 6)
      pool_in(above_square, above_weight, std::max(aside * aside, 1e-6), load_seconds / kHour);
  }
  const Conditions now{settings.reference.current_density + block_excess * 1e3, block_temperature, block_caustic};
  // Where a thermometer was not read its temperature is nobody's, and no measure of the middle cell.
  if (!thermometer || 2 * block_temperatures > block_rows)
    middle.measure(steps, now, block_middle, steady ? 1e-3 : 5e-3);
  last_current = block_current;
  ++hour_blocks;
  hour_excess += (block_excess - hour_excess) / hour_blocks;
  check_slow();
  check_hydrogen();
}

/// What healthy cells scatter, from this block's: by medians over cells.
void CellWatch::Inside::pool(double surprise) {
  const double hours = block_rows * row_seconds / kHour;
  scratch.clear();
  for (std::size_t i = 0; i < n; ++i)
    if (usable[i] && count[i] > 2) {
      const float mean = sum[i] / static_cast<float>(count[i]);
      scratch.push_back((squares[i] - mean * sum[i]) / static_cast<float>(count[i] - 1));
    }
  if (!scratch.empty())
    pool_in(noise_square, noise_weight,
            std::max({static_cast<double>(median_in_place<float>(scratch)), kLeastNoise * kLeastNoise, rounding()}),
            hours);
  if (blocks > 6) {
    const double lines = typical.variance_with_wander(block_excess);
    pool_in(block_square, block_weight, std::max({surprise * surprise - lines, kLeastBlock * kLeastBlock, rounding()}),
            hours);
  }
  if (blocks > 36) {
    scratch.clear();
    for (std::size_t i = 0; i < n; ++i)
      if (usable[i] && count[i] > 0 && cells[i].blocks > 36)
        scratch.push_back(sum[i] / static_cast<float>(count[i]) + level[i] - static_cast<float>(cells[i].own.a()));
    if (!scratch.empty()) {
      const double aside = spread_in_place<float>(scratch, 0.0f);
      pool_in(wander_square, wander_weight, std::max(aside * aside, kLeastWander * kLeastWander), hours);
    }
  }
  scatter = {std::sqrt(noise_square), std::sqrt(block_square), std::sqrt(wander_square)};
}

void CellWatch::Inside::check_slow() {
  for (std::size_t i = 0; i < n; ++i) {
    CellMemory& c = cells[i];
    if (c.event || c.tap != Cause::unknown || c.load_hours < kHoursToTell) continue;
    const double aside = c.own.wander();
    const double least = std::max(kLeastDeviation, kRoundings * static_cast<double>(reading_step));
    if (std::abs(aside) > std::max(kWanderAlarm * wander_of(c), least)) open_slow(static_cast<int>(i));
  }
}

void CellWatch::Inside::close_hour() {
  if (hour_blocks > 0) {
    const auto at = static_cast<std::size_t>(hours) % kRecentHours;
    hour[at] = {hour_end - 0.5 * kHour, static_cast<float>(hour_excess)};
    for (CellMemory& c : cells) {
      const bool read = c.hour_blocks > 0;
      c.hours[at] =
          read ? c.hour_deviation / static_cast<float>(c.hour_blocks) : std::numeric_limits<float>::quiet_NaN();
      if (read)
        c.power[static_cast<std::size_t>(c.power_hours++) % kPowerHours] =
            c.hour_power / static_cast<float>(c.hour_blocks);
    }
    ++hours;
    pool_days();
  }
  for (CellMemory& c : cells) c.hour_deviation = c.hour_power = 0.0f, c.hour_blocks = 0;
  hour_blocks = 0;
  hour_excess = 0.0;
}

/// How far a healthy cell's mean of a day lies from its own line: what an interval of excess power rests on.
void CellWatch::Inside::pool_days() {
  scratch.clear();
  for (const CellMemory& c : cells)
    if (!c.event && c.tap == Cause::unknown && c.power_hours >= static_cast<int>(kPowerHours)) {
      float mean = 0.0f;
      for (const float p : c.power) mean += p / static_cast<float>(kPowerHours);
      scratch.push_back(mean);
    }
  if (scratch.size() < 6 || !(last_current > 0.0)) return;
  const double spread_of_days = static_cast<double>(spread_in_place<float>(scratch, 0.0f)) / last_current;
  pool_in(day_square, day_weight, spread_of_days * spread_of_days, 1.0);
}

void CellWatch::Inside::close_day() {
  day[static_cast<std::size_t>(days++) % kRecentDays] = day_end;
  for (CellMemory& c : cells) {
    c.days[static_cast<std::size_t>(c.day_count++) % kRecentDays] = {static_cast<float>(c.own.a()),
                                                                     static_cast<float>(c.own.b())};
  }
}

CellAnswer CellWatch::Inside::answer(int cell) const {
  const CellMemory& c = cells[static_cast<std::size_t>(cell)];
  CellAnswer a;
  const Diagnosis* f = c.event && c.finding >= 0 ? &findings[static_cast<std::size_t>(c.finding)] : nullptr;
  const bool unread = last_load - read_at[static_cast<std::size_t>(cell)] > std::max(kBlock, 3.5 * row_seconds);
  if (c.tap != Cause::unknown || (f && f->instrument()) || (!f && (hangs || unread || bypassed.rows > 0)))
    a.state = Standing::unseen;
  else if (f)  // of a cell that was hardly seen before, no more is said than that
    a.state = f->severity == Severity::info || !c.own_settled() ? Standing::suspect : Standing::sick;
  else if (c.blocks == 0)
    a.state = Standing::unseen;
  else  // far from the others since ever: docs/domain/electrolyser.md 2.8, rule 1, with four scatters for its three
    a.state = std::abs(c.own.a()) > std::max(30e-3, 4.0 * lines_spread) ? Standing::suspect : Standing::healthy;
  if (c.blocks == 0 && !c.event) return a;

  // The cell's own line, or since an event its second one.
  const double j = settings.reference.current_density * 1e-3;
  double from_middle = c.own.a(), b = c.own.b(), variance = c.own.variance_a(), variance_b = c.own.variance_b();
  if (c.event) {
    const Figure d = c.event->deviation_at(0.0);
    if (d.known()) from_middle += d.value, variance += d.sd * d.sd;
    if (const Figure by_load = c.event->deviation_b(); by_load.known())
      b += by_load.value, variance_b += by_load.sd * by_load.sd;
  } else {
    from_middle += c.own.wander();
  }
  if (middle.measured()) {
    const Figure u = middle.standard_voltage(), k = middle.ohmic();
    a.standard_voltage = {u.value + from_middle, std::sqrt(u.sd * u.sd + variance)};
    a.k = {k.value + b * 1e-3, std::hypot(k.sd, 1e-3 * std::sqrt(variance_b))};
    a.u0 = {a.standard_voltage.value - a.k.value * j * 1e3, std::hypot(a.standard_voltage.sd, a.k.sd * j * 1e3)};
  }
  // Excess power, over the last hours at load.
  const int kept = std::min<int>(c.power_hours, kPowerHours);
  double power = 0.0;
  if (kept > 0) {
    double weight = kept;
    for (int h = 0; h < kept; ++h) power += static_cast<double>(c.power[static_cast<std::size_t>(h)]);
    if (c.hour_blocks > 0) {  // the hour that has begun counts by the blocks it has
      power += static_cast<double>(c.hour_power) * kBlock / kHour;
      weight += c.hour_blocks * kBlock / kHour;
    }
    power /= weight;
  } else if (c.hour_blocks > 0) {
    power = static_cast<double>(c.hour_power) / c.hour_blocks;
  } else {
    return a;
  }
  const double current = last_current > 0.0 ? last_current : settings.reference.current_density * settings.area;
  a.own_level = c.event ? c.event->beginning().has_own : c.load_hours >= 24.0f;
  const double excess_then = (current / settings.area - settings.reference.current_density) * 1e-3;
  if (!a.own_level) power += current * c.own.at(excess_then);
  const double hours_averaged = std::max(1, kept),
               wandering =
                   wander_of(c) * std::sqrt(std::min(1.0, 2.0 * Scatter::kWanderTime / (kHour * hours_averaged)));
  double variance_of_mean = wandering * wandering + c.own.variance(excess_then);
  // How far healthy cells lie from their lines includes how well the lines are known; a frozen one is as it was.
  if (day_weight > 12.0) variance_of_mean = std::max(day_square, (c.event ? 1.0 : 0.25) * variance_of_mean);
  a.excess_power = {power,
                    std::sqrt(current * current * variance_of_mean + std::pow(power * settings.meters.current, 2))};
  if (c.day_count >= 8) {
    const int span = std::min<int>(c.day_count, kRecentDays) - 1;
    const auto when = [&](int back) { return day[static_cast<std::size_t>(days - 1 - back) % kRecentDays]; };
    const double seconds = std::max(when(0) - when(span), kDay);
    const auto at = [&](int day) { return static_cast<double>(c.days[static_cast<std::size_t>(day) % kRecentDays].a); };
    a.ageing = {(at(c.day_count - 1) - at(c.day_count - 1 - span)) / seconds,
                2.0 * std::sqrt(c.own.variance_a()) / seconds};
  }
  return a;
}

}  // namespace castner::cells
