// SPDX-License-Identifier: Apache-2.0
/// The interface between models and solvers: variables with bounds and sizes, residuals, sparse derivatives.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "castner/numerics/sparse.h"

namespace castner {

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// One unknown of the plant. Values are SI, always.
struct Variable {
  std::string name;          ///< its path: "S1.mass_frac.NaOH"
  std::string unit = "1";    ///< its SI unit, for people: "kg/s", "K", "1"
  double low = -kUnbounded;  ///< bounds; physical limits, not operating limits
  double high = kUnbounded;
  double nominal = 1.0;  ///< typical size (> 0), used to scale
  double start = 1.0;    ///< first value for a solver
};

class EquationSystem {
 public:
  virtual ~EquationSystem() = default;

  virtual std::span<const Variable> variables() const = 0;
  virtual std::span<const std::string> equations() const = 0;  ///< a name for each, "E101: mass balance NaCl"
  /// Typical size (> 0) of each residual, used to scale; shape (equations).
  virtual std::span<const double> residual_sizes() const = 0;

  /// Residuals r at x. False: cannot be evaluated here, ask for a shorter step; r is then undefined.
  virtual bool residual(std::span<const double> x, std::span<double> r) const = 0;

  /// d r_i / d x_j: shape (equations, variables), compressed columns.
  virtual const SparsePattern& jacobian_pattern() const = 0;
  virtual bool jacobian(std::span<const double> x, std::span<double> values) const = 0;

  /// Sum over i of multiplier_i * d2 r_i / dx dx: lower triangle, shape (variables, variables).
  virtual const SparsePattern& hessian_pattern() const = 0;
  virtual bool hessian(std::span<const double> x, std::span<const double> multipliers,
                       std::span<double> values) const = 0;
};

}  // namespace castner
