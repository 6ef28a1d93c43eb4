// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/findings.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "castner/assess/money.h"

namespace castner::insight {
namespace {

using Severity = assess::Finding::Severity;

// A loss is a finding when it stands clear of its own uncertainty: 3 sd, because the best of several peers is
// picked by its smallest value and a plain 2 sd would accuse the others too often.
constexpr double kClear = 3.0;

std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const auto& s : all) text += (text.empty() ? "" : ", ") + s;
  return text;
}

/// As many as a sentence takes.
std::string first_of(const std::vector<std::string>& all) {
  constexpr std::size_t kMost = 8;
  if (all.size() <= kMost) return joined(all);
  return joined({all.begin(), all.begin() + kMost}) + ", …";
}

/// Gross errors of one instrument or unit over the windows.
struct Accused {
  solve::GrossError::Kind kind;
  std::string name, path, unit;
  int windows = 0;
  double size = 0, size_sd = 0, statistic = 0;  // sums, then means; statistic: largest
  bool removed = false;
  std::set<std::string> other_tags, other_units;  // that explain it as well
};

std::string candidate_name(const plant::Plant& plant, const assess::State& state, solve::GrossError::Kind kind,
                           int index) {
  if (kind == solve::GrossError::Kind::leak)
    return plant.units[static_cast<std::size_t>(state.leak_units[static_cast<std::size_t>(index)])].name;
  for (const auto& i : state.instruments)
    if (i.reading == index) return i.tag;
  return {};
}

std::vector<Accused> accused(const plant::Plant& plant, const assess::Assessment& a, int& reconciled) {
  std::vector<Accused> all;
  reconciled = 0;
  for (const auto& w : a.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    ++reconciled;
    for (const auto& g : w.state->reconciliation.gross_errors) {
      const std::string name = candidate_name(plant, *w.state, g.kind, g.index);
      auto it = std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.kind == g.kind && e.name == name; });
      if (it == all.end()) {
        Accused fresh{.kind = g.kind, .name = name};
        fresh.path = name;
        fresh.unit = "kg/s";
        if (g.kind == solve::GrossError::Kind::bias)
          for (const auto& i : w.state->instruments)
            if (i.reading == g.index) {
              fresh.path = i.path;
              fresh.unit = plant.flowsheet->variables()[static_cast<std::size_t>(i.variable)].unit;
            }
        it = all.insert(all.end(), std::move(fresh));
      }
      ++it->windows;
      it->size += g.size;
      it->size_sd += g.size_sd;
      it->statistic = std::max(it->statistic, g.statistic);
      it->removed = it->removed || g.removed;
      for (const auto& other : g.alternatives)
        (other.kind == solve::GrossError::Kind::leak ? it->other_units : it->other_tags)
            .insert(candidate_name(plant, *w.state, other.kind, other.index));
    }
  }
  for (auto& e : all) {
    e.size /= e.windows;
    e.size_sd /= e.windows;  // mostly systematic: it does not shrink with the number of windows
  }
  return all;
}

/// An accusation must hold in more than half of the reconciled windows: a systematic error is there in all of them.
void gross_errors(const plant::Plant& plant, assess::Assessment& a) {
  int reconciled = 0;
  for (const auto& e : accused(plant, a, reconciled)) {
    if (2 * e.windows <= reconciled) continue;
    const bool leak = e.kind == solve::GrossError::Kind::leak;
    assess::Finding f{
        .code = leak ? "gross_error.leak" : "gross_error.bias", .severity = Severity::warning, .path = e.name};
    f.words = {{leak ? "unit" : "tag", e.name}, {"path", e.path}};
    if (!e.removed || !e.other_tags.empty() || !e.other_units.empty()) {
      f.code = "gross_error.cannot_tell";
      f.words["others"] = joined({e.other_tags.begin(), e.other_tags.end()});
      f.words["units"] = joined({e.other_units.begin(), e.other_units.end()});
    }
    f.evidence = {{e.path, {e.size, e.size_sd, e.unit}, leak ? "leak" : "bias"},
                  {e.path, {e.statistic, std::nullopt, "1"}, "z"},
                  {"", {static_cast<double>(e.windows), std::nullopt, "1"}, "windows_named"},
                  {"", {static_cast<double>(reconciled), std::nullopt, "1"}, "windows_reconciled"}};
    a.findings.push_back(std::move(f));
  }
}

