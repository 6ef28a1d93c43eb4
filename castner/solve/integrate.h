// SPDX-License-Identifier: Apache-2.0
/// Integrates the equations of a plant with hold-ups through time, by IDA.
///
/// A hold-up is a variable of the plant (the salt held in an anolyte, its heat), and the balance it stands in has a rate:
/// in - out - factor * d(variable)/dt = 0. Everything else stays algebraic, so the same EquationSystem that simulate()
/// solves at rest runs through time. Index 1 is asked for: with the hold-ups known, the rest must follow.
/// Source [ida]: SUNDIALS 6.4.1, variable-order BDF with Newton on a sparse LU.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/report.h"

namespace castner::solve {

/// Equation `equation` holds as: residual - factor * d(variable)/dt = 0.
struct Rate {
  int equation = 0;
  int variable = 0;
  double factor = 1.0;  ///< [unit of the equation / (unit of the variable / s)]
};

/// The held variables through time: continuous, with bends where their slope jumps.
struct HeldInTime {
  /// Writes their values [SI] at a time [s], in their order.
  std::function<void(double time, std::span<double> values)> values;
  /// The first bend after a time [s]; infinity, or left out, where there is none.
  std::function<double(double time)> next_bend;
};

struct IntegrateOptions {
  double relative = 1e-6;  ///< error allowed in a step, of each value
  double absolute = 1e-8;  ///< likewise, of its variable's nominal size
  long max_steps = 20000;  ///< in one advance()
};

class Integration {
 public:
  /// As many equations as variables not held; the system must outlive this.
  Integration(const EquationSystem&, std::vector<Rate>, std::vector<int> held, HeldInTime, IntegrateOptions = {});
  ~Integration();

  /// Begins, or begins again after a jump of what is held. The variables with a rate keep their value in x, all others and
  /// the rates are made to agree with them. @param x [SI], shape (variables)
  [[nodiscard]] Report start(double time, std::span<const double> x);
  /// On to a later time; steps go past it where nothing bends, so many small advances cost no more than a long one. After a
  /// failure time() and x() stay at the last one reached.
  [[nodiscard]] Report advance(double to);
  double time() const;                ///< [s]
  std::span<const double> x() const;  ///< [SI], shape (variables), held ones included
  long steps() const;                 ///< taken since the first start()

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace castner::solve
