// SPDX-License-Identifier: Apache-2.0
// What the windows' gross errors say together of an instrument or a unit:
//  1. named_in: each window names who is accused, who is tied with it, and who may be wrong as well (also_possible). Windows that
//     could not have accused anybody of a group neither clear nor accuse it.
//  2. mates: those who stand for each other in half of the windows that name them are one group, and their votes are one.
//  3. in_a_row: in how many of the latest it was named, to the same side.
//  4. accusation: it stands where more than half of the reconciled windows name it, as a systematic error is in all of them,
//     or at least three of the latest in a row: then it began within the data, and its size is that of the last.
//  5. told_apart: what the windows hold against each is added up as far as it differs from window to window: what instruments
//     have in common in all of them says the same thing again. Who is behind by more than 20 : 1 is out of it.
//  6. told_by_change: where it began within the data, who moved since is told by the windows before (change.cpp).
//  7. grows: whether it is larger in the last of these than in the first by more than what noise makes.
//  8. wrong_units: where its number would be right in another unit, that is asked, and it alone.
//  9. finding_about: the only one that is left, or one of several.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "castner/insight/catalogue.h"
#include "castner/insight/change.h"
#include "castner/readings/time_zone.h"
#include "castner/solve/gross_error.h"

namespace castner::insight {
namespace {

using Kind = solve::GrossError::Kind;

/// As many latest windows in a row are no chance, and what they accuse is wrong now, however long it was right before.
constexpr std::size_t kInARow = 3;
/// A group of more than so many is counted, and named in the next step alone.
constexpr std::size_t kCounted = 4;

using solve::kTells;
using Window = assess::AssessedWindow;
using Candidate = std::pair<Kind, std::string>;

/// A candidate as a window names it.
struct Naming {
  const solve::GrossError* error = nullptr;  ///< of the accused, which may be another
  double statistic = 0, size = 0, size_sd = 0, behind = 0;
  bool accused = false;
};
/// What a window says of everybody whom it names.
using Named = std::map<Candidate, Naming>;

/// A window that tested a group, with whom it names, and how it names the first of the group that it does.
struct Trial {
  const Window* window;
  const Named* named;
  std::optional<Naming> naming;
};
using Trials = std::vector<Trial>;  ///< oldest first

/// The error of an instrument or unit if it is the one that is wrong.
struct Error {
  Candidate who;
  std::string path, unit;
  double size = 0, size_sd = 0, statistic = 0;  // means; statistic: largest
  int sizes = 0;                                // windows that name it
};

/// Gross errors of one instrument or unit over the windows that count, or of those that stand for each other.
struct Accused : Error {
  int windows = 0;          // in which it was named at all
  bool reads_zero = false;  // a flow meter, in the last of them
  bool removed = false;
  std::vector<Error> others;  // that explain it as well, the likeliest first, instruments before units
  std::string next;           // who is the next, where several windows together tell it from the others
  double ahead = 0;           // of the next
  std::string since;          // as in Finding
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

Named named_in(const plant::Plant& plant, const assess::State& state) {
  Named all;
  for (const auto& g : state.reconciliation.gross_errors) {
    const auto add = [&](Kind kind, int index, const Naming& n) {
      all.emplace(Candidate{kind, candidate_name(plant, state, kind, index)}, n);
    };
    add(g.kind, g.index, {&g, g.statistic, g.size, g.size_sd, 0.0, true});
    for (const auto* others : {&g.alternatives, &g.also_possible})
      for (const auto& o : *others) add(o.kind, o.index, {&g, o.statistic, o.size, o.size_sd, o.behind, false});
  }
  return all;
}

/// The reconciled windows with whom each names.
struct Votes {
  std::vector<std::pair<const Window*, Named>> windows;
  std::vector<Candidate> accused;  ///< anywhere, in the order in which they were
  std::map<Candidate, int> named;  ///< in how many windows

