// SPDX-License-Identifier: Apache-2.0
// Of two readings of one tag at one time in one body the later counts: all pairs of kinds, in every format.
#include <algorithm>
#include <random>
#include <vector>

#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using Json = nlohmann::json;
using people::Role;

/// A reading as a format writes it, and what must be found.
struct Said {
  std::string text;
  Json value;
  std::string quality = "good";
};

/// Puts readings of the tag x, all of one time, into a body.
struct Format {
  const char* name;
  const char* target;
  std::vector<Said> kinds;
  std::string (*body)(const std::vector<Said>&);
};

const std::vector<Said> kLineKinds = {{"1.5", 1.5},     {"-7i", -7},    {"9007199254740993i", 9007199254740993},
                                      {"3u", 3},        {"true", true}, {"f", false},
                                      {"\"on\"", "on"}, {"-0", -0.0}};
const std::vector<Said> kJsonKinds = {{R"("value": 1.5)", 1.5},
                                      {R"("value": 3)", 3},
                                      {R"("value": 9007199254740993)", 9007199254740993},
                                      {R"("value": true)", true},
                                      {R"("value": "on")", "on"},
                                      {R"("value": null)", nullptr, "bad"},
                                      {R"("value": 2.5, "quality": "bad")", 2.5, "bad"},
                                      {R"("value": 2.25, "quality": "uncertain")", 2.25, "uncertain"},
                                      {R"("value": false, "quality": "bad")", false, "bad"}};

constexpr const char* kTime = R"("time": "2026-11-22T00:00:00Z")";
std::string sample(const Said& s) { return R"({"tag": "x", )" + std::string(kTime) + ", " + s.text + "}"; }

template <class Of>
std::string joined(const std::vector<Said>& all, const char* between, Of of) {
  std::string out;
  for (const auto& s : all) out += (out.empty() ? "" : between) + of(s);
  return out;
}

std::string in_lines(const std::vector<Said>& all) {
  return joined(all, "\n", [](const Said& s) { return "x value=" + s.text + " 1795305600000000000"; });
}
std::string in_one_line(const std::vector<Said>& all) {
  return "x " + joined(all, ",", [](const Said& s) { return "value=" + s.text; }) + " 1795305600000000000\n";
}
std::string in_samples(const std::vector<Said>& all) { return R"({"samples": [)" + joined(all, ",", sample) + "]}"; }
/// One series, as long as all.
std::string in_a_series(const std::vector<Said>& all) {
  const auto value = [](const Said& s) {
    const auto comma = s.text.find(", ");
    return s.text.substr(9, comma == std::string::npos ? comma : comma - 9);
  };
  return R"({"series": [{"tag": "x", "times": [)" +
         joined(all, ",", [](const Said&) { return std::string("1795305600000000000"); }) + R"(], "values": [)" +
         joined(all, ",", value) + R"(], "quality": [)" +
         joined(all, ",", [](const Said& s) { return "\"" + s.quality + "\""; }) + "]}]}";
}
/// The first as a sample, the rest as a series of its own each.
std::string in_both(const std::vector<Said>& all) {
  std::string out = R"({"samples": [)" + sample(all.front()) + R"(], "series": [)";
  for (std::size_t k = 1; k < all.size(); ++k) {
    const auto whole = in_a_series({all[k]});
    out += (k > 1 ? "," : "") + whole.substr(12, whole.size() - 14);
  }
  return out + "]}";
}

const Format kFormats[] = {{"lines", "/api/v1/write", kLineKinds, in_lines},
                           {"one line", "/api/v1/write", kLineKinds, in_one_line},
                           {"samples", "/api/v1/samples", kJsonKinds, in_samples},
                           {"series", "/api/v1/samples", kJsonKinds, in_a_series},
                           {"samples and series", "/api/v1/samples", kJsonKinds, in_both}};

class Order : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    add("root", Role::administrator);
    serve();
    token_ = with_token(Role::engineer);
  }
  /// Sends these in one body, each time under a new tag, and compares what counts then.
  void expect_last_counts(const Format& format, const std::vector<Said>& said) {
    auto body = format.body(said);
    const std::string tag = "x" + std::to_string(++tags_);
    for (std::size_t at = 0; (at = body.find("\"x\"", at)) != std::string::npos; at += tag.size())
      body.replace(at + 1, 1, tag);
    for (std::size_t at = 0; (at = body.find("x value", at)) != std::string::npos; at += tag.size())
      body.replace(at, 1, tag);
    SCOPED_TRACE(std::string(format.name) + ": " + body);
    const auto answer = ask("POST", format.target, "Content-Type: application/json\r\n" + token_, body);
    ASSERT_EQ(answer.status, 204) << answer.body;
    const auto history = get("/api/v1/history?from=2026-11-01T00:00:00Z&tags=" + tag, token_).json()["series"][0];
    const auto latest = get("/api/v1/latest?tags=" + tag, token_).json()["values"][0];
    EXPECT_EQ(history["values"], Json::array({said.back().value}));
    EXPECT_EQ(history["quality"], Json::array({said.back().quality}));
    EXPECT_EQ(latest["value"], said.back().value);
    EXPECT_EQ(latest["quality"], said.back().quality);
  }
  std::string token_;
  int tags_ = 0;
};

TEST_F(Order, TheLaterOfTwoCountsWhateverTheyAre) {
  for (const auto& format : kFormats)
    for (const auto& first : format.kinds)
      for (const auto& second : format.kinds) expect_last_counts(format, {first, second});
}

TEST_F(Order, TheLastOfManyCounts) {
  std::mt19937 random(20261129);
  for (const auto& format : kFormats)
    for (int k = 0; k < 40; ++k) {
      std::vector<Said> said;
      for (int n = 0; n < 3 + k % 8; ++n) said.push_back(format.kinds[random() % format.kinds.size()]);
      expect_last_counts(format, said);
    }
}

TEST_F(Order, ABodyOfMoreReadingsThanGoAtOnceIsRefusedWhole) {
  std::string body;
  for (int k = 0; k <= 1'048'576; ++k) body += "x value=1 " + std::to_string(1'795'046'400'000'000'000 + k) + "\n";
  const auto answer = ask("POST", "/api/v1/write", token_, body);
  EXPECT_EQ(answer.status, 400) << answer.body;
  EXPECT_NE(answer.body.find("more than 1048576 readings"), std::string::npos) << answer.body;
  EXPECT_FALSE(store.find("x"));
}

}  // namespace
}  // namespace castner::api::testing
