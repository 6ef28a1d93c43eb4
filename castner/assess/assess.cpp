// SPDX-License-Identifier: Apache-2.0
// A file's readings, or one window of a running plant, to balances, indicators and losses:
//  1. match_columns: a column of the table is the measurement of the same tag; its unit must be one of the
//     measurement's dimension.
//  2. signals::cut_windows gives each tag's mean in each window, its random error, and whether it is steady, stuck or
//     has gaps.
//  3. The readings of a window, its tags and keys say which units are idle; a window in which one was switched, or the
//     whole plant stands still, is not steady. What drifts slowly counts with the uncertainty this brings (drift.h). Each
//     steady window is reconciled from the last one's answer. A tag that cannot be used has its reason (why_not).
//  4. Indicators and losses are functions of the state with gradients (traced.h), so that the posterior covariance
//     gives each its uncertainty; mean_over_windows separates what is common to all windows, the instruments'
//     systematic part, which no mean reduces.
//  5. An indicator without a value names what it lacks: a part of the plant file, or instruments on the quantities in
//     it.
//  6. Losses get their cost and are sorted by it.
#include "castner/assess/assess.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "castner/assess/combine.h"
#include "castner/assess/drift.h"
#include "castner/assess/file_unit.h"
#include "castner/assess/idle_watch.h"
#include "castner/assess/indicators.h"
#include "castner/assess/losses.h"
#include "castner/assess/money.h"
#include "castner/assess/sampling.h"
#include "castner/base/suggest.h"
#include "castner/base/time_span.h"
#include "castner/tables/series_units.h"

