// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/tag_family.h"

#include <gtest/gtest.h>

#include "castner/readings/tag_pattern.h"

namespace castner::readings {
namespace {

TEST(TagFamilies, TheLastNumberCountsUnlessAnotherGoesMuchFurther) {
  const auto before = [](const std::string& pattern) {
    const auto f = tag_families(expand_tags(pattern).value());
    return f.size() == 1 ? f[0].before + "|" + f[0].after : std::to_string(f.size());
  };
  EXPECT_EQ(before("EI-1101-{001..180}"), "EI-1101-|");
  EXPECT_EQ(before("E{1..3}_{1..3}"), "3");
  EXPECT_EQ(before("Cell {1..40} E{1..1}"), "Cell | E1");
  EXPECT_EQ(tag_families(expand_tags("Cell {1..40} E{1..2}").value()).size(), 2u);
  EXPECT_EQ(tag_families(expand_tags("E{1..3}_{1..2}").value()).size(), 3u);
}

TEST(TagFamilies, CountedShort) {
  const std::vector<std::string> tags{"PI-9",        "EI-1101-001", "AI-1", "EI-1101-002",
                                      "EI-1101-003", "EI-1101-007", "AI-2"};
  EXPECT_EQ(counted_short(tags),
            (std::vector<std::string>{"PI-9", "EI-1101-{001..003}", "EI-1101-007", "AI-1", "AI-2"}));
}

}  // namespace
}  // namespace castner::readings
