// SPDX-License-Identifier: Apache-2.0
/// Every keeper of readings, and the suite that runs over them.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <random>
#include <thread>

#include "castner/historian/memory_store.h"
#include "castner/historian/sqlite_store.h"
#include "castner/service/open_store.h"
#include "castner/store_victoria/victoria_store.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/victoria_server.h"

namespace castner::service {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

struct Keeper {
  std::string name;
  std::function<std::unique_ptr<historian::Store>(const std::string& folder)> open;
  bool lasts = true;  ///< readings survive the object
  bool exact = true;  ///< keeps every reading as it came; else as its cannot_keep() says
  friend void PrintTo(const Keeper& k, std::ostream* out) { *out << k.name; }
};

inline std::unique_ptr<historian::Store> open_sqlite(const std::string& folder, std::size_t most_waiting) {
  auto store = historian::SqliteStore::open(
      folder + "/historian.db",
      {.flush_step = milliseconds(most_waiting < 1000 ? 0 : 15), .memtable_readings = most_waiting});
  if (!store) ADD_FAILURE() << store.error().text();
  return store ? std::move(*store) : nullptr;
}

/// One server for all tests; each test is a plant of its own. Null where VictoriaMetrics is not installed.
inline std::unique_ptr<historian::Store> open_victoria(const std::string& folder) {
  static const testing::VictoriaServer server;
  if (!server.runs()) return nullptr;
  auto store = store_victoria::VictoriaStore::open(server.url() + "/?plant=" + folder.substr(folder.rfind('/') + 1));
  if (!store) ADD_FAILURE() << store.error().text();
  return store ? std::move(*store) : nullptr;
}

inline const Keeper kKeepers[] = {
    {"Memory", [](const std::string&) { return std::make_unique<historian::MemoryStore>(); }, false},
    {"Sqlite", [](const std::string& folder) { return open_sqlite(folder, 1 << 20); }},
    {"SqliteThatSealsAllTheTime", [](const std::string& folder) { return open_sqlite(folder, 7); }},
    {"Victoria", open_victoria, true, false},
};

class Stores : public ::testing::TestWithParam<Keeper> {
 protected:
  void SetUp() override {
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    for (const char* exact : {"EveryKindOfValue", "ColumnsOfNumbers", "ACorrection", "OfEqualArrivals", "ARepetition"})
      if (!GetParam().exact && test.starts_with(exact)) GTEST_SKIP() << "more than it can keep";
    reopen();
    if (!store_ && !GetParam().exact) GTEST_SKIP() << "VictoriaMetrics is not installed";
  }
  void reopen() {
    store_.reset();
    store_ = GetParam().open(folder_.path());
    ASSERT_TRUE(store_ || !GetParam().exact);
  }
  void expect_same(const std::vector<readings::Reading>& got, const std::vector<readings::Reading>& want) const {
    ASSERT_EQ(got.size(), want.size());
    for (std::size_t i = 0; i < got.size(); ++i)
      if (GetParam().exact)
        EXPECT_TRUE(readings::same_reading(got[i], want[i])) << "reading " << i;
      else
        EXPECT_EQ(std::tuple(got[i].time, historian::number_of(got[i].value), got[i].status),
                  std::tuple(want[i].time, historian::number_of(want[i].value), want[i].status))
            << "reading " << i;
  }
  historian::TagId tag(std::string_view name, std::string_view unit = "") { return store_->define(name, unit).value(); }
  void put(historian::TagId t, std::vector<readings::Reading> readings) {
    std::vector<historian::TaggedReading> tagged;
    for (auto& r : readings) tagged.push_back({t, std::move(r)});
    const auto done = store_->append(tagged);
    ASSERT_TRUE(done) << done.error().text();
  }
  std::vector<readings::Reading> all(historian::TagId t) { return store_->read({t}, 1000).value(); }

  ScratchFolder folder_;
  std::unique_ptr<historian::Store> store_;
};

/// Second s of the test.
inline Time at(double s) { return Time(seconds(1'700'000'000)) + nanoseconds(std::llround(s * 1e9)); }
inline readings::Reading good(double s, readings::Value v) {
  return {at(s), std::move(v), readings::StatusCode::good, at(s + 0.25)};
}

}  // namespace castner::service
