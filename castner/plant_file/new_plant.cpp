// SPDX-License-Identifier: Apache-2.0
// A plant file to start from, out of the columns of a data file. What each may measure is guessed, the surest way first, and the
// file says by which:
//  1. Its unit tells, where only one kind of quantity has it.
//  2. A share or a mass by volume is an analyser's: its name and the pipe it is on tell what of (analyser_guess).
//     The mean decides where neither does: more than half of a gas is its purity, and more than 340 g/L is no NaCl.
//  3. Without a unit, words in its name, the analyser's among them; at last its first letter.
#include "castner/plant_file/new_plant.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "castner/base/ascii.h"
#include "castner/base/quantity.h"
#include "castner/plant_file/analyser_guess.h"
#include "castner/unit_models/electrolyser.h"
#include "castner/unit_models/rectifier.h"

namespace castner::plant_file {
namespace {

constexpr const char *kMoistFlow = "flow_vol_normal", *kDryMass = "flow_mass_dry";

/// The quantity that an instrument may show.
struct Guess {
  std::string_view si_unit;
  char letter;  ///< its first letter after ISA-5.1
  std::string_view quantity;
  std::string_view sd;
  char of;                 ///< 'S' a stream, 'E' an electrolyser, 'R' its rectifier
  std::string_view words;  ///< in names of tags, lower case, between blanks
};
constexpr std::array<Guess, 9> kGuesses{
    {{"A/m2", '\0', "current_density", "0.5 %", 'E', "current_density stromdichte 电流密度"},
     {"kg/s", 'F', "flow_mass", "1.5 %", 'S', "flow durchfluss débit debit caudal vazão vazao 流量"},
     {"m3/s", '\0', "flow_vol", "1.5 %", 'S', ""},
     {"mol/s", '\0', "flow_vol_normal_dry", "1.5 %", 'S', ""},
     {"K", 'T', "temperature", "0.5 K", 'S', "temp 温度 温"},
     {"Pa", 'P', "pressure", "1 %", 'S', "press druck pression presión presion pressão pressao 压力 圧力 负压"},
     {"A", 'I', "current", "0.5 %", 'E', "current strom courant corriente corrente 电流 電流"},
     {"V", 'E', "voltage", "0.2 %", 'E', "volt spannung tension tensión tensão 电压 電圧 槽压"},
     {"W", 'J', "ac_power", "0.5 %", 'R', "power leistung puissance potencia potência 功率 電力"}}};

/// A word for dry in a name in small letters; 干管 and 干线 are main pipes.
bool says_dry(std::string name) {
  for (const std::string main : {"干管", "干线"})
    for (auto at = name.find(main); at != name.npos; at = name.find(main)) name.erase(at, main.size());
  return has_word(name, "dry trocken 干");
}

const Guess* guess_by_unit(const Measure& unit) {
  const std::string si = unit.dimension.si_unit();
  const auto* it = std::find_if(kGuesses.begin(), kGuesses.end(), [&](const Guess& g) { return g.si_unit == si; });
  return it == kGuesses.end() ? nullptr : it;
}

/// By a word in the name: "Current E101", "出口温度".
const Guess* guess_by_words(std::string_view tag) {
  std::string name(tag);
  for (char& c : name) c = lower(c);
  for (const Guess& g : kGuesses)
    for (std::string_view rest = g.words; !rest.empty();) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      if (name.find(word) != std::string::npos) return &g;
    }
  return nullptr;
}

/// By the first letter of an instrument's tag. Other names begin with any letter.
const Guess* guess_by_letter(std::string_view tag) {
  const auto letters = function_letters(tag);
  if (letters.empty()) return nullptr;
  // A difference, a ratio, a total, and an acidity: none is what the first letter says.
  for (const std::string_view other : {"PD", "TD", "FF", "FQ", "PH"})
    if (letters.starts_with(other)) return nullptr;
  const auto* it =
      std::find_if(kGuesses.begin(), kGuesses.end(), [&](const Guess& g) { return g.letter == letters[0]; });
  return it == kGuesses.end() ? nullptr : it;
}

/// The number of an instrument's loop, without the digits that are no part of it: "1701" of "AI-1701 O2 in Cl2", "NaOH 32 % AI-1701",
/// "AI-1701 (lb/ft3)"; "110" of "1#槽电流 II-110", but "1" of "1#槽电流".
std::string number_in(std::string_view tag) {
  constexpr std::array<std::string_view, 8> kFormulas{"cl2", "co2", "h2o", "h2", "o2", "n2", "naclo3", "na2so4"};
  std::string small(tag), digits, of_unit;
  for (char& c : small) c = lower(c);
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const std::size_t first = std::min(small.find_first_of("0123456789"), small.size());
  for (const std::string_view bracket : {"(", "[", "（"})
    small.resize(std::min(small.find(bracket, first), small.size()));
  for (std::size_t at = 0; at < small.size();) {
    const std::string_view rest = std::string_view(small).substr(at);
    const auto* formula = std::find_if(kFormulas.begin(), kFormulas.end(), [&](auto f) { return rest.starts_with(f); });
    const bool begins = at == 0 || !letter(small[at - 1]);
    if (formula != kFormulas.end() && begins && !(rest.size() > formula->size() && digit(rest[formula->size()]))) {
      at += formula->size();
      continue;
    }
    std::size_t n = 0;
    while (n < rest.size() && digit(rest[n])) ++n;
    std::string_view behind = rest.substr(n);
    while (behind.starts_with(" ")) behind.remove_prefix(1);
    const bool counts_units = behind.starts_with("#") || behind.starts_with("号");
    if (!behind.starts_with("%")) (counts_units ? of_unit : digits) += rest.substr(0, n);
    at += std::max<std::size_t>(n, 1);
  }
  return digits.empty() ? of_unit : digits;
}

/// A name for the stream or unit: the number in the tag, or the column's place in the file.
std::string name_for(std::string_view tag, std::size_t column, char of = 'S') {
  const std::string digits = number_in(tag);
  return of + (digits.empty() || digits.size() > 8 ? std::to_string(column + 1) : digits);
}

std::optional<double> si_mean(const DataColumn& c) {
  const auto unit = parse_unit(c.unit);
  if (!unit || c.unit.empty() || !c.mean) return std::nullopt;
  return unit->to_si(*c.mean);
}

/// By the meters of the same number: their words, and that a gas is metered in normal cubic metres.
Nature nature_of(const std::vector<DataColumn>& all, std::size_t column) {
  const std::string number = number_in(all[column].tag);
  Nature by_unit = Nature::unknown;
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (k != column && (number.empty() || number_in(all[k].tag) != number)) continue;
    if (const Nature said = nature_said(all[k].tag); said != Nature::unknown) return said;
    const auto unit = parse_unit(all[k].unit);
    if (!unit) continue;
    const std::string si = unit->dimension.si_unit();
    if (si == "mol/s") by_unit = Nature::gas;
    if (by_unit == Nature::unknown && (si == "m3/s" || si == "kg/s")) by_unit = Nature::liquid;
  }
  return by_unit;
}

