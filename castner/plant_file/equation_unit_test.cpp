// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/equation_unit.h"

#include <gtest/gtest.h>

#include "castner/plant/flowsheet.h"

namespace castner::plant_file {
namespace {

/// An expression in which every dotted path is a mass flow and every other name a pure number.
std::shared_ptr<expression::Expression> expression_of(std::string_view text) {
  const auto lookup = [](std::string_view path) -> tl::expected<Dimension, Problem> {
    return path.find('.') == path.npos ? Dimension{} : parse_unit("kg/s")->dimension;
  };
  return std::make_shared<expression::Expression>(expression::parse_expression(text, lookup).value());
}

TEST(EquationUnit, BothBranchesBelongToTheStructure) {
  plant::Flowsheet f;
  const auto e = expression_of("min(x, y) * max(y, z) - 1");
  f.add_unit("e", equation_unit(e, {{"x"}, {"y"}, {"z"}}, "residual"), {"x", "y", "z"});
  EXPECT_EQ(f.jacobian_pattern().nonzeros(), 3);
}
TEST(EquationUnit, ScalesItsResidualByItsTerms) {
  const auto e = expression_of("S1.flow_mass * x - S2.flow_mass");
  const auto unit = equation_unit(
      e, {{"a", "kg/s", 0, 1e9, 30.0, 30.0}, {"b", "1", 0, 1, 0.5, 0.25}, {"c", "kg/s", 0, 1e9, 8.0, 8.0}}, "residual");
  EXPECT_DOUBLE_EQ(unit->equations()[0].size, 15.0);  // |d/dx| 30 * nominal 0.5
  EXPECT_FALSE(unit->linear());
}

}  // namespace
}  // namespace castner::plant_file
