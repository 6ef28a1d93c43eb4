// SPDX-License-Identifier: Apache-2.0
/// A cells.toml to start from, made of what a data file shows: its columns, their units and sizes.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "castner/base/error.h"
#include "castner/cell_room/quantities.h"

namespace castner::cell_room {

struct RoomColumn {
  std::string tag;
  std::string unit;             ///< as the header has it, "kA"; empty where it has none
  std::optional<double> usual;  ///< what it reads while in use (usual_reading), in that unit
};

/// The column that a quantity of an electrolyser may come from.
struct SourceGuess {
  std::string tag;
  std::string unit;  ///< guessed from its size, where the header has none; else ""
  std::string why;   ///< "a guess from its number"
};

struct ElectrolyserGuess {
  std::string name;                   ///< "E1101", by the number in its tags
  std::vector<std::string> tags;      ///< of its cells' voltages
  std::vector<std::string> voltages;  ///< the same as patterns
  std::string remark;                 ///< numbers that are missing; "" where none is
  std::array<std::optional<SourceGuess>, kRoomQuantities> known;
};

/// An electrolyser for each family of tags that reads like cells' voltages. Which other column is whose is told by units, by words in English,
/// German and Chinese, by function letters (ISA-5.1), and by numbers in tags.
[[nodiscard]] std::vector<ElectrolyserGuess> guess_electrolysers(const std::vector<RoomColumn>&);

/// The text of a cells.toml, which read_cell_room takes as it is where the data have voltages and a current.
/// @param data_file  its name, for the first line
[[nodiscard]] std::string new_cells(const std::string& data_file, const std::vector<RoomColumn>&);

/// What such a file lacks before `castner cells` can use it: cells, or a current. Empty where it can.
[[nodiscard]] std::vector<Problem> lacking(const std::string& data_file, const std::vector<RoomColumn>&);

}  // namespace castner::cell_room
