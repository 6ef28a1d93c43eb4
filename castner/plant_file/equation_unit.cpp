// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/equation_unit.h"

#include "castner/base/check.h"

namespace castner::plant_file {
namespace {

class EquationUnit final : public plant::Unit {
 public:
  EquationUnit(std::shared_ptr<const expression::Expression> expression, std::vector<Variable> variables,
               plant::Equation equation)
      : expression_(std::move(expression)), variables_(std::move(variables)), equations_{std::move(equation)} {}
  std::span<const Variable> variables() const override { return variables_; }
  std::span<const plant::Equation> equations() const override { return equations_; }
  bool linear() const override { return expression_->linear(); }
  bool residual(std::span<const double> x, std::span<double> r) const override {
    return expression_->evaluate(x, r[0]);
  }
  bool residual(std::span<const Dual1> x, std::span<Dual1> r) const override { return expression_->evaluate(x, r[0]); }
  bool residual(std::span<const Dual2> x, std::span<Dual2> r) const override { return expression_->evaluate(x, r[0]); }

 private:
  std::shared_ptr<const expression::Expression> expression_;
  std::vector<Variable> variables_;
  std::vector<plant::Equation> equations_;
};

}  // namespace

std::unique_ptr<plant::Unit> equation_unit(std::shared_ptr<const expression::Expression> expression,
                                           std::vector<Variable> variables, std::string equation) {
  check(variables.size() == expression->names().size(), "a variable for every name of the expression");
  std::vector<double> start, nominal;
  for (const Variable& v : variables) {
    start.push_back(v.start);
    nominal.push_back(v.nominal);
  }
  const double size = expression->typical_size(start, nominal);
  return std::make_unique<EquationUnit>(std::move(expression), std::move(variables),
                                        plant::Equation{std::move(equation), size});
}

}  // namespace castner::plant_file
