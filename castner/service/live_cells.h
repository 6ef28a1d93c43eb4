// SPDX-License-Identifier: Apache-2.0
/// Watches the cells of a running plant: once a second the newest readings of their tags become rows of the estimator.
///
///  1. watch: the tags of cells.toml are found in the store; the state is taken from its file where that is of the same
///     cells.toml, else the last days are read from the history.
///  2. What was read since is replayed, then the newest readings are asked for once a second. A reading between two looks is
///     passed over, the history has it; where minutes lie between those of an electrolyser's cells, as when a plant's past is sent
///     or an instrument's file comes now and then, they are read there.
///  3. Every few seconds a new immutable picture, every two minutes the state to its file, every hour each cell's standard
///     voltage and excess power into the history.
/// One thread of its own; it reads the store as pages do, and nobody waits for it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "castner/base/clock.h"
#include "castner/base/error.h"
#include "castner/cell_room/cell_file.h"
#include "castner/cell_room/room_watch.h"
#include "castner/historian/store.h"
#include "castner/sources/source.h"

namespace castner::service {

/// How readings become SI units.
struct CellConversions {
  std::vector<cell_room::ToSi> cells;                                          ///< in the order of LiveCells::voltages
  std::vector<std::array<cell_room::ToSi, cell_room::kRoomQuantities>> known;  ///< of each electrolyser
};

/// The newest picture of a cell room; never changed afterwards.
struct LiveCells {
  Time at;
  std::shared_ptr<const cell_room::CellRoomFile> file;  ///< of which it is
  std::shared_ptr<const CellConversions> conversions;
  bool learning = true;              ///< it has not seen a day at load yet
  std::vector<std::string> missing;  ///< tags of the file that are in no history though a minute has passed
  cell_room::RoomAnswer answer;
  std::vector<double>
      voltages;  ///< the last readings, in the order of answer.cells [V]; NaN where there is none, or none of late
};

/// Names of the tags that the server writes into the history, an hour's value each.
inline std::string cell_tag(const std::string& cell, const char* what) { return "cell:" + cell + "." + what; }

struct CellWatcherOptions {
  std::chrono::nanoseconds look{std::chrono::seconds(1)};
  std::chrono::nanoseconds publish{std::chrono::seconds(5)};
  std::chrono::nanoseconds save{std::chrono::minutes(2)};
  int quiet =
      5;  ///< looks without a leap of the newest reading, after which a past that is sent counts as whole; 0: at once
  std::chrono::nanoseconds learn_from{
      std::chrono::hours(24 * 31)};      ///< so much history is read where there is no state
  std::size_t learn_values = 4'000'000;  ///< and about so many readings of it
  std::string state_file;                ///< "": the state is not kept
};

/// A part of a cell that was renewed.
struct CellRenewal {
  std::string cell;  ///< "E1/017"
  cell_room::Part part = cell_room::Part::membrane;
  Time when;
  std::int64_t id = 0;  ///< of its record: grows with each that is entered
};

class CellWatcher {
 public:
  /// Store and clock must outlive this.
  CellWatcher(historian::Store&, Clock&, CellWatcherOptions);
  ~CellWatcher();  ///< keeps the state

  /// Watches this cell room from now on; none: no cells. Problems (a current without a unit): then nothing changes.
  /// @param text      of the cells.toml: a state that was kept is for it alone
  /// @param tags      of the server's file: which unit each tag's readings are in
  /// @param renewals  of all times
  [[nodiscard]] Result<void> watch(std::optional<cell_room::CellRoomFile>, const std::string& text,
                                   const std::vector<sources::TagSettings>& tags, std::vector<CellRenewal> renewals);

  /// The newest picture; null where no cell room is watched.
  std::shared_ptr<const LiveCells> live() const;
  /// The cell begins anew, as of then; waits for nobody. Problems: there is no such cell.
  [[nodiscard]] Result<void> renew(const CellRenewal&);
  /// Looks, judges and publishes now: for tests and for whoever has just changed something.
  std::shared_ptr<const LiveCells> look_now();
  void keep_hours_now();  ///< what run() does now and then, for tests

 private:
  struct Room;
  struct Past {
    Time time;
    std::size_t tag;  ///< of its electrolyser's rows
    double value;
  };
  void run(const std::stop_token&);
  bool begin(Room&, const std::stop_token&);
  bool load(Room&);
  bool being_sent(Room&, std::size_t electrolyser, Time newest) const;
  void look(Room&, const std::stop_token&);
  void catch_up(Room&, std::size_t electrolyser, Time from, Time to, const std::stop_token&);
  void replay(Room&, std::size_t electrolyser, Time from, Time to, const std::stop_token&);
  void learn(Room&, std::size_t electrolyser, Time from, Time to, const std::stop_token&);
  void renew_what_waits(Room&);
  void renew_until(Room&, std::size_t electrolyser, Time);
  double time_at_load(const Room&, std::size_t electrolyser, Time from, Time to) const;
  void look_for_missing(Room&);
  void publish(Room&);
  void save(Room&);
  void keep_hour(Room&);

  historian::Store& store_;
  Clock& clock_;
  const CellWatcherOptions options_;
  mutable std::mutex mutex_;  ///< guards room_; held while a look lasts
  std::unique_ptr<Room> room_;
  mutable std::mutex state_mutex_;  ///< guards what is below, for as long as it takes to copy it
  std::shared_ptr<const LiveCells> live_;
  std::vector<CellRenewal> entered_;  ///< which no look has seen yet
  std::jthread thread_;
};

}  // namespace castner::service
