// SPDX-License-Identifier: Apache-2.0
/// A scenario: faults of the virtual plant with their times. docs/formats/scenario.md
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/base/quantity.h"
#include "castner/cell_bank/faults.h"
#include "castner/cell_bank/scanner.h"
#include "castner/dynamics/course.h"
#include "castner/virtual_plant/instrument.h"
#include "castner/virtual_plant/virtual_cells.h"

namespace castner::virtual_plant {

struct LoadEvent {
  dynamics::Spell spell;
  double share;
};
struct InstrumentEvent {
  std::string tag;
  InstrumentFault fault;
  bool in_sd = false;  ///< the fault's size counts in the instrument's sd
};
struct CellEvent {
  CellName cell;
  dynamics::Spell spell;
  double size;  ///< [V]
};
struct IllnessEvent {
  CellName cell;
  cell_bank::Fault fault;
};
/// A wrong reading of a cell; of two, where its taps are connected wrongly.
struct ScannerEvent {
  CellName cell;
  cell_bank::ReadingFault fault = cell_bank::ReadingFault::dead;
  dynamics::Spell spell;
  double size = 0.0;   ///< as cell_bank::ReadingFault counts it
  CellName with = {};  ///< of swapped and displaced
};
struct ElectrolyserEvent {
  std::string name;
  dynamics::Spell spell;
  double wear_voltage = 0.0;             ///< [V]
  double current_efficiency_loss = 0.0;  ///< [1]
};
struct StopEvent {
  std::string name;
  dynamics::Spell spell;
  double current = 0.01, brine = 0.3;  ///< of what the load asks for
};
struct LinkEvent {
  enum class Fault { down, rubbish };
  std::string link;
  Fault fault = Fault::down;
  double at = 0.0, until = dynamics::kForever;  ///< [s]
};

struct Scenario {
  std::vector<LoadEvent> loads;
  std::vector<InstrumentEvent> instruments;
  std::vector<CellEvent> cells;
  std::vector<IllnessEvent> illnesses;
  std::vector<ScannerEvent> scanners;
  std::vector<ElectrolyserEvent> electrolysers;
  std::vector<StopEvent> stops;
  std::vector<LinkEvent> links;

  /// All of another one happens too.
  void add(const Scenario&);
};

/// The names that a scenario may use.
struct ScenarioNames {
  std::vector<std::pair<std::string, Measure>> tags;
  std::vector<std::string> electrolysers, links;
  std::function<std::optional<CellName>(const std::string&)> find_cell;
};

/// Reads the text; opens nothing. Every problem at once, with its line and a cure.
[[nodiscard]] Result<Scenario> read_scenario(std::string_view text, const std::string& file, const ScenarioNames&);

}  // namespace castner::virtual_plant