namespace castner::assess {
namespace {

using plant::Plant;

struct MatchedColumns {
  std::vector<Column> known;
  std::vector<std::string> unknown;  ///< tags the plant file does not have
  std::vector<std::string> notes;    ///< what was assumed of units
};

bool says_idle(const Plant& plant, const std::string& tag) {
  return std::any_of(plant.units.begin(), plant.units.end(),
                     [&](const auto& u) { return u.idle.kind == plant::IdleRule::Kind::by_tag && u.idle.tag == tag; });
}

Result<MatchedColumns> match_columns(const Plant& plant, const tables::Table& table, const std::string& file,
                                     bool believe_units) {
  MatchedColumns columns;
  Error error;
  // The names of a long file stand in its rows.
  const bool names_in_header = table.facts.shape == tables::TableShape::wide;
  std::set<std::string> given;
  for (const auto& series : table.series) given.insert(series.tag);
  const std::string where = names_in_header ? file + ":" + std::to_string(table.facts.header_line) : file;
  for (std::size_t s = 0; s < table.series.size(); ++s) {
    const auto& series = table.series[s];
    const auto named = [&](const std::string& tag) {
      return std::find_if(plant.measurements.begin(), plant.measurements.end(),
                          [&](const auto& e) { return e.tag == tag; });
    };
    const auto free = [&](const std::string& tag) {
      return named(tag) != plant.measurements.end() && !given.contains(tag);
    };
    auto m = named(series.tag);
    if (m == plant.measurements.end()) {
      if (says_idle(plant, series.tag)) continue;
      const auto unread = tables::unread_unit(series.tag, free);
      if (!unread) {
        columns.unknown.push_back(series.tag);
        continue;
      }
      m = named(unread->tag);
      if (series.unit.empty() && !m->data_unit) {
        error.problems.push_back(
            {where, "column " + in_quotes(series.tag) + unread->why,
             unread->cure +
                 "; or say in the plant file, under this tag, in which unit data files have it, such as data_unit = " +
                 in_quotes(m->unit.text)});
        continue;
      }
      columns.notes.push_back("the column " + in_quotes(series.tag) + " is taken for " + in_quotes(m->tag));
    }
    const FileUnit given_in = file_unit(plant, *m, header_unit(series), believe_units);
    if (!given_in.unit) {
      error.problems.push_back({where, "column \"" + series.tag + "\"" + given_in.what, given_in.cure});
      continue;
    }
    if (!given_in.note.empty()) columns.notes.push_back(given_in.note);
    columns.known.push_back({s, static_cast<std::size_t>(m - plant.measurements.begin()), *given_in.unit});
  }
  if (columns.known.empty() && error.problems.empty())
    error.problems.push_back(
        {where, "no column is a tag of the plant file",
         "name the columns as the tags of [[measurement]], for example \"" +
             (plant.measurements.empty() ? std::string("FI-101") : plant.measurements.front().tag) + "\""});
  if (!error.problems.empty()) return tl::unexpected(error);
  return columns;
}

/// The readings of one window, in SI. A measurement without a column has the plant file's own value.
std::vector<Measured> window_readings(const Plant& plant, const MatchedColumns& columns, const signals::Window& window,
                                      const IdleWatch& watch) {
  auto readings = plant_readings(plant);
  for (std::size_t c = 0; c < columns.known.size(); ++c) {
    const auto& column = columns.known[c];
    const auto& mean = window.tags[c];
    Measured& r = readings[column.measurement] = {};
    if (mean.good == 0) {
      r.why_not = "no_data";
      continue;
    }
    r.value = column.unit.to_si(mean.mean);
    r.sd_random = column.unit.difference_to_si(mean.sd_of_mean);
    r.middle = watch.middle(c, window.from, window.to);
    r.at_load = watch.at_load(c);
    if (mean.uncertain) r.quality = readings::Quality::uncertain;
    if (!mean.usable) r.why_not = "gaps";
    if (mean.stuck) r.why_not = "stuck";
  }
  leave_out_impossible(plant, readings);
  return readings;
}

/// @param courses  what its readings show of units that were stopped or started is added
AssessedWindow reconcile_window(const Plant& plant, const MatchedColumns& columns, const IdleWatch& watch,
                                const signals::Window& w, PlantReconciler& reconciler,
                                const solve::ReconcileOptions& options, std::vector<IdleCourse>& courses) {
  AssessedWindow out{.from = w.from, .to = w.to, .rows = w.rows};
  auto readings = window_readings(plant, columns, w, watch);
  const auto look = watch.look(w.from, w.to);
  const auto running = reconciler.running(readings, look.words);
  out.switched = look.switched;
  if (look.course) courses.push_back(*look.course);
  // What is left of the flows replaces what the apparatus hold and is read near the zeros of meters: no sound balance.
  if (look.course && out.switched.empty() && whole_stands_still(plant, running->units())) {
    out.steady = false;
    out.at_rest = running->units();
    courses.back().believe(out.at_rest);
    return out;
  }
  const double length = std::chrono::duration<double>(span_between(w.from, w.to)).count();
  std::vector<Instrument> parts(readings.size());  // of what the window adds to each sd
  out.readable = false;
  for (std::size_t c = 0; c < columns.known.size(); ++c) {
    const auto& column = columns.known[c];
    const auto& m = plant.measurements[column.measurement];
    const auto& tag = w.tags[c];
    out.readable = out.readable || tag.usable;
    if (!readings[column.measurement].why_not.empty() || running->idle.says_nothing(m.variable)) continue;
    const double scale = column.unit.difference_to_si(1.0);
    auto& part = parts[column.measurement];
    part.sd_random = scale * (tag.steady ? tag.sd_of_mean : tag.sd_about_line);
    part.ahead = scale * tag.ahead;
    // A stopped apparatus is flushed at its own pace, which nothing else waits for.
    if (!plant.assess.strict && running->idle.any() && running->idle.own_pace[static_cast<std::size_t>(m.variable)]) {
      readings[column.measurement].sd_random = std::hypot(part.sd_random, part.ahead);
      continue;
    }
    double product = 0.0;
    if (!plant.assess.strict) {
      const Drift course{column.unit.to_si(tag.mean), scale * tag.change,
                         tag.steady ? 0.0 : scale * scale * tag.variance, length, tag.moves};
      const OffByDrift off = off_by_drift(plant, m, course);
      if (course.moves && !drifts_slowly(m, course, off)) {
        out.unsteady_tags.push_back(m.tag);
        continue;
      }
      if (!tag.steady) out.drifting_tags.push_back(m.tag);
      part.stored = off.stored;
      product = off.product;
    } else if (!tag.steady) {
      out.unsteady_tags.push_back(m.tag);
      continue;
    }
    readings[column.measurement].sd_random = std::hypot(part.sd_random, part.ahead, std::hypot(part.stored, product));
  }
  out.steady = out.readable && out.unsteady_tags.empty() && out.switched.empty();
  if (!out.steady) {
    out.drifting_tags.clear();
    return out;
  }
  out.state = reconciler.reconcile(readings, options, true, look.words);
  if (look.course && out.state->reconciliation.report.status == solve::Status::converged)
    courses.back().believe(out.state->idle);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    auto& instrument = out.state->instruments[i];
    instrument.sd_random = parts[i].sd_random;
    instrument.stored = parts[i].stored;
    instrument.ahead = parts[i].ahead;
  }
  return out;
}

/// Tags that repeat their 0 because the plant stands still do not hang.
void forget_standstill(signals::WindowedData& data, const tables::Table& table, const std::vector<Column>& columns,
                       const IdleWatch& watch) {
  const auto of = [&](const signals::StuckTag& stuck) {
    return static_cast<std::size_t>(
        std::find_if(columns.begin(), columns.end(),
                     [&](const Column& c) { return table.series[c.series].tag == stuck.tag; }) -
        columns.begin());
  };
  const auto forgotten = std::erase_if(
      data.stuck, [&](const auto& stuck) { return !stuck.dead && watch.rests(of(stuck), stuck.from, stuck.to); });
  if (forgotten == 0) return;
  for (signals::Window& w : data.windows)
    for (std::size_t c = 0; c < columns.size(); ++c)
      w.tags[c].stuck = w.tags[c].stuck && std::any_of(data.stuck.begin(), data.stuck.end(), [&](const auto& stuck) {
                          return !stuck.dead && of(stuck) == c && stuck.from < w.to && w.from <= stuck.to;
                        });
}

bool tells_a_flow(const Plant& plant, const AssessedWindow& w) {
  const auto& estimates = w.state->reconciliation.estimates;
  return std::any_of(plant.streams.begin(), plant.streams.end(), [&](const auto& s) {
    const auto flow = plant.flowsheet->find(s.name + ".flow_mass");
    return flow && estimates[static_cast<std::size_t>(*flow)].kind != solve::Class::unobservable;
  });
}

/// Where the readings of all flows are missing, nothing was balanced, and nobody knows whether the plant was steady. A plant that
/// has no flow to tell in any window keeps what it has.
void forget_empty_windows(const Plant& plant, Assessment& a) {
  std::vector<AssessedWindow*> empty;
  bool balanced = false;
  for (auto& w : a.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    if (!w.state->idle.empty() || tells_a_flow(plant, w))
      balanced = true;
    else
      empty.push_back(&w);
  }
  if (!balanced) return;
  for (auto* w : empty) {
    w->steady = false;
    w->drifting_tags.clear();
    for (const Instrument& i : w->state->instruments)
      if (!i.why_not.empty()) w->unread_tags.push_back(i.tag);
    w->state.reset();
  }
}

/// A flow that stands still repeats its 0: an instrument that hung only while its apparatus was idle is not stuck.
void forget_idle_instruments(Assessment& a) {
  std::erase_if(a.stuck_tags, [&](const signals::StuckTag& stuck) {
    bool idle = false, runs = false;
    for (const auto& w : a.windows) {
      if (!w.state || *w.to <= stuck.from || stuck.to < *w.from) continue;
      for (const Instrument& i : w.state->instruments)
        if (i.tag == stuck.tag) (i.why_not == "idle" ? idle : runs) = true;
    }
    return idle && !runs;
  });
}

using OverWindows = std::vector<std::pair<const State*, Traced>>;

/// Quantities that an indicator depends on and that no instrument tells in one of its windows.
std::vector<std::string> untold(const Plant& plant, const OverWindows& windows) {
  std::set<std::string> paths;
  for (const auto& [state, traced] : windows)
    for (const auto& [variable, slope] : traced.gradient) {
      const auto v = static_cast<std::size_t>(variable);
      if (slope != 0.0 && state->reconciliation.estimates[v].kind == solve::Class::unobservable)
        paths.insert(plant.flowsheet->variables()[v].name);
    }
  return {paths.begin(), paths.end()};
}

/// The instruments that are named in any window's gross errors.
Follows suspects(const std::vector<const State*>& states) {
  Follows all;
  for (const State* s : states)
    for (const Instrument& i : s->instruments)
      if (std::any_of(s->reconciliation.gross_errors.begin(), s->reconciliation.gross_errors.end(),
                      [&](const auto& g) { return solve::names(g, solve::GrossError::Kind::bias, i.reading); }))
        all.emplace(i.tag, 0.0);
  return all;
}

/// Indicators and losses as means over the windows that were reconciled.
void summarise(const Plant& plant, Assessment& a) {
  std::vector<const State*> states;
  std::vector<std::vector<double>> values;
  for (const auto& w : a.windows)
    if (w.state && w.state->reconciliation.report.status == solve::Status::converged) {
      states.push_back(&*w.state);
      values.push_back(w.state->reconciliation.x);
    }
  if (states.empty()) return;
  std::map<std::vector<int>, Apparatus> known;  // by what is idle
  std::vector<const Apparatus*> running;
  for (const State* s : states) {
    if (!known.contains(s->idle)) known.emplace(s->idle, find_apparatus(plant, s->idle));
    running.push_back(&known.at(s->idle));
  }

  const Follows suspected = suspects(states);
  std::map<std::string, OverWindows> traced;
  std::map<std::string, Indicator> described;
  std::set<std::string> without_load;  // in some window; such a window tells nothing of it
  for (std::size_t k = 0; k < states.size(); ++k)
    for (auto& i : indicators(plant, *running[k], states[k]->reconciliation.x)) {
      if (!clear_of_zero(i.per, plant, states[k]->reconciliation.covariance.get()))
        without_load.insert(i.path);
      else if (i.amount)
        traced[i.path].emplace_back(states[k], *i.amount);
      described.emplace(i.path, i);
    }
  for (const auto& [path, i] : described) {
    const auto& windows = traced[path];
    int told = 0;
    Follows& follows = a.follows[path] = suspected;
    a.indicators[path] = mean_over_windows(windows, i.scale, i.unit, &told, &follows);
    if (told > 0) a.covers[path] = told;
    const bool all = told == static_cast<int>(windows.size()) && told > 0;
    auto paths = all ? std::vector<std::string>() : untold(plant, windows);
    if (windows.empty())
      a.missing[path] = {without_load.contains(path) ? "no_load" : i.missing, {}};
    else if (told == 0)
      a.missing[path] = {paths.empty() ? "" : "instruments", std::move(paths)};
    else if (!all)
      a.in_part[path] = {told, static_cast<int>(windows.size()), std::move(paths)};
  }

  // A loss is the mean over the windows in which its unit ran, in the order of the first that has it.
  const auto best = best_peer(running, values);
  std::vector<LossTerm> terms;
  std::vector<OverWindows> power, steam;
  for (std::size_t n = 0; n < states.size(); ++n)
    for (auto& here : losses(*running[n], values[n], best)) {
      std::size_t k = 0;
      while (k < terms.size() && (terms[k].path != here.path || terms[k].kind != here.kind)) ++k;
      if (k == terms.size()) {
        terms.push_back(here);
        power.emplace_back();
        steam.emplace_back();
      }
      if (!clear_of_zero(here.per, plant, states[n]->reconciliation.covariance.get())) continue;
      power[k].emplace_back(states[n], here.power);
      if (here.steam) steam[k].emplace_back(states[n], *here.steam);
    }
  for (std::size_t k = 0; k < terms.size(); ++k) {
    Loss loss{terms[k].path, terms[k].kind, terms[k].reference, {}, {}, suspected};
    loss.power = mean_over_windows(power[k], 1.0, "W", nullptr, &loss.follows);
    const double hours = plant.economics.hours_per_year;
    loss.cost_per_year = terms[k].steam ? steam_cost(plant, mean_over_windows(steam[k], 1.0, "kg/s"), hours)
                                        : electricity_cost(plant, loss.power, hours);
    a.losses.push_back(std::move(loss));
  }
  std::stable_sort(a.losses.begin(), a.losses.end(), [](const Loss& l, const Loss& r) {
    const auto key = [](const Loss& x) {
      return std::pair(x.cost_per_year.value.value_or(0.0), x.power.value.value_or(0.0));
    };
    return key(l) > key(r);
  });
}

/// Why no window can count, whatever its readings are: too few of each tag, or too far apart.
/// @param most  readings of one tag, of all windows together
/// @param cut  the windows with another max_gap [s]
void find_why_none(const Plant& plant, const signals::WindowedData& data, const std::vector<readings::Series>& series,
                   int most, const std::function<signals::WindowedData(double)>& cut, Assessment& a) {
  const auto readable = [](const signals::Window& w) {
    return std::any_of(w.tags.begin(), w.tags.end(), [](const auto& t) { return t.usable; });
  };
  for (const auto& w : data.windows) a.fullest_window = std::max(a.fullest_window, w.fullest);
  if (std::any_of(data.windows.begin(), data.windows.end(), readable)) return;
  a.why_none = "gaps";
  if (plant.assess.between != Between::nothing || a.fullest_window >= plant.assess.min_rows) {
    // The shortest with which half of the windows count.
    for (const double gap : usual_between(plant.assess.max_gap, plant.assess.window)) {
      const auto with = cut(gap);
      if (2 * std::count_if(with.windows.begin(), with.windows.end(), readable) < std::ssize(with.windows)) continue;
      a.better_settings = "[assess] max_gap = \"" + duration_text(gap) + "\"";
      break;
    }
    return;
  }
  if (most > a.fullest_window) a.better_settings = settings_for(plant.assess, series);
  a.why_none = a.better_settings.empty() ? "few" : "rows";
}

Assessment begin(const Plant& plant) {
  Assessment a;
  a.plant_name = plant.name;
  a.currency = plant.currency;
  return a;
}

}  // namespace

