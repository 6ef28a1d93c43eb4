// SPDX-License-Identifier: Apache-2.0
// A scenario or a virtual.toml that nobody meant: read or refused with a place and a cure, never a crash.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "castner/base/check.h"
#include "castner/plant_file/plant_file.h"
#include "castner/readings/tag_name.h"
#include "castner/virtual_plant/scenario.h"
#include "castner/virtual_plant/virtual_file.h"

using namespace castner;

namespace {

const plant::Plant& mixer() {
  static const plant::Plant small = [] {
    auto read = plant_file::read_plant(R"([[unit]]
name = "M"
model = "mixer"
inlets = ["A", "B"]
outlets = ["C"]
[[stream]]
name = "A"
contents = "mass"
[[stream]]
name = "B"
contents = "mass"
[[stream]]
name = "C"
contents = "mass"
[[specification]]
of = "A.flow_mass"
value = "1 t/h"
[[specification]]
of = "B.flow_mass"
value = "2 t/h"
)",
                                       "plant.toml");
    check(read.has_value(), "the fuzzer's plant is a plant");
    return std::move(*read);
  }();
  return small;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const virtual_plant::ScenarioNames names{
      {{"FI-1", *parse_unit("t/h")}, {"TI-1", *parse_unit("degC")}}, {"E1"}, {"plc"}, [](const std::string& c) {
        return c == "E1/001"   ? std::optional(virtual_plant::CellName{0, 0})
               : c == "E1/002" ? std::optional(virtual_plant::CellName{0, 1})
                               : std::nullopt;
      }};
  if (const auto s = virtual_plant::read_scenario(text, "fuzz.toml", names); !s)
    check(!s.error().problems.empty(), "a refusal says why");
  if (const auto v = virtual_plant::read_virtual_file(text, "fuzz.toml", mixer()); !v)
    check(!v.error().problems.empty(), "a refusal says why");
  else  // every pattern against every tag
    for (const auto& l : v->links)
      for (const auto& pattern : l.tags) static_cast<void>(readings::fits_pattern(pattern, "EI-1101-001"));
  return 0;
}
