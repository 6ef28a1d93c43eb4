// SPDX-License-Identifier: Apache-2.0
/// The small language of equations: numbers with units and named quantities, its dimensions checked when it is read.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/base/quantity.h"
#include "castner/numerics/scalar.h"

namespace castner::expression {

/// One step of a compiled expression, on a stack of values.
struct Step {
  enum class Code : unsigned char {
    number,
    variable,
    add,
    subtract,
    multiply,
    divide,
    negate,
    constant_power,
    power,
    sqrt,
    exp,
    log,
    abs,
    min,
    max
  };
  Code code = Code::number;
  double number = 0.0;  ///< [SI] of a number; the exponent of constant_power
  int variable = 0;     ///< index into Expression::names
  int column = 0;       ///< from 1, where it stands in the text
};

/// A point at which abs, min or max changes from one branch to the other.
struct Kink {
  std::string function;  ///< "min"
  int column = 0;
};

/// A compiled expression: a function of the values of `names`, exactly differentiable.
class Expression {
 public:
  /// The paths it uses, each once, in the order they first appear.
  const std::vector<std::string>& names() const { return names_; }
  const Dimension& dimension() const { return dimension_; }
  /// True where it is linear in its names.
  bool linear() const { return linear_; }

  /// @param x      [SI], shape (names)
  /// @param result [SI]
  /// @return false where it cannot be evaluated: division by zero, log of a negative number, a value beyond any size;
  ///         and, for derivatives, where there is none, as of sqrt at 0. `result` is then undefined.
  ///
  /// At their kink abs, min and max take the derivative to the left of it, counted along their first argument:
  /// abs(a) that of -a, min(a, b) that of a, max(a, b) that of b.
  template <class T>
  bool evaluate(std::span<const T> x, T& result) const;

  /// The kinks that x lies on: no variable has to move more than `closeness` of its nominal size to cross one.
  /// @param x, nominal [SI], shape (names)
  std::vector<Kink> kinks(std::span<const double> x, std::span<const double> nominal, double closeness = 1e-6) const;

  /// Typical size (> 0) of its terms [SI]: the largest |d/dx_i| nominal_i at x; 1 where it cannot be evaluated there.
  /// @param x, nominal [SI], shape (names)
  double typical_size(std::span<const double> x, std::span<const double> nominal) const;

 private:
  friend class Parser;

  std::vector<Step> program_;
  std::vector<std::string> names_;
  Dimension dimension_;
  bool linear_ = true;
  std::size_t stack_ = 1;  ///< values the program holds at once
};

/// Looks up a path: its dimension, or its problem. The parser fills in the problem's place; a
/// problem with an empty `what` was reported elsewhere and is not repeated.
using NameLookup = std::function<tl::expected<Dimension, Problem>(std::string_view)>;

/// Reads an expression in the grammar of docs/reference/plant_file.md, "Expressions". Every unknown name and every wrong
/// dimension is a problem of its own, with its column; a syntax error ends the list.
[[nodiscard]] Result<Expression> parse_expression(std::string_view text, const NameLookup&, const MeasureOptions& = {});

}  // namespace castner::expression
