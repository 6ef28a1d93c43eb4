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

}  // namespace castner::service
