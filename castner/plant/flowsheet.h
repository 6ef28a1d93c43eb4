// SPDX-License-Identifier: Apache-2.0
/// Units joined by streams: one EquationSystem over the variables of the whole plant.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/plant/stream.h"
#include "castner/plant/unit.h"

namespace castner::plant {

class Flowsheet final : public EquationSystem {
 public:
  /// Adds the variables of a stream, or a variable of the user's own. Returns the index of the first.
  int add_variable(Variable);

  /// Adds a unit. `paths` gives the plant-wide name of each of its variables, in order; one not seen before is
  /// added with the unit's own description. Connected ports share variables, so there are no connection equations.
  /// @return the unit's index
  int add_unit(std::string name, std::unique_ptr<Unit> unit, const std::vector<std::string>& paths);

  /// Index of a variable by its path.
  std::optional<int> find(std::string_view path) const;
  /// Gives a variable a second path (unit.port.quantity for stream.quantity).
  void alias(std::string path, int variable);

  void set_start(int variable, double value) { variables_[static_cast<std::size_t>(variable)].start = value; }
  void set_nominal(int variable, double value) { variables_[static_cast<std::size_t>(variable)].nominal = value; }
  void set_bounds(int variable, double low, double high);

  struct UnitEntry {
    std::string name;
    std::unique_ptr<Unit> unit;
    std::vector<int> variable;  ///< plant-wide index of each of its variables
    int first_equation = 0;
    // where its Jacobian and Hessian blocks go; -1 where structurally zero
    std::vector<int> jacobian_place, hessian_place;
    std::vector<double> constant_jacobian;  ///< of a linear unit
  };
  const std::vector<UnitEntry>& units() const { return units_; }
  /// Plant-wide index of a unit's total-mass balance, or -1.
  int mass_balance(std::size_t unit) const;

  /// First values: starts, then `known` (index, value) pairs, then unit by unit along the flow; known values stay.
  std::vector<double> initialise(const std::vector<std::pair<int, double>>& known) const;

  // EquationSystem. The structure is settled at the first call and must not be added to after it.
  std::span<const Variable> variables() const override { return variables_; }
  std::span<const std::string> equations() const override { return equation_names_; }
  std::span<const double> residual_sizes() const override { return sizes_; }
  bool residual(std::span<const double> x, std::span<double> r) const override;
  const SparsePattern& jacobian_pattern() const override {
    settle();
    return jacobian_;
  }
  bool jacobian(std::span<const double> x, std::span<double> values) const override;
  const SparsePattern& hessian_pattern() const override {
    settle_hessian();
    return hessian_;
  }
  bool hessian(std::span<const double> x, std::span<const double> multipliers, std::span<double> values) const override;

 private:
  void settle() const;
  void settle_hessian() const;

  std::vector<Variable> variables_;
  std::vector<std::string> equation_names_;
  std::vector<double> sizes_;
  std::unordered_map<std::string, int> index_;
  mutable std::vector<UnitEntry> units_;
  mutable SparsePattern jacobian_, hessian_;
  mutable bool settled_ = false, hessian_settled_ = false;
};

}  // namespace castner::plant
