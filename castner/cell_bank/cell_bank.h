// SPDX-License-Identifier: Apache-2.0
/// An electrolyser cell by cell, through time: no two cells alike, each with a temperature and strength of its own, all ageing, some ill.
///
/// What is asked of it (current, temperature, strength) comes from outside: from a story (`story.h`) or from a plant's model. It answers
/// with what perfect instruments would read; instruments are `scanner.h` and `meters.h`. A step does:
/// 1. once in ten minutes, what wanders slowly takes a random step of its own: resistance and electrodes of each cell, the common gases;
/// 2. each cell's faults are summed up (`faults.h`);
/// 3. each cell's temperature, strength, anolyte and dryness follow what its share of brine and caustic, its place and its load ask for,
///    with lags of minutes: cells at the ends are colder and feel the ambient air;
/// 4. each cell's store of gases is charged by the current and eaten by self-discharge and leaks. It holds up the reversible voltage: at
///    load it is full; after a stop it empties within minutes to tens of minutes, and at a low current it stays full unless a leak eats
///    more than the current brings;
/// 5. voltage = reversible part that stands + both overvoltages (which follow within seconds) + resistances, of the current that a leak
///    or a short leaves over;
/// 6. the electrolyser's gases and liquor are summed up over the cells.
/// A cell with faults has a healthy twin beside it, the same in all but the faults: the difference is what the fault alone causes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "castner/base/chance.h"
#include "castner/cell_bank/cell_physics.h"
#include "castner/cell_bank/faults.h"

namespace castner::cell_bank {

/// Spreads between cells are relative, one sd, and guesses of the size that cell rooms show; ageing is from
/// `docs/domain/electrolyser.md` 2.7.
struct CellBankSettings {
  int cells = 180;
  double area = 2.7;             ///< [m2]
  double anode_spread = 0.25;    ///< of the logarithm of the exchange current density: 5 mV
  double cathode_spread = 0.30;  ///< likewise: 8 mV
  double membrane_spread = 0.03, gap_spread = 0.08, metal_spread = 0.04;
  double area_spread = 0.003;
  double flow_spread = 0.04;                            ///< of a cell's share of brine; of caustic three quarters of it
  double ageing_slowest = 0.01, ageing_fastest = 0.03;  ///< rise of resistance a year
  double resistance_wander = 0.003;                     ///< with a memory of five days
  double electrode_wander = 0.02;                       ///< of the logarithm of exchange current densities, likewise
  double end_cooling = 2.5;                             ///< of the outermost cells, at 25 degC around [K]
};

/// What is asked of the electrolyser at a moment.
struct CellBankInputs {
  double time = 0.0;                           ///< since the cells were new; not before the last [s]
  double current = 0.0;                        ///< not negative [A]
  double temperature = kReferenceTemperature;  ///< catholyte outlet, the cells' mean but for what they differ [K]
  double caustic = kReferenceCaustic;          ///< mass fraction of NaOH, likewise
  double ambient = 298.15;                     ///< [K]
  std::optional<double> brine_flow;            ///< if no inlet were blocked [kg/s]; none: the usual
  std::optional<double> pressure;              ///< of both gases, absolute [Pa]
};

/// What perfect analysers of the electrolyser would read.
struct Analyses {
  double hydrogen_in_chlorine = 0.0;  ///< dry volume fraction
  double oxygen_in_chlorine = 0.0;    ///< dry volume fraction
  double oxygen_of_faults = 0.0;      ///< part of it that faults make
  double chloride_in_caustic = 0.0;   ///< as mass fraction of NaCl
  double brine_flow = 0.0;            ///< [kg/s]
};

/// Brine as plants dose it [kg/s]: in proportion to the current, not below what 30 % load asks for.
double usual_brine_flow(const CellBankSettings&, double current);

class CellBank {
 public:
  CellBank(const CellBankSettings&, std::uint64_t seed);

  /// A fault to come, or one that is there already; several of one cell add up.
  void add(const Fault&);
  /// Gives a cell another membrane, whose resistance is the old one's times this. @param cell from 0
  void renew(int cell, double membrane);
  /// Advances to a time. The first step begins settled at what is asked.
  void step(const CellBankInputs&);

  int cells() const { return settings_.cells; }
  std::span<const double> voltages() const { return voltages_; }  ///< of every cell [V]
  std::span<const double> ohmic() const { return ohmic_; }  ///< part of it in membrane, gap, metal and contacts [V]
  std::span<const double> electrodes() const { return electrodes_; }  ///< part of it in both overvoltages [V]
  double voltage() const;                                             ///< of the electrolyser [V]
  const Analyses& analyses() const { return analyses_; }
  /// A cell's own state. @param cell from 0
  const CellState& state(int cell) const { return cells_[static_cast<std::size_t>(cell)].state; }
  /// Above what the same cell would show without its faults [V]; 0 where it has none.
  double excess_voltage(int cell) const;

 private:
  struct Cell {
    int original;  ///< whose twin this is; itself if it is none
    // As it was made
    double anode, cathode;        ///< exchange current densities, against the mean cell's
    double membrane, gap, metal;  ///< resistances, likewise
    double area;                  ///< likewise
    double brine, lye;            ///< its share of both, against the mean
    double end;                   ///< how much of the end cells' cooling reaches it
    double discharge;             ///< self-discharge [A/m2]
    double capacity;              ///< of its store of gases [C/m2]
    double ageing;                ///< [1/s]
    double thermal_time;          ///< [s]
    // As it is now
    double resistance_wander, electrode_wander;  ///< sd 1
    CellCondition condition;
    CellState state;
    double warmer, stronger;  ///< than the mean [K], [1]
    double dry;               ///< share of lost brine, as the membrane feels it
    double held;              ///< share of its store of gases
    double overvoltage;       ///< both, as the double layers follow [V]
    double keep_warm;         ///< of `warmer` over a step
    double voltage, ohmic, electrodes;
  };
  void wander(double time);
  /// What is kept of a difference over a step.
  struct Kept {
    double seconds = -1.0, stronger = 0.0, salt = 0.0, dry = 0.0, overvoltage = 0.0;
  };
  void follow(Cell&, double density, const Kept&, bool first, const CellBankInputs&);
  void charge(Cell&, double density, double seconds, bool first);
  void make_voltage(Cell&, double density, double keep_overvoltage, const CellBankInputs&);
  void analyse(double density, const CellBankInputs&);

  CellBankSettings settings_;
  std::vector<Cell> cells_;  ///< then the twins
  std::vector<int> twins_;   ///< of each cell, its place among cells_; -1: none
  std::vector<Fault> faults_;
  Chance chance_;
  std::array<double, 3> gases_{};  ///< how hydrogen, oxygen and chloride wander together, sd 1
  long wandered_ = 0;              ///< tens of minutes
  std::optional<double> time_;
  Kept kept_;  ///< over the last step
  std::vector<double> voltages_, ohmic_, electrodes_;
  Analyses analyses_;
};

}  // namespace castner::cell_bank
