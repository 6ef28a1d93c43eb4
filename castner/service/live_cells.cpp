// SPDX-License-Identifier: Apache-2.0
//  1. watch: who waits for which tag; the same cells.toml and units read again change nothing.
//  2. begin: the state from its file, whose first line has version and checksums, and then every reading since; a file that does
//     not fit is kept beside it as .old, and the last month is learned from means.
//  3. look: the newest reading of every tag, what is common first; LiveRows makes rows of them.
//  4. renew_until: an exchange counts from the first row after it, in a past that is read as well; one that is entered later ends
//     no fault of the new part.
//  5. publish, save, keep_hour: the picture, the state, an hour's values into the history.
#include "castner/service/live_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "castner/base/file.h"
#include "castner/base/log.h"
#include "castner/base/survive.h"
#include "castner/cell_room/live_rows.h"
#include "castner/readings/newest.h"

namespace castner::service {
namespace {

using cell_room::CellRow;

constexpr double kNoReading = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kMark = "castner-cells 2";

/// FNV-1a, 64 bit: tells a file that was cut or written over from a whole one.
std::uint64_t checksum(std::string_view bytes, std::uint64_t sum = 0xcbf29ce484222325) {
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return sum;
}

double number_of(const readings::Reading& r) {
  if (readings::quality_of(r.status) == readings::Quality::bad || readings::is_ahead(r.status)) return kNoReading;
  if (const auto* d = std::get_if<double>(&r.value)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&r.value)) return static_cast<double>(*i);
  return kNoReading;
}

/// More than this between two looks was not read one by one.
constexpr auto kPassedOver = std::chrono::minutes(5);

/// After which a tag that no history has is named, and rows without a current.
constexpr auto kPatience = std::chrono::minutes(1);
constexpr auto kWithoutCurrent = std::chrono::minutes(10);

/// A fault that began after the new part had run for so long is no mark of the exchange: a guess.
constexpr double kRanWell = 2.0 * 3600.0;  // [s]
/// At load, where it is asked how long a part has run [A/m2]; a tenth of what most run at.
constexpr double kAtLoad = 500.0;

/// Lengths of a stretch of the past of which a mean is taken [s]: all begin with the hour.
constexpr std::array kStretches{60, 120, 180, 240, 300, 360, 600};

}  // namespace

struct CellWatcher::Room {
  Room(cell_room::CellRoomFile f, std::uint64_t of_text)
      : file(std::make_shared<const cell_room::CellRoomFile>(std::move(f))), watch(*file), text(of_text) {}
  std::shared_ptr<const cell_room::CellRoomFile> file;
  std::shared_ptr<const CellConversions> conversions;
  cell_room::RoomWatch watch;
  std::uint64_t text;  ///< checksum of the cells.toml and the units of its tags
  struct Place {
    std::size_t electrolyser;
    int cell;
  };
  std::unordered_map<std::string, Place> cells;  ///< by name
  std::vector<CellRenewal> waiting;              ///< of which no row has come yet, oldest first
  std::int64_t entered = 0;                      ///< the last that is known
  std::vector<cell_room::LiveRows> rows;         ///< of each electrolyser
  /// How far the cells of an electrolyser are read, by the readings' time.
  struct Reading {
    std::vector<std::size_t> names;  ///< of each of its tags
    std::size_t first_cell = 0;      ///< in voltages
    Time read_to = Time::min();
    Time seen = Time::min();              ///< newest reading at the last look
    std::chrono::nanoseconds seen_at{0};  ///< uptime
    int quiet = 0;                        ///< looks since that one leapt
    std::optional<Time> without_current;  ///< first of the rows without one
    bool said = false;                    ///< that they have none
  };
  std::vector<Reading> reading;    ///< of each electrolyser
  std::vector<std::string> names;  ///< of all tags, each once
  std::vector<std::optional<historian::TagId>> ids;
  std::vector<std::string> missing;
  std::vector<double> voltages;  ///< last of each cell [V]
  std::vector<Time> read;        ///< when
  bool began = false;
  std::chrono::nanoseconds since{0};                       ///< uptime when it was first watched
  std::chrono::nanoseconds next_publish{0}, next_save{0};  ///< uptime
  std::int64_t hour = 0;                                   ///< last that was kept in the history

