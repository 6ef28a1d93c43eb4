// SPDX-License-Identifier: Apache-2.0
// Writes the reports of the made-up plants to the folder named by CASTNER_SHOW, for a person to look at.
#include <gtest/gtest.h>

#include <cstdlib>

#include "castner/base/file.h"
#include "castner/report/csv.h"
#include "castner/report/fixture.h"
#include "castner/report/html.h"
#include "castner/report/terminal.h"

namespace castner::report {
namespace {

TEST(Show, WritesReportsToLookAt) {
  const char* folder = std::getenv("CASTNER_SHOW");
  if (folder == nullptr) GTEST_SKIP() << "set CASTNER_SHOW to a folder";
  const std::pair<const char*, testing::Case (*)()> cases[] = {
      {"small", testing::small_network}, {"steam", testing::steam_network},   {"evaporator", testing::evaporator},
      {"room", testing::cell_room},      {"hostile", testing::hostile_names}, {"empty", testing::empty_plant}};
  for (const auto& [name, make] : cases) {
    const auto c = make();
    for (const auto& [suffix, language] : {std::pair{"en", Language::en}, {"zh", Language::zh}})
      ASSERT_TRUE(write_file(std::string(folder) + "/" + name + "_" + suffix + ".html", html_report(c.plant, c.assessment, language)));
    for (const auto& [suffix, language] : {std::pair{"en", Language::en}, {"zh", Language::zh}})
      ASSERT_TRUE(write_file(std::string(folder) + "/" + name + "_" + suffix + ".txt",
                             assess_text(c.plant, c.assessment, {.language = language, .columns = 96, .colour = false, .html_file = "report.html"})));
    ASSERT_TRUE(write_file(std::string(folder) + "/" + name + ".csv", csv_report(c.plant, c.assessment)));
  }
}

}  // namespace
}  // namespace castner::report
