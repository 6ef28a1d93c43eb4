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

}  // namespace
}  // namespace castner
