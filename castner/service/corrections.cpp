// SPDX-License-Identifier: Apache-2.0
#include "castner/service/corrections.h"

#include <algorithm>
#include <map>

#include "castner/readings/same.h"

namespace castner::service {
namespace {

using readings::Reading;

/// Calls `look` with each reading that is kept within.
template <class Look>
void each_kept(const historian::Store& store, historian::Range range, Look look) {
  constexpr std::size_t kAtOnce = 100'000, kMostPieces = 30;
  for (std::size_t piece = 0; piece < kMostPieces && range.from < range.to; ++piece) {
    const auto kept = store.read(range, kAtOnce);
    if (!kept) return;
    for (const Reading& r : *kept) look(r);
    if (kept->size() < kAtOnce) return;
    range.from = kept->back().time + std::chrono::nanoseconds(1);
  }
}

}  // namespace

sources::Corrections corrections(const historian::Store& store, std::span<const readings::TagReading> readings) {
  std::map<std::string_view, std::vector<const Reading*>> by_tag;
  for (const auto& r : readings) by_tag[r.tag].push_back(&r.reading);
  sources::Corrections out;
  for (auto& [name, news] : by_tag) {
    const auto tag = store.find(name);
    if (!tag) continue;
    const auto before = [](const Reading* a, const Reading* b) { return a->time < b->time; };
    std::stable_sort(news.begin(), news.end(), before);
    auto next = news.begin();
    const historian::Range range{tag->id, news.front()->time, news.back()->time + std::chrono::nanoseconds(1)};
    each_kept(store, range, [&](const Reading& kept) {
      while (next != news.end() && (*next)->time < kept.time) ++next;
      if (next == news.end() || (*next)->time != kept.time) return;
      while (std::next(next) != news.end() && (*std::next(next))->time == kept.time) ++next;  // the later counts
      if (readings::same_but_for_arrival(**next, kept)) return;
      if (out.count++ == 0) out.tag = name, out.time = kept.time;
    });
  }
  return out;
}

}  // namespace castner::service
