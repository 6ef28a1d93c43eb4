// SPDX-License-Identifier: Apache-2.0
// Units that stood still, from the windows:
//  1. In how many reconciled windows each did, and which readings were not used for that; units that did so equally long are one finding.
//  2. Readings that say otherwise than a window was balanced, by unit: the plainest of them is named with what it reads.
//  3. Windows in which the whole plant stood still.
//  4. Units that were stopped or started: windows that are not steady for that, or none, where it was between two. The first finding
//     about a unit tells when.
#include <algorithm>
#include <tuple>

#include "castner/insight/catalogue.h"

namespace castner::insight {
namespace {

using Units = std::vector<std::string>;

/// Readings that say otherwise of one unit.
struct Against {
  std::set<std::string> tags;
  int windows = 0;
  const assess::Instrument* plainest =
      nullptr;  ///< one that reads the unit itself before those of its streams, then by file
  std::pair<bool, std::size_t> rank = {};
  void hear(const assess::State& state, const std::string& tag, const std::string& unit) {
    tags.insert(tag);
    for (std::size_t k = 0; k < state.instruments.size(); ++k) {
      const auto& i = state.instruments[k];
      const std::pair here(!i.path.starts_with(unit + "."), k);
      if (i.tag != tag || !i.measured || (plainest && rank <= here)) continue;
      plainest = &i;
      rank = here;
    }
  }
};

/// In the order of the units that a finding is about.
std::vector<assess::Outage> stops_of(const Subject& s, const std::vector<int>& units) {
  std::vector<assess::Outage> all;
  for (const int u : units)
    for (const auto& stop : s.assessment.stops)
      if (stop.unit == u) all.push_back(stop);
  return all;
}

Findings judge_idle_units(const Subject& s) {
  struct Idle {
    int windows = 0;
    bool silent = false;
    std::set<std::string> tags;  ///< not used meanwhile
  };
  std::map<int, Idle> idle;
  std::map<int, int> switched;  // windows of each
  for (const auto& stop : s.assessment.stops) switched[stop.unit];
  std::map<std::tuple<int, bool, bool>, Against> contradicted;  // by unit, load and said
  int reconciled = 0, at_rest = 0;
  std::set<int> resting;
  const auto name = [&](int u) { return s.plant.units[static_cast<std::size_t>(u)].name; };
  const auto is_of = [&](int variable, int u) {
    const auto& own = s.plant.flowsheet->units()[static_cast<std::size_t>(u)].variable;
    return std::find(own.begin(), own.end(), variable) != own.end();
  };
  for (const auto& w : s.assessment.windows) {
    for (const int u : w.switched) ++switched[u];
    at_rest += !w.at_rest.empty();
    resting.insert(w.at_rest.begin(), w.at_rest.end());
    if (!w.state) continue;
    const bool solved = w.state->reconciliation.report.status == solve::Status::converged;
    std::set<std::tuple<int, bool, bool>> here;
    for (const auto& c : w.state->contradicted) {
      if (!solved && !c.said) continue;  // which way it runs is known only of what was solved
      contradicted[{c.unit, c.load, c.said}].hear(*w.state, c.tag, name(c.unit));
      here.insert({c.unit, c.load, c.said});
    }
    for (const auto& key : here) ++contradicted[key].windows;
    if (!solved) continue;
    ++reconciled;
    for (const int u : w.state->idle) ++idle[u].windows;
    for (const int u : w.state->silent) idle[u].silent = true;
    for (const auto& i : w.state->instruments) {
      if (i.why_not != "idle") continue;
      // What stands still further on belongs to none of them: each may be why.
      const auto& units = w.state->idle;
      const bool own = std::any_of(units.begin(), units.end(), [&](int u) { return is_of(i.variable, u); });
      for (const int u : units)
        if (!own || is_of(i.variable, u)) idle[u].tags.insert(i.tag);
    }
  }
  // Units that stood still equally long in one line.
  std::map<std::pair<int, bool>, std::pair<std::vector<int>, std::set<std::string>>> groups;
  for (const auto& [u, of] : idle) {
    auto& [units, tags] = groups[{of.windows, of.silent}];
    units.push_back(u);
    tags.insert(of.tags.begin(), of.tags.end());
  }
  const auto names = [&](const std::vector<int>& units) {
    Units all;
    for (const int u : units) all.push_back(name(u));
    return joined(all);
  };
  Findings all;
  for (const auto& [key, group] : groups) {
    const auto& [windows, silent] = key;
    const auto& [units, tags] = group;
    Finding f{.code = "units.idle"};
    f.blanks["units"] = names(units);
    f.stops = stops_of(s, units);
    f.evidence.push_back(number("", static_cast<double>(tags.size()), "count"));
    if (windows < reconciled) {
      f.evidence.push_back(number("", windows, "windows_named"));
      f.evidence.push_back(number("", reconciled, "windows_reconciled"));
    }
    f.wording = silent ? "silent" : windows < reconciled ? "in_part" : "";
    all.push_back(std::move(f));
  }
  if (at_rest > 0) {
    std::vector<int> told;  // by no finding above
    std::copy_if(resting.begin(), resting.end(), std::back_inserter(told), [&](int u) { return !idle.contains(u); });
    all.push_back({.code = "units.all_idle",
                   .evidence = {number("", at_rest, "windows_named"),
                                number("", static_cast<double>(s.assessment.windows.size()), "count")},
                   .stops = stops_of(s, told)});
    for (const int u : resting) idle[u];
  }
  for (const auto& [key, of] : contradicted) {
    const auto& [u, load, said] = key;
    Finding f{.code = "units.contradicted", .path = name(u), .blanks = {{"unit", name(u)}, {"tags", joined(of.tags)}}};
    if (said && of.plainest) {
      const auto& unit = s.plant.flowsheet->variables()[static_cast<std::size_t>(of.plainest->variable)].unit;
      f.blanks["tag"] = of.plainest->tag;
      f.evidence.push_back({of.plainest->path, {of.plainest->measured, std::nullopt, unit}, "reading"});
    }
    f.evidence.push_back(number("", of.windows, "windows_named"));
    f.evidence.push_back(number("", std::max(reconciled, of.windows), "windows_reconciled"));
    f.wording = said ? (load ? "said_idle" : "said_runs") : load ? "load" : "";
    all.push_back(std::move(f));
  }
  const auto still = [&](int u) {
    const auto stops = stops_of(s, {u});
    return !stops.empty() && !stops.back().to;
  };
  // And whether a finding above has told when, and whether it stands still at the end.
  std::map<std::tuple<int, bool, bool>, std::vector<int>> by_windows;
  for (const auto& [u, windows] : switched)
    by_windows[{windows, idle.contains(u), windows == 0 && still(u)}].push_back(u);
  for (const auto& [key, units] : by_windows) {
    const auto& [windows, told, last] = key;
    if (windows == 0 && told) continue;
    Finding f{.code = "units.switched", .blanks = {{"units", names(units)}}};
    if (windows > 0) f.evidence.push_back(number("", windows, "windows_named"));
    f.wording = windows > 0 ? "" : last ? "last" : "between";
    if (!told) f.stops = stops_of(s, units);
    all.push_back(std::move(f));
  }
  return all;
}

}  // namespace

/// Units out of service, and windows in which one was stopped or started.
Judgement idle_units() {
  return {
      .rows =
          {{.code = "units.idle",
            .severity = Finding::Severity::info,
            .blanks = {{"units", BlankType::units}},
            .evidence = {"count", "windows_named", "windows_reconciled"},
            .words =
                {{.title = {"Out of service: {units}. Indicators, losses and comparisons leave out what stands still",
                            "停运：{units}。指标、损失和比较均不计停运装置"},
                  .next = {"nothing, if that is so. Readings not used because they mean nothing meanwhile: "
                           "{count}; the list of instruments names them.",
                           "若情况属实，无需处理。停运期间无意义而未使用的读数：{count} 个，见仪表列表。"}},
                 {.name = "in_part",
                  .title = {"Out of service in {windows_named} of {windows_reconciled} windows: {units}. "
                            "Indicators, losses and comparisons leave out what stands still",
                            "{windows_reconciled} 个时段中有 {windows_named} "
                            "个停运：{units}。指标、损失和比较均不计停运装置"}},
                 {.name = "silent",
                  .title = {"Taken as out of service: {units}. No reading shows that they run, and the balances "
                            "do without them",
                            "视为停运：{units}。没有读数表明其在运行，平衡也无需计入它们"},
                  .next = {"check that they are stopped, and that their instruments are read.",
                           "检查它们是否已停运，以及其仪表是否被采集。"}}}},
           {.code = "units.all_idle",
            .severity = Finding::Severity::info,
            .evidence = {"windows_named", "count"},
            .words = {{.title = {"The whole plant stood still in {windows_named} of {count} windows",
                                 "{count} 个时段中有 {windows_named} 个全厂停运"},
                       .next = {"nothing, if that is so; what flushes it meanwhile is not balanced.",
                                "若情况属实，无需处理；停运期间的冲洗流量不作平衡。"}}}},
           {.code = "units.contradicted",
            .severity = Finding::Severity::warning,
            .blanks = {{"unit", BlankType::unit}, {"tags", BlankType::tags}, {"tag", BlankType::tag}},
            .evidence = {"reading", "windows_named", "windows_reconciled"},
            .words = {{.title = {"The other readings show that {unit} runs; standstill is shown by {tags}",
                                 "{tags} 显示停运，但其他读数表明 {unit} 在运行"},
                       .next = {"check {tags}: not used in the balances.", "检查 {tags}；这些读数未使用。"}},
                      {.name = "load",
                       .title = {"The other readings show that {unit} stands still; load is shown by {tags}",
                                 "{tags} 显示带负荷，但其他读数表明 {unit} 已停运"}},
                      {.name = "said_idle",
                       .title = {"{unit} is declared out of service, but {tag} reads {reading}",
                                 "{unit} 已声明停运，但 {tag} 读数为 {reading}"},
                       .next = {"correct idle of {unit} in the plant file or its tag, or check {tags}.",
                                "更正装置文件中 {unit} 的 idle 或其位号，或检查 {tags}。"},
                       .first = true},
                      {.name = "said_runs",
                       .title = {"{unit} is declared to run, but {tag} reads {reading}",
                                 "{unit} 已声明在运行，但 {tag} 读数为 {reading}"},
                       .next = {"correct idle of {unit} in the plant file or its tag, or check {tags}.",
                                "更正装置文件中 {unit} 的 idle 或其位号，或检查 {tags}。"},
                       .first = true}}},
           {.code = "units.switched",
            .severity = Finding::Severity::info,
            .blanks = {{"units", BlankType::units}},
            .evidence = {"windows_named"},
            .words = {{.title = {"Stopped or started: {units}. Windows that are not steady for that: {windows_named}",
                                 "停运或投运：{units}。因此不稳态的时段：{windows_named} 个"},
                       .next = {"nothing; before and after are two states, and each has its own windows.",
                                "无需处理；前后是两种状态，各有其时段。"}},
                      {.name = "between", .title = {"Stopped and started again: {units}", "停运后又投运：{units}"}},
                      {.name = "last", .title = {"Stopped at the end: {units}", "末尾停运：{units}"}}}}},
      .judge = judge_idle_units};
}

}  // namespace castner::insight
