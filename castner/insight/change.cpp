// SPDX-License-Identifier: Apache-2.0
// An error that begins within the data is told by what moved:
//  1. In each window a reading is off the estimates by its error, less what the estimates took over of it. They close the balances,
//     so how far the readings are from closing them is in these differences, whoever was removed there; only where a unit was given
//     a leak they do not.
//  2. Their means over the earlier windows and over the later ones are subtracted. What each instrument is always off by is gone.
//  3. That is added to estimates of an earlier window, and balanced like any readings, with sd of what differs by chance: the
//     noise of window means, what storage and held readings bring, and, where the load moved, as much of the systematic part as
//     that is of the value.
// So who moved is accused by the same test as anywhere, with those beside it who are no less likely than 1 : 20.
#include "castner/insight/change.h"

#include <algorithm>
#include <cmath>

#include "castner/assess/state.h"

namespace castner::insight {
namespace {

using Window = assess::AssessedWindow;
using Windows = std::vector<const Window*>;

constexpr std::size_t kFewest = 3;   // windows earlier, which are the reference
constexpr double kWanders = 0.05;    // of an instrument's systematic sd within the data. A guess on the careful side
constexpr double kMostOfSd = 1.414;  // of two systematic errors that have nothing in common

bool closes_balances(const plant::Plant& plant, const Window& w) {
  const auto& r = w.state->reconciliation;
  return r.x.size() == plant.flowsheet->variables().size() &&
         std::none_of(r.gross_errors.begin(), r.gross_errors.end(),
                      [](const auto& g) { return g.kind == solve::GrossError::Kind::leak && g.removed; });
}

/// Those that have what the pattern has, and whose units run as its do.
Windows comparable(const plant::Plant& plant, const Windows& all, const Window& pattern) {
  Windows out;
  for (const auto* w : all) {
    bool same = closes_balances(plant, *w) && w->state->idle == pattern.state->idle;
    for (std::size_t i = 0; same && i < w->state->instruments.size(); ++i)
      same = pattern.state->instruments[i].reading < 0 || w->state->instruments[i].reading >= 0;
    if (same) out.push_back(w);
  }
  return out;
}

/// Of one instrument over some windows. [SI]
struct Mean {
  double off = 0.0, estimate = 0.0, systematic = 0.0;
  double noise = 0.0, drift = 0.0;  ///< variances of the mean; drift: common to all
};

Mean mean(const Windows& windows, std::size_t i) {
  Mean m;
  const double weight = 1.0 / static_cast<double>(windows.size());
  for (const auto* w : windows) {
    const auto& instrument = w->state->instruments[i];
    const double x = w->state->reconciliation.x[static_cast<std::size_t>(instrument.variable)];
    const double noise = instrument.sd_random * instrument.sd_random;
    const double drift = instrument.stored * instrument.stored + instrument.ahead * instrument.ahead;
    m.off += weight * (*instrument.measured - x);
    m.estimate += weight * x;
    m.systematic += weight * std::sqrt(std::max(0.0, *instrument.sd * *instrument.sd - noise - drift));
    m.noise += weight * weight * noise;
    m.drift += weight * drift;
  }
  return m;
}

}  // namespace

std::optional<assess::State> change_between(const plant::Plant& plant, const Windows& earlier, const Windows& later) {
  if (earlier.empty() || later.empty()) return std::nullopt;
  const Window& last = *later.back();
  const Windows before = comparable(plant, earlier, last), after = comparable(plant, later, last);
  if (before.size() < kFewest || after.empty()) return std::nullopt;
  const auto& start = before.back()->state->reconciliation.x;
  std::vector<assess::Measured> readings(plant.measurements.size());
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (last.state->instruments[i].reading < 0) {
      readings[i].why_not = "no_data";
      continue;
    }
    const Mean m1 = mean(before, i), m2 = mean(after, i);
    const double systematic = std::max(m1.systematic, m2.systematic);
    const double of_load = m1.estimate == 0.0 ? kMostOfSd : std::abs(m2.estimate / m1.estimate - 1.0);
    readings[i].value = start[static_cast<std::size_t>(plant.measurements[i].variable)] + m2.off - m1.off;
    readings[i].sd = systematic * std::hypot(kWanders, std::min(of_load, kMostOfSd));
    readings[i].sd_random = std::sqrt(m1.noise + m2.noise + m1.drift + m2.drift);
  }
  std::vector<plant::IdleWord> words(plant.units.size(), plant::IdleWord::runs);
  for (const int u : last.state->idle) words[static_cast<std::size_t>(u)] = plant::IdleWord::idle;
  for (const int u : last.state->flushed) words[static_cast<std::size_t>(u)] = plant::IdleWord::flushed;
  auto state = assess::PlantReconciler(plant).reconcile(readings, {}, true, words);
  const auto& r = state.reconciliation;
  // Where even without the accused they do not agree, chance is larger than was thought.
  const auto& test = r.after_elimination ? *r.after_elimination : r.global_test;
  if (r.report.status != solve::Status::converged || !test.passed.value_or(true)) return std::nullopt;
  return state;
}

}  // namespace castner::insight
