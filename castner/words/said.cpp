// SPDX-License-Identifier: Apache-2.0
// How a sentence that a room said in English finds its Chinese:
//   1. The first row whose English it matches says it; {blanks} match anything, as little as will do, and their contents are
//      said in turn.
//   2. What no row knows is taken apart at ": ", "; " or ", ": where a row matches what stands before, else at the first of them, so that
//      the place in "plant.toml:12: ..." and the unit in "E1: heat transfer, E2: ..." stay. What stands after is said in turn.
//   3. What is left stays as it came: names, tags, numbers.
// web/src/text/said.ts does the same for the pages.
#include <algorithm>
#include <optional>

#include "castner/words/text.h"

namespace castner::words {
namespace {

/// Fills `blanks` with what stands in the places of the pattern's blanks, in their order; false where the text does not match.
bool match(std::string_view pattern, std::string_view text, Words::Blanks& blanks) {
  const std::size_t open = std::min(pattern.find('{'), pattern.size());
  if (!text.starts_with(pattern.substr(0, open))) return false;
  if (open == pattern.size()) return text.size() == open;
  const std::size_t close = pattern.find('}');
  const std::string_view rest = pattern.substr(close + 1), literal = rest.substr(0, rest.find('{'));
  text.remove_prefix(open);
  if (text.empty()) return false;
  for (std::size_t end = rest.empty() ? text.size() : text.find(literal, 1); end <= text.size();
       end = text.find(literal, end + 1)) {
    if (!match(rest, text.substr(end), blanks)) continue;
    blanks.emplace(pattern.substr(open + 1, close - open - 1), text.substr(0, end));
    return true;
  }
  return false;
}

std::optional<std::string> by_row(const Words& words, std::string_view english) {
  for (const auto rows : {said_by_engine(), said_by_models()})
    for (const auto& said : rows) {
      Words::Blanks blanks;
      if (!match(said.en, english, blanks)) continue;
      for (auto& [name, content] : blanks) content = words.said(content);
      return Words::filled(said.zh, blanks);
    }
  return std::nullopt;
}

/// Where the next of ": ", "; " and ", " begins, from `at` on.
std::size_t next_joint(std::string_view text, std::size_t at) {
  do at = text.find_first_of(":;,", at);
  while (at != std::string_view::npos && text.substr(++at, 1) != " ");
  return at == std::string_view::npos ? at : at - 1;
}

}  // namespace

std::string Words::said(std::string_view english) const {
  if (language_ == Language::en) return std::string(english);
  if (const auto whole = by_row(*this, english)) return *whole;
  const auto joined = [&](std::string head, std::size_t joint) {
    return head + std::string(english.substr(joint, 2)) + said(english.substr(joint + 2));
  };
  const std::size_t first = next_joint(english, 0);
  for (std::size_t joint = first; joint != std::string_view::npos; joint = next_joint(english, joint + 2))
    if (const auto head = by_row(*this, english.substr(0, joint))) return joined(*head, joint);
  return first == std::string_view::npos ? std::string(english) : joined(std::string(english.substr(0, first)), first);
}

}  // namespace castner::words
