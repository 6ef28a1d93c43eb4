// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <new>

#include "castner/base/file.h"
#include "castner/readings/time_zone.h"
#include "castner/sources/delivered_for_tests.h"
#include "castner/sources/taken_files.h"
#include "tests/support/scratch_folder.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;
using readings::Value;

class FolderSourceTest : public ::testing::Test {
 protected:
  SourceSettings settings() const {
    SourceSettings s{.name = "drop", .kind = "folder", .url = folder_.path(), .period = 1h};
    s.options = {{"settle", "20 ms"}, {"scan", "5 ms"}};
    s.tags = {{.name = "FI-1", .unit = "kg/s"}, {.name = "TI-1", .address = "temperature"}};
    return s;
  }
  std::unique_ptr<Source> run(const SourceSettings& s) { return delivered_.started(s); }
  void drop(const std::string& name, const std::string& content) const {
    std::ofstream(folder_.path() + "/" + name, std::ios::binary) << content;
  }
  static std::string rows(int first, int count) {
    std::string all = "time,FI-1,temperature,other\n";
    for (int k = first; k < first + count; ++k) {
      char time[32];
      std::snprintf(time, sizeof time, "2026-11-23T%02d:%02d:00Z", k / 60, k % 60);
      all += std::string(time) + "," + std::to_string(k) + "," + std::to_string(80 + k) + ",7\n";
    }
    return all;
  }

  ScratchFolder folder_;
  Delivered delivered_;
};

TEST_F(FolderSourceTest, TakesEachFileInOnceAndOnlyWhatItsTagsAskFor) {
  drop("a.csv", rows(0, 3));
  auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 6; }));
  EXPECT_EQ(delivered_.of("FI-1")[2].value, Value(2.0));
  EXPECT_EQ(delivered_.of("TI-1")[0].value, Value(80.0));
  ASSERT_TRUE(within(5s, [&] { return source->health().tags.at("TI-1").last.has_value(); }));
  EXPECT_EQ(source->health().health, Health::late) << "its readings are of 2026-11-23";
  drop("b.csv", rows(3, 2));
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 10; }));
  std::this_thread::sleep_for(100ms);
  source.reset();
  source = run(settings());
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(delivered_.all().size(), 10u) << "a restart remembers";
  drop("a.csv", rows(0, 4));
  EXPECT_TRUE(within(5s, [&] { return delivered_.all().size() == 18; })) << "a file that changed is read again";
}

TEST_F(FolderSourceTest, AFileForWhichMemoryRanOutIsTakenLaterAndSetAsideOnlyWhereItNeverFits) {
  std::atomic<int> throws = 2;
  drop("a.csv", rows(0, 3));
  const auto source = make_source(settings(), system_clock()).value();
  source->start([&, take = delivered_.taker()](Delivery delivery) {
    if (throws > 0) --throws, throw std::bad_alloc();
    return take(std::move(delivery));
  });
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 6; }));
  EXPECT_EQ(source->health().rejected, 0u);
  throws = 1000;
  drop("b.csv", rows(3, 2));
  ASSERT_TRUE(within(10s, [&] { return source->health().rejected == 1; }));
  EXPECT_EQ(throws, 995) << "five tries";
  EXPECT_NE(source->health().last_error.find("b.csv: this ended by a fault"), std::string::npos);
}

TEST_F(FolderSourceTest, AUnitThatIsMoreLikelyASlipIsRefusedAndSaid) {
  auto s = settings();
  s.tags = {{.name = "PI-1", .unit = "kPa(g)"}, {.name = "FI-1", .unit = "t/h"}};
  drop("gauge.csv", "time,PI-1 (kPa)\n2026-11-23T00:00:00Z,20\n");
  drop("factor.csv", "time,FI-1 (kg/h)\n2026-11-23T00:00:00Z,20\n");
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return source->health().rejected == 2; }));
  EXPECT_NE(source->health().last_error.find("correct the unit in the header, or give the tag the file's unit"),
            std::string::npos)
      << source->health().last_error;
  drop("stated.csv", "time,PI-1 (kPa(a)),FI-1 (t/h)\n2026-11-23T00:00:00Z,121.325,20\n");
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 2; }));
  EXPECT_NEAR(std::get<double>(delivered_.of("PI-1")[0].value), 20.0, 1e-9) << "both sides say what they count from";
  EXPECT_EQ(source->health().rejected, 2u);
}

