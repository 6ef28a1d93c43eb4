// SPDX-License-Identifier: Apache-2.0
// A unit as files write it:
//  1. Taken as it is where it parses, or is a foreign one (foreign_unit.h).
//  2. Else signs, whole units and whole symbols of other spellings and languages become ours, with and without spaces.
//  3. Behind a pressure's unit stands what it counts from, behind a share's what it is of.
//  4. In a header a unit stands in brackets at the end, or behind a comma, "in", a slash or a bar.
#include "castner/tables/unit_text.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "castner/base/quantity.h"
#include "castner/readings/status_text.h"
#include "castner/tables/foreign_unit.h"

namespace castner::tables {
namespace {

using readings::trimmed;
using std::string, std::string_view;

void replace_all(string& text, string_view what, string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

/// Signs that have one spelling in files and another here.
constexpr auto kSigns = std::to_array<std::pair<string_view, string_view>>(
    {{"°C", "degC"}, {"℃", "degC"}, {"ºC", "degC"}, {"°С", "degC"}, {"³", "3"},   {"²", "2"},
     {"^", ""},      {"·", "."},    {"⋅", "."},     {"*", "."},     {"／", "/"},  {"（", "("},
     {"）", ")"},    {"％", "%"},   {"Ω", "Ohm"},   {"Ω", "Ohm"},   {"µ", "u"},   {"μ", "u"},
     {"㎥", "m3"},   {"㎡", "m2"},  {"㎏", "kg"},   {"㎝", "cm"},   {"㎜", "mm"}, {"㎎", "mg"}});

/// Whole symbols; what stands between . / ( ) and the ends.
constexpr auto kSymbols =
    std::to_array<std::pair<string_view, string_view>>({{"C", "degC"},
                                                        {"oC", "degC"},
                                                        {"DegC", "degC"},
                                                        {"DEGC", "degC"},
                                                        {"deg C", "degC"},
                                                        {"deg_C", "degC"},
                                                        {"kWh", "kW.h"},
                                                        {"KWh", "kW.h"},
                                                        {"KWH", "kW.h"},
                                                        {"kWH", "kW.h"},
                                                        {"MWh", "MW.h"},
                                                        {"MWH", "MW.h"},
                                                        {"GWh", "GW.h"},
                                                        {"Wh", "W.h"},
                                                        {"Ah", "A.h"},
                                                        {"kAh", "kA.h"},
                                                        {"hr", "h"},
                                                        {"hrs", "h"},
                                                        {"H", "h"},
                                                        {"sec", "s"},
                                                        {"day", "d"},
                                                        {"T", "t"},
                                                        {"ton", "t"},
                                                        {"tonne", "t"},
                                                        {"tonnes", "t"},
                                                        {"Ton", "t"},
                                                        {"TON", "t"},
                                                        {"吨", "t"},
                                                        {"小时", "h"},
                                                        {"时", "h"},
                                                        {"公斤", "kg"},
                                                        {"千克", "kg"},
                                                        {"立方米", "m3"},
                                                        {"米", "m"},
                                                        {"摄氏度", "degC"},
                                                        {"千安", "kA"},
                                                        {"千帕", "kPa"},
                                                        {"兆帕", "MPa"},
                                                        {"安", "A"},
                                                        {"伏", "V"},
                                                        {"千瓦", "kW"},
                                                        {"分", "min"},
                                                        {"秒", "s"},
                                                        {"KG", "kg"},
                                                        {"Kg", "kg"},
                                                        {"KA", "kA"},
                                                        {"Ka", "kA"},
                                                        {"KW", "kW"},
                                                        {"KV", "kV"},
                                                        {"Kv", "kV"},
                                                        {"KPA", "kPa"},
                                                        {"Kpa", "kPa"},
                                                        {"KPa", "kPa"},
                                                        {"kpa", "kPa"},
                                                        {"MPA", "MPa"},
                                                        {"Mpa", "MPa"},
                                                        {"PA", "Pa"},
                                                        {"BAR", "bar"},
                                                        {"Bar", "bar"},
                                                        {"l", "L"},
                                                        {"ml", "mL"},
                                                        {"M3", "m3"},
                                                        {"NM3", "Nm3"},
                                                        {"pct", "%"},
                                                        {"LB", "lb"},
                                                        {"lbs", "lb"},
                                                        {"LBS", "lb"},
                                                        {"KLB", "klb"},
                                                        {"Klb", "klb"},
                                                        {"klbs", "klb"},
                                                        {"KLBS", "klb"},
                                                        {"HR", "h"},
                                                        {"Hr", "h"},
                                                        {"hour", "h"},
                                                        {"MIN", "min"},
                                                        {"minute", "min"},
                                                        // Cyrillic letters, some of which look like Latin ones
                                                        {"В", "V"},
                                                        {"кВ", "kV"},
                                                        {"мВ", "mV"},
                                                        {"А", "A"},
                                                        {"кА", "kA"},
                                                        {"Вт", "W"},
                                                        {"кВт", "kW"},
                                                        {"МВт", "MW"},
                                                        {"Па", "Pa"},
                                                        {"кПа", "kPa"},
                                                        {"МПа", "MPa"},
                                                        {"т", "t"},
                                                        {"кг", "kg"},
                                                        {"г", "g"},
                                                        {"м3", "m3"},
                                                        {"ч", "h"},
                                                        {"мин", "min"},
                                                        {"с", "s"},
                                                        {"С", "degC"}});

/// Whole units.
constexpr auto kUnits = std::to_array<std::pair<string_view, string_view>>({{"barg", "bar(g)"},
                                                                            {"BARG", "bar(g)"},
                                                                            {"Barg", "bar(g)"},
                                                                            {"kPag", "kPa(g)"},
                                                                            {"kPaG", "kPa(g)"},
                                                                            {"KPaG", "kPa(g)"},
                                                                            {"MPag", "MPa(g)"},
                                                                            {"MPaG", "MPa(g)"},
                                                                            {"kPa.g", "kPa(g)"},
                                                                            {"tph", "t/h"},
                                                                            {"TPH", "t/h"},
                                                                            {"lpm", "L/min"},
                                                                            {"LPM", "L/min"},
                                                                            {"kpph", "klb/h"},
                                                                            {"KPPH", "klb/h"},
                                                                            {"-", "1"}});

string spelled(string text) {
  for (const auto& [theirs, ours] : kSigns) replace_all(text, theirs, ours);
  for (const auto& [theirs, ours] : kUnits)
    if (text == theirs) return string(ours);
  string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("./()", at), text.size());
    string_view symbol = string_view(text).substr(at, end - at);
    for (const auto& [theirs, ours] : kSymbols)
      if (symbol == theirs) {
        symbol = ours;
        break;
      }
    out += symbol;
    if (end < text.size()) out += text[end];
    at = end + 1;
  }
  return out;
}

/// The end of `text` after an opening bracket that its last character closes; npos where there is none.
std::size_t bracket_at_end(string_view text, string_view open, string_view close) {
  if (!text.ends_with(close)) return string_view::npos;
  int depth = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    if (text.substr(i).starts_with(close)) ++depth;
    if (text.substr(i).starts_with(open) && --depth == 0) return i;
  }
  return string_view::npos;
}

