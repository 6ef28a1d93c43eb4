// SPDX-License-Identifier: Apache-2.0
/// What a CellWatch keeps:
///  1. CellMemory: one struct a cell, for what is met once in ten minutes.
///  2. Inside, the row: a few numbers a cell in columns, which the loop over rows meets.
///  3. Inside, time: modes, blocks, hours and days, and what all cells scatter.
///  4. Inside, a spell of low current or rest, and what contradicts itself.
#pragma once

#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <memory>
#include <vector>

#include "castner/cells/robust.h"
#include "castner/cells/watch.h"

namespace castner::cells {

inline constexpr double kBlock = 600.0;         ///< [s]
inline constexpr std::size_t kRecentRows = 24;  ///< rows whose deviations are kept, to find an onset
inline constexpr std::size_t kRecentHours = 72, kPowerHours = 24, kRecentDays = 16;

enum class Mode { load, passing, low, rest };

/// One cell; 0.6 kB with its columns, beside an open event.
struct CellMemory {
  CellMemory() { hours.fill(std::numeric_limits<float>::quiet_NaN()); }
  OwnLine own;
  float wander_factor = 1.0f;  ///< variance of its wandering, in that of all
  float low_usual = 0.0f;      ///< deviation at low currents, mean of earlier times [V]
  int low_times = 0;
  float load_hours = 0.0f;                  ///< in service, at load
  int blocks = 0;                           ///< that its line has learned from
  std::array<float, kRecentHours> hours{};  ///< deviation from a + b (j - j_ref), an hour's mean [V]; NaN where none
  std::array<float, kPowerHours> power{};   ///< power above own level, an hour's mean at load [W]
  int power_hours = 0;
  float hour_deviation = 0.0f, hour_power = 0.0f;
  int hour_blocks = 0;
  struct Day {
    float a = 0.0f, b = 0.0f;
  };
  std::array<Day, kRecentDays> days{};
  int day_count = 0;
  Cause tap = Cause::unknown;          ///< dead or stuck, as long as it lasts
  int tap_finding = -1, finding = -1;  ///< in findings; -1 none
  int last_finding = -1;               ///< the one that ended last
  int last_tap_finding = -1;           ///< of its instrument, the last that was told
  double renewed_at = -1e300;          ///< [s]
  std::unique_ptr<Event> event;
  template <class A>
  void archive(A& a) {
    a(own, wander_factor, low_usual, low_times, load_hours, blocks, hours, power, power_hours, hour_deviation,
      hour_power, hour_blocks, days, day_count, tap, tap_finding, finding, last_finding, last_tap_finding, renewed_at,
      event);
  }
  bool own_settled() const { return blocks > 0 && load_hours >= 2.0f; }
};

struct CellWatch::Inside {
  explicit Inside(const Settings&);

  Settings settings;
  std::size_t n;
  MiddleCell middle;
  Scatter scatter;
  Signals signals;
  OwnLine typical;  ///< of a cell that never misses a block: how well lines are known
  std::vector<CellMemory> cells;
  std::vector<Diagnosis> findings;
  std::vector<RoomWide> room_wide;

  // The row, and the columns that it meets.
  Scan row, before_row;  ///< of the one before, the analyses
  double excess = 0.0;   ///< current density above the reference [kA/m2]
  Mode mode = Mode::rest;
  double middle_voltage = 0.0, spread = 0.0;  ///< of this row [V]
  std::vector<float> level, slope;            ///< a + w and b of each cell as the rows use them
  std::vector<float> deviation;               ///< of this row [V]; NaN where there is none
  std::vector<float> sum, squares, up, down;  ///< of the block; the two one-sided sums of the fast test
  std::vector<int> count;
  std::vector<float> last;      ///< reading before
  std::vector<int> same;        ///< rows in which it has been the same
  std::vector<double> read_at;  ///< when it was read at load last [s]
  std::vector<double> same_since;
  std::vector<float> same_middle;     ///< the middle cell's voltage then [V]
  std::vector<unsigned char> stood;   ///< in this rest it was above 1.5 V
  std::vector<unsigned char> rises;   ///< at a low current, from minute to minute
  std::vector<unsigned char> fresh;   ///< begun anew: its line is known less well than the others'
  std::vector<unsigned char> usable;  ///< for the middle: no event, no dead or stuck instrument
  std::vector<float> scratch;
  struct Recent {
    double time = 0.0, excess = 0.0;
    float scale = 0.0f;
    std::vector<float> deviation;
    template <class A>
    void archive(A& a) {
      a(time, excess, scale, deviation);
    }
  };
  std::deque<Recent> recent;
  struct SumRow {
    double time = 0.0, above = 0.0, current = 0.0;
  };
  SumRow minute, minute_before;  ///< means
  double minute_end = 0.0,
         minute_square = 0.03 * 0.03;  ///< [s]; of a minute's mean about the next [V2], a guess at first
  int minute_rows = 0;
  std::deque<SumRow> sums;                  ///< the electrolyser's voltmeter above the sum of its cells
  Kalman<2> above{{0.0, 0.0}, {5.0, 5.0}};  ///< the same over days [V]: at the reference current, and for as much more
  double above_square = 0.05 * 0.05, above_weight = 1.0;
  double block_above = 0.0;
  int block_sums = 0, above_blocks = 0;