bool says_gas(std::string_view tag) {
  const Nature nature = nature_said(tag);
  return nature == Nature::chlorine || nature == Nature::hydrogen;
}

/// A name with the words of another quantity, which are what it measures: "Cl2 pressure", "盐水流量".
bool says_another(const std::string& small) { return guess_by_words(small) != nullptr; }

/// A text in a comment: on one line.
std::string comment_text(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return text;
}

std::string measurement(const std::vector<DataColumn>& all, std::size_t column) {
  const DataColumn& c = all[column];
  const auto unit = parse_unit(c.unit);
  const MeterGuess guess = guess_meter(all, column);
  using From = MeterGuess::From;
  const char* why = guess.from == From::unit     ? "a guess from its unit"
                    : guess.from == From::name   ? "a guess from its name"
                    : guess.from == From::letter ? "a guess from the first letter of its tag"
                    : is_in_no_balance(c.tag)    ? "a level, a position or a speed, by its tag: leave it out"
                                                 : "nothing tells what it measures: fill it in";
  const std::string of = guess.name + "." + guess.quantity;
  std::string text = "# [[measurement]]\n# tag = " + toml_text(c.tag) + "\n";
  if (guess.quantity == "flow_vol_normal_dry")
    text += "# # Does it count the water vapour? Most such meters are set to dry gas; of moist gas it is \"" +
            guess.name + "." + kMoistFlow + "\".\n";
  if (guess.quantity == kMoistFlow)
    text += "# # Does it count the water vapour? Its name says so; of dry gas it is \"" + of + "_dry\".\n";
  if (guess.quantity == kDryMass)
    text +=
        "# # Does it count the water vapour? Its name says dry; of moist gas it is \"" + guess.name + ".flow_mass\".\n";
  if (guess.quantity == "flow_mass" && says_gas(c.tag))
    text += "# # Does it count the water vapour? This is moist gas, as it flows; of dry gas it is \"" + guess.name +
            "." + kDryMass + "\".\n";
  text += "# of = \"" + of + "\"    # " + why + "\n";
  if (unit && guess.quantity == "pressure" && !c.absolute && unit->offset == 0.0)
    text += "# # Gauge or absolute? Nothing says. " + toml_text(c.unit) +
            " counts from vacuum; of a gauge, as most are, write \"" + comment_text(c.unit) +
            "(g)\" for unit and data_unit.\n";
  if (unit) {
    text += "# unit = " + toml_text(c.unit) + "\n";
  } else if (!c.unit.empty()) {
    const Problem& p = unit.error().problems.front();
    text += "# unit = \"1\"    # the data says " + comment_text(c.unit) + ": " + comment_text(p.what + "; " + p.cure) +
            "\n";
  } else {
    text += "# unit = \"1\"    # the data does not say: fill it in\n";
  }
  if (c.mean)
    text += "# value = " + fmt::format("{:.6g}", *c.mean) + "    # its mean in the data, which wins over this\n";
  text += "# sd = " + toml_text(guess.sd) + "    # a guess: take it from the instrument's data sheet or calibration\n";
  return text;
}

