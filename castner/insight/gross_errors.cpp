// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "castner/insight/catalogue.h"

namespace castner::insight {
namespace {

using Kind = solve::GrossError::Kind;

/// Gross errors of one instrument or unit over the windows.
struct Accused {
  Kind kind;
  std::string name, path, unit;
  int windows = 0;
  double size = 0, size_sd = 0, statistic = 0;  // sums, then means; statistic: largest
  bool removed = false;
  std::set<std::string> other_tags, other_units;  // that explain it as well
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

Accused fresh(const plant::Plant& plant, const assess::State& state, const solve::GrossError& g,
              const std::string& name) {
  Accused e{.kind = g.kind, .name = name, .path = name, .unit = "kg/s"};
  if (const auto* i = g.kind == Kind::bias ? instrument(state, g.index) : nullptr) {
    e.path = i->path;
    e.unit = plant.flowsheet->variables()[static_cast<std::size_t>(i->variable)].unit;
  }
  return e;
}

void accuse(std::vector<Accused>& all, const plant::Plant& plant, const assess::State& state,
            const solve::GrossError& g) {
  const std::string name = candidate_name(plant, state, g.kind, g.index);
  auto it = std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.kind == g.kind && e.name == name; });
  if (it == all.end()) it = all.insert(all.end(), fresh(plant, state, g, name));
  ++it->windows;
  it->size += g.size;
  it->size_sd += g.size_sd;
  it->statistic = std::max(it->statistic, g.statistic);
  it->removed = it->removed || g.removed;
  for (const auto& other : g.alternatives)
    (other.kind == Kind::leak ? it->other_units : it->other_tags)
        .insert(candidate_name(plant, state, other.kind, other.index));
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

/// An accusation must hold in more than half of the reconciled windows: a systematic error is there in all of them.
Findings judge_gross_errors(const Subject& s) {
  std::vector<Accused> all;
  int reconciled = 0;
  for (const auto& w : s.assessment.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    ++reconciled;
    for (const auto& g : w.state->reconciliation.gross_errors) accuse(all, s.plant, *w.state, g);
  }
  Findings findings;
  for (auto& e : all) {
    if (2 * e.windows <= reconciled) continue;
    e.size /= e.windows;
    e.size_sd /= e.windows;  // mostly systematic: it does not shrink with the number of windows
    findings.push_back(finding_about(e, reconciled));
  }
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
