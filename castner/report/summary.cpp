// SPDX-License-Identifier: Apache-2.0
// The answer to "is the plant all right?" in five sentences, and the tables that both report and terminal show:
//  1. is_it_all_right: without a reconciled window nobody can tell; else the worst finding decides, and without one the
//     share of balances that close.
//  2. energy, cost, instruments, how_sure: a sentence each. A loss is counted only if it exceeds twice its sd; sds of
//     losses add up, as the same instruments stand behind them.
//  3. view_losses: losses that can be avoided one by one, the others summed by kind.
//  4. indicator_order, verdict_words, period and the like give every face the same order and words.
#include "castner/report/summary.h"

#include <algorithm>
#include <map>

#include "castner/assess/money.h"
#include "castner/insight/by_chance.h"
#include "castner/report/plant_clock.h"
#include "castner/unit_models/caustic_evaporator.h"
#include "castner/unit_models/electrolyser.h"
#include "castner/unit_models/rectifier.h"

namespace castner::report {
namespace {

using plant::Plant;
using Severity = insight::Finding::Severity;

std::string uncapitalised_end(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

/// "The balances do not close" as the end of a sentence; a code keeps its capitals, and so does a name that it begins with.
std::string within_a_sentence(std::string title, const insight::Finding& f) {
  for (const auto& [blank, value] : f.blanks)
    if (const auto name = value.substr(0, value.find(", ")); !name.empty() && title.starts_with(name)) return title;
  const auto lower = [&](std::size_t at) { return title.size() > at && title[at] >= 'a' && title[at] <= 'z'; };
  if (lower(1) && title[0] >= 'A' && title[0] <= 'Z') title[0] = static_cast<char>(title[0] - 'A' + 'a');
  return title;
}

/// "FI-1 reads 3 t/h too high" within a sentence that goes on after it: without what its title may ask, ": is its unit right?".
std::string reads_wrong(std::string title, const words::Words& words) {
  title.resize(std::min(title.size(), title.rfind(words("colon"))));
  return uncapitalised_end(std::move(title));
}

/// No full stop after a question mark.
std::string ended_once(std::string sentence) {
  if (sentence.ends_with("?.")) sentence.pop_back();
  return sentence;
}

/// The instruments that are named in the windows that accuse anybody, the most often first; the units, where they are all.
std::string doubted(const Digest& d, const words::Words& words) {
  constexpr std::size_t kMost = 4;
  std::vector<std::string> names;
  std::copy_if(d.doubted.begin(), d.doubted.end(), std::back_inserter(names), [&](const auto& name) {
    return std::any_of(d.instruments.begin(), d.instruments.end(), [&](const auto& i) { return i.tag == name; });
  });
  if (names.empty()) names.assign(d.doubted.begin(), d.doubted.end());
  if (names.size() > kMost) {
    const std::size_t more = names.size() - kMost;
    names.resize(kMost);
    names.push_back(words("more", {{"n", std::to_string(more)}}));
  }
  return words.list(names);
}

/// Those that are hardly checked, with the error that may go unseen in each; empty where there are none.
/// @param code  how the sentence begins
std::string hardly_checked(const Digest& d, const words::Words& words, const char* code) {
  std::vector<Unseen> list;
  for (const int k : d.hardly) {
    const auto& i = d.instruments[static_cast<std::size_t>(k)];
    list.push_back({i.tag, i.smallest_seen});
  }
  if (list.empty()) return {};
  return words(code, {{"n", std::to_string(list.size())}, {"list", unseen_words(words, list)}});
}

/// The same after a sentence about others.
std::string hardly_checked_too(const Digest& d, const words::Words& words) {
  const auto text = hardly_checked(d, words, d.hardly.size() == 1 ? "instruments.hardly.one" : "instruments.hardly");
  return text.empty() ? text : words("sentence.gap") + text;
}

SummarySentence is_it_all_right(const Plant& plant, const insight::Judged& a, const Digest& d,
                                const words::Words& words, PlantHealth& health) {
  const std::string label = "label.answer";
  if (d.reconciled == 0) {
    health = PlantHealth::cannot_tell;
    const bool at_rest = !a.windows.empty() && std::all_of(a.windows.begin(), a.windows.end(),
                                                           [](const auto& w) { return !w.at_rest.empty(); });
    std::string why = words("answer.nothing." + (!a.why_none.empty() ? a.why_none : at_rest ? "at_rest" : "unsteady"));
    for (const auto& w : a.windows)
      if (w.state)
        why = words("answer.nothing.solver", {{"text", words.said(w.state->reconciliation.report.advice.text)}});
    if (a.windows.empty()) why.clear();
    std::string text = words("answer.nothing", {{"why", why}});
    while (text.ends_with(' ')) text.pop_back();
    return {label, text, "windows"};
  }
  int things = 0;
  const insight::Finding* first = nullptr;
  bool critical = false;
  for (const auto& f : a.findings) {
    if (f.severity == Severity::info || f.follows) continue;
    ++things;
    if (first == nullptr || (f.severity == Severity::critical && !critical)) first = &f;
    critical = critical || f.severity == Severity::critical;
  }
  if (things == 0 && d.tested == 0) {
    health = PlantHealth::cannot_tell;
    return {label, words("answer.untested"), "method"};
  }
  const int open = d.tested - d.closing;
  const bool some_open = !insight::by_chance(open, d.tested);
  const std::string few_open =
      open == 0 || some_open
          ? ""
          : words("sentence.gap") +
                words("answer.few_open", {{"k", std::to_string(open)}, {"n", std::to_string(d.tested)}});
  if (things == 0 && !some_open && d.accusing > 0) {
    const bool chance = insight::by_chance(d.accusing, d.reconciled);
    health = chance ? PlantHealth::ok : PlantHealth::look;
    return {
        label,
        words(chance ? "answer.chance" : "answer.some",
              {{"k", std::to_string(d.accusing)}, {"n", std::to_string(d.reconciled)}, {"list", doubted(d, words)}}) +
            few_open,
        "instruments"};
  }
  if (things == 0 && some_open) {
    health = PlantHealth::look;
    return {label, words("answer.open", {{"k", std::to_string(open)}, {"n", std::to_string(d.tested)}}), "picture"};
  }
  if (things == 0) {
    const int weak = static_cast<int>(d.hardly.size()) + d.unchecked, all = weak + d.agreeing;
    health = weak < all ? PlantHealth::ok : PlantHealth::cannot_tell;
    return {label,
            words(weak == 0    ? "answer.ok"
                  : weak < all ? "answer.ok.hardly"
                               : "answer.hardly",
                  {{"k", std::to_string(weak)}, {"n", std::to_string(all)}}) +
                few_open,
            weak == 0 ? "picture" : "instruments"};
  }
  health = critical ? PlantHealth::act : PlantHealth::look;
  const std::string title = within_a_sentence(uncapitalised_end(describe(plant, words, *first).title), *first);
  const std::string code = critical ? "answer.act" : things == 1 ? "answer.look.one" : "answer.look";
  return {label, ended_once(words(code, {{"n", std::to_string(things)}, {"first", title}})), "findings"};
}

std::string indicator(const insight::Judged& a, const std::string& name) {
  const auto it = a.indicators.find(name);
  return it == a.indicators.end() ? "" : words::sentence_number(words::shown(it->second, name));
}

/// Whether the plant has a unit of one of these kinds: only the plant file tells, as an answer may lack what the plant has.
template <class... Anatomy>
bool has_any(const Plant& plant) {
  return std::any_of(plant.units.begin(), plant.units.end(),
                     [](const auto& u) { return (unit_models::is_a<Anatomy>(u) || ...); });
}

std::vector<std::string> rests_on(const insight::Judged& a, const std::string& path) {
  const auto it = a.rests_on.find(path);
  return it == a.rests_on.end() ? std::vector<std::string>() : it->second;
}

/// What to believe of some indicators: that the balances do not close, or which of them rest on a suspicion.
std::vector<std::string> how_far_true(const insight::Judged& a, const words::Words& words,
                                      const std::vector<std::string>& indicators) {
  if (a.open) return {words("energy.open")};
  std::map<std::vector<std::string>, std::vector<std::string>> resting;  // on the same
  for (const auto& path : indicators)
    if (auto names = rests_on(a, path); !names.empty())
      resting[std::move(names)].push_back(indicator_words(words, path));
  std::vector<std::string> sentences;
  for (const auto& [names, paths] : resting)
    sentences.push_back(words("key.rests_on", {{"names", words.list(names)}, {"list", words.list(paths)}}));
  return sentences;
}

SummarySentence energy(const Plant& plant, const insight::Judged& a, const Digest& d, const words::Words& words) {
  const std::string ac = indicator(a, "ac_energy_per_naoh"), dc = indicator(a, "dc_energy_per_naoh"),
                    steam = indicator(a, "steam_per_naoh");
  std::vector<std::string> parts;
  if (!ac.empty() && !dc.empty())
    parts.push_back(words("energy.ac_dc", {{"value", ac}, {"dc", dc}}));
  else if (!ac.empty())
    parts.push_back(words("energy.ac", {{"value", ac}}));
  else if (!dc.empty())
    parts.push_back(words("energy.dc", {{"value", dc}}));
  if (!steam.empty()) parts.push_back(words("energy.steam", {{"value", steam}}));
  if (parts.empty()) {
    const bool applies = has_any<unit_models::ElectrolyserAnatomy, unit_models::CausticEvaporatorAnatomy>(plant);
    parts.push_back(words(!applies ? "energy.none" : d.reconciled == 0 ? "answer.no_window" : "energy.unknown"));
  }
  std::string text;
  for (const auto& p : parts) text += (text.empty() ? "" : words("sentence.gap")) + p;
  const std::vector<std::string> shown{"ac_energy_per_naoh", "dc_energy_per_naoh", "steam_per_naoh"};
  if (std::all_of(shown.begin(), shown.end(), [&](const auto& name) { return indicator(a, name).empty(); }))
    return {"label.energy", text, "key-numbers"};
  for (const auto& sentence : how_far_true(a, words, shown)) text += words("sentence.gap") + sentence;
  return {"label.energy", text, "key-numbers"};
}

SummarySentence cost(const Plant& plant, const insight::Judged& a, const Digest& d, const words::Words& words) {
  const std::string label = "label.money", anchor = "losses";
  if (a.losses.empty()) return {label, words(why_no_losses(plant, d)), anchor};
  if (a.open) return {label, words("money.open"), anchor};
  double total = 0.0, sd = 0.0;
  int clear = 0;
  bool priced = false;
  const assess::Loss* worst = nullptr;
  std::string resting;
  for (const auto& l : a.losses) {
    priced = priced || l.cost_per_year.value.has_value();
    if (!avoidable(l) || !l.cost_per_year.value) continue;
    const double v = *l.cost_per_year.value, s = l.cost_per_year.sd.value_or(0.0);
    if (v <= 2.0 * s || v <= 0.0) continue;  // not clear of zero
    if (const auto names = rests_on(a, l.path + "." + l.kind); !names.empty()) {
      resting +=
          words("sentence.gap") + words("money.rests_on", {{"money", money(assess::per_day(plant, l.cost_per_year))},
                                                           {"path", l.path},
                                                           {"names", words.list(names)}});
      continue;
    }
    ++clear;
    total += v;
    sd += s;  // the same instruments: counted as wholly dependent
    if (worst == nullptr || v > *worst->cost_per_year.value) worst = &l;
  }
  if (!priced) return {label, words("money.no_price"), anchor};
  if (worst == nullptr) return {label, words("money.none") + resting, anchor};
  const std::string total_text = money(assess::per_day(plant, {total, sd, worst->cost_per_year.unit}));
  const std::string worst_text = money(assess::per_day(plant, worst->cost_per_year));
  return {label,
          words(clear == 1 ? "money.one" : "money.some", {{"total", total_text},
                                                          {"money", worst_text},
                                                          {"path", worst->path},
                                                          {"reference", reference_words(words, *worst)}}) +
              resting,
          anchor};
}

SummarySentence instruments(const Plant& plant, const insight::Judged& a, const Digest& d, const words::Words& words) {
  const std::string label = "label.instruments", anchor = "instruments";
  if (d.reconciled == 0) return {label, words("answer.no_window"), anchor};
  std::vector<std::string> wrong, groups;  // a group is a sentence of its own
  int named = 0;
  for (const auto& f : a.findings) {
    if (f.follows || (f.code != insight::kReadsWrong && f.code != insight::kOneOfSeveral)) continue;
    if (++named > 3) continue;
    const std::string title = describe(plant, words, f).title;
    if (f.code == insight::kReadsWrong)
      wrong.push_back(reads_wrong(title, words));
    else
      groups.push_back(uncapitalised_end(title));
  }
  if (groups.empty() && named > 3) wrong.push_back(words("more", {{"n", std::to_string(named - 3)}}));
  std::string list = words.list(wrong);
  for (const auto& group : groups) list += (list.empty() ? "" : words("sentence.end") + words("sentence.gap")) + group;
  if (!groups.empty() && named > 3)
    list +=
        words("sentence.end") + words("sentence.gap") + words("instruments.more", {{"n", std::to_string(named - 3)}});
  if (!list.empty())
    return {label,
            words(d.agreeing > 1   ? "instruments.wrong.one"
                  : d.agreeing > 0 ? "instruments.wrong.one_more"
                                   : "instruments.wrong.all",
                  {{"list", list}, {"rest", std::to_string(d.agreeing)}}) +
                hardly_checked_too(d, words),
            anchor};
  if (d.checkable == 0) return {label, words("instruments.no_redundancy"), anchor};
  if (d.accusing > 0)
    return {label,
            words("instruments.some", {{"checked", std::to_string(d.checkable - static_cast<int>(d.hardly.size()))},
                                       {"list", doubted(d, words)}}) +
                hardly_checked_too(d, words),
            anchor};
  if (d.agreeing == 0) return {label, hardly_checked(d, words, "instruments.hardly.all"), anchor};
  return {label,
          words(d.agreeing == 1 ? "instruments.ok.one" : "instruments.ok",
                {{"n", std::to_string(d.agreeing)}, {"sds", words::in_sds(d.checked_within)}}) +
              hardly_checked_too(d, words),
          anchor};
}

SummarySentence how_sure(const insight::Judged& a, const Digest& d, const words::Words& words) {
  const auto n = [](int i) { return std::to_string(i); };
  std::string text;
  if (d.reconciled == 0) {
    text = words("sure.nothing", {{"total", n(d.windows)}, {"steady", n(d.steady)}});
  } else if (d.snapshot) {
    text = words(d.tested == 0          ? "sure.snapshot.untested"
                 : d.closing < d.tested ? "sure.snapshot.open"
                 : d.wrong > 0          ? "sure.snapshot.closes"
                                        : "sure.snapshot.closes_plain");
  } else {
    text = words(
        d.tested == 0             ? "sure.windows.untested"
        : d.tested < d.reconciled ? "sure.windows.some"
                                  : "sure.windows",
        {{"total", n(d.windows)}, {"reconciled", n(d.reconciled)}, {"tested", n(d.tested)}, {"closing", n(d.closing)}});
    if (d.steady > d.reconciled)
      text += words("sentence.gap") + words("sure.more_steady", {{"n", n(d.steady - d.reconciled)}});
  }
  const std::string gap = words("sentence.gap");
  if (d.unchecked > 0)
    text += gap + words(d.unchecked == 1 ? "sure.unchecked.one" : "sure.unchecked", {{"n", n(d.unchecked)}});
  std::vector<std::string> missing;
  for (const auto& [path, amount] : a.indicators)
    if (!amount.value && path.find('.') == std::string::npos) missing.push_back(indicator_words(words, path));
  if (!missing.empty()) text += gap + words("sure.missing", {{"list", words.list(missing)}});
  return {"label.sure", text, "method"};
}

}  // namespace

const char* health_name(PlantHealth h) {
  switch (h) {
    case PlantHealth::ok: return "ok";
    case PlantHealth::look: return "look";
    case PlantHealth::act: return "act";
    case PlantHealth::cannot_tell: return "cannot_tell";
  }
  return "cannot_tell";
}

PlantSummary summarise(const Plant& plant, const insight::Judged& a, const Digest& d, const words::Words& words) {
  PlantSummary s;
  s.sentences.push_back(is_it_all_right(plant, a, d, words, s.health));
  s.sentences.push_back(energy(plant, a, d, words));
  s.sentences.push_back(cost(plant, a, d, words));
  s.sentences.push_back(instruments(plant, a, d, words));
  s.sentences.push_back(how_sure(a, d, words));
  return s;
}

const char* why_no_losses(const Plant& plant, const Digest& d) {
  using namespace unit_models;
  if (!has_any<ElectrolyserAnatomy, RectifierAnatomy, CausticEvaporatorAnatomy>(plant)) return "money.nothing";
  return d.reconciled == 0 ? "answer.no_window" : "losses.none";
}

std::string when(const Digest& d, const words::Words& words) {
  return d.snapshot ? words("picture.snapshot") : words("picture.mean", {{"n", std::to_string(d.reconciled)}});
}

std::vector<std::string> what_means_cover(const Plant& plant, const insight::Judged& a, const Digest& d,
                                          const words::Words& words) {
  std::vector<std::string> sentences;
  const int counting = d.reconciled - d.standstill;
  std::map<int, std::vector<std::string>, std::greater<>> idle;  // by windows
  for (std::size_t u = 0; u < d.idle.size(); ++u)
    if (const int n = d.idle[u] - d.standstill; n > 0 && n < counting) idle[n].push_back(plant.units[u].name);
  std::vector<std::string> list;
  for (const auto& [n, units] : idle)
    list.push_back(words("key.over_all.units", {{"units", words.list(units)}, {"k", std::to_string(n)}}));
  // Where some of these windows do not tell the load, a finding says which mean is over how many.
  const auto load = a.covers.find("load");
  if (!list.empty() && (load == a.covers.end() || load->second == counting))
    sentences.push_back(words("key.over_all", {{"n", std::to_string(counting)}, {"list", words.list(list)}}));
  if (d.standstill > 0 && counting > 0)
    sentences.push_back(
        words("key.standstill", {{"k", std::to_string(d.standstill)}, {"n", std::to_string(d.reconciled)}}));
  for (auto& sentence : how_far_true(a, words, indicator_order(a))) sentences.push_back(std::move(sentence));
  return sentences;
}

std::string period(const insight::Judged& a, const Digest& d, const words::Words& words) {
  if (!d.from || !d.to) return words("page.snapshot");
  const PlantClock clock(a.time_zone);
  return words("page.period",
               {{"from", clock.minute(*d.from)}, {"to", clock.minute(*d.to)}, {"offset", clock.offset(*d.from)}});
}

std::string taken_as(const insight::Judged& a, const words::Words& words) {
  const auto& t = a.table;
  if (t.format.empty()) return words("data.plant_values");
  const char* shape = t.shape == tables::TableShape::wide     ? "shape.wide"
                      : t.shape == tables::TableShape::longer ? "shape.longer"
                                                              : "shape.snapshot";
  const bool cells = t.delimiter.empty();  // a sheet has neither delimiter nor decimal mark of its own
  return words(cells ? "data.sheet" : "data.format", {{"format", t.format},
                                                      {"encoding", t.encoding},
                                                      {"delimiter", words("delimiter." + t.delimiter)},
                                                      {"decimal", words("decimal." + t.decimal)}}) +
         words("clause") + words(shape);
}

std::string clock_of(const insight::Judged& a) { return !a.time_zone.empty() ? a.time_zone : a.table.time_zone; }

std::string reference_words(const words::Words& words, const assess::Loss& l) {
  if (words.has("reference." + l.reference)) return words("reference." + l.reference);
  return words("reference.peer", {{"peer", l.reference}});
}

std::string seen_from_words(const words::Words& words, const InstrumentLine& i) {
  if (i.smallest_seen.known()) return words::sentence_number(i.smallest_seen);
  return i.verdict == Verdict::unchecked ? words("instrument.not_checked") : "";
}

std::string unseen_words(const words::Words& words, const std::vector<Unseen>& weakest_first) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> list;
  for (const auto& one : weakest_first)
    if (list.size() < kMost)
      list.push_back(words("unseen.below", {{"tag", one.tag}, {"size", words::sentence_number(one.smallest_seen)}}));
  if (const auto left = weakest_first.size() - list.size(); left > 0)
    list.push_back(words("more", {{"n", std::to_string(left)}}));
  return words.list(list);
}

std::string verdict_words(const words::Words& words, const InstrumentLine& i, const Digest& d) {
  const auto in = [&](const char* code, int k) {
    return words(code, {{"k", std::to_string(k)}, {"n", std::to_string(d.reconciled)}});
  };
  const std::string verdict = i.verdict == Verdict::doubtful ? in("verdict.doubtful_in", i.accused)
                                                             : words(std::string("verdict.") + verdict_name(i.verdict));
  if (i.verdict == Verdict::not_used)
    return verdict + words("colon") + (words.has("why_not." + i.why_not) ? words("why_not." + i.why_not) : i.why_not);
  return i.idle == 0 ? verdict : verdict + words("clause") + in("verdict.idle_in", i.idle);
}

bool avoidable(const assess::Loss& l) { return l.kind == "above_best_peer" || l.kind == "steam_excess"; }

LossView view_losses(const insight::Judged& a, const words::Words& words) {
  LossView view;
  std::map<std::string, LossGroup> kinds;
  const auto add = [](assess::Amount& sum, const assess::Amount& term) {
    sum.unit = term.unit;
    if (!term.value) return;
    sum.value = sum.value.value_or(0.0) + *term.value;
    if (term.sd) sum.sd = sum.sd.value_or(0.0) + *term.sd;
  };
  const auto resting = [&](const assess::Loss& l) {
    const auto names = rests_on(a, l.path + "." + l.kind);
    return names.empty() ? std::string() : words("loss.if_right", {{"names", words.list(names)}});
  };
  for (const auto& l : a.losses) {
    const std::string kind = words.has("loss." + l.kind) ? words("loss." + l.kind) : l.kind;
    if (avoidable(l)) {
      if (l.power.value.value_or(0.0) <= l.power.sd.value_or(0.0))
        ++view.unclear;
      else
        view.avoidable.push_back(
            {l.path + " " + kind + resting(l), reference_words(words, l), l.power, l.cost_per_year});
    } else if (l.kind != "reversible" && l.power.value) {
      auto& group = kinds[l.kind];
      group.name = kind;
      group.against = reference_words(words, l);
      add(group.power, l.power);
      add(group.cost_per_year, l.cost_per_year);
    }
  }
  for (auto& [kind, group] : kinds) view.parts.push_back(std::move(group));
  std::stable_sort(view.parts.begin(), view.parts.end(),
                   [](const auto& l, const auto& r) { return *l.power.value > *r.power.value; });
  return view;
}

std::vector<std::string> indicator_order(const insight::Judged& a) {
  constexpr const char* kOrder[] = {"ac_energy_per_naoh",
                                    "dc_energy_per_naoh",
                                    "dc_energy_per_cl2",
                                    "steam_per_naoh",
                                    "comprehensive_energy_per_naoh",
                                    "current_efficiency",
                                    "current_efficiency_chlorine",
                                    "salt_per_naoh",
                                    "evaporator_economy",
                                    "load",
                                    "current_density"};
  std::vector<std::string> names;
  for (const char* name : kOrder)
    if (a.indicators.contains(name)) names.emplace_back(name);
  for (const auto& [path, amount] : a.indicators)
    if (path.find('.') == std::string::npos && std::find(names.begin(), names.end(), path) == names.end())
      names.push_back(path);
  return names;
}

std::string money(const assess::Amount& a) {
  words::Shown s = words::shown(a);
  if (const auto slash = s.unit.find('/'); slash != std::string::npos) s.unit.resize(slash);
  return words::sentence_number(s);
}

}  // namespace castner::report