TEST_F(FolderSourceTest, AColumnOfATagIsNeverLeftOutForItsUnit) {
  auto s = settings();
  s.tags = {{.name = "FI-1", .unit = "m3/h"}, {.name = "FI-2", .unit = "t/h"}, {.name = "PI-1", .unit = "kPa(g)"}};
  drop("us.csv", "time,FI-1 (gpm),FI-2 (klb/h),PI-1 (psig)\n2026-11-23T00:00:00Z,100,10,1\n");
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 3; }));
  EXPECT_NEAR(std::get<double>(delivered_.of("FI-1")[0].value), 22.7124707, 1e-6);
  EXPECT_NEAR(std::get<double>(delivered_.of("FI-2")[0].value), 4.5359237, 1e-9);
  EXPECT_NEAR(std::get<double>(delivered_.of("PI-1")[0].value), 6.894757293, 1e-8);
  drop("no_unit.csv", "time,FI-1 (furlongs),FI-2 (t/h)\n2026-11-23T00:00:00Z,100,10\n");
  ASSERT_TRUE(within(5s, [&] { return source->health().rejected == 1; }));
  EXPECT_EQ(source->health().last_error,
            "no_unit.csv: column \"FI-1 (furlongs)\" has \"furlongs\" behind its tag, which is no unit here; write its "
            "unit there, such as t/h, m3/h, kPa(g), degC or %, gpm, psig, degF, or nothing; or name the whole column: "
            "address = \"FI-1 (furlongs)\"");
  drop("water.csv", "time,PI-1 (inH2O)\n2026-11-23T00:00:00Z,100\n");
  ASSERT_TRUE(within(5s, [&] { return source->health().rejected == 2; })) << "gauge or absolute is asked back";
  EXPECT_EQ(delivered_.all().size(), 3u);
}

TEST_F(FolderSourceTest, WhatAFileCorrectsIsCountedAndSaid) {
  drop("a.csv", rows(0, 3));
  auto source = make_source(settings(), system_clock()).value();
  source->start([&](Delivery d) {
    if (d.corrected) d.corrected({2, "FI-1", d.readings.front().reading.time});
    return delivered_.taker()(std::move(d));
  });
  ASSERT_TRUE(within(5s, [&] { return !source->health().assumed.empty(); }));
  EXPECT_EQ(source->health().assumed,
            "a.csv: readings that say otherwise than what was kept of their tag and time: 2, the first of \"FI-1\" at "
            "2026-11-23T00:00:00Z; the later counts");
}

TEST_F(FolderSourceTest, WhatIsAssumedOfAFileIsSaid) {
  auto s = settings();
  s.no_data = {std::int64_t{-1}, std::int64_t{0xFFFF}};
  drop("a.csv", "time,FI-1\n2026-11-23T00:00:00Z,5\n2026-11-23T00:01:00Z,-1\n2026-11-23T00:02:00Z,Flow Alarm\n");
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 3; }));
  EXPECT_EQ(readings::quality_of(delivered_.of("FI-1")[1].status), readings::Quality::bad);
  EXPECT_EQ(readings::quality_of(delivered_.of("FI-1")[2].status), readings::Quality::bad);
  ASSERT_TRUE(within(5s, [&] { return !source->health().assumed.empty(); }));
  EXPECT_EQ(
      source->health().assumed,
      "a.csv: \"FI-1\": -1 stands for no reading (1 of 3); texts instead of a number are no readings: \"Flow Alarm\"");
}

