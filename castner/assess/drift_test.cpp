// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/drift.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>

#include "castner/plant_file/plant_file.h"
#include "castner/signals/windows.h"

namespace castner::assess {
namespace {

constexpr double kWindow = 1800.0, kSd = 0.3;

plant::Plant thermometer(const std::string& contents = "caustic", const std::string& of = "temperature") {
  std::string toml = "[[unit]]\nname='S'\nmodel='splitter'\ninlets=['A']\noutlets=['B','C']\n";
  for (const char* name : {"A", "B", "C"})
    toml += std::string("[[stream]]\nname='") + name + "'\ncontents='" + contents + "'\n";
  auto read = plant_file::read_plant(toml + "[[measurement]]\ntag='T'\nof='A." + of + "'\nsd=0.3\n", "plant.toml");
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  return std::move(*read);
}

// A temperature follows its apparatus' hold-up, 30 min: over a window of 30 min a rise of 0.6 K stores all of it, which is
// twice the instrument's 0.3 K, and counts. A rise of 2 K does not.
TEST(Drift, IsJudgedByWhatIsStored) {
  auto plant = thermometer();
  const auto& m = plant.measurements.front();
  const auto course = [](double change) { return Drift{350.0, change, change * change / 12.0, kWindow, true}; };
  const auto slow = [&](double change) {
    return drifts_slowly(m, course(change), off_by_drift(plant, m, course(change)));
  };
  EXPECT_NEAR(off_by_drift(plant, m, course(-0.6)).stored, -0.6, 1e-12);
  EXPECT_TRUE(slow(0.6) && slow(-0.6));
  EXPECT_FALSE(slow(2.0) || slow(-2.0));
  plant.assess.residence = 300;
  EXPECT_TRUE(slow(2.0)) << "a smaller vessel";
}

// docs/domain/dynamics.md, 8.1: anolyte 75 kg over 0.0437 kg/s, catholyte 90 over 0.1206 (12.4 min), heat 703.5 kJ/K over
// 0.0437 * 3.3 + 0.1206 * 3.6 kW/K (20 min).
TEST(Drift, NothingOfACellIsHeldLongerThanTheResidence) {
  const double residence = plant::AssessSettings{}.residence;
  for (const double holds : {75 / 0.0437, 90 / 0.1206, 703.5 / (0.0437 * 3.3 + 0.1206 * 3.6)}) {
    EXPECT_GE(residence, holds);
    EXPECT_LT(residence, 3.0 * holds);
  }
  const Drift course{0.3, 0.01, 0.0, kWindow};
  const auto stored = [&](const char* contents, const char* of) {
    const auto plant = thermometer(contents, of);
    return off_by_drift(plant, plant.measurements.front(), course).stored;
  };
  EXPECT_NEAR(stored("caustic", "mass_frac.NaOH"), 0.01 * residence / kWindow, 1e-15);
  EXPECT_NEAR(stored("chlorine_gas", "mass_frac.O2"), 0.01 * 60 / kWindow, 1e-15) << "a header holds little";
  EXPECT_NEAR(stored("chlorine_gas", "temperature"), 0.01 * residence / kWindow, 1e-15) << "that of the cells";
  EXPECT_NEAR(stored("caustic", "flow_mass"), 0.01 * 60 / kWindow, 1e-15);
}

/// One window of a thermometer that is read every few seconds.
signals::WindowMean window_of(double length, double every, const std::function<double(double)>& value) {
  readings::Series s{.tag = "T", .unit = "K", .samples = {}};
  for (double t = 0.0; t < length; t += every)
    s.samples.push_back({Time{} + std::chrono::milliseconds(std::llround(1e3 * t)), value(t)});
  const signals::WindowOptions o{
      .from = Time{}, .to = Time{} + std::chrono::seconds(std::lround(length)), .one_window = true};
  return signals::cut_windows({&s, 1}, o, [](std::size_t, double) { return kSd; }).windows.at(0).tags.at(0);
}

struct Judged {
  bool counts;
  double stored;
};

Judged judge(const plant::Plant& plant, const signals::WindowMean& w, double length) {
  const auto& m = plant.measurements.front();
  const Drift drift{w.mean, w.change, w.steady ? 0.0 : w.variance, length, w.moves};
  const OffByDrift off = off_by_drift(plant, m, drift);
  return {!w.moves || drifts_slowly(m, drift, off), off.stored};
}

// A rise of 4 K in the last 90 s of half an hour hardly moves the line that fits best, and stores all of the 4 K; 3 K likewise.
TEST(Drift, ARiseInTheLastMinuteAndAHalfIsDynamic) {
  for (const double rise : {4.0, 3.0, -4.0})
    for (const double every : {1.0, 10.0, 30.0}) {
      const auto w = window_of(kWindow, every, [&](double t) {
        return 360.0 + rise * std::clamp((t - 1710.0) / (90.0 - 2.0 * every), 0.0, 1.0);
      });
      const Judged j = judge(thermometer(), w, kWindow);
      EXPECT_NEAR(j.stored, rise, 0.05 * std::abs(rise)) << rise << " K, every " << every << " s";
      EXPECT_FALSE(j.counts) << rise << " K, every " << every << " s";
    }
}

// The first half hour of a server: what 300 thermometers show by noise that remembers itself for minutes, and one that is rounded,
// is no storage. Noise of 0.3 sd is what the virtual plant has.
TEST(ShortWindow, OfASteadyPlantCounts) {
  const auto plant = thermometer();
  std::mt19937 random(23);
  std::normal_distribution<double> normal;
  for (const double length : {20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1200.0}) {
    int out = 0;
    double most = 0.0;
    for (int run = 0; run < 300; ++run) {
      double noise = normal(random);
      const double memory = run % 3 == 0 ? 1.0 : 270.0, rounded = run % 2 == 0 ? 1e-6 : 0.1;
      const double keep = std::exp(-1.0 / memory);
      const auto w = window_of(length, 1.0, [&](double) {
        noise = keep * noise + std::sqrt(1.0 - keep * keep) * normal(random);
        return std::round((360.0 + 0.3 * kSd * noise) / rounded) * rounded;
      });
      const Judged j = judge(plant, w, length);
      out += j.counts ? 0 : 1;
      if (j.counts) most = std::max(most, std::abs(j.stored));
    }
    EXPECT_LE(out, 1) << length << " s";
    EXPECT_LE(most, 3.0 * kSd) << length << " s";
  }
}

TEST(ShortWindow, OfAPlantThatMovesStaysOut) {
  const auto plant = thermometer();
  std::mt19937 random(29);
  std::normal_distribution<double> normal;
  const auto out = [&](double length, const std::function<double(double)>& rise) {
    const auto w = window_of(length, 1.0, [&](double t) { return 360.0 + rise(t) + 0.1 * kSd * normal(random); });
    return !judge(plant, w, length).counts;
  };
  for (const double length : {30.0, 60.0, 300.0, 900.0}) {
    EXPECT_TRUE(out(length, [&](double t) { return 3.5 * kSd * t / length; })) << "a ramp, " << length << " s";
    EXPECT_TRUE(out(length, [&](double t) { return t > 0.5 * length ? -1.2 : 0.0; })) << "a step, " << length << " s";
    EXPECT_TRUE(out(length, [&](double t) { return t > 0.9 * length - 2.0 ? 1.2 : 0.0; }))
        << "late, " << length << " s";
    EXPECT_FALSE(out(length, [](double) { return 0.0; })) << length << " s";
  }
  // A kelvin a minute is told within half a minute, what comes slower a little later.
  EXPECT_TRUE(out(35.0, [](double t) { return t / 60.0; }));
  EXPECT_TRUE(out(180.0, [](double t) { return 0.2 * t / 60.0; }));
}

// A window as long as the residence time, or longer, multiplies by no more than 1, and every change counts in full.
TEST(ShortWindow, IsOneThatIsShorterThanTheResidence) {
  const auto plant = thermometer();
  const auto& m = plant.measurements.front();
  const auto stored = [&](double change, double length, bool moves) {
    return off_by_drift(plant, m, {360.0, change, 0.0, length, moves}).stored;
  };
  EXPECT_NEAR(stored(0.2, 3600.0, false), 0.1, 1e-12);
  EXPECT_NEAR(stored(0.2, 1800.0, false), 0.2, 1e-12);
  EXPECT_NEAR(stored(0.2, 30.0, true), 0.2, 1e-12) << "less than the instrument wanders";
  EXPECT_NEAR(stored(0.6, 30.0, false), 0.6, 1e-12) << "within the noise";
  EXPECT_NEAR(stored(0.6, 30.0, true), 36.0, 1e-12);
}

struct Course {
  const char* name;
  std::function<double(double)> (*draw)(std::mt19937&);  ///< [K] over windows
};

double between(std::mt19937& random, double a, double b) {
  return std::uniform_real_distribution<double>(a, b)(random);
}

// The window is from 1 to 2.
const Course kCourses[] = {
    {"ramp",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [slope = between(random, -1.2, 1.2)](double t) { return slope * t; };
     }},
    {"a step in the last tenth",
     [](std::mt19937& random) -> std::function<double(double)> {
       return
           [size = between(random, -4, 4), at = between(random, 1.9, 1.96)](double t) { return t > at ? size : 0.0; };
     }},
    {"a rise in the last 90 s",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [size = between(random, -4, 4)](double t) { return size * std::clamp((t - 1.95) / 0.05, 0.0, 1.0); };
     }},
    {"a step in the first tenth",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [size = between(random, -4, 4), at = between(random, 1.0, 1.1)](double t) { return t > at ? size : 0.0; };
     }},
    {"a step anywhere",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [size = between(random, -2, 2), at = between(random, 0.9, 2.1)](double t) { return t > at ? size : 0.0; };
     }},
    {"sinus",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [size = between(random, 0, 2), period = between(random, 0.3, 4),
               phase = between(random, 0, 6.3)](double t) { return size * std::sin(6.2832 * t / period + phase); };
     }},
};

