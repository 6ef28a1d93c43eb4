// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/analyser_guess.h"

#include <algorithm>

#include "castner/base/ascii.h"

namespace castner::plant_file {
namespace {

// What is looked for before what it is in: "O2 in Cl2" is oxygen. Words that say nothing that a balance knows come first.
struct AnalyserRow {
  std::string_view words, in_gas, in_liquid;  ///< quantities; "": none that a pipe has
};
constexpr std::string_view kPurity = "purity";  // of the gas that flows there
constexpr AnalyserRow kAnalysers[]{
    {"h2_in h2-in h2/ h2in wasserstoff_in 含氢 ph redox orp trüb turb 浊度 电导 leitf cond na2so4 sulfat 硫酸根 naclo3 "
     "chlorat "
     "氯酸 haerte härte hardness 硬度 钙 镁 freies_chlor 游离氯",
     "", ""},
    {"o2 sauerstoff oxygen 含氧 氧含量 氧分析 氯中氧", "mole_frac_dry.O2", ""},
    {"h2o moist feuchte feucht wasser water 含水 水分", "mass_frac.H2O", ""},
    {"hcl salzsäure salzsaeure säure saeure acid 盐酸 酸度", "", "HCl"},
    {"naoh lauge ntl caustic lye soda 碱", "", "NaOH"},
    {"nacl sole salz brine salt 盐", "", "NaCl"},
    {"h2 wasserstoff hydrogen 氢", "mole_frac_dry.H2", ""},
    {"cl2 chlor 氯", "mole_frac_dry.Cl2", ""},
    {"reinheit purity pureté purete 纯度", kPurity, ""},
    {"conc konz 浓度 濃度", "", "NaOH"},
};

bool latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Densities are written so; "g/L" and "mg/L" are concentrations.
bool of_density(std::string_view unit) {
  for (const std::string_view u :
       {"kg/m3", "kg/m³", "g/cm3", "g/cm³", "g/mL", "g/ml", "kg/L", "kg/l", "t/m3", "t/m³", "kg/dm3"})
    if (unit == u) return true;
  return false;
}
bool of_traces(std::string_view unit) {
  return unit.starts_with("mg/") || unit.starts_with("ug/") || unit.starts_with("µg/") || unit == "ppm" ||
         unit == "ppb";
}

/// As has_word() looks at it.
std::string small_name(std::string_view tag) {
  std::string name(tag);
  for (char& c : name) c = c == ' ' ? '_' : lower(c);
  return name;
}

}  // namespace

std::string_view function_letters(std::string_view tag) {
  // The plant's part may stand before them: "21-LI-402".
  const std::size_t part = std::min(tag.find_first_not_of("0123456789"), tag.size());
  tag.remove_prefix(std::min(part > 0 ? tag.find_first_not_of("-_ .", part) : 0, tag.size()));
  std::size_t n = 0;
  while (n < tag.size() && tag[n] >= 'A' && tag[n] <= 'Z') ++n;
  const std::size_t number = std::min(tag.find_first_not_of("-_ .", n), tag.size());
  return n <= 4 && number < tag.size() && digit(tag[number]) ? tag.substr(0, n) : std::string_view{};
}

bool has_word(std::string_view name, std::string_view words) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (word.empty()) continue;
    for (auto at = name.find(word); at != name.npos; at = name.find(word, at + 1))
      if (!latin(word.front()) || at == 0 || !latin(name[at - 1])) return true;
  }
  return false;
}

Nature nature_said(std::string_view tag) {
  std::string name = small_name(tag);
  for (auto at = name.find("h2o"); at != name.npos; at = name.find("h2o")) name.replace(at, 3, "water");
  // What is told of one in another is told by the analyser's own words.
  if (has_word(name, "cl2 chlorgas chlorine 氯气 氯中")) return Nature::chlorine;
  if (has_word(name, "h2 wasserstoff hydrogen 氢气")) return Nature::hydrogen;
  if (has_word(name, "caustic lauge natronlauge lye naoh 碱")) return Nature::caustic;
  if (has_word(name, "brine sole anolyte anolyt 盐水 阳极液")) return Nature::brine;
  return Nature::unknown;
}