TEST_F(FolderSourceTest, DecimalsAreToldFromThousandsByTheTagsUnitOrTheSetting) {
  auto s = settings();
  s.tags = {{.name = "PI-1", .unit = "kPa"}, {.name = "FI-1"}};
  drop("pressure.txt", "time\tPI-1\n2026-11-23T00:00:00Z\t101.325\n");
  drop("flow.txt", "time\tFI-1\n2026-11-23T00:00:00Z\t1.234\n");
  {
    const auto source = run(s);
    ASSERT_TRUE(within(5s, [&] { return source->health().rejected == 1 && delivered_.all().size() == 1; }));
    EXPECT_EQ(std::get<double>(delivered_.of("PI-1")[0].value), 101.325);
    EXPECT_NE(source->health().last_error.find("the point may mark decimals or thousands"), std::string::npos);
  }
  s.options["decimal"] = "comma";
  drop("flow2.txt", "time\tFI-1\n2026-11-23T00:00:00Z\t1.234\n");
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("FI-1").size() == 1; }));
  EXPECT_EQ(std::get<double>(delivered_.of("FI-1")[0].value), 1234.0);
}

/// Anything that is no number is no reading, counted by its text: of a tag that reads texts only too, and of one whose texts come in turn.
TEST_F(FolderSourceTest, TextsOfATagAreBadReadingsAndCounted) {
  auto s = settings();
  s.tags = {{.name = "FI-1"}, {.name = "XS-1"}, {.name = "XS-2"}};
  std::string rows = "time,FI-1,XS-1,XS-2,note\n";
  for (int k = 10; k < 40; ++k)
    rows += "2026-11-23T00:" + std::to_string(k) + ":00Z," + (k == 12 ? "Calib" : std::to_string(k) + ".5") + "," +
            (k < 30 ? "Running" : "Stopped") + "," + (k % 2 ? "Auto" : "Manual") + ",seen by shift A\n";
  drop("a.csv", rows);
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 90; })) << source->health().last_error;
  for (const char* tag : {"XS-1", "XS-2"})
    for (const auto& r : delivered_.of(tag)) EXPECT_EQ(readings::quality_of(r.status), readings::Quality::bad);
  ASSERT_TRUE(within(5s, [&] { return !source->health().assumed.empty(); }));
  for (const char* counted : {"\"Running\" (20)", "\"Stopped\" (10)", "\"Auto\" (15)", "\"Manual\" (15)", "\"Calib\""})
    EXPECT_NE(source->health().assumed.find(counted), std::string::npos)
        << counted << " in " << source->health().assumed;
}

TEST_F(FolderSourceTest, TheOrderOfDatesIsASetting) {
  auto s = settings();
  s.tags = {{.name = "FI-1"}};
  s.options["time_zone"] = "UTC";
  drop("a.csv", "time,FI-1\n01/02/2026 10:00,5\n");
  {
    const auto source = run(s);
    ASSERT_TRUE(within(5s, [&] { return source->health().rejected == 1; }));
    EXPECT_NE(source->health().last_error.find("dates = \"dmy\""), std::string::npos) << source->health().last_error;
  }
  s.options["dates"] = "dmy";
  drop("b.csv", "time,FI-1\n01/02/2026 10:00,5\n");
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("FI-1").size() == 1; }));
  EXPECT_EQ(readings::time_text(delivered_.of("FI-1")[0].time), "2026-02-01T10:00:00Z");
  s.options["dates"] = "day first";
  EXPECT_FALSE(make_source(s, system_clock()));
}

TEST_F(FolderSourceTest, ATagHasNumbersOfItsOwnForNoReading) {
  auto s = settings();
  s.tags[0].no_data = {0.0};
  drop("a.csv", "time," + s.tags[0].name + "\n2026-11-23T00:00:00Z,5\n2026-11-23T00:01:00Z,0\n");
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 2; }));
  EXPECT_EQ(delivered_.of(s.tags[0].name)[0].status, readings::StatusCode::good);
  EXPECT_EQ(delivered_.of(s.tags[0].name)[1].status, readings::StatusCode::bad_no_data);
}

TEST_F(FolderSourceTest, ZeroKeepsItsSign) {
  drop("a.csv",
       "time,FI-1\n2026-11-23T00:00:00Z,-0.0\n2026-11-23T00:01:00Z,-0\n2026-11-23T00:02:00Z,-1e-400\n"
       "2026-11-23T00:03:00Z,0\n2026-11-23T00:04:00Z,1e-400\n");
  const auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 5; }));
  for (std::size_t k = 0; k < 5; ++k) {
    const double value = std::get<double>(delivered_.of("FI-1")[k].value);
    EXPECT_EQ(value, 0.0);
    EXPECT_EQ(std::signbit(value), k < 3) << k;
  }
}

