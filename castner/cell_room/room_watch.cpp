// SPDX-License-Identifier: Apache-2.0
// A cell room from its electrolysers' watches.
//  1. step: a row goes to its electrolyser's watch.
//  2. answer: each cell with its name, its price and its distance to the best tenth; each electrolyser's middle cell and gases.
//  3. Findings get names and times; open ones first, worst first. What to exchange follows from both (exchange_plan.cpp).
//  4. save, load: the watches' bytes with the dates that renewals moved.
#include "castner/cell_room/room_watch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "castner/cell_room/exchange_plan.h"
#include "castner/cells/archive.h"

namespace castner::cell_room {
namespace {

constexpr double kSecondsADay = 86400.0;  // [s]
constexpr double kSilent = 600.0;         // after which cells that are not read are judged no longer [s]

double seconds_of(Time t) { return std::chrono::duration<double>(t.time_since_epoch()).count(); }
/// To the millisecond: a double of seconds since 1970 knows no more.
Time time_of(double seconds) {
  return Time(std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds)));
}

cells::Settings settings_of(const CellRoomFile& file, const ElectrolyserEntry& e) {
  cells::Settings s{.cells = static_cast<int>(e.cells.size()),
                    .area = e.cell_area,
                    .reference = {file.reference.current_density, file.reference.temperature, file.reference.caustic}};
  // A constant is somebody's habit, not a reading.
  if (e.of(RoomQuantity::temperature).tag.empty()) s.meters.temperature = 3.0;
  if (e.of(RoomQuantity::caustic).tag.empty()) s.meters.caustic = 0.005;
  return s;
}

/// Open ones first, worst first; of one severity what came within a day before what has been there for longer. What repeats
/// another is last.
int rank(const CellFinding& f) {
  return (f.repeats ? -20 : 0) + (f.ended ? 0 : 10) + 2 * static_cast<int>(f.what.severity) + (f.fresh ? 1 : 0);
}

/// How far it stands above its own level at load [V].
cells::Figure deviation_of(const cells::Diagnosis& d) {
  for (const auto& clue : d.evidence)
    if (clue.kind == cells::Clue::Kind::deviation) return clue.number;
  return {};
}

/// The best that cells of this electrolyser do: the tenth part of them, from below [V]. Its sd is how much they differ: nobody knows better
/// what a cell with a new part will do.
cells::Figure best_tenth(const std::vector<CellLine>& all, std::size_t electrolyser) {
  std::vector<double> u;
  for (const CellLine& c : all)
    if (c.electrolyser == electrolyser && c.watch.state == cells::Standing::healthy && c.watch.standard_voltage.known())
      u.push_back(c.watch.standard_voltage.value);
  if (u.size() < 10) return {};
  const auto at = [&](std::size_t k) {
    const auto place = u.begin() + static_cast<std::ptrdiff_t>(k);
    std::nth_element(u.begin(), place, u.end());
    return *place;
  };
  const double best = at(u.size() / 10), middle = at(u.size() / 2);
  for (double& x : u) x = std::abs(x - middle);
  return {best, 1.4826 * at(u.size() / 2)};
}

/// The same fault of a pair, told of its other cell.
bool mirrored(const cells::Diagnosis& a, const cells::Diagnosis& b) {
  return a.with == b.cell && b.with == a.cell && a.cause == b.cause && a.ended.has_value() == b.ended.has_value();
}

}  // namespace

std::string_view name_of(Part p) {
  constexpr std::array<std::string_view, 3> kNames{"membrane", "anode_coating", "cathode_coating"};
  return kNames[static_cast<std::size_t>(p)];
}

std::optional<Part> part_named(std::string_view name) {
  for (const Part p : {Part::membrane, Part::anode_coating, Part::cathode_coating})
    if (name_of(p) == name) return p;
  return std::nullopt;
}

RoomWatch::RoomWatch(const CellRoomFile& file)
    : file_(file), currents_(file.electrolysers.size(), 0.0), seen_(file.electrolysers.size()) {
  for (const auto& e : file_.electrolysers) watches_.emplace_back(settings_of(file_, e));
}