  void take(std::size_t electrolyser, std::size_t tag, Time time, double value) {
    rows[electrolyser].take(tag, time, value);
    const auto& awaited = rows[electrolyser].tags()[tag];
    if (awaited.cell < 0) return;
    Reading& r = reading[electrolyser];
    r.read_to = std::max(r.read_to, time);
    const std::size_t i = r.first_cell + static_cast<std::size_t>(awaited.cell);
    if (time <= read[i]) return;
    read[i] = time;
    voltages[i] = awaited.to_si(value);
  }
  void take(std::size_t electrolyser, std::vector<Past>& past) {
    std::sort(past.begin(), past.end(),
              [](const Past& a, const Past& b) { return std::tie(a.time, a.tag) < std::tie(b.time, b.tag); });
    for (const Past& p : past) take(electrolyser, p.tag, p.time, p.value);
  }
  /// Says once that rows have no current, without which no cell is judged.
  void look_for_current(std::size_t electrolyser, const CellRow& row) {
    Reading& r = reading[electrolyser];
    if (std::isfinite(row.of(cell_room::RoomQuantity::current))) {
      r.without_current.reset();
      r.said = false;
      return;
    }
    if (!r.without_current) r.without_current = row.time;
    if (r.said || row.time - *r.without_current < kWithoutCurrent) return;
    r.said = true;
    log_event(LogLevel::warning, "cells_without_current",
              {{"electrolyser", file->electrolysers[electrolyser].name},
               {"why", "none was read in the ten minutes before its voltages"},
               {"do", "compare the times of both on page Trends"}});
  }
  /// Some electrolyser has voltages and a current.
  bool can_learn() const {
    for (std::size_t e = 0; e < rows.size(); ++e) {
      bool voltage = false, current = file->electrolysers[e].of(cell_room::RoomQuantity::current).constant.has_value();
      for (std::size_t t = 0; t < reading[e].names.size(); ++t) {
        const auto& tag = rows[e].tags()[t];
        if (!ids[reading[e].names[t]]) continue;
        if (tag.cell >= 0) voltage = true;
        current = current || (tag.cell < 0 && tag.quantity == cell_room::RoomQuantity::current);
      }
      if (voltage && current) return true;
    }
    return false;
  }
};

CellWatcher::CellWatcher(historian::Store& store, Clock& clock, CellWatcherOptions options)
    : store_(store), clock_(clock), options_(std::move(options)) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

CellWatcher::~CellWatcher() {
  thread_.request_stop();
  thread_.join();
  const std::lock_guard lock(mutex_);
  if (room_ && room_->began) (void)survive("keeping the state of the cells", [&] { save(*room_); });
}

