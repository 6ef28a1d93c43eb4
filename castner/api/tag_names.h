// SPDX-License-Identifier: Apache-2.0
/// What people call a tag, and where in the plant it belongs: the branches of the tree that the pages show.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "castner/api/tag_units.h"
#include "castner/words/names.h"

namespace castner::api {

class TagNames {
 public:
  TagNames(std::shared_ptr<const plant::Plant>, const TagUnits&, words::Language);

  /// "area" > "unit" > "quantity", each empty where it is not known.
  struct Place {
    std::string area, unit, unit_title, quantity;
  };
  /// Empty for a tag that no plant file knows.
  std::string description(const std::string& tag) const;
  Place place(const std::string& tag) const;

 private:
  std::string path_of(const std::string& tag) const;
  /// The instrument whose name a tag goes on from: "EI-1101" of "EI-1101-001", a cell of it; null: none.
  const plant::Measurement* whole_of(const std::string& tag) const;

  std::shared_ptr<const plant::Plant> plant_;
  const TagUnits& units_;
  std::optional<words::Names> names_;
};

}  // namespace castner::api
