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
                                           "healthy_stop_and_restart", "healthy_calibration", "healthy_gaps",
                                           "ammeter_zero", "renewed_in_a_stop", "coarse_healthy",
                                           "wild_readings_healthy"),
                         [](const auto& p) { return std::string(p.param); });

class WrongReadings : public ::testing::TestWithParam<const char*> {};
TEST_P(WrongReadings, AreNamedAndNeverTakenForASickCell) {
  const Replay r = replay(GetParam(), 7, kCells);
  ASSERT_FALSE(r.verdicts.empty());
  for (const auto& v : r.verdicts) {
    EXPECT_TRUE(v.after && v.right[static_cast<std::size_t>(When::end)]) << told(r);
  }
  for (const auto& t : r.tellings)
    EXPECT_TRUE(cells::is_instrument(t.said[static_cast<std::size_t>(When::told)].first)) << told(r);
  EXPECT_EQ(r.sound_accused(), 0) << told(r);
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
  EXPECT_GE(s.when(When::end).right_cause, 10) << tables(all);
  EXPECT_LE(s.when(When::end).sure_and_wrong, 1) << tables(all);
  EXPECT_EQ(s.sound_alarmed, 0) << tables(all);
  EXPECT_LE(s.fast_delay, 120.0);
  EXPECT_NEAR(static_cast<double>(s.covered) / s.intervals, 0.95, 0.04) << tables(all);
}

// Five of 180 or five of 40, an eighth of the room: a voltage that no cell can have is nothing that cells share.
TEST(SickCells, AreToldThoughManyFallAtOnce) {
  for (int cells : {40, kCells, 180}) {
    const Replay r = replay("five_at_once", 7, cells);
    ASSERT_EQ(r.verdicts.size(), 5u);
    for (const auto& v : r.verdicts) {
      EXPECT_TRUE(v.after && *v.after <= 60.0 && v.right[0] && v.right[1]) << cells << " cells, " << told(r);
    }
    EXPECT_EQ(r.sound_accused(), 0) << told(r);
  }
}

TEST(Scanners, ThatHangAreToldAndMakeNobodySick) {
  const Replay r = replay("scanner_hangs", 7, kCells);
  EXPECT_EQ(r.hangs, 1);
  EXPECT_EQ(r.hangs_told, 1);
  EXPECT_TRUE(r.findings.empty()) << told(r);
}

TEST(Cells, ThatAreNoLongerReadAreNotSeen) {
  const Replay r = replay("cell_no_longer_read", 7, kCells);
  ASSERT_EQ(r.verdicts.size(), 1u);
  ASSERT_TRUE(r.verdicts[0].after) << told(r);
  EXPECT_LE(*r.verdicts[0].after, 2.0 * 3600.0);
  EXPECT_EQ(r.sound_accused(), 0) << told(r);
}

TEST(Tellings, AreJudgedAsTheyWereToldAndAsTheyStand) {
  const Replay r = replay("blister", 7, kCells);
  ASSERT_EQ(r.tellings.size(), 1u) << told(r);
  const Telling& t = r.tellings[0];
  EXPECT_EQ(t.time, r.findings[0].detected);
  EXPECT_TRUE(t.of && t.of->cause == cell_bank::Illness::blister);
  EXPECT_EQ(t.said[static_cast<std::size_t>(When::end)].cause, r.findings[0].cause);
  EXPECT_EQ(t.said[static_cast<std::size_t>(When::end)].probability, r.findings[0].probability);
  EXPECT_NE(t.said[0].probability, t.said[1].probability) << "what it does later tells more of it";
}

Telling telling(cells::Cause told, double probability_told, cells::Cause end, double probability_end) {
  Telling t;
  t.said = {ToldCause{told, told, probability_told}, ToldCause{end, end, probability_end}};
  return t;
}

TEST(Summary, CountsWhatIsSureAndWrongAtBothMomentsFalseFindingsTooAndTapsApart) {
  using enum cells::Cause;
  Replay r{.days = 1.0, .cells = kCells};
  r.tellings = {telling(pinhole, 0.9, unknown, 0.3), telling(contact, 0.5, blister, 0.7),
                telling(stuck, 1.0, stuck, 1.0), telling(contact, 0.8, contact, 0.8)};
  r.tellings[3].of = cell_bank::Truth{.cause = cell_bank::Illness::contact};
  const ReplaySummary s = summarise({r});
  EXPECT_EQ(s.when(When::told).sure, 2);
  EXPECT_EQ(s.when(When::told).sure_and_wrong, 1);
  EXPECT_EQ(s.when(When::end).sure, 2);
  EXPECT_EQ(s.when(When::end).sure_and_wrong, 1);
  EXPECT_EQ(s.when(When::told).taps, 1);
  EXPECT_EQ(s.when(When::told).taps_wrong, 1);
  EXPECT_EQ(s.sound_alarmed, 3);
}

TEST(Peers, SayWhetherAnAlarmStoodBefore) {
  Peers peers(20, 2.7, 0.0);
  std::vector<double> u(20, 3.0);
  for (int row = 0; row < 100; ++row) {
    u[4] = row >= 20 && row < 60 ? 1.0 : 3.0;
    peers.step(10.0 * row, 14e3, u);
  }
  EXPECT_FALSE(peers.alarmed_at(Peer::limits, 4, 200.0));
  EXPECT_TRUE(peers.alarmed_at(Peer::limits, 4, 400.0));
  EXPECT_FALSE(peers.alarmed_at(Peer::limits, 4, 700.0)) << "it has ended";
  EXPECT_TRUE(peers.alarmed_before(Peer::limits, 4, 700.0));
  EXPECT_EQ(peers.alarmed_after(Peer::limits, 4, 200.0), 220.0);
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
