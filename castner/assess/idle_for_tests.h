// SPDX-License-Identifier: Apache-2.0
/// Plants of which a unit stands still, for tests.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "castner/assess/assess.h"
#include "castner/assess/simulation.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::assess::idle_tests {

using readings::Quality, readings::Sample, readings::Series;

inline plant::Plant plant_of(const std::string& text) {
  auto read = plant_file::read_plant(text, "plant.toml");
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  return read ? std::move(*read) : plant::Plant{};
}

inline std::string text_of(const std::string& file) {
  const auto text = read_file(testing::root() + "/" + file);
  EXPECT_TRUE(text) << file;
  return text ? *text : "";
}

inline std::string replaced(const std::string& text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : std::string(text).replace(at, what.size(), by);
}

/// Two electrolysers on common headers; E2 at a current [kA] and at brine and caustic flows [t/h].
inline std::string pair(double current, double brine, double caustic, const std::string& of_e2 = "") {
  std::string text = text_of("tests/cases/reconcile/electrolyser_flushed/plant.toml");
  text = replaced(text, "of='E2.current'\nvalue=0.0", "of='E2.current'\nvalue=" + std::to_string(current));
  text = replaced(text, "of='B2.flow_mass'\nvalue=17.2", "of='B2.flow_mass'\nvalue=" + std::to_string(brine));
  text = replaced(text, "of='L2.flow_mass'\nvalue=29.0", "of='L2.flow_mass'\nvalue=" + std::to_string(caustic));
  return replaced(text, "name='E2'\n", "name='E2'\n" + of_e2);
}

inline State state_of(const plant::Plant& plant, const std::vector<tables::SnapshotRow>& rows = {}) {
  const auto readings = snapshot_readings(plant, rows, "readings.csv");
  EXPECT_TRUE(readings);
  PlantReconciler reconciler(plant);
  return reconciler.reconcile(*readings, {}, false, idle_words(plant, *readings, rows));
}

struct Told {
  const plant::Plant& plant;
  const State& state;
  const solve::Estimate& operator[](const char* path) const {
    return state.reconciliation.estimates.at(static_cast<std::size_t>(*plant.flowsheet->find(path)));
  }
  bool known(const char* path) const { return (*this)[path].kind != solve::Class::unobservable; }
  std::string why_not(const std::string& tag) const {
    for (const auto& i : state.instruments)
      if (i.tag == tag) return i.why_not;
    return "no such tag";
  }
  std::vector<std::string> idle() const {
    std::vector<std::string> names;
    for (const int u : state.idle) names.push_back(plant.units[static_cast<std::size_t>(u)].name);
    return names;
  }
};
using Names = std::vector<std::string>;

/// The cell room through a day in which E4 is stopped and started again, as its instruments show it.
class StoppedWithinTheDay : public ::testing::Test {
 protected:
  StoppedWithinTheDay() {
    text_ = text_of("plants/cell_room/plant.toml");
    plant_ = plant_of(text_);
    const auto running = simulate(plant_).result;
    auto stopped_text =
        replaced(text_, "of = \"E4.current\"\nvalue = \"14.5418 kA\"", "of = \"E4.current\"\nvalue = 0");
    stopped_text =
        replaced(stopped_text, "of = \"LF4.flow_mass\"\nvalue = \"58.094 t/h\"", "of = \"LF4.flow_mass\"\nvalue = 0");
    const auto stopped = simulate(plant_of(stopped_text)).result;
    EXPECT_EQ(running.report.status, solve::Status::converged);
    EXPECT_EQ(stopped.report.status, solve::Status::converged) << stopped.report.advice.text;
    runs_ = running.x;
    stands_ = stopped.x;
  }

  /// Minutes of samples from midnight; E4 stands still in [from, to), in minutes.
  tables::Table day(int minutes, int from, int to) const {
    tables::Table table;
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    for (const auto& m : plant_.measurements) {
      Series s{.tag = m.tag, .unit = "", .samples = {}};
      for (int k = 0; k < minutes; ++k) {
        const bool still = k >= from && k < to;
        const auto v = static_cast<std::size_t>(m.variable);
        // What nothing determines: the transmitter reads something all the same, and falls as the cells cool.
        const double lost = m.unit.to_si(m.unit.from_si(runs_[v]) * std::exp(-0.01 * (k - from)));
        const double truth = !still ? runs_[v] : std::isfinite(stands_[v]) ? stands_[v] : lost;
        const double noise = still && stands_[v] == 0.0 ? 0.0 : 0.3 * m.uncertainty.sd(runs_[v]) * normal(random);
        s.samples.push_back({Time{} + std::chrono::minutes(k), m.unit.from_si(truth + noise), Quality::good});
      }
      table.series.push_back(std::move(s));
    }
    return table;
  }

  std::string text_;
  plant::Plant plant_;
  std::vector<double> runs_, stands_;
};

}  // namespace castner::assess::idle_tests
