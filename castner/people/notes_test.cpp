// SPDX-License-Identifier: Apache-2.0
#include "castner/people/notes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <new>

#include "castner/base/manual_clock.h"

namespace castner::people {
namespace {

using namespace std::chrono_literals;

struct NotesTest : ::testing::Test {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("castner_notes_" + std::to_string(::getpid()));
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
  Notes notes() { return {*database, clock}; }
  std::string names_for(const std::string& who) {
    std::string all;
    const auto views = notes().views(who).value();
    for (const auto& v : views) all += v.name + "(" + v.owner + ") ";
    return all;
  }
};

/// Of the records as a whole; here since a test sees the database here.
TEST_F(NotesTest, WhatIsThrownInTheMiddleOfAChangeLeavesNothingOfItAndTheNextOneGoesThrough) {
  const auto done = database->together([](const Database::Run& run) -> Result<void> {
    EXPECT_TRUE(run("INSERT INTO view (name, owner, shared, query, created) VALUES ('half', 'li', 0, '', 0)", {}));
    throw std::bad_alloc();
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::world_refused);
  EXPECT_EQ(names_for("li"), "");
  ASSERT_TRUE(notes().keep({.id = 0, .name = "Anolyte", .owner = "li", .shared = false, .query = "tag=A"}));
  EXPECT_EQ(names_for("li"), "Anolyte(li) ");
}

TEST_F(NotesTest, AViewIsOnesOwnUntilItIsShared) {
  ASSERT_TRUE(notes().keep({.id = 0, .name = "Anolyte", .owner = "li", .shared = false, .query = "tag=A"}));
  ASSERT_TRUE(notes().keep({.id = 0, .name = "Start", .owner = "li", .shared = true, .query = "tag=B"}));
  ASSERT_TRUE(notes().keep({.id = 0, .name = "Anolyte", .owner = "wang", .shared = false, .query = "tag=C"}));
  EXPECT_EQ(names_for("li"), "Anolyte(li) Start(li) ");
  EXPECT_EQ(names_for("wang"), "Anolyte(wang) Start(li) ");
  EXPECT_EQ(names_for("chen"), "Start(li) ");
  reopen();
  EXPECT_EQ(names_for("chen"), "Start(li) ");
}

TEST_F(NotesTest, AViewOfTheSameNameIsReplaced) {
  const auto first = notes().keep({.id = 0, .name = "N", .owner = "li", .shared = false, .query = "tag=A"});
  const auto second = notes().keep({.id = 0, .name = "N", .owner = "li", .shared = true, .query = "tag=B"});
  EXPECT_EQ(first->id, second->id);
  const auto all = notes().views("li").value();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].query, "tag=B");
  EXPECT_TRUE(all[0].shared);
}

TEST_F(NotesTest, OnlyTheOwnerRemovesAView_AndAnAdministratorASharedOne) {
  const auto own = notes().keep({.id = 0, .name = "own", .owner = "li", .shared = false, .query = "q"})->id;
  const auto shared = notes().keep({.id = 0, .name = "shared", .owner = "li", .shared = true, .query = "q"})->id;
  EXPECT_FALSE(notes().remove_view(own, "wang", false).value());
  EXPECT_FALSE(notes().remove_view(own, "root", true).value());  // nobody sees another's own view
  EXPECT_FALSE(notes().remove_view(shared, "wang", false).value());
  EXPECT_TRUE(notes().remove_view(shared, "root", true).value());
  EXPECT_TRUE(notes().remove_view(own, "li", false).value());
}

TEST_F(NotesTest, AMarkStandsAtItsTimeWithWhoWroteIt) {
  const Time t = clock.now();
  ASSERT_TRUE(notes().add({.id = 0, .time = t - 1h, .kind = "stop", .text = "E3 停车", .who = "li"}));
  const auto later = notes().add({.id = 0, .time = t, .kind = "note", .text = "back", .who = "wang"});
  const auto all = notes().marks(t - 2h, t).value();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].text, "E3 停车");
  EXPECT_EQ(all[1].who, "wang");
  EXPECT_EQ(notes().marks(t - 2h, t - 30min)->size(), 1u);
  EXPECT_FALSE(notes().remove_mark(later->id, "li", false).value());
  EXPECT_TRUE(notes().remove_mark(later->id, "root", true).value());
}

TEST_F(NotesTest, WhatCannotBeShownIsRefusedAllAtOnce) {
  EXPECT_EQ(
      notes().keep({.id = 0, .name = "", .owner = "li", .shared = false, .query = "a\nb"}).error().problems.size(), 2u);
  EXPECT_EQ(notes()
                .add({.id = 0, .time = {}, .kind = "party", .text = std::string(201, 'x'), .who = "li"})
                .error()
                .problems.size(),
            2u);
  for (int k = 0; k < 200; ++k)
    ASSERT_TRUE(notes().keep({.id = 0, .name = std::to_string(k), .owner = "li", .shared = false, .query = "q"}));
  EXPECT_FALSE(notes().keep({.id = 0, .name = "one more", .owner = "li", .shared = false, .query = "q"}));
  EXPECT_TRUE(notes().keep({.id = 0, .name = "7", .owner = "li", .shared = false, .query = "new"}));  // replaces
}

}  // namespace
}  // namespace castner::people
