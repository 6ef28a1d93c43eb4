// SPDX-License-Identifier: Apache-2.0
/// Losses of electricity, volt by volt, and of steam against the ideal of the same train.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castner/assess/apparatus.h"
#include "castner/assess/traced.h"

namespace castner::assess {

/// One loss at a state of the plant, before money and uncertainty.
struct LossTerm {
  std::string path;  ///< unit
  std::string kind;  ///< docs/formats/json.md: reversible anode cathode membrane_gap metal current_inefficiency ...
  std::string reference;  ///< what it is counted against, as a code for the report's sentences, or the peer's name
  Traced power;           ///< [W]
  std::optional<Traced> steam;   ///< [kg/s], where it is steam that is lost and is priced as steam
  std::vector<Traced> per = {};  ///< what it divides by, which must not be 0
};

/// The electrolyser that makes its product with the least energy at equal current density, over all the states given in
/// which it ran; none with fewer than two.
/// @param running  what ran in each state   @param states  values, each of shape (variables)
std::string best_peer(std::span<const Apparatus* const> running, std::span<const std::vector<double>> states);

/// Every loss of this plant, at x. For each electrolyser reversible + anode + cathode + membrane_gap + metal +
/// current_inefficiency make up its DC power exactly; membrane_gap holds the wear voltage too. `above_best_peer` is
/// another view of the same power and is not to be added to them.
/// @param best  name of the best peer; empty: none
std::vector<LossTerm> losses(const Apparatus&, std::span<const double> x, const std::string& best);

}  // namespace castner::assess
