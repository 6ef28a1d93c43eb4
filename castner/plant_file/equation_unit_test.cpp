// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/equation_unit.h"

#include <gtest/gtest.h>

#include "castner/plant/flowsheet.h"

namespace castner::plant_file {
namespace {

/// A plant of mass flows, a temperature and pure numbers; `s` is a length, `min` a number, to meet unit and function.
tl::expected<Dimension, Problem> lookup(std::string_view path) {
  const auto of = [](const char* unit) { return parse_unit(unit)->dimension; };
  if (path == "S1.flow_mass" || path == "S2.flow_mass") return of("kg/s");
  if (path == "S1.temperature") return of("K");
  if (path == "s") return of("m");
  if (path == "x" || path == "y" || path == "z" || path == "min") return Dimension{};
  return tl::unexpected(Problem{"", std::string(path) + " is unknown", "there is none"});
}

expression::Expression read_expression(std::string_view text) {
  auto e = expression::parse_expression(text, lookup);
  if (!e) ADD_FAILURE() << text << "\n" << e.error().text();
  return e ? std::move(*e) : *expression::parse_expression("0", lookup);
}

TEST(EquationUnit, BothBranchesBelongToTheStructure) {
  plant::Flowsheet f;
  auto e = std::make_shared<expression::Expression>(read_expression("min(x, y) * max(y, z) - 1"));
  f.add_unit("e", equation_unit(e, {{"x"}, {"y"}, {"z"}}, "residual"), {"x", "y", "z"});
  EXPECT_EQ(f.jacobian_pattern().nonzeros(), 3);
}
TEST(EquationUnit, ScalesItsResidualByItsTerms) {
  auto e = std::make_shared<expression::Expression>(read_expression("S1.flow_mass * x - S2.flow_mass"));
  const auto unit = equation_unit(
      e, {{"a", "kg/s", 0, 1e9, 30.0, 30.0}, {"b", "1", 0, 1, 0.5, 0.25}, {"c", "kg/s", 0, 1e9, 8.0, 8.0}}, "residual");
  EXPECT_DOUBLE_EQ(unit->equations()[0].size, 15.0);  // |d/dx| 30 * nominal 0.5
  EXPECT_FALSE(unit->linear());
}

}  // namespace
}  // namespace castner::plant_file
