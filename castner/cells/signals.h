// SPDX-License-Identifier: Apache-2.0
/// What belongs to the electrolyser as a whole, free of load: the leak of hydrogen, oxygen, chloride, brine for its current.
///
/// One cell at 4 % hydrogen moves the electrolyser's analyser by 0.027 %, and every load cut moves it more, since the same
/// leak then meets less chlorine. So what is kept is the flow y I, never y.
#pragma once

#include <array>
#include <deque>
#include <optional>

#include "castner/cells/figure.h"

namespace castner::cells {

/// The mean of one quantity in each ten minutes of the last days.
class Signal {
 public:
  template <class A>
  void archive(A& a) {
    a(parts_);
  }
  void add(double time, double value);
  /// Mean over a span of time and how well that is known, from the scatter of its parts; unknown where nothing was read.
  Figure mean(double from, double to) const;
  /// How its variance grows with time [1/s] by what it did until then: differences a day apart against six hours apart. 0
  /// where they tell of none, or where less than two days are kept.
  double drift(double to) const;
  Figure latest(double seconds) const;  ///< over the last seconds that were read
  double last() const { return parts_.empty() ? -1e300 : parts_.back().time; }  ///< middle of the newest part [s]
  /// Straight line through the last seconds: its value at the end and its slope [1/s].
  struct Line {
    Figure end, slope;
  };
  std::optional<Line> line(double seconds) const;

 private:
  static constexpr double kQuarter = 6 * 3600.0;  ///< [s]
  double spread_of_parts() const;
  static constexpr double kPart = 600.0;       ///< [s]
  static constexpr std::size_t kParts = 1000;  ///< a week
  struct Part {
    double time = 0.0;  ///< of its middle [s]
    float mean = 0.0f;
    int count = 0;
  };
  std::deque<Part> parts_;
};

/// One for each analysis; load-free.
struct Signals {
  Signal hydrogen;  ///< volume fraction * current [A]
  Signal oxygen;    ///< volume fraction [1]
  Signal chloride;  ///< mass fraction * current [A]
  Signal feed;      ///< brine flow / current
  template <class A>
  void archive(A& a) {
    a(hydrogen, oxygen, chloride, feed);
  }
};

}  // namespace castner::cells
