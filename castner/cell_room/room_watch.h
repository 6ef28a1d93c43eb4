// SPDX-License-Identifier: Apache-2.0
/// Watches every cell of a cell room and answers with names, times, money and what to exchange.
///
///   RoomWatch watch(file);
///   watch.read(data);                    // a data file's rows; a running server calls step() row by row
///   const RoomAnswer a = watch.answer();
///
/// The same for a file and live: an answer after a row uses nothing later.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/cell_room/cell_data.h"
#include "castner/cell_room/cell_file.h"
#include "castner/cell_room/cell_rows.h"
#include "castner/cells/watch.h"

namespace castner::cell_room {

/// To which a time is counted; indicative.
using cells::kHydrogenLimit;

struct CellLine {
  std::string name;                          ///< "E1/017"
  std::string tag;                           ///< of its voltage
  std::size_t electrolyser = 0, number = 0;  ///< number from 1
  cells::CellAnswer watch;                   ///< of an unseen cell the state alone
  cells::Figure cost_per_day;  ///< of its excess power, a day at load [currency/d]; unknown without a price
  cells::Figure
      above_best;  ///< its voltage above the best tenth of its electrolyser, in power [W]; sd: how much cells differ
  std::optional<double> age;           ///< of its membrane [d]
  std::optional<std::size_t> finding;  ///< the one that is open, in RoomAnswer::findings
};

struct CellFinding {
  std::string cell;                  ///< "E1/017"
  std::string tag, with;             ///< of its voltage; of the other cell of a pair
  std::size_t line = 0;              ///< in RoomAnswer::cells
  std::optional<std::size_t> other;  ///< the other cell of a pair, of which the same was told
  bool repeats = false;              ///< it is that other one: people are told once of a pair
  Time since, detected;
  std::optional<Time> ended;
  bool fresh = false;  ///< told within the last day
  cells::Diagnosis what;
  /// [currency/d]; of a fresh one, of what the cell stands above its own level now: the mean of its last day knows little of it.
  cells::Figure cost_per_day;
};

/// What befell an electrolyser's scanner, or many of its cells at once.
struct RoomNote {
  std::size_t electrolyser = 0;
  Time since, detected;
  std::optional<Time> ended;
  cells::RoomWide what;
  /// Its cells are not read.
  bool hangs() const {
    return (what.kind == cells::RoomWide::Kind::hangs || what.kind == cells::RoomWide::Kind::silent) && !ended;
  }
  /// People may be hurt while it lasts: live where it reads dead, hydrogen above kHydrogenLimit.
  bool endangers() const;
};

struct ElectrolyserLine {
  std::string name;
  int healthy = 0, suspect = 0, sick = 0, unseen = 0;
  cells::Figure standard_voltage;  ///< of its middle cell [V]
  cells::Figure ohmic, electrode;  ///< of its middle cell at the reference [V]
  cells::Figure
      excess_power;  ///< of its cells whose own level is known [W]; unknown where those are fewer than nine in ten
  cells::Figure hydrogen;  ///< in its chlorine [1]; unknown where it is not read
  std::optional<cells::Figure>
      hydrogen_time;                        ///< to kHydrogenLimit at the present current [s]; nullopt without a trend
  double current = 0.0;                     ///< the last that was read [A]
  std::optional<cells::MiddleCell> middle;  ///< nothing before the first ten minutes at load
};

enum class Part { membrane, anode_coating, cathode_coating };
std::string_view name_of(Part);
std::optional<Part> part_named(std::string_view);  ///< nullopt for none

/// One line of the exchange plan.
struct Exchange {
  std::size_t line = 0;  ///< in RoomAnswer::cells
  Part what = Part::membrane;
  enum class When { before_load, own_stop, next_stop, later } when = When::later;
  cells::Figure saving_per_day;  ///< [currency/d]; unknown without a price
  double price = 0.0;            ///< of the part, fitted [currency]; NaN where the file does not say
  double standstill =
      0.0;  ///< its share of the margin lost in a stop of its own with those beside it [currency]; NaN likewise
  cells::Figure payback;            ///< with that stop [d]; unknown where nothing is saved for sure
  cells::Figure payback_in_a_stop;  ///< in a stop that there is anyway [d]
};

struct RoomAnswer {
  std::string name, currency;
  ReferenceState reference;
  std::optional<Time> from, to;  ///< of the rows that were read
  long rows = 0;
  std::vector<CellLine> cells;                ///< electrolyser by electrolyser
  std::vector<CellFinding> findings;          ///< open ones first, worst first; those that repeat another last
  std::span<const CellFinding> told() const;  ///< without those that repeat another
  std::vector<RoomNote> notes;                ///< newest first
  const RoomNote* first_note() const;         ///< the gravest that lasts, or came within three days; null where none
  std::vector<ElectrolyserLine> electrolysers;
  std::vector<Exchange> exchanges;  ///< soonest paid back first
};

class RoomWatch {
 public:
  explicit RoomWatch(const CellRoomFile&);

  void step(std::size_t electrolyser, const CellRow&);
  /// All rows of a file, electrolyser by electrolyser.
  void read(const CellData&);
  /// A part of a cell was renewed at `when`. The cell begins anew unless that was before the first row or another part of it is
  /// newer; of a part that is newer itself nothing changes. False if there is no such cell.
  /// @param begins_anew  false: only the date, as where what is known of the cell is of the new part already
  bool renew(const std::string& cell, Part, Time when, bool begins_anew = true);

  /// @param now  of a running server: an electrolyser whose voltages have stopped coming is judged no longer. Of a file, its end.
  RoomAnswer answer(std::optional<Time> now = {}) const;
  /// All that is known, as bytes for the same file and program. False where they are not: then nothing changes.
  std::string save() const;
  [[nodiscard]] bool load(std::string_view bytes);
  std::optional<Time> time() const { return to_; }  ///< of the last row
  std::optional<Time> time(std::size_t electrolyser) const { return seen_[electrolyser]; }
  bool settled() const;  ///< some cell has a level of its own, of a day at load
  const CellRoomFile& file() const { return file_; }
  const cells::CellWatch& watch(std::size_t electrolyser) const { return watches_[electrolyser]; }

 private:
  std::vector<Installed> installed() const;
  void renew_by_date(std::size_t electrolyser, Time);

  CellRoomFile file_;
  std::vector<cells::CellWatch> watches_;
  std::vector<double> currents_;
  std::vector<std::optional<Time>> seen_;  ///< of each electrolyser, its last row
  std::optional<Time> from_, to_, ends_;   ///< of the rows; of all readings of a file
  long rows_ = 0;
};

}  // namespace castner::cell_room
