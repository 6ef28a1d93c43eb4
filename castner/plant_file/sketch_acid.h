// SPDX-License-Identifier: Apache-2.0
/// What headers add to brine and caustic: acid and water. A plant file counts acid by its HCl, as 100 %; plants meter the acid as it flows.
#pragma once

#include <string>
#include <vector>

#include "castner/plant/model.h"
#include "castner/plant_file/sketch.h"

namespace castner::plant_file {

inline constexpr const char* kAcid = "hydrogen_chloride";  ///< contents

/// The model of which `model == mixer_model()` is asked.
const plant::ModelInfo* mixer_model();

/// kAcid or "water", by what somebody picked for the pipe or by the tags of its flow meters; "" of any other.
std::string additive_in(const Sketch&, const Sketch::Pipe&);

/// What a plant file says of acid beside its pipes.
struct AcidTables {
  std::string text;                      ///< [[variable]] and [[equation]] that join what is metered to the HCl
  std::vector<Sketch::Assumed> assumed;  ///< strengths that no meter tells
  std::vector<MeterNote> notes;
};

/// Turns the meters on pipes of acid to what the plant file has of them; those of which it has nothing are taken out, as are all of acid
/// that joins anything but brine on its way to electrolysers.
/// @param sketch  with its contents said
AcidTables take_acid(Sketch& sketch);

}  // namespace castner::plant_file
