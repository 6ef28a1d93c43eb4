// SPDX-License-Identifier: Apache-2.0
/// What a tag says of itself: its function letters (ISA-5.1), and words of several languages in its name.
#pragma once

#include <string>
#include <string_view>

namespace castner::plant_file {

/// Of an instrument's tag (ISA-5.1) the one to four capitals before its number: "TIC" of "TIC101", "FI" of "21-FI-101"; "" of other names.
std::string_view function_letters(std::string_view tag);

/// What the meters of the same number tell of the stream.
enum class Nature { unknown, liquid, brine, caustic, gas, chlorine, hydrogen };
/// By words in a meter's name.
Nature nature_said(std::string_view tag);
/// A word for water that a plant adds: "dilution water", "VE-Wasser", "纯水".
bool says_water(std::string_view tag);
/// The same, and no word for caustic or brine: "NaOH dilution feed" may be either.
bool says_only_water(std::string_view tag);
/// A word for hydrochloric acid, or for acid where no word for brine or caustic stands beside it.
bool says_acid(std::string_view tag);
/// What no balance knows, though it may be shown in per cent: a level, the position of a valve, a speed, by its tag (ISA-5.1) or a word.
bool is_in_no_balance(std::string_view tag);

/// A tag in small letters, without blanks, as has_word() looks at it.
std::string small_name(std::string_view tag);

/// A name, in small letters, with one of these words, which stand between blanks; a word of Latin letters counts where no letter
/// stands before it.
bool has_word(std::string_view name, std::string_view words);

}  // namespace castner::plant_file
