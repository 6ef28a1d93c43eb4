// SPDX-License-Identifier: Apache-2.0
// Events: opened by a test, followed while they last, told when their cause is clear or waiting would not help.
//  1. open: the cell's line is frozen; its onset is searched in the last rows (fast) or the last three days' hours (slow).
//  2. follow_events: each row's deviation from the frozen line; back at its own level for six hours it ends.
//  3. look_for_partner: a neighbour that moved against it, or a cell that now reads what this one did.
//  4. judge: signs to causes; a finding when they are clear, when it is urgent, or after two minutes.
//  5. tell_tap: an instrument that hangs is told at once, and what was thought of its cell is withdrawn.
#include <algorithm>
#include <cmath>

#include "castner/cells/causes.h"
#include "castner/cells/span.h"
#include "castner/cells/watch_inside.h"

namespace castner::cells {
namespace {

constexpr double kClear = 0.8;               ///< probability from which a cause is told at once
constexpr double kProbable = 0.55;           ///< from which a cause is named; a guess
constexpr double kPatience = 2.0 * kMinute;  ///< after which an event is told as it is
constexpr double kWorthTelling = 8e-3;       ///< deviation below which a fast event waits for the slow test [V]
constexpr double kLeastShare =
    0.35;  ///< of the last rows that show it: of a contact that flickers, not of wild readings
constexpr double kWorthTellingOfNew = 50e-3;  ///< the same of a cell whose level is not settled [V]; a guess
constexpr double kUrgent = 0.15;              ///< deviation that waits for three rows only [V]
constexpr double kCannotWait = 0.3;  ///< a sudden change of this is told though its cause is not clear [V]; 2.8, rule 7
constexpr double kUnseenLeak = 0.03;   ///< that a cell leaks meanwhile that no event has shown; a guess
constexpr double kHome = 6.0 * kHour;  ///< at its own level for so long, a cell is sound again

Severity severity_of(Cause cause, const Figure& deviation, const Signs& signs) {
  const double size = deviation.known() ? std::abs(deviation.value) : 0.0;
  switch (cause) {
    case Cause::short_circuit:
    case Cause::dry_out: return Severity::critical;
    case Cause::pinhole: return signs[Sign::hydrogen] == 0 ? Severity::critical : Severity::warning;
    case Cause::blocked_feed: return size > 0.1 ? Severity::critical : Severity::warning;
    case Cause::unknown:
      if (signs[Sign::level] == 0 || signs[Sign::level] == 2) return Severity::critical;
      return size > 30e-3 ? Severity::warning : Severity::info;
    case Cause::offset:
    case Cause::scale:  // a voltage that kills a cell is no wrong reading before somebody has measured it
      if (signs[Sign::level].value_or(1) != 1 && !signs[Sign::sum]) return Severity::critical;
      return Severity::warning;
    default: return is_instrument(cause) || size > 30e-3 ? Severity::warning : Severity::info;  // 2.8, rule 1: 30 mV
  }
}

/// What an event showed at load can be seen to be gone there.
bool at_load_only(const Event& e) {
  return e.beginning().trigger == Event::Trigger::fast || e.beginning().trigger == Event::Trigger::slow;
}

Test test_for(const Signs& signs, Cause one, Cause other) {
  if (const auto sign = telling_sign(signs, one, other)) switch (*sign) {
      case Sign::low_current: return Test::low_current;
      case Sign::decay:
      case Sign::at_rest: return Test::next_stop;
      case Sign::hydrogen:
      case Sign::oxygen: return Test::sample_gas;
      case Sign::chloride: return Test::titrate_caustic;
      case Sign::sum: return Test::hand_voltmeter;
      case Sign::feed: return Test::look_at_feed;
      default: break;
    }
  if (load_would_tell(signs, one, other)) return Test::move_load;
  if (is_instrument(one) != is_instrument(other)) return Test::hand_voltmeter;
  return Test::wait;
}

}  // namespace

void CellWatch::Inside::open(int cell, Event::Trigger trigger, double onset) {
  const auto i = static_cast<std::size_t>(cell);
  CellMemory& c = cells[i];
  const bool in_stop = onset >= stopped_at && onset <= started_at + 0.5 * kHour && stopped_at > -1e299;
  c.event = std::make_unique<Event>(Event::Beginning{.cell = cell,
                                                     .trigger = trigger,
                                                     .onset = onset,
                                                     .opened = row.time,
                                                     .own = c.own,
                                                     .has_own = c.own_settled(),
                                                     .wander = trigger == Event::Trigger::slow ? 0.0 : c.own.wander(),
                                                     .scatter = {scatter.noise, scatter.block, wander_of(c)},
                                                     .row_seconds = row_seconds,
                                                     .cells = static_cast<int>(n),
                                                     .at_start = in_stop || mode != Mode::load});
  c.event->keep_signals_before(signals);
  c.finding = -1;
  usable[i] = 0;
  up[i] = down[i] = 0.0f;
}

/// The onset is where the deviation left the scatter for good, among the last rows.
void CellWatch::Inside::open_fast(int cell) {
  const auto i = static_cast<std::size_t>(cell);
  std::size_t first = recent.size() - 1;
  const bool higher = up[i] > down[i];
  while (first > 0) {
    const Recent& before = recent[first - 1];
    const float d = before.deviation[i] * (higher ? 1.0f : -1.0f);
    if (std::isnan(d) || d < 2.5f * before.scale) break;
    --first;
  }
  open(cell, Event::Trigger::fast, recent[first].time);
  for (std::size_t k = first; k + 1 < recent.size(); ++k) {
    const double d = static_cast<double>(recent[k].deviation[i]);
    if (std::isfinite(d)) cells[i].event->add(recent[k].time, recent[k].excess, d, row.cells[i]);
  }
}

/// The onset is where a straight rise, or a step, best meets the last three days' hours.
void CellWatch::Inside::open_slow(int cell) {
  const auto i = static_cast<std::size_t>(cell);
  CellMemory& c = cells[i];
  struct Past {
    double time, excess, deviation;
  };
  std::vector<Past> past;
  const int kept = std::min<int>(hours, kRecentHours);
  for (int h = hours - kept; h < hours; ++h) {
    const auto at = static_cast<std::size_t>(h) % kRecentHours;
    if (std::isfinite(c.hours[at]))
      past.push_back({hour[at].time, static_cast<double>(hour[at].excess), static_cast<double>(c.hours[at])});
  }
  past.push_back({row.time, block_excess, c.own.wander()});
  double best = 1e300, onset = past.front().time;
  for (std::size_t from = 0; from + 1 < past.size(); ++from)
    for (const bool step : {false, true}) {
      double xx = 0.0, xy = 0.0, yy = 0.0;
      for (const Past& p : past) {
        const double x = p.time < past[from].time ? 0.0 : step ? 1.0 : (p.time - past[from].time) / kHour;
        xx += x * x;
        xy += x * p.deviation;
        yy += p.deviation * p.deviation;
      }
      const double rest = xx > 0.0 ? yy - xy * xy / xx : yy;
      if (rest < best) best = rest, onset = past[from].time;
    }
  // Back to the line of the day before, which has learned nothing of it.
  for (int d = c.day_count - 1; d >= 0 && d > c.day_count - static_cast<int>(kRecentDays); --d) {
    const auto at = static_cast<std::size_t>(d) % kRecentDays;
    const double when = day[static_cast<std::size_t>(days - (c.day_count - d)) % kRecentDays];
    if (when > onset) continue;
    c.own.return_to(static_cast<double>(c.days[at].a), static_cast<double>(c.days[at].b));
    break;
  }
  open(cell, Event::Trigger::slow, onset);
  const double a = c.own.a(), b = c.own.b();
  for (const Past& p : past)
    if (p.time >= onset)
      c.event->add(p.time, p.excess,
                   p.deviation + (static_cast<double>(level[i]) - past.back().deviation - a) +
                       (static_cast<double>(slope[i]) - b) * p.excess,
                   static_cast<double>(last[i]));  // the row that closes a block is not looked at yet
  judge(cell);
}

void CellWatch::Inside::close(int cell) {
  const auto i = static_cast<std::size_t>(cell);
  CellMemory& c = cells[i];
  if (c.finding >= 0) {
    findings[static_cast<std::size_t>(c.finding)].ended = row.time;
    c.last_finding = c.finding;
  }
  c.event.reset();
  c.finding = -1;
  up[i] = down[i] = 0.0f;  // they ran on against the frozen line
  usable[i] = c.tap == Cause::unknown;
  level[i] = static_cast<float>(c.own.a());
  slope[i] = static_cast<float>(c.own.b());
}

Figure CellWatch::Inside::sum_moved(double onset) const {
  std::vector<double> before, since;
  for (const SumRow& s : sums) {
    if (std::abs(s.current - row.current) > 0.01 * row.current) continue;  // bars and cables drop with current
    (s.time < onset ? before : since).push_back(s.above);
  }
  if (before.size() >= 3 && since.size() >= 2) {
    const double was = median_in_place<double>(before), is = median_in_place<double>(since);
    const double scatter_before = std::max(spread_in_place<double>(before, was), 1e-3);
    const double noise =
        scatter_before * std::sqrt(1.6 / static_cast<double>(before.size()) + 1.6 / static_cast<double>(since.size()));
    // A voltmeter that stands still between two steps hides half of one. Rows of seconds do not show how it wanders within
    // minutes; rows of minutes do.
    const bool short_span = onset - sums.front().time < 5.0 * kMinute;
    return {is - was, std::hypot(0.5 * volt_step, short_span ? std::sqrt(2.0 * minute_square) : 0.0, noise)};
  }
  // Across a stop: against what it was at this current for days.
  if (above_blocks < 12 || since.size() < 4) return {};
  const std::array<double, 2> h{1.0, excess * 1e3 / settings.reference.current_density};
  return {median_in_place<double>(since) - above.value(h),
          std::sqrt(above_square + above.variance(h) + 0.25 * volt_step * volt_step)};
}

void CellWatch::Inside::follow_events() {
  for (std::size_t i = 0; i < n; ++i) {
    CellMemory& c = cells[i];
    if (!c.event || c.tap != Cause::unknown) continue;
    Event& e = *c.event;
    if (const double v = static_cast<double>(reading(i)); !std::isnan(v)) {
      const double d = v - middle_voltage - e.own_voltage(row.time, excess);
      e.add(row.time, excess, d, v);
      ++count[i];
      sum[i] += static_cast<float>(d);
    }
    const double age = row.time - e.beginning().opened;
    if (e.back_since()) {
      const double home = row.time - *e.back_since();
      // A spike that nobody was told of, or a cell that is well again. What low currents or a stop showed does not heal.
      const bool only_at_load = at_load_only(e);
      if (c.finding < 0 ? only_at_load && home > std::max(2.0 * kMinute, 3.0 * row_seconds)
                        : only_at_load && home > kHome) {
        close(static_cast<int>(i));
        continue;
      }
    }
    if (age < 20.0 * kMinute) {
      const Figure moved = sum_moved(e.beginning().onset);
      if (moved.known() && e.beginning().trigger == Event::Trigger::fast) e.add_sum(moved);
      look_for_partner(static_cast<int>(i));
      judge(static_cast<int>(i));
    } else if (block_rows == 0) {  // once a block
      judge(static_cast<int>(i));
    }
  }
}

/// Another cell whose event began at the same time: a neighbour that moved against it, or one that reads what this one did.
void CellWatch::Inside::look_for_partner(int cell) {
  const auto i = static_cast<std::size_t>(cell);
  Event& e = *cells[i].event;
  const Figure mine = e.deviation();
  if (e.beginning().trigger != Event::Trigger::fast || e.partner() >= 0 || !mine.known() || e.rows() < 2) return;
  for (std::size_t k = 0; k < n; ++k) {
    if (k == i || !cells[k].event || cells[k].event->beginning().trigger != e.beginning().trigger) continue;
    Event& other = *cells[k].event;
    if (std::abs(other.beginning().onset - e.beginning().onset) > 2.2 * row_seconds || other.rows() < 2) continue;
    const Figure its = other.deviation();
    const double tolerance = std::max(4e-3, 3.0 * scatter.noise);
    if (std::abs(mine.value + its.value) > std::max(tolerance, 0.15 * std::abs(mine.value))) continue;
    // Exchanged: each now reads what the other's line says.
    const double apart = other.own_voltage(row.time, excess) - e.own_voltage(row.time, excess);
    const bool exchanged = std::abs(mine.value - apart) < std::max(tolerance, 0.1 * std::abs(apart));
    const bool neighbours = k + 1 == i || i + 1 == k;
    if (!exchanged && !neighbours) continue;
    e.set_partner(static_cast<int>(k), exchanged, exchanged ? std::abs(mine.value - apart) : -mine.value);
    other.set_partner(cell, exchanged, exchanged ? std::abs(mine.value - apart) : mine.value);
    return;
  }
}

/// A finding for the cell's event: what ended within a day has come again, and is not told twice.
void CellWatch::Inside::take_finding(int cell) {
  CellMemory& c = cells[static_cast<std::size_t>(cell)];
  if (c.last_finding >= 0) {
    Diagnosis& before = findings[static_cast<std::size_t>(c.last_finding)];
    if (before.ended && row.time - *before.ended < kDay) {
      before.ended.reset();
      c.finding = c.last_finding;
      return;
    }
  }
  findings.push_back({.cell = cell, .since = c.event->beginning().onset, .detected = row.time});
  c.finding = static_cast<int>(findings.size()) - 1;
}

/// How likely another cell than this leaks, by the other open findings.
double CellWatch::Inside::leak_elsewhere(std::size_t cell) const {
  double none = 1.0 - kUnseenLeak;
  for (std::size_t k = 0; k < n; ++k) {
    if (k == cell || !cells[k].event || cells[k].finding < 0) continue;
    const Diagnosis& f = findings[static_cast<std::size_t>(cells[k].finding)];
    double leaks = f.cause == Cause::pinhole ? f.probability : 0.0;
    for (const auto& other : f.alternatives)
      if (other.cause == Cause::pinhole) leaks = other.probability;
    none *= 1.0 - leaks;
  }
  return 1.0 - none;
}

void CellWatch::Inside::judge(int cell) {
  const auto i = static_cast<std::size_t>(cell);
  CellMemory& c = cells[i];
  Event& e = *c.event;
  e.follow_signals(row.time, signals);
  auto seen = e.look(row.current);
  const auto p = probabilities(seen.signs, leak_elsewhere(i));
  std::vector<Diagnosis::Alternative> ranked;
  double instrument = 0.0, sick = 0.0;
  for (int k = 0; k < kCauses; ++k) {
    const Cause cause = static_cast<Cause>(k);
    const double share = p[static_cast<std::size_t>(k)];
    if (cause != Cause::unknown) ranked.push_back({cause, share}), (is_instrument(cause) ? instrument : sick) += share;
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& x, const auto& y) { return x.probability > y.probability; });

