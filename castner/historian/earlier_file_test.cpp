// SPDX-License-Identifier: Apache-2.0
// A file that an earlier version left when it was killed (tests/historian/README.md) says the same today, bit for bit.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/root.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/unzipped.h"

namespace castner::historian {
namespace {

using testing::unzipped;

const std::string kHistory = testing::root() + "/tests/historian/layout_1";

std::string line_of(const readings::Reading& r) {
  std::array<char, 80> head;
  std::snprintf(head.data(), head.size(), "%" PRId64 " %" PRId64 " %08x ",
                std::int64_t{r.time.time_since_epoch().count()}, std::int64_t{r.arrival.time_since_epoch().count()},
                static_cast<unsigned>(r.status));
  std::ostringstream value;
  if (const auto* d = std::get_if<double>(&r.value)) {
    value << 'd' << std::hex;
    value.width(16);
    value.fill('0');
    value << std::bit_cast<std::uint64_t>(*d);
  } else if (const auto* i = std::get_if<std::int64_t>(&r.value)) {
    value << 'i' << *i;
  } else if (const auto* b = std::get_if<bool>(&r.value)) {
    value << 'b' << *b;
  } else {
    value << 't' << std::get<std::string>(r.value);
  }
  return head.data() + value.str() + '\n';
}

std::string all_of(const Store& store) {
  std::string text;
  for (const auto& tag : store.tags()) {
    text += "tag " + tag.name + ' ' + tag.unit + '\n';
    const auto all = store.versions({tag.id}, 1 << 20);
    EXPECT_TRUE(all) << all.error().text();
    if (all)
      for (const auto& r : *all) text += line_of(r);
  }
  return text;
}

/// Not EXPECT_EQ: two megabytes are not to be printed.
void expect_same(const std::string& got, const std::string& want) {
  ASSERT_EQ(got.size(), want.size());
  const auto differs = std::mismatch(got.begin(), got.end(), want.begin()).first - got.begin();
  EXPECT_TRUE(got == want) << "at byte " << differs << ": " << got.substr(static_cast<std::size_t>(differs), 200);
}

TEST(EarlierFile, SaysTheSameBeforeAndAfterAllOfItIsCompacted) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  const auto want = unzipped(kHistory + ".txt.gz");
  ASSERT_GT(want.size(), 2'000'000u);
  std::ofstream(path, std::ios::binary) << unzipped(kHistory + ".db.gz");
  const auto found = verify_file(path);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_TRUE(found->problems.empty()) << found->problems.front();
  EXPECT_GE(found->readings, 30'498u) << "repetitions go when they become chunks";
  EXPECT_EQ(found->gaps, 2u);
  {
    const auto store = SqliteStore::open(path).value();
    EXPECT_GT(store->health().waiting, 1000u) << "some of it is in the write-ahead log alone";
    expect_same(all_of(*store), want);
    ASSERT_TRUE(store->settle());
    EXPECT_EQ(store->health().waiting, 0u);
    expect_same(all_of(*store), want);
  }
  expect_same(all_of(*SqliteStore::open(path).value()), want);
  EXPECT_TRUE(verify_file(path)->problems.empty());
}

TEST(EarlierFile, IsRepairedToTheSame) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db", copy = folder.path() + "/copy.db";
  std::ofstream(path, std::ios::binary) << unzipped(kHistory + ".db.gz");
  const auto repair = repair_file(path, copy);
  ASSERT_TRUE(repair) << repair.error().text();
  EXPECT_TRUE(repair->lost.empty()) << repair->lost.front();
  expect_same(all_of(*SqliteStore::open(copy).value()), unzipped(kHistory + ".txt.gz"));
}

}  // namespace
}  // namespace castner::historian
