// SPDX-License-Identifier: Apache-2.0
// What is thrown in a thread of the server costs the piece of work at hand: readings wait, the last balance stays, and both go on later.
#include <new>
#include <system_error>

#include "castner/service/runtime_for_tests.h"

namespace castner::service {
namespace {

/// A history for which memory runs out while it is told so.
class OutOfMemoryStore final : public historian::MemoryStore {
 public:
  using MemoryStore::append;
  Result<void> append(std::span<const historian::Numbers> c, std::span<const historian::TaggedReading> r) override {
    if (throws) throw std::bad_alloc();
    return MemoryStore::append(c, r);
  }
  Result<std::vector<Reading>> read(const historian::Range& range, std::size_t limit) const override {
    if (throws) ++thrown, throw std::bad_alloc();
    return MemoryStore::read(range, limit);
  }
  std::atomic<bool> throws = false;
  mutable std::atomic<int> thrown = 0;
};

TEST_F(RuntimeTest, WhatIsThrownInItsThreadsCostsNoReadingAndNotTheServer) {
  OutOfMemoryStore store;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store.health().acknowledged >= 90; }));
  const auto good = runtime.reconcile_now()->last_good;
  ASSERT_TRUE(good);
  store.throws = true;
  say(10, 6, 4);
  EXPECT_TRUE(eventually([&] {
    clock_.advance(1s);
    const auto live = runtime.live();
    return store.thrown > 0 && live->not_reconciled == "fault" && !live->storage_error.empty();
  }));
  EXPECT_EQ(runtime.live()->last_good, good);
  EXPECT_EQ(runtime.reconcile_now()->not_reconciled, "fault") << "also where a person asks";
  EXPECT_NE(runtime.live()->storage_error.find("its log says why"), std::string::npos);
  store.throws = false;
  EXPECT_TRUE(eventually([&] { return clock_.advance(1s), runtime.live()->storage_error.empty(); }));
  EXPECT_GE(store.health().acknowledged, 93u) << "what waited is stored";
  ASSERT_TRUE(eventually([&] { return say(10, 6, 4), clock_.advance(1s), runtime.live()->last_good != good; }));
  EXPECT_EQ(runtime.live()->not_reconciled, "");
}

TEST_F(RuntimeTest, ASourceForWhichNoThreadCanStartStartsAsSoonAsOneCan) {
  std::atomic<int> tries = 0;
  puppet_.at_start = [&] {
    if (++tries < 3) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
  };
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  EXPECT_EQ(tries, 1);
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), tries == 3; }));
  seconds(2, 10, 6, 4);
  EXPECT_TRUE(eventually([&] { return stored(runtime, 6); }));
  EXPECT_EQ(tries, 3) << "once it runs it is not started again";
}

}  // namespace
}  // namespace castner::service
