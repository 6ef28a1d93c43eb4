// SPDX-License-Identifier: Apache-2.0
#include "castner/dynamics/controller.h"

namespace castner::dynamics {
namespace {

struct ProportionalIntegral {
  double gain;
  std::vector<Variable> variables;
  std::vector<plant::Equation> equations;

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    const T &value = x[0], &by = x[1], &set_point = x[2], &bias = x[3], &automatic = x[4], &integral = x[5];
    const T error = (set_point - value) * automatic;
    r[0] = by - bias - error * gain - integral;
    // Less reset / gain * d(integral)/dt: at rest there is no error, and by hand no integral.
    r[1] = error - (1.0 - automatic) * integral * (1.0 / gain);
    return true;
  }
};

}  // namespace

ControllerVariables add_controller(plant::Plant& plant, const ControllerSettings& c, std::vector<solve::Rate>& rates) {
  auto& sheet = *plant.flowsheet;
  const Variable holds = sheet.variables()[static_cast<std::size_t>(c.holds)];
  const Variable by = sheet.variables()[static_cast<std::size_t>(c.by)];
  const auto own = [](const char* name, const Variable& like) {
    return Variable{name, like.unit, -kUnbounded, kUnbounded, like.nominal, 0.0};
  };
  ProportionalIntegral unit{c.gain,
                            {holds,
                             by,
                             own("set_point", holds),
                             own("bias", by),
                             {"automatic", "1", 0.0, 1.0, 1.0, 1.0},
                             own("integral", by)},
                            {{"output", by.nominal}, {"error", holds.nominal}}};
  const auto path = [&](const char* name) { return c.name + "." + name; };
  sheet.add_unit(c.name, plant::make_unit(std::move(unit)),
                 {holds.name, by.name, path("set_point"), path("bias"), path("automatic"), path("integral")});
  const auto of = [&](const char* name) { return *sheet.find(path(name)); };
  rates.push_back({static_cast<int>(sheet.equations().size()) - 1, of("integral"), c.reset / c.gain});
  return {of("set_point"), of("bias"), of("automatic"), of("integral")};
}

}  // namespace castner::dynamics
