// SPDX-License-Identifier: Apache-2.0
/// The voltages of an electrolyser's cells scan by scan, with what else is known of it at that time.
#pragma once

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "castner/cell_room/quantities.h"
#include "castner/readings/sample.h"

namespace castner::cell_room {

inline bool is_reading(const readings::Sample& s) {
  return s.quality != readings::Quality::bad && std::isfinite(s.value);
}

/// The samples of one tag, in the unit of its column. They belong to the table, which must outlive this.
struct TagSamples {
  std::span<const readings::Sample> samples;  ///< ascending in time
  ToSi to_si;
};

/// A quantity of the electrolyser: constant, or read by a tag now and then and held in between.
struct KnownSamples {
  std::optional<double> constant;  ///< [SI]
  TagSamples tag;
  std::chrono::nanoseconds held{};  ///< how old a reading may be that is still believed
  bool ends_when_bad = false;       ///< a bad reading ends the one before it
};

/// What a table holds of one electrolyser.
struct ElectrolyserData {
  std::vector<TagSamples> cells;  ///< in series, cell 1 first; a cell that is nowhere read has no samples
  std::array<KnownSamples, kRoomQuantities> known;
  std::chrono::nanoseconds scan{};  ///< from one reading of a cell to its next, usually
};

/// One scan. Good and uncertain readings count as read, bad ones do not.
struct CellRow {
  Time time;                                    ///< of its last voltage
  double spread = 0.0;                          ///< [s] between its first voltage and its last
  std::array<double, kRoomQuantities> known{};  ///< [SI], the newest not after `time`; NaN where none is believed
  std::span<const double> voltages;  ///< [V], one for each cell; NaN where none was read. Valid until the next row
  double of(RoomQuantity q) const { return known[at(q)]; }
};

/// Goes through the rows of one electrolyser in the order of time, forward only. In a wide table each row of it is one; in a long one the
/// voltages of a scan are, though stamped seconds apart.
class CellRows {
 public:
  explicit CellRows(const ElectrolyserData&);
  /// Goes to the next row; false after the last. Only times at which a voltage was read make a row.
  bool next();
  const CellRow& row() const { return row_; }

 private:
  struct Cursor {
    const readings::Sample* at;
    const readings::Sample* end;
    ToSi to_si;
  };
  Time end_of_scan(Time first);
  Time before_pause(Time end);
  double known_at(std::size_t k);

  const ElectrolyserData& data_;
  std::vector<Cursor> cells_;
  std::array<Cursor, kRoomQuantities> known_;
  std::array<const readings::Sample*, kRoomQuantities> newest_{};  ///< the newest that was read
  std::array<bool, kRoomQuantities> bad_{};                        ///< a bad one came after it
  std::vector<Time> times_;
  std::vector<std::chrono::nanoseconds> gaps_;
  std::vector<double> voltages_;
  CellRow row_;
};

}  // namespace castner::cell_room
