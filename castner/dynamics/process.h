// SPDX-License-Identifier: Apache-2.0
/// The plant through time: electrolysers with hold-ups, controllers, and all else in steady state with them.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "castner/dynamics/cell_dynamics.h"
#include "castner/dynamics/controller.h"
#include "castner/dynamics/course.h"
#include "castner/plant/plant.h"
#include "castner/solve/integrate.h"

namespace castner::dynamics {

struct ProcessSettings {
  CellHoldup holdup;
  std::vector<ControllerSettings> controllers;  ///< each takes over a specification: of what it holds
  std::vector<int> with_load;                   ///< specified variables that go with the load: currents, acid
};

class Process {
 public:
  /// Prepares; the plant's flowsheet was not used yet. Both must outlive this. The course is asked for later times too, so
  /// what is added to it acts from then on.
  Process(plant::Plant&, const ProcessSettings&, const Course&);
  ~Process();

  /// The steady state at a time of the course, where its time begins. [s]
  [[nodiscard]] solve::Report start(double at = 0.0);
  /// Advances to a time. [s]
  [[nodiscard]] solve::Report advance(double to);
  /// At this moment, after the course jumped: what the cells hold stays, all else follows at once.
  [[nodiscard]] solve::Report begin_again();

  double time() const;
  std::span<const double> x() const;  ///< [SI], shape (variables of the flowsheet)
  double value(int variable) const { return x()[static_cast<std::size_t>(variable)]; }
  long steps() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace castner::dynamics
