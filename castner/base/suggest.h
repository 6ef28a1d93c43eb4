// SPDX-License-Identifier: Apache-2.0
/// Suggests the existing name that is nearest to an unknown one.
#pragma once

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

/// Up to `limit` names for a message: `"a", "b", "c" and 4 more`.
std::string listed(std::span<const std::string> names, std::size_t limit = 12);

/// A person's text inside a message: in quotes, on one line, at most 60 characters, never binary.
std::string in_quotes(std::string_view text);

}  // namespace castner
