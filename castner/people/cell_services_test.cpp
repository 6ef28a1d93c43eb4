// SPDX-License-Identifier: Apache-2.0
#include "castner/people/cell_services.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "castner/base/manual_clock.h"

namespace castner::people {
namespace {

using namespace std::chrono_literals;

struct CellServicesTest : ::testing::Test {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("castner_cell_services_" + std::to_string(::getpid()));
  ManualClock clock{Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 29))};
  std::unique_ptr<Database> database;
  void SetUp() override {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    reopen();
  }
  void TearDown() override {
    database.reset();
    std::filesystem::remove_all(folder);
  }
  void reopen() {
    database.reset();
    database = Database::open((folder / "records.db").string()).value();
  }
  CellServices services() { return {*database, clock}; }
  CellService of(const std::string& cell, const std::string& what, std::chrono::hours ago) {
    return {.cell = cell, .what = what, .when = clock.now() - ago, .note = "new from supplier", .who = "wang"};
  }
};

TEST_F(CellServicesTest, KeepsWhoExchangedWhatWhen) {
  ASSERT_TRUE(services().add(of("E1/017", "membrane", 5h)));
  ASSERT_TRUE(services().add(of("E1/018", "anode_coating", 2h)));
  ASSERT_TRUE(services().add(of("E1/017", "other", 1h)));
  reopen();
  const auto all = services().all().value();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].what, "other") << "the newest first";
  const auto one = services().all("E1/017").value();
  ASSERT_EQ(one.size(), 2u);
  EXPECT_EQ(one[1].what, "membrane");
  EXPECT_EQ(one[1].who, "wang");
  EXPECT_EQ(one[1].when, clock.now() - 5h);
  EXPECT_EQ(one[1].at, clock.now());
}

TEST_F(CellServicesTest, TellsEverythingThatIsWrongAtOnce) {
  auto s = of("E1/017", "lid", -1h);
  s.note = std::string(501, 'x');
  const auto done = services().add(s);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().problems.size(), 3u);
  EXPECT_TRUE(services().all()->empty());
}

TEST_F(CellServicesTest, NoPartIsOlderThanTheTrade) {
  auto s = of("E1/017", "membrane", 1h);
  s.when = std::chrono::sys_days(std::chrono::year(1700) / 1 / 1);
  const auto done = services().add(s);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("1900"), std::string::npos) << done.error().text();
}

TEST_F(CellServicesTest, TheSameExchangeIsWrittenDownOnce) {
  ASSERT_TRUE(services().add(of("E1/017", "membrane", 5h)));
  const auto again = services().add(of("E1/017", "membrane", 5h));
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().text().find("already"), std::string::npos) << again.error().text();
  EXPECT_TRUE(services().add(of("E1/017", "anode_coating", 5h)));
  EXPECT_EQ(services().all()->size(), 2u);
}

}  // namespace
}  // namespace castner::people
