// SPDX-License-Identifier: Apache-2.0
/// The inputs of the plant over time: its load, stops and changes of held variables; straight lines from bend to bend.
#pragma once

#include <limits>
#include <map>
#include <vector>

namespace castner::dynamics {

inline constexpr double kForever = std::numeric_limits<double>::infinity();

/// Something goes from 0 to 1 and perhaps back. Times are seconds of plant time since the start.
struct Spell {
  double at = 0.0;
  double until = kForever;
  double over = 1.0;  ///< how long each way takes (> 0): nothing jumps
  double share(double time) const;
  void add_bends(std::vector<double>& all) const;
};

/// Shares of full load at times, straight lines between, again and again.
struct LoadProfile {
  struct Point {
    double time, share;
  };
  std::vector<Point> points{{0.0, 1.0}};  ///< times ascending; before the first and after the last it stays
  double repeat = 0.0;                    ///< [s]; 0: never
  double at(double time) const;
  double next_bend(double time) const;
};

/// An electrolyser out of service: what its current and its brine have left, of what the load asks for.
struct Stop {
  int unit = 0;  ///< of plant.units
  Spell spell;
  double current = 0.01, brine = 0.3;
};

class Course {
 public:
  explicit Course(LoadProfile profile = {}) : profile_(std::move(profile)) {}

  /// The operators take the load to `share` for a spell.
  void add_load(const Spell&, double share);
  void add_stop(const Stop&);
  /// A held variable is moved by `size` [SI] for a spell.
  void add_change(int variable, const Spell&, double size);
  /// A held variable moves steadily. [SI/s]
  void add_drift(int variable, double rate) { drifts_.push_back({variable, rate}); }

  /// A held variable is moved by `size` [SI] from now on, whatever was said of it here before: what is only known as time goes on. It may
  /// jump, so the process begins again: Process::begin_again().
  void set_offset(int variable, double size);

  double load(double time) const;
  /// How far a unit is out of service, 0 to 1, and what a stop leaves of its current and of its brine.
  double stopped(int unit, double time) const;
  double current_left(int unit, double time) const;
  double brine_left(int unit, double time) const;
  double change(int variable, double time) const;
  double next_bend(double time) const;

 private:
  struct Load {
    Spell spell;
    double share;
  };
  struct Change {
    int variable;
    Spell spell;
    double size;
  };
  struct Drift {
    int variable;
    double rate;
  };
  LoadProfile profile_;
  std::vector<Load> loads_;
  std::vector<Stop> stops_;
  std::vector<Change> changes_;
  std::vector<Drift> drifts_;
  std::map<int, double> offsets_;
  std::vector<double> bends_;  ///< ascending
};

}  // namespace castner::dynamics
