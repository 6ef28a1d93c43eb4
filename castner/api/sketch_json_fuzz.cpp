// SPDX-License-Identifier: Apache-2.0
// Any bytes as a sketch: refused, or a plant file that the plant file's reader takes or refuses with a place.
#include <cstdint>

#include "castner/api/sketch_json.h"
#include "castner/base/check.h"
#include "castner/plant_file/plant_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace castner;
  if (size > 20'000) return 0;
  const auto sketch = api::read_sketch({reinterpret_cast<const char*>(data), size});
  if (!sketch) return 0;
  const auto plant = plant_file::read_plant(plant_file::sketched_plant(*sketch), "plant.toml");
  if (!plant) check(!plant.error().problems.empty(), "a plant file that is refused has a problem");
  return 0;
}
