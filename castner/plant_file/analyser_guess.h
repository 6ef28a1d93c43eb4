// SPDX-License-Identifier: Apache-2.0
/// What an analyser measures, guessed from its unit, words in its name, and what flows where it is.
#pragma once

#include <string>
#include <string_view>

namespace castner::plant_file {

/// What a meter of the same number tells of the stream.
enum class Nature { unknown, liquid, gas };

struct AnalyserGuess {
  std::string quantity;  ///< "conc_mass.NaCl"; empty: nothing tells
  std::string sd;
  bool by_name = false;  ///< a word in the name decided
};

/// @param si_unit  of the unit as read: "1" or "kg/m3"
/// @param unit     as written, "g/L"
/// @param name     of the tag, in small letters
AnalyserGuess guess_analyser(std::string_view si_unit, std::string_view unit, std::string_view name, Nature);

/// A name, in small letters, with one of these words, which stand between blanks; a word of Latin letters counts where no letter
/// stands before it.
bool has_word(std::string_view name, std::string_view words);

}  // namespace castner::plant_file
