// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/merge.h"

#include <algorithm>
#include <numeric>

namespace castner::historian {

Columns in_order(Columns c) {
  const auto n = c.size();
  const auto& t = c.times;
  if (n < 2 || std::adjacent_find(t.begin(), t.end(), std::greater_equal<>()) == t.end()) return c;  // the usual case
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return t[a] != t[b] ? t[a] < t[b] : c.arrivals[a] < c.arrivals[b];
  });
  Columns sorted;
  sorted.reserve(n);
  const auto tag = c.runs.front().tag;
  std::size_t before = n;
  for (const auto i : order) {
    const bool repeats =
        before < n && t[before] == t[i] && c.statuses[before] == c.statuses[i] && c.same_value(before, c, i);
    before = i;
    if (!repeats) sorted.append(tag, c, i, i + 1);
  }
  return sorted;
}

std::vector<std::uint32_t> counting(const Columns& c) {
  std::vector<std::uint32_t> places;
  places.reserve(c.size());
  for (std::size_t i = 0; i < c.size(); ++i)
    if (i + 1 == c.size() || c.times[i + 1] != c.times[i]) places.push_back(static_cast<std::uint32_t>(i));
  return places;
}

std::pair<std::size_t, std::size_t> places_within(const Columns& c, Time from, Time to) {
  const auto place = [&](Time t) {
    return static_cast<std::size_t>(std::lower_bound(c.times.begin(), c.times.end(), t.time_since_epoch().count()) -
                                    c.times.begin());
  };
  const auto first = place(from);
  return {first, std::max(first, place(to))};
}

Columns joined(TagId tag, std::span<const Columns* const> parts) {
  Columns all;
  std::size_t n = 0;
  for (const auto* p : parts) n += p->size();
  all.reserve(n);
  for (const auto* p : parts) all.append(tag, *p, 0, p->size());
  return all;
}

}  // namespace castner::historian
