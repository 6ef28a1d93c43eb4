// SPDX-License-Identifier: Apache-2.0
/// When units of a plant were switched off and on, as a table of samples shows it.
#pragma once

#include <optional>
#include <vector>

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
  /// Both must outlive this. @param columns  those that are measurements of the plant
  IdleWatch(const plant::Plant&, const tables::Table&, const std::vector<Column>& columns);

  struct Look {
    std::vector<plant::IdleWord> words;  ///< shape (plant.units): by key and by tag
    std::vector<int> switched;           ///< of plant.units: stopped or started within
  };
  Look look(Time from, Time to) const;
  /// The first sample after the last switch of any unit within.
  std::optional<Time> last_switch(Time from, Time to) const;

 private:
  /// A series that shows whether a unit is idle.
  struct Sight {
    std::size_t unit = 0, series = 0;
    std::optional<Column> column;  ///< of a measurement
    bool by_tag = false;
    double limit = 0.0;  ///< [SI], where not by tag
  };
  bool idle_at(const Sight&, double sample) const;
  std::span<const readings::Sample> samples(const Sight&, Time from, Time to) const;

  const plant::Plant& plant_;
  const tables::Table& table_;
  std::vector<Sight> sights_;
};

}  // namespace castner::assess
