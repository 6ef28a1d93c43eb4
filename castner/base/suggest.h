// SPDX-License-Identifier: Apache-2.0
/// Suggests the existing name that is nearest to an unknown one.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace castner {

/// Edits (insert, delete, replace, swap of neighbours) between two texts; letters that differ in case count half.
double edit_distance(std::string_view a, std::string_view b);

/// The nearest candidate within a third of the name's length in edits, the first of equals; empty if none is near.
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

/// `did you mean "flow_mass"?`, or `otherwise` if no candidate is near.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates, std::string otherwise);

/// A person's text inside a message: in quotes, on one line, at most 60 characters, never binary.
std::string in_quotes(std::string_view text);

/// The first `most` items for a message, as `written` writes each: `a, b, c and 4 more`.
template <class Items, class Written>
std::string listed(const Items& items, std::size_t most, Written written) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(most, items.size()); ++i)
    text += (i > 0 ? ", " : "") + written(items[i]);
  return items.size() <= most ? text : text + " and " + std::to_string(items.size() - most) + " more";
}

/// Names in quotes: `"a", "b", "c" and 4 more`.
std::string listed(std::span<const std::string> names, std::size_t most = 12);

}  // namespace castner
