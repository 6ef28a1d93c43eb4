// SPDX-License-Identifier: Apache-2.0
/// The meaning of a tag: its quantity of the plant, its unit, and the conversion to SI.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "castner/historian/store.h"
#include "castner/service/live_state.h"

namespace castner::api {

/// The kind of a tag: an instrument's readings, or values that the server writes after each balance.
enum class TagKind { measured, reconciled, reconciled_sd, indicator, indicator_sd };
const char* tag_kind_name(TagKind);
/// @param path  where not null: what stands behind the server's prefix, "S1.flow_mass"
TagKind tag_kind(std::string_view tag, std::string_view* path = nullptr);

/// The conversion of a tag's values for showing: value * scale + offset, in `unit`.
struct Conversion {
  std::string unit;
  double scale = 1.0, offset = 0.0;
  bool known = false;  ///< the tag's unit is one that Castner knows
  double operator()(double v) const {
    return offset == 0.0 ? v * scale : v * scale + offset;
  }  ///< -0 + 0 is 0, which -0 is not
};

/// The tags as one plant sees them; good for as long as the plant is held.
class TagUnits {
 public:
  explicit TagUnits(std::shared_ptr<const plant::Plant>);
  const plant::Measurement* measurement(const std::string& tag) const;  ///< null: in no plant file
  /// To SI where the unit is one that Castner knows; else, and where `si` is false, as the tag has it, bit for bit. Indicators stay
  /// in the unit they are stated in everywhere.
  Conversion of(const historian::Tag&, bool si) const;
  /// How many decimals a reading of an instrument shows in its own unit; none where nobody says how well it reads.
  /// @param state  the newest good balance, which knows how large its reading is; may be null
  std::optional<int> decimals(const historian::Tag&, const assess::State* state) const;

 private:
  std::shared_ptr<const plant::Plant> plant_;
  std::unordered_map<std::string, const plant::Measurement*> measurements_;
};

}  // namespace castner::api
