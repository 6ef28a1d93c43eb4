// SPDX-License-Identifier: Apache-2.0
// A plant that is measured exactly once per degree of freedom has one right answer: its own simulation. From wherever the
// solver starts, it must come back to it, and must never call such a plant infeasible.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <random>
#include <sstream>
#include <string>

#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "castner/solve/reconcile.h"
#include "castner/solve/simulate.h"
#include "castner/unit_models/samples_for_tests.h"
#include "tests/support/root.h"

namespace castner {
namespace {

using solve::Held;
using solve::MeasuredValue;
using solve::Status;

/// A flowsheet with one reading for each degree of freedom, and the state in which all are exact.
struct MeasuredOnce {
  std::string name;
  std::unique_ptr<plant::Flowsheet> flowsheet;
  std::vector<Held> held;
  std::vector<MeasuredValue> readings;
  std::vector<double> truth;

  const Variable& variable(std::size_t i) const { return flowsheet->variables()[i]; }
  double clamped(std::size_t i, double x) const { return std::clamp(x, variable(i).low, variable(i).high); }
  void add_reading(int i, double value) {
    const bool kelvin = variable(static_cast<std::size_t>(i)).unit == "K";
    readings.push_back({i, value, kelvin ? 0.5 : std::max(0.01 * std::abs(value), 1e-6)});
  }
  /// The state for other values of the readings; empty where there is none.
  std::vector<double> simulate(const std::vector<MeasuredValue>& values, const std::vector<double>& start) const {
    auto all = held;
    for (const auto& y : values) all.push_back({y.variable, y.value});
    const auto out = solve::simulate(*flowsheet, all, start);
    return out.report.status == Status::converged ? out.x : std::vector<double>{};
  }
};

/// A plant file whose specifications are turned into readings.
MeasuredOnce plant_of(const std::string& file) {
  MeasuredOnce p{file, nullptr, {}, {}, {}};
  const auto text = read_file(testing::root() + "/" + file);
  auto read = plant_file::read_plant(text.value_or(""), file);
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  if (!read) return p;
  p.flowsheet = std::move(read->flowsheet);
  std::vector<std::pair<int, double>> known(read->parameters);
  for (const auto& [variable, value] : read->parameters) p.held.push_back({variable, value});
  for (const auto& s : read->specifications) {
    p.add_reading(s.variable, s.value);
    known.emplace_back(s.variable, s.value);
  }
  p.truth = p.simulate(p.readings, p.flowsheet->initialise(known));
  EXPECT_FALSE(p.truth.empty()) << file;
  return p;
}

/// Of some columns of the scaled Jacobian at x, taken in that order, those that the columns taken before leave clearly
/// dependent (Gram and Schmidt): what the equations cannot find once they have found the others.
std::vector<int> left_over(const EquationSystem& s, const std::vector<double>& x, const std::vector<int>& order) {
  constexpr double kClearly = 0.05;  // of a column's length
  std::vector<double> values(s.jacobian_pattern().row.size());
  EXPECT_TRUE(s.jacobian(x, values));
  std::vector<std::vector<double>> basis;
  std::vector<int> left;
  for (const int c : order) {
    std::vector<double> column(s.equations().size(), 0.0);
    for (const auto [row, k] : s.jacobian_pattern().column(static_cast<std::size_t>(c)))
      column[row] = values[k] * s.variables()[static_cast<std::size_t>(c)].nominal / s.residual_sizes()[row];
    const double length = std::sqrt(std::inner_product(column.begin(), column.end(), column.begin(), 0.0));
    for (const auto& b : basis) {
      const double along = std::inner_product(column.begin(), column.end(), b.begin(), 0.0);
      for (std::size_t i = 0; i < b.size(); ++i) column[i] -= along * b[i];
    }
    const double rest = std::sqrt(std::inner_product(column.begin(), column.end(), column.begin(), 0.0));
    if (!(rest > kClearly * length)) {
      left.push_back(c);
      continue;
    }
    for (double& v : column) v /= rest;
    basis.push_back(std::move(column));
  }
  return left;
}

/// One unit alone, in the state nearest to its first values. What its equations cannot find is measured: streams that enter
/// rather than what is computed from them.
MeasuredOnce unit_of(const unit_models::ModelSample& sample) {
  unit_models::ModelBench bench(sample.model, sample.connections, sample.constants);
  MeasuredOnce p{sample.model, std::make_unique<plant::Flowsheet>(), {}, {}, {}};
  bench.unit->initialise(bench.x);
  std::vector<std::string> paths;
  for (const auto& v : bench.unit->variables()) paths.push_back(v.name);
  p.flowsheet->add_unit("U", std::move(bench.unit), paths);
  for (std::size_t i = 0; i < bench.x.size(); ++i) p.add_reading(static_cast<int>(i), bench.x[i]);
  const auto nearest = solve::reconcile(*p.flowsheet, p.readings, {}, {}, bench.x, {.covariance = false});
  EXPECT_EQ(nearest.report.status, Status::converged) << sample.model << ": " << nearest.report.advice.text;
  p.truth = nearest.x;
  p.readings.clear();
  const auto enters = [&](const std::string& path) {
    return std::any_of(sample.connections.begin(), sample.connections.end(),
                       [&](const auto& c) { return c.inlet && path.starts_with(c.port + "."); });
  };
  std::vector<int> order;
  for (const bool entering : {false, true})
    for (std::size_t i = 0; i < paths.size(); ++i)
      if (enters(paths[i]) == entering) order.push_back(static_cast<int>(i));
  for (const int i : left_over(*p.flowsheet, p.truth, order)) p.add_reading(i, p.truth[static_cast<std::size_t>(i)]);
  return p;
}

struct Tally {
  int right = 0, infeasible = 0, starts = 0, draws = 0;  ///< a draw without a state of its own is no start
  std::string first_wrong;
};

void reconcile_from(const std::vector<double>& start, const MeasuredOnce& p, const std::vector<MeasuredValue>& readings,
                    const std::vector<double>& truth, Tally& t) {
  const auto out = solve::reconcile(*p.flowsheet, readings, p.held, {}, start, {.covariance = false});
  double off = 0.0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    off = std::max(off, std::abs(out.x[i] - truth[i]) / std::max(std::abs(truth[i]), p.variable(i).nominal));
  // simulate closes balances to 1e-10 of their sizes, which leaves a few digits more or less of each variable.
  const bool right = out.report.status == Status::converged && off < 1e-6;
  ++t.starts;
  t.right += right;
  t.infeasible += out.report.status == Status::infeasible;
  if (!right && t.first_wrong.empty())
    t.first_wrong = fmt::format("start {}: {}, {:.2g} off; {}", t.starts, solve::status_name(out.report.status), off,
                                out.report.advice.text);
}

/// How many draws: few in every `make test`, CASTNER_STARTS of them where that is set.
int draws(int few) {
  const char* asked = std::getenv("CASTNER_STARTS");
  return asked ? std::atoi(asked) : few;
}

/// Readings one, two and three sd away from the state that the solver starts from.
Tally from_another_state(const MeasuredOnce& p, int few) {
  Tally t;
  for (int k = 0; k < draws(few); ++k) {
    std::mt19937_64 random(static_cast<std::uint64_t>(k) + 1);
    std::normal_distribution<double> normal;
    auto readings = p.readings;
    for (auto& y : readings)
      y.value = p.clamped(static_cast<std::size_t>(y.variable), y.value + (k % 3 + 1) * y.sd * normal(random));
    ++t.draws;
    if (const auto truth = p.simulate(readings, p.truth); !truth.empty())
      reconcile_from(p.truth, p, readings, truth, t);
  }
  return t;
}

/// The state itself, from starts whose every variable is off by up to `share`; those from number `first` on.
Tally from_random_starts(const MeasuredOnce& p, int few, double share, int first = 0) {
  Tally t;
  for (int k = first; k < first + draws(few); ++k) {
    std::mt19937_64 random(static_cast<std::uint64_t>(k) + 1);
    std::uniform_real_distribution<double> factor(1.0 - share, 1.0 + share);
    auto start = p.truth;
    for (std::size_t i = 0; i < start.size(); ++i) start[i] = p.clamped(i, start[i] * factor(random));
    ++t.draws;
    reconcile_from(start, p, p.readings, p.truth, t);
  }
  return t;
}

void expect_right(const Tally& t, const std::string& what) {
  EXPECT_GT(t.draws, 0) << what;
  EXPECT_GE(t.starts * 10, t.draws * 9) << what << ": only " << t.starts << " of " << t.draws << " draws have a state";
  EXPECT_EQ(t.infeasible, 0) << what << ": " << t.first_wrong;
  EXPECT_GE(t.right * 100, t.starts * 99)
      << what << ": " << t.right << " of " << t.starts << " right; " << t.first_wrong;
}

TEST(ReconcilesToItself, APlantOfThirtyOneUnitsFromItsStateOfAnotherDay) {
  const auto p = plant_of("tests/support/thirty_one_units.toml");
  ASSERT_EQ(p.readings.size(), 42u);
  expect_right(from_another_state(p, 12), p.name);
}

/// The days of thirty_one_units_states.csv: each reading's value on each of them.
std::vector<std::vector<MeasuredValue>> days(const MeasuredOnce& p) {
  std::vector<std::vector<MeasuredValue>> all(4);
  std::istringstream lines(read_file(testing::root() + "/tests/support/thirty_one_units_states.csv").value_or(""));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string path, sd, value;
    std::getline(cells, path, ',');
    std::getline(cells, sd, ',');
    for (auto& day : all) {
      std::getline(cells, value, ',');
      day.push_back({p.flowsheet->find(path).value_or(-1), std::stod(value), std::stod(sd)});
    }
  }
  return all;
}

TEST(ReconcilesToItself, APlantOfThirtyOneUnitsOnFourDays) {
  const auto p = plant_of("tests/support/thirty_one_units.toml");
  Tally t;
  for (const auto& readings : days(p)) {
    ASSERT_EQ(readings.size(), 42u);
    const auto truth = p.simulate(readings, p.truth);
    ASSERT_FALSE(truth.empty());
    reconcile_from(p.truth, p, readings, truth, t);
  }
  EXPECT_EQ(t.right, 4) << t.first_wrong;
}

TEST(ReconcilesToItself, APlantOfThirtyOneUnitsFromRandomStarts) {
  const auto p = plant_of("tests/support/thirty_one_units.toml");
  expect_right(from_random_starts(p, 6, 0.05), p.name);
  // Often nothing can be evaluated at these; and from number 15 steps for which bounds decide end where the evaporators stand
  // still, far from the readings.
  expect_right(from_random_starts(p, 5, 0.2, 13), p.name);
}

TEST(ReconcilesToItself, EveryShippedPlant) {
  int found = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(testing::root() + "/plants")) {
    if (file.path().extension() != ".toml") continue;
    const auto read = plant_file::read_plant(read_file(file.path().string()).value_or(""), file.path().string());
    if (!read || read->specifications.empty()) continue;  // settings of another kind; a plant that is only measured
    const auto name = std::filesystem::relative(file.path(), testing::root()).string();
    const auto p = plant_of(name);
    expect_right(from_another_state(p, 5), name);
    expect_right(from_random_starts(p, 5, 0.1), name);
    ++found;
  }
  EXPECT_GE(found, 4);
}

TEST(ReconcilesToItself, EveryUnitModel) {
  for (const auto& sample : unit_models::samples()) {
    const auto p = unit_of(sample);
    expect_right(from_random_starts(p, 20, 0.1), sample.model);
  }
}

}  // namespace
}  // namespace castner
