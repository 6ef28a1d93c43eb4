// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/combine.h"

#include <algorithm>
#include <cmath>

namespace castner::assess {
namespace {

/// What one window tells of the amount.
struct Telling {
  const State* state;
  double value;
  std::vector<double> influence;  ///< of each reading
};

}  // namespace

Amount mean_over_windows(const std::vector<std::pair<const State*, Traced>>& windows, double scale,
                         const std::string& unit, int* told, Follows* follows) {
  Amount mean{std::nullopt, std::nullopt, unit};
  std::vector<Telling> telling;
  for (const auto& [state, traced] : windows) {
    const auto& r = state->reconciliation;
    auto influence = r.covariance ? r.covariance->influence(traced.gradient) : std::nullopt;
    if (influence && std::isfinite(traced.value)) telling.push_back({state, traced.value, std::move(*influence)});
  }
  if (told != nullptr) *told = static_cast<int>(telling.size());
  if (telling.empty()) return mean;
  const double weight = 1.0 / static_cast<double>(telling.size());
  // Per instrument: its systematic error, and what storage and held readings bring, one guessed factor times each drift.
  struct Common {
    double systematic = 0.0, stored = 0.0, ahead = 0.0;
  };
  std::vector<Common> common(windows.front().first->instruments.size());
  double value = 0.0, random = 0.0;
  for (const auto& [state, here, spread] : telling) {
    const auto& r = state->reconciliation;
    value += weight * here;
    for (std::size_t i = 0; i < state->instruments.size(); ++i) {
      const auto& instrument = state->instruments[i];
      if (instrument.reading < 0 || !r.used[static_cast<std::size_t>(instrument.reading)]) continue;
      const double variance = *instrument.sd * *instrument.sd, noise = instrument.sd_random * instrument.sd_random;
      const double drift = instrument.stored * instrument.stored + instrument.ahead * instrument.ahead;
      const double influence = weight * spread[static_cast<std::size_t>(instrument.reading)];
      if (follows != nullptr)
        if (const auto it = follows->find(instrument.tag); it != follows->end()) it->second += influence * scale;
      common[i].systematic += influence * std::sqrt(std::max(0.0, variance - noise - drift));
      common[i].stored += influence * instrument.stored;
      common[i].ahead += influence * instrument.ahead;
      random += influence * influence * noise;
    }
  }
  double variance = random;
  for (const Common& c : common) variance += c.systematic * c.systematic + c.stored * c.stored + c.ahead * c.ahead;
  for (const auto& c : windows.front().first->correlations)
    variance += 2.0 * c.value * common[static_cast<std::size_t>(c.first)].systematic *
                common[static_cast<std::size_t>(c.second)].systematic;
  mean.value = value * scale;
  mean.sd = std::sqrt(variance) * scale;
  return mean;
}

bool clear_of_zero(std::span<const Traced> per, const plant::Plant& plant, const solve::Covariance* known) {
  constexpr double kBesideBound = 1e-6;  // of the nominal sizes; solvers settle to 1e-9
  return std::all_of(per.begin(), per.end(), [&](const Traced& load) {
    double size = 0.0;
    for (const auto& [variable, slope] : load.gradient)
      size += std::abs(slope) * plant.flowsheet->variables()[static_cast<std::size_t>(variable)].nominal;
    if (!(std::abs(load.value) > kBesideBound * size)) return false;
    const auto variance = known ? known->variance(load.gradient) : std::nullopt;
    return !variance || std::abs(load.value) > 2.0 * std::sqrt(std::max(0.0, *variance));
  });
}

}  // namespace castner::assess
