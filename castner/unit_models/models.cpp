// SPDX-License-Identifier: Apache-2.0
#include "castner/unit_models/models.h"

#include <algorithm>
#include <vector>

/// One line a model: NAME is defined in NAME.cpp as `plant::ModelInfo NAME()`.
#define CASTNER_MODELS(MODEL) \
  MODEL(node)                 \
  MODEL(mixer)                \
  MODEL(splitter)             \
  MODEL(heat_exchanger)       \
  MODEL(steam_heater)         \
  MODEL(flash_vessel)         \
  MODEL(gas_cooler)           \
  MODEL(rectifier)            \
  MODEL(electrolyser)         \
  MODEL(caustic_evaporator)

namespace castner::unit_models {

#define CASTNER_DECLARE(NAME) plant::ModelInfo NAME();
CASTNER_MODELS(CASTNER_DECLARE)
#undef CASTNER_DECLARE

std::span<const plant::ModelInfo> all_models() {
#define CASTNER_CALL(NAME) NAME(),
  static const std::vector<plant::ModelInfo> models{CASTNER_MODELS(CASTNER_CALL)};
#undef CASTNER_CALL
  return models;
}

const plant::ModelInfo* model_named(std::string_view name) {
  const auto models = all_models();
  const auto it = std::find_if(models.begin(), models.end(), [&](const auto& m) { return m.name == name; });
  return it == models.end() ? nullptr : &*it;
}

}  // namespace castner::unit_models
