// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/tag_words.h"

#include <algorithm>

#include "castner/base/ascii.h"

namespace castner::plant_file {
namespace {

bool latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string_view function_letters(std::string_view tag) {
  // The plant's part may stand before them: "21-LI-402".
  const std::size_t part = std::min(tag.find_first_not_of("0123456789"), tag.size());
  tag.remove_prefix(std::min(part > 0 ? tag.find_first_not_of("-_ .", part) : 0, tag.size()));
  std::size_t n = 0;
  while (n < tag.size() && tag[n] >= 'A' && tag[n] <= 'Z') ++n;
  const std::size_t number = std::min(tag.find_first_not_of("-_ .", n), tag.size());
  return n <= 4 && number < tag.size() && digit(tag[number]) ? tag.substr(0, n) : std::string_view{};
}

bool has_word(std::string_view name, std::string_view words) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (word.empty()) continue;
    for (auto at = name.find(word); at != name.npos; at = name.find(word, at + 1))
      if (!latin(word.front()) || at == 0 || !latin(name[at - 1])) return true;
  }
  return false;
}

std::string small_name(std::string_view tag) {
  std::string name(tag);
  for (char& c : name) c = c == ' ' ? '_' : lower(c);
  return name;
}

Nature nature_said(std::string_view tag) {
  std::string name = small_name(tag);
  for (auto at = name.find("h2o"); at != name.npos; at = name.find("h2o")) name.replace(at, 3, "water");
  // What is told of one in another is told by the analyser's own words.
  if (has_word(name, "cl2 chlorgas chlorine 氯气 氯中")) return Nature::chlorine;
  if (has_word(name, "h2 wasserstoff hydrogen 氢气")) return Nature::hydrogen;
  if (has_word(name, "caustic lauge natronlauge lye naoh 碱")) return Nature::caustic;
  if (has_word(name, "brine sole anolyte anolyt 盐水 阳极液")) return Nature::brine;
  return Nature::unknown;
}

bool says_water(std::string_view tag) {
  return has_word(small_name(tag),
                  "water wasser h2o dilution verdünn verduenn demin deionised deionized ve-wasser vew dmw diw agua eau "
                  "纯水 脱盐水 去离子水 无离子水 软水 稀释 补水 加水");
}

bool says_only_water(std::string_view tag) {
  const Nature nature = nature_said(tag);
  return says_water(tag) && nature != Nature::caustic && nature != Nature::brine;
}

bool says_acid(std::string_view tag) {
  const std::string name = small_name(tag);
  if (has_word(name, "hcl salzsäure salzsaeure hydrochloric muriatic 盐酸 鹽酸")) return true;
  return nature_said(tag) == Nature::unknown && has_word(name, "acid säure saeure acide acido ácido 酸");
}

bool is_in_no_balance(std::string_view tag) {
  // A level's first letter is L, that of speed S, of position Z; a valve's last is V.
  const auto letters = function_letters(tag);
  if (letters.size() > 1 && (std::string_view("LSZ").find(letters[0]) != letters.npos || letters.back() == 'V'))
    return true;
  return has_word(
      small_name(tag),
      "level füllstand fuellstand stand_ niveau valve ventil stellung position speed drehzahl 液位 料位 阀位 "
      "开度 转速");
}

}  // namespace castner::plant_file
