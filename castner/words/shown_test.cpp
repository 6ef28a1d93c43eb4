// SPDX-License-Identifier: Apache-2.0
// The rule of digits, held to shown_cases.json, which the pages' lib/format.test.ts reads too. The file was computed with
// exact decimals by a program that shares no code with either.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "castner/base/file.h"
#include "castner/base/json_reader.h"
#include "castner/words/units_for_people.h"
#include "tests/support/root.h"

namespace castner::words {
namespace {

std::optional<double> number_or_null(JsonReader& json) {
  if (json.kind() == JsonReader::Kind::number) return json.number().real;
  json.skip();
  return std::nullopt;
}

void each(JsonReader& json, const std::function<void()>& member) {
  for (bool more = json.enter(); more; more = json.next()) member();
}

struct Case {
  std::vector<std::pair<std::optional<double>, std::optional<double>>> figures;
  std::vector<std::pair<std::string, std::string>> shown;
  double typical = 0.0;
  std::optional<double> sd, decimals;
};

std::pair<std::string, std::string> pair_of_texts(JsonReader& json) {
  std::vector<std::string> both;
  each(json, [&] { both.emplace_back(json.text()); });
  return {both.at(0), both.at(1)};
}

Case read_case(JsonReader& json, bool column) {
  Case c;
  std::optional<double> value;
  each(json, [&] {
    const std::string key(json.key());
    if (key == "figures")
      each(json, [&] {
        std::vector<std::optional<double>> both;
        each(json, [&] { both.push_back(number_or_null(json)); });
        c.figures.emplace_back(both.at(0), both.at(1));
      });
    else if (key == "shown" && column)
      each(json, [&] { c.shown.push_back(pair_of_texts(json)); });
    else if (key == "shown")
      c.shown.push_back(pair_of_texts(json));
    else
      (key == "sd" ? c.sd : key == "decimals" ? c.decimals : value) = number_or_null(json);
  });
  if (value) c.figures.emplace_back(value, c.sd), c.typical = *value;
  return c;
}

std::vector<Case> cases(std::string_view list) {
  const auto text = read_file(testing::root() + "/castner/words/shown_cases.json").value();
  JsonReader json(text);
  std::vector<Case> all;
  each(json, [&] {
    if (json.key() != list) return json.skip();
    each(json, [&] { all.push_back(read_case(json, list == "columns")); });
  });
  EXPECT_FALSE(json.failed()) << "line " << json.line();
  EXPECT_FALSE(all.empty());
  return all;
}

TEST(ShownCases, FiguresAgreeWithExactDecimals) {
  for (const auto& c : cases("figures")) {
    const auto [value, sd] = c.figures.at(0);
    const Shown s = shown(value, sd);
    EXPECT_EQ(std::pair(s.value, s.sd), c.shown.at(0)) << *value << " +- " << sd.value_or(0.0);
  }
}

TEST(ShownCases, ColumnsShowOneNumberOfDecimals) {
  for (const auto& c : cases("columns")) {
    std::vector<Shown> column;
    std::vector<InColumn> cells;
    for (const auto& [value, sd] : c.figures) column.push_back(shown(value, sd, "V"));
    for (auto& s : column) cells.push_back({"voltage", &s});
    align(cells);
    for (std::size_t k = 0; k < column.size(); ++k)
      EXPECT_EQ(std::pair(column[k].value, column[k].sd), c.shown.at(k)) << fmt::format("{}", *c.figures[k].first);
  }
}

TEST(ShownCases, ReadingsShowADigitOfTheirInstrumentsUncertainty) {
  for (const auto& c : cases("readings"))
    EXPECT_EQ(decimals_of_reading(c.typical, c.sd.value_or(0.0)),
              c.decimals ? std::optional<int>(*c.decimals) : std::nullopt)
        << c.typical << " +- " << c.sd.value_or(0.0);
}

TEST(Align, KeepsApartWhatIsOfAnotherQuantityOrUnit) {
  Shown a = shown(3.0204, 0.006, "V"), b = shown(3.02, 0.06, "V"), c = shown(3.02, 0.06, "kV");
  const std::vector<InColumn> cells{{"voltage", &a}, {"loss", &b}, {"voltage", &c}};
  align(cells);
  EXPECT_EQ(a.value, "3.0204");
  EXPECT_EQ(b.value, "3.020");
  EXPECT_EQ(c.value, "3.020");
  EXPECT_EQ(quantity_of("AB1.flow_vol"), "flow_vol");
  EXPECT_EQ(quantity_of("AN1.conc_mass.NaCl"), "conc_mass.NaCl");
  EXPECT_EQ(quantity_of("load"), "load");
}

}  // namespace
}  // namespace castner::words