void RoomWatch::step(std::size_t electrolyser, const CellRow& r) {
  cells::Scan row{.time = seconds_of(r.time),
                  .current = r.of(RoomQuantity::current),
                  .temperature = r.of(RoomQuantity::temperature),
                  .caustic = r.of(RoomQuantity::caustic),
                  .voltage = r.of(RoomQuantity::voltage),
                  .hydrogen = r.of(RoomQuantity::hydrogen_in_chlorine),
                  .oxygen = r.of(RoomQuantity::oxygen_in_chlorine),
                  .chloride = r.of(RoomQuantity::chloride_in_caustic),
                  .brine_flow = r.of(RoomQuantity::brine_flow)};
  row.cells = r.voltages;
  renew_by_date(electrolyser, r.time);
  watches_[electrolyser].step(row);
  if (std::isfinite(row.current)) currents_[electrolyser] = row.current;
  from_ = from_ ? std::min(*from_, r.time) : r.time;
  to_ = to_ ? std::max(*to_, r.time) : r.time;
  ++rows_;
}

/// A part that was put in between two rows, as cells.toml says, makes its cell begin anew.
void RoomWatch::renew_by_date(std::size_t electrolyser, Time now) {
  const auto before = std::exchange(seen_[electrolyser], now);
  if (!before || std::chrono::floor<std::chrono::days>(*before) == std::chrono::floor<std::chrono::days>(now)) return;
  const auto& cells = file_.electrolysers[electrolyser].cells;
  for (std::size_t i = 0; i < cells.size(); ++i)
    for (const auto& date : {cells[i].installed.membrane, cells[i].installed.anode, cells[i].installed.cathode})
      if (date && Time(*date) > *before && Time(*date) <= now) watches_[electrolyser].renew(static_cast<int>(i));
}

void RoomWatch::read(const CellData& data) {
  long most = 0;
  for (std::size_t e = 0; e < data.electrolysers.size(); ++e) {
    CellRows rows(data.electrolysers[e]);
    const long before = rows_;
    while (rows.next()) step(e, rows.row());
    most = std::max(most, rows_ - before);
    const auto& current = data.electrolysers[e].known[at(RoomQuantity::current)].tag.samples;
    if (!current.empty() && rows_ > before) ends_ = ends_ ? std::max(*ends_, current.back().time) : current.back().time;
  }
  rows_ = most;  // of a table with all electrolysers, its rows
}

bool RoomWatch::renew(const std::string& cell, Part what, Time when, bool begins_anew) {
  for (std::size_t e = 0; e < file_.electrolysers.size(); ++e) {
    auto& entry = file_.electrolysers[e];
    for (std::size_t i = 0; i < entry.cells.size(); ++i) {
      if (cell_name(entry.name, i + 1) != cell) continue;
      auto& installed = entry.cells[i].installed;
      auto& date = what == Part::membrane        ? installed.membrane
                   : what == Part::anode_coating ? installed.anode
                                                 : installed.cathode;
      const auto day = std::chrono::floor<std::chrono::days>(when);
      if (date && Time(*date) > when) return true;  // an entry of the part before it
      date = std::chrono::time_point_cast<std::chrono::days>(day);
      for (const auto& other : {installed.membrane, installed.anode, installed.cathode})
        begins_anew = begins_anew && !(other && *other > *date);
      if (begins_anew && from_ && when >= *from_) watches_[e].renew(static_cast<int>(i));
      return true;
    }
  }
  return false;
}

std::span<const CellFinding> RoomAnswer::told() const {
  const auto end = std::find_if(findings.begin(), findings.end(), [](const CellFinding& f) { return f.repeats; });
  return {findings.data(), static_cast<std::size_t>(end - findings.begin())};
}

bool RoomNote::endangers() const {
  using Kind = cells::RoomWide::Kind;
  return !ended && (what.kind == Kind::live || (what.kind == Kind::hydrogen && what.number > kHydrogenLimit));
}

const RoomNote* RoomAnswer::first_note() const {
  const RoomNote* first = nullptr;
  for (const RoomNote& note : notes) {
    const bool lasts = note.what.kind == cells::RoomWide::Kind::moved_together
                           ? *to - note.detected < std::chrono::days(3)
                           : !note.ended;
    if (lasts && (!first || (note.endangers() && !first->endangers()))) first = &note;
  }
  return first;
}

