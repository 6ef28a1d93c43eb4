// SPDX-License-Identifier: Apache-2.0
// Any bytes as a plant file: read or refused with messages, and what was read can be evaluated.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "castner/base/check.h"
#include "castner/plant_file/plant_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto plant = castner::plant_file::read_plant(text, "plant.toml");
  if (!plant) {
    castner::check(!plant.error().problems.empty(), "a refusal says why");
    for (const auto& p : plant.error().problems)
      castner::check(!p.what.empty() && !p.cure.empty(), "a problem has a cure");
    return 0;
  }
  const auto& f = *plant->flowsheet;
  const std::vector<double> x = f.initialise(plant->parameters);
  std::vector<double> r(f.equations().size()), j(f.jacobian_pattern().row.size());
  if (f.residual(x, r)) f.jacobian(x, j);
  castner::plant::kink_warnings(*plant, x);
  return 0;
}
