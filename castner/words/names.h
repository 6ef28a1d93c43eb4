// SPDX-License-Identifier: Apache-2.0
/// What people call the units, streams and instruments of a plant: the titles of its file, else a name made of contents and place.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "castner/plant/plant.h"
#include "castner/words/text.h"

namespace castner::words {

/// Names in one language. The plant must outlive them.
class Names {
 public:
  Names(const plant::Plant&, Language);

  /// "acid mixer"; without a title what it is, "mixer".
  std::string unit(const plant::UnitEntry&) const;
  /// "feed brine"; without a title "brine to the acid mixer".
  std::string stream(const plant::StreamEntry&) const;
  /// The same where there is little room: without a title what flows, "brine".
  std::string short_stream(const plant::StreamEntry&) const;
  /// Of a path: "volume flow", "concentration of NaCl".
  std::string quantity(std::string_view path) const;
  /// "volume flow, feed brine"; the path itself where it is that of no unit and no stream.
  std::string path(std::string_view) const;
  /// The description in the file, else that of its path.
  std::string instrument(const plant::Measurement&) const;

  /// Of many tags that are parts of an instrument, "EI-1101-001" of "EI-1101": "voltage, parts of EI-1101", and of one of them.
  std::string parts(const plant::Measurement&) const;
  std::string part(const plant::Measurement&, std::string_view which) const;

  /// The unit that a path belongs to: its own, or that its stream comes from, or goes to where it is a feed; null: none.
  const plant::UnitEntry* unit_of(std::string_view path) const;
  /// The part of the plant, "cell room": as the file says, else by what the unit is and what flows there.
  std::string area(const plant::UnitEntry&) const;

 private:
  const std::string& given(const plant::Title& t) const { return words_.language() == Language::zh ? t.zh : t.en; }
  std::string unit_in_a_sentence(const std::string& name) const;

  const plant::Plant& plant_;
  Words words_;
  std::unordered_map<std::string, const plant::UnitEntry*> units_;
  std::unordered_map<std::string, const plant::StreamEntry*> streams_;
};

/// The code of the area of a unit whose plant file names none: "brine", "cells", "chlorine", "hydrogen", "caustic", "evaporation",
/// "utilities", "other".
std::string_view usual_area(const plant::Plant&, const plant::UnitEntry&);

}  // namespace castner::words
