// SPDX-License-Identifier: Apache-2.0
/// For tests: a runtime on a node with three meters, whose one source is moved by hand.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "castner/base/manual_clock.h"
#include "castner/historian/memory_store.h"
#include "castner/plant_file/plant_file.h"
#include "castner/service/runtime.h"
#include "tests/support/metered_node.h"

namespace castner::service {

using namespace std::chrono_literals;
using readings::Reading;
using readings::StatusCode;
using readings::TagReading;
using sources::Health;

struct Puppet {
  sources::Deliver deliver;
  sources::SourceHealth health;
  std::mutex mutex;
  std::function<void()> at_start = [] {}, at_end = [] {};
};
class PuppetSource final : public sources::Source {
 public:
  PuppetSource(Puppet& puppet, const sources::SourceSettings& settings) : puppet_(puppet) {
    for (const auto& t : settings.tags) puppet.health.tags[t.name] = {};
  }
  ~PuppetSource() override { puppet_.at_end(); }
  void start(sources::Deliver deliver) override {
    puppet_.at_start();
    puppet_.deliver = std::move(deliver);
  }
  sources::SourceHealth health() const override {
    const std::lock_guard lock(puppet_.mutex);
    return puppet_.health;
  }

 private:
  Puppet& puppet_;
};

class RuntimeTest : public ::testing::Test {
 protected:
  RuntimeTest() {
    options_.make_source = [this](const sources::SourceSettings& s,
                                  Clock&) -> Result<std::unique_ptr<sources::Source>> {
      if (s.url == "bad") return bad_input(s.where, "no such device", "name another");
      return std::make_unique<PuppetSource>(puppet_, s);
    };
    plant_ =
        std::make_shared<plant::Plant>(plant_file::read_plant(castner::testing::kMeteredNode, "plant.toml").value());
  }
  Watched watched(const std::string& url = "good") const {
    Watched w{.plant = plant_, .sources = {}, .tags = {}};
    for (const char* tag : {"FI-101", "FI-102", "FI-103"})
      w.tags.push_back({.name = tag, .source = "plc", .unit = "t/h"});
    w.sources.push_back({.name = "plc", .kind = "modbus_tcp", .url = url, .tags = w.tags, .where = "castner.toml:3"});
    return w;
  }
  /// Everybody's reading at this moment, with a little noise; and the tags are well.
  void say(double f1, double f2, double f3) {
    std::vector<TagReading> readings;
    const double truth[] = {f1, f2, f3};
    for (int k = 0; k < 3; ++k)
      readings.push_back(
          {"FI-10" + std::to_string(k + 1), Reading{.time = clock_.now(), .value = truth[k] + noise_(random_)}});
    {
      const std::lock_guard lock(puppet_.mutex);
      for (auto& [tag, health] : puppet_.health.tags) health = {Health::ok, clock_.now(), ""};
    }
    EXPECT_TRUE(puppet_.deliver({readings, {}}));
  }
  void unwell(const std::string& tag, const std::string& why) {
    const std::lock_guard lock(puppet_.mutex);
    puppet_.health.tags[tag].health = Health::late;
    puppet_.health.tags[tag].last_error = why;
  }
  /// Waits in real time, since other threads work; fails after ten seconds.
  static ::testing::AssertionResult eventually(const std::function<bool()>& what) {
    for (int k = 0; k < 1000; ++k, std::this_thread::sleep_for(10ms))
      if (what()) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "did not happen within 10 s";
  }
  void seconds(int n, double f1, double f2, double f3) {
    for (int k = 0; k < n; ++k) {
      say(f1, f2, f3);
      clock_.advance(1s);
    }
  }
  bool stored(const Runtime& runtime, std::uint64_t n) {
    clock_.advance(1s);  // another look publishes the count
    return runtime.live()->stored == n;
  }

  ManualClock clock_{Time{std::chrono::hours(490'000)}};
  historian::MemoryStore store_;
  Puppet puppet_;
  RuntimeOptions options_;
  std::shared_ptr<plant::Plant> plant_;
  std::mt19937 random_{7};
  std::normal_distribution<double> noise_{0.0, 0.01};
};

/// Refuses while told to.
class FullStore final : public historian::MemoryStore {
 public:
  using MemoryStore::append;
  /// Names that are known need no room.
  Result<std::vector<historian::TagId>> define_all(std::span<const historian::TagName> names) override {
    const auto is_new = [&](const historian::TagName& n) { return !find(n.name); };
    if (full && std::any_of(names.begin(), names.end(), is_new))
      return world_refused("history.db", "no space left on device", "free some");
    return MemoryStore::define_all(names);
  }
  Result<void> append(std::span<const historian::Numbers> c, std::span<const historian::TaggedReading> r) override {
    if (full) return world_refused("history.db", "no space left on device", "free some");
    return MemoryStore::append(c, r);
  }
  Result<void> open_gaps(std::span<const historian::Gap> gaps) override {
    if (full) return world_refused("history.db", "no space left on device", "free some");
    return MemoryStore::open_gaps(gaps);
  }
  Result<void> close_gaps(std::span<const historian::GapEnd> ends) override {
    if (full || no_end-- > 0) return world_refused("history.db", "no space left on device", "free some");
    return MemoryStore::close_gaps(ends);
  }
  std::atomic<bool> full = false;
  std::atomic<int> no_end = 0;  ///< so often there is room to open gaps, and none to close them
};

}  // namespace castner::service
