// SPDX-License-Identifier: Apache-2.0
#include "castner/api/tag_units.h"

#include <array>
#include <utility>

#include "castner/words/units_for_people.h"

namespace castner::api {
namespace {

constexpr std::array<std::pair<TagKind, std::string_view>, 4> kPrefixes = {{{TagKind::reconciled, "reconciled:"},
                                                                            {TagKind::reconciled_sd, "reconciled_sd:"},
                                                                            {TagKind::indicator, "indicator:"},
                                                                            {TagKind::indicator_sd, "indicator_sd:"}}};

}  // namespace

const char* tag_kind_name(TagKind kind) {
  switch (kind) {
    case TagKind::measured: return "measured";
    case TagKind::reconciled: return "reconciled";
    case TagKind::reconciled_sd: return "reconciled_sd";
    case TagKind::indicator: return "indicator";
    case TagKind::indicator_sd: return "indicator_sd";
  }
  return "";
}

TagKind tag_kind(std::string_view tag, std::string_view* path) {
  for (const auto& [kind, prefix] : kPrefixes)
    if (tag.starts_with(prefix)) {
      if (path) *path = tag.substr(prefix.size());
      return kind;
    }
  return TagKind::measured;
}

TagUnits::TagUnits(std::shared_ptr<const plant::Plant> plant) : plant_(std::move(plant)) {
  if (plant_)
    for (const auto& m : plant_->measurements) measurements_.emplace(m.tag, &m);
}

const plant::Measurement* TagUnits::measurement(const std::string& tag) const {
  const auto it = measurements_.find(tag);
  return it == measurements_.end() ? nullptr : it->second;
}

Conversion TagUnits::of(const historian::Tag& tag, bool si) const {
  // What the server wrote is in SI already, or in the unit that indicators are stated in everywhere.
  if (tag_kind(tag.name) != TagKind::measured) return {.unit = tag.unit, .known = true};
  const auto* m = measurement(tag.name);
  Measure unit;
  if (m && (tag.unit.empty() || tag.unit == m->unit.text)) {
    unit = m->unit;
  } else {
    MeasureOptions options;
    if (plant_) options.atmosphere = plant_->atmosphere;
    const auto parsed = parse_unit(tag.unit, options);
    if (!parsed) return {.unit = tag.unit};
    unit = m ? plant::unit_of_reading(*parsed, m->of) : *parsed;
  }
  if (!si) return {.unit = unit.text, .known = true};
  return {unit.dimension.si_unit(), unit.scale, unit.offset, true};
}

std::optional<int> TagUnits::decimals(const historian::Tag& tag, const assess::State* state) const {
  const auto* m = measurement(tag.name);
  if (m == nullptr || (!tag.unit.empty() && tag.unit != m->unit.text)) return std::nullopt;
  const auto k = static_cast<std::size_t>(m - plant_->measurements.data());
  const bool read = state != nullptr && k < state->instruments.size() && state->instruments[k].measured;
  if (!read && m->uncertainty.fraction > 0.0) return std::nullopt;
  const double typical = read ? *state->instruments[k].measured : m->unit.offset;
  return words::decimals_of_reading((typical - m->unit.offset) / m->unit.scale,
                                    m->uncertainty.sd(typical) / m->unit.scale);
}

}  // namespace castner::api
