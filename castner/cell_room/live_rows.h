// SPDX-License-Identifier: Apache-2.0
/// Readings as they come, one by one, to rows of all cells of an electrolyser: the live twin of cell_rows.h.
///
/// A scanner reads one cell after the other and begins anew. A row ends when every cell that still speaks has been read, or
/// when a cell is read again: then the next scan has begun. What else is known is, as in a file, the newest not after the row;
/// voltages may come minutes later than it.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "castner/base/error.h"
#include "castner/cell_room/cell_file.h"
#include "castner/cell_room/cell_rows.h"

namespace castner::cell_room {

/// A tag that an electrolyser waits for: cell `cell` of it, or one of its quantities.
struct AwaitedTag {
  std::string name;
  int cell = -1;
  RoomQuantity quantity = RoomQuantity::current;
  ToSi to_si;
};

/// The tags of an electrolyser, its quantities first: of readings of one time a row finds these. @param unit_of  what else says in which unit a tag is, "" where nothing does
/// Problems: a unit that is none of the quantity; a current or a flow without one.
[[nodiscard]] Result<std::vector<AwaitedTag>> awaited_tags(
    const ElectrolyserEntry&, const std::function<std::string(const std::string&)>& unit_of);

class LiveRows {
 public:
  using Emit = std::function<void(const CellRow&)>;
  LiveRows(const ElectrolyserEntry&, std::vector<AwaitedTag>, Emit);

  const std::vector<AwaitedTag>& tags() const { return tags_; }
  /// @param tag  index in tags()   @param value  in the tag's unit; bad readings are NaN
  void take(std::size_t tag, Time, double value);
  /// Quantities read after this time are forgotten: they are read again, from the history.
  void rewind(Time);
  /// What was read of a scan that stays unfinished becomes a row: for the end of a replay.
  void finish();

 private:
  struct Held {
    std::deque<std::pair<Time, double>> newest;  ///< [SI], ascending in time; as far back as a row may ask
    double interval = 0.0;                       ///< [s]
    int count = 0;
  };
  void emit();

  std::vector<AwaitedTag> tags_;
  Emit emit_;
  std::array<std::optional<double>, kRoomQuantities> constants_;
  std::array<Held, kRoomQuantities> held_;
  std::vector<double> voltages_;
  std::vector<Time> read_;  ///< of each cell, its last reading
  std::vector<unsigned char> in_row_;
  std::size_t filled_ = 0, speaking_ = 0;
  Time first_, last_;  ///< of the row that is being filled
  Time emitted_ = Time::min();
  double scan_ = 0.0;  ///< from row to row [s]
};

}  // namespace castner::cell_room
