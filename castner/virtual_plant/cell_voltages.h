// SPDX-License-Identifier: Apache-2.0
/// The voltage of every single cell: no two are alike, all age, and some are weak.
///
/// The electrolyser's model knows one mean cell; here each cell differs from it by a voltage of its own (electrodes,
/// contacts), a resistance of its own (membrane, gap, metal), its ageing and its faults. Together they make the mean: what
/// a cell loses also raises the electrolyser's wear_voltage, by one part in as many as there are cells.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "castner/dynamics/course.h"
#include "castner/plant/plant.h"
#include "castner/unit_models/electrolyser.h"

namespace castner::virtual_plant {

/// Spreads are guesses of the size that cell rooms show; ageing is 1 to 3 % of resistance a year,
/// from docs/domain/electrolyser.md 2.7.
struct CellSettings {
  double voltage_spread = 0.008;                        ///< sd of a cell's own voltage [V]
  double resistance_spread = 0.03;                      ///< sd of a cell's own resistance, relative
  double ageing_slowest = 0.01, ageing_fastest = 0.03;  ///< rise of resistance a year, relative
  double sd = 1e-3;                                     ///< of a cell voltage's instrument [V]
  double resolution = 1e-4;                             ///< [V]
};

/// One cell of the plant: "E1/077".
struct CellName {
  int electrolyser = 0;  ///< in CellVoltages::electrolysers()
  int cell = 0;          ///< from 0
};

class CellVoltages {
 public:
  CellVoltages(const plant::Plant&, const CellSettings&, std::uint64_t seed);

  struct Electrolyser {
    std::string name;  ///< "E1"
    std::string tag;   ///< its cells are tag-001, tag-002, ...: the tag of its voltage where one is measured
    int cells = 0;
    unit_models::ElectrolyserAnatomy variable;
  };
  const std::vector<Electrolyser>& electrolysers() const { return electrolysers_; }
  std::vector<std::string> tags() const;  ///< of all cells, electrolyser by electrolyser

  /// Looks up "E1/077"; false if there is no such cell.
  bool find(const std::string& name, CellName& found) const;

  /// A cell's voltage is higher by `size` [V] for a spell.
  void add_fault(const CellName&, const dynamics::Spell&, double size, dynamics::Course&);
  /// Ageing joins the course; once the plant's load is known. @param x [SI], of the plant at rest
  void add_ageing(std::span<const double> x, dynamics::Course&);

  /// Every cell's voltage [V], in the order of tags(). @param x [SI], of the plant  @param time [s]
  std::vector<double> at(std::span<const double> x, double time) const;

 private:
  struct Cell {
    double voltage, resistance;  ///< above the mean cell's: [V], [1]
    double ageing;               ///< [1/s]
    double ageing_voltage;       ///< above the mean cell's [V/s]
  };
  struct Fault {
    CellName cell;
    dynamics::Spell spell;
    double size;
  };
  std::vector<Electrolyser> electrolysers_;
  std::vector<std::vector<Cell>> cells_;
  std::vector<Fault> faults_;
};

}  // namespace castner::virtual_plant
