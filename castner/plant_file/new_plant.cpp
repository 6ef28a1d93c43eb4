// SPDX-License-Identifier: Apache-2.0
// A plant file to start from, out of the columns of a data file. What each may measure is guessed, the surest way first, and the
// file says by which:
//  1. Its unit tells, where only one kind of quantity has it.
//  2. A share or a mass by volume is an analyser's: its name and the pipe it is on tell what of (analyser_guess).
//  3. Without a unit, words in its name, the analyser's among them; at last its first letter.
#include "castner/plant_file/new_plant.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "castner/base/ascii.h"
#include "castner/base/quantity.h"
#include "castner/plant_file/analyser_guess.h"

namespace castner::plant_file {
namespace {

/// The quantity that an instrument may show.
struct Guess {
  std::string_view si_unit;
  char letter;  ///< its first letter after ISA-5.1
  std::string_view quantity;
  std::string_view sd;
  bool of_unit;            ///< of a unit of the plant, not of a stream
  std::string_view words;  ///< in names of tags, lower case, between blanks
};
constexpr std::array<Guess, 9> kGuesses{
    {{"A/m2", '\0', "current_density", "0.5 %", true, "current_density stromdichte 电流密度"},
     {"kg/s", 'F', "flow_mass", "1.5 %", false, "flow durchfluss débit debit caudal vazão vazao 流量"},
     {"m3/s", '\0', "flow_vol", "1.5 %", false, ""},
     {"mol/s", '\0', "flow_vol_normal", "1.5 %", false, ""},
     {"K", 'T', "temperature", "0.5 K", false, "temp 温度 温"},
     {"Pa", 'P', "pressure", "1 %", false, "press druck pression presión presion pressão pressao 压力 圧力 负压"},
     {"A", 'I', "current", "0.5 %", true, "current strom courant corriente corrente 电流 電流"},
     {"V", 'E', "voltage", "0.2 %", true, "volt spannung tension tensión tensão 电压 電圧 槽压"},
     {"W", 'J', "power", "0.5 %", true, "power leistung puissance potencia potência 功率 電力"}}};

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

/// By the first letter of an instrument's tag, one to four capitals before a number: "FI-101", "TIC101". Other names begin with any letter.
const Guess* guess_by_letter(std::string_view tag) {
  std::size_t n = 0;
  while (n < tag.size() && tag[n] >= 'A' && tag[n] <= 'Z') ++n;
  std::size_t number = n;
  while (number < tag.size() && (tag[number] == '-' || tag[number] == '_' || tag[number] == ' ' || tag[number] == '.'))
    ++number;
  if (n == 0 || n > 4 || number == tag.size() || !digit(tag[number])) return nullptr;
  // A difference, a ratio, a total, and an acidity: none is what the first letter says.
  for (const std::string_view other : {"PD", "TD", "FF", "FQ", "PH"})
    if (tag.starts_with(other)) return nullptr;
  const auto* it = std::find_if(kGuesses.begin(), kGuesses.end(), [&](const Guess& g) { return g.letter == tag[0]; });
  return it == kGuesses.end() ? nullptr : it;
}

/// A name for the stream or unit: the number in the tag, or the column's place in the file.
std::string name_for(std::string_view tag, std::size_t column, bool of_unit) {
  std::string digits;
  for (char c : tag)
    if (c >= '0' && c <= '9') digits += c;
  return (of_unit ? "E" : "S") + (digits.empty() || digits.size() > 8 ? std::to_string(column + 1) : digits);
}

std::string number_in(std::string_view tag) {
  std::string digits;
  for (const char c : tag)
    if (digit(c)) digits += c;
  return digits;
}

/// By the flow meter of the same number: a gas is metered in normal cubic metres.
Nature nature_of(const std::vector<DataColumn>& all, std::size_t column) {
  const std::string number = number_in(all[column].tag);
  if (number.empty()) return Nature::unknown;
  for (const auto& other : all) {
    const auto unit = number_in(other.tag) == number ? std::optional(parse_unit(other.unit)) : std::nullopt;
    if (!unit || !*unit) continue;
    const std::string si = (*unit)->dimension.si_unit();
    if (si == "mol/s") return Nature::gas;
    if (si == "m3/s" || si == "kg/s") return Nature::liquid;
  }
  return Nature::unknown;
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
                                                 : "nothing tells what it measures: fill it in";
  const std::string of = guess.name + "." + guess.quantity;
  std::string text = "# [[measurement]]\n# tag = " + toml_text(c.tag) + "\n";
  text += "# of = \"" + of + "\"    # " + why + "\n";
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
  if (!g) {
    const auto found = guess_analyser(analyser ? std::string_view(si) : "1", analyser ? std::string_view(c.unit) : "",
                                      small, nature_of(all, column));
    if (!found.quantity.empty() && (analyser || (!unit && found.by_name && !says_another(small))))
      return {.name = name_for(c.tag, column, false),
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
  if (!g) return {.name = name_for(c.tag, column, false), .quantity = "flow_mass", .sd = "2 %"};
  return {.name = name_for(c.tag, column, g->of_unit),
          .of_unit = g->of_unit,
          .quantity = std::string(g->quantity),
          .sd = std::string(g->sd),
          .from = from};
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