constexpr std::string_view kHead = R"toml(#
# 1. Say which units the plant has and how streams join them. A node is enough for a first balance of flows.
# 2. Take each measurement below out of its comment, and correct what it is `of`, its unit and its sd.
# 3. Run `castner check plant.toml` until it has no more to say; then `castner assess plant.toml DATA`.
# All keys, with examples: docs/reference/plant_file.md. Models and their ports: `castner check --models`.

[plant]
name = "My plant"
currency = "CNY"
atmosphere = "101.325 kPa"

)toml";

constexpr std::string_view kUnits = R"toml(# [[unit]]
# name = "N1"
# model = "node"                  # as much flows in as flows out
# inlets = ["S1"]
# outlets = ["S2", "S3"]

# [[stream]]                      # where more is known of a stream than its flow
# name = "S1"
# contents = "caustic"            # water steam brine acid_brine depleted_brine caustic chlorine_gas hydrogen_gas

# [economics]                     # without prices, losses are in kW only
# electricity = "0.45 CNY/(kW.h)"
# steam = "180 CNY/t"
# hours_per_year = 8000

)toml";

}  // namespace

MeterGuess guess_meter(const std::vector<DataColumn>& all, std::size_t column) {
  using From = MeterGuess::From;
  const DataColumn& c = all[column];
  const auto unit = parse_unit(c.unit);
  // Spellings that are no unit here are known for what they mean all the same.
  const std::string si = unit                                                    ? unit->dimension.si_unit()
                         : c.unit.ends_with("g/l")                               ? "kg/m3"
                         : c.unit.find('%') != c.unit.npos && c.unit.size() <= 6 ? "1"
                                                                                 : "";
  std::string small(c.tag);
  for (char& letter : small) letter = lower(letter);
  From from = From::unit;
  const Guess* g = unit && !c.unit.empty() ? guess_by_unit(*unit) : nullptr;
  // Without a unit, or with one that is none here, an analyser is known by its name alone.
  const bool analyser = !c.unit.empty() && (si == "1" || si == "kg/m3");
  if (!g && si != "kg/m3" && is_in_no_balance(c.tag))
    return {.name = name_for(c.tag, column), .quantity = "flow_mass", .sd = "2 %"};
  if (!g) {
    const double scale = unit ? unit->scale : si == "1" && c.unit.find('%') != c.unit.npos ? 0.01 : 1.0;
    const auto found = guess_analyser({.si_unit = analyser ? std::string_view(si) : "1",
                                       .unit = analyser ? std::string_view(c.unit) : "",
                                       .name = small,
                                       .nature = nature_of(all, column),
                                       .mean = analyser && c.mean ? std::optional(*c.mean * scale) : std::nullopt});
    if (!found.quantity.empty() && (analyser || (!unit && found.by_name && !says_another(small))))
      return {.name = name_for(c.tag, column),
              .quantity = found.quantity,
              .sd = found.sd,
              .from = found.by_name ? From::name : From::unit};
  }
  if (!g && !unit) {
    from = From::name;
    g = guess_by_words(c.tag);
    if (!g) {
      from = From::letter;
      g = guess_by_letter(c.tag);
    }
  }
  if (!g) return {.name = name_for(c.tag, column), .quantity = "flow_mass", .sd = "2 %"};
  MeterGuess guess{.name = name_for(c.tag, column, g->of),
                   .of_unit = g->of != 'S',
                   .quantity = std::string(g->quantity),
                   .sd = std::string(g->sd),
                   .from = from};
  if (g->of == 'R' && has_word(small, "dc gleichstrom 直流")) {
    guess.name[0] = 'E';
    guess.quantity = "dc_power";
  }
  if (guess.quantity == "flow_vol_normal_dry" && has_word(small, "moist wet feucht nass 湿"))
    guess.quantity = kMoistFlow;
  if (guess.quantity == "flow_mass" && says_gas(c.tag) && says_dry(small)) guess.quantity = kDryMass;
  return guess;
}

