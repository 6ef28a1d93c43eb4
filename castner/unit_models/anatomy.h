// SPDX-License-Identifier: Apache-2.0
/// The flowsheet indices of the variables and equations of a plant's units, asked for by type.
///
/// A model whose variables others compute with publishes an anatomy: a struct of flowsheet indices in NAME.h, with the
/// model's name as `kModel` and `static X of(const UnitPlace&)`, whose body stands beside the equations in NAME.cpp.
///
///   for (const auto& e : unit_models::every<ElectrolyserAnatomy>(plant)) power += x[e.dc_power];
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/plant/plant.h"

namespace castner::unit_models {

/// One unit of a plant, by the names that its model gave to what it has. Asking for what the model does not have is a
/// programming error.
class UnitPlace {
 public:
  /// Both must outlive this.
  UnitPlace(const plant::Plant& plant, const plant::UnitEntry& unit) : plant_(plant), unit_(unit) {}
  const std::string& name() const { return unit_.name; }
  double constant(const std::string& name) const { return unit_.constants.at(name); }  ///< [SI]
  /// Index into the flowsheet's variables: of "current", of "catholyte.flow_mass".
  int variable(std::string_view name) const;
  /// Index into the flowsheet's equations: of "energy balance".
  int equation(std::string_view name) const;

 private:
  const plant::Plant& plant_;
  const plant::UnitEntry& unit_;
};

template <class T>
concept Anatomy = requires(const UnitPlace& unit) {
  { T::kModel } -> std::convertible_to<std::string_view>;
  { T::of(unit) } -> std::same_as<T>;
};

/// Whether a unit is of the model that publishes this anatomy.
template <Anatomy A>
bool is_a(const plant::UnitEntry& unit) {
  return unit.model == A::kModel;
}

/// The anatomy of one unit; nullopt for a unit of another model.
template <Anatomy A>
std::optional<A> anatomy(const plant::Plant& plant, const plant::UnitEntry& unit) {
  if (!is_a<A>(unit)) return std::nullopt;
  return A::of(UnitPlace(plant, unit));
}

/// The anatomies of all units of this kind, in the order of plant.units.
template <Anatomy A>
std::vector<A> every(const plant::Plant& plant) {
  std::vector<A> all;
  for (const auto& unit : plant.units)
    if (auto a = anatomy<A>(plant, unit)) all.push_back(std::move(*a));
  return all;
}

}  // namespace castner::unit_models
