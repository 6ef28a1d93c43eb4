// SPDX-License-Identifier: Apache-2.0
// Plants that follow their load, and data that come seldom or by exception.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "castner/assess/assess.h"
#include "castner/assess/sampling.h"
#include "castner/plant_file/plant_file.h"

namespace castner::assess {
namespace {

using readings::Quality, readings::Sample, readings::Series;
using std::chrono::minutes;

plant::Plant read_plant_text(const std::string& text) {
  auto read = plant_file::read_plant(text, "plant.toml");
  EXPECT_TRUE(read) << (read ? "" : read.error().text());
  return read ? std::move(*read) : plant::Plant{};
}

/// A small water electrolyser of 100 cells that follows the sun: current, voltage, power, hydrogen.
std::string by_the_sun(const std::string& assess = "") {
  return R"([plant]
name = "By the sun"
[[variable]]
name = "I"
unit = "A"
start = 500
[[variable]]
name = "U"
unit = "V"
start = 190
[[variable]]
name = "P"
unit = "W"
start = 95000
[[variable]]
name = "H2"
unit = "mol/s"
start = 0.25
[[variable]]
name = "efficiency"
unit = "1"
start = 0.95
[[equation]]
name = "power"
residual = "P - I * U"
[[equation]]
name = "hydrogen"
residual = "H2 * 192970.66 A.s/mol - I * 100 * efficiency"
[[measurement]]
tag = "II"
of = "I"
sd = "0.5 %"
sd_floor = 1
[[measurement]]
tag = "EI"
of = "U"
sd = "0.3 %"
sd_floor = 0.2
[[measurement]]
tag = "JI"
of = "P"
sd = "0.5 %"
sd_floor = 200
[[measurement]]
tag = "FI"
of = "H2"
sd = "1 %"
sd_floor = 0.0005
[assess]
window = "15 min"
min_rows = 10
max_gap = "3 min"
)" + assess;
}

/// From 6 to 18 h, one reading a minute; cloud takes the sun away for the minutes given.
tables::Table day_of_sun(int cloud_from = 0, int cloud_to = 0) {
  tables::Table t;
  for (const char* tag : {"II", "EI", "JI", "FI"}) t.series.push_back({.tag = tag, .unit = "", .samples = {}});
  std::mt19937 random(3);
  std::normal_distribution<double> noise(0.0, 0.001);
  double followed = 0.0;  // hydrogen leaves the separator a minute after it is made
  for (int k = 0; k < 24 * 60; ++k) {
    double sun = std::max(0.0, std::sin((k - 360) / 720.0 * 3.14159265));
    if (k >= cloud_from && k < cloud_to) sun *= 0.3;
    const double amps = 1000.0 * sun, volts = amps > 0.0 ? 150.0 + 0.05 * amps : 0.0;
    followed += (amps - followed) * (1.0 - std::exp(-1.0));
    const double values[] = {amps, volts, amps * volts, followed * 100 * 0.95 / 192970.66};
    constexpr double floor[] = {200.0, 50.0, 4e4, 0.1};  // times the noise: what a transmitter shows at night
    for (std::size_t s = 0; s < 4; ++s)
      t.series[s].samples.push_back(
          {Time{} + minutes(k), values[s] * (1.0 + noise(random)) + floor[s] * noise(random), Quality::good});
  }
  return t;
}

struct Counted {
  int windows = 0, by_day = 0, right = 0;
};

Counted count(const plant::Plant& plant, const tables::Table& table) {
  const auto a = assess(plant, table, "day.csv");
  EXPECT_TRUE(a) << a.error().text();
  const auto efficiency = static_cast<std::size_t>(*plant.flowsheet->find("efficiency"));
  const auto current = static_cast<std::size_t>(*plant.flowsheet->find("I"));
  Counted c;
  for (const auto& w : a->windows) {
    if (!w.state) continue;
    EXPECT_EQ(w.state->reconciliation.report.status, solve::Status::converged);
    ++c.windows;
    const auto& e = w.state->reconciliation.estimates[efficiency];
    if (w.state->reconciliation.estimates[current].value < 50.0) continue;
    ++c.by_day;
    c.right += std::abs(e.value - 0.95) < 3 * e.sd && e.sd < 0.05 && w.state->reconciliation.gross_errors.empty();
  }
  return c;
}

TEST(LoadFollowing, CountsByDayWithTheRightEfficiency) {
  const auto table = day_of_sun();
  const Counted drift = count(read_plant_text(by_the_sun()), table);
  EXPECT_GE(drift.by_day, 36) << "of 48 windows of daylight";
  EXPECT_EQ(drift.right, drift.by_day);
  const Counted strict = count(read_plant_text(by_the_sun("steady = \"strict\"\n")), table);
  EXPECT_LE(strict.by_day, 8) << "as before: night, and the top of the arc";
  EXPECT_GT(strict.windows, 40);
}

TEST(LoadFollowing, LeavesOutACloud) {
  const auto a = assess(read_plant_text(by_the_sun()), day_of_sun(608, 640), "day.csv");
  ASSERT_TRUE(a);
  const auto w = std::find_if(a->windows.begin(), a->windows.end(),
                              [](const auto& x) { return *x.from == Time{} + minutes(600); });
  ASSERT_NE(w, a->windows.end());
  EXPECT_FALSE(w->steady) << "two thirds of the load came and went within a quarter of an hour";
}

std::string header(const std::string& assess) {
  return "[[unit]]\nname='N1'\nmodel='node'\ninlets=['S1']\noutlets=['S2','S3']\n"
         "[[measurement]]\ntag='FI-1'\nof='S1.flow_mass'\nunit='t/h'\nsd='1 %'\n"
         "[[measurement]]\ntag='FI-2'\nof='S2.flow_mass'\nunit='t/h'\nsd='1 %'\n"
         "[[measurement]]\ntag='FI-3'\nof='S3.flow_mass'\nunit='t/h'\nsd='1 %'\n" +
         assess;
}

/// 120 = 70 + 50 t/h, read every so many minutes, or at irregular times.
tables::Table split(int every, bool irregular) {
  tables::Table t;
  std::mt19937 random(7);
  std::uniform_int_distribution<int> wait(5, 15);
  std::normal_distribution<double> noise(0.0, 0.1);
  for (const auto& [tag, value] : {std::pair{"FI-1", 120.0}, std::pair{"FI-2", 70.0}, std::pair{"FI-3", 50.0}}) {
    Series s{.tag = tag, .unit = "", .samples = {}};
    for (int k = 0; k < 48 * 60; k += irregular ? wait(random) : every)
      s.samples.push_back({Time{} + minutes(k), value + noise(random), Quality::good});
    t.series.push_back(std::move(s));
  }
  return t;
}

/// What is proposed for data that min_rows leaves out makes them count.
TEST(SeldomData, GetSettingsThatWork) {
  const std::string usual = "[assess]\nwindow='30 min'\nmin_rows=20\nmax_gap='5 min'\n";
  struct Case {
    int every;
    bool irregular;
    const char* settings;
  };
  for (const Case& c : {Case{60, false, "[assess] window = \"6 h\", min_rows = 4, max_gap = \"2 h\""},
                        Case{15, false, "[assess] window = \"2 h\", min_rows = 6, max_gap = \"30 min\""},
                        Case{240, false, "[assess] window = \"1 d\", min_rows = 4, max_gap = \"8 h\""},
                        Case{0, true, "[assess] between = \"hold\", window = \"30 min\", max_gap = \"30 min\""}}) {
    const auto table = split(c.every, c.irregular);
    const auto first = assess(read_plant_text(header(usual)), table, "data.csv");
    ASSERT_TRUE(first);
    EXPECT_LT(first->fullest_window, 20);
    EXPECT_EQ(first->better_settings, c.settings);
    std::string toml = first->better_settings;
    toml.replace(toml.find("] "), 2, "]\n");
    for (std::size_t at = 0; (at = toml.find(", ", at)) != toml.npos;) toml.replace(at, 2, "\n");
    const auto plant = read_plant_text(header(toml));
    const auto second = assess(plant, table, "data.csv");
    ASSERT_TRUE(second) << toml;
    int balanced = 0;
    for (const auto& w : second->windows) {
      if (!w.state) continue;
      ++balanced;
      const auto value = [&](const char* path) {
        return w.state->reconciliation.estimates[static_cast<std::size_t>(*plant.flowsheet->find(path))].value * 3.6;
      };
      EXPECT_NEAR(value("S1.flow_mass"), 120.0, 0.5);
      EXPECT_NEAR(value("S2.flow_mass"), 70.0, 0.5);
      EXPECT_NEAR(value("S3.flow_mass"), 50.0, 0.5);
    }
    EXPECT_GE(10 * balanced, 8 * static_cast<int>(second->windows.size())) << toml;
  }
}

/// Twelve such headers, each tag read by itself every 5 to 10 min.
tables::Table many_tags() {
  tables::Table t;
  std::mt19937 random(5);
  std::uniform_int_distribution<int> wait(300, 600);
  std::normal_distribution<double> noise(0.0, 0.1);
  for (int n = 0; n < 12; ++n)
    for (const auto& [port, value] : {std::pair{1, 120.0}, std::pair{2, 70.0}, std::pair{3, 50.0}}) {
      Series s{.tag = "F" + std::to_string(n) + "-" + std::to_string(port), .unit = "", .samples = {}};
      for (int k = wait(random) / 2; k < 4 * 3600; k += wait(random))
        s.samples.push_back({Time{} + std::chrono::seconds(k), value + noise(random), Quality::good});
      t.series.push_back(std::move(s));
    }
  return t;
}

std::string many_headers(const std::string& assess) {
  std::string toml;
  for (int n = 0; n < 12; ++n) {
    const auto s = [&](int port) { return "S" + std::to_string(n) + "_" + std::to_string(port); };
    toml += "[[unit]]\nname='N" + std::to_string(n) + "'\nmodel='node'\ninlets=['" + s(1) + "']\noutlets=['" + s(2) +
            "','" + s(3) + "']\n";
    for (int port = 1; port <= 3; ++port)
      toml += "[[measurement]]\ntag='F" + std::to_string(n) + "-" + std::to_string(port) + "'\nof='" + s(port) +
              ".flow_mass'\nunit='t/h'\nsd='1 %'\n";
  }
  return toml + assess;
}

/// Rows of all tags together are many; of each tag there are five a window, and none can be used.
TEST(SeldomData, OfManyTagsAreSeldom) {
  const auto first = assess(read_plant_text(many_headers("")), many_tags(), "data.csv");
  ASSERT_TRUE(first);
  EXPECT_GT(first->windows[1].rows, 100);
  EXPECT_LE(first->fullest_window, 7);
  EXPECT_EQ(first->why_none, "rows");
  for (const auto& w : first->windows) EXPECT_FALSE(w.steady || w.state);
  // And longer gaps alone are no help: min_rows still asks 20 of each tag.
  const auto longer = assess(read_plant_text(many_headers("[assess]\nmax_gap='30 min'\n")), many_tags(), "data.csv");
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->why_none, "rows");
  std::string toml = first->better_settings;
  ASSERT_NE(toml.find("] "), toml.npos) << toml;
  toml.replace(toml.find("] "), 2, "]\n");
  for (std::size_t at = 0; (at = toml.find(", ", at)) != toml.npos;) toml.replace(at, 2, "\n");
  const auto second = assess(read_plant_text(many_headers(toml)), many_tags(), "data.csv");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->why_none, "");
  for (const auto& w : second->windows) {
    ASSERT_TRUE(w.state);
    EXPECT_GE(std::count_if(w.state->instruments.begin(), w.state->instruments.end(),
                            [](const auto& i) { return i.reading >= 0; }),
              30);
  }
}

