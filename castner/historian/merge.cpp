// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/merge.h"

#include <algorithm>
#include <numeric>

namespace castner::historian {

namespace {

/// Sorted indices. Writers send runs in order, of which one overtakes another now and then: each run is merged into the part
/// before it that it overlaps, as in natural merge sort (Knuth, vol. 3, 5.2.4), unless that is more work than sorting.
template <class Before>
std::vector<std::uint32_t> sorted_indices(std::size_t n, Before before) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  const auto at = [&](std::size_t i) { return order.begin() + static_cast<std::ptrdiff_t>(i); };
  std::size_t moved = 0;
  for (std::size_t begin = 0, end = 0; begin < n; begin = end) {
    for (end = begin + 1; end < n && !before(order[end], order[end - 1]);) ++end;
    const auto from = std::upper_bound(order.begin(), at(begin), order[begin], before);
    if (from == at(begin)) continue;
    std::inplace_merge(from, at(begin), at(end), before);
    moved += static_cast<std::size_t>(at(end) - from);
    if (moved <= 8 * n) continue;
    std::stable_sort(order.begin(), order.end(), before);
    break;
  }
  return order;
}

}  // namespace

bool is_in_order(const Columns& c) {
  return std::adjacent_find(c.times.begin(), c.times.end(), std::greater_equal<>()) == c.times.end();
}

Columns in_order(Columns c) {
  if (is_in_order(c)) return c;
  const auto& t = c.times;
  auto order = sorted_indices(c.size(), [&](std::uint32_t a, std::uint32_t b) {
    return t[a] != t[b] ? t[a] < t[b] : c.arrivals[a] < c.arrivals[b];
  });
  const auto repeats = [&](std::uint32_t a, std::uint32_t b) {
    return t[a] == t[b] && c.statuses[a] == c.statuses[b] && c.same_value(a, c, b);
  };
  order.erase(std::unique(order.begin(), order.end(), repeats), order.end());
  Columns sorted;
  sorted.runs.push_back({c.runs.front().tag, static_cast<std::uint32_t>(order.size())});
  const auto pick = [&](auto& to, const auto& from) {
    to.reserve(order.size());
    for (const auto i : order) to.push_back(from[i]);
  };
  pick(sorted.times, t);
  pick(sorted.arrivals, c.arrivals);
  pick(sorted.statuses, c.statuses);
  pick(sorted.kinds, c.kinds);
  pick(sorted.bits, c.bits);
  sorted.texts = std::move(c.texts);
  return sorted;
}

std::pair<std::size_t, std::size_t> indices_within(const Columns& c, Time from, Time to) {
  const auto index = [&](Time t) {
    return static_cast<std::size_t>(std::lower_bound(c.times.begin(), c.times.end(), t.time_since_epoch().count()) -
                                    c.times.begin());
  };
  const auto first = index(from);
  return {first, std::max(first, index(to))};
}

Columns concatenated(TagId tag, std::span<const Columns* const> parts) {
  Columns all;
  std::size_t n = 0;
  for (const auto* p : parts) n += p->size();
  all.reserve(n);
  for (const auto* p : parts) all.append(tag, *p, 0, p->size());
  return all;
}

}  // namespace castner::historian
