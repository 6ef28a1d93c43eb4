// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/cell_voltages.h"

#include <fmt/format.h>

#include "castner/base/chance.h"
#include "castner/base/decimal.h"

namespace castner::virtual_plant {
namespace {

constexpr double kYear = 365.25 * 86400.0;  // [s]

/// Takes the mean out, so that the cells' own make none together.
template <class Get>
void centre(auto& cells, Get get) {
  double sum = 0.0;
  for (auto& c : cells) sum += get(c);
  for (auto& c : cells) get(c) -= sum / static_cast<double>(cells.size());
}

}  // namespace

CellVoltages::CellVoltages(const plant::Plant& plant, const CellSettings& settings, std::uint64_t seed) {
  for (const auto& variable : unit_models::every<unit_models::ElectrolyserAnatomy>(plant)) {
    Electrolyser e{variable.name, variable.name, static_cast<int>(variable.cells), variable};
    for (const auto& m : plant.measurements)
      if (m.variable == variable.voltage) e.tag = m.tag;
    Chance chance(seed, "cells of " + e.name);
    std::vector<Cell> cells;
    for (int i = 0; i < e.cells; ++i) {
      const double voltage = settings.voltage_spread * chance.normal();
      const double resistance = settings.resistance_spread * chance.normal();
      const double a_year =
          settings.ageing_slowest + (settings.ageing_fastest - settings.ageing_slowest) * chance.uniform();
      cells.push_back({voltage, resistance, a_year / kYear, 0.0});
    }
    centre(cells, [](Cell& c) -> double& { return c.voltage; });
    centre(cells, [](Cell& c) -> double& { return c.resistance; });
    electrolysers_.push_back(std::move(e));
    cells_.push_back(std::move(cells));
  }
}

std::vector<std::string> CellVoltages::tags() const {
  std::vector<std::string> all;
  for (const auto& e : electrolysers_)
    for (int i = 1; i <= e.cells; ++i) all.push_back(fmt::format("{}-{:03}", e.tag, i));
  return all;
}

bool CellVoltages::find(const std::string& name, CellName& found) const {
  const auto slash = name.find('/');
  if (slash == std::string::npos) return false;
  const int number = plain_number<int>(std::string_view(name).substr(slash + 1)).value_or(0);
  for (std::size_t i = 0; i < electrolysers_.size(); ++i)
    if (electrolysers_[i].name == name.substr(0, slash) && number >= 1 && number <= electrolysers_[i].cells) {
      found = {static_cast<int>(i), number - 1};
      return true;
    }
  return false;
}

void CellVoltages::add_fault(const CellName& cell, const dynamics::Spell& spell, double size,
                             dynamics::Course& course) {
  const auto& e = electrolysers_[static_cast<std::size_t>(cell.electrolyser)];
  faults_.push_back({cell, spell, size});
  course.add_change(e.variable.wear, spell, size / e.cells);
}

void CellVoltages::add_ageing(std::span<const double> x, dynamics::Course& course) {
  for (std::size_t i = 0; i < electrolysers_.size(); ++i) {
    const auto& e = electrolysers_[i];
    const double ohmic =
        x[static_cast<std::size_t>(e.variable.membrane)] + x[static_cast<std::size_t>(e.variable.metal)];
    double sum = 0.0;
    for (Cell& c : cells_[i]) sum += c.ageing_voltage = c.ageing * ohmic;
    course.add_drift(e.variable.wear, sum / e.cells);
    centre(cells_[i], [](Cell& c) -> double& { return c.ageing_voltage; });
  }
}

std::vector<double> CellVoltages::at(std::span<const double> x, double time) const {
  std::vector<double> all;
  std::vector<std::size_t> first;
  for (std::size_t i = 0; i < electrolysers_.size(); ++i) {
    const auto value = [&](int variable) { return x[static_cast<std::size_t>(variable)]; };
    const auto& e = electrolysers_[i];
    double mean = value(e.variable.cell_voltage);
    for (const Fault& f : faults_)
      if (static_cast<std::size_t>(f.cell.electrolyser) == i) mean -= f.size * f.spell.share(time) / e.cells;
    const double ohmic = value(e.variable.membrane) + value(e.variable.metal);
    first.push_back(all.size());
    for (const Cell& c : cells_[i]) all.push_back(mean + c.voltage + c.resistance * ohmic + c.ageing_voltage * time);
  }
  for (const Fault& f : faults_)
    all[first[static_cast<std::size_t>(f.cell.electrolyser)] + static_cast<std::size_t>(f.cell.cell)] +=
        f.size * f.spell.share(time);
  return all;
}

}  // namespace castner::virtual_plant