Result<void> CellWatcher::watch(std::optional<cell_room::CellRoomFile> file, const std::string& text,
                                const std::vector<sources::TagSettings>& tags, std::vector<CellRenewal> renewals) {
  std::unique_ptr<Room> next;
  if (file) {
    next = std::make_unique<Room>(std::move(*file), checksum(text));
    std::unordered_map<std::string, std::string> units;
    for (const auto& t : tags) units[t.name] = t.unit;
    const auto unit_of = [&](const std::string& tag) {
      const auto found = units.find(tag);
      return found == units.end() ? std::string() : found->second;
    };
    Error error;
    std::unordered_map<std::string, std::size_t> places;
    auto conversions = std::make_shared<CellConversions>();
    Room* room = next.get();
    const auto& electrolysers = room->file->electrolysers;
    for (std::size_t e = 0; e < electrolysers.size(); ++e) {
      auto awaited = cell_room::awaited_tags(electrolysers[e], unit_of);
      if (!awaited) {
        error.problems.insert(error.problems.end(), awaited.error().problems.begin(), awaited.error().problems.end());
        continue;
      }
      Room::Reading reading;
      reading.first_cell = conversions->cells.size();
      conversions->known.emplace_back();
      for (std::size_t t = 0; t < awaited->size(); ++t) {
        const auto& tag = (*awaited)[t];
        const auto [place, fresh] = places.emplace(tag.name, next->names.size());
        if (fresh) next->names.push_back(tag.name);
        reading.names.push_back(place->second);
        next->text = checksum(fmt::format("{} {} {}\n", tag.name, tag.to_si.scale, tag.to_si.offset), next->text);
        if (tag.cell >= 0)
          conversions->cells.push_back(tag.to_si);
        else
          conversions->known[e][cell_room::at(tag.quantity)] = tag.to_si;
      }
      for (std::size_t i = 0; i < electrolysers[e].cells.size(); ++i)
        next->cells[cell_room::cell_name(electrolysers[e].name, i + 1)] = {e, static_cast<int>(i)};
      next->reading.push_back(std::move(reading));
      next->rows.emplace_back(electrolysers[e], std::move(*awaited), [this, room, e](const CellRow& row) {
        renew_until(*room, e, row.time);
        room->look_for_current(e, row);
        room->watch.step(e, row);
      });
    }
    if (!error.problems.empty()) return tl::unexpected(error);
    next->voltages.assign(conversions->cells.size(), kNoReading);
    next->read.assign(conversions->cells.size(), Time::min());
    next->conversions = std::move(conversions);
    next->ids.resize(next->names.size());
    for (CellRenewal& r : renewals) {
      next->entered = std::max(next->entered, r.id);
      if (next->cells.contains(r.cell)) next->waiting.push_back(std::move(r));
    }
    next->since = clock_.uptime();
  }
  const std::lock_guard lock(mutex_);
  if (room_ && next && room_->text == next->text) return {};  // read again, and the same: it goes on
  if (room_ && room_->began) save(*room_);
  room_ = std::move(next);
  if (room_) {
    publish(*room_);  // of every cell that nothing is known of it yet
    return {};
  }
  const std::lock_guard state(state_mutex_);
  live_ = nullptr;
  return {};
}

std::shared_ptr<const LiveCells> CellWatcher::live() const {
  const std::lock_guard lock(state_mutex_);
  return live_;
}

Result<void> CellWatcher::renew(const CellRenewal& r) {
  const auto live = this->live();
  if (!live || std::none_of(live->answer.cells.begin(), live->answer.cells.end(),
                            [&](const cell_room::CellLine& c) { return c.name == r.cell; }))
    return bad_input("cell", "there is no cell " + r.cell, "name it as cells.toml does, \"E1/017\"");
  {
    const std::lock_guard state(state_mutex_);
    entered_.push_back(r);
  }
  // A look that lasts, as when a month is learned, sees to it when it is over.
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || !room_) return {};
  renew_what_waits(*room_);
  if (!room_->began) return {};
  publish(*room_);
  save(*room_);
  return {};
}

/// What was entered waits for its row; what is of rows that have been takes effect now.
void CellWatcher::renew_what_waits(Room& room) {
  std::vector<CellRenewal> entered;
  {
    const std::lock_guard state(state_mutex_);
    entered.swap(entered_);
  }
  for (CellRenewal& r : entered) {
    if (!room.cells.contains(r.cell) || (r.id != 0 && r.id <= room.entered)) continue;
    room.entered = std::max(room.entered, r.id);
    room.waiting.push_back(std::move(r));
  }
  std::stable_sort(room.waiting.begin(), room.waiting.end(),
                   [](const CellRenewal& a, const CellRenewal& b) { return a.when < b.when; });
  if (!room.began) return;
  for (std::size_t e = 0; e < room.rows.size(); ++e)
    if (const auto time = room.watch.time(e)) renew_until(room, e, *time);
}

