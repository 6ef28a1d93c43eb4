// SPDX-License-Identifier: Apache-2.0
// 1. Each row of the story goes to the watch, without its truth.
// 2. Beside it the truth of the last 24 h at load is kept: the power that faults alone cost, the parts of the voltage.
// 3. Once a day and at the end each sick cell's and some healthy cells' excess power meets its truth.
// 4. Ledger writes down what each finding said in the row in which it was told, and what it says now.
// 5. At the end each finding looks for a truth, and each truth for the first finding that found it.
#include "castner/cell_replay/replay.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>

#include "castner/cells/conditions.h"
#include "castner/cells/robust.h"
#include "castner/cells/span.h"

namespace castner::cell_replay {
namespace {

using cells::kDay, cells::kHour;
constexpr double kNever = std::numeric_limits<double>::infinity();

cells::Scan as_read(const cell_bank::StoryRow& r) {
  cells::Scan row{.time = r.time,
                  .current = r.current,
                  .temperature = r.temperature,
                  .caustic = r.caustic,
                  .voltage = r.voltage,
                  .hydrogen = r.analyses.hydrogen_in_chlorine,
                  .oxygen = r.analyses.oxygen_in_chlorine,
                  .chloride = r.analyses.chloride_in_caustic,
                  .brine_flow = r.analyses.brine_flow};
  row.cells = r.cells;
  return row;
}

bool same_cause(const cell_bank::Truth& t, cells::Cause said) {
  using enum cells::Cause;
  if (t.cause) return name_of(*t.cause) == cells::name_of(said);
  switch (*t.reading) {
    case cell_bank::ReadingFault::dead: return said == dead;
    case cell_bank::ReadingFault::stuck: return said == stuck;
    case cell_bank::ReadingFault::offset: return said == offset;
    case cell_bank::ReadingFault::scale: return said == scale;
    case cell_bank::ReadingFault::swapped: return said == swapped;
    case cell_bank::ReadingFault::displaced: return said == offset;
  }
  return false;
}

/// Power that each sick cell's fault costs, hour by hour at load, as long as the estimator's 24 hours.
class TruePower {
 public:
  void add(const cell_bank::StoryRow& r, double area) {
    if (r.truth.current / area < 1000.0) return;
    const long hour = static_cast<long>(r.time / kHour);
    if (hours_.empty() || hours_.back().hour != hour) {
      hours_.push_back({hour, 0, {}});
      if (hours_.size() > 25) hours_.pop_front();
    }
    ++hours_.back().rows;
    for (const auto& e : r.effects) hours_.back().sum[e.cell] += e.voltage * r.truth.current;
  }
  double mean(int cell) const {  // of the hours that are over
    double sum = 0.0;
    int n = 0;
    for (std::size_t h = 0; h + 1 < hours_.size(); ++h, ++n) {
      const auto found = hours_[h].sum.find(cell);
      if (found != hours_[h].sum.end()) sum += found->second / hours_[h].rows;
    }
    return n > 0 ? sum / n : 0.0;
  }