/// Without words for what a pressure counts from.
std::optional<string> plain_unit(string_view text) {
  if (text.empty() || text.size() > 40 || !ambiguous_unit(text).empty()) return std::nullopt;
  const auto foreign = foreign_unit(text);
  // A mass by an area is in no plant: kg/cm2 is the old technical atmosphere.
  if (foreign && foreign->name.starts_with("kgf/cm2")) return foreign->name;
  if (parse_unit(text)) return string(text);
  if (foreign) return foreign->name;
  const string respelled = spelled(string(text));
  if (parse_unit(respelled)) return respelled;
  string tight = respelled;
  std::erase(tight, ' ');
  tight = spelled(tight);
  if (parse_unit(tight)) return tight;
  return std::nullopt;
}

/// The unit of an absolute pressure before one of `words`; nothing where that is no pressure.
std::optional<string> pressure_before(string_view text, std::span<const string_view> words) {
  for (const string_view word : words) {
    if (!text.ends_with(word)) continue;
    const auto unit = plain_unit(trimmed(text.substr(0, text.size() - word.size())));
    if (!unit) continue;
    const auto foreign = foreign_unit(*unit);
    const auto measure = parse_unit(foreign ? foreign->here : *unit);
    if (measure && measure->offset == 0.0 && measure->dimension == parse_unit("Pa")->dimension) return unit;
  }
  return std::nullopt;
}
constexpr string_view kAbsolute[] = {"(abs.)", "(abs)", "(ABS)", "(a)", "(A)",  "(绝)", "(绝压)", "（绝压）",
                                     "（绝）", "绝压",  "abs",   "ABS", "_abs", "_a",   "a",      "A"};
