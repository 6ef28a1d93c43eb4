// SPDX-License-Identifier: Apache-2.0
#include "castner/base/suggest.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "castner/base/ascii.h"

namespace castner {
namespace {

double replacing(char a, char b) { return a == b ? 0.0 : lower(a) == lower(b) ? 0.5 : 1.0; }

constexpr std::size_t kLongestName = 200;  // the distance costs the product of both lengths

}  // namespace

double edit_distance(std::string_view a, std::string_view b) {
  std::vector<double> before, previous(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = static_cast<double>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<double>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({previous[j] + 1.0, row[j - 1] + 1.0, previous[j - 1] + replacing(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1.0);
    }
    before = previous;
    previous = row;
  }
  return previous[b.size()];
}

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
  if (name.empty() || name.size() > kLongestName) return {};
  const double limit = std::max(1.0, static_cast<double>(name.size()) / 3.0);
  double best = limit + 0.25;
  const std::string* found = nullptr;
  for (const std::string& c : candidates) {
    if (std::abs(static_cast<double>(c.size()) - static_cast<double>(name.size())) > limit) continue;
    if (const double d = edit_distance(name, c); d < best) {
      best = d;
      found = &c;
    }
  }
  return found ? *found : std::string();
}

std::string did_you_mean(std::string_view name, std::span<const std::string> candidates, std::string otherwise) {
  const std::string near = nearest_name(name, candidates);
  return near.empty() ? otherwise : "did you mean " + in_quotes(near) + "?";
}

std::string listed(std::span<const std::string> names, std::size_t most) { return listed(names, most, in_quotes); }

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::size_t end = std::min(text.size(), kLongest);
  while (end < text.size() && end > 0 && (text[end] & 0xC0) == 0x80) --end;  // not inside a character of several bytes
  std::string shown = "\"";
  for (char c : text.substr(0, end)) shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return shown + (end < text.size() ? "...\"" : "\"");
}

}  // namespace castner
