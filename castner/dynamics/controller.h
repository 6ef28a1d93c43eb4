// SPDX-License-Identifier: Apache-2.0
/// A controller of the control room: it moves one variable so that another stays at its set point.
#pragma once

#include <string>

#include "castner/plant/plant.h"
#include "castner/solve/integrate.h"

namespace castner::dynamics {

struct ControllerSettings {
  std::string name;        ///< "AC-2003"
  int holds = 0;           ///< flowsheet variable that has a set point
  int by = 0;              ///< the one that is moved
  double gain = 0.0;       ///< [unit of `by` / unit of `holds`], negative where more of it lowers the other
  double reset = 600;      ///< [s]
  bool with_load = false;  ///< moves its part that is known beforehand with the load: ratio control
};

/// The controller's own variables.
struct ControllerVariables {
  int set_point, bias, automatic, integral;
};

/// by = bias + automatic * gain * (set point - value) + integral;
/// d(integral)/dt = (automatic * gain * (set point - value) - (1 - automatic) * integral) / reset.
/// automatic is 1, and 0 while the operators hold the output by hand, which the integral then forgets.
/// Adds it to the plant's flowsheet, before the first use; its integral's rate joins `rates`.
ControllerVariables add_controller(plant::Plant&, const ControllerSettings&, std::vector<solve::Rate>& rates);

}  // namespace castner::dynamics
