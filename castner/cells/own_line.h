// SPDX-License-Identifier: Apache-2.0
/// How one cell differs from the middle cell of its electrolyser: by a + b (j - j_ref) + w.
///
/// What all cells have in common (current meter, temperature, strength, bus) is in the middle cell's voltage and cancels.
/// a [V] and b [V m2/kA] drift slowly, as cells age. w wanders about zero within hours, as flow and surroundings do:
/// an Ornstein-Uhlenbeck process, which keeps noise that lasts from being taken for knowledge, and whose estimate is the
/// deviation that a slow fault makes. Seen through means over some minutes.
#pragma once

#include "castner/cells/kalman.h"

namespace castner::cells {

/// How much healthy cells of one electrolyser scatter [V]; estimated from all of them together.
struct Scatter {
  double noise = 1e-3;                               ///< sd of one reading, about the mean of its block
  double block = 0.3e-3;                             ///< sd of a block's mean
  double wander = 1e-3;                              ///< sd of w
  static constexpr double kWanderTime = 4 * 3600.0;  ///< after which w is forgotten [s]; a guess
};

class OwnLine {
 public:
  /// Cells differ by some 30 mV and by some 10 mV for each kA/m2: guesses, wide ones.
  OwnLine() : line_({0.0, 0.0, 0.0}, {30e-3, 10e-3, 1e-3}) {}

  /// @param seconds  since the last call   @param wander  sd of this cell's w [V]
  void predict(double seconds, double wander);
  /// A block's mean deviation from the middle cell [V] at an excess of current density [kA/m2] over the reference.
  void measure(double excess, double deviation, double variance);

  double a() const { return line_[0]; }
  double b() const { return line_[1]; }
  double wander() const { return line_[2]; }
  double at(double excess) const { return line_.value({1.0, excess, 0.0}); }  ///< a + b excess
  double variance(double excess) const { return line_.variance({1.0, excess, 0.0}); }
  double variance_with_wander(double excess) const { return line_.variance({1.0, excess, 1.0}); }
  double variance_a() const { return line_.variance_of(0); }
  double variance_b() const { return line_.variance_of(1); }

  /// The middle cell has moved: the cell's distance to it is smaller by this much.
  void shift(double a, double b);
  /// All cells were moved together: how far each is from the middle now is less sure by this sd [V].
  void forget_some(double sd);
  /// Back to a line of earlier days, where the newer one was learned from something wrong.
  void return_to(double a, double b);

 private:
  Kalman<3> line_;
};

}  // namespace castner::cells
