// SPDX-License-Identifier: Apache-2.0
/// One way or more to connect each unit model, for the tests of what holds for all of them. A new model joins by one row.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "castner/unit_models/model_bench.h"

namespace castner::unit_models {

/// A model with the streams it is connected to.
struct ModelSample {
  std::string model;
  std::vector<ModelBench::Connection> connections;
  std::map<std::string, double> constants = {};
};

inline const std::vector<ModelSample>& samples() {
  using plant::Contents;
  static const std::vector<ModelSample> all{
      {"node", {{"in_1", true, Contents::mass}, {"in_2", true, Contents::steam}, {"out_1", false, Contents::mass}}},
      {"mixer",
       {{"in_1", true, Contents::caustic}, {"in_2", true, Contents::water}, {"out_1", false, Contents::caustic}}},
      {"mixer",
       {{"in_1", true, Contents::brine},
        {"in_2", true, Contents::hydrogen_chloride},
        {"out_1", false, Contents::acid_brine}}},
      {"mixer",
       {{"in_1", true, Contents::depleted_brine},
        {"in_2", true, Contents::depleted_brine},
        {"out_1", false, Contents::depleted_brine}}},
      {"mixer",
       {{"in_1", true, Contents::chlorine_gas},
        {"in_2", true, Contents::chlorine_gas},
        {"out_1", false, Contents::chlorine_gas}}},
      {"mixer",
       {{"in_1", true, Contents::hydrogen_gas},
        {"in_2", true, Contents::hydrogen_gas},
        {"out_1", false, Contents::hydrogen_gas}}},
      {"mixer", {{"in_1", true, Contents::steam}, {"in_2", true, Contents::water}, {"out_1", false, Contents::steam}}},
      {"mixer",
       {{"in_1", true, Contents::steam}, {"in_2", true, Contents::water}, {"out_1", false, Contents::wet_steam}}},
      {"mixer", {{"in_1", true, Contents::mass}, {"out_1", false, Contents::mass}}},
      {"splitter",
       {{"in_1", true, Contents::caustic}, {"out_1", false, Contents::caustic}, {"out_2", false, Contents::caustic}}},
      {"splitter",
       {{"in_1", true, Contents::chlorine_gas},
        {"out_1", false, Contents::chlorine_gas},
        {"out_2", false, Contents::chlorine_gas}}},
      {"heat_exchanger",
       {{"hot_in", true, Contents::caustic},
        {"hot_out", false, Contents::caustic},
        {"cold_in", true, Contents::water},
        {"cold_out", false, Contents::water}}},
      {"heat_exchanger", {{"cold_in", true, Contents::caustic}, {"cold_out", false, Contents::caustic}}},
      {"heat_exchanger", {{"hot_in", true, Contents::chlorine_gas}, {"hot_out", false, Contents::chlorine_gas}}},
      {"heat_exchanger",
       {{"hot_in", true, Contents::steam},
        {"hot_out", false, Contents::wet_steam},
        {"cold_in", true, Contents::brine},
        {"cold_out", false, Contents::brine}}},
      {"heat_exchanger",
       {{"hot_in", true, Contents::steam},
        {"hot_out", false, Contents::water},
        {"cold_in", true, Contents::water},
        {"cold_out", false, Contents::steam}}},
      {"heat_exchanger", {{"hot_in", true, Contents::wet_steam}, {"hot_out", false, Contents::water}}},
      {"steam_heater",
       {{"steam", true, Contents::steam},
        {"cold_in", true, Contents::brine},
        {"condensate", false, Contents::water},
        {"cold_out", false, Contents::brine}}},
      {"flash_vessel",
       {{"feed", true, Contents::water}, {"vapour", false, Contents::steam}, {"liquid", false, Contents::water}}},
      {"flash_vessel",
       {{"feed", true, Contents::wet_steam}, {"vapour", false, Contents::steam}, {"liquid", false, Contents::water}}},
      {"gas_cooler",
       {{"gas_in", true, Contents::chlorine_gas},
        {"gas_out", false, Contents::chlorine_gas},
        {"condensate", false, Contents::water}}},
      {"gas_cooler",
       {{"gas_in", true, Contents::hydrogen_gas},
        {"gas_out", false, Contents::hydrogen_gas},
        {"condensate", false, Contents::water}}},
      {"rectifier", {}},
      {"caustic_evaporator",
       {{"feed", true, Contents::caustic},
        {"steam", true, Contents::steam},
        {"product", false, Contents::caustic},
        {"vapour", false, Contents::steam},
        {"condensate", false, Contents::water}}},
      {"electrolyser",
       {{"brine", true, Contents::acid_brine},
        {"caustic", true, Contents::caustic},
        {"anolyte", false, Contents::depleted_brine},
        {"catholyte", false, Contents::caustic},
        {"chlorine", false, Contents::chlorine_gas},
        {"hydrogen", false, Contents::hydrogen_gas}},
       {{"cells", 150}, {"cell_area", 2.7}}},
      {"electrolyser",
       {{"brine", true, Contents::brine},
        {"caustic", true, Contents::caustic},
        {"anolyte", false, Contents::depleted_brine},
        {"catholyte", false, Contents::caustic},
        {"chlorine", false, Contents::chlorine_gas},
        {"hydrogen", false, Contents::hydrogen_gas}},
       {{"cells", 4}, {"cell_area", 0.2}}},
  };
  return all;
}

}  // namespace castner::unit_models