/// A snapshot has the time of its file: one that a clock never had is refused, and so is one that no count of nanoseconds holds.
TEST_F(FolderSourceTest, ASnapshotOfAnImpossibleTimeIsRefused) {
  const auto source = run(settings());
  std::uint64_t refused = 0;
  for (const std::int64_t seconds :
       {std::int64_t{0}, std::int64_t{12'345'678}, std::int64_t{-5}, std::int64_t{9'999'999'999},
        std::int64_t{9'223'372'037}, std::int64_t{4'102'444'800}}) {
    const std::string name = "s" + std::to_string(seconds) + ".csv";
    drop(name, "tag,value\nFI-1,42\n");
    const timespec times[] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, (folder_.path() + "/" + name).c_str(), times, 0), 0);
    ++refused;
    ASSERT_TRUE(within(5s, [&] { return source->health().rejected == refused; })) << seconds;
    EXPECT_NE(source->health().last_error.find("by its own time"), std::string::npos) << source->health().last_error;
  }
  EXPECT_TRUE(delivered_.all().empty());
  drop("now.csv", "tag,value\nFI-1,43\n");
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 1; }));
}

TEST_F(FolderSourceTest, AFileThatGrowsIsLeftUntilItIsComplete) {
  auto s = settings();
  s.options["settle"] = "150 ms";
  const auto source = run(s);
  std::string content = rows(0, 1);
  for (int k = 1; k <= 8; ++k) {
    drop("grows.csv", rows(0, k));
    std::this_thread::sleep_for(40ms);
  }
  ASSERT_TRUE(within(5s, [&] { return !delivered_.all().empty(); }));
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(delivered_.of("FI-1").size(), 8u) << "once, and whole";
}

TEST_F(FolderSourceTest, AFileWhoseReadingsAreNotYetDurableIsTakenInAgainAfterAKill) {
  drop("a.csv", rows(0, 3));
  delivered_.hold_back();
  auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 6; }));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/.castner-drop"));
  source.reset();  // as after kill -9: nothing was written down
  source = run(settings());
  EXPECT_TRUE(within(5s, [&] { return delivered_.all().size() == 12; })) << "rather twice than never";
  delivered_.make_durable();
  EXPECT_TRUE(within(5s, [&] { return std::filesystem::exists(folder_.path() + "/.castner-drop"); }));
}

/// As a folder that is read-only, or a disk that is full: the good file and the bad one are looked at once all the same.
TEST_F(FolderSourceTest, AStateFileThatCannotBeWrittenMakesNoFileComeTwice) {
  auto s = settings();
  const std::string place = folder_.path() + "/state", file = place + "/taken";
  s.options["state"] = file;
  drop("a.csv", rows(0, 3));
  drop("b.csv", rows(3, 1));
  drop("bad.csv", "time,FI-1\nyesterday,1\n");
  auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() >= 8 && source->health().rejected > 0; }));
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(delivered_.all().size(), 8u);
  EXPECT_EQ(source->health().rejected, 1u) << "not at every look";
  EXPECT_NE(source->health().last_error.find("a restart will take its files in again: " + file), std::string::npos)
      << source->health().last_error;
  drop("a.csv", rows(0, 4));
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() >= 16; })) << "one that changed";
  std::filesystem::create_directory(place);
  ASSERT_TRUE(within(5s, [&] { return std::filesystem::exists(file); }));
  source.reset();
  source = run(s);
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(delivered_.all().size(), 16u) << "what was owed was written: a restart remembers";
  EXPECT_EQ(source->health().rejected, 0u);
}

