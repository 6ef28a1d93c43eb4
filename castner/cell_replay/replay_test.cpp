// SPDX-License-Identifier: Apache-2.0
// A small part of the replay suite, with few cells; `make soak` tells every story, docs/validation/cells.md has the figures.
#include "castner/cell_replay/replay.h"

#include <gtest/gtest.h>

#include "castner/cell_replay/summary.h"

namespace castner::cell_replay {
namespace {

constexpr int kCells = 60;

std::string told(const Replay& r) {
  std::string all = r.story + ":";
  for (const auto& f : r.findings)
    all += " cell " + std::to_string(f.cell + 1) + " " + std::string(cells::name_of(f.cause)) + ";";
  return all;
}

class HealthyStories : public ::testing::TestWithParam<const char*> {};
TEST_P(HealthyStories, AccuseNobody) {
  const Replay r = replay(GetParam(), 7, kCells);
  EXPECT_TRUE(r.findings.empty()) << told(r);
}
INSTANTIATE_TEST_SUITE_P(All, HealthyStories,
                         ::testing::Values("healthy_day_night_month", "healthy_load_cuts", "healthy_ramps",
                                           "healthy_start_up", "healthy_shutdown", "healthy_stop_polarised",
                                           "healthy_stop_and_restart", "healthy_calibration", "healthy_gaps"),
                         [](const auto& p) { return std::string(p.param); });

class WrongReadings : public ::testing::TestWithParam<const char*> {};
TEST_P(WrongReadings, AreNamedAndNeverTakenForASickCell) {
  const Replay r = replay(GetParam(), 7, kCells);
  ASSERT_FALSE(r.verdicts.empty());
  for (const auto& v : r.verdicts) {
    EXPECT_TRUE(v.after && v.cause_right) << told(r);
  }
  EXPECT_TRUE(r.wrong.empty()) << told(r);
  for (const auto& f : r.findings) EXPECT_TRUE(f.instrument()) << told(r);
}
INSTANTIATE_TEST_SUITE_P(All, WrongReadings,
                         ::testing::Values("reading_dead", "reading_at_rail", "reading_stuck", "reading_offset",
                                           "reading_scaled", "readings_swapped", "reading_displaced"),
                         [](const auto& p) { return std::string(p.param); });

TEST(SickCells, AreFoundWithTheirCause) {
  std::vector<Replay> all;
  for (const char* story :
       {"pinhole", "pinhole_at_load", "blister", "membrane_fouling", "anode_coating", "cathode_after_stop",
        "blocked_feed", "dry_out", "short", "short_partial", "contact_after_stop", "contact_flickers"})
    all.push_back(replay(story, 7, kCells));
  const ReplaySummary s = summarise(all);
  EXPECT_EQ(s.found, s.told);
  EXPECT_GE(s.right_cause, 10) << tables(all);
  EXPECT_LE(s.sure_and_wrong, 1) << tables(all);
  EXPECT_EQ(s.sound_alarmed, 0) << tables(all);
  EXPECT_LE(s.fast_delay, 120.0);
  EXPECT_NEAR(static_cast<double>(s.covered) / s.intervals, 0.95, 0.04) << tables(all);
}

TEST(Peers, AlarmWhatTheyAreMeantFor) {
  const Replay r = replay("short", 7, kCells);
  ASSERT_EQ(r.verdicts.size(), 1u);
  EXPECT_LE(r.verdicts[0].peers[static_cast<std::size_t>(Peer::limits)], 60.0) << "a short is below 2.0 V";
  EXPECT_LE(r.verdicts[0].peers[static_cast<std::size_t>(Peer::three_sigma)], 60.0);
  EXPECT_GT(r.peers_wrong[static_cast<std::size_t>(Peer::cusum)], 10) << "a cell's own slow noise is no shift";
}

}  // namespace
}  // namespace castner::cell_replay
