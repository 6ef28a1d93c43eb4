// SPDX-License-Identifier: Apache-2.0
/// Answers as JSON, one document each, with exactly the keys that users' scripts rely on (docs/formats/json.md).
#pragma once

#include <string>

#include "castner/assess/simulation.h"
#include "castner/assess/structure_check.h"
#include "castner/insight/finding.h"
#include "castner/plant/plant.h"
#include "castner/words/text.h"

namespace castner::report {

/// Numbers are SI beside their unit; what is unknown is null. Where the status is not `converged` every value is null.
/// Each document ends with a newline.
std::string reconcile_json(const plant::Plant&, const assess::State&, bool robust = false);

/// @param indicators  of the solution; may be empty
std::string simulate_json(const plant::Plant&, const assess::PlantSimulation&);

/// Titles and evidence are sentences in `language`; all else is language-free.
std::string assess_json(const plant::Plant&, const insight::Judged&, words::Language language = words::Language::en);

/// What a plant file can tell before any data.
std::string check_json(const plant::Plant&, const assess::StructureCheck&);

/// Every unit model a plant file may name, with its ports and parameters; defaults are SI.
std::string models_json();

}  // namespace castner::report