  bool temperature_read = false;  ///< in this row
  // Time.
  bool begun = false;
  double last_time = 0.0, last_load = 0.0, row_seconds = 1.0;
  long rows = 0;
  int other_rhythm = 0;                        ///< rows in a row that do not fit row_seconds
  float reading_step = 1.0f;                   ///< the smallest step of a cell's reading so far [V]
  double last_voltage = 0.0, volt_step = 1.0;  ///< the electrolyser's voltmeter, and its smallest step so far [V]
  double stays = 0.8;  ///< of the readings that were the same three times, the share that is so once more
  double same_by_chance(std::size_t i) const;  ///< logarithm of how rare it is that a sound reading stays so long
  // All readings repeat themselves: since when, how often in a row, at which current; and how long they usually do.
  double held_since = 0.0, held_excess = 0.0, usual_hold = 0.0;
  int held_rows = 0, holds = 0;
  bool hangs = false;
  /// Of current and cells.
  struct Contradiction {
    int rows = 0;
    double since = 0.0, voltage = 0.0;
    bool moves = false;
    template <class A>
    void archive(A& a) {
      a(rows, since, voltage, moves);
    }
  };
  Contradiction live, bypassed;
  double hydrogen_before = 0.0;  ///< its flow before it was told [A]
  int hydrogen_risen = 0;        ///< blocks in a row
  double stopped_at = -1e300, started_at = -1e300, mode_since = 0.0;
  double block_end = 0.0, block_excess = 0.0, block_least = 0.0, block_most = 0.0, block_middle = 0.0;
  double block_temperature = 0.0, block_caustic = 0.0, block_current = 0.0;
  int block_rows = 0, blocks = 0;
  bool thermometer = false;  ///< a temperature was ever read
  int block_temperatures = 0;
  double last_current = 0.0;  ///< of the last block at load [A]
  double last_block = 0.0, hour_end = 0.0, day_end = 0.0, hour_excess = 0.0;
  int hour_blocks = 0;
  double wander_square, wander_weight;  ///< pooled mean square of wandering and how much it rests on [h]
  double noise_square, noise_weight, block_square, block_weight;
  struct Hour {
    double time = 0.0;
    float excess = 0.0f;
  };
  std::array<Hour, kRecentHours> hour{};
  int hours = 0;
  double lines_spread = 0.0;                  ///< of the cells' own lines at the reference [V]
  double day_square = 0.0, day_weight = 0.0;  ///< mean square of healthy cells' mean deviation of a day [V2]
  std::array<double, kRecentDays> day{};
  int days = 0;
  // A spell of low current or of rest.
  std::vector<float> low_sum, low_below, low_before;  ///< the last is the reading of some time ago [V]
  double low_looked = 0.0;
  std::vector<int> low_count, impossible_rows, reversed_rows;
  std::vector<float> fallen;  ///< seconds of rest after which it was below 1.5 V; 0: it is not
  bool decay_seen = false;

  template <class A>
  void archive(A& a);

  void step(const Scan&);
  void renew(std::size_t cell);
  void follow_rhythm(double seconds);
  void set_mode();
  void leave(Mode);
  void load_row();
  void find_middle();
  void compare_sum();
  void deviate();
  bool scanner_hangs();
  RoomWide* lasting(RoomWide::Kind);  ///< the one that has not ended; null where there is none
  bool contradiction(RoomWide::Kind, double stands, bool so);
  bool live_without_current(double middle_cell);
  bool current_without_voltage();
  bool hydrogen_is_read() const;
  Figure hydrogen_now() const;
  void check_hydrogen();
  bool grave(std::size_t i) const;
  double rounding() const;
  void tell_room_wide(const RoomWide&);
  void check_moved_together();
  void take_from_here(std::size_t cell, float moved);
  void check_taps();
  void check_changes();
  void low_row();
  void rest_row();
  void close_block();
  void learn(double seconds);
  void pool(double seconds);
  void close_hour();
  void pool_days();
  void close_day();
  void check_slow();
  // watch_events.cpp
  void open(int cell, Event::Trigger, double onset);
  void open_fast(int cell);
  void open_slow(int cell);
  void close(int cell);
  void follow_events();
  void take_finding(int cell);
  void judge(int cell);
  void look_for_partner(int cell);
  void tell_tap(int cell, Cause, double since);
  void end_tap(int cell);
  Figure sum_moved(double onset) const;
  double leak_elsewhere(std::size_t cell) const;

  CellAnswer answer(int) const;
  double wander_of(const CellMemory& c) const {
    return scatter.wander * std::sqrt(static_cast<double>(c.wander_factor));
  }
  /// NaN where nothing was read, or what no instrument of a cell can show.
  float reading(std::size_t i) const {
    return std::abs(row.cells[i]) < 100.0 ? static_cast<float>(row.cells[i]) : std::numeric_limits<float>::quiet_NaN();
  }
};

}  // namespace castner::cells
