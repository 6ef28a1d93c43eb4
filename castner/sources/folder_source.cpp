// SPDX-License-Identifier: Apache-2.0
// Reads tables from a folder; one thread looks every `scan`:
//  1. list: regular files that end in .csv, .tsv, .txt, .lvm or .xlsx; a link is refused as a file that cannot be read is. A folder that cannot be opened shows as down.
//  2. Files in the state file (taken_files.h) by size, time and inode were taken and are skipped.
//  3. A file whose size or time changed since the last look is left alone until it is unchanged for `settle`; the
//     oldest is taken first.
//  4. take: tables::read_table, then a reading for each sample of a column that a tag names, in the tag's unit.
//  5. The readings are handed over in pieces; a piece that is refused is tried again. Only when all are durable does
//     the file's stamp go into the state file, so that after a crash a file is read twice rather than not at all. What the
//     disk does not take of the state file is known in memory, and tried again at each look.
//  6. A file that cannot be read is moved to `bad_folder`, or recorded as taken, so that it is told once.
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "castner/base/file.h"
#include "castner/base/log.h"
#include "castner/base/quantity.h"
#include "castner/base/rfc3339.h"
#include "castner/base/suggest.h"
#include "castner/base/survive.h"
#include "castner/readings/time_zone.h"
#include "castner/sources/health_board.h"
#include "castner/sources/kinds.h"
#include "castner/sources/move_aside.h"
#include "castner/sources/scaled_reading.h"
#include "castner/sources/settings_check.h"
#include "castner/sources/taken_files.h"
#include "castner/tables/series_units.h"
#include "castner/tables/table_reader.h"
#include "castner/tables/unit_doubt.h"

