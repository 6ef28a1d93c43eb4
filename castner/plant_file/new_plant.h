// SPDX-License-Identifier: Apache-2.0
/// A plant.toml to start from, made of what a data file shows: its columns, their units and means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castner::plant_file {

struct DataColumn {
  std::string tag;
  std::string unit;            ///< as the header has it, "t/h"; empty where it has none
  std::optional<double> mean;  ///< of its good readings, in that unit
  bool absolute = false;       ///< a pressure that its header says to count from vacuum, "kPa(a)"
};

/// What a column may measure, guessed from its unit; without one from words in its name, else from its first letter (ISA-5.1).
/// What is shown in per cent though no balance has it, such as a level, is guessed as nothing.
/// A flow in normal volumes is taken as that of the dry gas unless a word in its name says moist.
struct MeterGuess {
  std::string name;      ///< of the stream or unit: "S101"
  bool of_unit = false;  ///< of a unit of the plant, not of a stream
  std::string quantity;  ///< "flow_mass"
  std::string sd;        ///< "1.5 %"
  enum class From { nothing, letter, name, unit } from = From::nothing;
};
/// @param all  the columns of the file: what has the same number is on the same pipe, and tells whether a gas flows in it
MeterGuess guess_meter(const std::vector<DataColumn>& all, std::size_t column);

/// A unit of which the columns speak.
struct UnitGuess {
  std::string name, model;         ///< "E110", as the guesses of its meters name it
  std::vector<std::string> feeds;  ///< of a rectifier: its electrolyser
};
/// An electrolyser for each number that has a current of an electrolyser's size and a voltage; its rectifier where it has a power.
std::vector<UnitGuess> guess_units(const std::vector<DataColumn>& all);

/// A text of any content, quoted for TOML.
std::string toml_text(std::string_view);

/// The text of a plant file with one commented [[measurement]] a column. What it measures and how sure it is are guesses
/// from the unit and the tag, and marked so. Taken out of its comments, every line is TOML.
/// @param data_file  its name, for the first line
/// @param assess  a block [assess] that fits how often they are read, each line ended; may be empty
std::string new_plant(const std::string& data_file, const std::vector<DataColumn>& columns,
                      const std::string& assess = {});

}  // namespace castner::plant_file
