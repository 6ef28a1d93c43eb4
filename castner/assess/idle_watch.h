// SPDX-License-Identifier: Apache-2.0
/// When units of a plant were switched off and on, as a table of samples shows it.
///  1. A stretch of time is cut into ten pieces, or so few that each holds three samples; the median of each tag in each
///     piece makes one set of readings, so that a sample alone is a slip.
///     A piece without readings shows nothing.
///  2. From each set all readings together tell which units are idle, as anywhere (plant/idle_choice.h). Where as many speak for
///     running as for idle, a unit is what it was in the piece before; at first, what it then is.
///  3. A unit whose state changes once or twice was switched; one that changes more often works in cycles, and has one state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castner/assess/idle_course.h"
#include "castner/assess/state.h"
#include "castner/base/quantity.h"
#include "castner/plant/idle.h"
#include "castner/plant/plant.h"
#include "castner/readings/sample.h"
#include "castner/tables/table_reader.h"

namespace castner::assess {

/// A column of the data file and the measurement it belongs to.
struct Column {
  std::size_t series = 0, measurement = 0;
  Measure unit;
};

class IdleWatch {
 public:
  /// All must outlive this. @param columns  those that are measurements of the plant   @param end  what is later does not count
  IdleWatch(const plant::Plant&, const tables::Table&, const std::vector<Column>& columns, PlantReconciler&,
            Time end = Time::max());

  struct Look {
    std::vector<plant::IdleWord> words;  ///< shape (plant.units): by key and by tag
    std::vector<int> switched;           ///< of plant.units: stopped or started within
    std::optional<IdleCourse> course;    ///< none without any reading
  };
  Look look(Time from, Time to) const;
  /// The first sample after the last switch of any unit within.
  std::optional<Time> last_switch(Time from, Time to) const;
  /// What a column's instrument reads while its unit runs: the third largest of its readings. [SI]
  double at_load(std::size_t column) const { return at_load_[column]; }
  /// The median of a column within. [SI]
  std::optional<double> middle(std::size_t column, Time from, Time to) const;
  /// Whether a column repeats its 0 because the plant stands still: half of its other meters of flow, current and power, or
  /// more, show none either.
  bool rests(std::size_t column, Time from, Time to) const;
  /// A note for each unit of which the data lack the tag that should say whether it is idle.
  std::vector<std::string> notes() const;

 private:
  struct Piece {
    Time from, to;
    std::vector<char> idle, level;  ///< level: its readings do not decide, or are missing; shape (plant.units)
    std::vector<int> open;          ///< of plant.units: a balance may say otherwise
  };
  struct Pieces {
    std::optional<Piece> before;  ///< what begins between two windows is in neither
    std::vector<Piece> within;
  };
  Pieces pieces(Time from, Time to) const;
  std::optional<Piece> piece(Time from, Time to) const;  ///< none without any reading
  IdleCourse course(Pieces) const;
  std::size_t most_samples(Time from, Time to) const;
  /// The median of each tag within, in SI, and what it reads at load.
  std::vector<Measured> readings(Time from, Time to) const;
  std::span<const readings::Sample> samples(std::size_t series, Time from, Time to) const;
  std::vector<plant::IdleWord> words(Time from, Time to) const;
  bool held() const { return plant_.assess.between != Between::nothing; }
  Time switched_at(int unit, const Piece& before, const Piece& after) const;

  const plant::Plant& plant_;
  const tables::Table& table_;
  const std::vector<Column>& columns_;
  PlantReconciler& reconciler_;
  const Time end_;
  std::vector<double> at_load_;                        ///< shape (columns)
  std::vector<std::vector<std::size_t>> signs_;        ///< of each unit the columns that show whether it runs
  std::vector<std::optional<std::size_t>> says_idle_;  ///< of each unit the series that says whether it is idle
};

}  // namespace castner::assess