 private:
  struct Hour {
    long hour;
    int rows;
    std::map<int, double> sum;
  };
  std::deque<Hour> hours_;
};

double median(std::vector<double> some) { return cells::median_in_place(std::span(some)); }

ToldCause said_by(const cells::Diagnosis& f) {
  const bool open = f.cause == cells::Cause::unknown && !f.alternatives.empty();
  return {f.cause, open ? f.alternatives[0].cause : f.cause, f.probability};
}

/// What was told when. A finding is known by its cell and the time at which the watch says it was told.
class Ledger {
 public:
  void note(double time, const std::vector<cells::Diagnosis>& findings) {
    for (const auto& f : findings) {
      Entry& e = entries_[{f.cell, f.detected}];
      const bool open = !f.ended;
      if (open && !e.open) {
        e.telling = tellings_.size();
        tellings_.push_back({.cell = f.cell, .time = time, .family_from = {kNever, kNever}});
        tellings_.back().said[static_cast<std::size_t>(When::told)] = said_by(f);
        ends_.push_back(kNever);
      }
      if (open || e.open) {
        Telling& t = tellings_[e.telling];
        const ToldCause now = said_by(f);
        t.said[static_cast<std::size_t>(When::end)] = now;
        double& from = t.family_from[cells::is_instrument(now.first)];
        from = std::min(from, time);
        if (!open) ends_[e.telling] = time;
      }
      e.open = open;
    }
  }
  std::vector<Telling>& tellings() { return tellings_; }
  bool open_at(int cell, double time) const {
    for (std::size_t k = 0; k < tellings_.size(); ++k)
      if (tellings_[k].cell == cell && tellings_[k].time < time && ends_[k] >= time) return true;
    return false;
  }