RoomAnswer RoomWatch::answer(std::optional<Time> now) const {
  if (!now) now = ends_;
  RoomAnswer a{.name = file_.name,
               .currency = file_.currency,
               .reference = file_.reference,
               .from = from_,
               .to = to_,
               .rows = rows_};
  const auto& money = file_.economics;
  const double price_of_day =
      money && money->electricity ? *money->electricity * kSecondsADay : std::numeric_limits<double>::quiet_NaN();

  std::size_t count = 0;
  for (const auto& e : file_.electrolysers) count += e.cells.size();
  a.cells.reserve(count);
  for (std::size_t e = 0; e < watches_.size(); ++e) {
    const cells::CellWatch& w = watches_[e];
    const auto& entry = file_.electrolysers[e];
    ElectrolyserLine line{.name = entry.name, .current = currents_[e]};
    const auto patience = std::chrono::duration<double>(std::max(kSilent, 3.5 * w.row_seconds()));
    const bool silent = now && seen_[e] && *now - *seen_[e] > patience;
    if (silent)
      a.notes.push_back({.electrolyser = e,
                         .since = *seen_[e],
                         .detected = *seen_[e] + std::chrono::round<std::chrono::nanoseconds>(patience),
                         .what = {.kind = cells::RoomWide::Kind::silent, .cells = w.cells()}});
    for (std::size_t i = 0; i < entry.cells.size(); ++i) {
      CellLine c{.name = cell_name(entry.name, i + 1),
                 .tag = entry.cells[i].voltage,
                 .electrolyser = e,
                 .number = i + 1,
                 .watch = w.cell(static_cast<int>(i))};
      if (silent && c.watch.state != cells::Standing::sick) c.watch.state = cells::Standing::unseen;
      if (c.watch.state == cells::Standing::unseen) c.watch = {};  // nothing is known of what nobody sees
      c.cost_per_day = {c.watch.excess_power.value * price_of_day, c.watch.excess_power.sd * price_of_day};
      if (entry.cells[i].installed.membrane && to_)
        c.age = std::chrono::duration<double>(*to_ - Time(*entry.cells[i].installed.membrane)).count() / kSecondsADay;
      switch (c.watch.state) {
        case cells::Standing::healthy: ++line.healthy; break;
        case cells::Standing::suspect: ++line.suspect; break;
        case cells::Standing::sick: ++line.sick; break;
        case cells::Standing::unseen: ++line.unseen; break;
      }
      a.cells.push_back(std::move(c));
    }
    if (w.middle().measured()) {
      line.middle = w.middle();
      line.standard_voltage = w.middle().standard_voltage();
      const auto k = w.middle().ohmic();
      line.ohmic = {k.value * file_.reference.current_density, k.sd * file_.reference.current_density};
      line.electrode = w.middle().electrode();
    }
    line.hydrogen = w.hydrogen();
    if (line.hydrogen.known()) line.hydrogen_time = w.hydrogen_time_to(kHydrogenLimit);
    const cells::Figure best = best_tenth(a.cells, e);
    double power = 0.0, variance = 0.0;
    int with_own = 0, seen = 0;
    for (auto& c : a.cells) {
      if (c.electrolyser != e) continue;
      const auto& u = c.watch.standard_voltage;
      const double current = file_.reference.current_density * entry.cell_area;
      if (u.known() && best.known()) c.above_best = {(u.value - best.value) * current, best.sd * current};
      seen += c.watch.excess_power.known() ? 1 : 0;
      if (c.watch.excess_power.known() && c.watch.own_level)
        ++with_own, power += c.watch.excess_power.value, variance += c.watch.excess_power.sd * c.watch.excess_power.sd;
    }
    if (with_own > 0 && 10 * with_own >= 9 * seen) line.excess_power = {power, std::sqrt(variance)};
    a.electrolysers.push_back(std::move(line));
  }

  std::size_t first = 0;
  for (std::size_t e = 0; e < watches_.size(); ++e) {
    const auto& entry = file_.electrolysers[e];
    const auto& told = watches_[e].findings();
    for (auto it = told.begin(); it != told.end(); ++it) {
      const cells::Diagnosis& f = *it;
      const auto same = [&](const cells::Diagnosis& g) { return f.with >= 0 && mirrored(f, g); };
      const std::size_t at = first + static_cast<std::size_t>(f.cell);
      CellFinding out{.cell = a.cells[at].name,
                      .tag = a.cells[at].tag,
                      .line = at,
                      .since = time_of(f.since),
                      .detected = time_of(f.detected),
                      .what = f};
      if (f.ended) out.ended = time_of(*f.ended);
      if (f.with >= 0) out.with = entry.cells[static_cast<std::size_t>(f.with)].voltage;
      out.repeats = std::any_of(told.begin(), it, same);
      if (std::any_of(std::next(it), told.end(), same)) out.other = first + static_cast<std::size_t>(f.with);
      out.fresh = to_ && *to_ - out.detected < std::chrono::days(1);
      if (!f.instrument() && !f.ended) {
        out.cost_per_day = a.cells[at].cost_per_day;
        const double current = currents_[e] > 0.0 ? currents_[e] : file_.reference.current_density * entry.cell_area;
        const cells::Figure above = deviation_of(f);
        if (out.fresh && above.known()) {
          const double sd = std::hypot(above.sd, above.value * cells::MeterSds{}.current);
          out.cost_per_day = {above.value * current * price_of_day, sd * current * price_of_day};
        }
      }
      a.findings.push_back(std::move(out));
    }
    for (const auto& w : watches_[e].room_wide())
      a.notes.push_back({.electrolyser = e,
                         .since = time_of(w.since),
                         .detected = time_of(w.detected),
                         .ended = w.ended ? std::optional(time_of(*w.ended)) : std::nullopt,
                         .what = w});
    first += entry.cells.size();
  }
  std::stable_sort(a.notes.begin(), a.notes.end(),
                   [](const RoomNote& x, const RoomNote& y) { return x.detected > y.detected; });
  std::stable_sort(a.findings.begin(), a.findings.end(), [](const CellFinding& x, const CellFinding& y) {
    if (rank(x) != rank(y)) return rank(x) > rank(y);
    const auto cost = [](const CellFinding& f) { return f.cost_per_day.known() ? f.cost_per_day.value : -1e300; };
    if (cost(x) != cost(y)) return cost(x) > cost(y);
    return x.detected > y.detected;
  });
  for (std::size_t k = 0; k < a.told().size(); ++k) {
    const CellFinding& f = a.findings[k];
    if (f.ended) break;
    if (!a.cells[f.line].finding) a.cells[f.line].finding = k;
    if (f.other && !a.cells[*f.other].finding) a.cells[*f.other].finding = k;
  }
  a.exchanges = plan_exchanges(file_, a);
  return a;
}

