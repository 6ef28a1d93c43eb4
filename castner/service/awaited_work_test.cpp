// SPDX-License-Identifier: Apache-2.0
// Who is worked for, who waits, and that nothing goes on for nobody. Works here end when they are let, so that no test depends on speed.
#include "castner/service/awaited_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <new>
#include <optional>
#include <set>
#include <system_error>

namespace castner::service {
namespace {

using namespace std::chrono_literals;

/// Pieces by name: which are worked on, what was told of them, who has gone.
class Desk {
 public:
  explicit Desk(AwaitedOptions options = {}) : work_(with_pace(options)) {}
  ~Desk() {
    const std::lock_guard lock(mutex_);
    for (auto& [name, piece] : pieces_) piece.may_end = true;
  }

  bool ask(const std::string& who, const std::string& name, std::size_t bytes = 1) {
    const auto place = work_.reserve(who, bytes);
    if (!place) return false;
    work_.begin(
        place,
        [this, name](const std::stop_token& stop, const AwaitedWork::Count& count) {
          set(name, [](Piece& p) { p.at_work = true; });
          count(3, 7);
          if (get(name).throws) set(name, [](Piece& p) { p.at_work = false; }), throw std::bad_alloc();
          while (!stop.stop_requested() && !get(name).may_end) std::this_thread::sleep_for(1ms);
          set(name, [&](Piece& p) {
            p.at_work = false;
            p.stopped = stop.stop_requested();
            p.ended = true;
          });
        },
        [this, name](const AwaitedWork::Progress& told) {
          set(name, [&](Piece& p) { p.told = told; });
          return !get(name).gone;
        },
        [this, name](AwaitedWork::Failure f) { set(name, [&](Piece& p) { p.failed = f; }); });
    return true;
  }
  void let_end(const std::string& name) {
    set(name, [](Piece& p) { p.may_end = true; });
  }
  void leave(const std::string& name) {
    set(name, [](Piece& p) { p.gone = true; });
  }
  struct Piece {
    bool at_work = false, may_end = false, gone = false, stopped = false, ended = false;
    bool throws = false;
    AwaitedWork::Progress told;
    std::optional<AwaitedWork::Failure> failed;
  };
  void let_throw(const std::string& name) {
    set(name, [](Piece& p) { p.throws = true; });
  }
  Piece get(const std::string& name) {
    const std::lock_guard lock(mutex_);
    return pieces_[name];
  }
  /// Waits until these, and no others, are worked on.
  ::testing::AssertionResult works_on(const std::set<std::string>& names) {
    std::set<std::string> now;
    for (int k = 0; k < 5000; ++k, std::this_thread::sleep_for(1ms)) {
      now.clear();
      const std::lock_guard lock(mutex_);
      for (const auto& [name, piece] : pieces_)
        if (piece.at_work) now.insert(name);
      if (now == names) return ::testing::AssertionSuccess();
    }
    auto result = ::testing::AssertionFailure() << "worked on:";
    for (const auto& name : now) result << " " << name;
    return result;
  }
  ::testing::AssertionResult comes(const std::function<bool()>& what) {
    for (int k = 0; k < 5000; ++k, std::this_thread::sleep_for(1ms))
      if (what()) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure();
  }
  AwaitedWork& work() { return work_; }

