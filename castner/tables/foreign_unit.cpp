// SPDX-License-Identifier: Apache-2.0
// A foreign unit is an amount, an amount in a time, or one of the whole units below; spellings are compared in lower case, without blanks,
// points and dashes. Factors are exact by definition (international foot, pound and US gallon; NIST Special Publication 811, appendix B)
// but for these conventions, which the notes name:
//  - a standard cubic foot is at 60 degF and 14.696 psia, as in the US gas trade (GPSA Engineering Data Book: 379.49 of them are a pound
//    mole); makers of compressors take 68 degF, 1.5 % less;
//  - a column of water is at 4 degC and one of mercury at 0 degC (SP 811; at 60 degF the former is 0.1 % less);
//  - a Btu is that of the International Table.
// What says thousand to one and million to another (M before a US unit) or is at one of several temperatures (Sm3) is no unit here.
#include "castner/tables/foreign_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "castner/readings/status_text.h"

namespace castner::tables {
namespace {

using std::string, std::string_view;

constexpr double kFoot = 0.3048, kPound = 0.45359237, kGallon = 3.785411784e-3, kPsi = 6.894757293168361;
constexpr double kFoot3 = kFoot * kFoot * kFoot;
constexpr double kNormalPerStandardFoot =
    kFoot3 * (14.696 * kPsi / 101.325) * (273.15 / (273.15 + (60.0 - 32.0) / 1.8));
constexpr double kBtu = 1055.05585262e-3 / 3600.0;  // kW.h
constexpr string_view kStandard = "a cubic foot at 60 degF and 14.696 psia", kUsGallon = "a gallon of the USA",
                      kWater = "water at 4 degC", kMercury = "mercury at 0 degC", kTable = "of the International Table";

struct Row {
  string_view name, here;
  double scale;
  string_view why;
  std::array<string_view, 8> spellings;  ///< beside its name
};

/// Amounts, alone and in a time.
constexpr Row kAmounts[] = {{"gal",
                             "m3",
                             kGallon,
                             kUsGallon,
                             {"usgal", "gals", "usgals", "gallon", "gallons", "usgallon", "usgallons", "galus"}},
                            {"ft3", "m3", kFoot3, "", {"cf", "cuft", "cubicfeet", "cubicft", "acf", "feet3"}},
                            {"scf", "Nm3", kNormalPerStandardFoot, kStandard, {"sft3", "stdft3", "stdcuft", "scuft"}},
                            {"kscf", "Nm3", 1e3 * kNormalPerStandardFoot, kStandard, {}},
                            {"MMscf", "Nm3", 1e6 * kNormalPerStandardFoot, kStandard, {}},
                            {"lbmol", "kmol", kPound, "", {"lbmole", "lbmoles", "lbmols"}},
                            {"Btu", "kW.h", kBtu, kTable, {}},
                            {"MMBtu", "kW.h", 1e6 * kBtu, kTable, {}},
                            {"kcal", "kW.h", 4.1868 / 3600.0, kTable, {}}};
constexpr std::pair<string_view, std::array<string_view, 5>> kTimes[] = {
    {"s", {"s", "sec", "second"}}, {"min", {"min", "minute"}}, {"h", {"h", "hr", "hour"}}, {"d", {"d", "day"}}};

/// The others, with the amounts in a time that have a name of their own.
constexpr Row kWholes[] = {
    {"degF", "degC", 1 / 1.8, "", {"f", "°f", "℉", "ºf", "degreesf", "degreef", "degfahrenheit", "fahrenheit"}},
    {"degR", "K", 1 / 1.8, "", {"°r", "ºr", "rankine"}},
    {"psi", "kPa", kPsi, "", {"lb/in2", "lbf/in2", "lbs/in2", "psid", "lbfin2"}},
    {"inH2O", "kPa", 0.24908891, kWater, {"inh20", "\"h2o", "\"wc", "inwc", "iwc", "inchh2o", "incheswc", "inchwc"}},
    {"inH2O(g)", "kPa(g)", 0.24908891, kWater, {"inwg", "\"wg", "iwg"}},
    {"ftH2O", "kPa", 12 * 0.24908891, kWater, {"ftwc", "fth20"}},
    {"mmH2O", "kPa", 9.80665e-3, kWater, {"mmwc", "mmws", "mmh20", "毫米水柱"}},
    {"mH2O", "kPa", 9.80665, kWater, {"mwc", "mh20", "米水柱"}},
    {"inHg", "kPa", 3.386389, kMercury, {"\"hg", "inchhg", "incheshg"}},
    {"mmHg", "kPa", 0.133322387415, kMercury, {"torr", "毫米汞柱"}},
    {"kgf/cm2", "kPa", 98.0665, "", {"kg/cm2", "kp/cm2", "公斤/平方厘米", "千克/平方厘米"}},
    {"lb/ft3", "kg/m3", kPound / kFoot3, "", {"lbs/ft3", "pcf", "lb/cuft", "lbs/cuft", "lbm/ft3"}},
    {"lb/gal", "kg/m3", kPound / kGallon, kUsGallon, {"lbs/gal", "lb/usgal", "lbm/gal"}},
    {"Btu/lb", "kJ/kg", 2.326, kTable, {"btu/lbm"}},
    {"ft/s", "m/s", kFoot, "", {"fps", "ft/sec"}},
    {"ft", "m", kFoot, "", {"feet"}},
    {"A/ft2", "A/m2", 1.0 / (kFoot * kFoot), "", {"asf", "amps/ft2"}},
    {"short ton/h",
     "t/h",
     2000 * kPound / 1000,
     "",
     {"shortton/hr", "shorttons/h", "shorttons/hr", "ston/h", "ston/hr"}},
    {"short ton/d", "t/h", 2000 * kPound / 24e3, "", {"shortton/day", "shorttons/d", "shorttons/day", "ston/d"}}};
constexpr std::pair<string_view, string_view> kShort[] = {
    {"gpm", "gal/min"},  {"usgpm", "gal/min"},  {"gph", "gal/h"},     {"usgph", "gal/h"},    {"gpd", "gal/d"},
    {"cfs", "ft3/s"},    {"cfm", "ft3/min"},    {"acfm", "ft3/min"},  {"cfh", "ft3/h"},      {"acfh", "ft3/h"},
    {"scfm", "scf/min"}, {"scfh", "scf/h"},     {"scfd", "scf/d"},    {"kscfm", "kscf/min"}, {"kscfh", "kscf/h"},
    {"kscfd", "kscf/d"}, {"mmscfh", "MMscf/h"}, {"mmscfd", "MMscf/d"}};

string bare_text(string_view text) {
  string bare = readings::lower_case(readings::trimmed(text));
  for (const auto& [theirs, ours] :
       {std::pair{"³", "3"}, {"²", "2"}, {"″", "\""}, {"”", "\""}, {"''", "\""}, {"／", "/"}})
    for (std::size_t at = 0; (at = bare.find(theirs, at)) != string::npos;)
      bare.replace(at, string_view(theirs).size(), ours);
  std::erase_if(bare, [](char c) { return string_view(" ._-^").find(c) != string_view::npos; });
  return bare;
}

bool spelled_so(const Row& row, string_view bare) {
  return !bare.empty() && (bare == bare_text(row.name) ||
                           std::find(row.spellings.begin(), row.spellings.end(), bare) != row.spellings.end());
}

const Row* named(std::span<const Row> rows, string_view bare) {
  const auto it = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return spelled_so(r, bare); });
  return it == rows.end() ? nullptr : &*it;
}

