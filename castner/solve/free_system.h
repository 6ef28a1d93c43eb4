// SPDX-License-Identifier: Apache-2.0
/// The free part of a system, scaled: residuals over their sizes, steps over the variables' nominal values.
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/simulate.h"

namespace castner::solve {

/// A residual of this share of its terms is open, however small it is next to their typical size. A guess that the tests bear
/// out: a step that closes it would change a variable by as much of its size.
inline constexpr double kOfTerms = 1e-6;

/// A variable that is smaller next to its typical size is as good as zero.
inline constexpr double kLeastOfNominal = 1e-3;

/// What the terms of each equation amount to at x: the largest derivative times the size of its variable; shape (equations).
/// @param least  of its nominal size: a variable counts as no smaller
std::vector<double> sizes_of_terms(const EquationSystem&, std::span<const double> x, std::span<const double> jacobian,
                                   double least = kLeastOfNominal);

class FreeSystem {
 public:
  /// @param open  equations that need not hold: their residuals and derivatives are zero; shape (equations), empty = none
  FreeSystem(const EquationSystem&, std::span<const Held>, std::span<const char> open = {});

  int size() const { return static_cast<int>(free_.size()); }  ///< how many variables are free
  bool square() const { return pattern_.rows == pattern_.cols; }
  const EquationSystem& system() const { return system_; }
  const std::vector<int>& free() const { return free_; }
  const SparsePattern& pattern() const { return pattern_; }
  int residual_calls() const { return residual_calls_; }

  /// Residuals over sizes. False: cannot be evaluated here, or not finite.
  bool residual(std::span<const double> x, std::vector<double>& r) const;
  /// d(scaled residual)/d(scaled free variable); shape of pattern()
  bool jacobian(std::span<const double> x, std::vector<double>& values) const;

  /// Every residual is small: next to its typical size, and next to what its terms are here, which may be far less than at
  /// the first values (1/x from 1e-9 has terms of 1e9).
  /// @param r  at x, as residual() gives it
  bool closed(std::span<const double> x, std::span<const double> r, double tolerance) const;

  /// Free variables that stand on a bound which the residuals' sum of squares would fall beyond; shape (size).
  /// @param jacobian, r  at x, as jacobian() and residual() give them
  std::vector<char> blocked(std::span<const double> x, std::span<const double> jacobian,
                            std::span<const double> r) const;
  /// Puts x inside the bounds of the free variables.
  void clip(std::vector<double>& x) const;
  /// The longest share (<= 1) of a scaled step that goes at most 99.5 % of the way to any bound. Variables on a bound
  /// that the step would leave do not count: they are clipped.
  double longest(std::span<const double> x, std::span<const double> step) const;
  /// x + share * step (step scaled), clipped.
  std::vector<double> moved(std::span<const double> x, std::span<const double> step, double share) const;

 private:
  bool is_open(std::size_t equation) const { return !open_.empty() && open_[equation]; }

  const EquationSystem& system_;
  std::span<const char> open_;
  std::vector<int> free_;
  SparsePattern pattern_;
  std::vector<int> place_;  ///< of each entry in the full Jacobian
  mutable std::vector<double> full_;
  mutable int residual_calls_ = 0;
};

}  // namespace castner::solve
