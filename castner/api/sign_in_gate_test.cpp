// SPDX-License-Identifier: Apache-2.0
#include "castner/api/sign_in_gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace castner::api {
namespace {

using namespace std::chrono_literals;

/// Those who wait while somebody has the place, in the order in which they get it; "-" before the names of those who are sent away.
/// @param signed_in  accounts that have signed in before, each as often as it is named
std::vector<std::string> order_of(const std::vector<std::pair<std::string, SignInGate::Claim>>& all,
                                  const std::vector<std::string>& signed_in = {}) {
  SignInGate gate;
  for (const auto& name : signed_in) gate.signed_in(name);
  auto first = gate.enter({"192.0.2.1"});
  EXPECT_TRUE(first);
  std::mutex mutex;
  std::vector<std::string> order;
  std::vector<std::jthread> threads;
  for (const auto& [name, claim] : all) {
    threads.emplace_back([&gate, &mutex, &order, name = name, claim = claim] {
      const auto place = gate.enter(claim);
      const std::lock_guard lock(mutex);
      order.push_back((place ? "" : "-") + name);
    });
    std::this_thread::sleep_for(30ms);  // each has come before the next
  }
  first.reset();
  threads.clear();
  return order;
}

using Names = std::vector<std::string>;

TEST(SignInGate, AKnownDeviceGoesFirst) {
  EXPECT_EQ(order_of({{"stranger", {"198.51.100.1"}}, {"known", {"192.0.2.1", true, 9}}, {"another", {"203.0.113.1"}}}),
            (Names{"known", "another", "stranger"}));
}

TEST(SignInGate, ANetworkThatHadThePlaceComesAfterOthers) {
  EXPECT_EQ(order_of({{"a", {"192.0.2.7"}}, {"b", {"198.51.100.1"}}, {"c", {"198.51.100.2"}}}), (Names{"c", "a", "b"}));
}

TEST(SignInGate, FewerFailuresGoFirstAndWhoCameLastAmongEquals) {
  EXPECT_EQ(order_of({{"five", {"198.51.100.1", false, 5}}, {"none", {"198.51.100.2"}}, {"last", {"198.51.100.3"}}}),
            (Names{"last", "none", "five"}));
}

TEST(SignInGate, WhereThereIsNoRoomTheWorstClaimGoes) {
  EXPECT_EQ(order_of({{"a", {"198.51.100.1", false, 3}},
                      {"b", {"198.51.100.2", false, 2}},
                      {"c", {"198.51.100.3", false, 1}},
                      {"d", {"198.51.100.4", false, 4}},
                      {"operator", {"203.0.113.5"}}}),
            (Names{"-d", "-a", "operator", "c", "b"}));
}

TEST(SignInGate, AnAccountThatSignsInAgainAndAgainKeepsNobodyOut) {
  const SignInGate::Claim known{"192.0.2.5", true, 0, "viewer"};
  const Names often(SignInGate::kOften + 1, "viewer");
  for (const char* from :
       {"203.0.113.5", "192.0.2.6", "192.0.2.5"})  // another network, another address, the same (a proxy)
    EXPECT_EQ(
        order_of({{"a", known}, {"b", known}, {"c", known}, {"operator", {from, false, 0, "operator"}}}, often)[1],
        "operator")
        << from;
  EXPECT_EQ(order_of({{"a", known}, {"b", known}, {"operator", {"203.0.113.5", false, 0, "operator"}}}, {})[0], "a")
      << "once it is first";
  EXPECT_EQ(order_of({{"a", known}, {"b", known}, {"operator", {"203.0.113.5", false, 0, "operator"}}}, {})[1],
            "operator")
      << "and one of it at a time";
}

TEST(SignInGate, OnlyOneHasThePlaceAndNobodyWaitsForEver) {
  SignInGate gate;
  std::atomic<int> inside = 0, most = 0, done = 0, refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 12; ++t)
      threads.emplace_back([&, t] {
        for (int k = 0; k < 200; ++k) {
          const auto place = gate.enter({"192.0.2." + std::to_string(t), t == 0, k % 7});
          if (!place) {
            ++refused;
            continue;
          }
          most = std::max(most.load(), ++inside);
          --inside;
          ++done;
        }
      });
  }
  EXPECT_EQ(most, 1);
  EXPECT_EQ(done + refused, 12 * 200);
  EXPECT_GT(done, 200);
}

}  // namespace
}  // namespace castner::api
