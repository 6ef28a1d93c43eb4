// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/cell_rows.h"

#include <algorithm>
#include <cmath>

#include "castner/base/time_span.h"

namespace castner::cell_room {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

CellRows::CellRows(const ElectrolyserData& data) : data_(data), voltages_(data.cells.size(), kNone) {
  const auto cursor = [](const TagSamples& t) {
    return Cursor{t.samples.data(), t.samples.data() + t.samples.size(), t.to_si};
  };
  for (const TagSamples& cell : data.cells) {
    cells_.push_back(cursor(cell));
    Cursor& c = cells_.back();
    while (c.at != c.end && !is_reading(*c.at)) ++c.at;
  }
  for (std::size_t k = 0; k < kRoomQuantities; ++k) known_[k] = cursor(data.known[k].tag);
  row_.voltages = voltages_;
}

/// A scan ends where a cell comes again, at a pause, or where so long has passed that what comes is another's.
Time CellRows::end_of_scan(Time first) {
  Time end = moved(first, data_.scan + data_.scan / 2), last = first;
  for (const Cursor& c : cells_) {
    if (c.at == c.end || c.at->time >= end) continue;
    last = std::max(last, c.at->time);
    if (c.at + 1 != c.end) end = std::min(end, c.at[1].time);
  }
  end = std::max(end, moved(first, std::chrono::nanoseconds(1)));
  return last == first ? end : before_pause(end);
}

/// The scanner rests between two scans. A pause within the row that is much longer than what follows the row, or than half a scan, is that
/// rest: the row began in the middle of a scan, whose first cells were not read, and what comes after the pause is the next one's.
Time CellRows::before_pause(Time end) {
  constexpr int kMuch = 5;  // a guess: three cells in a row that were not read are no rest
  times_.clear();
  for (const Cursor& c : cells_)
    if (c.at != c.end && c.at->time < end) times_.push_back(c.at->time);
  if (times_.size() < 2) return end;
  std::sort(times_.begin(), times_.end());
  gaps_.clear();
  std::size_t longest = 0;
  for (std::size_t i = 1; i < times_.size(); ++i) {
    gaps_.push_back(span_between(times_[i - 1], times_[i]));
    if (gaps_.back() > gaps_[longest]) longest = i - 1;
  }
  const Time after = times_[longest + 1];
  const auto pause = gaps_[longest], behind = span_between(times_.back(), end);
  const auto middle = gaps_.begin() + static_cast<std::ptrdiff_t>(gaps_.size() / 2);
  std::nth_element(gaps_.begin(), middle, gaps_.end());
  return pause > data_.scan / 2 || pause > kMuch * std::max(behind, *middle) ? after : end;
}

double CellRows::known_at(std::size_t k) {
  const KnownSamples& known = data_.known[k];
  if (known.constant) return *known.constant;
  Cursor& c = known_[k];
  for (; c.at != c.end && c.at->time <= row_.time; ++c.at) {
    bad_[k] = !is_reading(*c.at);
    if (!bad_[k]) newest_[k] = c.at;
  }
  if (!newest_[k] || (bad_[k] && known.ends_when_bad)) return kNone;
  return span_between(newest_[k]->time, row_.time) > known.held ? kNone : c.to_si(newest_[k]->value);
}

bool CellRows::next() {
  Time first = Time::max();
  bool any = false;
  for (const Cursor& c : cells_)
    if (c.at != c.end) first = std::min(first, c.at->time), any = true;
  if (!any) return false;
  const Time end = end_of_scan(first);
  row_.time = first;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    Cursor& c = cells_[i];
    voltages_[i] = kNone;
    if (c.at == c.end || c.at->time >= end) continue;
    voltages_[i] = c.to_si(c.at->value);
    row_.time = std::max(row_.time, c.at->time);
    do ++c.at;
    while (c.at != c.end && !is_reading(*c.at));
  }
  row_.spread = std::chrono::duration<double>(span_between(first, row_.time)).count();
  for (std::size_t k = 0; k < kRoomQuantities; ++k) row_.known[k] = known_at(k);
  return true;
}

}  // namespace castner::cell_room
