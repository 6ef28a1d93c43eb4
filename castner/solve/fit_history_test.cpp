// SPDX-License-Identifier: Apache-2.0
// What a Fit solved before makes it faster, and no more: its answer is that of a new one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "castner/solve/fit.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

using testing::numbered;
using testing::TextbookSystem;

/// A curved system, its readings, and where the search begins.
struct History {
  std::string name;
  std::shared_ptr<const EquationSystem> system;
  std::vector<MeasuredValue> readings;
  std::vector<double> start;
};

template <class Function>
History history(std::string name, std::vector<double> start, std::vector<MeasuredValue> readings, int equations,
                double low, Function f) {
  auto variables = numbered(start);
  for (auto& v : variables) v.low = low;
  return {std::move(name),
          std::make_shared<TextbookSystem<Function>>(
              variables, testing::numbered_equations(static_cast<std::size_t>(equations)), f),
          std::move(readings), std::move(start)};
}

constexpr double kNoBound = -kUnbounded;

std::vector<History> histories(int draws) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform;
  std::normal_distribution<double> normal;
  std::vector<History> all;
  for (int k = 0; k < draws; ++k) {
    const double above = 0.01 + 50.0 * uniform(random), below = -5.0 * uniform(random) - 0.01;
    const double off = 1.0 + 0.1 * normal(random);
    all.push_back(history("root below zero", {10.0, above}, {{0, below, 0.1}}, 1, kNoBound, [](auto x, auto r) {
      if (value_of(x[1]) <= 0.0) return false;
      r[0] = x[0] - 10.0 * sqrt(x[1]);
      return true;
    }));
    all.push_back(history("power below zero", {10.0, above}, {{0, below, 0.1}}, 1, kNoBound, [](auto x, auto r) {
      if (value_of(x[1]) <= 0.0) return false;
      r[0] = x[0] - 3.0 * pow(x[1], 0.7);
      return true;
    }));
    all.push_back(history("orifice", {above, 1.0}, {{1, 4.0 * off, 0.1}}, 1, kNoBound, [](auto x, auto r) {
      r[0] = x[1] - 0.02 * x[0] * x[0];
      return true;
    }));
    all.push_back(history("orifices of a header", {above, 1.0, 3.0, 4.0, 2.0},
                          {{2, 3.0 * off, 0.1}, {3, 4.0, 0.1}, {4, 2.0 * off, 0.1}}, 3, 0.0, [](auto x, auto r) {
                            r[0] = x[0] + x[1] - x[2];
                            r[1] = x[3] - x[0] * x[0];
                            r[2] = x[4] - 2.0 * x[1] * x[1];
                            return true;
                          }));
    all.push_back(
        history("heat of two flows", {1.0, 2.0, 3.0, 300.0 + above, 350.0, 330.0},
                {{0, 1.0 * off, 0.02}, {2, 3.0, 0.05}, {3, 310.0, 0.5}, {4, 340.0 * off, 0.5}, {5, 332.0, 0.5}}, 2, 0.0,
                [](auto x, auto r) {
                  r[0] = x[0] + x[1] - x[2];
                  r[1] = x[0] * x[3] + x[1] * x[4] - x[2] * x[5];
                  return true;
                }));
    all.push_back(history("strength", {2.0, 0.3, 1.0, 0.6},
                          {{0, 2.0, 0.02}, {1, 0.31 * off, 0.003}, {2, 1.1, 0.05}, {3, 0.5, 0.01}}, 1, 1e-6,
                          [](auto x, auto r) {
                            r[0] = x[0] * x[1] - x[2] * x[3];
                            return true;
                          }));
    all.push_back(history("logarithm", {above, 1.0, 2.0}, {{1, std::log(5.0) * off, 0.05}, {2, 1.0 / 5.0, 0.02}}, 2,
                          kNoBound, [](auto x, auto r) {
                            if (value_of(x[0]) <= 0.0) return false;
                            r[0] = x[1] - log(x[0]);
                            r[1] = x[2] - 1.0 / x[0];
                            return true;
                          }));
  }
  return all;
}

FitTask task_of(const History& h) {
  return {.readings = h.readings,
          .used = std::vector<char>(h.readings.size(), 1),
          .open = std::vector<char>(h.system->equations().size(), 0)};
}

/// What else was asked of the Fit before, as the search for gross errors does.
struct Before {
  const char* what;
  std::function<void(FitTask&, std::vector<MeasuredValue>&, std::vector<double>&)> change;
};

const std::vector<Before>& befores() {
  using Readings = std::vector<MeasuredValue>;
  using Start = std::vector<double>;
  static const std::vector<Before> all{
      {"a brief descent", [](FitTask& t, Readings&, Start&) { t.brief = true; }},
      {"one that fails", [](FitTask& t, Readings&, Start&) { t.brief = true, t.max_iterations = 1; }},
      {"the first way down", [](FitTask& t, Readings&, Start&) { t.once = true, t.max_iterations = 3; }},
      {"one reading left out", [](FitTask& t, Readings&, Start&) { t.used.back() = 0; }},
      {"a brief descent without one",
       [](FitTask& t, Readings&, Start&) {
         t.used.front() = 0;
         t.brief = true;
       }},
      {"Huber's loss", [](FitTask& t, Readings&, Start&) { t.robust = true; }},
      {"a leak", [](FitTask& t, Readings&, Start&) { t.open.front() = 1; }},
      {"other readings",
       [](FitTask&, Readings& readings, Start&) {
         for (auto& y : readings) y.value = 1.3 * y.value + 20.0 * y.sd;
       }},
      {"another start",
       [](FitTask&, Readings&, Start& start) {
         for (auto& x : start) x *= 3.0;
       }},
  };
  return all;
}

void ask(Fit& fit, const History& h, const Before& before) {
  auto readings = h.readings;
  auto start = h.start;
  FitTask task = task_of(h);
  task.readings = readings;
  before.change(task, readings, start);
  (void)fit.run(task, start);
}

TEST(Fit, AnswersToTheBitAsANewOneOnceTheLastAnswerIsForgotten) {
  for (const auto& h : histories(8)) {
    Fit fresh(*h.system, {});
    const auto expected = fresh.run(task_of(h), h.start);
    Fit used(*h.system, {});
    for (const auto& before : befores()) {
      ask(used, h, before);
      used.go_back_to({});
      const auto found = used.run(task_of(h), h.start);
      EXPECT_EQ(found.end, expected.end) << h.name << " after " << before.what;
      EXPECT_EQ(found.x, expected.x) << h.name << " after " << before.what;
      EXPECT_EQ(found.iterations, expected.iterations) << h.name << " after " << before.what;
    }
  }
}

TEST(Fit, AnswersAsANewOneWhateverItAnsweredBefore) {
  constexpr double kOff = 1e-7;  // steps end when they change nothing by 1e-9
  for (const auto& h : histories(8)) {
    Fit fresh(*h.system, {});
    const auto expected = fresh.run(task_of(h), h.start);
    Fit used(*h.system, {});
    for (const auto& before : befores()) {
      ask(used, h, before);
      const auto found = used.run(task_of(h), h.start);
      ASSERT_EQ(found.end, expected.end) << h.name << " after " << before.what;
      for (std::size_t i = 0; i < found.x.size(); ++i)
        EXPECT_NEAR(found.x[i], expected.x[i],
                    kOff * std::max(std::abs(expected.x[i]), h.system->variables()[i].nominal))
            << h.name << " after " << before.what;
    }
  }
}

}  // namespace
}  // namespace castner::solve
