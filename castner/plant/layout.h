// SPDX-License-Identifier: Apache-2.0
/// The variables of a unit, those of its ports first, then its own, with the index of each.
#pragma once

#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/plant/model.h"
#include "castner/plant/stream_view.h"

namespace castner::plant {

class Layout {
 public:
  /// Takes up the variables of every connected port, named "port.flow_mass", "port.mass_frac.NaOH", ...
  explicit Layout(const UnitSpec&);

  /// Adds a variable of the unit's own. Returns its index.
  std::size_t add(Variable);

  bool connected(std::string_view port) const;
  Port port(std::string_view name) const;  ///< of a connected port
  std::vector<Port> inlets() const;
  std::vector<Port> outlets() const;

  std::vector<Variable> variables;

 private:
  std::vector<std::string> names_;
  std::vector<Port> ports_;
};

/// True where every value is finite; a model returns it, so that a solver steps back from where a property has none.
template <class T>
bool all_finite(std::span<const T> r) {
  for (const T& v : r)
    if (!std::isfinite(value_of(v))) return false;
  return true;
}

}  // namespace castner::plant
