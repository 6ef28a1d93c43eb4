// SPDX-License-Identifier: Apache-2.0
// How a sentence that a room said in English finds its Chinese:
//   1. The first row whose English it matches says it. {blanks} match as little as will do, and what stands in quotes, a name, is kept
//      together; only where no row matches so, quotes count as any letter does.
//   2. What stands in a blank stays as it came, for people give names such as "upper" too. It takes no "; " outside quotes.
//      {blank:said} is said in turn; {blank:number} takes digits, {blank:role} a word, {blank:word} a word or a name in quotes; {blank:names} holds names, listed by 、, of which the
//      "and 3 more" alone is said.
//   3. What no row knows is taken apart outside quotes: at a "; " or ", " where a row says what stands before, else at the first ": ",
//      "; " or ", ", so that the place in "plant.toml:12: ..." and the unit in "E1: heat transfer, E2: ..." stay. What stands after is
//      said in turn.
//   4. What is left stays as it came: names, tags, numbers.
// web/src/text/said.ts does the same for the pages.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "castner/words/text.h"

namespace castner::words {
namespace {

using Tables = std::span<const std::span<const Said>>;
/// What a blank says between its braces, "n:number", and what stands in its place.
using Found = std::vector<std::pair<std::string_view, std::string_view>>;

/// Where the next of ": ", "; " and ", " outside quotes begins, from `at` on, which stands outside quotes.
std::size_t next_joint(std::string_view text, std::size_t at) {
  for (at = text.find_first_of("\":;,", at); at != std::string_view::npos; at = text.find_first_of("\":;,", at + 1)) {
    if (text[at] != '"') {
      if (text.substr(at + 1, 1) == " ") return at;
    } else if (const auto end = text.find('"', at + 1); end != std::string_view::npos) {
      at = end;
    }
  }
  return at;
}

bool holds_two_sentences(std::string_view text) {
  for (std::size_t at = next_joint(text, 0); at != std::string_view::npos; at = next_joint(text, at + 2))
    if (text[at] == ';') return true;
  return false;
}

bool takes(std::string_view blank, std::string_view content, bool quotes_whole) {
  if (blank.ends_with(":number")) return content.find_first_not_of("0123456789") == std::string_view::npos;
  if (blank.ends_with(":role")) return content.find(' ') == std::string_view::npos;
  if (blank.ends_with(":word") && content.starts_with('"')) return content.find('"', 1) == content.size() - 1;
  if (blank.ends_with(":word")) return content.find_first_of(" \"") == std::string_view::npos;
  if (quotes_whole && std::count(content.begin(), content.end(), '"') % 2 != 0) return false;
  return blank.ends_with(":said") || !holds_two_sentences(content);
}

/// Adds to `found` what stands in the places of the pattern's blanks, the last first; false where the text does not match.
bool match(std::string_view pattern, std::string_view text, bool quotes_whole, Found& found) {
  const std::size_t open = std::min(pattern.find('{'), pattern.size());
  if (!text.starts_with(pattern.substr(0, open))) return false;
  if (open == pattern.size()) return text.size() == open;
  const std::size_t close = pattern.find('}');
  const std::string_view blank = pattern.substr(open + 1, close - open - 1), rest = pattern.substr(close + 1),
                         literal = rest.substr(0, rest.find('{'));
  text.remove_prefix(open);
  if (text.empty()) return false;
  for (std::size_t end = rest.empty() ? text.size() : text.find(literal, 1); end <= text.size();
       end = text.find(literal, end + 1)) {
    if (!takes(blank, text.substr(0, end), quotes_whole) || !match(rest, text.substr(end), quotes_whole, found))
      continue;
    found.emplace_back(blank, text.substr(0, end));
    return true;
  }
  return false;
}

std::string in_chinese(Tables tables, std::string_view english);
std::optional<std::string> by_row(Tables tables, std::string_view english);

/// "a, b" as Chinese lists it, "a、b"; a comma in a name that stands in quotes stays.
std::string listed_in_chinese(std::string_view names) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == '"') quoted = !quoted;
    const bool joint = !quoted && names.substr(i).starts_with(", ");
    out += joint ? Words(Language::zh)("list.comma") : std::string(1, names[i]);
    if (joint) ++i;
  }
  return out;
}

std::string content_said(Tables tables, std::string_view kind, std::string_view content) {
  static const std::array names{said_of_names()};
  if (kind == "said") return in_chinese(tables, content);
  if (kind == "names") return listed_in_chinese(by_row(names, content).value_or(std::string(content)));
  return std::string(content);
}

std::string filled(Tables tables, std::string_view chinese, const Found& found) {
  Words::Blanks blanks;
  for (const auto& [blank, content] : found) {
    const std::size_t colon = std::min(blank.find(':'), blank.size());
    const auto kind = blank.substr(std::min(colon + 1, blank.size()));
    blanks[std::string(blank.substr(0, colon))] = content_said(tables, kind, content);
  }
  return Words::filled(chinese, blanks);
}

std::optional<std::string> by_row(Tables tables, std::string_view english) {
  for (const bool quotes_whole : {true, false})
    for (const auto rows : tables)
      for (const auto& row : rows)
        if (Found found; match(row.en, english, quotes_whole, found)) return filled(tables, row.zh, found);
  return std::nullopt;
}

std::string in_chinese(Tables tables, std::string_view english) {
  if (auto whole = by_row(tables, english)) return *whole;
  const auto joined = [&](std::string head, std::size_t joint) {
    return head + std::string(english.substr(joint, 2)) + in_chinese(tables, english.substr(joint + 2));
  };
  const std::size_t first = next_joint(english, 0);
  for (std::size_t joint = first; joint != std::string_view::npos; joint = next_joint(english, joint + 2))
    if (english[joint] != ':')
      if (auto head = by_row(tables, english.substr(0, joint))) return joined(*head, joint);
  return first == std::string_view::npos ? std::string(english) : joined(std::string(english.substr(0, first)), first);
}

}  // namespace

std::string said_in_chinese(Tables tables, std::string_view english) { return in_chinese(tables, english); }

std::string Words::said(std::string_view english) const {
  if (language_ == Language::en) return std::string(english);
  return in_chinese(std::array{said_by_engine(), said_by_models(), said_by_server(), said_by_tables(),
                               said_by_plant_file(), said_by_cells(), said_by_readers()},
                    english);
}

}  // namespace castner::words