/// Before a row of this time.
void CellWatcher::renew_until(Room& room, std::size_t electrolyser, Time time) {
  for (auto r = room.waiting.begin(); r != room.waiting.end() && r->when <= time;) {
    const Room::Place place = room.cells.at(r->cell);
    if (place.electrolyser != electrolyser) {
      ++r;
      continue;
    }
    const auto seen = room.watch.time(electrolyser);
    bool begins_anew = true;
    if (seen && r->when <= *seen)
      for (const auto& f : room.watch.watch(electrolyser).findings()) {
        const Time since(std::chrono::duration_cast<Time::duration>(std::chrono::duration<double>(f.since)));
        if (f.cell == place.cell && !f.ended && time_at_load(room, electrolyser, r->when, since) >= kRanWell)
          begins_anew = false;
      }
    (void)room.watch.renew(r->cell, r->part, r->when, begins_anew);
    r = room.waiting.erase(r);
  }
}

/// [s], by the history; of a constant current all the time.
double CellWatcher::time_at_load(const Room& room, std::size_t electrolyser, Time from, Time to) const {
  const auto& e = room.file->electrolysers[electrolyser];
  const auto& current = e.of(cell_room::RoomQuantity::current);
  constexpr auto kBucket = std::chrono::minutes(10);
  from = std::max(from, to - options_.learn_from);
  if (from >= to) return 0.0;
  if (current.constant) return std::chrono::duration<double>(to - from).count();
  const auto tag = store_.find(current.tag);
  const auto buckets = tag ? store_.aggregate({tag->id, from, to}, kBucket) : Result<std::vector<historian::Bucket>>();
  if (!buckets) return 0.0;
  const auto& to_si = room.conversions->known[electrolyser][cell_room::at(cell_room::RoomQuantity::current)];
  const auto at_load = std::count_if(buckets->begin(), buckets->end(), [&](const historian::Bucket& b) {
    return b.usable > 0 && to_si(b.mean) > kAtLoad * e.cell_area;
  });
  return std::chrono::duration<double>(kBucket).count() * static_cast<double>(at_load);
}

std::shared_ptr<const LiveCells> CellWatcher::look_now() {
  const std::lock_guard lock(mutex_);
  if (room_ && begin(*room_, {})) look(*room_, {});
  if (room_) publish(*room_);
  return live();
}

void CellWatcher::keep_hours_now() {
  const std::lock_guard lock(mutex_);
  if (room_) keep_hour(*room_);
}

void CellWatcher::run(const std::stop_token& stop) {
  auto next = clock_.uptime() + options_.look;
  while (clock_.sleep_until(next, stop)) {
    next = std::max(next + options_.look, clock_.uptime());
    const std::lock_guard lock(mutex_);
    if (!room_) continue;
    (void)survive("watching the cells", [&] {
      const bool began = begin(*room_, stop);
      if (began) look(*room_, stop);
      const auto now = clock_.uptime();
      if (now >= room_->next_publish) {
        room_->next_publish = now + options_.publish;
        publish(*room_);
        if (began) keep_hour(*room_);
      }
      if (!began) return;
      if (now >= room_->next_save) {
        room_->next_save = now + options_.save;
        save(*room_);
      }
    });
  }
}

/// True once the tags are known to the store and what was known before is read.
bool CellWatcher::begin(Room& room, const std::stop_token& stop) {
  renew_what_waits(room);
  for (std::size_t t = 0; t < room.names.size(); ++t)
    if (!room.ids[t])
      if (const auto tag = store_.find(room.names[t])) room.ids[t] = tag->id;
  look_for_missing(room);
  if (room.began) return true;
  bool any = false, sent = false;
  for (std::size_t e = 0; e < room.rows.size(); ++e) {
    std::vector<historian::TagId> known;
    for (std::size_t t = 0; t < room.reading[e].names.size(); ++t)
      if (const auto& id = room.ids[room.reading[e].names[t]]; id && room.rows[e].tags()[t].cell >= 0)
        known.push_back(*id);
    if (known.empty()) continue;
    any = true;
    const auto newest = store_.latest(known);
    if (!newest) return false;  // the store says so itself
    Time last = Time::min();
    for (const auto& r : *newest)
      if (r && std::isfinite(number_of(*r))) last = std::max(last, r->time);
    sent = being_sent(room, e, last) || sent;
  }
  if (!any || sent) return false;
  room.began = true;
  room.next_save = clock_.uptime() + options_.save;
  const bool kept = load(room);
  for (std::size_t e = 0; e < room.rows.size(); ++e) {
    const auto seen = kept ? room.watch.time(e) : std::nullopt;
    catch_up(room, e, seen ? *seen - std::chrono::seconds(2) : clock_.now() - options_.learn_from, clock_.now(), stop);
  }
  renew_what_waits(room);
  publish(room);
  return true;
}

