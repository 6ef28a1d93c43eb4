// SPDX-License-Identifier: Apache-2.0
// The drawing of every plant that comes with Castner: its words are whole, and none lies on another, on a unit or outside.
#include "castner/api/plant_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "castner/base/file.h"
#include "castner/drawing/text_width.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::api {
namespace {

using Json = nlohmann::json;

struct Rectangle {
  double left, top, right, bottom;
  std::string what;
};

bool meet(const Rectangle& a, const Rectangle& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/// The words of a line as the page writes them, with the third line of an instrument that reads wrong.
Rectangle words_of(const Json& stream) {
  const auto& line = stream["line"];
  const std::string name = line["name"].get<std::string>() + " " + line["code"].get<std::string>();
  const bool metered = !stream["flow"]["tag"].is_null();
  double width = drawing::pixels_of(name, 12.5) + (metered ? 22.0 : 12.0);
  if (metered)
    width =
        std::max(width, drawing::pixels_of("◆ " + stream["flow"]["tag"].get<std::string>() + " reads 41.71 t/h", 12.5));
  const double x = line["label"][0], y = line["label"][1], height = metered ? 42.0 : 28.0;
  return {x - width / 2, y - height / 2, x + width / 2, y + height / 2, name};
}

void expect_tidy(const std::string& file, words::Language language) {
  auto plant = plant_file::read_plant(read_file(file).value(), file);
  ASSERT_TRUE(plant) << file;
  service::LiveState live;
  live.plant = std::make_shared<const plant::Plant>(std::move(*plant));
  const auto picture = Json::parse(plant_picture(live, language));
  std::vector<Rectangle> fixed, labels;
  for (const auto& u : picture["units"]) {
    const auto& b = u["box"];
    if (b.is_null()) continue;
    const double x = b["x"], y = b["y"], width = b["width"], height = b["height"];
    fixed.push_back({x, y, x + width, y + height, u["name"]});
    for (const auto& text : b["lines"]) {
      EXPECT_LT(drawing::pixels_of(text.get<std::string>(), 12.5), width) << text;
      EXPECT_EQ(text.get<std::string>().find("…"), std::string::npos) << text;
    }
  }
  for (const auto& s : picture["streams"]) {
    const auto label = labels.emplace_back(words_of(s));
    EXPECT_EQ(label.what.find("…"), std::string::npos) << label.what;
    EXPECT_TRUE(label.left >= 0 && label.top >= 0 && label.right <= picture["drawing"]["width"] &&
                label.bottom <= picture["drawing"]["height"])
        << label.what;
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    for (const auto& box : fixed)
      EXPECT_FALSE(meet(labels[i], box)) << file << ": " << labels[i].what << " on " << box.what;
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_FALSE(meet(labels[i], labels[j])) << file << ": " << labels[i].what << " on " << labels[j].what;
  }
}

TEST(PlantPicture, OfEveryPlantHasWordsThatCanBeRead) {
  int plants = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(castner::testing::root() + "/plants")) {
    if (entry.path().extension() != ".toml" ||
        read_file(entry.path().string()).value_or("").find("\n[[unit]]") == std::string::npos)
      continue;
    ++plants;
    for (const auto language : {words::Language::en, words::Language::zh}) expect_tidy(entry.path().string(), language);
  }
  EXPECT_GE(plants, 5);
}

}  // namespace
}  // namespace castner::api
