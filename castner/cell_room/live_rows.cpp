// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/live_rows.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "castner/base/suggest.h"

namespace castner::cell_room {
namespace {

constexpr double kNotRead = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostHeld =
    3600;  // readings of a quantity for voltages that come late: an hour of a reading a second

double seconds_between(Time from, Time to) { return std::chrono::duration<double>(to - from).count(); }

Result<ToSi> conversion_of(RoomQuantity q, const std::string& tag, const std::optional<Measure>& stated,
                           const std::string& unit) {
  std::optional<Measure> measure = stated;
  if (!measure && !unit.empty())
    if (const auto parsed = parse_unit(unit)) measure = *parsed;
  if (!measure) {
    if (q == RoomQuantity::current || q == RoomQuantity::brine_flow)
      return bad_input(tag, "has no unit",
                       "give its [[tag]] a unit, as \"kA\", or write { tag = " + in_quotes(tag) + ", unit = \"kA\" }");
    return ToSi{};
  }
  if (const auto to_si = conversion(q, *measure)) return *to_si;
  return bad_input(tag, "unit " + in_quotes(unit) + " is none of " + std::string(info(q).key),
                   "give it the unit of what it reads");
}

}  // namespace

Result<std::vector<AwaitedTag>> awaited_tags(const ElectrolyserEntry& e,
                                             const std::function<std::string(const std::string&)>& unit_of) {
  std::vector<AwaitedTag> tags;
  tags.reserve(e.cells.size() + kRoomQuantities);
  Error error;
  const auto add = [&](AwaitedTag tag, RoomQuantity q, const std::optional<Measure>& stated) {
    auto to_si = conversion_of(q, tag.name, stated, unit_of(tag.name));
    if (to_si)
      tag.to_si = *to_si;
    else
      error.problems.insert(error.problems.end(), to_si.error().problems.begin(), to_si.error().problems.end());
    tags.push_back(std::move(tag));
  };
  for (const RoomQuantity q : kEachRoomQuantity)
    if (!e.of(q).tag.empty()) add({.name = e.of(q).tag, .quantity = q, .to_si = {}}, q, e.of(q).unit);
  for (std::size_t i = 0; i < e.cells.size(); ++i)
    add({.name = e.cells[i].voltage, .cell = static_cast<int>(i), .to_si = {}}, RoomQuantity::voltage, {});
  if (!error.problems.empty()) return tl::unexpected(error);
  return tags;
}

LiveRows::LiveRows(const ElectrolyserEntry& e, std::vector<AwaitedTag> tags, Emit emit)
    : tags_(std::move(tags)),
      emit_(std::move(emit)),
      voltages_(e.cells.size(), kNotRead),
      read_(e.cells.size(), Time::min()),
      in_row_(e.cells.size(), 0),
      speaking_(e.cells.size()) {
  for (const RoomQuantity q : kEachRoomQuantity) constants_[at(q)] = e.of(q).constant;
}

void LiveRows::take(std::size_t tag, Time time, double value) {
  const AwaitedTag& t = tags_[tag];
  if (t.cell < 0) {
    Held& h = held_[at(t.quantity)];
    if (!h.newest.empty() && time <= h.newest.back().first) return;
    if (!h.newest.empty()) {
      const double seconds = seconds_between(h.newest.back().first, time);
      h.interval = h.count == 1 ? seconds : h.interval + 0.1 * (seconds - h.interval);
    }
    ++h.count;
    h.newest.emplace_back(time, t.to_si(value));
    while (h.newest.size() > kMostHeld || (h.newest.size() > 1 && h.newest[1].first <= emitted_)) h.newest.pop_front();
    return;
  }
  const auto i = static_cast<std::size_t>(t.cell);
  if (time <= read_[i] || time <= emitted_) return;  // late: its row is gone
  if (in_row_[i]) emit();
  if (filled_ == 0) first_ = last_ = time;
  first_ = std::min(first_, time);
  last_ = std::max(last_, time);
  read_[i] = time;
  in_row_[i] = 1;
  ++filled_;
  voltages_[i] = t.to_si(value);
  if (filled_ >= speaking_) emit();
}

void LiveRows::rewind(Time to) {
  for (Held& h : held_)
    while (!h.newest.empty() && h.newest.back().first > to) h.newest.pop_back();
}

void LiveRows::finish() {
  if (filled_ > 0) emit();
}

void LiveRows::emit() {
  CellRow row{.time = last_, .spread = seconds_between(first_, last_), .voltages = voltages_};
  for (const RoomQuantity q : kEachRoomQuantity) {
    const Held& h = held_[at(q)];
    double& known = row.known[at(q)] = kNotRead;
    if (constants_[at(q)]) {
      known = *constants_[at(q)];
    } else {
      // As in a file: three intervals, a day where fewer than three were read; the current one and a half.
      const double times = q == RoomQuantity::current ? 1.5 : 3.0,
                   holds = h.count < 3 ? 86400.0 : std::max(times * h.interval, 60.0);
      const auto after = std::upper_bound(h.newest.begin(), h.newest.end(), last_,
                                          [](Time t, const auto& reading) { return t < reading.first; });
      if (after != h.newest.begin() && seconds_between(std::prev(after)->first, last_) <= holds)
        known = std::prev(after)->second;
    }
  }
  if (emitted_ != Time::min()) {
    const double seconds = seconds_between(emitted_, last_);
    scan_ = scan_ == 0.0 ? seconds : scan_ + 0.1 * (std::min(seconds, 4.0 * scan_) - scan_);
  }
  emitted_ = last_;
  emit_(row);
  // Who has not spoken for three scans is not waited for.
  speaking_ = 0;
  for (const Time t : read_) speaking_ += t != Time::min() && seconds_between(t, last_) <= 3.0 * scan_ + 1.0;
  speaking_ = std::max<std::size_t>(speaking_, 1);
  std::fill(voltages_.begin(), voltages_.end(), kNotRead);
  std::fill(in_row_.begin(), in_row_.end(), 0);
  filled_ = 0;
}

}  // namespace castner::cell_room