bool says_water(std::string_view tag) {
  return has_word(small_name(tag),
                  "water wasser h2o dilution verdünn verduenn demin deionised deionized ve-wasser vew dmw diw agua eau "
                  "纯水 脱盐水 去离子水 无离子水 软水 稀释 补水 加水");
}

bool says_acid(std::string_view tag) {
  const std::string name = small_name(tag);
  if (has_word(name, "hcl salzsäure salzsaeure hydrochloric muriatic 盐酸 鹽酸")) return true;
  return nature_said(tag) == Nature::unknown && has_word(name, "acid säure saeure acide acido ácido 酸");
}

bool is_in_no_balance(std::string_view tag) {
  // A level's first letter is L, that of speed S, of position Z; a valve's last is V.
  const auto letters = function_letters(tag);
  if (letters.size() > 1 && (std::string_view("LSZ").find(letters[0]) != letters.npos || letters.back() == 'V'))
    return true;
  return has_word(
      small_name(tag),
      "level füllstand fuellstand stand_ niveau valve ventil stellung position speed drehzahl 液位 料位 阀位 "
      "开度 转速");
}

AnalyserGuess guess_analyser(const Analyser& a) {
  constexpr double kMostSalt = 340.0;    // [kg/m3] brine is saturated at 320; caustic of 32 % has 420
  constexpr double kHydrogenIs = 0.995;  // the purity of cell hydrogen is above it, that of chlorine below; a guess
  std::string name(a.name);
  std::replace(name.begin(), name.end(), ' ', '_');
  const bool mass = a.si_unit == "kg/m3";
  const bool gas = a.nature == Nature::gas || a.nature == Nature::chlorine || a.nature == Nature::hydrogen;
  const auto purity = [&]() -> AnalyserGuess {
    const bool hydrogen =
        a.nature == Nature::hydrogen || (a.nature != Nature::chlorine && a.mean.value_or(0.0) > kHydrogenIs);
    return {hydrogen ? "mole_frac_dry.H2" : "mole_frac_dry.Cl2", "0.5 %"};
  };
  const auto strength = [&](std::string_view species) {
    return AnalyserGuess{(mass ? "conc_mass." : "mass_frac.") + std::string(species), "1 %"};
  };
  if (mass && (of_density(a.unit) || has_word(name, "dens dichte densi 密度"))) return {"dens_mass", "0.2 %"};
  for (const AnalyserRow& row : kAnalysers) {
    if (!has_word(name, row.words)) continue;
    AnalyserGuess found;
    if (row.in_gas == kPurity && !mass)
      found = purity();
    else if (!row.in_gas.empty() && !mass && !(a.nature == Nature::hydrogen && row.in_gas.ends_with("O2")))
      found = {std::string(row.in_gas), row.in_gas.ends_with("O2") ? "5 %" : "0.5 %"};
    else if (row.in_liquid.empty())
      return {};
    else
      found = strength(row.words.starts_with("conc") && a.nature == Nature::brine ? "NaCl" : row.in_liquid);
    found.by_name = true;
    return found;
  }
  if (of_traces(a.unit)) return {};
  if (gas) {
    if (mass) return {};
    if (a.mean.value_or(a.nature == Nature::hydrogen ? 1.0 : 0.0) > 0.5) return purity();
    return a.nature == Nature::hydrogen ? AnalyserGuess{} : AnalyserGuess{"mole_frac_dry.O2", "5 %"};
  }
  if (a.nature == Nature::brine) return strength("NaCl");
  return strength(mass && a.nature != Nature::caustic && a.mean.value_or(0.0) <= kMostSalt ? "NaCl" : "NaOH");
}

}  // namespace castner::plant_file