 private:
  static AwaitedOptions with_pace(AwaitedOptions o) {
    o.look_every = 2ms;
    return o;
  }
  void set(const std::string& name, const std::function<void(Piece&)>& change) {
    const std::lock_guard lock(mutex_);
    change(pieces_[name]);
  }
  std::mutex mutex_;
  std::map<std::string, Piece> pieces_;
  AwaitedWork work_;  // ends first
};

TEST(AwaitedWork, AnotherPersonsWorkGoesOnBesideALongOne) {
  Desk desk;
  for (const char* name : {"a1", "a2", "a3", "a4"}) ASSERT_TRUE(desk.ask("a", name));
  EXPECT_TRUE(desk.works_on({"a1", "a2", "a3"})) << "one place is kept for somebody else";
  ASSERT_TRUE(desk.ask("b", "b1"));
  EXPECT_TRUE(desk.works_on({"a1", "a2", "a3", "b1"}));
  desk.let_end("b1");
  EXPECT_TRUE(desk.works_on({"a1", "a2", "a3"}));
  desk.let_end("a2");
  EXPECT_TRUE(desk.works_on({"a1", "a3", "a4"}));
}

TEST(AwaitedWork, WhoHasFewestAtWorkIsNextAndOfHisTheOldest) {
  Desk desk({.at_once = 3});
  for (const char* name : {"a1", "a2", "a3"}) ASSERT_TRUE(desk.ask("a", name));
  ASSERT_TRUE(desk.ask("b", "b1"));
  EXPECT_TRUE(desk.works_on({"a1", "a2", "b1"}));
  ASSERT_TRUE(desk.ask("b", "b2"));
  ASSERT_TRUE(desk.ask("c", "c1"));
  ASSERT_TRUE(desk.ask("c", "c2"));
  desk.let_end("a1");
  EXPECT_TRUE(desk.works_on({"a2", "b1", "c1"})) << "c has none yet, though a3 and b2 came before";
  desk.let_end("c1");
  EXPECT_TRUE(desk.works_on({"a2", "b1", "c2"}));
}

TEST(AwaitedWork, WhoWaitsIsToldHowManyAreBeforeAndHowFarItIs) {
  Desk desk({.at_once = 2});
  for (const char* name : {"a1", "a2", "a3"}) ASSERT_TRUE(desk.ask("a", name));
  using P = AwaitedWork::Progress;
  EXPECT_TRUE(desk.comes([&] { return desk.get("a1").told == P{.running = true, .looked_at = 3, .windows = 7}; }));
  EXPECT_TRUE(desk.comes([&] { return desk.get("a3").told == P{.before = 1}; }));
  desk.leave("a2");
  EXPECT_TRUE(desk.comes([&] { return desk.get("a3").told == P{}; })) << "who left the line is before nobody";
}

TEST(AwaitedWork, NothingGoesOnForNobody) {
  Desk desk({.at_once = 2});
  ASSERT_TRUE(desk.ask("a", "a1"));
  ASSERT_TRUE(desk.ask("a", "a2"));
  EXPECT_TRUE(desk.works_on({"a1"}));
  desk.leave("a2");
  desk.leave("a1");
  EXPECT_TRUE(desk.works_on({}));
  EXPECT_TRUE(desk.comes([&] { return desk.get("a1").stopped; }));
  EXPECT_FALSE(desk.get("a2").ended) << "it was never begun";
  ASSERT_TRUE(desk.ask("a", "a3"));
  EXPECT_TRUE(desk.works_on({"a3"})) << "the places are free again";
}

TEST(AwaitedWork, LargeOnesAreNotWorkedOnTogetherButASmallOneIsBesideThem) {
  Desk desk({.bytes_at_once = 100});
  ASSERT_TRUE(desk.ask("a", "large", 200));
  EXPECT_TRUE(desk.works_on({"large"})) << "alone it may be larger";
  ASSERT_TRUE(desk.ask("b", "also large", 200));
  ASSERT_TRUE(desk.ask("c", "small", 10));
  EXPECT_TRUE(desk.works_on({"large", "small"}));
  desk.let_end("large");
  desk.let_end("small");
  EXPECT_TRUE(desk.works_on({"also large"}));
}

TEST(AwaitedWork, TheLineHasAnEndAndOnePersonHasHalfOfIt) {
  Desk desk({.in_line = 6});
  for (const char* name : {"a1", "a2", "a3"}) ASSERT_TRUE(desk.ask("a", name));
  EXPECT_FALSE(desk.ask("a", "a4"));
  for (const char* name : {"b1", "b2", "b3"}) ASSERT_TRUE(desk.ask("b", name));
  EXPECT_FALSE(desk.ask("c", "c1"));
  desk.let_end("a1");
  EXPECT_TRUE(desk.comes([&] { return desk.ask("c", "c1"); }));
}

TEST(AwaitedWork, WhatCameWithThoseInLineIsBoundedAndOnePersonHasHalfOfIt) {
  Desk desk({.bytes_in_line = 100});
  ASSERT_TRUE(desk.ask("a", "a1", 30));
  EXPECT_FALSE(desk.ask("a", "a2", 30));
  ASSERT_TRUE(desk.ask("a", "a3", 20));
  ASSERT_TRUE(desk.ask("b", "b1", 40));
  EXPECT_FALSE(desk.ask("c", "c1", 20));
  EXPECT_TRUE(desk.ask("c", "c2", 10)) << "a small one";
  desk.let_end("a1");
  EXPECT_TRUE(desk.comes([&] { return desk.ask("c", "c3", 20); }));
}

TEST(AwaitedWork, APlaceWithWhichNothingIsBegunIsGivenBack) {
  Desk desk({.in_line = 2});
  {
    const auto place = desk.work().reserve("a", 1);
    ASSERT_TRUE(place);
    EXPECT_FALSE(desk.ask("a", "a1"));
  }
  EXPECT_TRUE(desk.ask("a", "a1"));
}

TEST(AwaitedWork, WhatAWorkThrowsIsToldToWhoeverWaitsForItAndTheOthersGoOn) {
  Desk desk({.at_once = 3, .in_line = 4});
  for (const char* name : {"a1", "a2", "a3"}) desk.let_throw(name);
  ASSERT_TRUE(desk.ask("b", "b1"));
  for (const char* name : {"a1", "a2", "a3"}) {
    ASSERT_TRUE(desk.comes([&] { return desk.ask("a", name); })) << "the place of the one before is free again";
    EXPECT_TRUE(desk.comes([&] { return desk.get(name).failed == AwaitedWork::Failure::threw; })) << name;
  }
  EXPECT_TRUE(desk.works_on({"b1"}));
  EXPECT_FALSE(desk.get("b1").failed);
}

TEST(AwaitedWork, WhereNoThreadCanStartWhoeverWaitsIsToldAndTheNextOneBegins) {
  std::atomic<bool> none = true;
  Desk desk({.before_a_thread = [&] {
    if (none) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
  }});
  ASSERT_TRUE(desk.ask("a", "a1"));
  EXPECT_TRUE(desk.comes([&] { return desk.get("a1").failed == AwaitedWork::Failure::no_thread; }));
  none = false;
  ASSERT_TRUE(desk.ask("a", "a2"));
  EXPECT_TRUE(desk.works_on({"a2"}));
  EXPECT_FALSE(desk.get("a2").failed);
}

TEST(AwaitedWork, ATellThatThrowsNeitherEndsTheWorkNorTheOthers) {
  std::atomic<int> ended = 0;
  AwaitedWork work({.look_every = 2ms});
  for (const char* who : {"a", "b"})
    work.begin(
        work.reserve(who, 1),
        [&](const std::stop_token&, const auto&) {
          std::this_thread::sleep_for(30ms);
          ++ended;
        },
        [who](const auto&) -> bool { return *who == 'a' ? throw std::bad_alloc() : true; }, [](auto) {});
  for (int k = 0; k < 5000 && ended < 2; ++k) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(ended, 2);
}

TEST(AwaitedWork, AtItsEndItStopsAllAndWaitsForThem) {
  std::atomic<int> ended = 0;
  {
    AwaitedWork work({.look_every = 2ms});
    for (int k = 0; k < 5; ++k)
      work.begin(
          work.reserve("a" + std::to_string(k), 1),
          [&](const std::stop_token& stop, const auto&) {
            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
            ++ended;
          },
          [](const auto&) { return true; }, [](auto) {});
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(ended, 4) << "the fifth was in line";
}

}  // namespace
}  // namespace castner::service
