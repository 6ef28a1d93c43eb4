// SPDX-License-Identifier: Apache-2.0
// Pressures that a plant file has as absolute and that only gauges can show:
//  1. Asked of those that are a vacuum as read and have been nothing else: whoever typed a unit wrong did so from the start. A window
//     whose balances come near as read, or close without one other reading where several vacua are asked, answers it of those that they
//     check, and so does one of 2; else it is asked again after 1, 3, 7 ... windows, as the answer costs several fits and an upset lasts.
//  2. Where the balances come nowhere near closing with them, an atmosphere is added to each, to those that contradict the others, or
//     to one alone. The first way that comes near, else the nearest, counts, without those whose atmosphere brings nothing nearer, if
//     its balances close, with whoever else is wrong set aside: then these are left out, and their unit is asked about. With them
//     every other reading could be accused in their place.
#include <algorithm>
#include <cmath>

#include "castner/assess/credible.h"
#include "castner/assess/state.h"
#include "castner/plant/unit_slip.h"

namespace castner::assess {
namespace {

constexpr double kVacuum = 0.9;  // of the atmosphere; a guess: weather and hills are within it

/// Of a stream, not of a variable of the user's own: a differential pressure is always less than an atmosphere.
bool may_be_gauge(const plant::Measurement& m, const Measured& reading) {
  const bool gauge = m.unit.offset != 0.0;
  return m.of.ends_with(".pressure") && !gauge && reading.value && reading.why_not.empty() &&
         reading.quality != readings::Quality::bad;
}

bool contradicts(const State& s, std::size_t instrument) {
  const auto k = static_cast<std::size_t>(s.instruments[instrument].reading);
  return k < s.reconciliation.statistic.size() && s.reconciliation.statistic[k] > s.reconciliation.first_critical;
}

/// Whether the balances close, with whomever is wrong set aside, and it is none of these.
bool closes_without_accusing(const State& s, const std::vector<std::size_t>& instruments) {
  const auto& r = s.reconciliation;
  if (r.report.status != solve::Status::converged) return false;
  const solve::GlobalTest& test = r.after_elimination ? *r.after_elimination : r.global_test;
  return test.passed.value_or(true) && std::none_of(instruments.begin(), instruments.end(), [&](std::size_t i) {
           return std::any_of(r.gross_errors.begin(), r.gross_errors.end(), [&](const auto& g) {
             return solve::names(g, solve::GrossError::Kind::bias, s.instruments[i].reading);
           });
         });
}

}  // namespace

std::vector<UnitSlip> PlantReconciler::leave_out_gauges(std::vector<Measured>& measured,
                                                        const solve::ReconcileOptions& options, const Words& words) {
  std::vector<UnitSlip> slips;
  const auto leave_out = [&](std::size_t i) {
    const auto& m = plant_.measurements[i];
    const double read = *measured[i].value;
    slips.push_back({m.tag, m.of, m.variable, -plant_.atmosphere, m.uncertainty.sd(read), plant::gauge_slip(m, read)});
    measured[i].why_not = "unit_in_question";
  };
  std::vector<std::size_t> always;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    if (!may_be_gauge(plant_.measurements[i], measured[i])) continue;
    if (*measured[i].value >= kVacuum * plant_.atmosphere)
      above_vacuum_.insert(i);
    else if (gauges_.taken_as_absolute.contains(i))
      leave_out(i);
    else if (!above_vacuum_.contains(i) && !gauges_.vacua.contains(i))
      always.push_back(i);
  }
  if (always.empty() || gauges_.wait-- > 0) return slips;
  gauges_.wait = 0;
  const Asked asked = ask_of_gauges(always, measured, options, words);
  gauges_.vacua.insert(asked.vacua.begin(), asked.vacua.end());
  for (const std::size_t i : asked.gauges) {
    gauges_.taken_as_absolute.insert(i);
    leave_out(i);
  }
  const bool answered = asked.vacua.size() + asked.gauges.size() == always.size();
  gauges_.wait = gauges_.patience = answered ? 0 : 2 * gauges_.patience + 1;
  return slips;
}

PlantReconciler::Asked PlantReconciler::ask_of_gauges(const std::vector<std::size_t>& vacua,
                                                      const std::vector<Measured>& measured,
                                                      const solve::ReconcileOptions& options, const Words& words) {
  auto once = options;
  once.eliminate = false;
  once.max_iterations = std::min(options.max_iterations, 40);
  auto longer = once;
  once.once = true;
  const auto apart = [](const State& s) {
    const auto& r = s.reconciliation;
    return r.report.status == solve::Status::converged ? r.global_test.statistic : HUGE_VAL;
  };
  const auto near = [&](const State& s) { return apart(s) < HUGE_VAL && !nowhere_near(s.reconciliation.global_test); };
  State as_read = attempt(measured, once, false, words).state;
  // Before an atmosphere is added to anything, its absence has had its chance. One wrong meter is simpler than several units.
  bool answered = near(as_read);
  if (!answered && vacua.size() > 1) {
    State without_one = attempt(measured, options, false, words).state;
    answered = without_one.reconciliation.gross_errors.size() == 1 && closes_without_accusing(without_one, vacua);
    if (answered) as_read = std::move(without_one);
  }
  if (!answered) {
    as_read = attempt(measured, longer, false, words).state;
    answered = near(as_read);
  }
  Asked asked;
  if (answered) {
    std::copy_if(vacua.begin(), vacua.end(), std::back_inserter(asked.vacua), [&](std::size_t i) {
      const auto variable = static_cast<std::size_t>(plant_.measurements[i].variable);
      return as_read.reconciliation.estimates[variable].kind == solve::Class::redundant;
    });
    return asked;
  }
  std::vector<std::vector<std::size_t>> ways{vacua, {}};
  for (const std::size_t i : vacua)
    if (contradicts(as_read, i)) ways[1].push_back(i);
  for (const std::size_t i : vacua)
    if (vacua.size() > 1) ways.push_back({i});
  const auto as_gauges = [&](const std::vector<std::size_t>& way) {
    auto readings = measured;
    for (const std::size_t i : way) *readings[i].value += plant_.atmosphere;
    return readings;
  };
  std::vector<std::size_t> best;
  std::vector<double> there;
  double least = apart(as_read);
  for (const auto& way : ways) {
    if (way.empty()) continue;
    const State state = attempt(as_gauges(way), once, false, words).state;
    if (apart(state) >= least) continue;
    best = way;
    least = apart(state);
    there = state.reconciliation.x;
    if (near(state)) break;
  }
  if (best.empty()) return asked;
  // Of several only those without which the rest is further apart.
  for (std::size_t k = 0; best.size() > 1 && k < best.size();) {
    auto fewer = best;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
    const State state = attempt(as_gauges(fewer), once, false, words).state;
    if (apart(state) > least) {
      ++k;
      continue;
    }
    best = std::move(fewer);
    least = apart(state);
    there = state.reconciliation.x;
  }
  const State rest = attempt(as_gauges(best), options, false, words).state;
  if (!closes_without_accusing(rest, best)) return asked;
  last_ = there;  // without these pressures the balances lead from there
  asked.gauges = best;
  std::copy_if(vacua.begin(), vacua.end(), std::back_inserter(asked.vacua),
               [&](std::size_t i) { return std::find(best.begin(), best.end(), i) == best.end(); });
  return asked;
}

}  // namespace castner::assess
