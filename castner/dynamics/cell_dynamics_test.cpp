// SPDX-License-Identifier: Apache-2.0
#include "castner/dynamics/cell_dynamics.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "castner/plant_file/plant_file.h"
#include "castner/solve/simulate.h"
#include "tests/support/agreement.h"

namespace castner::dynamics {
namespace {

using castner::testing::expect_agreement;

// The benchmark's cell: what is drawn per electron and water transport stay as they are at full load.
const char* const kCell = R"(
[[unit]]
name = "E"
model = "electrolyser"
inlets = { brine = "AB", caustic = "LF" }
outlets = { anolyte = "AN", catholyte = "CA", chlorine = "CL", hydrogen = "HY" }
[unit.parameters]
cells = 600
cell_area = "2.70 m2"
current_efficiency_loss = 0.04
current_efficiency_loss_by_current = "0 A/m2"
current_efficiency_loss_by_strength = 0
current_efficiency_loss_by_weak_anolyte = "0 m3/kg"
current_efficiency_loss_by_temperature = "0 1/K2"
water_transport_by_anolyte = "0 m3/kg"
water_transport_by_strength = 0
water_transport_offset = 0
heat_loss = "0 W"
[[stream]]
name = "AB"
contents = "acid_brine"
[[stream]]
name = "LF"
contents = "caustic"
[[stream]]
name = "AN"
contents = "depleted_brine"
[[stream]]
name = "CA"
contents = "caustic"
[[stream]]
name = "CL"
contents = "chlorine_gas"
[[stream]]
name = "HY"
contents = "hydrogen_gas"
)";

/// U = 2.42 + 0.108 j - 0.0018 j (T - 88), in V, kA/m2 and degC: the benchmark's own line for the voltage.
struct VoltageLine {
  std::vector<Variable> variables{
      {"voltage", "V", 0, 10, 3, 3}, {"density", "A/m2", 0, 1e5, 5000, 5000}, {"temperature", "K", 200, 500, 361, 361}};
  std::vector<plant::Equation> equations{{"voltage line", 0.1}};
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    const T j = x[1] * 1e-3;
    r[0] = x[0] - (2.42 + 0.108 * j - 0.0018 * j * (x[2] - 361.15));
    return true;
  }
};

constexpr double kBrine = 137.525 / 3.6, kLye = 232.375 / 3.6;  // [kg/s], of 600 cells

class StepTest {
 public:
  StepTest() : plant_(*plant_file::read_plant(kCell, "cell.toml")) {
    auto& sheet = *plant_.flowsheet;
    rates_ = add_cell_holdups(plant_);
    sheet.add_unit("line", plant::make_unit(VoltageLine{}), {"E.cell_voltage", "E.current_density", "AN.temperature"});
    for (const auto& [variable, value] : plant_.parameters) hold(variable, value);
    for (const auto& [path, value] : std::vector<std::pair<const char*, double>>{{"AB.temperature", 338.15},
                                                                                 {"LF.flow_mass", kLye},
                                                                                 {"LF.mass_frac.NaOH", 0.305},
                                                                                 {"LF.temperature", 87.6046 + 273.15},
                                                                                 {"CL.pressure", 121.3e3},
                                                                                 {"HY.pressure", 124.3e3}})
      hold(*sheet.find(path), value);
    for (const char* path : {"E.current", "AB.flow_mass", "AB.mass_frac.NaCl", "AB.mass_frac.HCl"})
      hold(*sheet.find(path), 0.0);
    feed_at(8725095.0 / 600 / 2.70 / 1e3);  // 5.3859 kA/m2, the base case
  }

  /// Current, and acid with it: 0.015 mol a mol of electrons; NaCl and water as they were. [kA/m2]
  void feed_at(double density) {
    const double current = density * 1e3 * 2.70;
    const double acid = 0.015 * current * 600 / 96485.33212 * 36.461e-3, whole = kBrine + acid;
    const std::array<double, 4> fed{current, whole, 0.26 * kBrine / whole, acid / whole};
    std::copy(fed.begin(), fed.end(), values_.end() - 4);
  }

  /// The steady state of what is fed.
  std::vector<double> at_rest() {
    std::vector<std::pair<int, double>> known;
    std::vector<solve::Held> held;
    for (std::size_t i = 0; i < held_.size(); ++i) {
      known.emplace_back(held_[i], values_[i]);
      held.push_back({held_[i], values_[i]});
    }
    auto s = solve::simulate(*plant_.flowsheet, held, plant_.flowsheet->initialise(known));
    EXPECT_EQ(s.report.status, solve::Status::converged) << s.report.advice.text;
    return std::move(s.x);
  }

  solve::Integration run() {
    return {*plant_.flowsheet,
            rates_,
            held_,
            {[this](double, std::span<double> v) { std::copy(values_.begin(), values_.end(), v.begin()); }, {}},
            {.relative = 1e-8, .absolute = 1e-10}};
  }

  double value(std::span<const double> x, const char* path) const {
    return x[static_cast<std::size_t>(*plant_.flowsheet->find(path))];
  }
  double salt_frac(std::span<const double> x) const {
    const double salt = value(x, "AN.mass_frac.NaCl");
    return salt /
           (1.0 - value(x, "AN.mass_frac.NaClO3") - value(x, "AN.mass_frac.HOCl") - value(x, "AN.mass_frac.Cl2"));
  }
  double strength(std::span<const double> x) const { return value(x, "CA.mass_frac.NaOH"); }
  double celsius(std::span<const double> x) const { return value(x, "AN.temperature") - 273.15; }