/// Rows enough, but with a silence in every window that is longer than a reading is believed.
TEST(SeldomData, WithGapsInEveryWindowSaySo) {
  auto table = split(1, false);
  for (auto& s : table.series)
    std::erase_if(s.samples, [](const Sample& x) { return (x.time.time_since_epoch() / minutes(1)) % 30 > 23; });
  const auto a = assess(read_plant_text(header("")), table, "data.csv");
  ASSERT_TRUE(a);
  EXPECT_EQ(a->why_none, "gaps");
  for (const auto& w : a->windows) EXPECT_FALSE(w.steady || w.state);
  // The max_gap that is named lets them count.
  EXPECT_EQ(a->better_settings, "[assess] max_gap = \"10 min\"");
  const auto longer = assess(read_plant_text(header("[assess]\nmax_gap = \"10 min\"\n")), table, "data.csv");
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->why_none, "");
  EXPECT_TRUE(std::any_of(longer->windows.begin(), longer->windows.end(), [](const auto& w) { return !!w.state; }));
}

/// Readings once in 2 h and windows of 6 h with three of them, at which max_gap alone stands in the way.
TEST(SeldomData, WithALongWindowAreToldTheMaxGapThatFits) {
  const auto table = split(120, false);
  const auto a = assess(read_plant_text(header("[assess]\nwindow='6 h'\nmin_rows=3\n")), table, "data.csv");
  ASSERT_TRUE(a);
  EXPECT_EQ(a->better_settings, "[assess] max_gap = \"2 h\"");
}

