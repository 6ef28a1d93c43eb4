// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/virtual_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "castner/base/chance.h"
#include "castner/base/decimal.h"

namespace castner::virtual_plant {
namespace {

constexpr double kYear = 365.25 * 86400.0;  // [s]
constexpr double kWorthTelling = 0.1;       // [V] of an electrolyser: 0.02 % of its voltage and power

/// The bank's spreads from those of virtual.toml: a quarter of the electrodes' variance is the anodes', as in a bank by itself, and gap
/// and metal differ as much more than membranes as they do there.
cell_bank::CellBankSettings bank_settings(const VirtualCells::Electrolyser& e, const CellSettings& s) {
  constexpr double kThermal = cell_bank::kGasOverFaraday * cell_bank::kReferenceTemperature;  // RT/F [V]
  const cell_bank::CellBankSettings usual;
  cell_bank::CellBankSettings b;
  b.cells = e.cells;
  b.area = e.variable.cell_area;
  b.anode_spread = 0.5 * s.voltage_spread * cell_bank::kAnode.forward / kThermal;
  b.cathode_spread = std::sqrt(0.75) * s.voltage_spread * cell_bank::kCathode.forward / kThermal;
  b.membrane_spread = s.resistance_spread;
  b.gap_spread = usual.gap_spread / usual.membrane_spread * s.resistance_spread;
  b.metal_spread = usual.metal_spread / usual.membrane_spread * s.resistance_spread;
  b.ageing_slowest = s.ageing_slowest;
  b.ageing_fastest = s.ageing_fastest;
  return b;
}

}  // namespace

VirtualCells::VirtualCells(const plant::Plant& plant, const CellSettings& settings, std::uint64_t seed)
    : settings_(settings) {
  for (const auto& variable : unit_models::every<unit_models::ElectrolyserAnatomy>(plant)) {
    Electrolyser e{variable.name, variable.name, static_cast<int>(variable.cells), variable};
    for (const auto& m : plant.measurements)
      if (m.variable == variable.voltage) e.tag = m.tag;
    Chance chance(seed, "cells of " + e.name);
    banks_.push_back({cell_bank::CellBank(bank_settings(e, settings), chance.bits())});
    electrolysers_.push_back(std::move(e));
  }
}

std::string VirtualCells::tag(const CellName& c) const {
  return fmt::format("{}-{:03}", electrolysers_[static_cast<std::size_t>(c.electrolyser)].tag, c.cell + 1);
}

std::vector<std::string> VirtualCells::tags() const {
  std::vector<std::string> all;
  for (std::size_t e = 0; e < electrolysers_.size(); ++e)
    for (int i = 0; i < electrolysers_[e].cells; ++i) all.push_back(tag({static_cast<int>(e), i}));
  return all;
}

std::optional<CellName> VirtualCells::find(const std::string& name) const {
  const auto slash = name.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const int number = plain_number<int>(std::string_view(name).substr(slash + 1)).value_or(0);
  for (std::size_t i = 0; i < electrolysers_.size(); ++i)
    if (electrolysers_[i].name == name.substr(0, slash) && number >= 1 && number <= electrolysers_[i].cells)
      return CellName{static_cast<int>(i), number - 1};
  return std::nullopt;
}

void VirtualCells::add_fault(const CellName& cell, const dynamics::Spell& spell, double size,
                             dynamics::Course& course) {
  const auto& e = electrolysers_[static_cast<std::size_t>(cell.electrolyser)];
  faults_.push_back({cell, spell, size});
  course.add_change(e.variable.wear, spell, size / e.cells);
}

void VirtualCells::add_illness(int electrolyser, const cell_bank::Fault& fault) {
  Bank& b = banks_[static_cast<std::size_t>(electrolyser)];
  b.bank.add(fault);
  b.ill = true;
}

void VirtualCells::add_ageing(std::span<const double> x, dynamics::Course& course) {
  const double mean = 0.5 * (settings_.ageing_slowest + settings_.ageing_fastest) / kYear;
  for (const auto& e : electrolysers_)
    course.add_drift(e.variable.wear, mean * (x[static_cast<std::size_t>(e.variable.membrane)] +
                                              x[static_cast<std::size_t>(e.variable.metal)]));
}

bool VirtualCells::has_illness() const {
  return std::any_of(banks_.begin(), banks_.end(), [](const Bank& b) { return b.ill; });
}

void VirtualCells::step(std::span<const double> x, double time) {
  for (std::size_t i = 0; i < banks_.size(); ++i) {
    const auto& variable = electrolysers_[i].variable;
    const auto value = [&](int v) { return x[static_cast<std::size_t>(v)]; };
    Bank& b = banks_[i];
    b.bank.step({.time = time,
                 .current = std::max(value(variable.current), 0.0),
                 .temperature = value(variable.temperature),
                 .caustic = value(variable.caustic_out_naoh),
                 .brine_flow = value(variable.brine_in)});
    b.excess = 0.0;
    if (b.ill)
      for (int c = 0; c < b.bank.cells(); ++c) b.excess += b.bank.excess_voltage(c);
  }
}

bool VirtualCells::tell(dynamics::Course& course) {
  bool told = false;
  for (std::size_t i = 0; i < banks_.size(); ++i) {
    Bank& b = banks_[i];
    if (std::abs(b.excess - b.told) < kWorthTelling) continue;
    b.told = b.excess;
    course.set_offset(electrolysers_[i].variable.wear, b.told / electrolysers_[i].cells);
    told = true;
  }
  return told;
}

double VirtualCells::untold(int electrolyser) const { return of(electrolyser).excess - of(electrolyser).told; }

std::vector<double> VirtualCells::at(std::span<const double> x, double time) const {
  std::vector<double> all;
  std::vector<std::size_t> first;
  const auto place = [&](const CellName& c) -> double& {
    return all[first[static_cast<std::size_t>(c.electrolyser)] + static_cast<std::size_t>(c.cell)];
  };
  for (std::size_t i = 0; i < electrolysers_.size(); ++i) {
    const auto& e = electrolysers_[i];
    const Bank& b = banks_[i];
    double mean = x[static_cast<std::size_t>(e.variable.cell_voltage)] - b.told / e.cells;
    for (const Fault& f : faults_)
      if (static_cast<std::size_t>(f.cell.electrolyser) == i) mean -= f.size * f.spell.share(time) / e.cells;
    const double healthy = (b.bank.voltage() - b.excess) / e.cells;
    first.push_back(all.size());
    for (const double u : b.bank.voltages()) all.push_back(mean + u - healthy);
  }
  for (const Fault& f : faults_) place(f.cell) += f.size * f.spell.share(time);
  for (const TapFault& f : taps_) {
    const double share = f.spell.share(time);
    if (share == 0.0) continue;
    if (f.swapped) {
      std::swap(place(f.cell), place(f.with));
    } else {
      place(f.cell) += f.size * share;
      place(f.with) -= f.size * share;
    }
  }
  return all;
}

}  // namespace castner::virtual_plant
