// SPDX-License-Identifier: Apache-2.0
#include "castner/unit_models/connections.h"

#include <algorithm>

namespace castner::unit_models {

using namespace plant;

std::string name_of(Contents c) { return std::string(contents_info(c).name); }

std::vector<Contents> anything() {
  std::vector<Contents> r;
  for (const auto& info : all_contents()) r.push_back(info.contents);
  return r;
}
std::vector<Contents> fluids() {
  std::vector<Contents> r;
  for (const auto& info : all_contents())
    if (has_heat(info.contents)) r.push_back(info.contents);
  return r;
}

void want_count(const UnitSpec& spec, bool inlets, std::size_t count, Error& error) {
  const auto have = static_cast<std::size_t>(
      std::count_if(spec.ports.begin(), spec.ports.end(), [&](const auto& p) { return p.inlet == inlets; }));
  if (have == count) return;
  const std::string side = inlets ? "inlet" : "outlet";
  error.problems.push_back({"", "unit \"" + spec.name + "\" has " + std::to_string(have) + " " + side + "s",
                            "give it " + std::to_string(count) + " " + side + (count == 1 ? "" : "s")});
}

void want_contents(const UnitSpec::Port& port, Contents c, const std::string& reason, Error& error) {
  if (port.contents == c) return;
  error.problems.push_back({"", "stream \"" + port.stream + "\" is " + name_of(port.contents) + ", but " + reason,
                            "give it contents = \"" + name_of(c) + "\""});
}

void want_fitting(const UnitSpec::Port& feed, const Port& product, Error& error) {
  const auto& info = contents_info(feed.contents);
  bool fits = has_enthalpy(feed.contents) == has_enthalpy(product.contents) && product.holds(info.rest);
  for (Species s : info.species) fits = fits && product.holds(s);
  if (fits) return;
  error.problems.push_back({"",
                            "stream \"" + feed.stream + "\" (" + name_of(feed.contents) + ") cannot be mixed into " +
                                name_of(product.contents),
                            "give the outlet contents that hold every species of the inlets"});
}

}  // namespace castner::unit_models
