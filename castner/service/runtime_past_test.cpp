// SPDX-License-Identifier: Apache-2.0
#include "castner/service/runtime_for_tests.h"

namespace castner::service {

TEST_F(RuntimeTest, BalancesOfThePastWaitForTheFirstLiveOne) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(5, 10.1, 6.0, 4.0);
  ASSERT_TRUE(eventually([&] { return runtime.reconcile_now()->not_reconciled == "too_short"; }));
  ASSERT_TRUE(runtime.past().ask(clock_.now() - 1h, clock_.now()));
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(runtime.past().progress().looked_at, 0u);
  seconds(40, 10.1, 6.0, 4.0);
  ASSERT_TRUE(eventually([&] { return runtime.reconcile_now()->not_reconciled.empty(); }));
  clock_.advance(1s);
  ASSERT_TRUE(eventually([&] { return runtime.past().progress().looked_at == 29; }));
}

// What the past shows of stops belongs on the pages when it ends, not at the next minute.
TEST_F(RuntimeTest, ItLooksAgainAsSoonAsBalancesOfThePastEnd) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(45, 10.1, 6.0, 4.0);
  ASSERT_TRUE(eventually([&] { return runtime.reconcile_now()->not_reconciled.empty(); }));
  const auto ticks = [&](int n) {
    for (int k = 0; k < n; ++k) {
      clock_.advance(1s);
      EXPECT_TRUE(eventually([&] { return runtime.live()->at == clock_.now(); }));
    }
  };
  ticks(2);  // the looking thread has a balance of its own, and the next is due in a minute
  const Time before = runtime.live()->last_good->made;
  ticks(3);
  EXPECT_EQ(runtime.live()->last_good->made, before) << "nothing to look at before its minute is over";
  for (int request = 0; request < 2; ++request) {
    const Time earlier = runtime.live()->last_good->made;
    ASSERT_TRUE(runtime.past().ask(clock_.now() - std::chrono::hours(1 + request), clock_.now()));
    ASSERT_TRUE(eventually([&] { return runtime.past().progress().state == PastProgress::State::done; }));
    clock_.advance(1s);
    ASSERT_TRUE(eventually([&] { return runtime.live()->last_good->made > earlier; })) << request;
  }
}

}  // namespace castner::service
