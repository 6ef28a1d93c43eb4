// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/idle.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/plant/layout.h"

namespace castner::plant {
namespace {

/// The same equations idle or not: two of them have no value, as where the first values are beyond a formula's range.
struct WithoutValue {
  std::vector<Variable> variables{{"a", "1", 0.0, kUnbounded, 1.0, 1.0}, {"b", "1", 0.0, kUnbounded, 1.0, 1.0}};
  std::vector<Equation> equations{{"a stands", 1.0}, {"one", 1.0}, {"two", 1.0}};
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    r[0] = x[0];
    r[1] = x[1] * T(std::nan(""));
    r[2] = x[0] * T(std::nan(""));
    return false;
  }
  IdleForm idle_form() const { return {.unit = make_unit(WithoutValue{}), .signs = {{{0, 0.0}}}}; }
};

/// An equation of the user's own.
struct OwnEquation {
  std::vector<Variable> variables{{"a", "1", 0.0, kUnbounded, 1.0, 1.0}};
  std::vector<Equation> equations{{"own", 1.0}};
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    r[0] = T(1.0) / x[0];
    return all_finite<T>(r);
  }
};

TEST(IdleState, NamesOfWhatIsLeftOutTheUsersOwnEquationsAloneAndOnce) {
  Plant plant;
  plant.flowsheet = std::make_unique<Flowsheet>();
  plant.flowsheet->add_unit("U1", make_unit(WithoutValue{}), {"U1.a", "U1.b"});
  plant.flowsheet->add_unit("own", make_unit(OwnEquation{}), {"U1.a"});
  plant.units.push_back({.name = "U1"});
  const IdleState state = idle_state(plant, {.units = {1}}, {});
  ASSERT_TRUE(state.any());
  EXPECT_EQ(state.left_out, std::vector<std::string>{"own"});
}

}  // namespace
}  // namespace castner::plant
