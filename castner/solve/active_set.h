// SPDX-License-Identifier: Apache-2.0
/// The set of variables that the quadratic program of one step holds at their bounds.
///
/// At the program's solution every variable is inside its bounds, and one that is held at a bound is pushed against it: the
/// Lagrangian would rise inside. revise() changes the set towards that, and the program is solved again:
///
///     do { solve with active.fixed() and active.prescribed(i, x); } while (active.revise(x, step, push));
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "castner/solve/fit_problem.h"

namespace castner::solve {

class ActiveSet {
 public:
  explicit ActiveSet(const FitProblem&);

  /// Held, or at a bound; shape (variables).
  const std::vector<char>& fixed() const { return fixed_; }
  bool at_bound(std::size_t i) const { return side_[i] != 0; }
  bool empty() const;
  /// The step that puts a fixed variable where it is fixed.
  double prescribed(std::size_t i, double x) const;
  /// Puts what is at a bound exactly there.
  void place(std::span<double> x) const;

  /// A new program begins, with the set of the last one.
  void begin();
  /// No bound holds.
  void clear();
  /// For the programs until unconfine(), a variable goes no further down, or up, than that: a bound nearer than its own.
  void confine(std::size_t i, bool down, double limit);
  void unconfine();

  /// Slope of the Lagrangian by a variable, and the size of the terms it is the sum of.
  struct Push {
    double slope, size;
  };
  /// Holds what left its bounds and releases what is pushed inside. False where nothing is to be changed, or changes go
  /// round in a circle: the set is then as good as it gets, and who takes the step clips it.
  bool revise(std::span<const double> x, std::span<const double> step, const std::function<Push(std::size_t)>& push);

 private:
  bool hold_leavers(std::span<const double> x, std::span<const double> step);
  bool release(const std::function<Push(std::size_t)>& push);
  bool seen_before();

  const FitProblem& problem_;
  std::vector<double> low_, high_;  ///< bounds as they are now
  std::vector<std::size_t> confined_;
  std::vector<signed char> side_;  ///< -1 low, 1 high, 0 inside
  std::vector<char> fixed_;
  std::vector<std::vector<signed char>> seen_;
  int round_ = 0;
};

}  // namespace castner::solve
