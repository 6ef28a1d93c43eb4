// SPDX-License-Identifier: Apache-2.0
//  1. The first sentence goes by the open findings: what endangers people, then sick cells, then wrong readings; then by a scanner that
//     hangs, or many cells that moved at once within a day; then by cells that are far from the others since ever.
//  2. "All right" says no more than that no cell has left the level that it had when the data begin, and nothing of an electrolyser of one or
//     two cells, which have no others to be compared with.
//  3. Limits: cells that nobody saw; what the file does not read or price, and what is less sure for that.
#include "castner/report/cells_summary.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "castner/report/cell_words.h"
#include "castner/report/plant_clock.h"

namespace castner::report {
namespace {

using cell_room::RoomQuantity;

std::string names_words(const words::Words& words, const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 5;
  if (names.size() <= kMost) return words.list(names);
  std::vector<std::string> some(names.begin(), names.begin() + kMost);
  some.push_back(words("more", {{"n", std::to_string(names.size() - kMost)}}));
  return words.list(some);
}

/// Whether the scanner of an electrolyser hangs now.
bool hangs(const cell_room::RoomAnswer& a, std::size_t electrolyser) {
  return std::any_of(a.notes.begin(), a.notes.end(),
                     [&](const auto& note) { return note.hangs() && note.electrolyser == electrolyser; });
}

/// Cells that were read at load, are not sick, and have others to be compared with.
int compared_cells(const CellsReport& r) {
  int n = 0;
  for (std::size_t i = 0; i < r.answer.electrolysers.size(); ++i)
    if (r.file.electrolysers[i].cells.size() >= kLeastComparable)
      n += r.answer.electrolysers[i].healthy + r.answer.electrolysers[i].suspect;
  return n;
}

/// Cells that have stood apart since the data begin, without a finding.
std::vector<std::string> far_cells(const cell_room::RoomAnswer& a) {
  std::vector<std::string> far;
  for (const auto& c : a.cells)
    if (c.watch.state == cells::Standing::suspect && !c.finding) far.push_back(c.name);
  return far;
}

std::vector<std::string> limits(const CellsReport& r, const words::Words& words) {
  std::vector<std::string> out;
  const auto& a = r.answer;
  for (const auto& note : a.notes) {
    const RoomNoteText text = describe(words, a, note);
    out.push_back(words(text.advice.empty() ? "cells.limit.note.over" : "cells.limit.note",
                        {{"title", text.title}, {"when", since_words(r, words, note)}, {"next", text.advice}}));
  }
  std::vector<std::string> unread;
  std::size_t by_median = 0, priced = 0;
  for (const auto& c : a.cells) {
    if (c.watch.state == cells::Standing::unseen && !c.finding && !hangs(a, c.electrolyser)) unread.push_back(c.name);
    if (c.watch.excess_power.known() && !c.watch.own_level) ++by_median;
    if (c.watch.excess_power.known()) ++priced;
  }
  if (!unread.empty()) out.push_back(words("cells.limit.unread", {{"names", names_words(words, unread)}}));
  if (const auto far = far_cells(a); !far.empty())
    out.push_back(words("cells.limit.far", {{"names", names_words(words, far)}}));
  if (by_median > 0)
    out.push_back(
        words("cells.limit.median", {{"k", std::to_string(by_median)}, {"n", std::to_string(a.cells.size())}}));
  const auto where = [&](const char* code, const std::function<bool(const cell_room::ElectrolyserEntry&)>& lacks) {
    std::vector<std::string> names;
    for (const auto& e : r.file.electrolysers)
      if (lacks(e)) names.push_back(e.name);
    if (!names.empty()) out.push_back(words(code, {{"names", names_words(words, names)}}));
  };
  where("cells.limit.few", [](const cell_room::ElectrolyserEntry& e) { return e.cells.size() < kFewComparable; });
  const auto unread_by = [](RoomQuantity q) {
    return [q](const cell_room::ElectrolyserEntry& e) { return e.of(q).tag.empty(); };
  };
  where("cells.limit.temperature", unread_by(RoomQuantity::temperature));
  where("cells.limit.caustic", unread_by(RoomQuantity::caustic));
  where("cells.limit.hydrogen", unread_by(RoomQuantity::hydrogen_in_chlorine));
  where("cells.limit.voltage", unread_by(RoomQuantity::voltage));
  if (priced > 0 && !(r.file.economics && r.file.economics->electricity)) out.push_back(words("cells.limit.price"));
  if (!a.exchanges.empty() && r.file.economics && !r.file.economics->lost_margin)
    out.push_back(words("cells.limit.margin"));
  return out;
}

}  // namespace

CellsSummary summarise(const CellsReport& r, const words::Words& words) {
  const auto& a = r.answer;
  CellsSummary s;
  const cell_room::CellFinding *first = nullptr, *first_reading = nullptr;
  std::size_t sick = 0, readings = 0;
  cells::Figure cost;
  for (const auto& f : a.told()) {
    if (f.ended) continue;
    const bool instrument = f.what.instrument();
    ++(instrument ? readings : sick);
    const cell_room::CellFinding*& mine = instrument ? first_reading : first;
    if (mine == nullptr) mine = &f;
    if (!costs(f)) continue;
    if (!cost.known()) cost = {0.0, 0.0};
    cost = {cost.value + f.cost_per_day.value, std::hypot(cost.sd, f.cost_per_day.sd)};
  }
  int healthy = 0, suspect = 0, bad = 0, unseen = 0;
  for (const auto& e : a.electrolysers) healthy += e.healthy, suspect += e.suspect, bad += e.sick, unseen += e.unseen;
  const int compared = compared_cells(r), alone = healthy + suspect - compared;
  const auto far = far_cells(a);
  const auto n = [](auto v) { return std::to_string(v); };
  const std::string all = n(a.cells.size());
  const cell_room::RoomNote* const note = a.first_note();
  if (note != nullptr && note->endangers()) {
    s.health = PlantHealth::act;
    s.answer = words("answer.act", {{"first", describe(words, a, *note).title}});
  } else if (first != nullptr) {
    const bool act = first->what.severity == cells::Severity::critical;
    s.health = act ? PlantHealth::act : PlantHealth::look;
    s.answer = words(act         ? "answer.act"
                     : sick == 1 ? "cells.answer.one"
                                 : "cells.answer.some",
                     {{"first", describe(words, a, *first).title}, {"n", n(sick)}});
  } else if (first_reading != nullptr) {
    s.health = PlantHealth::look;
    s.answer = words(readings == 1 ? "cells.answer.reading" : "cells.answer.readings",
                     {{"first", describe(words, a, *first_reading).title}, {"n", n(readings)}});
  } else if (note != nullptr && note->hangs()) {
    s.health = PlantHealth::cannot_tell;
    s.answer = words("cells.answer.hangs", {{"first", describe(words, a, *note).title}});
  } else if (note != nullptr) {
    s.health = PlantHealth::look;
    s.answer = words("cells.answer.note",
                     {{"first", describe(words, a, *note).title}, {"name", a.electrolysers[note->electrolyser].name}});
  } else if (compared == 0) {
    s.health = PlantHealth::cannot_tell;
    s.answer = words(alone > 0 ? "cells.answer.alone" : "cells.answer.nothing");
  } else if (!far.empty()) {
    s.health = PlantHealth::look;
    s.answer = words("cells.answer.far", {{"names", names_words(words, far)}});
  } else {
    s.answer = unseen + alone == 0 ? words("cells.answer.ok", {{"n", all}})
                                   : words("cells.answer.ok.part", {{"n", all}, {"k", n(compared)}});
  }
  s.cells =
      words("cells.counts",
            {{"n", all}, {"healthy", n(healthy)}, {"suspect", n(suspect)}, {"sick", n(bad)}, {"unseen", n(unseen)}});
  if (cost.known()) s.money = words("cells.cost", {{"cost", day_words(r, words, cost)}});
  s.limits = limits(r, words);
  return s;
}

bool tells(const CellsReport& r) { return !r.answer.findings.empty() || compared_cells(r) > 0; }

bool costs(const cell_room::CellFinding& f) {
  return f.cost_per_day.known() && f.cost_per_day.value > 2.0 * f.cost_per_day.sd;
}

std::string waiting_words(const CellsReport& r, const words::Words& words, const cell_room::Exchange& x) {
  const auto& e = x.saving_per_day;
  if (!e.known()) return words("key.cannot_tell");
  return e.value > 2.0 * e.sd ? words::sentence_number(money_per_day(r, e)) : words("cells.saves_nothing");
}

std::string when_words(const words::Words& words, const cell_room::Exchange& x) {
  const bool later = x.when == cell_room::Exchange::When::later;
  if (later && !std::isfinite(x.price)) return words("cells.no_price");
  if (later && !x.saving_per_day.known()) return words("cells.no_saving");
  return words("cell.when." + std::string(name_of(x.when)));
}

std::string period(const CellsReport& r, const words::Words& words) {
  if (!r.answer.from || !r.answer.to) return "";
  const PlantClock clock(r.time_zone);
  return words("page.period", {{"from", clock.minute(*r.answer.from)},
                               {"to", clock.minute(*r.answer.to)},
                               {"offset", clock.offset(*r.answer.from)}});
}

words::Shown money_per_day(const CellsReport& r, const cells::Figure& e) {
  return shown_as(e, 1.0, (r.answer.currency + "/d").c_str());
}
std::string day_words(const CellsReport& r, const words::Words& words, const cells::Figure& e) {
  return words("findings.cost", {{"money", words::sentence_number(shown_as(e, 1.0, r.answer.currency.c_str()))}});
}
words::Shown money(const CellsReport& r, double v) {
  return words::shown(std::isfinite(v) ? std::optional(v) : std::nullopt, std::nullopt, r.answer.currency);
}

namespace {

template <class Told>
std::string times_of(const CellsReport& r, const words::Words& words, const Told& t) {
  const PlantClock clock(r.time_zone);
  const std::string since = clock.minute(t.since), detected = clock.minute(t.detected);
  return t.ended
             ? words("cells.since.over", {{"since", since}, {"detected", detected}, {"ended", clock.minute(*t.ended)}})
             : words("cells.since", {{"since", since}, {"detected", detected}});
}

}  // namespace

std::string since_words(const CellsReport& r, const words::Words& words, const cell_room::CellFinding& f) {
  return times_of(r, words, f);
}
std::string since_words(const CellsReport& r, const words::Words& words, const cell_room::RoomNote& n) {
  return times_of(r, words, n);
}

}  // namespace castner::report
