// SPDX-License-Identifier: Apache-2.0
//  1. watch: who waits for which tag; the same cells.toml read again changes nothing.
//  2. begin: the state from its file, whose first line has version and checksums, and then every reading since; a file that does
//     not fit is left whole, and the last week is learned from means.
//  3. look: the newest reading of every tag, what is common first; LiveRows makes rows of them.
//  4. publish, save, keep_hour: the picture, the state, an hour's values into the history.
#include "castner/service/live_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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
constexpr const char* kMark = "castner-cells 1";

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

/// Time of the newest of these readings that is a number.
Time newest_of(const std::vector<std::optional<readings::Reading>>& all) {
  Time last = Time::min();
  for (const auto& r : all)
    if (r && std::isfinite(number_of(*r))) last = std::max(last, r->time);
  return last;
}

}  // namespace

struct CellWatcher::Room {
  Room(const cell_room::CellRoomFile& f, std::uint64_t of_text) : watch(f), text(of_text) {}
  cell_room::RoomWatch watch;
  std::uint64_t text;  ///< checksum of the cells.toml
  std::vector<CellRenewal> renewals;
  std::vector<cell_room::LiveRows> rows;  ///< of each electrolyser
  struct Asked {
    std::size_t electrolyser, tag;
  };
  std::vector<std::string> names;        ///< of all tags, each once
  std::vector<std::vector<Asked>> asks;  ///< who waits for it
  std::vector<std::optional<historian::TagId>> ids;
  std::vector<Time> newest;             ///< of each tag, what was taken
  std::vector<double> voltages;         ///< last of each cell [V]
  std::vector<std::size_t> first_cell;  ///< of each electrolyser, in voltages
  bool began = false;
  Time read_to = Time::min();                              ///< by the readings' time
  Time seen = Time::min();                                 ///< newest reading at the last look
  std::chrono::nanoseconds seen_at{0};                     ///< uptime
  int quiet = 0;                                           ///< looks since that one leapt
  std::chrono::nanoseconds next_publish{0}, next_save{0};  ///< uptime
  std::int64_t hour = 0;                                   ///< last that was kept in the history

  void take(std::size_t tag, Time time, double value) {
    if (time <= newest[tag]) return;
    newest[tag] = time;
    read_to = std::max(read_to, time);
    for (const Asked& a : asks[tag]) {
      rows[a.electrolyser].take(a.tag, time, value);
      const auto& awaited = rows[a.electrolyser].tags()[a.tag];
      if (awaited.cell >= 0)
        voltages[first_cell[a.electrolyser] + static_cast<std::size_t>(awaited.cell)] = awaited.to_si(value);
    }
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
    next = std::make_unique<Room>(*file, checksum(text));
    next->renewals = std::move(renewals);
    std::unordered_map<std::string, std::string> units;
    for (const auto& t : tags) units[t.name] = t.unit;
    const auto unit_of = [&](const std::string& tag) {
      const auto found = units.find(tag);
      return found == units.end() ? std::string() : found->second;
    };
    Error error;
    std::unordered_map<std::string, std::size_t> places;
    Room* room = next.get();
    for (std::size_t e = 0; e < file->electrolysers.size(); ++e) {
      next->first_cell.push_back(next->voltages.size());
      next->voltages.resize(next->voltages.size() + file->electrolysers[e].cells.size(), kNoReading);
      auto awaited = cell_room::awaited_tags(file->electrolysers[e], unit_of);
      if (!awaited) {
        error.problems.insert(error.problems.end(), awaited.error().problems.begin(), awaited.error().problems.end());
        continue;
      }
      for (std::size_t t = 0; t < awaited->size(); ++t) {
        const auto [place, fresh] = places.emplace((*awaited)[t].name, next->names.size());
        if (fresh) {
          next->names.push_back((*awaited)[t].name);
          next->asks.emplace_back();
        }
        next->asks[place->second].push_back({e, t});
      }
      next->rows.emplace_back(file->electrolysers[e], std::move(*awaited),
                              [room, e](const CellRow& row) { room->watch.step(e, row); });
    }
    if (!error.problems.empty()) return tl::unexpected(error);
    next->ids.resize(next->names.size());
    next->newest.assign(next->names.size(), Time::min());
  }
  const std::lock_guard lock(mutex_);
  if (room_ && next && room_->text == next->text) return {};  // read again, and the same: it goes on
  if (room_ && room_->began) save(*room_);
  room_ = std::move(next);
  if (room_) publish(*room_);  // of every cell that nothing is known of it yet
  const std::lock_guard state(state_mutex_);
  if (!room_) live_ = nullptr;
  file_ = file ? std::make_shared<cell_room::CellRoomFile>(std::move(*file)) : nullptr;
  return {};
}