std::string RoomWatch::save() const {
  cells::Saver a;
  a(from_, to_, rows_, currents_, seen_, installed(), static_cast<std::uint64_t>(watches_.size()));
  for (std::size_t e = 0; e < watches_.size(); ++e) {
    const std::string bytes = watches_[e].save();
    if (e == 0)
      a.reserve((bytes.size() + 64) * (watches_.size() + 1));  // a string that doubles takes three times as much
    a.bytes(bytes);
  }
  return a.take();
}

bool RoomWatch::load(std::string_view bytes) {
  RoomWatch next(file_);
  cells::Loader a(bytes);
  std::vector<std::vector<char>> all;
  std::vector<Installed> dates;
  a(next.from_, next.to_, next.rows_, next.currents_, next.seen_, dates, all);
  if (!a.whole() || all.size() != watches_.size() || next.currents_.size() != watches_.size() ||
      next.seen_.size() != watches_.size() || dates.size() != installed().size())
    return false;
  for (std::size_t e = 0; e < all.size(); ++e)
    if (!next.watches_[e].load({all[e].data(), all[e].size()})) return false;
  auto date = dates.begin();
  for (auto& e : next.file_.electrolysers)
    for (auto& c : e.cells) c.installed = *date++;
  *this = std::move(next);
  return true;
}

/// Of every cell, electrolyser by electrolyser: a renewal moves them.
std::vector<Installed> RoomWatch::installed() const {
  std::vector<Installed> dates;
  for (const auto& e : file_.electrolysers)
    for (const auto& c : e.cells) dates.push_back(c.installed);
  return dates;
}

bool RoomWatch::settled() const {
  for (const auto& w : watches_)
    for (int i = 0; i < w.cells(); ++i)
      if (w.cell(i).own_level) return true;
  return false;
}

}  // namespace castner::cell_room
