// SPDX-License-Identifier: Apache-2.0
/// A plant with units out of service: which they are, what stands still with them, and the equations that are left.
///
/// The plant keeps its variables and their indices. Units that are idle have their idle form; a stream without flow has
/// no temperature and no strength, so every equation that asks for one says nothing and is left out. What then stands in
/// no equation at all is without meaning: it has no value.
#pragma once

#include <compare>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "castner/plant/plant.h"

namespace castner::plant {

/// What is said of each unit from outside the model: by its key in the plant file or by its tag. Flushed: idle, and what it would shut
/// off flows, whatever instruments show.
enum class IdleWord : char { nothing, idle, flushed, runs };

/// Which units are idle and what flows through them all the same. Two windows with equal signs are in one state.
struct IdleSigns {
  std::vector<char> units;  ///< idle, shape (plant.units); what stands still with them need not be named
  std::vector<char>
      flow_shown;            ///< of each inflow that an idle unit would shut, unit by unit: an instrument shows a flow
  std::vector<char> told;    ///< of each equation that gives way to readings, unit by unit: there is such a reading
  std::vector<int> stopped;  ///< flows of idle units that instruments show to stand still, of those that need not
  bool any() const;
  auto operator<=>(const IdleSigns&) const = default;
};

/// What stands still with units that are idle.
struct Standstill {
  std::vector<char> units;  ///< idle, with those that others stop; shape (plant.units)
  std::vector<char> still;  ///< variables that are 0 with them: flows, currents, powers; shape (variables)
};

/// Whether one path tells of the other: "AN3.flow_vol" of AN3.flow_mass, "AN3.conc_mass.NaCl" of AN3.mass_frac.NaCl.
bool same_kind(std::string_view a, std::string_view b);

/// @param held  flowsheet variables whose values are given: they are not stopped
[[nodiscard]] Standstill standstill(const Plant&, const IdleSigns&, std::span<const int> held);

struct IdleState : Standstill {
  std::vector<char> without_meaning;  ///< variables that nothing determines; shape (variables)
  std::vector<char> own_pace;         ///< strengths and temperatures that leave an idle unit as it is flushed; likewise
  std::unique_ptr<Flowsheet> flowsheet;  ///< the equations that are left; null where no unit is idle
  std::vector<std::string> left_out;     ///< equations of the user's own that cannot be evaluated in this state
  bool any() const { return flowsheet != nullptr; }
  bool says_nothing(int variable) const {
    const auto v = static_cast<std::size_t>(variable);
    return any() && (still[v] || without_meaning[v]);
  }
};

/// @param held  flowsheet variables whose values are given; they keep their meaning. The plant must outlive the state.
[[nodiscard]] IdleState idle_state(const Plant&, const IdleSigns&, std::span<const int> held);

/// What the plant file's own keys say, `idle = true` and `idle = false`.
std::vector<IdleWord> idle_by_key(const Plant&);

}  // namespace castner::plant
