// SPDX-License-Identifier: Apache-2.0
// What docs/formats/sources.md shows can be written into a server's file as it stands.
#include <gtest/gtest.h>

#include <set>

#include "castner/base/file.h"
#include "castner/service/server_file.h"
#include "castner/sources/kinds.h"
#include "tests/support/root.h"

namespace castner::service {
namespace {

TEST(ServerFile, TakesEveryExampleOfTheDocuments) {
  const auto document = read_file(testing::root() + "/docs/formats/sources.md");
  ASSERT_TRUE(document.has_value());
  std::string all;
  for (std::size_t at = 0; (at = document->find("```toml\n", at)) != std::string::npos;) {
    const auto end = document->find("```", at + 8);
    all += document->substr(at + 8, end - at - 8) + "\n";
    at = end + 3;
  }
  const auto file = read_server_file(all, "castner.toml");
  ASSERT_TRUE(file.has_value()) << file.error().text();
  std::set<std::string> shown, kinds;
  for (const auto& kind : sources::source_kinds()) kinds.insert(kind.name);
  for (const auto& settings : file->sources) {
    shown.insert(settings.kind);
    const auto made = sources::make_source(settings, system_clock());
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().text());
    EXPECT_FALSE(settings.tags.empty());
  }
  EXPECT_EQ(shown, kinds) << "every kind has its example";
}

}  // namespace
}  // namespace castner::service