TEST_F(FolderSourceTest, ADiskThatFillsUpMeanwhileMakesNoFileComeTwice) {
  auto s = settings();
  const std::string place = folder_.path() + "/state";
  s.options["state"] = place + "/taken";
  std::filesystem::create_directory(place);
  drop("a.csv", rows(0, 1));
  auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return std::filesystem::exists(place + "/taken"); }));
  std::filesystem::rename(place, place + "-away");
  drop("b.csv", rows(1, 1));
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() >= 4; }));
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(delivered_.all().size(), 4u);
  std::filesystem::rename(place + "-away", place);
  ASSERT_TRUE(within(5s, [&] { return TakenFiles::open(place + "/taken")->size() == 2; }));
  source.reset();
  source = run(s);
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(delivered_.all().size(), 4u);
}

TEST_F(FolderSourceTest, WhatTheHistorianRefusesStaysInTheFolder) {
  drop("a.csv", rows(0, 3));
  delivered_.refuse(true);
  const auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return delivered_.refusals() >= 2; }));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/.castner-drop"));
  delivered_.refuse(false);
  EXPECT_TRUE(within(5s, [&] { return delivered_.all().size() == 6; }));
}

TEST_F(FolderSourceTest, ABadFileIsToldOnceAndTheNextOneIsRead) {
  drop("bad.csv", "time,FI-1\nyesterday,1\n");
  drop("none.csv", "time,XX\n2026-11-23T00:00:00Z,1\n");
  drop("units.csv", "time,FI-1 (degC)\n2026-11-23T00:00:00Z,1\n");
  drop("good.csv", rows(0, 1));
  const auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return delivered_.all().size() == 2 && source->health().rejected >= 3; }));
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(source->health().rejected, 3u) << "not at every look";
  EXPECT_FALSE(source->health().last_error.empty());
}

TEST_F(FolderSourceTest, CountsEveryReadingThatItTookIn) {
  auto s = settings();
  const auto source = run(s);
  drop("a.csv", rows(0, 1001));
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("FI-1").size() == 1001; }));
  EXPECT_TRUE(within(5s, [&] { return source->health().readings == 2002; })) << source->health().readings;
}

TEST_F(FolderSourceTest, ALinkLeadsNowhere) {
  const ScratchFolder elsewhere;
  std::ofstream(elsewhere.path() + "/secret.csv") << rows(0, 3);
  std::filesystem::create_symlink(elsewhere.path() + "/secret.csv", folder_.path() + "/link.csv");
  drop("own.csv", rows(10, 2));
  std::filesystem::create_symlink("own.csv", folder_.path() + "/second.csv");
  const auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return source->health().rejected == 2; }));
  EXPECT_NE(source->health().last_error.find("is a link; only files that lie in the folder are read"),
            std::string::npos);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("FI-1").size() == 2; }));
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(delivered_.of("FI-1").size(), 2u);
  EXPECT_EQ(source->health().rejected, 2u) << "told once";
}

TEST_F(FolderSourceTest, ALinkInPlaceOfItsMemoryIsNeitherReadNorWritten) {
  const ScratchFolder elsewhere;
  const std::string victim = elsewhere.path() + "/castner.toml";
  std::ofstream(victim) << "precious\n";
  const auto state = folder_.path() + "/.castner-drop", part = state + ".part-" + std::to_string(::getpid());
  std::filesystem::create_symlink(victim, state);
  drop("a.csv", rows(0, 1));
  const auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return source->health().last_error.find("is a link") != std::string::npos; }));
  std::filesystem::remove(state);
  std::filesystem::create_symlink(victim, part);
  ASSERT_TRUE(within(5s, [&] { return std::filesystem::is_regular_file(std::filesystem::symlink_status(state)); }));
  for (const char* file : {"b.csv", "c.csv"}) {  // planted while it runs
    std::filesystem::remove(state);
    std::filesystem::create_symlink(victim, state);
    drop(file, rows(1, 1));
    ASSERT_TRUE(within(5s, [&] { return std::filesystem::is_regular_file(std::filesystem::symlink_status(state)); }));
  }
  EXPECT_EQ(*read_file(victim), "precious\n");
}

TEST_F(FolderSourceTest, WhatIsNoFileIsNotWaitedFor) {
  ASSERT_EQ(::mkfifo((folder_.path() + "/pipe").c_str(), 0600), 0);
  const auto pipe = read_own_file(folder_.path() + "/pipe");
  ASSERT_FALSE(pipe);
  EXPECT_EQ(pipe.error().code, ErrorCode::bad_input);
  EXPECT_FALSE(TakenFiles::open(folder_.path() + "/pipe"));
}