  // What a cell is told to have had is not rewritten by its being well again.
  if (c.finding >= 0 && e.back_since() && at_load_only(e)) return;
  const Figure deviation = e.deviation();
  const double size = deviation.known() ? std::abs(deviation.value) : 0.0, age = row.time - e.beginning().onset;
  if (c.finding < 0) {
    const bool by_load = e.beginning().trigger == Event::Trigger::fast;
    if (by_load && size < kWorthTelling && age < 6.0 * kHour) return;
    if (by_load && e.share_of_rows() < kLeastShare) return;
    // A cell that begins anew has no level yet that small things could be told by.
    if (by_load && !e.beginning().has_own && size < std::max(kWorthTellingOfNew, 4.0 * deviation.sd) &&
        age < 6.0 * kHour)
      return;
    // The same reading again and again is not yet a stuck one, and no sign of a sick cell either.
    if (same_by_chance(i) < -5.0) return;
    const bool urgent = size > kUrgent || seen.signs[Sign::level].value_or(1) != 1;
    const bool clear = ranked[0].probability > kClear || std::max(instrument, sick) > 0.9;
    const bool waited = row.time - e.beginning().opened > kPatience;
    const int rows_here = e.rows();
    if (by_load && !(waited || (urgent && rows_here >= 3 && (std::max(instrument, sick) > 0.7 || size > kCannotWait)) ||
                     (clear && rows_here >= 4)))
      return;
    take_finding(cell);
  }
  Diagnosis& f = findings[static_cast<std::size_t>(c.finding)];
  // That the reading is wrong is told though which way is not: else its cell would pass for sick.
  const bool sure = ranked[0].probability > kProbable || (is_instrument(ranked[0].cause) && instrument > kClear);
  f.cause = sure ? ranked[0].cause : Cause::unknown;
  f.probability = ranked[0].probability;
  f.alternatives.clear();
  for (std::size_t k = sure ? 1 : 0; k < ranked.size(); ++k)
    if (ranked[k].probability > 0.05) f.alternatives.push_back(ranked[k]);
  f.signs = seen.signs;
  f.evidence = std::move(seen.evidence);
  f.severity = severity_of(f.cause, deviation, seen.signs);
  f.test = ranked[0].probability > 0.9 ? Test::none : test_for(seen.signs, ranked[0].cause, ranked[1].cause);
  f.with = e.partner();
}

