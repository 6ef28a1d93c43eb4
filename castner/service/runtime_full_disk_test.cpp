// SPDX-License-Identifier: Apache-2.0
// A server that starts while the disk has no room: what the list of gaps then misses, it gets later.
#include <algorithm>

#include "castner/service/runtime_for_tests.h"

namespace castner::service {
namespace {

/// The start on a disk without room, hours after the newest readings; the sources speak at once, or not yet.
class FullAtStart : public RuntimeTest {
 protected:
  FullAtStart() {
    std::vector<historian::TaggedReading> old;
    for (const char* tag : {"FI-101", "FI-102", "FI-103"})
      old.push_back({store.define(tag, "").value(), {.time = last, .value = 1.0}});
    EXPECT_TRUE(store.append(old));
    store.full = true;
  }
  /// As `say`, until the historian has refused it.
  void say_in_vain(Runtime& runtime) {
    for (int k = 0; k < 3; ++k) seconds(1, 10, 6, 4);
    ASSERT_TRUE(eventually([&] { return say_well(), clock_.advance(1s), !runtime.live()->storage_error.empty(); }));
  }
  /// Else a tag becomes silent while a busy machine lets the clock run.
  void say_well() {
    const std::lock_guard lock(puppet_.mutex);
    for (auto& [tag, health] : puppet_.health.tags) health = {Health::ok, clock_.now(), ""};
  }
  std::vector<historian::Gap> gaps() const { return store.gaps(Time::min(), Time::max()).value(); }
  bool all_closed() const {
    const auto all = gaps();
    return all.size() == 3 && std::all_of(all.begin(), all.end(), [](const auto& g) { return g.to.has_value(); });
  }

  FullStore store;
  const Time last = clock_.now() - 1h;
};

TEST_F(FullAtStart, TheTimeAwayIsNotedOnceThereIsRoomAndEndsWithWhatWaited) {
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  const Time first = clock_.now();
  say_in_vain(runtime);
  for (int k = 0; k < 20; ++k) say_well(), clock_.advance(1s), std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(gaps().empty());
  store.full = false;
  ASSERT_TRUE(eventually([&] { return say_well(), clock_.advance(1s), all_closed(); }));
  for (const auto& gap : gaps()) {
    EXPECT_EQ(gap.from, last);
    EXPECT_EQ(gap.to, first) << "the first reading that waited, not the newest";
    EXPECT_EQ(gap.why, "the server was not running");
  }
}

TEST_F(FullAtStart, TheTimeAwayOfSilentSourcesGoesOnUntilTheySpeak) {
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  for (int k = 0; k < 20; ++k) clock_.advance(1s), std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(gaps().empty());
  store.full = false;
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), gaps().size() == 3; }));
  for (const auto& gap : gaps()) {
    EXPECT_EQ(gap.from, last);
    EXPECT_EQ(gap.why, "the server was not running") << "not that the sources were silent after it";
    EXPECT_FALSE(gap.to);
  }
  const Time again = clock_.now();
  say(10, 6, 4);
  ASSERT_TRUE(eventually([&] { return say_well(), clock_.advance(1s), all_closed(); }));
  for (const auto& gap : gaps()) EXPECT_GE(*gap.to, again);
}

TEST_F(FullAtStart, AGapThatCouldBeOpenedAndNotClosedIsClosedLater) {
  store.no_end = 2;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  const Time first = clock_.now();
  say_in_vain(runtime);
  store.full = false;
  ASSERT_TRUE(eventually([&] { return say_well(), clock_.advance(1s), all_closed(); }));
  for (const auto& gap : gaps()) EXPECT_EQ(gap.to, first);
}

TEST_F(FullAtStart, AGapThatWasOpenBeforeIsClosedToo) {
  const std::vector<historian::Gap> open{{store.find("FI-102")->id, last, {}, "timed out"}};
  store.full = false;
  ASSERT_TRUE(store.open_gaps(open));
  store.full = true;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  say_in_vain(runtime);
  store.full = false;
  ASSERT_TRUE(eventually([&] { return say_well(), clock_.advance(1s), all_closed(); }));
  for (const auto& gap : gaps())
    EXPECT_EQ(gap.why, gap.tag == open[0].tag ? "timed out" : "the server was not running");
}

TEST_F(RuntimeTest, AReloadThatTheFullDiskRefusesLeavesWhatTheStartOwes) {
  FullStore store;
  store.full = true;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched())) << "it starts all the same";
  EXPECT_FALSE(runtime.watch(watched())) << "and goes on with what it has";
  EXPECT_FALSE(runtime.live()->storage_error.empty());
  store.full = false;
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), runtime.live()->storage_error.empty(); }));
  EXPECT_TRUE(eventually([&] { return clock_.advance(1s), store.gaps(Time::min(), Time::max())->size() == 3; }))
      << "the silence of its sources is noted";
}

TEST_F(RuntimeTest, AReloadForWhichThereIsRoomPaysWhatTheStartOwes) {
  FullStore store;
  store.full = true;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  store.full = false;
  ASSERT_TRUE(runtime.watch(watched()));
  EXPECT_TRUE(runtime.live()->storage_error.empty()) << "no reading need come first";
}

}  // namespace
}  // namespace castner::service
