// SPDX-License-Identifier: Apache-2.0
// castner token add, as a script uses it.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "castner/app/commands.h"
#include "castner/base/clock.h"
#include "castner/people/records.h"
#include "tests/support/scratch_folder.h"

namespace castner::app {
namespace {

using people::Role;

class TokenAdd : public ::testing::Test {
 protected:
  castner::ScratchFolder folder_;
  const std::string file_ = folder_.path() + "/castner.toml";
  TokenAdd() { std::ofstream(file_) << "[server]\nrecords = \"records.db\"\n"; }

  /// What stands on standard output and standard error.
  struct Said {
    int code = -1;
    std::string out, err;
  };
  Said run(const std::string& words) const {
    CLI::App root("", "castner");
    Said said;
    add_token(root, said.code);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    root.parse("token add " + words + " --config " + file_);
    std::fflush(stdout);
    said.out = ::testing::internal::GetCapturedStdout();
    said.err = ::testing::internal::GetCapturedStderr();
    return said;
  }
  std::unique_ptr<people::Records> records() const {
    return people::Records::open(folder_.path() + "/records.db", system_clock()).value();
  }
};

TEST_F(TokenAdd, PrintsASecretThatTheServersRecordsKnow) {
  const auto said = run("telegraf --role engineer --expires 2199-01-01T00:00:00Z");
  ASSERT_EQ(said.code, 0) << said.err;
  ASSERT_EQ(said.out.size(), 8u + 64u + 1u) << "nothing but the secret and a line's end";
  const auto kept = records();
  const auto token = kept->tokens.find(said.out.substr(0, said.out.size() - 1)).value();
  ASSERT_TRUE(token);
  EXPECT_EQ(token->name, "telegraf");
  EXPECT_EQ(token->role, Role::engineer);
  EXPECT_EQ(token->expires, std::chrono::sys_days(std::chrono::year(2199) / 1 / 1));
  EXPECT_FALSE(kept->tokens.find(said.out.substr(0, said.out.size() - 2) + "x").value());
  const auto trail = kept->audit.entries(10).value();
  ASSERT_EQ(trail.size(), 1u);
  EXPECT_EQ(trail[0].what, "token.added");
  EXPECT_EQ(trail[0].detail, "telegraf: engineer") << "the secret is nowhere else";
}

TEST_F(TokenAdd, ReadsOnlyUnlessToldOtherwise) {
  const auto said = run("grafana");
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(records()->tokens.all().value().at(0).role, Role::viewer);
}

TEST_F(TokenAdd, RefusesWhatNoProgramShouldHave) {
  for (const char* words : {"robot --role administrator", "robot --role god", "robot --expires 2001-01-01T00:00:00Z",
                            "robot --expires soon"}) {
    const auto said = run(words);
    EXPECT_EQ(said.code, 2) << words;
    EXPECT_EQ(said.out, "") << words;
    EXPECT_NE(said.err, "") << words;
  }
  EXPECT_TRUE(records()->tokens.all().value().empty());
}

}  // namespace
}  // namespace castner::app
