// SPDX-License-Identifier: Apache-2.0
/// Every single cell of the plant: no two are alike, all age, some are weak and some fall ill.
///
/// The electrolyser's model knows one mean cell. How the cells differ from it, and what illness makes of them, comes from a bank of cells
/// (`cell_bank`), which is given the electrolyser's true current, temperature, strength and brine. A cell's voltage is the model's mean
/// cell, and what this cell has above the mean of the bank's healthy ones; so the healthy cells add up to the model's voltage at every
/// load, and a cell at a low current is where the bank has it, down to a leaking one whose gases are gone.
/// What sick cells cost raises the electrolyser's wear_voltage, by one part in as many as there are cells: power and heat follow. The
/// plant is told of it whenever it has changed by a tenth of a volt; the rest, which no meter shows, is added to the voltage alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castner/cell_bank/cell_bank.h"
#include "castner/dynamics/course.h"
#include "castner/plant/plant.h"
#include "castner/unit_models/electrolyser.h"

namespace castner::virtual_plant {

/// Spreads are guesses of the size that cell rooms show; ageing is 1 to 3 % of resistance a year,
/// from docs/domain/electrolyser.md 2.7.
struct CellSettings {
  double voltage_spread = 0.008;                        ///< sd of a cell's own electrodes, at load [V]
  double resistance_spread = 0.03;                      ///< sd of a membrane's own resistance, relative
  double ageing_slowest = 0.01, ageing_fastest = 0.03;  ///< rise of resistance a year, relative
  double sd = 1e-3;                                     ///< of a cell voltage's instrument [V]
  double resolution = 1e-4;                             ///< [V]
};

/// One cell of the plant: "E1/077".
struct CellName {
  int electrolyser = 0;  ///< in VirtualCells::electrolysers()
  int cell = 0;          ///< from 0
  bool operator==(const CellName&) const = default;
};

/// Taps of the voltage scanner that are connected wrongly: both cells' readings are wrong, and no cell is.
struct TapFault {
  CellName cell, with;
  bool swapped = false;  ///< each shows the other; else the tap between them sits `size` too far
  dynamics::Spell spell;
  double size = 0.0;  ///< what `cell` shows too much and `with` too little [V]
};

class VirtualCells {
 public:
  VirtualCells(const plant::Plant&, const CellSettings&, std::uint64_t seed);

  struct Electrolyser {
    std::string name;  ///< "E1"
    std::string tag;   ///< its cells are tag-001, tag-002, ...: the tag of its voltage where one is measured
    int cells = 0;
    unit_models::ElectrolyserAnatomy variable;
  };
  const std::vector<Electrolyser>& electrolysers() const { return electrolysers_; }
  std::vector<std::string> tags() const;  ///< of all cells, electrolyser by electrolyser
  std::string tag(const CellName&) const;

  /// Looks up "E1/077"; none if there is no such cell.
  std::optional<CellName> find(const std::string& name) const;

  /// A cell's voltage is higher by `size` [V] for a spell, whatever the load.
  void add_fault(const CellName&, const dynamics::Spell&, double size, dynamics::Course&);
  /// A cell falls ill, at plant time. @param fault whose cell is one of this electrolyser
  void add_illness(int electrolyser, const cell_bank::Fault&);
  void add_tap_fault(const TapFault& f) { taps_.push_back(f); }
  /// Ageing joins the course; once the plant's load is known. @param x [SI], of the plant at rest
  void add_ageing(std::span<const double> x, dynamics::Course&);

  bool has_illness() const;
  /// The cells go on to a time, at what the plant asks of them. Cells that are not stepped stay as far from the mean as they were.
  /// @param x [SI], of the plant at that time [s]
  void step(std::span<const double> x, double time);
  /// Tells the course what sick cells cost, where that has changed by enough; then true, and the process begins again.
  bool tell(dynamics::Course&);

  /// What an electrolyser's voltage has above the plant's model: of sick cells, as far as the course was not told [V].
  double untold(int electrolyser) const;
  const cell_bank::Analyses& analyses(int electrolyser) const { return of(electrolyser).bank.analyses(); }
  /// What perfect instruments at every cell's tap would read [V], in the order of tags(). @param x [SI], of the plant  @param time [s]
  std::vector<double> at(std::span<const double> x, double time) const;

 private:
  struct Bank {
    cell_bank::CellBank bank;
    double excess = 0.0;  ///< of all sick cells together [V]
    double told = 0.0;    ///< of it, what the course knows [V]
    bool ill = false;
  };
  struct Fault {
    CellName cell;
    dynamics::Spell spell;
    double size;
  };
  const Bank& of(int electrolyser) const { return banks_[static_cast<std::size_t>(electrolyser)]; }

  CellSettings settings_;
  std::vector<Electrolyser> electrolysers_;
  std::vector<Bank> banks_;
  std::vector<Fault> faults_;
  std::vector<TapFault> taps_;
};

}  // namespace castner::virtual_plant