TEST_F(FolderSourceTest, ALinkInPlaceOfTheBadFolderIsNotFollowed) {
  const ScratchFolder elsewhere;
  for (const char* bad : {"bad", "bad/csv", "./bad"}) {
    SCOPED_TRACE(bad);
    std::filesystem::remove_all(folder_.path() + "/bad");
    std::filesystem::create_directory_symlink(elsewhere.path(), folder_.path() + "/bad");
    auto s = settings();
    s.options["bad_folder"] = bad;
    drop("bad.csv", std::string("time,FI-1\n") + bad + ",1\n");
    const auto source = run(s);
    ASSERT_TRUE(within(5s, [&] { return source->health().last_error.find("moved aside") != std::string::npos; }));
    EXPECT_NE(source->health().last_error.find("is a link"), std::string::npos) << source->health().last_error;
    EXPECT_TRUE(std::filesystem::is_empty(elsewhere.path()));
    EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/bad.csv"));
  }
  auto s = settings();
  s.options["bad_folder"] = elsewhere.path() + "/by_name";  // the administrator's own, outside of the folder
  drop("other.csv", "time,FI-1\nyesterday,1\n");
  const auto source = run(s);
  EXPECT_TRUE(within(5s, [&] { return std::filesystem::exists(elsewhere.path() + "/by_name/other.csv"); }));
}

TEST_F(FolderSourceTest, BadFilesOfOneNameAreAllKept) {
  auto s = settings();
  s.options["bad_folder"] = "bad";
  const auto source = run(s);
  for (const char* name : {"bad.csv", "bad-2.csv", "bad-3.csv"}) {
    drop("bad.csv", std::string("time,FI-1\n") + name + ",1\n");
    ASSERT_TRUE(within(5s, [&] { return std::filesystem::exists(folder_.path() + "/bad/" + name); }));
    EXPECT_NE(read_file(folder_.path() + "/bad/" + name)->find(name), std::string::npos);
  }
  EXPECT_NE(read_file(folder_.path() + "/bad/bad.csv")->find("bad.csv"), std::string::npos);
}

TEST_F(FolderSourceTest, MovesBadFilesAsideWhereItIsToldTo) {
  auto s = settings();
  s.options["bad_folder"] = "bad";
  drop("bad.csv", "time,FI-1\nyesterday,1\n");
  const auto source = run(s);
  EXPECT_TRUE(within(5s, [&] { return std::filesystem::exists(folder_.path() + "/bad/bad.csv"); }));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/bad.csv"));
}

TEST_F(FolderSourceTest, ConvertsTheUnitOfTheFileToTheTags) {
  drop("a.csv", "time,FI-1 (t/h)\n2026-11-23T00:00:00Z,36\n");
  const auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("FI-1").size() == 1; }));
  EXPECT_NEAR(std::get<double>(delivered_.of("FI-1")[0].value), 10.0, 1e-12);  // one division by 3.6, a few ulp
}

TEST_F(FolderSourceTest, AFolderThatIsGoneIsDownAndComesBack) {
  auto s = settings();
  s.url = folder_.path() + "/share";
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return source->health().last_error.find("No such file") != std::string::npos; }));
  EXPECT_EQ(source->health().health, Health::down);
  std::filesystem::create_directory(s.url);
  drop("share/a.csv", rows(0, 1));
  EXPECT_TRUE(within(5s, [&] { return source->health().health != Health::down && delivered_.all().size() == 2; }));
}

TEST(TakenFiles, ABrokenStateFileIsReadAsFarAsItGoes) {
  const ScratchFolder folder;
  const std::string path = folder.path() + "/state";
  std::ofstream(path) << "10 20 30 a file.csv\nrubbish\n1 2\n40 50 60 b.csv\n";
  const auto taken = TakenFiles::open(path);
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->size(), 2u);
  EXPECT_TRUE(taken->has("a file.csv", {10, 20, 30}));
  EXPECT_FALSE(taken->has("a file.csv", {11, 20, 30}));
}

