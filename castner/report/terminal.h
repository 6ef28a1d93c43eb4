// SPDX-License-Identifier: Apache-2.0
/// Answers as calm text for a terminal: first the answer, then numbers with their uncertainty, then what to do.
#pragma once

#include <string>

#include "castner/assess/simulation.h"
#include "castner/assess/structure_check.h"
#include "castner/insight/finding.h"
#include "castner/plant/plant.h"
#include "castner/report/compare.h"
#include "castner/words/text.h"

namespace castner::report {

struct TerminalOptions {
  words::Language language = words::Language::en;
  int columns = 96;       ///< held between 60 and 120
  bool colour = false;    ///< only where the output is a terminal
  std::string html_file;  ///< where the full report lies; empty where none was written
};

/// @param changes  what changed since an earlier answer; null where there is none
std::string assess_text(const plant::Plant&, const insight::Judged&, const TerminalOptions& = {},
                        const Comparison* changes = nullptr);
std::string reconcile_text(const plant::Plant&, const assess::State&, const TerminalOptions& = {});
std::string simulate_text(const plant::Plant&, const assess::PlantSimulation&, const TerminalOptions& = {});
std::string check_text(const plant::Plant&, const assess::StructureCheck&, const TerminalOptions& = {});
/// Every unit model a plant file may name, with its ports and parameters.
std::string models_text(const TerminalOptions& = {});

}  // namespace castner::report
