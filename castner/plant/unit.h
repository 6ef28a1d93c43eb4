// SPDX-License-Identifier: Apache-2.0
/// A unit model: a named block of equations over its own variables, for every scalar.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/numerics/scalar.h"

namespace castner::plant {

/// One equation of a unit.
struct Equation {
  std::string name;   ///< "mass balance", "NaOH balance", "energy balance"
  double size = 1.0;  ///< typical size (> 0) of its terms, in its own unit; scales the residual
};

/// A limit that a solution leaves: "S1.temperature is 72.8 degC, below 133.5 degC: saturation at its pressure".
struct LimitLeft {
  std::size_t variable = 0;  ///< which one leaves it, an index into x
  double limit = 0.0;        ///< [SI]
  std::string source;        ///< key in docs/reference/references.md; empty: no published limit
  std::string why;           ///< what lies there, and what it means
};
struct IdleForm;

class Unit {
 public:
  virtual ~Unit() = default;
  virtual std::span<const Variable> variables() const = 0;  ///< names local: "feed.flow_mass", "duty"
  virtual std::span<const Equation> equations() const = 0;
  /// Which equation is the balance of total mass, in = out in kg/s; -1 where there is none.
  /// A leak shows as its residual: in - out = leak.
  virtual int mass_balance() const { return -1; }
  /// True where every equation is linear: its Jacobian is then evaluated once.
  virtual bool linear() const { return false; }

  /// Residuals r, shape (equations), at x, shape (variables). False: cannot be evaluated here.
  virtual bool residual(std::span<const double> x, std::span<double> r) const = 0;
  virtual bool residual(std::span<const Dual1> x, std::span<Dual1> r) const = 0;
  virtual bool residual(std::span<const Dual2> x, std::span<Dual2> r) const = 0;

  /// Given inlets and parameters in x, writes sensible first values of outlets and own variables into x.
  virtual void initialise(std::span<double> /*x*/) const {}

  /// Adds what is outside a range or impossible at a solution, beyond what each stream says of itself.
  virtual void judge(std::span<const double> /*x*/, std::vector<LimitLeft>& /*found*/) const {}
  /// Which streams meet under one pressure, each named by its flow_mass: liquids have no pressure of their own. Empty: all.
  virtual std::vector<std::vector<std::size_t>> spaces() const { return {}; }
  /// What is left of the unit when it is out of service; none where the model knows no such state.
  virtual std::optional<IdleForm> idle_form() const;
};

/// A unit out of service, and how one sees that it is. Variables are the unit's own indices.
struct IdleForm {
  /// A size near which a reading means that nothing runs.
  struct Sign {
    std::size_t variable = 0;
    double limit = 0.0;  ///< [SI]; what its instrument reads at 0 is near it as well (idle_choice.h)
  };
  /// A potential that stands without current too: above the one it runs, below the other it does not.
  struct Potential {
    std::size_t variable = 0;
    double runs_above = 0.0, idle_below = 0.0;  ///< [SI]
  };
  std::unique_ptr<Unit> unit;            ///< the same variables, the equations at rest: what flows in flows out
  std::vector<std::vector<Sign>> signs;  ///< readings of them near 0 speak for idle; where all of a group are 0 it is
  std::vector<Potential> potentials;     ///< readings of them speak for running or for idle
  /// Flows of what it needs and lets pass when idle, one group a feed, in and out: where all feeds stand still it cannot run.
  std::vector<std::vector<std::size_t>> feeds;
  /// Flows in and out that are one: what shows the one shows the other.
  std::vector<std::pair<std::size_t, std::size_t>> passes;
  std::vector<std::size_t> shut;    ///< inflows that stand still with it unless an instrument shows a flow
  std::optional<std::size_t> heat;  ///< the equation that says nothing where nothing flows
  /// An equation that holds only once what the unit contains has been replaced, which takes hours: it gives way to
  /// readings of these, its strength or temperature on the way out.
  struct Follows {
    std::size_t equation = 0;
    std::vector<std::size_t> out;
  };
  std::vector<Follows> follows;
};

inline std::optional<IdleForm> Unit::idle_form() const { return std::nullopt; }

/// Makes a Unit of a Model with members `variables`, `equations`, and
/// `template <class T> bool residual(std::span<const T> x, std::span<T> r) const`.
/// Optional members, picked up where present: `int mass_balance`, `static constexpr bool kLinear`,
/// `void initialise(std::span<double>) const`, `void judge(std::span<const double>, std::vector<LimitLeft>&) const`,
/// `std::vector<std::vector<std::size_t>> spaces() const`, `IdleForm idle_form() const`.
template <class Model>
class UnitOf final : public Unit {
 public:
  explicit UnitOf(Model m) : model_(std::move(m)) {}
  std::span<const Variable> variables() const override { return model_.variables; }
  std::span<const Equation> equations() const override { return model_.equations; }
  int mass_balance() const override {
    if constexpr (requires { model_.mass_balance; }) return model_.mass_balance;
    return -1;
  }
  bool linear() const override {
    if constexpr (requires { Model::kLinear; }) return Model::kLinear;
    return false;
  }
  bool residual(std::span<const double> x, std::span<double> r) const override { return model_.residual(x, r); }
  bool residual(std::span<const Dual1> x, std::span<Dual1> r) const override { return model_.residual(x, r); }
  bool residual(std::span<const Dual2> x, std::span<Dual2> r) const override { return model_.residual(x, r); }
  void initialise(std::span<double> x) const override {
    if constexpr (requires { model_.initialise(x); }) model_.initialise(x);
  }
  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const override {
    if constexpr (requires { model_.judge(x, found); }) model_.judge(x, found);
  }
  std::vector<std::vector<std::size_t>> spaces() const override {
    if constexpr (requires { model_.spaces(); }) return model_.spaces();
    return {};
  }
  std::optional<IdleForm> idle_form() const override {
    if constexpr (requires { model_.idle_form(); }) return model_.idle_form();
    return std::nullopt;
  }

 private:
  Model model_;
};

template <class Model>
std::unique_ptr<Unit> make_unit(Model m) {
  return std::make_unique<UnitOf<Model>>(std::move(m));
}

}  // namespace castner::plant
