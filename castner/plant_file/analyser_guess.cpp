// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/analyser_guess.h"

#include <algorithm>

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
