// SPDX-License-Identifier: Apache-2.0
// Pressures that a plant file has as absolute and that only gauges can show:
//  1. Asked once, of those that are a vacuum as read and have been nothing else: whoever typed a unit wrong did so from the start.
//  2. Where the balances come nowhere near closing with them, and do with an atmosphere added to each, to those that contradict
//     the others, or to one alone, they are left out, and their unit is asked about. With them every other reading
//     could be accused in their place.
#include <algorithm>

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
    const double read = *measured[i].value, sd = m.uncertainty.sd(read), over = plant_.atmosphere;
    slips.push_back({m.tag, m.of, m.variable, -over, sd, plant::unit_slip(plant_, m, {read, sd}, {read + over, sd})});
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
  const auto comes_near = [&](const State& s) {
    return s.reconciliation.report.status == solve::Status::converged && !nowhere_near(s.reconciliation.global_test);
  };
  const State as_read = attempt(measured, once, false, words).state;
  if (comes_near(as_read)) return {};
  std::vector<std::vector<std::size_t>> ways{vacua, {}};
  for (const std::size_t i : vacua)
    if (contradicts(as_read, i)) ways[1].push_back(i);
  for (const std::size_t i : vacua)
    if (vacua.size() > 1) ways.push_back({i});
  for (const auto& way : ways) {
    if (way.empty()) continue;
    auto as_gauges = measured;
    for (const std::size_t i : way) *as_gauges[i].value += plant_.atmosphere;
    const State state = attempt(as_gauges, once, false, words).state;
    if (!comes_near(state)) continue;
    last_ = state.reconciliation.x;
    return way;
  }
  return {};
}

}  // namespace castner::assess