ForeignUnit of_row(const Row& r) { return {string(r.name), string(r.here), r.scale, 0.0, r.why}; }

/// How many hours it has.
double hours(string_view time) {
  return time == "s" ? 1 / 3600.0 : time == "min" ? 1 / 60.0 : time == "h" ? 1.0 : 24.0;
}

std::optional<ForeignUnit> in_a_time(string_view bare) {
  const std::size_t slash = bare.find('/');
  if (slash == string_view::npos) return std::nullopt;
  const Row* amount = named(kAmounts, bare.substr(0, slash));
  if (!amount) return std::nullopt;
  const string_view time = bare.substr(slash + 1);
  for (const auto& [name, spellings] : kTimes) {
    if (time.empty() || std::find(spellings.begin(), spellings.end(), time) == spellings.end()) continue;
    ForeignUnit out = of_row(*amount);
    out.name += "/" + string(name);
    out.here = out.here == "kW.h" ? "kW" : out.here + "/h";
    out.scale /= hours(name);
    return out;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ForeignUnit> foreign_unit(string_view text) {
  string bare = bare_text(text);
  if (bare == "f" && text != "F") return std::nullopt;
  const bool gauge = bare.ends_with("(g)");
  if (gauge) bare.resize(bare.size() - 3);
  for (const auto& [theirs, whole] : kShort)
    if (bare == theirs) bare = bare_text(whole);
  auto found = in_a_time(bare);
  if (!found)
    for (const std::span<const Row> rows : {std::span<const Row>(kWholes), std::span<const Row>(kAmounts)})
      if (const Row* row = found ? nullptr : named(rows, bare)) found = of_row(*row);
  if (!found) return std::nullopt;
  if (found->name == "degF") found->offset = -32.0 / 1.8;
  if (!gauge) return found;
  if (found->here != "kPa") return std::nullopt;
  found->name += "(g)";
  found->here += "(g)";
  return found;
}

string ambiguous_unit(string_view text) {
  const string bare = bare_text(text);
  const auto starts = [&](std::initializer_list<string_view> all) {
    return std::any_of(all.begin(), all.end(), [&](string_view s) { return bare.starts_with(s); });
  };
  if (starts({"mlb", "mscf", "mcf", "mbtu", "mgal"}))
    return "M is a thousand to some and a million to others: write klb, kscf, or MMscf, MMBtu";
  if (starts({"sm3"}))
    return "a standard cubic metre is at 15 or at 20 degC: give the flow in Nm3, at 0 degC and 101.325 kPa";
  if (bare == "pph") return "write lb/h";
  if (starts({"igpm", "impgal", "ukgal", "igal"})) return "1 imperial gallon is 4.54609 L: give the flow in m3/h";
  return {};
}

string foreign_note(const ForeignUnit& unit) {
  if (unit.offset != 0.0) return unit.name + " is read as " + unit.here;
  return fmt::format("{} is read as {}: 1 {} is {:.6g} {}{}", unit.name, unit.here, unit.name, unit.scale, unit.here,
                     unit.why.empty() ? "" : " (" + string(unit.why) + ")");
}

}  // namespace castner::tables
