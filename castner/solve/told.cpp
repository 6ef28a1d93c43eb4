// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/told.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

constexpr double kFaint = 30.0;  // times what it is off: an sd with which a reading moves others by less than 0.1 sd

std::optional<double> variance_of(const Evidence& evidence, int variable) {
  const std::pair<int, double> itself{variable, 1.0};
  return evidence.covariance()->variance(std::span(&itself, 1));
}

}  // namespace

std::optional<OthersSay> told(const SolvedTask& answer, const Evidence& evidence, int reading) {
  const auto& y = answer.task.readings[at(reading)];
  const double x = answer.result.x[at(y.variable)];
  if (const auto variance = variance_of(evidence, y.variable)) return OthersSay{x, *variance};
  std::vector<MeasuredValue> readings(answer.task.readings.begin(), answer.task.readings.end());
  readings[at(reading)].sd = std::max(y.sd, kFaint * std::abs(y.value - x));
  FitTask task = answer.task;
  task.readings = readings;
  task.used[at(reading)] = 1;
  task.brief = true;
  const FitAnswer last = answer.fit.last();
  const FitResult pulled = answer.fit.run(task, answer.result.x);
  answer.fit.go_back_to(last);
  if (pulled.end != FitResult::End::converged) return std::nullopt;
  const auto variance = variance_of({answer.system, task, pulled, answer.held, answer.leaks}, y.variable);
  return OthersSay{pulled.x[at(y.variable)], variance.value_or(0.0)};
}

bool tells_each_removed(const Reconciliation& r, std::span<const MeasuredValue> readings) {
  return std::all_of(r.gross_errors.begin(), r.gross_errors.end(), [&](const GrossError& g) {
    return !g.removed || g.kind != GrossError::Kind::bias ||
           r.estimates[at(readings[at(g.index)].variable)].kind != Class::unobservable;
  });
}

}  // namespace castner::solve
