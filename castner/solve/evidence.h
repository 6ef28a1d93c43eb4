// SPDX-License-Identifier: Apache-2.0
/// The evidence of the readings at a solution: classes, standard deviations, test statistics; readings and leaks are columns
/// of the projected balances.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "castner/solve/fit.h"
#include "castner/solve/gross_error.h"
#include "castner/solve/projection.h"

namespace castner::solve {

class Evidence {
 public:
  Evidence(const EquationSystem&, const FitTask&, const FitResult&, std::span<const Held>,
           std::span<const LeakCandidate>);

  int degrees_of_freedom() const { return projection_->degrees_of_freedom(); }
  std::vector<Estimate> estimates() const;
  /// Redundant readings in use and visible leaks, with their z; in file order, readings first.
  std::vector<Candidate> candidates() const;
  /// The size of a candidate's error, estimated without it, and the sd of that size.
  struct Size {
    double value, sd;
  };
  Size size_without(const Candidate&) const;

  /// As the tests see it: what ends at a bound is known.
  std::shared_ptr<const Covariance> covariance() const;
  /// From here on, estimates and covariance are as if no bound other than 0 held anything back; false where none does. Where the
  /// readings drive an efficiency to 1, it is 1 for no better reason than that it cannot be more: what rests on it is no surer for
  /// that. Nothing flows below 0, which is an answer.
  bool let_bounds_go(std::span<const LeakCandidate>);

 private:
  double adjustment_sd(std::size_t reading) const;
  double size_sd(std::size_t reading, double of_adjustment) const;
  bool at_limit(std::size_t variable) const;
  Linearised linearised(std::span<const LeakCandidate>);

  const EquationSystem& system_;
  const FitTask& task_;
  const FitResult& fit_;
  std::vector<char> held_;
  std::vector<double> jacobian_;
  bool bounds_hold_ = true;
  std::vector<int> column_of_reading_;  ///< -1 where not in use
  std::vector<int> leak_candidate_;     ///< candidate of each leak column
  std::vector<double> adjustment_;      ///< by column
  std::shared_ptr<Projection> projection_;
};

}  // namespace castner::solve