struct Covered {
  int counted = 0;
  double rms = 0.0;  ///< of what the reading is off, over its sd
};

/// A vessel of the residence time leaves by a thermometer with a bias of its own, and noise; what would close the steady
/// balance is its true mean plus residence / window times its true change.
Covered cover(const Course& course, int every, double noise) {
  const auto plant = thermometer();
  const auto& m = plant.measurements.front();
  std::mt19937 random(17);
  std::normal_distribution<double> normal;
  const auto at = [](double t) { return Time{} + std::chrono::seconds(std::lround(t * kWindow)); };
  Covered c;
  double squares = 0.0;
  for (int run = 0; run < 400; ++run) {
    const auto f = course.draw(random);
    const double bias = kSd * normal(random);
    readings::Series s{.tag = "T", .unit = "K", .samples = {}};
    for (int k = 0; k < 3 * kWindow; k += every)
      s.samples.push_back({at(k / kWindow), 350.0 + f(k / kWindow) + bias + noise * normal(random)});
    double truth = 350.0;
    for (int k = 0; k < 1800; ++k) truth += f(1.0 + (k + 0.5) / 1800.0) / 1800.0;
    const signals::WindowOptions o{.from = at(1), .to = at(2), .one_window = true};
    const auto w = signals::cut_windows({&s, 1}, o, [](std::size_t, double) { return kSd; }).windows.at(0).tags.at(0);
    const Drift drift{w.mean, w.change, w.steady ? 0.0 : w.variance, kWindow, w.moves};
    const OffByDrift off = off_by_drift(plant, m, drift);
    if (w.moves && !drifts_slowly(m, drift, off)) continue;
    ++c.counted;
    const double closing = truth + plant.assess.residence / kWindow * (f(2.0) - f(1.0));
    const double sd = std::hypot(kSd, w.steady ? w.sd_of_mean : w.sd_about_line, std::hypot(off.stored, off.product));
    squares += (w.mean - closing) * (w.mean - closing) / (sd * sd);
  }
  c.rms = std::sqrt(squares / c.counted);
  return c;
}

TEST(Drift, TheUncertaintyThatItAddsCoversTheTruth) {
  for (const Course& course : kCourses)
    for (const int every : {10, 60})
      for (const double noise : {0.0, 0.1, 0.2}) {
        // What began with the last reading and is still within the noise is the next window's.
        if (every == 60 && noise > 0.0 && std::string(course.name) == "a rise in the last 90 s") continue;
        const Covered c = cover(course, every, noise);
        // Much noise takes a change that is as large as may count for a smaller one, and leaves out those it made larger.
        EXPECT_LT(c.rms, noise < 0.2 ? 1.25 : 1.4) << course.name << ", every " << every << " s, noise " << noise;
        EXPECT_GT(c.rms, 0.4) << course.name << ", every " << every << " s, noise " << noise << ": not at any price";
        EXPECT_GT(c.counted, 60) << course.name;
      }
}

}  // namespace
}  // namespace castner::assess