  int together(const Candidate& one, const Candidate& other) const {
    return static_cast<int>(std::count_if(windows.begin(), windows.end(), [&](const auto& w) {
      const auto a = w.second.find(one), b = w.second.find(other);
      return a != w.second.end() && b != w.second.end() && a->second.error == b->second.error;
    }));
  }
};

Votes votes_of(const plant::Plant& plant, const assess::Assessment& a) {
  Votes votes;
  for (const auto& w : a.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    votes.windows.emplace_back(&w, named_in(plant, *w.state));
    for (const auto& [who, n] : votes.windows.back().second) ++votes.named[who];
    for (const auto& g : w.state->reconciliation.gross_errors) {
      Candidate who{g.kind, candidate_name(plant, *w.state, g.kind, g.index)};
      if (std::find(votes.accused.begin(), votes.accused.end(), who) == votes.accused.end())
        votes.accused.push_back(std::move(who));
    }
  }
  std::stable_sort(votes.accused.begin(), votes.accused.end(),
                   [&](const auto& l, const auto& r) { return votes.named[l] > votes.named[r]; });
  return votes;
}

/// A candidate and those who stand for it, none of whom is taken yet.
std::vector<Candidate> mates(const Votes& votes, const Candidate& first, const std::set<Candidate>& taken) {
  std::vector<Candidate> all{first};
  for (const auto& [who, n] : votes.named)
    if (who != first && !taken.contains(who) && 2 * votes.together(first, who) >= std::min(n, votes.named.at(first)))
      all.push_back(who);
  return all;
}

Trials trials_of(const Votes& votes, const std::vector<Candidate>& group) {
  Trials out;
  for (const auto& [w, named] : votes.windows) {
    std::optional<Naming> naming;
    for (const auto& who : group)
      if (const auto it = named.find(who); it != named.end() && !naming) naming = it->second;
    const bool tested = std::any_of(group.begin(), group.end(),
                                    [&, w = w](const auto& who) { return tests(*w->state, who.first, who.second); });
    if (naming || tested) out.push_back({w, &named, naming});
  }
  return out;
}

/// Windows at the end in each of which it is named, to the same side.
std::size_t in_a_row(const Trials& trials) {
  std::size_t n = 0;
  for (auto it = trials.rbegin(); it != trials.rend() && it->naming; ++it, ++n)
    if ((it->naming->size < 0.0) != (trials.back().naming->size < 0.0)) break;
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
  const auto& then = trials.front();
  const auto& now = trials.back();
  const auto v1 = random_variance(*then.window, *then.naming->error),
             v2 = random_variance(*now.window, *now.naming->error);
  return v1 && v2 && std::abs(now.naming->size) - std::abs(then.naming->size) > 2.0 * std::sqrt(*v1 + *v2);
}

/// "2026-11-02 18:00" by the plant's clock.
std::string minute(const assess::Assessment& a, Time t) {
  const bool known = !a.time_zone.empty() && readings::check_time_zone(a.time_zone);
  std::string text = readings::time_text(t, known ? std::optional(a.time_zone) : std::nullopt).substr(0, 16);
  text[10] = ' ';
  return text;
}

/// How much of a reading's variance differs from window to window, mean over the windows; 0 of a unit.
double passing_share(const Trials& trials, const Candidate& who) {
  double sum = 0.0;
  int count = 0;
  for (const auto& t : trials)
    for (const auto& i : t.window->state->instruments) {
      if (who.first != Kind::bias || i.tag != who.second || i.reading < 0 || !i.sd || *i.sd <= 0.0) continue;
      sum += std::min(1.0, std::pow(std::hypot(i.sd_random, i.stored, i.ahead) / *i.sd, 2));
      ++count;
    }
  return count == 0 ? 0.0 : sum / count;
}

/// How far each of a group is behind, mean over the windows that name any of it; a window that does not name it tells it apart.
std::vector<std::pair<double, Candidate>> behind(const Trials& trials, const std::vector<Candidate>& group) {
  std::vector<std::pair<double, Candidate>> all;
  for (const auto& who : group) {
    double sum = 0.0;
    int windows = 0, names = 0;
    for (const auto& t : trials) {
      if (!t.naming) continue;
      const auto it = t.named->find(who);
      sum += it == t.named->end() ? kTells : it->second.behind;
      names += it != t.named->end();
      ++windows;
    }
    if (2 * names > windows) all.emplace_back(sum / windows, who);
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& l, const auto& r) { return l.first < r.first; });
  return all;
}

/// Leaves those who are not behind by more than 20 : 1, the likeliest first, an instrument before units.
std::vector<Candidate> told_apart(Accused& e, const Trials& trials, const std::vector<Candidate>& group) {
  const auto all = behind(trials, group);
  const auto n = static_cast<double>(
      std::count_if(trials.begin(), trials.end(), [](const auto& t) { return t.naming.has_value(); }));
  std::vector<Candidate> left;
  double next = HUGE_VAL;
  for (const auto& [mean, who] : all) {
    const double share = 0.5 * (passing_share(trials, who) + passing_share(trials, all.front().second));
    const double apart = (mean - all.front().first) * n / (1.0 + (n - 1.0) * (1.0 - share));
    if (apart < kTells) {
      left.push_back(who);
    } else if (apart < next) {
      next = apart;
      e.next = who.second;
      e.ahead = apart;
    }
  }
  std::stable_sort(left.begin(), left.end(), [](const auto& l, const auto& r) { return l.first < r.first; });
  return left;
}

/// The statistic of a candidate with everybody in.
double first_statistic(const plant::Plant& plant, const assess::State& state, const Candidate& who) {
  const auto& r = state.reconciliation;
  if (who.first == Kind::leak) {
    for (std::size_t n = 0; n < r.leak_statistic.size(); ++n)
      if (candidate_name(plant, state, Kind::leak, static_cast<int>(n)) == who.second)
        return r.leak_statistic[n].value_or(0.0);
    return 0.0;
  }
  for (const auto& i : state.instruments)
    if (i.tag == who.second && i.reading >= 0) return r.statistic[static_cast<std::size_t>(i.reading)];
  return 0.0;
}

/// Who may have moved between the earlier windows and the later ones: of a group, or, where none of it did, whoever did.
/// `left` where that does not tell.
std::vector<Candidate> told_by_change(Accused& e, const plant::Plant& plant, const Trials& earlier, const Trials& later,
                                      const std::vector<Candidate>& group, std::vector<Candidate> left) {
  const auto windows = [](const Trials& trials) {
    std::vector<const Window*> all;
    for (const auto& t : trials) all.push_back(t.window);
    return all;
  };
  const auto change = change_between(plant, windows(earlier), windows(later));
  if (!change) return left;
  const Named named = named_in(plant, *change);
  const auto moved = [&](const Candidate& who) { return named.contains(who); };
  std::vector<Candidate> out;
  for (const std::vector<Candidate>* some : {&std::as_const(left), &group})
    if (out.empty()) std::copy_if(some->begin(), some->end(), std::back_inserter(out), moved);
  if (out.empty())
    for (const auto& [who, naming] : named)
      if (naming.error == &change->reconciliation.gross_errors.front()) out.push_back(who);
  if (out.empty()) return left;
  const auto z2 = [&](const Candidate& who) { return std::pow(first_statistic(plant, *change, who), 2); };
  e.next.clear();
  double next = 0.0;
  for (const std::vector<Candidate>* some : {&group, &std::as_const(left)})
    for (const auto& who : *some)
      if (!moved(who) && (e.next.empty() || z2(who) > next)) {
        next = z2(who);
        e.next = who.second;
      }
  e.ahead = z2(out.front()) - next;
  const Naming& first = named.at(out.front());
  e.size = first.size;
  e.size_sd = first.size_sd;
  e.statistic = first.statistic;
  e.removed = first.error->removed;
  return out;
}

/// Adds up what the windows say of one.
Error error_of(const plant::Plant& plant, const Trials& trials, const Candidate& who) {
  Error e{who, who.second, "kg/s"};
  for (const auto& t : trials) {
    if (!t.naming) continue;
    if (const auto it = t.named->find(who); it != t.named->end()) {
      ++e.sizes;
      e.statistic = std::max(e.statistic, it->second.statistic);
      e.size += it->second.size;
      e.size_sd += it->second.size_sd;  // mostly systematic: it does not shrink with the number of windows
    }
    if (who.first != Kind::bias) continue;
    for (const auto& i : t.window->state->instruments)
      if (i.tag == who.second && i.reading >= 0) {
        e.path = i.path;
        e.unit = plant.flowsheet->variables()[static_cast<std::size_t>(i.variable)].unit;
      }
  }
  e.size /= std::max(1, e.sizes);
  e.size_sd /= std::max(1, e.sizes);
  return e;
}

/// Tells of the likeliest and of the others; where no window names the likeliest, the change has told its size.
void describe(Accused& e, const plant::Plant& plant, const Trials& trials, const std::vector<Candidate>& left) {
  const Error first = error_of(plant, trials, left.front());
  e.who = first.who;
  e.path = first.path;
  e.unit = first.unit;
  if (first.sizes > 0) static_cast<Error&>(e) = first;
  for (const auto& t : trials) e.removed = e.removed || (t.naming && t.naming->error->removed);
  for (std::size_t k = 1; k < left.size(); ++k) e.others.push_back(error_of(plant, trials, left[k]));
}

/// Whether a flow meter read nothing in the last of the windows, where by the others something flows.
bool reads_zero(const Accused& e, const Trials& trials) {
  constexpr double kNothing = 0.02;  // of what flows
  if (e.who.first != Kind::bias || e.size >= 0.0 || e.path.find(".flow_") == std::string::npos) return false;
  const auto& all = trials.back().window->state->instruments;
  return std::any_of(all.begin(), all.end(), [&](const auto& i) {
    return i.tag == e.who.second && i.measured && std::abs(*i.measured) <= kNothing * -e.size;
  });
}

/// What the windows hold against a group. An accusation must stand in more than half of the reconciled windows, as a
/// systematic error is there in all of them, or in each of the latest: an error that began within the data.
std::optional<Accused> accusation(const Subject& s, const Votes& votes, const std::vector<Candidate>& group,
                                  std::set<Candidate>& taken) {
  Trials trials = trials_of(votes, group);
  const std::size_t row = in_a_row(trials), before = trials.size() - row;
  Accused e;
  for (const auto& t : trials) e.windows += t.naming.has_value();
  const bool most = 2 * static_cast<std::size_t>(e.windows) > votes.windows.size();
  const bool began = row >= kInARow && (!most || (before >= kInARow && row == static_cast<std::size_t>(e.windows)));
  if (!most && !began) return std::nullopt;
  Trials earlier;
  if (began) {
    const auto first = trials.begin() + static_cast<std::ptrdiff_t>(before);
    earlier.assign(trials.begin(), first);
    trials.erase(trials.begin(), first);
  }
  auto left = told_apart(e, trials, group);
  if (left.empty()) left.push_back(group.front());
  if (began) left = told_by_change(e, s.plant, earlier, trials, group, std::move(left));
  taken.insert(left.begin(), left.end());
  describe(e, s.plant, trials, left);
  e.reads_zero = reads_zero(e, trials);
  if (!began) return e;
  if (const auto& from = trials.front().window->from) e.since = minute(s.assessment, *from);
  trials = trials_of(votes, {e.who});
  trials.erase(trials.begin(), trials.end() - static_cast<std::ptrdiff_t>(std::min(row, in_a_row(trials))));
  if (trials.empty()) return e;
  e.size = trials.back().naming->size;  // what it is now
  e.size_sd = trials.back().naming->size_sd;
  e.growing = grows(trials);
  return e;
}

/// The others of one kind, in their order.
std::vector<std::string> names(const Accused& e, Kind kind) {
  std::vector<std::string> all;
  for (const auto& o : e.others)
    if (o.who.first == kind) all.push_back(o.who.second);
  return all;
}

/// Which sentence an error takes that cannot be pinned down: what is accused, and what would explain it as well.
std::string tie(const Accused& e) {
  const bool units = !names(e, Kind::leak).empty();
  if (e.who.first == Kind::leak) return units ? "leak" : "leak_alone";
  if (names(e, Kind::bias).empty()) return units ? "alone_or_leak" : "alone";
  return units ? "or_leak" : "";
}

Finding finding_about(const Accused& e, int reconciled) {
  const bool leak = e.who.first == Kind::leak;
  Finding f{.code = leak ? kLeaks : kReadsWrong, .path = e.who.second};
  f.blanks = {{leak ? "unit" : "tag", e.who.second}};
  f.wording = e.reads_zero ? "reads_zero" : e.size < 0.0 ? "low" : "";
  f.since = e.since;
  f.growing = e.growing;
  if (!e.removed || !e.others.empty()) {
    f.code = kOneOfSeveral;
    f.blanks["others"] = joined(names(e, Kind::bias));
    f.blanks["units"] = joined(names(e, Kind::leak));
    f.wording = e.others.size() < kCounted ? tie(e) : "many";
    f.blanks["each"] = e.who.second;
    for (const auto& o : e.others) f.blanks["each"] += ", " + o.who.second;
  }
  f.evidence = {{e.path, {e.size, e.size_sd, e.unit}, leak ? "leak" : "bias"},
                number(e.path, e.statistic, "z"),
                number("", e.windows, "windows_named"),
                number("", reconciled, "windows_reconciled")};
  if (f.wording == "many") f.evidence.push_back(number("", static_cast<double>(e.others.size() + 1), "suspects"));
  for (const auto& o : e.others) {
    const assess::Amount size{o.sizes > 0 ? std::optional(o.size) : std::nullopt, o.size_sd, o.unit};
    f.evidence.push_back({o.path, size, o.who.first == Kind::leak ? "leak" : "bias"});
  }
  if (f.code != kOneOfSeveral && !e.next.empty()) f.evidence.push_back(number(e.next, e.ahead, "ahead"));
  return f;
}

/// Readings of which most windows ask whether their unit is right: what else could be wrong at the balance is then no question.
Findings wrong_units(const plant::Plant& plant, const Votes& votes) {
  std::map<std::string, std::vector<const assess::UnitSlip*>> by_tag;
  for (const auto& [w, named] : votes.windows)
    for (const auto& slip : w->state->unit_slips) by_tag[slip.tag].push_back(&slip);
  Findings out;
  for (const auto& [tag, all] : by_tag) {
    if (2 * all.size() <= votes.windows.size()) continue;
    const assess::UnitSlip& last = *all.back();
    Finding f{.code = kReadsWrong, .path = tag};
    f.blanks = {{"tag", tag}, {"question", last.question}};
    f.wording = last.size < 0.0 ? "low_by_unit" : "by_unit";
    if (!last.instead.empty()) {
      f.blanks["instead"] = last.instead;
      f.wording = last.size < 0.0 ? "is_dry" : "is_moist";
    }
    f.evidence = {
        {last.path,
         {last.size, last.size_sd, plant.flowsheet->variables()[static_cast<std::size_t>(last.variable)].unit},
         "bias"},
        number("", static_cast<double>(all.size()), "windows_named"),
        number("", static_cast<double>(votes.windows.size()), "windows_reconciled")};
    out.push_back(std::move(f));
  }
  return out;
}

Findings judge_gross_errors(const Subject& s) {
  const Votes votes = votes_of(s.plant, s.assessment);
  const Findings units = wrong_units(s.plant, votes);
  Findings findings = units;
  const auto asked = [&](const Accused& e) {
    return std::any_of(units.begin(), units.end(), [&](const Finding& f) {
      const auto is_it = [&](const Error& o) { return o.who == Candidate{Kind::bias, f.path}; };
      return f.path == e.who.second || std::any_of(e.others.begin(), e.others.end(), is_it);
    });
  };
  std::set<Candidate> taken;
  for (const auto& first : votes.accused) {
    if (taken.contains(first)) continue;
    if (const auto e = accusation(s, votes, mates(votes, first, taken), taken); e && !asked(*e))
      findings.push_back(finding_about(*e, static_cast<int>(votes.windows.size())));
    taken.insert(first);
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
            .blanks = {{"tag", BlankType::tag}, {"question", BlankType::text}, {"instead", BlankType::text}},
            .evidence = {difference("bias"), "z", "windows_named", "windows_reconciled", "ahead"},
            .words =
                {{.title = {"{tag} reads {bias} too high", "{tag} 读数偏高 {bias}"},
                  .next = {"check or calibrate {tag}; until then use the reconciled value.",
                           "检查或校准 {tag}；在此之前使用校正值。"}},
                 {.name = "low", .title = {"{tag} reads {bias} too low", "{tag} 读数偏低 {bias}"}},
                 {.name = "reads_zero",
                  .title = {"{tag} reads 0 where {bias} flow", "{tag} 读数为 0，而实际流量为 {bias}"},
                  .next =
                      {"look whether {tag} is switched off, frozen or blocked; until then use the reconciled value.",
                       "检查 {tag} 是否断电、冻结或堵塞；在此之前使用校正值。"}},
                 {.name = "by_unit",
                  .title = {"{tag} reads {bias} too high: is its unit right?", "{tag} 读数偏高 {bias}：请核对其单位"},
                  .next = {"compare the unit in the plant file, and in the heading of the data, with that of the "
                           "transmitter: {question}",
                           "请将装置文件和数据表头中的单位与变送器核对：{question}"}},
                 {.name = "low_by_unit",
                  .title = {"{tag} reads {bias} too low: is its unit right?", "{tag} 读数偏低 {bias}：请核对其单位"},
                  .next = {"compare the unit in the plant file, and in the heading of the data, with that of the "
                           "transmitter: {question}",
                           "请将装置文件和数据表头中的单位与变送器核对：{question}"}},
                 {.name = "is_dry",
                  .title = {"{tag} reads {bias} too low, as much as the water vapour: it seems to show the dry gas",
                            "{tag} 读数偏低 {bias}，恰为水汽量：它显示的似乎是干气流量"},
                  .next = {"have it measure {instead} in the plant file; whoever set up the transmitter knows: "
                           "{question}",
                           "请在装置文件中将其测量量改为 {instead}，并向变送器调试人员确认：{question}"}},
                 {.name = "is_moist",
                  .title = {"{tag} reads {bias} too high, as much as the water vapour: it seems to show the moist gas",
                            "{tag} 读数偏高 {bias}，恰为水汽量：它显示的似乎是湿气流量"},
                  .next = {"have it measure {instead} in the plant file; whoever set up the transmitter knows: "
                           "{question}",
                           "请在装置文件中将其测量量改为 {instead}，并向变送器调试人员确认：{question}"}}}},
           {.code = kLeaks,
            .severity = warning,
            .blanks = {{"unit", BlankType::unit}},
            .evidence = {difference("leak"), "z", "windows_named", "windows_reconciled", "ahead"},
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
                       {"units", BlankType::units},
                       {"each", BlankType::errors}},
            .evidence = {difference("bias"), difference("leak"), "z", "windows_named", "windows_reconciled",
                         "suspects"},
            .words = {{.title = {"One of {tag}, {others} is wrong; the data cannot tell which",
                                 "{tag}、{others} 之一有误，现有数据无法区分"},
                       .next = {"check them in this order: either {each}; one more instrument on any of them would "
                                "tell.",
                                "按此顺序检查：{each}；在其中任一处增加一台仪表即可区分。"}},
                      {.name = "many",
                       .title = {"One thing is wrong, and the data cannot tell which of {suspects} it is",
                                 "有一处有误，现有数据无法区分是 {suspects} 处中的哪一处"},
                       .next =
                           {"check them in this order: {each}. One more instrument on any of them, or a check of "
                            "one, tells it from the others.",
                            "按此顺序检查：{each}。在其中任一处增加一台仪表，或检查其中一台，即可将其与其余区分。"}},
                      {.name = "or_leak",
                       .title = {"One of {tag}, {others} is wrong, or material is lost or gained at {units}; the data "
                                 "cannot tell which",
                                 "{tag}、{others} 之一有误，或 {units} 有物料去向或来源不明，现有数据无法区分"}},
                      {.name = "alone",
                       .title = {"{tag} disagrees with the balances, but nothing is left to confirm it",
                                 "{tag} 与平衡不符，但没有其他仪表可以证实"},
                       .next = {"check {tag} ({each}), and the instruments on the same balance.",
                                "检查 {tag}（{each}）以及同一平衡上的其他仪表。"}},
                      {.name = "alone_or_leak",
                       .title = {"{tag} is wrong, or material is lost or gained at {units}; the data cannot tell which",
                                 "{tag} 有误，或 {units} 有物料去向或来源不明，现有数据无法区分"}},
                      {.name = "leak",
                       .title = {"Material is lost or gained at {unit} or {units}; the data cannot tell where",
                                 "{unit} 或 {units} 有物料去向或来源不明，现有数据无法区分"}},
                      {.name = "leak_alone",
                       .title = {"Material seems to be lost or gained at {unit}, but nothing is left to confirm it",
                                 "{unit} 似有物料去向或来源不明，但没有其他仪表可以证实"},
                       .next = {"walk down {unit} ({each}), and check the instruments on its balance.",
                                "现场检查 {unit}（{each}），并检查其平衡上的仪表。"}}}}},
      .judge = judge_gross_errors};
}

}  // namespace castner::insight
