// SPDX-License-Identifier: Apache-2.0
// The page Start with an export of a cell room whose flows are metered on the common headers alone.
#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using Json = nlohmann::json;

/// Tags, units and means of four electrolysers at full load, of the virtual plant; and where they are.
struct Tag {
  const char *name, *unit, *of;
  double mean;
};
constexpr Tag kTags[]{{"II-110", "kA", "E110.current", 14.581},
                      {"EI-110", "V", "E110.voltage", 449.22},
                      {"TI-115", "degC", "S115.temperature", 88.38},
                      {"II-210", "kA", "E210.current", 14.485},
                      {"EI-210", "V", "E210.voltage", 450.85},
                      {"TI-215", "degC", "S215.temperature", 87.76},
                      {"II-310", "kA", "E310.current", 14.495},
                      {"EI-310", "V", "E310.voltage", 458.81},
                      {"TI-315", "degC", "S315.temperature", 88.77},
                      {"II-410", "kA", "E410.current", 14.589},
                      {"EI-410", "V", "E410.voltage", 449.17},
                      {"TI-415", "degC", "S415.temperature", 87.47},
                      {"FI-501", "m3/h", "S501.flow_vol", 117.06},
                      {"AI-501", "g/L", "S501.conc_mass.NaCl", 301.91},
                      {"TI-501", "degC", "S501.temperature", 65.34},
                      {"AI-502", "g/L", "S502.conc_mass.NaCl", 202.01},
                      {"FI-602", "m3/h", "S602.flow_vol", 199.03},
                      {"AI-602", "%", "S602.mass_frac.NaOH", 32.09},
                      {"FI-701", "t/h", "S701.flow_mass", 12.753},
                      {"PI-701", "kPa(a)", "S701.pressure", 120.96},
                      {"FI-801", "Nm3/h", "S801.flow_vol_normal_dry", 3643.4},
                      {"PI-801", "kPa(a)", "S801.pressure", 124.56}};

/// An hour of minutes, steady to a thousandth.
std::string header_csv() {
  std::string csv = "time";
  for (const Tag& t : kTags) csv += std::string(",") + t.name + " (" + t.unit + ")";
  for (int k = 0; k < 60; ++k) {
    csv += "\n2026-11-23T00:" + std::to_string(100 + k).substr(1) + ":00Z";
    for (std::size_t t = 0; t < std::size(kTags); ++t)
      csv += "," + std::to_string(kTags[t].mean * (1.0 + 1e-4 * (static_cast<int>((k * 7 + t * 5) % 11) - 5)));
  }
  return csv + "\n";
}

Json header_sketch() {
  Json sketch = {{"name", "Headers"},      {"window", "30 min"},     {"max_gap", "5 min"},     {"min_rows", 20},
                 {"units", Json::array()}, {"pipes", Json::array()}, {"meters", Json::array()}};
  const auto pipe = [&](const std::string& name, const std::string& from, const std::string& to) {
    sketch["pipes"].push_back({{"name", name}, {"from", from}, {"to", to}});
  };
  for (const std::string e : {"1", "2", "3", "4"}) {
    sketch["units"].push_back({{"name", "E" + e + "10"},
                               {"model", "electrolyser"},
                               {"parameters", {{"cells", "150"}, {"cell_area", "2.7 m2"}}}});
    pipe("S" + e + "15", "E" + e + "10.catholyte", "");
  }
  pipe("S501", "", "every electrolyser.brine");
  pipe("S502", "every electrolyser.anolyte", "");
  pipe("S602", "every electrolyser.catholyte", "");
  pipe("S701", "every electrolyser.chlorine", "");
  pipe("S801", "every electrolyser.hydrogen", "");
  for (const Tag& t : kTags) {
    const std::string_view of(t.of);
    const char* sd = of.ends_with("temperature") ? "0.5 K" : of.find("flow") != of.npos ? "1.5 %" : "0.5 %";
    sketch["meters"].push_back({{"tag", t.name},
                                {"of", t.of},
                                {"unit", std::string_view(t.unit).substr(0, std::string_view(t.unit).find("(a)"))},
                                {"sd", sd},
                                {"mean", t.mean}});
  }
  return sketch;
}

class StartHeader : public ServerTest {};

TEST_F(StartHeader, MetersAloneGiveTheTotalsTheirBalance) {
  serve();
  const std::string csv = header_csv();
  for (const char* divided : {"", "by_current", "unknown"}) {
    Json sketch = header_sketch();
    if (*divided) sketch["divided"] = divided;
    const auto made = post_json("/api/v1/start/plant", sketch).json();
    ASSERT_EQ(made["problems"], Json::array());
    ASSERT_EQ(made["divisions"].size(), 2u) << made["divisions"];
    EXPECT_EQ(made["divisions"][0]["feed"], "brine");
    EXPECT_EQ(made["divisions"][1]["units"], Json({"E110", "E210", "E310", "E410"}));
    const auto said = made["divisions"][0]["text"].get<std::string>();
    EXPECT_EQ(said.find("sd of 30 %") != said.npos, std::string_view(divided) != "unknown") << said;
    if (std::string_view(divided) != "unknown") {
      EXPECT_GT(made["redundancy"], 0) << made["advice"];
    }
    const auto plant = made["plant"].get<std::string>();
    const auto a = ask("POST", "/api/v1/start/assess?name=a.csv&plant=" + std::to_string(plant.size()),
                       "Content-Type: application/octet-stream\r\n", plant + csv);
    ASSERT_EQ(a.status, 200) << a.body.substr(0, 500);
    const auto answer = a.json();
    EXPECT_EQ(answer["reconciled"], 2);
    EXPECT_EQ(answer["health"], "ok") << answer["sentences"];
    for (const auto& i : answer["instruments"]) {
      // Faraday: 150 cells make 62.72 Nm3/h of hydrogen a kA, and the four have 58.15 kA.
      if (i["tag"] == "FI-801") {
        EXPECT_NEAR(std::stod(i["reconciled"]["value"].get<std::string>()), 3648.0, 20.0) << i;
      }
      EXPECT_TRUE(i["verdict"] != "wrong" && i["verdict"] != "doubtful") << i;
    }
  }
}

TEST_F(StartHeader, HowItDividesIsOneOfTwo) {
  serve();
  auto sketch = header_sketch();
  sketch["divided"] = "evenly";
  const auto a = post_json("/api/v1/start/plant", sketch);
  EXPECT_EQ(a.status, 400);
  EXPECT_EQ(a.json()["problems"][0]["where"], "divided") << a.body;
  const auto zh = post_json("/api/v1/start/plant?lang=zh", header_sketch()).json();
  EXPECT_NE(zh["divisions"][1]["text"].get<std::string>().find("碱液"), std::string::npos) << zh["divisions"];
}

}  // namespace
}  // namespace castner::api::testing
