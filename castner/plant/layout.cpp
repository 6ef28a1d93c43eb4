// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/layout.h"

#include <algorithm>
#include <utility>

#include "castner/base/check.h"

namespace castner::plant {

Layout::Layout(const UnitSpec& spec) {
  for (const auto& p : spec.ports) {
    names_.push_back(p.name);
    ports_.push_back({p.contents, p.inlet, variables.size()});
    for (Variable v : stream_variables(p.contents)) {
      v.name = p.name + "." + v.name;
      variables.push_back(std::move(v));
    }
  }
}

std::size_t Layout::add(Variable v) {
  variables.push_back(std::move(v));
  return variables.size() - 1;
}

bool Layout::connected(std::string_view port) const {
  return std::find(names_.begin(), names_.end(), port) != names_.end();
}

Port Layout::port(std::string_view name) const {
  const auto it = std::find(names_.begin(), names_.end(), name);
  check(it != names_.end(), "a model asks only for ports that are connected");
  return ports_[static_cast<std::size_t>(it - names_.begin())];
}

std::vector<Port> Layout::inlets() const {
  std::vector<Port> r;
  std::copy_if(ports_.begin(), ports_.end(), std::back_inserter(r), [](const Port& p) { return p.inlet; });
  return r;
}
std::vector<Port> Layout::outlets() const {
  std::vector<Port> r;
  std::copy_if(ports_.begin(), ports_.end(), std::back_inserter(r), [](const Port& p) { return !p.inlet; });
  return r;
}

}  // namespace castner::plant
