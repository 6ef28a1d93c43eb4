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
    {"cl2 chlor reinheit purity 氯 纯度", "mole_frac_dry.Cl2", ""},
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

}  // namespace

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

AnalyserGuess guess_analyser(std::string_view si_unit, std::string_view unit, std::string_view tag, Nature nature) {
  std::string name(tag);
  std::replace(name.begin(), name.end(), ' ', '_');
  const bool mass = si_unit == "kg/m3";
  if (mass && (of_density(unit) || has_word(name, "dens dichte densi 密度"))) return {"dens_mass", "0.2 %"};
  for (const AnalyserRow& row : kAnalysers) {
    if (!has_word(name, row.words)) continue;
    if (!row.in_gas.empty() && !mass)
      return {std::string(row.in_gas), row.in_gas.ends_with("O2") ? "5 %" : "0.5 %", true};
    if (row.in_liquid.empty()) return {};
    return {(mass ? "conc_mass." : "mass_frac.") + std::string(row.in_liquid), "1 %", true};
  }
  if (of_traces(unit)) return {};
  if (mass) return nature == Nature::gas ? AnalyserGuess{} : AnalyserGuess{"conc_mass.NaCl", "1 %"};
  if (nature == Nature::gas) return {"mole_frac_dry.O2", "5 %"};
  return {"mass_frac.NaOH", "1 %"};
}

}  // namespace castner::plant_file
