// SPDX-License-Identifier: Apache-2.0
// What the windows' gross errors say together of an instrument or a unit:
//  1. trials_of: the windows that tested it, each with the accusation found there. A window in which it was not read, or in
//     which nothing is redundant, neither clears nor accuses it.
//  2. in_a_row: in how many of the latest it was accused, to the same side.
//  3. accusation: it stands where more than half of the reconciled windows accuse it, as a systematic error is in all of them,
//     or at least three of the latest in a row: then it began within the data, and its size is that of the last.
//  4. grows: whether it is larger in the last of these than in the first by more than what noise makes.
//  5. finding_about: it alone, or one of several that explain the readings as well.
#include <algorithm>
#include <cmath>
#include <optional>

#include "castner/insight/catalogue.h"
#include "castner/readings/time_zone.h"

namespace castner::insight {
namespace {

using Kind = solve::GrossError::Kind;

/// As many latest windows in a row are no chance, and what they accuse is wrong now, however long it was right before.
constexpr std::size_t kInARow = 3;

using Window = assess::AssessedWindow;
/// The windows that tested a candidate, each with the accusation of it that was found there, or null; oldest first.
using Trials = std::vector<std::pair<const Window*, const solve::GrossError*>>;

/// Gross errors of one instrument or unit over the windows that count.
struct Accused {
  Kind kind;
  std::string name, path, unit;
  int windows = 0;                              // in which it was accused at all
  double size = 0, size_sd = 0, statistic = 0;  // means; statistic: largest
  bool removed = false;
  std::set<std::string> other_tags, other_units;  // that explain it as well
  std::string since;                              // as in Finding
  bool growing = false;
};

const assess::Instrument* instrument(const assess::State& state, int reading) {
  for (const auto& i : state.instruments)
    if (i.reading == reading) return &i;
  return nullptr;
}

std::string candidate_name(const plant::Plant& plant, const assess::State& state, Kind kind, int index) {
  if (kind == Kind::leak)
    return plant.units[static_cast<std::size_t>(state.leak_units[static_cast<std::size_t>(index)])].name;
  const auto* i = instrument(state, index);
  return i == nullptr ? std::string() : i->tag;
}

/// Whether a window's balances could have accused it: an instrument that was not used there is neither cleared nor accused.
bool tests(const assess::State& state, Kind kind, const std::string& name) {
  if (state.reconciliation.global_test.degrees_of_freedom == 0) return false;
  return kind == Kind::leak || std::any_of(state.instruments.begin(), state.instruments.end(),
                                           [&](const auto& i) { return i.tag == name && i.reading >= 0; });
}

Trials trials_of(const plant::Plant& plant, const std::vector<const Window*>& reconciled, Kind kind,
                 const std::string& name) {
  Trials out;
  for (const Window* w : reconciled) {
    const auto& all = w->state->reconciliation.gross_errors;
    const auto it = std::find_if(all.begin(), all.end(), [&](const auto& g) {
      return g.kind == kind && candidate_name(plant, *w->state, g.kind, g.index) == name;
    });
    if (it != all.end() || tests(*w->state, kind, name)) out.emplace_back(w, it == all.end() ? nullptr : &*it);
  }
  return out;
}

/// Windows at the end in each of which it is accused, to the same side.
std::size_t in_a_row(const Trials& trials) {
  std::size_t n = 0;
  const auto* last = trials.back().second;
  for (auto it = trials.rbegin(); it != trials.rend() && it->second != nullptr; ++it, ++n)
    if ((it->second->size < 0.0) != (last->size < 0.0)) break;
  return n;
}

/// Variance of an instrument's size of error that differs from window to window; none where it cannot be told.
std::optional<double> random_variance(const Window& w, const solve::GrossError& g) {
  const auto& r = w.state->reconciliation;
  const auto* accused = g.kind == Kind::bias && g.removed ? instrument(*w.state, g.index) : nullptr;
  if (accused == nullptr || !r.covariance) return std::nullopt;
  const std::pair<int, double> itself[]{{accused->variable, 1.0}};
  const auto influence = r.covariance->influence(itself);
  if (!influence) return std::nullopt;
  const auto passing = [](const assess::Instrument& i) { return std::hypot(i.sd_random, i.stored, i.ahead); };
  double variance = passing(*accused) * passing(*accused);
  for (const auto& i : w.state->instruments) {
    if (i.reading < 0 || !r.used[static_cast<std::size_t>(i.reading)]) continue;
    const double part = (*influence)[static_cast<std::size_t>(i.reading)] * passing(i);
    variance += part * part;
  }
  return variance;
}

/// Whether the last size is larger than the first, clearly: by more than twice what differs by chance.
bool grows(const Trials& trials) {
  const auto& [first, then] = trials.front();
  const auto& [last, now] = trials.back();
  const auto v1 = random_variance(*first, *then), v2 = random_variance(*last, *now);
  return v1 && v2 && std::abs(now->size) - std::abs(then->size) > 2.0 * std::sqrt(*v1 + *v2);
}

void describe(Accused& e, const plant::Plant& plant, const Window& w, const solve::GrossError& g) {
  e.statistic = std::max(e.statistic, g.statistic);
  e.removed = e.removed || g.removed;
  for (const auto& other : g.alternatives)
    (other.kind == Kind::leak ? e.other_units : e.other_tags)
        .insert(candidate_name(plant, *w.state, other.kind, other.index));
  if (const auto* i = g.kind == Kind::bias ? instrument(*w.state, g.index) : nullptr) {
    e.path = i->path;
    e.unit = plant.flowsheet->variables()[static_cast<std::size_t>(i->variable)].unit;
  }
}

/// "2026-11-02 18:00" by the plant's clock.
std::string minute(const assess::Assessment& a, Time t) {
  const bool known = !a.time_zone.empty() && readings::check_time_zone(a.time_zone);
  std::string text = readings::time_text(t, known ? std::optional(a.time_zone) : std::nullopt).substr(0, 16);
  text[10] = ' ';
  return text;
}

/// What the windows hold against a candidate. An accusation must stand in more than half of the reconciled windows, as a
/// systematic error is there in all of them, or in each of the latest: an error that began within the data.
std::optional<Accused> accusation(const Subject& s, const std::vector<const Window*>& reconciled, Kind kind,
                                  const std::string& name) {
  Trials trials = trials_of(s.plant, reconciled, kind, name);
  const std::size_t row = in_a_row(trials), before = trials.size() - row;
  Accused e{.kind = kind, .name = name, .path = name, .unit = "kg/s"};
  for (const auto& [w, g] : trials) e.windows += g != nullptr ? 1 : 0;
  const bool most = 2 * static_cast<std::size_t>(e.windows) > reconciled.size();
  const bool began = row >= kInARow && (!most || (before >= kInARow && row == static_cast<std::size_t>(e.windows)));
  if (!most && !began) return std::nullopt;
  if (began) trials.erase(trials.begin(), trials.begin() + static_cast<std::ptrdiff_t>(before));
  for (const auto& [w, g] : trials) {
    if (g == nullptr) continue;
    describe(e, s.plant, *w, *g);
    e.size += g->size / e.windows;
    e.size_sd += g->size_sd / e.windows;  // mostly systematic: it does not shrink with the number of windows
  }
  if (began) {
    e.size = trials.back().second->size;  // what it is now
    e.size_sd = trials.back().second->size_sd;
    if (const auto& from = trials.front().first->from) e.since = minute(s.assessment, *from);
    e.growing = grows(trials);
  }
  return e;
}

/// Which sentence an error takes that cannot be pinned down: what is accused, and what would explain it as well.
std::string tie(const Accused& e) {
  const bool units = !e.other_units.empty();
  if (e.kind == Kind::leak) return units ? "leak" : "leak_alone";
  if (e.other_tags.empty()) return units ? "alone_or_leak" : "alone";
  return units ? "or_leak" : "";
}

Finding finding_about(const Accused& e, int reconciled) {
  const bool leak = e.kind == Kind::leak;
  Finding f{.code = leak ? kLeaks : kReadsWrong, .path = e.name};
  f.blanks = {{leak ? "unit" : "tag", e.name}};
  f.wording = e.size < 0.0 ? "low" : "";
  f.since = e.since;
  f.growing = e.growing;
  if (!e.removed || !e.other_tags.empty() || !e.other_units.empty()) {
    f.code = kOneOfSeveral;
    f.blanks["others"] = joined(e.other_tags);
    f.blanks["units"] = joined(e.other_units);
    f.wording = tie(e);
  }
  f.evidence = {{e.path, {e.size, e.size_sd, e.unit}, leak ? "leak" : "bias"},
                number(e.path, e.statistic, "z"),
                number("", e.windows, "windows_named"),
                number("", reconciled, "windows_reconciled")};
  return f;
}

Findings judge_gross_errors(const Subject& s) {
  std::vector<const Window*> reconciled;
  std::vector<std::pair<Kind, std::string>> named;  // in the order in which they were accused
  for (const auto& w : s.assessment.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    reconciled.push_back(&w);
    for (const auto& g : w.state->reconciliation.gross_errors) {
      std::pair candidate{g.kind, candidate_name(s.plant, *w.state, g.kind, g.index)};
      if (std::find(named.begin(), named.end(), candidate) == named.end()) named.push_back(std::move(candidate));
    }
  }
  Findings findings;
  for (const auto& [kind, name] : named)
    if (const auto e = accusation(s, reconciled, kind, name))
      findings.push_back(finding_about(*e, static_cast<int>(reconciled.size())));
  return findings;
}

}  // namespace

/// An instrument that reads wrong, a unit that loses or gains material, or one of several of which the data cannot tell which.
Judgement gross_errors() {
  const auto warning = Finding::Severity::warning;
  return {
      .rows =
          {{.code = kReadsWrong,
            .severity = warning,
            .blanks = {{"tag", BlankType::tag}},
            .evidence = {difference("bias"), "z", "windows_named", "windows_reconciled"},
            .words = {{.title = {"{tag} reads {bias} too high", "{tag} 读数偏高 {bias}"},
                       .next = {"check or calibrate {tag}; until then use the reconciled value.",
                                "检查或校准 {tag}；在此之前使用校正值。"}},
                      {.name = "low", .title = {"{tag} reads {bias} too low", "{tag} 读数偏低 {bias}"}}}},
           {.code = kLeaks,
            .severity = warning,
            .blanks = {{"unit", BlankType::unit}},
            .evidence = {difference("leak"), "z", "windows_named", "windows_reconciled"},
            .words = {{.title = {"{unit} loses {leak} that no stream accounts for", "{unit} 有 {leak} 去向不明"},
                       .next = {"walk down {unit}: drains, vents, bypasses, a branch that is not in the plant file.",
                                "现场检查 {unit}：排放口、放空、旁路，以及装置文件中没有的支管。"}},
                      {.name = "low",
                       .title = {"{unit} gains {leak} that no stream accounts for", "{unit} 有 {leak} 来源不明"}}}},
           {.code = kOneOfSeveral,
            .severity = warning,
            .blanks = {{"tag", BlankType::tag},
                       {"unit", BlankType::unit},
                       {"others", BlankType::tags},
                       {"units", BlankType::units}},
            .evidence = {difference("bias"), difference("leak"), "z", "windows_named", "windows_reconciled"},
            .words = {{.title = {"One of {tag}, {others} is wrong; the data cannot tell which",
                                 "{tag}、{others} 之一有误，现有数据无法区分"},
                       .next = {"check them in this order; one more instrument on any of them would tell.",
                                "按此顺序检查；在其中任一处增加一台仪表即可区分。"}},
                      {.name = "or_leak",
                       .title = {"One of {tag}, {others} is wrong, or material is lost or gained at {units}; the data "
                                 "cannot tell which",
                                 "{tag}、{others} 之一有误，或 {units} 有物料去向或来源不明；现有数据无法区分"}},
                      {.name = "alone",
                       .title = {"{tag} disagrees with the balances, but nothing is left to confirm it",
                                 "{tag} 与平衡不符，但没有其他仪表可以证实"},
                       .next = {"check {tag}, and the instruments on the same balance.",
                                "检查 {tag} 以及同一平衡上的其他仪表。"}},
                      {.name = "alone_or_leak",
                       .title = {"{tag} is wrong, or material is lost or gained at {units}; the data cannot tell which",
                                 "{tag} 有误，或 {units} 有物料去向或来源不明；现有数据无法区分"}},
                      {.name = "leak",
                       .title = {"Material is lost or gained at {unit} or {units}; the data cannot tell where",
                                 "{unit} 或 {units} 有物料去向或来源不明，现有数据无法区分"}},
                      {.name = "leak_alone",
                       .title = {"Material seems to be lost or gained at {unit}, but nothing is left to confirm it",
                                 "{unit} 似有物料去向或来源不明，但没有其他仪表可以证实"},
                       .next = {"walk down {unit}, and check the instruments on its balance.",
                                "现场检查 {unit}，并检查其平衡上的仪表。"}}}}},
      .judge = judge_gross_errors};
}

}  // namespace castner::insight
