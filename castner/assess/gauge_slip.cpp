// SPDX-License-Identifier: Apache-2.0
// Pressures that a plant file has as absolute and that only gauges can show:
//  1. Asked once, of those that are a vacuum as read and have been nothing else: whoever typed a unit wrong did so from the start.
//  2. Where the balances come nowhere near closing with them, an atmosphere is added to each, to those that contradict the others, or
//     to one alone. The first way that comes near, else the nearest, counts if its balances close, with whoever else is wrong set
//     aside: then these are left out, and their unit is asked about. With them every other reading could be accused in their place.
#include <algorithm>
#include <cmath>

#include "castner/assess/credible.h"
#include "castner/assess/state.h"
#include "castner/plant/unit_slip.h"

namespace castner::assess {
namespace {

constexpr double kVacuum = 0.9;  // of the atmosphere; a guess: weather and hills are within it

bool reads_absolute(const plant::Plant& plant, std::size_t instrument, const Measured& reading) {
  static const Dimension pressure = parse_unit("Pa")->dimension;
  const Measure& unit = plant.measurements[instrument].unit;
  const bool gauge = unit.offset != 0.0;
  return unit.dimension == pressure && !gauge && reading.value && reading.why_not.empty() &&
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
  std::vector<std::size_t> vacua, always;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    if (!reads_absolute(plant_, i, measured[i])) continue;
    if (*measured[i].value >= kVacuum * plant_.atmosphere) {
      above_vacuum_.insert(i);
      continue;
    }
    vacua.push_back(i);
    if (!above_vacuum_.contains(i)) always.push_back(i);
  }
  if (!gauges_ && !always.empty()) gauges_ = only_as_gauges(always, measured, options, words);
  std::vector<UnitSlip> slips;
  if (!gauges_) return slips;
  for (const std::size_t i : vacua) {
    if (std::find(gauges_->begin(), gauges_->end(), i) == gauges_->end()) continue;
    const auto& m = plant_.measurements[i];
    const double read = *measured[i].value;
    slips.push_back({m.tag, m.of, m.variable, -plant_.atmosphere, m.uncertainty.sd(read), plant::gauge_slip(m, read)});
    measured[i].why_not = "unit_in_question";
  }
  return slips;
}

std::vector<std::size_t> PlantReconciler::only_as_gauges(const std::vector<std::size_t>& vacua,
                                                         const std::vector<Measured>& measured,
                                                         const solve::ReconcileOptions& options, const Words& words) {
  auto once = options;
  once.eliminate = false;
  once.max_iterations = std::min(options.max_iterations, 40);
  const auto apart = [](const State& s) {
    const auto& r = s.reconciliation;
    return r.report.status == solve::Status::converged ? r.global_test.statistic : HUGE_VAL;
  };
  const auto near = [&](const State& s) { return apart(s) < HUGE_VAL && !nowhere_near(s.reconciliation.global_test); };
  const State as_read = attempt(measured, once, false, words).state;
  if (near(as_read)) return {};
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
  if (best.empty()) return {};
  const State rest = attempt(as_gauges(best), options, false, words).state;
  if (!closes_without_accusing(rest, best)) return {};
  last_ = there;  // without these pressures the balances lead from there
  return best;
}

}  // namespace castner::assess