constexpr string_view kGauge[] = {"(gauge)", "(g)",  "(G)",   "(表)", "(表压)", "（表压）",
                                  "（表）",  "表压", "gauge", "_g",   "g",      "G"};

/// Percentages and ppm of a volume or an amount, which are the same of an ideal gas, and of a mass; in lower case, without . - / ( ) and
/// spaces.
constexpr string_view kOfVolume[] = {"vol%",    "%vol",   "v%",     "%v",        "%vv",   "vv%",    "volume%",
                                     "%volume", "mol%",   "%mol",   "mole%",     "%mole", "molar%", "体积%",
                                     "%体积",   "摩尔%",  "%摩尔",  "体积分数%", "容量%", "ppmv",   "vppm",
                                     "ppmvol",  "volppm", "molppm", "ppmmol"};
constexpr string_view kOfMass[] = {"wt%",   "%wt",    "w%",      "%w",    "%ww",     "ww%",     "m%",
                                   "mm%",   "%mm",    "mass%",   "%mass", "weight%", "%weight", "gew%",
                                   "ma%",   "masse%", "massen%", "质量%", "%质量",   "重量%",   "%重量",
                                   "質量%", "ppmw",   "wppm",    "ppmwt", "ppmmass", "wtppm"};

}  // namespace

string says_share(string_view text) {
  string bare = readings::lower_case(text);
  for (const auto& [theirs, ours] : {std::pair{"％", "%"}, {"（", ""}, {"）", ""}}) replace_all(bare, theirs, ours);
  std::erase_if(bare, [](char c) { return string_view(" .-/()").find(c) != string_view::npos; });
  const auto among = [&](std::span<const string_view> all) {
    return std::find(all.begin(), all.end(), bare) != all.end();
  };
  const bool ppm = bare.find("ppm") != string::npos;
  return among(kOfVolume) ? (ppm ? "ppm by volume" : "vol%") : among(kOfMass) ? (ppm ? "ppm by mass" : "wt%") : "";
}

std::optional<string> read_unit(string_view text) {
  text = trimmed(text);
  if (const string share = says_share(text); !share.empty()) return share.starts_with("ppm") ? "ppm" : "%";
  if (auto unit = plain_unit(text)) return unit;
  if (auto unit = pressure_before(text, kAbsolute)) return unit;
  if (const auto unit = pressure_before(text, kGauge)) return *unit + "(g)";
  return std::nullopt;
}

bool says_absolute(string_view text) { return pressure_before(trimmed(text), kAbsolute).has_value(); }

TagAndUnit split_header(string_view text) {
  text = trimmed(text);
  constexpr auto kBrackets = std::to_array<std::pair<string_view, string_view>>(
      {{"(", ")"}, {"[", "]"}, {"{", "}"}, {"（", "）"}, {"【", "】"}, {"［", "］"}});
  for (const auto& [open, close] : kBrackets) {
    const std::size_t at = bracket_at_end(text, open, close);
    if (at == string_view::npos || at == 0) continue;
    const string_view inside = text.substr(at + open.size(), text.size() - at - open.size() - close.size());
    string_view tag = trimmed(text.substr(0, at));
    if (tag.ends_with("/")) tag = trimmed(tag.substr(0, tag.size() - 1));  // "flow / (t/h)"
    const auto unit = read_unit(inside);
    if (unit && !tag.empty()) return {string(tag), *unit, "", "", says_absolute(inside), says_share(inside)};
    return {string(text), "", string(inside), string(tag)};
  }
  for (const string_view mark : {",", "，", " in ", " / ", "|"}) {
    const std::size_t at = text.rfind(mark);
    if (at == string_view::npos || at == 0) continue;
    const string_view behind = text.substr(at + mark.size());
    const auto unit = read_unit(behind);
    if (unit && (mark != " / " || unit->size() > 1) && *unit != "1")
      return {string(trimmed(text.substr(0, at))), *unit, "", "", says_absolute(behind), says_share(behind)};
  }
  return {string(text), "", "", ""};
}

}  // namespace castner::tables