TEST(TakenFiles, EachFileCostsItsOwnLineAndNotAllThatWereTakenBefore) {
  const ScratchFolder folder;
  const std::string path = folder.path() + "/state";
  auto taken = TakenFiles::open(path).value();
  constexpr std::uint64_t kFiles = 1000;
  for (std::uint64_t k = 0; k < kFiles; ++k) ASSERT_TRUE(taken.add("file " + std::to_string(k) + ".csv", {k, 1, k}));
  EXPECT_LT(taken.written(), 40 * kFiles) << "a line is under 40 bytes";
  EXPECT_EQ(TakenFiles::open(path)->size(), kFiles);
  // Files that come and go do not fill the disk: what is gone leaves the state file too.
  for (std::uint64_t k = 0; k < 3 * kFiles; ++k) {
    taken.keep_only({{"one.csv", {}}});
    ASSERT_TRUE(taken.add("one.csv", {k, 1, 1}));
  }
  EXPECT_LT(std::filesystem::file_size(path), 40u * 110);
  EXPECT_TRUE(TakenFiles::open(path)->has("one.csv", {3 * kFiles - 1, 1, 1})) << "the last line counts";
}

TEST(TakenFiles, WhatTheDiskRefusesIsTakenAllTheSameAndWrittenLater) {
  const ScratchFolder folder;
  const std::string place = folder.path() + "/later", path = place + "/state";
  auto taken = TakenFiles::open(path).value();
  EXPECT_FALSE(taken.add("a.csv", {1, 2, 3}));
  EXPECT_FALSE(taken.add("b.csv", {1, 2, 3}));
  EXPECT_TRUE(taken.has("a.csv", {1, 2, 3}) && taken.has("b.csv", {1, 2, 3}));
  EXPECT_FALSE(taken.try_again());
  EXPECT_TRUE(taken.owes());
  std::filesystem::create_directory(place);
  EXPECT_FALSE(taken.add("c.csv", {1, 2, 3})) << "thousands of files make no thousands of tries";
  EXPECT_TRUE(taken.try_again());
  EXPECT_FALSE(taken.owes());
  EXPECT_EQ(TakenFiles::open(path)->size(), 3u);
  EXPECT_TRUE(taken.add("d.csv", {1, 2, 3}));
  EXPECT_EQ(TakenFiles::open(path)->size(), 4u);
}

TEST(TakenFiles, AKillWithinALineCostsThatLineAlone) {
  const ScratchFolder folder;
  const std::string path = folder.path() + "/state";
  for (const char* name : {"a.csv", "b.csv", "c.csv"}) ASSERT_TRUE(TakenFiles::open(path)->add(name, {1, 2, 3}));
  const auto whole = std::filesystem::file_size(path);
  for (std::uintmax_t cut = 1; cut < whole / 3; ++cut) {
    std::filesystem::resize_file(path, whole - cut);
    auto taken = TakenFiles::open(path).value();
    EXPECT_TRUE(taken.has("a.csv", {1, 2, 3}) && taken.has("b.csv", {1, 2, 3})) << cut;
    ASSERT_TRUE(taken.add("c.csv", {1, 2, 3}));
    for (const char* name : {"a.csv", "b.csv", "c.csv"})
      EXPECT_TRUE(TakenFiles::open(path)->has(name, {1, 2, 3})) << cut;
    ASSERT_TRUE(std::filesystem::remove(path));
    for (const char* name : {"a.csv", "b.csv", "c.csv"}) ASSERT_TRUE(TakenFiles::open(path)->add(name, {1, 2, 3}));
  }
  // What has the state file's name meanwhile is replaced, and nothing that it leads to is written to.
  std::ofstream(folder.path() + "/other") << "stays";
  auto taken = TakenFiles::open(path).value();
  std::filesystem::remove(path);
  std::filesystem::create_symlink(folder.path() + "/other", path);
  ASSERT_TRUE(taken.add("d.csv", {1, 2, 3}));
  EXPECT_EQ(std::filesystem::file_size(folder.path() + "/other"), 5u);
  EXPECT_EQ(TakenFiles::open(path)->size(), 4u);
}

}  // namespace
}  // namespace castner::sources
