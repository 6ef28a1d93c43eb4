// SPDX-License-Identifier: Apache-2.0
/// What a tag is: of which quantity of the plant, in which unit, and the way from that unit to SI.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "castner/historian/store.h"
#include "castner/service/live_state.h"

namespace castner::api {

/// What a tag holds: an instrument's readings, or what the server itself writes after each balance.
enum class TagKind { measured, reconciled, reconciled_sd, indicator, indicator_sd };
const char* tag_kind_name(TagKind);
/// @param path  where not null: what stands behind the server's prefix, "S1.flow_mass"
TagKind tag_kind(std::string_view tag, std::string_view* path = nullptr);

/// How values of a tag are shown: value * scale + offset, in `unit`.
struct Conversion {
  std::string unit;
  double scale = 1.0, offset = 0.0;
  bool known = false;  ///< the tag's unit is one that Castner knows
  double operator()(double v) const { return v * scale + offset; }
};

/// The tags as one plant sees them; good for as long as the plant is held.
class TagUnits {
 public:
  explicit TagUnits(std::shared_ptr<const plant::Plant>);
  const plant::Measurement* measurement(const std::string& tag) const;  ///< null: in no plant file
  /// To SI where the unit is one that Castner knows; else, and where `si` is false, as the tag has it, bit for bit. Indicators stay
  /// in the unit they are stated in everywhere.
  Conversion of(const historian::Tag&, bool si) const;

 private:
  std::shared_ptr<const plant::Plant> plant_;
  std::unordered_map<std::string, const plant::Measurement*> measurements_;
};

}  // namespace castner::api
