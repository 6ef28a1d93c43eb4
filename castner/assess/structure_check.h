// SPDX-License-Identifier: Apache-2.0
/// Checks of a plant file before any data: whether it can be simulated, which quantities its instruments can check or cannot
/// see, and which instrument would help most.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "castner/assess/assessment.h"
#include "castner/plant/plant.h"
#include "castner/solve/diagnose.h"
#include "castner/solve/reconcile.h"

namespace castner::assess {

/// A suggested instrument (or a second one beside another), and its benefit.
struct Suggestion {
  std::string of;                        ///< path to measure
  std::string unit;                      ///< SI
  bool second = false;                   ///< the path is measured already
  double sd_assumed = 0.0;               ///< [SI] assumed accuracy: of the instrument beside it, or typical of its kind
  std::vector<std::string> makes_known;  ///< indicators that can be told with it and not without
  int makes_observable = 0;              ///< variables
  int makes_redundant = 0;               ///< readings that could then be checked
  double sharpens = 0.0;                 ///< mean share by which variances shrink, 0 to 1
};

struct StructureCheck {
  int variables = 0, equations = 0, parameters_held = 0, specifications = 0, measurements = 0;
  solve::Structure simulation;    ///< with parameters and specifications held
  std::vector<int> undetermined;  ///< variables that nothing determines in the state that is specified
  int missing = 0;                ///< specifications that it takes to determine them, but for streams without flow
  bool unsolved = false;          ///< the structure would allow a simulation, but none was found
  bool surplus_agrees = false;    ///< equations are too many, but follow from the others, as in a closed loop
  solve::Status reconciliation = solve::Status::converged;  ///< of the readings-free reconciliation below
  solve::Advice advice;                                     ///< why it failed
  int degrees_of_redundancy = 0;
  bool sizes_known = false;  ///< a simulation, or values or starts in the file, tell what the instruments read
  struct InstrumentClass {
    std::string tag, of;
    solve::Class kind;
    int variable = 0;
    double sd = 0.0;  ///< [SI]
    std::optional<double> smallest_seen =
        {};  ///< [SI] the smallest error that would be seen; none: nothing checks it, or !sizes_known
    bool hardly_checked = false;  ///< an error would be seen, but solve::hardly_checked
    double in_sds() const { return smallest_seen ? *smallest_seen / sd : std::numeric_limits<double>::infinity(); }
  };
  std::vector<InstrumentClass> instruments;
  std::vector<std::string> unobservable;  ///< paths
  std::vector<std::string> untold;        ///< paths of free parameters that nothing tells
  std::vector<Suggestion> suggestions;    ///< best first, at most 5
  /// The specifications determine every variable.
  bool solvable() const;
  /// Nothing contradicts: no over-determined part, and every reading and indicator can be used.
  bool passed() const;
};

[[nodiscard]] StructureCheck check_structure(const plant::Plant&);

}  // namespace castner::assess
