// SPDX-License-Identifier: Apache-2.0
// An assessment as rows that every face shows: windows, instruments, streams, voltages.
//  1. count_windows: how many are steady, reconciled, tested, and close.
//  2. average: the mean of each variable and of its sd over the reconciled windows that tell it. Windows in which it is
//     unobservable, or has no meaning because its unit is idle, are left out.
//  3. hear: what each instrument read on the mean and what was found of it in those windows, and in how many of them it
//     was accused or would explain as much as the accused one.
//  4. The verdict on an instrument: wrong or one of several if a finding says so, doubtful if it was accused at all,
//     not checked (unchecked) if no error of it would be seen and nothing doubts it, hardly checked if only one of many sd would,
//     else it agrees.
//  5. A stream's row has its flow, the instrument that reads it, and its state in units for people.
//  6. align: like quantities of a column show one number of decimals.
//  7. volts: the parts of each electrolyser's cell voltage.
#include "castner/report/digest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "castner/plant/assumed.h"
#include "castner/report/vague.h"
#include "castner/solve/detectable.h"

namespace castner::report {
namespace {

using plant::Plant;

std::vector<const assess::State*> reconciled_states(const insight::Judged& a) {
  std::vector<const assess::State*> out;
  for (const auto& w : a.windows)
    if (reconciled(w)) out.push_back(&*w.state);
  return out;
}

void count_windows(const insight::Judged& a, Digest& d) {
  for (const auto& w : a.windows) {
    ++d.windows;
    d.steady += w.steady ? 1 : 0;
    if (w.from && (!d.from || *w.from < *d.from)) d.from = w.from;
    if (w.to && (!d.to || *w.to > *d.to)) d.to = w.to;
    if (!reconciled(w)) continue;
    ++d.reconciled;
    const auto& r = w.state->reconciliation;
    const auto& last = r.after_elimination ? *r.after_elimination : r.global_test;
    if (!last.passed) continue;
    ++d.tested;
    d.closing += *last.passed ? 1 : 0;
  }
  d.snapshot = d.windows == 1 && !d.from;
}

void average(const Plant& plant, const std::vector<const assess::State*>& states, Digest& d) {
  d.variables.resize(plant.flowsheet->variables().size());
  if (states.empty()) return;
  for (std::size_t v = 0; v < d.variables.size(); ++v) {
    double value = 0.0, sd = 0.0;
    const auto tells = [&](const auto* s) {
      const auto& all = s->reconciliation.estimates;
      return (s->without_meaning.empty() || !s->without_meaning[v]) && v < all.size() &&
             all[v].kind != solve::Class::unobservable && std::isfinite(all[v].value);
    };
    const auto count = std::count_if(states.begin(), states.end(), tells);
    if (count == 0) continue;
    const double weight = 1.0 / static_cast<double>(count);
    solve::Class kind{};
    bool assumed = false;
    for (const auto* s : states) {
      if (!tells(s)) continue;
      const auto& e = s->reconciliation.estimates[v];
      value += weight * e.value;
      sd += weight * e.sd;
      kind = e.kind;
      assumed = !s->assumed.empty() && s->assumed[v] != 0;
    }
    d.variables[v] = {value, sd, kind, assumed};
  }
}

/// In how many windows each instrument or unit is named, the most often first.
void doubts(const Plant& plant, const std::vector<const assess::State*>& states, Digest& d) {
  std::map<std::string, int> named;
  for (const auto* s : states) {
    const auto& errors = s->reconciliation.gross_errors;
    const auto is_named = [&](solve::GrossError::Kind kind, int index) {
      return std::any_of(errors.begin(), errors.end(), [&](const auto& g) { return solve::names(g, kind, index); });
    };
    d.accusing += !errors.empty();
    for (const auto& i : s->instruments)
      if (is_named(solve::GrossError::Kind::bias, i.reading)) ++named[i.tag];
    for (std::size_t k = 0; k < s->leak_units.size(); ++k)
      if (is_named(solve::GrossError::Kind::leak, static_cast<int>(k)))
        ++named[plant.units[static_cast<std::size_t>(s->leak_units[k])].name];
  }
  for (const auto& [name, n] : named) d.doubted.push_back(name);
  std::stable_sort(d.doubted.begin(), d.doubted.end(),
                   [&](const auto& l, const auto& r) { return named[l] > named[r]; });
}

/// Whether a finding is about a tag, alone or with others.
bool found(const insight::Judged& a, const std::string& code, const std::string& tag) {
  return std::any_of(a.findings.begin(), a.findings.end(), [&](const auto& f) {
    const auto says = [&](const char* blank) {
      const auto word = f.blanks.find(blank);
      return word != f.blanks.end() && (", " + word->second + ", ").find(", " + tag + ", ") != std::string::npos;
    };
    return f.code == code && (f.path == tag || says("tag") || says("others"));
  });
}

/// Why a tag says nothing where no window was balanced.
std::string why_unheard(const insight::Judged& a, const std::string& tag) {
  if (std::find(a.read_tags.begin(), a.read_tags.end(), tag) == a.read_tags.end()) return "no_data";
  if (std::any_of(a.windows.begin(), a.windows.end(), [](const auto& w) { return w.state.has_value(); }))
    return "not_reconciled";
  return a.why_none == "rows" || a.why_none == "few" ? "too_few" : a.why_none == "gaps" ? "gaps" : "no_window";
}

/// The readings of an instrument over the windows in which it was read.
struct Heard {
  int read = 0, idle = 0, accused = 0, tied = 0,
      named = 0;  // windows; tied: it would explain as well what another was accused of
  double measured = 0.0, sd = 0.0, statistic = 0.0;
  Known found;          ///< mean of the estimates in those windows
  int off_in = 0;       ///< windows in which it is wrong, or may be
  bool counts = false;  ///< in any of them it is in use all the same: their estimates follow it
  double off = 0.0,
         others_sd = 0.0;  ///< means over them: by how much, and the sd of what the others say it should read
  std::vector<double> smallest_seen;  ///< in the windows that used it; infinite where nothing checks it
  std::string why_not;
};

/// By how much a reading is off if it is the one that is wrong, with the sd; none where nobody says so.
std::optional<std::pair<double, double>> error_of(const solve::Reconciliation& r, int reading) {
  const auto told = [&](const auto& c) {
    return c.kind == solve::GrossError::Kind::bias && c.index == reading && c.size_sd > 0.0;
  };
  for (const auto& g : r.gross_errors) {
    if (told(g)) return std::pair{g.size, g.size_sd};
    for (const auto* others : {&g.alternatives, &g.also_possible})
      if (const auto o = std::find_if(others->begin(), others->end(), told); o != others->end())
        return std::pair{o->size, o->size_sd};
  }
  return std::nullopt;
}

Heard hear(const std::vector<const assess::State*>& states, std::size_t k) {
  Heard h;
  bool known = true;
  double value = 0.0;
  for (const auto* s : states) {
    if (k >= s->instruments.size()) continue;
    const auto& i = s->instruments[k];
    if (i.reading < 0 || !i.measured) {
      h.why_not = i.why_not.empty() ? "no_data" : i.why_not;
      h.idle += i.why_not == "idle" ? 1 : 0;
      continue;
    }
    ++h.read;
    h.measured += *i.measured;
    h.sd += i.sd.value_or(0.0);
    const auto& r = s->reconciliation;
    const auto v = static_cast<std::size_t>(i.variable);
    const solve::Estimate e = v < r.estimates.size() ? r.estimates[v] : solve::Estimate{};
    known = known && e.kind != solve::Class::unobservable && std::isfinite(e.value);
    value += e.value;
    h.found.sd += e.sd;
    h.found.kind = e.kind;
    if (static_cast<std::size_t>(i.reading) < r.statistic.size())
      h.statistic = std::max(h.statistic, r.statistic[static_cast<std::size_t>(i.reading)]);
    const bool used =
        static_cast<std::size_t>(i.reading) < r.used.size() && r.used[static_cast<std::size_t>(i.reading)];
    if (used) h.smallest_seen.push_back(assess::smallest_seen(*s, i).value_or(std::numeric_limits<double>::infinity()));
    if (const auto error = error_of(r, i.reading)) {
      ++h.off_in;
      h.counts = h.counts || used;
      h.off += error->first;
      h.others_sd += std::sqrt(std::max(0.0, std::pow(error->second, 2) - std::pow(i.sd.value_or(0.0), 2)));
    }
    const auto is_this = [&](const auto& candidate) {
      return candidate.kind == solve::GrossError::Kind::bias && candidate.index == i.reading;
    };
    h.accused += std::any_of(r.gross_errors.begin(), r.gross_errors.end(), is_this);
    h.tied += std::any_of(r.gross_errors.begin(), r.gross_errors.end(), [&](const auto& g) {
      return std::any_of(g.alternatives.begin(), g.alternatives.end(), is_this);
    });
    h.named += std::any_of(r.gross_errors.begin(), r.gross_errors.end(),
                           [&](const auto& g) { return solve::names(g, solve::GrossError::Kind::bias, i.reading); });
  }
  if (h.read > 0) {
    h.measured /= h.read;
    h.sd /= h.read;
    h.found.sd /= h.read;
    if (known) h.found.value = value / h.read;
  }
  h.off /= std::max(1, h.off_in);
  h.others_sd /= std::max(1, h.off_in);
  return h;
}

/// Of the middle one of the windows: one in which others were out says nothing of the rest.
void tell_smallest_seen(const words::PeopleUnit& unit, Heard& h, InstrumentLine& line) {
  std::optional<double> smallest;
  if (auto& all = h.smallest_seen; !all.empty()) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    if (std::isfinite(*middle)) smallest = *middle;
  }
  const bool tested = !h.smallest_seen.empty();
  if (line.verdict == Verdict::agrees && tested && !smallest) line.verdict = Verdict::unchecked;
  if (line.verdict == Verdict::agrees && solve::hardly_checked(smallest, h.sd)) line.verdict = Verdict::hardly_checked;
  if (!smallest) return;
  line.smallest_seen = words::smallest_seen_in(unit, smallest);
  if (h.sd > 0.0) line.smallest_seen_sds = *smallest / h.sd;
}

InstrumentLine instrument(const Plant& plant, const insight::Judged& a, const std::vector<const assess::State*>& states,
                          std::size_t k, const Digest& d) {
  const auto& m = plant.measurements[k];
  const auto unit = words::unit_for(plant, m.variable);
  Heard h = hear(states, k);
  Known known = h.read > 0 ? h.found : d.variables[static_cast<std::size_t>(m.variable)];
  InstrumentLine line{.tag = m.tag, .path = m.of, .variable = m.variable};
  line.accused = h.named;
  line.idle = h.idle;
  const bool one_of_several = found(a, insight::kOneOfSeveral, m.tag) || 2 * h.tied > d.reconciled;
  if (h.read > 0)
    line.verdict = found(a, insight::kReadsWrong, m.tag)      ? Verdict::wrong
                   : one_of_several                           ? Verdict::one_of_several
                   : h.accused > 0                            ? Verdict::doubtful
                   : known.kind == solve::Class::nonredundant ? h.named > 0 ? Verdict::doubtful : Verdict::unchecked
                                                              : Verdict::agrees;
  // An estimate that follows the accused reading would call it right: 0.0 sd. What the others say stands there.
  if ((line.verdict == Verdict::wrong || line.verdict == Verdict::one_of_several) && h.counts) {
    known.value = line.others_say = h.measured - h.off;
    known.sd = h.others_sd;
    line.others_sd = known.sd;
  }
  if (known.value) line.reconciled = words::shown_in(unit, known.value, known.sd);
  if (h.read == 0) {
    line.why_not = h.why_not.empty() ? why_unheard(a, m.tag) : h.why_not;
    return line;
  }
  line.measured = words::shown_in(unit, h.measured, h.sd);
  line.statistic = h.statistic;
  if (known.value) {
    // The adjustment is known as well as the two values: shown to the instrument's own digits.
    line.adjustment = words::difference_in(unit, *known.value - h.measured, h.sd);
    if (h.sd > 0.0) {
      line.in_sd = (*known.value - h.measured) / h.sd;
      line.reconciled_sd = known.sd / h.sd;
    }
  }
  tell_smallest_seen(unit, h, line);
  return line;
}

/// Which of those that agree are hardly checked, and how well the others are.
void weigh_checks(const Plant& plant, Digest& d) {
  for (std::size_t k = 0; k < d.instruments.size(); ++k) {
    const auto& i = d.instruments[k];
    if (plant::assumed(plant.measurements[k].tag)) continue;
    if (i.verdict == Verdict::hardly_checked) d.hardly.push_back(static_cast<int>(k));
    if (i.verdict == Verdict::agrees) d.checked_within = std::max(d.checked_within, i.smallest_seen_sds.value_or(0.0));
  }
  const auto sds = [&](int k) {
    return d.instruments[static_cast<std::size_t>(k)].smallest_seen_sds.value_or(
        std::numeric_limits<double>::infinity());
  };
  std::stable_sort(d.hardly.begin(), d.hardly.end(), [&](int one, int other) { return sds(one) > sds(other); });
}

/// The instrument that says how much flows in a stream, by mass, by volume or of one species; a wrong one before others.
int flow_instrument(const plant::StreamEntry& s, const Digest& d) {
  int found_at = -1;
  for (std::size_t k = 0; k < d.instruments.size(); ++k) {
    const auto& i = d.instruments[k];
    if (!i.path.starts_with(s.name + ".flow_")) continue;
    const bool wrong = i.verdict == Verdict::wrong || i.verdict == Verdict::one_of_several;
    if (found_at < 0 || wrong) found_at = static_cast<int>(k);
  }
  return found_at;
}

StreamLine stream(const Plant& plant, const plant::StreamEntry& s, const Digest& d) {
  StreamLine line{.name = s.name, .from = s.from, .to = s.to, .contents = s.contents};
  line.instrument = flow_instrument(s, d);
  for (const auto& local : plant::stream_variables(s.contents)) {
    const auto v = plant.flowsheet->find(s.name + "." + local.name);
    if (!v) continue;
    const Known& known = d.variables[static_cast<std::size_t>(*v)];
    const auto measured =
        std::find_if(d.instruments.begin(), d.instruments.end(), [&](const auto& i) { return i.variable == *v; });
    auto unit = words::unit_for(plant, *v);
    if (measured == d.instruments.end() && !plant.as_published)  // the size met, not the usual one, decides
      unit = words::unit_for(local.unit, known.value.value_or(local.nominal), local.name);
    const bool vague = known.value && measured == d.instruments.end() && !known.assumed &&
                       too_vague(local.unit, *known.value, known.sd, local.nominal);
    const words::Shown value = known.value && !vague ? words::shown_in(unit, known.value, known.sd) : words::Shown{};
    if (local.name == "flow_mass") {
      line.flow = known.value;
      line.kind = known.kind;
      line.assumed = known.assumed;
      line.shown_flow = value;
    } else if (value.known() || vague) {
      line.state.emplace_back(local.name.substr(local.name.rfind('.') + 1), value);
    }
  }
  return line;
}

void align(Digest& d) {
  std::vector<words::InColumn> measured, reconciled, adjusted, flows;
  for (auto& i : d.instruments) {
    const auto like = words::quantity_of(i.path);
    measured.push_back({like, &i.measured});
    reconciled.push_back({like, &i.reconciled});
    adjusted.push_back({like, &i.adjustment});
  }
  for (auto& s : d.streams) flows.push_back({"flow_mass", &s.shown_flow});
  for (const auto& column : {measured, reconciled, adjusted, flows}) words::align(column);
}

void volts(const Plant& plant, Digest& d) {
  for (const auto& u : plant.units) {
    if (!unit_models::is_a<unit_models::ElectrolyserAnatomy>(u)) continue;
    VoltLine line{.name = u.name, .parts = {}, .total = {}};
    const auto at = [&](const std::string& name) {
      const int v = plant.flowsheet->find(u.name + "." + name).value_or(-1);
      return v < 0 ? Known{} : d.variables[static_cast<std::size_t>(v)];
    };
    line.total = at("cell_voltage");
    for (const char* part : kCellVoltageParts)
      if (const Known k = at(part); k.value) line.parts.emplace_back(part, k);
    if (line.total.value && !line.parts.empty()) d.electrolysers.push_back(std::move(line));
  }
}

bool nothing_electrolysed(const Plant& plant, const assess::State& s) {
  bool any = false;
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    if (!unit_models::is_a<unit_models::ElectrolyserAnatomy>(plant.units[u])) continue;
    any = true;
    if (std::find(s.idle.begin(), s.idle.end(), static_cast<int>(u)) == s.idle.end()) return false;
  }
  return any;
}

}  // namespace

