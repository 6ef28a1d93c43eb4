// SPDX-License-Identifier: Apache-2.0
/// What an analyser measures, guessed from its unit, words in its name, what flows where it is, and its mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "castner/plant_file/tag_words.h"

namespace castner::plant_file {

struct Analyser {
  std::string_view si_unit;  ///< of the unit as read: "1" or "kg/m3"
  std::string_view unit;     ///< as written, "g/L"
  std::string_view name;     ///< of the tag, in small letters
  Nature nature = Nature::unknown;
  std::optional<double> mean = {};  ///< [SI]
};
struct AnalyserGuess {
  std::string quantity;  ///< "conc_mass.NaCl"; empty: nothing tells
  std::string sd;
  bool by_name = false;  ///< a word in the name decided
};
AnalyserGuess guess_analyser(const Analyser&);

}  // namespace castner::plant_file