 private:
  struct Entry {
    bool open = false;
    std::size_t telling = 0;
  };
  std::map<std::pair<int, double>, Entry> entries_;
  std::vector<Telling> tellings_;
  std::vector<double> ends_;  ///< of each [s]
};

}  // namespace

bool Telling::right(When when) const { return of && same_cause(*of, said[static_cast<std::size_t>(when)].first); }

int Replay::sound_accused() const {
  return static_cast<int>(std::count_if(tellings.begin(), tellings.end(), [](const Telling& t) { return !t.of; }));
}

Replay replay(std::string_view name, std::uint64_t seed, int cell_count) {
  auto script = cell_bank::story_script(name, seed, cell_count);
  Replay out{.story = std::string(name), .seed = seed, .days = script->duration / kDay, .cells = cell_count};
  const auto truths = script->truth;
  const double area = script->bank.area;
  std::vector<char> reading_wrong(static_cast<std::size_t>(cell_count), 0), sick(reading_wrong);
  for (const auto& t : truths)
    for (const int cell : {t.cell, t.with.value_or(t.cell)})
      (t.cause ? sick : reading_wrong)[static_cast<std::size_t>(cell)] = 1;

  cell_bank::Story story(*script, seed);
  cells::CellWatch watch({.cells = cell_count, .area = area});
  TruePower power;
  Peers peers(cell_count, area, std::min(0.2 * script->duration, kDay));
  // When each sick cell's fault, or each wrong reading, could first be seen.
  std::vector<double> seen(static_cast<std::size_t>(cell_count), kNever), unseen(seen);
  Ledger ledger;
  auto renewal = script->renewals.begin();  // in time
  double next_day = kDay;
  std::vector<double> ohmic(static_cast<std::size_t>(cell_count)), electrode(ohmic);
  double last_j = 0.0;
  cells::Conditions last;
  bool loads_moved = false;
  double most = 0.0, least = 1e9;
  const auto compare = [&] {
    for (int i = 0; i < cell_count; ++i) {
      if (reading_wrong[static_cast<std::size_t>(i)] || (!sick[static_cast<std::size_t>(i)] && i % 6 != 0)) continue;
      const auto a = watch.cell(i);
      if (!a.own_level || !a.excess_power.known()) continue;
      const double truth = power.mean(i);
      out.excess.push_back(
          {truth, a.excess_power.value, a.excess_power.sd, sick[static_cast<std::size_t>(i)] && truth != 0.0});
    }
  };
  while (const auto* r = story.next()) {
    power.add(*r, area);
    const double j = r->truth.current / area;
    out.low_currents = out.low_currents || (j > 10.0 && j < 400.0);
    if (j > 1000.0) {
      most = std::max(most, j), least = std::min(least, j);
      if (j > 3000.0) {
        std::copy(r->true_ohmic.begin(), r->true_ohmic.end(), ohmic.begin());
        std::copy(r->true_electrodes.begin(), r->true_electrodes.end(), electrode.begin());
        last = {j, r->truth.temperature, r->truth.caustic};
        last_j = j;
      }
    }
    watch.step(as_read(*r));
    for (; renewal != script->renewals.end() && renewal->time <= r->time; ++renewal) watch.renew(renewal->cell);
    ledger.note(r->time, watch.findings());
    peers.step(r->time, r->current, r->cells);
    for (const auto& e : r->effects)
      if (std::abs(e.voltage) > kVisible && j > 20.0) {
        double& first = seen[static_cast<std::size_t>(e.cell)];
        first = std::min(first, r->time);
      }
    for (const auto& t : truths)
      if (t.reading && r->time >= t.onset && j > 1000.0)
        for (const int cell : {t.cell, t.with.value_or(t.cell)}) {
          const auto i = static_cast<std::size_t>(cell);
          if (t.unread || std::abs(r->cells[i] - r->true_cells[i]) > kVisible) seen[i] = std::min(seen[i], r->time);
          if (t.unread && unseen[i] == kNever && watch.cell(cell).state == cells::Standing::unseen) unseen[i] = r->time;
        }
    if (r->time >= next_day) {
      compare();
      next_day += kDay;
    }
  }
  loads_moved = most - least > 1500.0;
  if (last_j > 0.0 && loads_moved && out.days >= 1.0) {
    out.ohmic.push_back(watch.middle().ohmic_voltage(last) / median(ohmic) - 1.0);
    out.electrode.push_back(watch.middle().electrode_voltage(last) / median(electrode) - 1.0);
  }
  out.findings = watch.findings();
  out.room_wide = watch.room_wide();
  out.hangs = static_cast<int>(script->hangs.size());
  for (const auto& h : script->hangs)
    out.hangs_told += std::any_of(out.room_wide.begin(), out.room_wide.end(), [&](const cells::RoomWide& w) {
      return w.kind == cells::RoomWide::Kind::hangs && w.detected >= h.from && w.detected < h.until;
    });

  for (Telling& told : ledger.tellings())
    for (const auto& t : truths)
      if ((t.cell == told.cell || t.with == told.cell) && told.time >= t.onset) told.of = t;
  for (const auto& t : truths)
    for (const int cell : t.with ? std::vector{t.cell, *t.with} : std::vector{t.cell}) {
      const auto i = static_cast<std::size_t>(cell);
      ReplayVerdict v{.truth = t,
                      .cell = cell,
                      .onset = std::max(t.onset, std::min(seen[i], script->duration)),
                      .alarmed_before = ledger.open_at(cell, t.onset)};
      for (std::size_t p = 0; p < kPeers; ++p) {
        v.peers[p] = peers.alarmed_after(static_cast<Peer>(p), cell, t.onset) - v.onset;
        v.peers_before[p] = peers.alarmed_at(static_cast<Peer>(p), cell, t.onset);
      }
      double found = t.unread ? unseen[i] : kNever;
      for (const Telling& told : ledger.tellings()) {
        if (told.cell != cell || told.time < t.onset) continue;
        const double from = told.family_from[t.reading.has_value()];
        if (from >= found) continue;
        found = from;
        v.said = told.said;
        v.right = {told.right(When::told), told.right(When::end)};
      }
      if (t.unread && found == unseen[i]) v.right = {true, true};  // nothing is to be added to "not seen"
      if (found < kNever) v.after = found - v.onset;
      out.verdicts.push_back(v);
    }
  out.tellings = ledger.tellings();
  for (int i = 0; i < cell_count; ++i) {
    double wrong_from = kNever;
    for (const auto& t : truths)
      if (t.cell == i || t.with == i) wrong_from = std::min(wrong_from, t.onset);
    for (int p = 0; p < kPeers; ++p)
      out.peers_wrong[static_cast<std::size_t>(p)] += peers.alarmed_before(static_cast<Peer>(p), i, wrong_from);
  }
  return out;
}

}  // namespace castner::cell_replay