Assessment assess_readings(const Plant& plant, const std::vector<Measured>& readings, const AssessOptions& options,
                           const std::vector<plant::IdleWord>& words) {
  Assessment a = begin(plant);
  PlantReconciler reconciler(plant);
  AssessedWindow w{.rows = 1};
  w.state = reconciler.reconcile(readings, options.reconcile, true, words);
  for (const auto& i : w.state->instruments)
    if (i.measured) a.read_tags.push_back(i.tag);
  a.windows.push_back(std::move(w));
  a.rows = 1;
  summarise(plant, a);
  return a;
}

Result<std::optional<Time>> last_switch(const Plant& plant, const tables::Table& table, Time from, Time to,
                                        PlantReconciler& kept) {
  const auto columns = match_columns(plant, table, "", true);
  if (!columns) return tl::unexpected(columns.error());
  return IdleWatch(plant, table, columns->known, kept).last_switch(from, to);
}

Result<Assessment> assess(const Plant& plant, const tables::Table& table, const std::string& data_file,
                          const AssessOptions& options) {
  if (table.facts.shape == tables::TableShape::snapshot) {
    std::vector<std::string> notes = table.facts.notes;
    const auto readings = snapshot_readings(plant, table.snapshot, data_file, &notes);
    if (!readings) return tl::unexpected(readings.error());
    Assessment a = assess_readings(plant, *readings, options, idle_words(plant, *readings, table.snapshot));
    a.data_file = data_file;
    a.table = table.facts;
    a.table.notes = std::move(notes);
    return a;
  }
  const auto columns = match_columns(plant, table, data_file, options.believe_units);
  if (!columns) return tl::unexpected(columns.error());

  std::vector<readings::Series> series;
  Assessment a = begin(plant);
  int most = 0;
  for (const auto& c : columns->known) {
    series.push_back(table.series[c.series]);
    const auto& all = series.back().samples;
    const auto count = std::count_if(all.begin(), all.end(), [&](const auto& s) {
      return (!options.from || s.time >= *options.from) && (!options.to || s.time < *options.to);
    });
    if (count > 0) a.read_tags.push_back(series.back().tag);
    most = std::max(most, static_cast<int>(count));
  }
  // Windows count from midnight on the plant's own clock: the zone that was stated, else the one the file shows.
  const auto clock = options.time_zone ? options.time_zone : table.facts.clock;
  const auto seconds = [](double s) { return std::chrono::nanoseconds(std::llround(s * 1e9)); };
  const signals::WindowOptions window_options{.window = seconds(plant.assess.window),
                                              .min_rows = plant.assess.min_rows,
                                              .max_gap = seconds(plant.assess.max_gap),
                                              .from = options.from,
                                              .to = options.to,
                                              .time_zone = clock,
                                              .between = plant.assess.between,
                                              .one_window = options.one_window};
  const auto instrument_sd = [&](std::size_t s, double mean) {
    const auto& c = columns->known[s];
    return c.unit.difference_from_si(plant.measurements[c.measurement].uncertainty.sd(c.unit.to_si(mean)));
  };
  auto data = signals::cut_windows(series, window_options, instrument_sd);

  a.data_file = data_file;
  a.table = table.facts;
  a.table.notes.insert(a.table.notes.end(), columns->notes.begin(), columns->notes.end());
  a.time_zone = clock.value_or("");
  a.rows = data.rows;
  a.bad_quality = data.bad_quality;
  a.gaps = data.gaps;
  std::optional<PlantReconciler> own;
  PlantReconciler& reconciler = options.kept ? *options.kept : own.emplace(plant);
  const auto cut = [&](double gap) {
    auto other = window_options;
    other.max_gap = seconds(gap);
    return signals::cut_windows(series, other, instrument_sd);
  };
  find_why_none(plant, data, series, most, cut, a);
  const IdleWatch watch(plant, table, columns->known, reconciler, options.to.value_or(Time::max()));
  forget_standstill(data, table, columns->known, watch);
  a.stuck_tags = data.stuck;
  for (auto& note : watch.notes()) a.table.notes.push_back(std::move(note));
  std::vector<IdleCourse> courses;
  for (const auto& w : data.windows) {
    if (options.stop.stop_requested()) break;
    if (options.count) options.count(a.windows.size(), data.windows.size());
    a.windows.push_back(reconcile_window(plant, *columns, watch, w, reconciler, options.reconcile, courses));
  }
  leave_to_balances(courses, reconciler.overruled());
  a.stands = stands(courses, plant.units.size());
  a.stops = stops(a.stands);
  forget_empty_windows(plant, a);
  forget_idle_instruments(a);
  summarise(plant, a);
  a.unknown_columns = columns->unknown;
  return a;
}

}  // namespace castner::assess