/// The state that was kept, if it is of this room. One that is not stays beside the next: its findings are in no other place.
bool CellWatcher::load(Room& room) {
  const auto bytes = options_.state_file.empty() ? Result<std::string>() : read_file(options_.state_file);
  if (!bytes || bytes->empty()) return false;
  const std::string head = fmt::format("{} {} {:016x} ", kMark, CASTNER_VERSION, room.text);
  const std::string_view all(*bytes);
  if (all.starts_with(head) && all.size() > head.size() + 17 && all[head.size() + 16] == '\n') {
    std::string_view body = all.substr(head.size() + 17);
    const bool whole = all.substr(head.size(), 16) == fmt::format("{:016x}", checksum(body));
    // The number of the newest service record that the state has in it, then those of older ones that were not yet applied.
    std::vector<std::int64_t> ids;
    const std::string_view line = body.substr(0, body.find('\n'));
    for (const char* at = line.data(); whole && at < line.data() + line.size(); ++at) {
      std::int64_t id = 0;
      at = std::from_chars(at, line.data() + line.size(), id).ptr;
      ids.push_back(id);
    }
    if (!ids.empty() && room.watch.load(body.substr(line.size() + 1))) {
      std::erase_if(room.waiting, [&](const CellRenewal& r) {
        return r.id <= ids[0] && std::find(ids.begin() + 1, ids.end(), r.id) == ids.end();
      });
      return true;
    }
  }
  const std::string old = options_.state_file + ".old";
  std::error_code failed;
  std::filesystem::rename(options_.state_file, old, failed);
  log_event(LogLevel::warning, "cell_state_not_used",
            {{"file", options_.state_file}, {"kept_as", failed ? "" : old}, {"instead", "the history"}});
  return false;
}

/// Names the tags that no history has, once: nobody waits for them for ever.
void CellWatcher::look_for_missing(Room& room) {
  if (clock_.uptime() - room.since < kPatience) return;
  const bool said = !room.missing.empty();
  room.missing.clear();
  for (std::size_t t = 0; t < room.names.size(); ++t)
    if (!room.ids[t]) room.missing.push_back(room.names[t]);
  if (said || room.missing.empty()) return;
  const auto count = std::min<std::ptrdiff_t>(5, static_cast<std::ptrdiff_t>(room.missing.size()));
  log_event(LogLevel::warning, "cell_tags_unknown",
            {{"tags", std::to_string(room.missing.size())},
             {"first", fmt::format("{}", fmt::join(room.missing.begin(), room.missing.begin() + count, ", "))},
             {"do", "name them in cells.toml as the history does, or add the source that reads them"}});
}

/// A past that comes piece by piece is read in one go when it is whole: rows of which half the tags are still on their way would
/// make sick cells of sound ones.
bool CellWatcher::being_sent(Room& room, std::size_t electrolyser, Time newest) const {
  Room::Reading& r = room.reading[electrolyser];
  const auto now = clock_.uptime();
  const bool leapt =
      newest != Time::min() && (r.seen == Time::min() || newest - r.seen > now - r.seen_at + kPassedOver);
  r.quiet = leapt ? 0 : r.quiet + 1;
  r.seen = newest;
  r.seen_at = now;
  return r.quiet < options_.quiet;
}