bool reconciled(const assess::AssessedWindow& w) {
  return w.state && w.state->reconciliation.report.status == solve::Status::converged;
}

std::string class_words(solve::Class kind, bool assumed) {
  return std::string("class.") + (assumed && kind != solve::Class::unobservable ? "assumed" : solve::class_name(kind));
}

const char* verdict_name(Verdict v) {
  switch (v) {
    case Verdict::agrees: return "agrees";
    case Verdict::wrong: return "wrong";
    case Verdict::one_of_several: return "one_of_several";
    case Verdict::doubtful: return "doubtful";
    case Verdict::hardly_checked: return "hardly_checked";
    case Verdict::unchecked: return "unchecked";
    case Verdict::not_used: return "not_used";
  }
  return "not_used";
}

Digest digest(const Plant& plant, const insight::Judged& a) {
  Digest d;
  count_windows(a, d);
  const auto states = reconciled_states(a);
  average(plant, states, d);
  doubts(plant, states, d);
  d.groups = static_cast<int>(std::count_if(a.findings.begin(), a.findings.end(), [](const auto& f) {
    return f.code == insight::kOneOfSeveral && f.blanks.contains("tag");
  }));
  for (std::size_t k = 0; k < plant.measurements.size(); ++k) {
    d.instruments.push_back(instrument(plant, a, states, k, d));
    if (plant::assumed(plant.measurements[k].tag)) continue;  // what is counted are instruments
    const Verdict v = d.instruments.back().verdict;
    d.wrong += v == Verdict::wrong ? 1 : 0;
    d.agreeing += v == Verdict::agrees ? 1 : 0;
    d.unchecked += v == Verdict::unchecked ? 1 : 0;
    d.checkable += v != Verdict::unchecked && v != Verdict::not_used ? 1 : 0;
  }
  weigh_checks(plant, d);
  for (const auto& s : plant.streams) d.streams.push_back(stream(plant, s, d));
  align(d);
  volts(plant, d);
  d.idle.assign(plant.units.size(), 0);
  for (const auto* s : states)
    for (const int u : s->idle) ++d.idle[static_cast<std::size_t>(u)];
  for (const auto* s : states) d.standstill += nothing_electrolysed(plant, *s);
  return d;
}

std::vector<Warning> warnings_once(const insight::Judged& a) {
  std::vector<Warning> all;
  std::set<std::string> said;
  for (const auto& w : a.windows)
    if (w.state)
      for (const auto& one : w.state->reconciliation.report.warnings)
        if (said.insert(one.path.empty() ? one.text : one.path + " " + one.source).second) all.push_back(one);
  return all;
}

}  // namespace castner::report
