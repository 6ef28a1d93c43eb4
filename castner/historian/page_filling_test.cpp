// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/page_filling.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>

#include "castner/historian/chunk_codec.h"
#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_db.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

using std::chrono::seconds;
constexpr Time kBegin{seconds(1'800'000'000)};

/// Whole numbers that take about 2.1 bits each, one every ten seconds or `together` of them.
Columns walk(TagId tag, std::size_t n, int together = 1) {
  std::mt19937 random(static_cast<std::uint32_t>(tag));
  std::normal_distribution<double> step(0.0, 0.95);
  double x = 50.0;
  Columns c;
  for (std::size_t i = 0; i < n; ++i) {
    x += step(random);
    const auto t = kBegin + 10 * seconds(static_cast<std::int64_t>(i) / together);
    c.push(tag, {t, std::trunc(x), readings::Status::good, kBegin});
  }
  return c;
}

ChunkRow row_of(const Columns& c, bool late = false) {
  const auto tag = c.runs.front().tag;
  return {tag, late, {summary_of(c, 0, c.size()), c.size(), pack(tag, c, 0, c.size())}};
}

/// As SQLite does: on the last page, or where it does not fit on a new one.
std::size_t pages_of(const std::vector<ChunkRow>& rows) {
  std::size_t pages = 1, room = kPage;
  for (const auto& row : rows) {
    const auto bytes = bytes_on_page(row);
    if (bytes > room) {
      ++pages;
      room = kPage;
    }
    room -= bytes;
  }
  return pages;
}

std::size_t bytes_of(const std::vector<ChunkRow>& rows) {
  std::size_t bytes = 0;
  for (const auto& row : rows) bytes += bytes_on_page(row);
  return bytes;
}

/// All readings of each tag, piece by piece in the order of their times, each with the summary of its own.
std::map<TagId, Columns> readings_of(const std::vector<ChunkRow>& rows) {
  std::map<std::pair<TagId, Time>, const ChunkRow*> by_time;
  for (const auto& row : rows) by_time[{row.tag, row.chunk.summary.begin}] = &row;
  EXPECT_EQ(by_time.size(), rows.size());
  std::map<TagId, Columns> all;
  for (const auto& [key, row] : by_time) {
    const auto c = unpack(row->chunk.block).value();
    EXPECT_EQ(c.size(), row->chunk.count);
    EXPECT_EQ(packed(summary_of(c, 0, c.size())), packed(row->chunk.summary));
    auto& of_tag = all[row->tag];
    EXPECT_TRUE(of_tag.empty() || of_tag.times.back() < c.times.front()) << "pieces share a time";
    of_tag.append(row->tag, c, 0, c.size());
  }
  return all;
}

/// As they come to lie in the file.
std::vector<ChunkRow> laid_out(std::vector<ChunkRow> rows, std::size_t& room) {
  rows = cut_to_fill(std::move(rows), room);
  std::vector<ChunkRow> in_file;
  for (const auto i : filling_order(rows, room)) in_file.push_back(std::move(rows[i]));
  EXPECT_EQ(in_file.size(), rows.size());
  return in_file;
}

std::vector<ChunkRow> days_of(std::uint32_t tags, std::size_t readings = 8640, int together = 1) {
  std::vector<ChunkRow> rows;
  for (std::uint32_t t = 1; t <= tags; ++t) rows.push_back(row_of(walk(TagId(t), readings, together)));
  return rows;
}

TEST(PageFilling, WhatThreeDaysLeaveOfAPageAPieceOfAFourthFills) {
  const auto days = days_of(100);
  const auto bytes_each = bytes_of(days) / days.size();
  ASSERT_EQ(kPage / bytes_each, 3u) << "else this is not what it is about";
  ASSERT_GT(kPage - 3 * bytes_each, 512u);
  std::size_t room = 0;
  const auto rows = laid_out(days, room);
  EXPECT_GT(rows.size(), days.size());
  EXPECT_LE(pages_of(rows), 32u) << "34 with a gap on each";
  EXPECT_LE(bytes_of(rows), bytes_of(days) * 103 / 100) << "pieces have heads of their own";
  const auto back = readings_of(rows);
  ASSERT_EQ(back.size(), days.size());
  for (const auto& [tag, c] : back) {
    const auto expected = walk(tag, 8640);
    EXPECT_EQ(c.times, expected.times);
    EXPECT_EQ(c.bits, expected.bits);
  }
}

TEST(PageFilling, KnowsFromOneCallToTheNextWhatIsLeftOfThePage) {
  std::size_t room = 0;
  std::vector<ChunkRow> rows;
  for (std::uint32_t t = 1; t <= 200; ++t)
    for (auto& row : laid_out({row_of(walk(TagId(t), 8640))}, room)) rows.push_back(std::move(row));
  EXPECT_LE(pages_of(rows), 65u) << "67 with a gap on each";
  EXPECT_EQ(readings_of(rows).size(), 200u);
}

TEST(PageFilling, CutsNothingWhereItNeedNot) {
  EXPECT_EQ(cut_to_fill(days_of(60, 800), 0).size(), 60u) << "short ones leave no gap worth a piece";
  EXPECT_TRUE(cut_to_fill({}, 0).empty());
}

TEST(PageFilling, ReadingsOfOneTimeStayTogetherAndLateOnesLate) {
  std::vector<ChunkRow> days;
  for (std::uint32_t t = 1; t <= 12; ++t) days.push_back(row_of(walk(TagId(t), 8640, 500), true));
  std::size_t room = 0;
  const auto rows = laid_out(days, room);
  EXPECT_GT(rows.size(), days.size());
  for (const auto& row : rows) EXPECT_TRUE(row.late);
  for (const auto& [tag, c] : readings_of(rows)) EXPECT_EQ(c.bits, walk(tag, 8640, 500).bits);
}

TEST(PageFilling, LongerThanAPageOnesAreLeftAsTheyAre) {
  std::mt19937_64 random(7);
  std::vector<ChunkRow> rows;
  for (std::uint32_t t = 1; t <= 9; ++t) {
    Columns c;
    for (std::size_t i = 0; i < 1200; ++i)
      c.push(TagId(t), {kBegin + seconds(i), static_cast<std::int64_t>(random()), readings::Status::good, kBegin});
    rows.push_back(row_of(c));
    EXPECT_GT(rows.back().chunk.block.size(), kPage);
    EXPECT_LT(bytes_on_page(rows.back()), kPage);
  }
  EXPECT_EQ(cut_to_fill(rows, 0).size(), 9u);
}

// What this file knows of SQLite's is a model: here it is held against SQLite.
TEST(PageFilling, SqlitePutsTheRowsOnAsManyPages) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  constexpr std::uint32_t kTags = 300;
  {
    const auto store = SqliteStore::open(path).value();
    std::vector<std::string> names;
    std::vector<TagName> all;
    for (std::uint32_t t = 0; t < kTags; ++t) names.push_back("tag " + std::to_string(t));
    for (const auto& n : names) all.push_back({n, ""});
    const auto tags = store->define_all(all).value();
    for (std::uint32_t first = 0; first < kTags; first += 60) {
      std::vector<std::vector<Time>> times(60);
      std::vector<std::vector<double>> values(60);
      std::vector<Numbers> some;
      for (std::uint32_t k = 0; k < 60; ++k) {
        const auto c = walk(tags[first + k], 8640);
        for (std::size_t i = 0; i < c.size(); ++i) {
          times[k].push_back(c.time(i));
          values[k].push_back(std::get<double>(c.value(i)));
        }
        some.push_back({tags[first + k], times[k], values[k], readings::Status::good, kBegin});
      }
      ASSERT_TRUE(store->append(some));
    }
    ASSERT_TRUE(store->settle());
    for (const auto tag : tags) {
      const auto all_of_it = store->read({tag}, 10'000);
      ASSERT_TRUE(all_of_it && all_of_it->size() == 8640u);
      EXPECT_EQ(all_of_it->back().value, walk(tag, 8640).value(8639));
    }
  }
  const auto found = verify_file(path);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->problems.empty());
  EXPECT_GT(found->chunks, kTags);
  auto db = Db::open(path, Db::Mode::read_only).value();
  const auto bytes = db.number("SELECT sum(length(block) + length(summary)) FROM chunks").value();
  const auto pages = db.number("PRAGMA page_count").value();
  // Of the pages, 15 at most are not of rows.
  EXPECT_GT(bytes, (pages - 15) * 8192 * 97 / 100) << "of " << pages << " pages";
}

}  // namespace
}  // namespace castner::historian