void balances(assess::Assessment& a) {
  int open = 0, reconciled = 0;
  std::optional<solve::GlobalTest> worst;
  std::map<std::string, std::string> failures;
  for (const auto& w : a.windows) {
    if (!w.state) continue;
    const auto& r = w.state->reconciliation;
    if (r.report.status != solve::Status::converged) {
      failures[solve::status_name(r.report.status)] = r.report.advice.text;
      continue;
    }
    ++reconciled;
    const auto& last = r.after_elimination ? *r.after_elimination : r.global_test;
    // A suspect that was kept, because nothing would check the rest without it, explains it: that is its own finding.
    const bool explained = !r.gross_errors.empty() && !r.gross_errors.back().removed;
    if (last.passed && !*last.passed && !explained) {
      ++open;
      if (!worst || last.statistic > worst->statistic) worst = last;
    }
  }
  if (worst && 2 * open > reconciled)
    a.findings.push_back({"balance.does_not_close",
                          Severity::warning,
                          "",
                          {{"", {worst->statistic, std::nullopt, "1"}, "statistic"},
                           {"", {worst->critical, std::nullopt, "1"}, "critical"}},
                          {},
                          {}});
  for (const auto& [status, text] : failures)
    a.findings.push_back({"solver." + status, Severity::critical, "", {}, {}, {{"text", text}}});
}

bool clear(const assess::Amount& x) { return x.value && x.sd && *x.value > kClear * *x.sd && *x.value > 0.0; }

void clear_losses(const plant::Plant& plant, assess::Assessment& a) {
  for (const auto& loss : a.losses) {
    if (!clear(loss.power)) continue;
    if (loss.kind == "above_best_peer") {
      assess::Finding f{.code = "electrolyser.above_best_peer", .severity = Severity::warning, .path = loss.path};
      f.words = {{"unit", loss.path}, {"peer", loss.reference}};
      f.evidence = {{loss.path, loss.power, "power"}};
      for (const char* indicator : {"dc_energy_per_naoh", "current_efficiency"})
        for (const auto& name : {loss.path, loss.reference})
          if (const auto i = a.indicators.find(name + "." + indicator); i != a.indicators.end())
            f.evidence.push_back({i->first, i->second, indicator});
      f.cost_per_day = assess::per_day(plant, loss.cost_per_year);
      a.findings.push_back(std::move(f));
    } else if (loss.kind == "steam_excess") {
      assess::Finding f{.code = "evaporation.steam_excess", .severity = Severity::info, .path = loss.path};
      f.words = {{"unit", loss.path}};
      f.evidence = {{loss.path, loss.power, "power"}};
      if (const auto i = a.indicators.find("steam_per_naoh"); i != a.indicators.end())
        f.evidence.push_back({i->first, i->second, "steam_per_naoh"});
      f.cost_per_day = assess::per_day(plant, loss.cost_per_year);
      a.findings.push_back(std::move(f));
    }
  }
}

