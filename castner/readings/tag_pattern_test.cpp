// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/tag_pattern.h"

#include <gtest/gtest.h>

namespace castner::readings {
namespace {

using Tags = std::vector<std::string>;

Tags expanded(std::string_view pattern) { return expand_tags(pattern).value(); }

TEST(TagPattern, CountsAndKeepsTheWidth) {
  EXPECT_EQ(expanded("EI-{08..11}"), (Tags{"EI-08", "EI-09", "EI-10", "EI-11"}));
  EXPECT_EQ(expanded("Cell {8..11} Voltage"),
            (Tags{"Cell 8 Voltage", "Cell 9 Voltage", "Cell 10 Voltage", "Cell 11 Voltage"}));
  EXPECT_EQ(expanded("{3..1}"), (Tags{"3", "2", "1"}));
  EXPECT_EQ(expanded("{1..2}#槽-{01..02}"), (Tags{"1#槽-01", "1#槽-02", "2#槽-01", "2#槽-02"}));
}

TEST(TagPattern, IsATagWhereNothingCounts) {
  EXPECT_EQ(expanded("EI-1101"), Tags{"EI-1101"});
  EXPECT_EQ(expanded("{x}{1..}{..2}{1..2"), Tags{"{x}{1..}{..2}{1..2"});
}

TEST(TagPattern, IsFoundForTagsThatCount) {
  const auto found = [](std::string_view pattern, std::string_view before, std::string_view after) {
    return patterns_of(expanded(pattern), before, after);
  };
  EXPECT_EQ(found("EI-{001..180}", "EI-", ""), Tags{"EI-{001..180}"});
  EXPECT_EQ(found("V{1..12} (x)", "V", " (x)"), Tags{"V{1..12} (x)"});
  const Tags gap{"V1", "V2", "V3", "V5", "V6", "V7"};
  EXPECT_EQ(patterns_of(gap, "V", ""), (Tags{"V{1..3}", "V{5..7}"}));
}

}  // namespace
}  // namespace castner::readings
