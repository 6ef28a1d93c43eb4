// SPDX-License-Identifier: Apache-2.0
#include "castner/base/log.h"

#include <gtest/gtest.h>

namespace castner {
namespace {

TEST(Log, AnEventIsOneLineWhateverItsFieldsHold) {
  EXPECT_EQ(
      log_line("2026-11-23T06:00:00.123Z", LogLevel::warning, "source_down",
               {{"source", "plc"},
                {"error", "no \"route\"\nto host"},
                {"empty", ""},
                {"binary", std::string_view("\x1b[2J", 4)}}),
      R"(2026-11-23T06:00:00.123Z warning source_down source=plc error="no \"route\"\nto host" empty="" binary="\x1b[2J")");
}

TEST(Log, IsUtf8WhateverItsFieldsHold) {
  EXPECT_EQ(log_line("t", LogLevel::info, "x", {{"file", "\xe6\xb3\xb5.csv"}}), "t info x file=\xe6\xb3\xb5.csv");
  EXPECT_EQ(log_line("t", LogLevel::info, "x", {{"file", "a\xff\xe6\xb3.csv"}, {"b", "\xe6\xb3\xb5 \xc0\x80"}}),
            "t info x file=\"a\\xff\\xe6\\xb3.csv\" b=\"\xe6\xb3\xb5 \\xc0\\x80\"");
}

}  // namespace
}  // namespace castner