namespace castner::sources {
namespace {

namespace fs = std::filesystem;
using readings::Quality;
using readings::Reading;
using readings::StatusCode;
using readings::TagReading;
/// A file whose own time lies outside these years was written by a clock that was never set.
constexpr Time kFirstOfAClock = std::chrono::sys_days(std::chrono::year(1990) / 1 / 1),
               kEndOfClocks = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);
using std::chrono::nanoseconds;
using std::chrono::seconds;

struct FolderPlan {
  tables::TableOptions table;
  nanoseconds settle{}, scan{};
  std::uint64_t most_bytes = 0;
  std::string state, bad_folder;
};

StatusCode status_of(Quality q) {
  return q == Quality::good ? StatusCode::good : q == Quality::uncertain ? StatusCode::uncertain : StatusCode::bad;
}

bool is_table(const std::string& name) {
  std::string end = fs::path(name).extension().string();
  std::transform(end.begin(), end.end(), end.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name.front() != '.' && name.front() != '~' &&
         (end == ".csv" || end == ".xlsx" || end == ".txt" || end == ".tsv" || end == ".lvm");
}

class FolderSource final : public Source {
 public:
  FolderSource(const SourceSettings& settings, Clock& clock, FolderPlan plan)
      : settings_(settings), clock_(clock), plan_(std::move(plan)), board_(settings, clock) {
    for (std::size_t k = 0; k < settings_.tags.size(); ++k) {
      const auto& tag = settings_.tags[k];
      by_column_[tag.address.empty() ? tag.name : tag.address] = k;
    }
  }
  void start(Deliver deliver) override {
    deliver_ = std::move(deliver);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  SourceHealth health() const override { return board_.health(); }

 private:
  static constexpr int kTries = 5;
  static constexpr int kLooksBetween = 60;
  struct Seen {
    FileStamp stamp;
    nanoseconds since{};  ///< uptime at which it was first seen like this
    int thrown = 0;       ///< times that it could not be taken for want of memory, say
  };

  void run(const std::stop_token& stop) {
    std::optional<TakenFiles> taken;
    do {
      const bool survived = survive(settings_.url, [&] {
        if (!taken) {
          auto opened = TakenFiles::open(plan_.state);
          if (opened)
            taken = std::move(*opened);
          else
            board_.disconnected(opened.error().first());
        }
        if (taken) look(*taken, stop);
      });
      if (!survived) (void)survive("saying so", [&] { board_.error(settings_.url + ": " + kSurvived); });
    } while (clock_.sleep_for(plan_.scan, stop));
  }

  void look(TakenFiles& taken, const std::stop_token& stop) {
    const auto present = list();
    if (!present) return;
    taken.keep_only(*present);
    if (taken.owes() && taken.try_again())
      log_event(LogLevel::info, "taken_files_written_down_again", {{"source", settings_.name}});
    std::erase_if(seen_, [&](const auto& s) { return !present->contains(s.first); });
    const auto now = clock_.uptime();
    // The oldest first, so that the newest reading of a tag is the last to arrive.
    std::vector<std::pair<std::int64_t, std::string>> ready;
    for (const auto& [name, stamp] : *present) {
      if (taken.has(name, stamp)) continue;
      auto [seen, fresh] = seen_.try_emplace(name, Seen{stamp, now});
      if (!(seen->second.stamp == stamp)) seen->second = {stamp, now};
      if (now - seen->second.since >= plan_.settle) ready.emplace_back(stamp.modified, name);
    }
    std::sort(ready.begin(), ready.end());
    for (const auto& [modified, name] : ready) {
      if (stop.stop_requested()) return;
      Seen& file = seen_.at(name);
      bool next = true;
      if (!survive(name, [&] { next = take(name, file.stamp, taken, stop); })) {
        // Memory may be there again in a while; a file that is too much for it would be tried for ever.
        const std::string why = name + ": " + kSurvived;
        file.since = clock_.uptime() + plan_.scan * kLooksBetween;
        if (++file.thrown < kTries)
          board_.error(why);
        else
          set_aside(name, file.stamp, taken, why);
      }
      if (!next) return;
    }
  }

  std::optional<std::map<std::string, FileStamp>> list() {
    std::error_code error;
    fs::directory_iterator entries(settings_.url, error);
    if (error) {
      board_.disconnected(settings_.url + ": " + error.message());
      return std::nullopt;
    }
    std::map<std::string, FileStamp> files;
    for (; entries != fs::directory_iterator() && !error; entries.increment(error)) {
      const std::string name = entries->path().filename().string();
      if (name.find('\n') != std::string::npos || !is_table(name)) continue;
      struct stat s {};
      if (lstat(entries->path().c_str(), &s) != 0 || !(S_ISREG(s.st_mode) || S_ISLNK(s.st_mode))) continue;
      // A count of nanoseconds ends in 2262; a file system's does not.
      const auto since_1970 = std::clamp<std::int64_t>(s.st_mtim.tv_sec, -9'000'000'000, 9'200'000'000);
      files[name] = {static_cast<std::uint64_t>(s.st_size),
                     since_1970 * std::int64_t{1'000'000'000} + s.st_mtim.tv_nsec, s.st_ino};
    }
    if (error) {  // a part of a folder would look as if the other files were gone
      board_.disconnected(settings_.url + ": " + error.message());
      return std::nullopt;
    }
    board_.connected();
    return files;
  }

  /// False: not taken now; the next look tries again.
  bool take(const std::string& name, const FileStamp& stamp, TakenFiles& taken, const std::stop_token& stop) {
    const std::string path = settings_.url + "/" + name;
    if (stamp.size > plan_.most_bytes)
      return set_aside(name, stamp, taken, name + ": larger than max_bytes = " + std::to_string(plan_.most_bytes));
    // A link leads out of the folder, to whatever the server may read.
    const auto bytes = read_own_file(path);
    if (!bytes && bytes.error().code == ErrorCode::bad_input) {
      const auto& why = bytes.error().problems.front();
      return set_aside(name, stamp, taken, name + ": " + why.what + "; " + why.cure);
    }
    if (!bytes) {
      board_.error(bytes.error().first());
      return true;  // the next file may do
    }
    const auto table = tables::read_table(*bytes, name, plan_.table);
    if (!table) return set_aside(name, stamp, taken, table.error().first());
    Newest newest;
    auto readings = readings_of(*table, stamp, name, newest);
    if (!readings) return set_aside(name, stamp, taken, readings.error());
    const std::size_t count = readings->size();
    Corrections corrected;
    if (!hand_over(std::move(*readings), corrected, stop)) return false;
    for (const auto& n : newest) board_.read(n.tag, n.time, n.count);
    auto notes = table->facts.notes;
    if (corrected.count > 0)
      notes.push_back(
          "readings that say otherwise than what was kept of their tag and time: " + std::to_string(corrected.count) +
          ", the first of " + in_quotes(corrected.tag) + " at " + rfc3339(corrected.time) + "; the later counts");
    say_taken(name, count, notes);
    mark(name, stamp, taken);
    return true;
  }

  /// What was assumed of a file, in the log and on the board, as `castner assess` says it under its answer.
  void say_taken(const std::string& name, std::size_t count, const std::vector<std::string>& notes) {
    std::string all;
    for (const auto& n : notes) all += (all.empty() ? "" : "; ") + n;
    log_event(LogLevel::info, "file_taken",
              {{"source", settings_.name}, {"file", name}, {"readings", std::to_string(count)}, {"assumed", all}});
    board_.assumed(notes.empty() ? "" : name + ": " + all);
  }

  void mark(const std::string& name, const FileStamp& stamp, TakenFiles& taken) {
    const bool first = !taken.owes();
    const auto done = taken.add(name, stamp);
    if (done) return;
    board_.error("a restart will take its files in again: " + done.error().first());
    if (first)
      log_event(LogLevel::warning, "taken_files_not_written_down",
                {{"source", settings_.name}, {"why", done.error().first()}});
  }

  bool set_aside(const std::string& name, const FileStamp& stamp, TakenFiles& taken, const std::string& why) {
    board_.rejected(1, why);
    log_event(LogLevel::warning, "file_refused", {{"source", settings_.name}, {"file", name}, {"error", why}});
    if (!plan_.bad_folder.empty()) {
      const auto moved = move_aside(settings_.url, name, plan_.bad_folder);
      if (moved) return true;
      board_.error(name + " could not be moved aside: " + moved.error().first());
    }
    mark(name, stamp, taken);
    return true;
  }

  /// What a file brought for one tag.
  struct Brought {
    std::size_t tag;
    Time time;  ///< of the newest
    std::uint64_t count;
  };
  using Newest = std::vector<Brought>;

  /// Scale and offset from the file's numbers to the tag's, converting units if both name one.
  template <class SeriesOrRow>
  tl::expected<std::pair<double, double>, std::string> to_tag(const SeriesOrRow& in, const TagSettings& tag) const {
    if (in.unit.empty() || tag.unit.empty() || (in.unit == tag.unit && !in.absolute))
      return std::pair(tag.scale, tag.offset);
    const auto from = parse_unit(in.unit), to = parse_unit(tag.unit);
    const std::string units =
        "its unit is " + (in.foreign.empty() ? "" : in.foreign + ", read as ") + in.unit + ", the tag's is " + tag.unit;
    if (!from || !to || !(from->dimension == to->dimension)) return tl::unexpected(units);
    if (const auto doubt = tables::unit_doubt(*from, in.absolute, *to, !in.foreign.empty()))
      return tl::unexpected(units + ": " + *doubt + "; " +
                            "correct the unit in the header, or give the tag the file's unit");
    const double zero = to->from_si(from->to_si(0.0)), one = to->from_si(from->to_si(1.0));
    return std::pair(tag.scale * (one - zero), tag.offset + tag.scale * zero);
  }

  tl::expected<std::vector<TagReading>, std::string> readings_of(const tables::Table& table, const FileStamp& stamp,
                                                                 const std::string& file, Newest& newest) const {
    std::vector<TagReading> all;
    const auto add = [&](std::size_t k, Time time, double value, Quality quality, std::pair<double, double> line) {
      const bool none = says_no_data(value, settings_.tags[k].no_data);
      all.push_back({settings_.tags[k].name, Reading{.time = time,
                                                     .value = scaled(value, line.first, line.second),
                                                     .status = none ? StatusCode::bad_no_data : status_of(quality)}});
    };
    std::set<std::string> given;
    for (const auto& series : table.series) given.insert(series.tag);
    const auto waited_for = [&](const std::string& tag) { return by_column_.contains(tag) && !given.contains(tag); };
    for (const auto& series : table.series) {
      auto tag = by_column_.find(series.tag);
      if (tag == by_column_.end()) {
        const auto unread = tables::unread_unit(series.tag, waited_for);
        if (!unread) continue;
        if (series.unit.empty())
          return tl::unexpected(file + ": column " + in_quotes(series.tag) + unread->why + "; " + unread->cure + "; " +
                                "or name the whole column: address = " + in_quotes(series.tag));
        tag = by_column_.find(unread->tag);
      }
      if (series.samples.empty()) continue;
      const auto line = to_tag(series, settings_.tags[tag->second]);
      if (!line) return tl::unexpected(file + ": " + in_quotes(series.tag) + ": " + line.error());
      for (const auto& s : series.samples) add(tag->second, s.time, s.value, s.quality, *line);
      newest.push_back({tag->second, series.samples.back().time, series.samples.size()});
    }
    // A snapshot has no times: its readings have the time at which the file was written.
    const Time written{nanoseconds(stamp.modified)};
    if (!table.snapshot.empty() && (written < kFirstOfAClock || written >= kEndOfClocks))
      return tl::unexpected(file + " is of " + rfc3339(written).substr(0, 4) +
                            " by its own time, which its readings would have: set the clock that wrote it");
    for (const auto& row : table.snapshot) {
      const auto tag = by_column_.find(row.tag);
      if (tag == by_column_.end()) continue;
      const auto line = to_tag(row, settings_.tags[tag->second]);
      if (!line) return tl::unexpected(file + ": " + in_quotes(row.tag) + ": " + line.error());
      add(tag->second, written, row.value, row.quality, *line);
      newest.push_back({tag->second, written, 1});
    }
    if (all.empty()) return tl::unexpected(file + ": holds none of the tags of this source");
    return all;
  }

  /// Corrections of all pieces of a file, told by the thread that keeps them.
  struct Found {
    void add(const Corrections& some) {
      const std::lock_guard lock(mutex);
      const auto count = sum.count + some.count;
      if (sum.count == 0) sum = some;
      sum.count = count;
    }
    Corrections all() {
      const std::lock_guard lock(mutex);
      return sum;
    }
    std::mutex mutex;
    Corrections sum;
  };

  /// Hands over in pieces, each as soon as the historian takes it; true once all of them are durable.
  /// @param corrected  what they changed of what was there
  bool hand_over(std::vector<TagReading> readings, Corrections& corrected, const std::stop_token& stop) {
    constexpr std::size_t kPiece = 10'000;
    const auto waiting = std::make_shared<std::atomic<std::size_t>>(0);
    const auto found = std::make_shared<Found>();
    for (std::size_t at = 0; at < readings.size();) {
      const std::size_t end = std::min(readings.size(), at + kPiece);
      const auto from = readings.begin() + static_cast<std::ptrdiff_t>(at);
      ++*waiting;
      if (deliver_({.readings = {from, from + static_cast<std::ptrdiff_t>(end - at)},
                    .durable = [waiting] { --*waiting; },
                    .corrected = [found](const Corrections& some) { found->add(some); },
                    .sent_again = true})) {
        at = end;
        continue;
      }
      --*waiting;
      if (!clock_.sleep_for(std::chrono::milliseconds(50), stop)) return false;
    }
    while (*waiting > 0)
      if (!clock_.sleep_for(std::chrono::milliseconds(10), stop)) break;
    corrected = found->all();
    return *waiting == 0;
  }

  const SourceSettings settings_;
  Clock& clock_;
  const FolderPlan plan_;
  HealthBoard board_;
  Deliver deliver_;
  std::map<std::string, std::size_t> by_column_;
  std::map<std::string, Seen> seen_;
  std::jthread thread_;  // last: it ends before what it uses
};

Result<std::unique_ptr<Source>> make_folder(const SourceSettings& settings, Clock& clock) {
  SettingsCheck check(settings);
  FolderPlan plan;
  if (settings.url.empty()) check.problem("no url", "write url = \"FOLDER\"");
  if (const auto zone = check.text("time_zone"); !zone.empty()) {
    plan.table.time_zone = zone;
    if (const auto known = readings::check_time_zone(zone); !known)
      check.problem(known.error().problems.front().what, known.error().problems.front().cure);
  }
  if (const auto sheet = check.text("sheet"); !sheet.empty()) plan.table.sheet = sheet;
  if (const auto mark = check.text("decimal"); mark == "point" || mark == "comma")
    plan.table.decimal = mark == "comma" ? ',' : '.';
  else if (!mark.empty())
    check.problem("decimal = " + in_quotes(mark) + " is no decimal mark", "write decimal = \"point\" or \"comma\"");
  const auto dates = check.text("dates");
  plan.table.dates = tables::date_order_named(dates);
  if (!dates.empty() && !plan.table.dates)
    check.problem("dates = " + in_quotes(dates) + " is no order of dates", "write dates = \"dmy\", \"mdy\" or \"ymd\"");
  for (const auto& tag : settings.tags) plan.table.units[tag.address.empty() ? tag.name : tag.address] = tag.unit;
  for (const NoData& n : settings.no_data)
    plan.table.no_data.push_back(std::visit([](auto number) { return static_cast<double>(number); }, n));
  plan.settle = check.time("settle", seconds(2));
  plan.scan = check.time("scan", seconds(1));
  plan.most_bytes = static_cast<std::uint64_t>(check.integer("max_bytes", 1, std::int64_t{1} << 32, 268'435'456));
  plan.state = check.text("state", settings.url + "/.castner-" + settings.name);
  plan.bad_folder = check.text("bad_folder");
  if (!plan.bad_folder.empty() && plan.bad_folder.front() != '/')
    plan.bad_folder = settings.url + "/" + plan.bad_folder;
  if (settings.name.find('/') != std::string::npos && !settings.options.contains("state"))
    check.problem("the name holds a /", "give the file that remembers what was taken in: state = \"PATH\"");
  std::set<std::string> columns;
  for (const auto& tag : settings.tags) {
    const auto& column = tag.address.empty() ? tag.name : tag.address;
    if (!columns.insert(column).second)
      check.problem(tag, "column " + in_quotes(column) + " stands twice", "a column is one tag; remove one of them");
    if (!tag.type.empty()) check.problem(tag, "type: a table's numbers need none", "remove it");
  }
  CASTNER_TRY(check.finish());
  return std::make_unique<FolderSource>(settings, clock, std::move(plan));
}

}  // namespace

/// Takes in the tables that people and programs drop into a folder: CSV and XLSX, as read_table reads them. url is the folder;
/// period is how often a file is expected. A tag's address is the name of its column or of its tag in the file, "" where that is
/// its own. Options: time_zone (for times without an offset), sheet (of a workbook), decimal ("point" or "comma", where numbers such
/// as 1.234 may mean thousands), dates ("dmy", "mdy" or "ymd", where dates such as 01/02/2026 may be read in several ways), settle ("2 s": unchanged for so long is complete), scan ("1 s"), max_bytes (268435456), state
/// (file; ".castner-NAME" in the folder), bad_folder (where files that cannot be read are moved; "": they stay, and are not read
/// again until they change).
SourceKind folder_source() { return {"folder", {"url", "state"}, make_folder}; }

}  // namespace castner::sources