/// Every reading between two times where they are few, else means. The end is what a look reads next.
void CellWatcher::catch_up(Room& room, std::size_t electrolyser, Time from, Time to, const std::stop_token& stop) {
  room.rows[electrolyser].rewind(from);
  const auto span = std::chrono::duration<double>(to - from).count();
  if (span * static_cast<double>(room.names.size()) < static_cast<double>(options_.learn_values))
    replay(room, electrolyser, from, to, stop);
  else
    learn(room, electrolyser, std::max(from, to - options_.learn_from), to, stop);
}

/// In the order of time.
void CellWatcher::replay(Room& room, std::size_t electrolyser, Time from, Time to, const std::stop_token& stop) {
  constexpr auto kAtOnce = std::chrono::minutes(5);
  const auto& names = room.reading[electrolyser].names;
  for (Time begin = from; begin < to && !stop.stop_requested(); begin += kAtOnce) {
    std::vector<Past> past;
    for (std::size_t t = 0; t < names.size(); ++t) {
      const auto& id = room.ids[names[t]];
      if (!id) continue;
      const auto read = store_.read({*id, begin, std::min(begin + kAtOnce, to)}, 100'000);
      if (!read) continue;
      for (const auto& r : *read)
        if (const double value = number_of(r); std::isfinite(value)) past.push_back({r.time, t, value});
    }
    room.take(electrolyser, past);
  }
}

/// Means of equal stretches of one to ten minutes, so many that it takes seconds; where even these are too many, the newest. A
/// stretch begins with the minute and its mean stands there, as a scanner's readings do: the same past tells the same at each start.
void CellWatcher::learn(Room& room, std::size_t electrolyser, Time from, Time to, const std::stop_token& stop) {
  constexpr auto kAtOnce = std::chrono::hours(6);
  const auto& names = room.reading[electrolyser].names;
  const double rows =
      std::max(100.0, static_cast<double>(options_.learn_values) / static_cast<double>(room.names.size()));
  const double least = std::chrono::duration<double>(to - from).count() / rows;
  const auto fits = std::find_if(kStretches.begin(), kStretches.end(), [&](int s) { return s >= least; });
  const std::chrono::nanoseconds stretch = std::chrono::seconds(fits == kStretches.end() ? kStretches.back() : *fits);
  const auto begin_of = [&](Time t) { return t - t.time_since_epoch() % stretch; };
  const Time end = begin_of(to);
  for (Time part = std::max(begin_of(from), end - stretch * static_cast<std::int64_t>(rows));
       part < end && !stop.stop_requested(); part += kAtOnce) {
    std::vector<Past> past;
    for (std::size_t t = 0; t < names.size(); ++t) {
      const auto& id = room.ids[names[t]];
      if (!id) continue;
      const auto buckets = store_.aggregate({*id, part, std::min<Time>(part + kAtOnce, end)}, stretch);
      if (!buckets) continue;
      for (const auto& b : *buckets)
        if (b.usable > 0) past.push_back({b.from, t, b.mean});
    }
    room.take(electrolyser, past);
  }
  room.rows[electrolyser].finish();
  replay(room, electrolyser, std::max(end, from), to, stop);
}

void CellWatcher::look(Room& room, const std::stop_token& stop) {
  std::vector<historian::TagId> ids;
  std::vector<std::size_t> tags;
  for (std::size_t t = 0; t < room.ids.size(); ++t)
    if (room.ids[t]) ids.push_back(*room.ids[t]), tags.push_back(t);
  const auto read = store_.latest(ids);
  if (!read) return;  // the store says so itself
  std::vector<std::optional<std::pair<Time, double>>> newest(room.names.size());
  for (std::size_t k = 0; k < tags.size(); ++k)
    if (const auto& r = (*read)[k])
      if (const double value = number_of(*r); std::isfinite(value)) newest[tags[k]] = {r->time, value};
  for (std::size_t e = 0; e < room.rows.size() && !stop.stop_requested(); ++e) {
    const auto& awaited = room.rows[e].tags();
    const auto& names = room.reading[e].names;
    Time last = Time::min();
    for (std::size_t t = 0; t < names.size(); ++t)
      if (awaited[t].cell >= 0 && newest[names[t]]) last = std::max(last, newest[names[t]]->first);
    const Time read_to = room.reading[e].read_to;
    const bool sent = being_sent(room, e, last);
    // The last seconds are left to the look, which takes them tag by tag.
    if (!sent && last > Time::min() + options_.learn_from && (read_to == Time::min() || last - read_to > kPassedOver))
      catch_up(room, e, read_to == Time::min() ? last - options_.learn_from : read_to, last, stop);
    for (std::size_t t = 0; t < names.size(); ++t)
      if (const auto& r = newest[names[t]]; r && !(sent && awaited[t].cell >= 0)) room.take(e, t, r->first, r->second);
  }
}

void CellWatcher::publish(Room& room) {
  auto next = std::make_shared<LiveCells>();
  next->at = clock_.now();
  next->file = room.file;
  next->conversions = room.conversions;
  next->missing = room.missing;
  next->answer = room.watch.answer(clock_.now());
  next->voltages = room.voltages;
  for (const auto& [name, place] : room.cells) {
    const auto& r = room.reading[place.electrolyser];
    const std::size_t i = r.first_cell + static_cast<std::size_t>(place.cell);
    const double patience = std::max(600.0, 3.5 * room.watch.watch(place.electrolyser).row_seconds());
    if (r.read_to != Time::min() && room.read[i] < r.read_to && room.read[i] != Time::min() &&
        std::chrono::duration<double>(r.read_to - room.read[i]).count() > patience)
      next->voltages[i] = kNoReading;
  }
  next->learning = !room.watch.settled() && (room.missing.empty() || room.can_learn());
  const std::lock_guard lock(state_mutex_);
  live_ = std::move(next);
}

void CellWatcher::save(Room& room) {
  if (options_.state_file.empty() || !room.watch.time()) return;
  std::string bytes = room.watch.save(), ids = std::to_string(room.entered);
  for (const CellRenewal& r : room.waiting) ids += fmt::format(" {}", r.id);
  bytes.insert(0, ids + "\n");
  bytes.insert(0, fmt::format("{} {} {:016x} {:016x}\n", kMark, CASTNER_VERSION, room.text, checksum(bytes)));
  const auto done = write_file(options_.state_file, bytes);
  if (!done) log_event(LogLevel::warning, "cell_state_not_kept", {{"why", done.error().first()}});
}

/// Once an hour, each cell's standard voltage and excess power, so that a page can go back in time.
void CellWatcher::keep_hour(Room& room) {
  const auto newest = room.watch.time();
  if (!newest) return;
  const std::int64_t hour = std::chrono::floor<std::chrono::hours>(*newest).time_since_epoch().count();
  if (hour == room.hour) return;
  const bool first = room.hour == 0;
  room.hour = hour;
  if (first) return;  // the hour that has begun is kept when it is over
  const auto live = this->live();
  if (!live) return;
  std::vector<historian::TagName> names;
  std::vector<std::string> texts;
  std::vector<double> values;
  for (const auto& c : live->answer.cells)
    for (const auto& [what, value] : {std::pair("standard_voltage", c.watch.standard_voltage.value),
                                      std::pair("excess_power", c.watch.excess_power.value)})
      if (std::isfinite(value)) texts.push_back(cell_tag(c.name, what)), values.push_back(value);
  for (std::size_t i = 0; i < texts.size(); ++i) names.push_back({texts[i], texts[i].ends_with("voltage") ? "V" : "W"});
  const auto ids = store_.define_all(names);
  if (!ids) return;
  const Time time = std::chrono::floor<std::chrono::hours>(*newest),
             arrival = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
  std::vector<historian::TaggedReading> readings;
  for (std::size_t i = 0; i < values.size(); ++i)
    readings.push_back({(*ids)[i], {.time = time, .value = values[i], .arrival = arrival}});
  (void)store_.append(readings);
}

}  // namespace castner::service