std::shared_ptr<const LiveCells> CellWatcher::live() const {
  const std::lock_guard lock(state_mutex_);
  return live_;
}

std::shared_ptr<const cell_room::CellRoomFile> CellWatcher::file() const {
  const std::lock_guard lock(state_mutex_);
  return file_;
}

std::array<cell_room::ToSi, cell_room::kRoomQuantities> CellWatcher::conversions(std::size_t electrolyser) const {
  std::array<cell_room::ToSi, cell_room::kRoomQuantities> all{};
  const std::lock_guard lock(mutex_);
  if (!room_ || electrolyser >= room_->rows.size()) return all;
  for (const auto& t : room_->rows[electrolyser].tags())
    all[cell_room::at(t.cell >= 0 ? cell_room::RoomQuantity::voltage : t.quantity)] = t.to_si;
  for (const auto& t : room_->rows[electrolyser].tags())
    if (t.cell >= 0) all[cell_room::at(cell_room::RoomQuantity::voltage)] = t.to_si;
  return all;
}

Result<void> CellWatcher::renew(const CellRenewal& r) {
  const std::lock_guard lock(mutex_);
  if (!room_ || !room_->watch.renew(r.cell, r.part, r.when))
    return bad_input("cell", "there is no cell " + r.cell, "name it as cells.toml does, \"E1/017\"");
  room_->renewals.push_back(r);
  if (room_->began) publish(*room_);
  return {};
}

std::shared_ptr<const LiveCells> CellWatcher::look_now() {
  const std::lock_guard lock(mutex_);
  if (room_ && begin(*room_, {})) {
    look(*room_);
    publish(*room_);
  }
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
      if (!begin(*room_, stop)) return;
      look(*room_);
      const auto now = clock_.uptime();
      if (now >= room_->next_publish) {
        room_->next_publish = now + options_.publish;
        publish(*room_);
        keep_hour(*room_);
      }
      if (now >= room_->next_save) {
        room_->next_save = now + options_.save;
        save(*room_);
      }
    });
  }
}

/// True once the tags are known to the store and what was known before is read.
bool CellWatcher::begin(Room& room, const std::stop_token& stop) {
  bool any = false;
  for (std::size_t t = 0; t < room.names.size(); ++t) {
    if (!room.ids[t])
      if (const auto tag = store_.find(room.names[t])) room.ids[t] = tag->id;
    any = any || room.ids[t].has_value();
  }
  if (room.began || !any) return room.began;
  std::vector<historian::TagId> known;
  for (const auto& id : room.ids)
    if (id) known.push_back(*id);
  if (const auto newest = store_.latest(known); !newest || being_sent(room, newest_of(*newest))) return false;
  room.began = true;
  room.next_save = clock_.uptime() + options_.save;
  bool kept = false;
  if (!options_.state_file.empty())
    if (const auto bytes = read_file(options_.state_file)) {
      const std::string head = fmt::format("{} {} {:016x} ", kMark, CASTNER_VERSION, room.text);
      const std::string_view all(*bytes);
      if (all.starts_with(head) && all.size() > head.size() + 17 && all[head.size() + 16] == '\n') {
        const std::string_view body = all.substr(head.size() + 17);
        if (all.substr(head.size(), 16) == fmt::format("{:016x}", checksum(body))) kept = room.watch.load(body);
      }
      if (!kept)
        log_event(LogLevel::warning, "cell_state_not_used",
                  {{"file", options_.state_file}, {"instead", "the history"}});
    }
  if (kept) {
    catch_up(room, *room.watch.time() - std::chrono::seconds(2), clock_.now(), stop);
  } else {
    catch_up(room, clock_.now() - options_.learn_from, clock_.now(), stop);
    for (const CellRenewal& r : room.renewals) (void)room.watch.renew(r.cell, r.part, r.when);
  }
  publish(room);
  return true;
}

/// A past that comes piece by piece is read in one go when it is whole: rows of which half the tags are still on their way would
/// make sick cells of sound ones.
bool CellWatcher::being_sent(Room& room, Time newest) const {
  const auto now = clock_.uptime();
  const bool leapt =
      newest != Time::min() && (room.seen == Time::min() || newest - room.seen > now - room.seen_at + kPassedOver);
  room.quiet = leapt ? 0 : room.quiet + 1;
  room.seen = newest;
  room.seen_at = now;
  return room.quiet < options_.quiet;
}

