// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/tag_pattern.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "castner/base/ascii.h"
#include "castner/base/decimal.h"
#include "castner/base/suggest.h"

namespace castner::readings {
namespace {

/// The first count of a pattern: {001..180}.
struct Count {
  std::size_t begin = 0, end = 0;  ///< of its text, with the braces
  std::string_view first, last;
};

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && digit(text[at + n])) ++n;
  return n;
}

std::optional<Count> find_count(std::string_view pattern) {
  for (std::size_t at = pattern.find('{'); at != pattern.npos; at = pattern.find('{', at + 1)) {
    const std::size_t first = digits_from(pattern, at + 1), dots = at + 1 + first;
    if (first == 0 || pattern.substr(dots, 2) != "..") continue;
    const std::size_t last = digits_from(pattern, dots + 2), end = dots + 2 + last;
    if (last == 0 || end >= pattern.size() || pattern[end] != '}') continue;
    return Count{at, end + 1, pattern.substr(at + 1, first), pattern.substr(dots + 2, last)};
  }
  return std::nullopt;
}

/// The number with as many digits as `first` has, where that begins with 0.
std::string counted(std::size_t n, std::string_view first) {
  std::string text = std::to_string(n);
  if (first.starts_with('0') && text.size() < first.size()) text.insert(0, first.size() - text.size(), '0');
  return text;
}

}  // namespace

Result<std::vector<std::string>> expand_tags(std::string_view pattern) {
  const auto count = find_count(pattern);
  if (!count) return std::vector<std::string>{std::string(pattern)};
  const auto rest = CASTNER_TRY(expand_tags(pattern.substr(count->end)));
  const auto first = plain_number<std::size_t>(count->first), last = plain_number<std::size_t>(count->last);
  const bool known = first && last && *first < 1'000'000'000 && *last < 1'000'000'000;
  const std::size_t steps = known ? std::max(*first, *last) - std::min(*first, *last) + 1 : kMostTags + 1;
  if (steps > kMostTags || steps * rest.size() > kMostTags)
    return bad_input("", in_quotes(pattern) + " counts beyond " + std::to_string(kMostTags) + " tags",
                     "write the first and the last number of the cells: {001..180}");
  std::vector<std::string> all;
  all.reserve(steps * rest.size());
  for (std::size_t k = 0; k < steps; ++k)
    for (const std::string& tail : rest)
      all.push_back(std::string(pattern.substr(0, count->begin)) +
                    counted(*first <= *last ? *first + k : *first - k, count->first) + tail);
  return all;
}

std::vector<std::string> patterns_of(std::span<const std::string> tags, std::string_view before,
                                     std::string_view after) {
  const auto number = [&](const std::string& tag) {
    return std::string_view(tag).substr(before.size(), tag.size() - before.size() - after.size());
  };
  std::vector<std::string> all;
  for (std::size_t from = 0; from < tags.size();) {
    const std::string_view first = number(tags[from]);
    const auto start = plain_number<std::size_t>(first);
    std::size_t to = from + 1;
    while (start && to < tags.size() && number(tags[to]) == counted(*start + (to - from), first)) ++to;
    if (to - from < 3)
      to = from + 1, all.push_back(tags[from]);
    else
      all.push_back(std::string(before) + "{" + std::string(first) + ".." + std::string(number(tags[to - 1])) + "}" +
                    std::string(after));
    from = to;
  }
  return all;
}

}  // namespace castner::readings
