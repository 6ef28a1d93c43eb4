// SPDX-License-Identifier: Apache-2.0
#include "castner/api/tag_names.h"

#include <utility>

namespace castner::api {

TagNames::TagNames(std::shared_ptr<const plant::Plant> plant, const TagUnits& units, words::Language language)
    : plant_(std::move(plant)), units_(units) {
  if (plant_) names_.emplace(*plant_, language);
}

std::string TagNames::path_of(const std::string& tag) const {
  std::string_view path;
  if (tag_kind(tag, &path) != TagKind::measured) return std::string(path);
  const auto* m = units_.measurement(tag);
  return m ? m->of : std::string();
}

const plant::Measurement* TagNames::whole_of(const std::string& tag) const {
  const std::size_t end = tag.find_last_of("-_./");
  if (end == std::string::npos || end == 0 || tag_kind(tag) != TagKind::measured || units_.measurement(tag))
    return nullptr;
  return units_.measurement(tag.substr(0, end));
}

std::string TagNames::description(const std::string& tag) const {
  if (!names_) return {};
  if (const auto* m = units_.measurement(tag)) return names_->instrument(*m);
  if (const auto* whole = whole_of(tag))
    return names_->part(*whole, std::string_view(tag).substr(whole->tag.size() + 1));
  const std::string path = path_of(tag);
  return path.find('.') == std::string::npos ? std::string() : names_->path(path);
}

TagNames::Place TagNames::place(const std::string& tag) const {
  const auto* whole = whole_of(tag);
  const std::string path = whole ? whole->of : path_of(tag);
  if (!names_ || path.find('.') == std::string::npos) return {};
  Place p{.area = {}, .unit = {}, .unit_title = {}, .quantity = whole ? names_->parts(*whole) : names_->quantity(path)};
  if (const auto* unit = names_->unit_of(path))
    p.area = names_->area(*unit), p.unit = unit->name, p.unit_title = names_->unit(*unit);
  return p;
}

}  // namespace castner::api
