// SPDX-License-Identifier: Apache-2.0
/// For tests: a history in memory of two electrolysers, one of which is stopped and started again.
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "castner/base/file.h"
#include "castner/historian/memory_store.h"
#include "castner/plant_file/plant_file.h"
#include "castner/service/live_assess.h"
#include "tests/support/root.h"

namespace castner::service {

/// A look without a memory.
inline Result<LiveAttempt> fresh(const plant::Plant& plant, const historian::Store& store, Time now) {
  LiveMemory memory(plant);
  return assess_newest(plant, {}, store, now, memory);
}

/// Two electrolysers, read once a minute; E2 carries current until it is stopped, and again from its start.
class LivePair : public ::testing::Test {
 protected:
  /// Assesses the half hour before a minute.
  LiveAttempt at(int minute) {
    auto attempt = fresh(plant_, store_, begin_ + std::chrono::minutes(minute));
    EXPECT_TRUE(attempt) << attempt.error().text();
    return attempt ? std::move(*attempt) : LiveAttempt{};
  }
  void read(int stop, int start, int minutes) {
    for (const auto& m : plant_.measurements) {
      const auto id = store_.define(m.tag, m.unit.text).value();
      std::vector<historian::TaggedReading> some;
      for (int k = 0; k < minutes; ++k) {
        double value =
            m.unit.from_si(*m.value) * (1.0 + 1e-4 * std::sin(37.0 * k + static_cast<double>(some.size() % 7)));
        const bool still = k >= stop && k < start;
        if (m.tag == "I2") value = still ? 0.0 : 14.54;
        if (m.tag == "FB2") value = still ? 0.0 : 34.4;
        if (m.tag == "FL2") value = still ? 0.0 : 58.0;
        const Time time = begin_ + std::chrono::minutes(k);
        some.push_back({id, {.time = time, .value = value, .arrival = time}});
      }
      ASSERT_TRUE(store_.append(some));
    }
  }
  const Time begin_{std::chrono::hours(490'000)};
  historian::MemoryStore store_;
  const plant::Plant plant_ =
      plant_file::read_plant(
          read_file(castner::testing::root() + "/tests/cases/reconcile/electrolyser_flushed/plant.toml").value(),
          "plant.toml")
          .value();
};

}  // namespace castner::service
