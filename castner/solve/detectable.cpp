// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/detectable.h"

#include "castner/solve/index.h"
#include "castner/solve/quantile.h"

namespace castner::solve {
namespace {

/// In sd of the reading: beyond, a straight line says nothing of curved balances, and nobody would call it a check. A guess.
constexpr double kNoCheck = 100.0;

}  // namespace

std::optional<double> if_checked(double smallest_seen, double sd) {
  return smallest_seen < kNoCheck * sd ? std::optional(smallest_seen) : std::nullopt;
}

bool hardly_checked(std::optional<double> smallest_seen, double sd) {
  return !smallest_seen || *smallest_seen > kHardly * sd;
}

void tell_smallest_seen(std::span<const Candidate> candidates, std::span<const MeasuredValue> readings,
                        const ReconcileOptions& options, Reconciliation& out) {
  out.smallest_seen.assign(readings.size(), std::nullopt);
  out.smallest_seen_leak.assign(out.leak_statistic.size(), std::nullopt);
  const double away = critical_z(options, count(candidates)) + normal_upper_quantile(1.0 - kPower);
  for (const auto& c : candidates) {
    const double smallest = away * c.sd;
    if (c.kind == GrossError::Kind::leak)
      out.smallest_seen_leak[at(c.index)] = smallest;
    else
      out.smallest_seen[at(c.index)] = if_checked(smallest, readings[at(c.index)].sd);
  }
}

}  // namespace castner::solve
