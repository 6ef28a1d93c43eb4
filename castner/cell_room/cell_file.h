// SPDX-License-Identifier: Apache-2.0
/// cells.toml, which says what the tags of a cell room are, to electrolysers and prices; every problem with its line and cure.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/base/quantity.h"
#include "castner/cell_room/quantities.h"

namespace castner::cell_room {

/// Where a quantity comes from: a tag of the data, or one value for all times; neither where the file does not say.
struct QuantitySource {
  std::string tag;
  std::optional<Measure> unit;     ///< of the tag, where the file says it
  std::optional<double> constant;  ///< [SI]
  int line = 0;                    ///< in the file
  bool given() const { return constant || !tag.empty(); }
};

/// When the parts of a cell were put in.
struct Installed {
  std::optional<std::chrono::sys_days> membrane, anode, cathode;
};

struct CellEntry {
  std::string voltage;  ///< its tag
  Installed installed;  ///< its own, else that of its electrolyser
};

struct ElectrolyserEntry {
  std::string name;
  double cell_area = 0.0;        ///< [m2]
  std::vector<CellEntry> cells;  ///< in series, cell 1 first
  std::array<QuantitySource, kRoomQuantities> known;
  int line = 0, voltages_line = 0;
  const QuantitySource& of(RoomQuantity k) const { return known[at(k)]; }
};

/// What voltages are standardised to.
struct ReferenceState {
  double current_density = 5000.0;  ///< [A/m2]
  double temperature = 363.15;      ///< [K]
  double caustic = 0.32;            ///< mass fraction
};

/// Prices; what is not given has no part in a sum.
struct CellEconomics {
  std::optional<double> electricity;                               ///< [currency/J]
  std::optional<double> membrane, anode_coating, cathode_coating;  ///< [currency] a piece, fitted
  std::optional<double> lost_margin;                               ///< [currency/kg] of NaOH that is not made
  double hours_per_year = 8000.0;
  double stop = 8.0 * 3600.0;  ///< [s] what an exchange costs in standstill; a guess where the file does not say
  double exchange_per_cell = 0.5 * 3600.0;  ///< [s] and for each cell more; likewise
};

struct CellRoomFile {
  std::string name = "Cell room";
  std::string currency;  ///< "CNY"; empty where no price says it
  ReferenceState reference;
  std::vector<ElectrolyserEntry> electrolysers;
  std::optional<CellEconomics> economics;  ///< none: no money is counted
};

/// Reads a cells.toml. Opens nothing: `text` is its content and `file` the name for messages.
[[nodiscard]] Result<CellRoomFile> read_cell_room(std::string_view text, const std::string& file);

/// "E1/017": three digits and more, counted from 1.
[[nodiscard]] std::string cell_name(std::string_view electrolyser, std::size_t number);

}  // namespace castner::cell_room
