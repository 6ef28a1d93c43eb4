// SPDX-License-Identifier: Apache-2.0
/// A cell has left its own level: what it does since, and the signs of it.
///
///  1. Points gather the deviation from the frozen line: each some minutes long, longer as the event grows old.
///  2. A second line through the points, a + b (j - j_ref) with both free to grow, gives the share that is ohmic.
///  3. How soon four fifths of the deviation were there is the speed; the last two fifths of the time give the growth.
///  4. What low currents, stops, the electrolyser's voltmeter and its analyses show is noted as it comes.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "castner/cells/diagnosis.h"
#include "castner/cells/own_line.h"
#include "castner/cells/signals.h"
#include "castner/cells/signs.h"

namespace castner::cells {

class Event {
 public:
  enum class Trigger { fast, slow, low_current, decay, level };
  struct Beginning {
    int cell = 0;
    Trigger trigger = Trigger::fast;
    double onset = 0.0, opened = 0.0;  ///< [s]
    OwnLine own;                       ///< as it was before the onset
    bool has_own = false;              ///< it was settled
    double wander = 0.0;               ///< own wandering at the onset, which fades [V]
    Scatter scatter;
    double row_seconds = 1.0;  ///< from row to row
    int cells = 1;             ///< of the electrolyser
    bool at_start = false;     ///< the onset lies in a stop or in the half hour after it
  };
  Event() = default;  ///< to be loaded into
  explicit Event(const Beginning&);
  template <class A>
  void archive(A& a) {
    a(begin_, points_, early_, latest_, voltage_, last_time_, last_deviation_, smooth_, peak_, mark_, grown_at_,
      rows_seen_, jumps_, last_jump_, low_, rest_, sum_, decay_, back_since_, partner_, exchanged_, distance_,
      hydrogen_, oxygen_, chloride_, feed_);
  }

  const Beginning& beginning() const { return begin_; }
  /// Line that the cell had, and what of its wandering is left [V], at an excess of current density [kA/m2].
  double own_voltage(double time, double excess) const;

  /// A reading at load. @param deviation  from own_voltage   @param voltage  of the cell itself [V]
  void add(double time, double excess, double deviation, double voltage);
  void add_low_current(Figure deviation) { low_ = deviation; }
  void add_decay(double below) {
    decay_ = decay_ ? std::min(*decay_, below) : below;
  }  ///< below the others [V]; negative
  void add_rest(double off, double sd) { rest_ = Figure{off, sd}; }
  /// What the electrolyser's voltmeter shows above the sum of its cells has moved by this since the onset [V].
  void add_sum(Figure moved) { sum_ = moved; }
  void set_partner(int cell, bool exchanged, double distance) {
    partner_ = cell, exchanged_ = exchanged, distance_ = distance;
  }
  int partner() const { return partner_; }
  void keep_signals_before(const Signals&);
  /// How the electrolyser's analyses have moved since then. What they do a day after the deviation has stopped growing is
  /// not this cell's.
  void follow_signals(double now, const Signals&);

  struct Seen {
    Signs signs;
    std::vector<Clue> evidence;
  };
  Seen look(double current) const;  ///< @param current  at which a leak's flow is told as a share [A]

  /// Deviation now, over the last minutes at load [V]; unknown where there was no load since the onset.
  Figure deviation() const;
  /// Deviation at a current density [kA/m2 above the reference] and how well it is known, from the second line.
  Figure deviation_at(double excess) const;
  Figure deviation_b() const;  ///< how it changes with load [V m2/kA]; unknown without two points
  int rows() const { return rows_seen_; }
  double share_of_rows()
      const;  ///< of its last eight rows, those that show the deviation: of single wild readings few do
  /// Told by what no sound cell does, whatever its level: at a low current, after a stop, or a voltage that none can have.
  bool by_itself() const { return begin_.trigger == Trigger::low_current || begin_.trigger == Trigger::decay; }
  std::optional<double> back_since() const { return back_since_; }  ///< at its own level without a break since then

 private:
  struct Point {
    double time;
    float excess, deviation, seconds;
    int rows;
  };
  struct Line {
    Kalman<3> line;
    bool known = false;
  };
  Line second_line() const;
  double mean_over(double from, double to, const Line&) const;
  std::optional<int> speed(const Line&) const;
  std::optional<int> growth(const Line&, double* slope) const;
  double point_seconds(double time) const;

  Beginning begin_;
  std::vector<Point> points_;
  struct Early {
    double time;
    float excess, deviation;
  };
  double at_reference(double excess, double deviation, const Line&) const;
  std::vector<Early> early_;       ///< the first rows one by one
  std::array<float, 8> latest_{};  ///< deviations of the last rows [V]
  double voltage_ = 0.0, last_time_ = 0.0, last_deviation_ = 0.0;
  double smooth_ = 0.0, peak_ = 0.0;    ///< deviation over the last minutes, and the largest that it was [V]
  double mark_ = 0.0, grown_at_ = 0.0;  ///< the largest when it last grew by a tenth [V], and when that was [s]
  int rows_seen_ = 0, jumps_ = 0, last_jump_ = 0;
  std::optional<Figure> low_, rest_, sum_;
  std::optional<double> decay_, back_since_;
  int partner_ = -1;
  bool exchanged_ = false;
  double distance_ = 0.0;
  struct Analysis {
    Figure before, change;  ///< before the onset, and by how much it has moved since
    double drift = 0.0;     ///< before the onset, Signal::drift
    template <class A>
    void archive(A& a) {
      a(before, change, drift);
    }
  };
  Analysis hydrogen_, oxygen_, chloride_, feed_;
};

}  // namespace castner::cells