 private:
  void hold(int variable, double value) {
    held_.push_back(variable);
    values_.push_back(value);
  }
  plant::Plant plant_;
  std::vector<solve::Rate> rates_;
  std::vector<int> held_;
  std::vector<double> values_;
};

struct Row {
  double minutes, salt, strength, celsius, volts;
};
struct Step {
  const char* name;
  double density;  ///< [kA/m2] after the step
  std::array<Row, 7> rows;
  double t63_salt, t63_strength, t63_temperature;  ///< [s]
};

// The table of docs/domain/dynamics.md 8.1, with w to six digits from the line above it.
const Step kDown{"j 4.0",
                 4.0,
                 {{{0, .18500, .320000, 88.000, 2.8520},
                   {5, .18944, .318846, 86.985, 2.8593},
                   {10, .19305, .318055, 86.278, 2.8644},
                   {30, .20198, .316708, 85.024, 2.8734},
                   {60, .20705, .316364, 84.679, 2.8759},
                   {120, .20906, .316324, 84.642, 2.8762},
                   {360, .20927, .316324, 84.643, 2.8762}}},
                 1495,
                 797,
                 834};
const Step kUp{"j 6.5",
               6.5,
               {{{0, .18500, .320000, 88.000, 3.1220},
                 {5, .18139, .320927, 89.048, 3.1097},
                 {10, .17837, .321562, 89.689, 3.1022},
                 {30, .17038, .322627, 90.516, 3.0926},
                 {60, .16498, .322876, 90.593, 3.0917},
                 {120, .16210, .322897, 90.568, 3.0920},
                 {360, .16160, .322897, 90.562, 3.0920}}},
               1838,
               773,
               560};

void expect_step(const Step& step) {
  StepTest cell;
  const auto before = cell.at_rest();
  cell.feed_at(step.density);
  auto run = cell.run();
  const auto report = run.start(0.0, before);
  ASSERT_EQ(report.status, solve::Status::converged) << report.advice.text;

  struct Curve {
    const char* name;
    double from, to, t63_published, t63 = 0.0, last = 0.0;
  };
  const Row &first = step.rows.front(), &last = step.rows.back();
  std::array<Curve, 3> curves{{{"X", first.salt, last.salt, step.t63_salt},
                               {"w", first.strength, last.strength, step.t63_strength},
                               {"T", first.celsius, last.celsius, step.t63_temperature}}};
  const auto now = [&] { return std::array{cell.salt_frac(run.x()), cell.strength(run.x()), cell.celsius(run.x())}; };
  // 2e-3 of the span over 360 min; the voltage's table has four digits.
  const auto share = [](double from, double to) { return 2e-3 * std::abs(to - from); };
  std::size_t row = 0;
  for (double t = 0.0; t <= 21600.0; t += 5.0) {
    ASSERT_EQ(run.advance(t).status, solve::Status::converged) << t;
    const auto values = now();
    for (std::size_t i = 0; i < curves.size(); ++i) {
      Curve& c = curves[i];
      const double done = (values[i] - c.from) / (c.to - c.from), at63 = 1.0 - std::exp(-1.0);
      if (c.t63 == 0.0 && done >= at63) c.t63 = t - 5.0 * (done - at63) / (done - c.last);
      c.last = done;
    }
    if (row == step.rows.size() || t < step.rows[row].minutes * 60.0) continue;
    const Row& r = step.rows[row++];
    const std::string at = std::string(", ") + step.name + ", " + std::to_string(static_cast<int>(r.minutes)) + " min";
    const std::string source = "domain-reference";
    expect_agreement(
        {"Domain 8.1, step of the load", "X" + at, r.salt, values[0], share(first.salt, last.salt), source});
    expect_agreement({"Domain 8.1, step of the load", "w" + at, r.strength, values[1],
                      share(first.strength, last.strength), source});
    expect_agreement({"Domain 8.1, step of the load", "T degC" + at, r.celsius, values[2],
                      share(first.celsius, last.celsius), source});
    expect_agreement(
        {"Domain 8.1, step of the load", "U V" + at, r.volts, cell.value(run.x(), "E.cell_voltage"), 1e-4, source});
  }
  EXPECT_EQ(row, step.rows.size());
  for (const Curve& c : curves)
    expect_agreement({"Domain 8.1, step of the load", std::string("t63 s of ") + c.name + ", " + step.name,
                      c.t63_published, c.t63, 0.02 * c.t63_published, "domain-reference"});
}

TEST(CellDynamics, FollowThePublishedStepDown) { expect_step(kDown); }
TEST(CellDynamics, FollowThePublishedStepUp) { expect_step(kUp); }

TEST(CellDynamics, RestStaysAtRest) {
  StepTest cell;
  const auto before = cell.at_rest();
  auto run = cell.run();
  ASSERT_EQ(run.start(0.0, before).status, solve::Status::converged);
  ASSERT_EQ(run.advance(86400.0).status, solve::Status::converged);
  EXPECT_NEAR(cell.celsius(run.x()), cell.celsius(before), 1e-6);  // the solver's 1e-10 of its size
  EXPECT_NEAR(cell.strength(run.x()), cell.strength(before), 1e-9);
}

}  // namespace
}  // namespace castner::dynamics
