// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/idle.h"

#include <gtest/gtest.h>

#include <algorithm>
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

int looks = 0;  ///< residuals asked of ducts

/// What flows in flows out.
struct Duct {
  std::vector<Variable> variables{{"in", "kg/s", 0.0, kUnbounded, 1.0, 1.0},
                                  {"out", "kg/s", 0.0, kUnbounded, 1.0, 1.0}};
  std::vector<Equation> equations{{"passes", 1.0}};
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    ++looks;
    r[0] = x[0] - x[1];
    return true;
  }
};

/// A valve that shuts its outlet.
struct ShutOff : Duct {
  IdleForm idle_form() const { return {.unit = make_unit(Duct{}), .signs = {{{0, 0.0}}}, .shut = {0}}; }
};

/// How often ducts are looked at where a shut valve stands at one end of so many.
int looks_at(int pipes, bool downstream) {
  Plant plant;
  plant.flowsheet = std::make_unique<Flowsheet>();
  const auto flow = [&](int i) { return "S" + std::to_string(downstream ? pipes - i : i) + ".flow_mass"; };
  plant.flowsheet->add_unit("V", make_unit(ShutOff{}), {flow(downstream ? pipes : -1), flow(0)});
  plant.units.push_back({.name = "V"});
  for (int i = 0; i < pipes; ++i) {
    const std::string name = "P" + std::to_string(i);
    plant.flowsheet->add_unit(name, make_unit(Duct{}), {flow(pipes - 1 - i), flow(pipes - i)});
    plant.units.push_back({.name = name});
  }
  std::vector<char> idle(plant.units.size(), 0);
  idle[0] = 1;
  looks = 0;
  const auto rest = standstill(plant, {.units = idle, .flow_shown = {0}}, {});
  const int asked = looks;
  EXPECT_EQ(std::count(rest.still.begin(), rest.still.end(), 1), static_cast<std::ptrdiff_t>(rest.still.size()));
  return asked;
}

TEST(Standstill, SpreadsInStepsThatGrowWithThePlantAndNotItsSquare) {
  for (const bool downstream : {false, true}) {
    const int few = looks_at(250, downstream), many = looks_at(500, downstream);
    EXPECT_GT(few, 250);
    EXPECT_LT(many, 2.2 * few);
  }
}

}  // namespace
}  // namespace castner::plant
