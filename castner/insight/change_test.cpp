// SPDX-License-Identifier: Apache-2.0
// An error that begins within the data is told by who moved, though every instrument is always off by as much as its sd allows.
#include <gtest/gtest.h>

#include <random>

#include "castner/assess/assess.h"
#include "castner/insight/findings.h"
#include "castner/plant_file/plant_file.h"
#include "castner/readings/time_zone.h"

namespace castner::insight {
namespace {

using namespace std::chrono;

struct Meter {
  const char* tag;
  const char* of;
  double truth;  // t/h
  double sd;     // %
};

/// Nodes in a row, each from one stream to the next.
std::string row_of_nodes(int nodes) {
  std::string text = "[plant]\nname = \"Meters\"\n";
  for (int n = 0; n < nodes; ++n)
    text += "[[unit]]\nname = \"N" + std::to_string(n + 1) + "\"\nmodel = \"node\"\ninlets = [\"" +
            std::string(1, static_cast<char>('A' + n)) + "\"]\noutlets = [\"" +
            std::string(1, static_cast<char>('B' + n)) + "\"]\n";
  return text;
}
const std::string kSplit =
    "[plant]\nname = \"Split\"\n[[unit]]\nname = \"N0\"\nmodel = \"node\"\ninlets = [\"A\"]\noutlets = [\"B\"]\n"
    "[[unit]]\nname = \"N1\"\nmodel = \"node\"\ninlets = [\"B\"]\noutlets = [\"C\", \"D\"]\n";

struct Course {
  std::vector<Meter> meters;
  plant::Plant plant;
  Course(std::string text, std::vector<Meter> m) : meters(std::move(m)), plant(read(std::move(text), meters)) {}

  static plant::Plant read(std::string text, const std::vector<Meter>& meters) {
    for (const auto& m : meters)
      text += "[[measurement]]\ntag = \"" + std::string(m.tag) + "\"\nof = \"" + m.of +
              ".flow_mass\"\nunit = \"t/h\"\nsd = \"" + std::to_string(m.sd) + " %\"\n";
    auto p = plant_file::read_plant(text, "plant.toml");
    EXPECT_TRUE(p) << p.error().text();
    return std::move(*p);
  }

  /// Twelve windows of half an hour. Each meter is off by a part of its reading, drawn from its sd; the load goes from 1 to `load`
  /// in the last four windows, while one meter reads too much there, or too little, by up to `fault` of its reading.
  Judged judged(std::mt19937& random, std::size_t faulty, double fault, bool step, double load = 1.0) const {
    std::normal_distribution<double> normal;
    tables::Table t;
    t.facts.shape = tables::TableShape::wide;
    const auto start = readings::parse_time("2026-11-03T00:00:00+08:00", std::nullopt).value();
    for (std::size_t k = 0; k < meters.size(); ++k) {
      readings::Series s{.tag = meters[k].tag};
      const double gain = 1.0 + 0.01 * meters[k].sd * normal(random);
      for (int i = 0; i < 360; ++i) {
        const double since = std::max(0.0, (i - 240) / 120.0);
        const double wrong = k != faulty ? 0.0 : fault * (step ? (i >= 240 ? 1.0 : 0.0) : since);
        const double now = i >= 240 ? load : 1.0;
        s.samples.push_back({start + minutes(i), meters[k].truth * now * (gain + wrong + 0.003 * normal(random))});
      }
      t.series.push_back(std::move(s));
    }
    return assess::assess(plant, t, "x", {.time_zone = "+08:00"})
        .map([&](assess::Assessment a) { return insight::judged(plant, std::move(a)); })
        .value();
  }
};

struct Score {
  int found = 0;     ///< accusations that began within the data
  int alone = 0;     ///< the faulty one, and no other instrument
  int among = 0;     ///< it and others
  int innocent = 0;  ///< another, and no other instrument
};

/// @param s  is added to
void count(Score& s, const Course& c, double fault, bool step, double load) {
  std::mt19937 random(11);
  for (int n = 0; n < 30; ++n) {
    const std::size_t faulty = static_cast<std::size_t>(n) % c.meters.size();
    const auto judged = c.judged(random, faulty, n % 2 == 0 ? fault : -fault, step, load);
    for (const auto& f : judged.findings) {
      if (!f.code.starts_with("gross_error.") || f.since.empty()) continue;
      ++s.found;
      const std::string tag = c.meters[faulty].tag;
      const bool several = f.code == kOneOfSeveral && !f.blanks.at("others").empty();
      if (several)
        s.among += f.path == tag || f.blanks.at("others").find(tag) != std::string::npos;
      else
        ++(f.path == tag ? s.alone : s.innocent);
    }
  }
}
/// Steps and drifts of several sizes, with the load as it was and lower.
Score score(const Course& c) {
  Score s;
  for (const double fault : {0.04, 0.06, 0.1})
    for (const bool step : {true, false})
      for (const double load : {1.0, 0.8}) count(s, c, fault, step, load);
  return s;
}

const Course& three() {
  static const Course c(row_of_nodes(2), {{"FI-1", "A", 100, 1}, {"FI-2", "B", 100, 1}, {"FI-3", "C", 100, 1}});
  return c;
}
const Course& third_is_poor() {
  static const Course c(row_of_nodes(2), {{"FI-1", "A", 100, 1}, {"FI-2", "B", 100, 1}, {"FI-3", "C", 100, 3}});
  return c;
}
const Course& two_and_a_split() {
  static const Course c(kSplit,
                        {{"FI-1", "A", 100, 1}, {"FI-2", "B", 100, 1}, {"FI-3", "C", 60, 2}, {"FI-4", "D", 40, 2}});
  return c;
}

TEST(Change, OfThreeMetersOnOneFlowTheFaultyOneIsNamedAlone) {
  for (const auto* c : {&three(), &third_is_poor()}) {
    const Score s = score(*c);
    EXPECT_GT(s.found, 100);
    EXPECT_GT(s.alone, 0.95 * s.found);
    EXPECT_LE(s.innocent, 0.01 * s.found);
  }
}

TEST(Change, OfTwoMetersOnOneFlowTheirSplitTellsTheFaultyOne) {
  const Score s = score(two_and_a_split());
  EXPECT_GT(s.found, 60);
  EXPECT_GT(s.alone, 0.6 * s.found) << "the two of the split cannot be told from each other";
  EXPECT_GE(s.alone + s.among, 0.99 * s.found);
  EXPECT_LE(s.innocent, 0.01 * s.found);
}

}  // namespace
}  // namespace castner::insight