/// One window in ten has rows enough, with a gap; in the others a longer max_gap is no help, and none is named.
TEST(SeldomData, NoMaxGapIsNamedWhereNoneHelps) {
  auto table = split(1, false);
  for (auto& s : table.series)
    std::erase_if(s.samples, [](const Sample& x) {
      const auto minute = x.time.time_since_epoch() / minutes(1);
      return minute % 30 > (minute / 30 % 10 == 0 ? 23 : 3);
    });
  const auto a = assess(read_plant_text(header("")), table, "data.csv");
  ASSERT_TRUE(a);
  EXPECT_EQ(a->why_none, "gaps");
  EXPECT_EQ(a->better_settings, "");
}

/// What castner new writes is read as it stands, and lets data of its rhythm count.
TEST(SeldomData, FirstSettingsFit) {
  struct Case {
    int every;
    bool irregular;
    const char* has;
  };
  for (const Case& c :
       {Case{1, false, "window = \"30 min\"    # one balance each\nmin_rows = 20"},
        Case{5, false, "window = \"30 min\"    # one balance each\nmin_rows = 4"},
        Case{15, false, "window = \"2 h\"    # one balance each\nmin_rows = 6"},
        Case{60, false, "window = \"6 h\"    # one balance each\nmin_rows = 4"}, Case{0, true, "between = \"hold\""}}) {
    const auto table = split(c.every, c.irregular);
    const std::string block = first_settings(table.series);
    // The page Start says the same by its keys.
    const auto fits = first_assess(table.series);
    ASSERT_TRUE(fits);
    EXPECT_EQ(fits->between == Between::hold, c.irregular);
    EXPECT_NE(block.find("window = \"" + duration_text(fits->window) + "\""), block.npos) << block;
    EXPECT_NE(block.find("max_gap = \"" + duration_text(fits->max_gap) + "\""), block.npos) << block;
    EXPECT_EQ(block.find("min_rows = " + std::to_string(fits->min_rows) + " ") == block.npos, c.irregular) << block;
    EXPECT_NE(block.find(c.has), block.npos) << block;
    const auto a = assess(read_plant_text(header(block)), table, "data.csv");
    ASSERT_TRUE(a) << block;
    const auto balanced =
        std::count_if(a->windows.begin(), a->windows.end(), [](const auto& w) { return w.state.has_value(); });
    EXPECT_GE(10 * balanced, 8 * std::ssize(a->windows)) << block;
  }
  EXPECT_EQ(first_settings({}), "");
  EXPECT_FALSE(first_assess({}));
}

TEST(SeldomData, AreHeldOrJoinedByLines) {
  for (const char* between : {"hold", "line"}) {
    const auto plant = read_plant_text(header("[assess]\nbetween='" + std::string(between) + "'\n"));
    EXPECT_EQ(plant.assess.max_gap, plant.assess.window);
    const auto a = assess(plant, split(0, true), "data.csv");
    ASSERT_TRUE(a);
    EXPECT_GE(std::count_if(a->windows.begin(), a->windows.end(), [](const auto& w) { return w.state.has_value(); }),
              90);
  }
  const auto read = plant_file::read_plant(header("[assess]\nbetween='step'\nsteady='loose'\n"), "plant.toml");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().text().find("between = \"step\""), std::string::npos);
  EXPECT_NE(read.error().text().find("steady = \"loose\""), std::string::npos);
}

}  // namespace
}  // namespace castner::assess