void CellWatch::Inside::tell_tap(int cell, Cause what, double since) {
  const auto i = static_cast<std::size_t>(cell);
  CellMemory& c = cells[i];
  c.tap = what;
  usable[i] = 0;
  if (c.event) {  // it was this, and no change of the cell
    if (c.finding < 0) {
      c.event.reset();
    } else {
      c.tap_finding = c.finding;
      c.event.reset();
      c.finding = -1;
    }
  }
  if (c.tap_finding < 0 && c.last_tap_finding >= 0) {  // a loose wire is one finding, not one each time
    Diagnosis& before = findings[static_cast<std::size_t>(c.last_tap_finding)];
    if (before.cause == what && before.ended && row.time - *before.ended < kDay) {
      before.ended.reset();
      c.tap_finding = c.last_tap_finding;
      return;
    }
  }
  if (c.tap_finding < 0) {
    findings.push_back({.since = since, .detected = row.time});
    c.tap_finding = static_cast<int>(findings.size()) - 1;
  }
  c.last_tap_finding = c.tap_finding;
  Diagnosis& f = findings[static_cast<std::size_t>(c.tap_finding)];
  f.cell = cell;
  f.since = std::min(since, f.detected);
  f.cause = what;
  f.probability = 1.0;
  f.alternatives.clear();
  f.evidence.clear();
  if (what != Cause::scale) f.evidence.push_back({Clue::Kind::frozen, {row.time - since, row_seconds}});
  f.evidence.push_back({Clue::Kind::level, {row.cells[i], 0.0}});
  f.severity = Severity::warning;
  f.test = Test::none;
  sum[i] = squares[i] = up[i] = down[i] = 0.0f;
  count[i] = 0;
}

void CellWatch::Inside::end_tap(int cell) {
  const auto i = static_cast<std::size_t>(cell);
  CellMemory& c = cells[i];
  if (c.tap_finding >= 0) findings[static_cast<std::size_t>(c.tap_finding)].ended = row.time;
  c.tap = Cause::unknown;
  c.tap_finding = -1;
  usable[i] = 1;
  up[i] = down[i] = sum[i] = squares[i] = 0.0f;
  count[i] = 0;
}

}  // namespace castner::cells