/// Every reading between two times where they are few, else means. The end is what a look reads next.
void CellWatcher::catch_up(Room& room, Time from, Time to, const std::stop_token& stop) {
  const auto span = std::chrono::duration<double>(to - from).count();
  if (span * static_cast<double>(room.names.size()) < static_cast<double>(options_.learn_values))
    replay(room, from, to, stop);
  else
    learn(room, std::max(from, to - options_.learn_from), to, stop);
}

/// In the order of time.
void CellWatcher::replay(Room& room, Time from, Time to, const std::stop_token& stop) {
  constexpr auto kAtOnce = std::chrono::minutes(5);
  for (Time begin = from; begin < to && !stop.stop_requested(); begin += kAtOnce) {
    std::vector<Past> past;
    for (std::size_t t = 0; t < room.names.size(); ++t) {
      if (!room.ids[t]) continue;
      const auto read = store_.read({*room.ids[t], begin, std::min(begin + kAtOnce, to)}, 100'000);
      if (!read) continue;
      for (const auto& r : *read)
        if (const double value = number_of(r); std::isfinite(value)) past.push_back({r.time, t, value});
    }
    take(room, past);
  }
}

/// Means of equal stretches of one to ten minutes, so many that it takes seconds; where even these are too many, the newest.
void CellWatcher::learn(Room& room, Time from, Time to, const std::stop_token& stop) {
  constexpr auto kAtOnce = std::chrono::hours(6);
  const double rows =
      std::max(100.0, static_cast<double>(options_.learn_values) / static_cast<double>(room.names.size()));
  const auto stretch = std::clamp(std::chrono::duration_cast<std::chrono::seconds>((to - from) / rows),
                                  std::chrono::seconds(60), std::chrono::seconds(600));
  for (Time part = std::max(from, to - stretch * static_cast<std::int64_t>(rows)); part < to && !stop.stop_requested();
       part += kAtOnce) {
    std::vector<Past> past;
    for (std::size_t t = 0; t < room.names.size(); ++t) {
      if (!room.ids[t]) continue;
      const auto buckets = store_.aggregate({*room.ids[t], part, std::min(part + kAtOnce, to)}, stretch);
      if (!buckets) continue;
      for (const auto& b : *buckets)
        if (b.usable > 0) past.push_back({b.from + (std::min<Time>(b.from + stretch, to) - b.from) / 2, t, b.mean});
    }
    take(room, past);
  }
  for (auto& r : room.rows) r.finish();
}

void CellWatcher::take(Room& room, std::vector<Past>& past) {
  std::sort(past.begin(), past.end(),
            [](const Past& a, const Past& b) { return std::tie(a.time, a.tag) < std::tie(b.time, b.tag); });
  for (const Past& p : past) room.take(p.tag, p.time, p.value);
}

void CellWatcher::look(Room& room) {
  std::vector<historian::TagId> ids;
  std::vector<std::size_t> tags;
  for (std::size_t t = 0; t < room.ids.size(); ++t)
    if (room.ids[t]) ids.push_back(*room.ids[t]), tags.push_back(t);
  const auto newest = store_.latest(ids);
  if (!newest) return;  // the store says so itself
  const Time last = newest_of(*newest);
  if (being_sent(room, last)) return;
  // The last seconds are left to the look, which takes them tag by tag.
  if (last > Time::min() + options_.learn_from && (room.read_to == Time::min() || last - room.read_to > kPassedOver))
    catch_up(room, room.read_to == Time::min() ? last - options_.learn_from : room.read_to, last, {});
  // What is common first, so that a row finds the current of its own time.
  for (const bool cells : {false, true})
    for (std::size_t k = 0; k < tags.size(); ++k) {
      const std::size_t t = tags[k];
      const bool of_cell = room.rows[room.asks[t][0].electrolyser].tags()[room.asks[t][0].tag].cell >= 0;
      if (of_cell != cells || !(*newest)[k]) continue;
      const double value = number_of(*(*newest)[k]);
      if (std::isfinite(value)) room.take(t, (*newest)[k]->time, value);
    }
}

void CellWatcher::publish(Room& room) {
  auto next = std::make_shared<LiveCells>();
  next->at = clock_.now();
  next->answer = room.watch.answer(clock_.now());
  next->voltages = room.voltages;
  next->learning = !room.watch.settled();
  const std::lock_guard lock(state_mutex_);
  live_ = std::move(next);
}

void CellWatcher::save(Room& room) {
  if (options_.state_file.empty() || !room.watch.time()) return;
  std::string bytes = room.watch.save();
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