/// Readings that nothing else can check, and measurements of the plant that had no usable data.
/// @return  the tags whose absence is thereby told
std::set<std::string> instruments(assess::Assessment& a) {
  std::set<std::string> lonely, used;
  std::map<std::string, std::set<std::string>> unused;  // by reason
  for (const auto& w : a.windows) {
    if (!w.state) continue;
    const auto& r = w.state->reconciliation;
    for (const auto& i : w.state->instruments) {
      if (i.reading < 0) {
        unused[i.why_not].insert(i.tag);
        continue;
      }
      used.insert(i.tag);
      const auto& e = r.estimates[static_cast<std::size_t>(i.variable)];
      if (r.report.status == solve::Status::converged && e.kind == solve::Class::nonredundant) lonely.insert(i.tag);
    }
  }
  const auto report = [&](const char* code, Severity severity, const std::set<std::string>& tags) {
    if (!tags.empty())
      a.findings.push_back({code, severity, "", {}, {}, {{"tags", joined({tags.begin(), tags.end()})}}});
  };
  std::set<std::string> partly;
  for (auto& [why, tags] : unused) {
    const bool counts = why != "stuck";
    std::erase_if(tags, [&](const auto& tag) {
      if (used.contains(tag) && counts) partly.insert(tag);
      return used.contains(tag);
    });
  }
  report("data.not_in_file", Severity::warning, unused["no_data"]);
  report("data.bad_quality", Severity::warning, unused["bad_quality"]);
  report("data.too_many_gaps", Severity::warning, unused["gaps"]);
  report("instrument.no_uncertainty", Severity::warning, unused["no_uncertainty"]);
  report("data.partly_missing", Severity::info, partly);
  report("instrument.no_redundancy", Severity::info, lonely);
  for (const char* why : {"no_data", "bad_quality", "gaps"}) partly.merge(unused[why]);
  return partly;
}

/// @param absent  tags of which another finding says that they gave nothing
void data_quality(assess::Assessment& a, const std::set<std::string>& absent) {
  const bool any = std::any_of(a.windows.begin(), a.windows.end(), [](const auto& w) { return w.state.has_value(); });
  if (!any) a.findings.push_back({"data.no_steady_window", Severity::critical, "", {}, {}, {}});
  if (!a.gaps.empty())
    a.findings.push_back({"data.gap",
                          Severity::info,
                          "",
                          {{"", {static_cast<double>(a.gaps.size()), std::nullopt, "1"}, "count"}},
                          {},
                          {}});
  std::set<std::string> stuck, silent;
  for (const auto& s : a.stuck_tags) (s.dead ? silent : stuck).insert(s.tag);
  std::erase_if(silent, [&](const auto& tag) { return absent.contains(tag); });
  for (const auto& tag : stuck) a.findings.push_back({"data.stuck", Severity::warning, tag, {}, {}, {{"tag", tag}}});
  for (const auto& tag : silent) a.findings.push_back({"data.silent", Severity::warning, tag, {}, {}, {{"tag", tag}}});
  if (!a.unread_columns.empty())
    a.findings.push_back({"data.unread_units", Severity::warning, "", {}, {}, {{"tags", joined(a.unread_columns)}}});
  if (!a.unknown_columns.empty())
    a.findings.push_back({"data.unknown_columns", Severity::info, "", {}, {}, {{"tags", joined(a.unknown_columns)}}});
}

void what_is_missing(const plant::Plant& plant, assess::Assessment& a) {
  for (const auto& [path, missing] : a.missing)
    if (path.find('.') == std::string::npos)
      a.findings.push_back({"cannot_tell." + path,
                            Severity::info,
                            path,
                            {},
                            {},
                            {{"indicator", path}, {"missing", missing.what}, {"paths", first_of(missing.paths)}}});
  const auto lost = [&](bool steam) {
    return std::any_of(a.losses.begin(), a.losses.end(),
                       [&](const assess::Loss& l) { return (l.kind == "steam_excess") == steam; });
  };
  if (lost(false) && !plant.economics.electricity)
    a.findings.push_back({"no_price.electricity", Severity::info, "", {}, {}, {}});
  if (lost(true) && !plant.economics.steam) a.findings.push_back({"no_price.steam", Severity::info, "", {}, {}, {}});
}

}  // namespace

assess::Assessment judged(const plant::Plant& plant, assess::Assessment a) {
  clear_losses(plant, a);
  gross_errors(plant, a);
  balances(a);
  const auto absent = instruments(a);
  data_quality(a, absent);
  what_is_missing(plant, a);
  std::stable_sort(a.findings.begin(), a.findings.end(), [](const assess::Finding& l, const assess::Finding& r) {
    const auto key = [](const assess::Finding& f) {
      return std::pair(f.cost_per_day.value.value_or(0.0), static_cast<int>(f.severity));
    };
    return key(l) > key(r);
  });
  return a;
}

}  // namespace castner::insight
