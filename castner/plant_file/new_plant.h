// SPDX-License-Identifier: Apache-2.0
/// A plant.toml to start from, made of what a data file shows: its columns, their units and means.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace castner::plant_file {

struct DataColumn {
  std::string tag;
  std::string unit;            ///< as the header has it, "t/h"; empty where it has none
  std::optional<double> mean;  ///< of its good readings, in that unit
};

/// The text of a plant file with one commented [[measurement]] a column. What it measures and how sure it is are guesses
/// from the unit and the tag, and marked so. Taken out of its comments, every line is TOML.
/// @param data_file  its name, for the first line
std::string new_plant(const std::string& data_file, const std::vector<DataColumn>& columns);

}  // namespace castner::plant_file