std::vector<UnitGuess> guess_units(const std::vector<DataColumn>& all) {
  constexpr double kLeastCurrent = 500.0;           // [A] electrolysers of a plant take some kA, motors less; a guess
  std::map<std::string, std::set<std::string>> of;  // quantities by the unit's name
  for (std::size_t k = 0; k < all.size(); ++k) {
    const MeterGuess guess = guess_meter(all, k);
    if (!guess.of_unit || guess.from == MeterGuess::From::nothing) continue;
    if (guess.quantity == "current" && !(si_mean(all[k]).value_or(0.0) >= kLeastCurrent)) continue;
    of[guess.name].insert(guess.quantity);
  }
  std::vector<UnitGuess> units, rectifiers;
  for (const auto& [name, quantities] : of) {
    if (!quantities.contains("current") || !quantities.contains("voltage")) continue;
    units.push_back({name, std::string(unit_models::ElectrolyserAnatomy::kModel), {}});
    const std::string rectifier = "R" + name.substr(1);
    if (const auto it = of.find(rectifier); it != of.end() && it->second.contains("ac_power"))
      rectifiers.push_back({rectifier, std::string(unit_models::RectifierAnatomy::kModel), {name}});
  }
  units.insert(units.end(), rectifiers.begin(), rectifiers.end());
  return units;
}

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string new_plant(const std::string& data_file, const std::vector<DataColumn>& columns, const std::string& assess) {
  std::string text = "# A plant file to start from, made from " + comment_text(data_file) + " (" +
                     std::to_string(columns.size()) + " columns).\n";
  text += kHead;
  if (!assess.empty()) text += assess + "\n";
  text += kUnits;
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i > 0 ? "\n" : "") + measurement(columns, i);
  return text;
}

}  // namespace castner::plant_file
