// SPDX-License-Identifier: Apache-2.0
/// The description of a unit model for plant.toml: its ports, its parameters, and its maker.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/plant/stream.h"
#include "castner/plant/unit.h"

namespace castner::plant {

struct PortInfo {
  std::string name;  ///< "feed"
  bool inlet = true;
  std::vector<Contents> contents;  ///< what may be connected; the first is the usual one
  bool optional = false;
};

struct ParameterInfo {
  enum class Kind {
    variable,  ///< becomes the unit's variable of the same name: held where given, free where left out
    constant,  ///< a plain number of the model: given, or its default, or (without one) required
  };
  std::string name;
  std::string unit;  ///< SI unit
  Kind kind = Kind::variable;
  std::optional<double> default_value;  ///< constants only [SI]
  std::string about;                    ///< one line: meaning, and source of the default
  double least = -kUnbounded;           ///< what may be given [SI], where an estimate may lie below
  /// What a plant whose meters do not tell it may take it for [SI]; `about` says why.
  struct Assumed {
    double value, sd;
    bool from_start = false;            ///< hardly any plant's meters tell it well
    std::vector<const char*> per = {};  ///< constants that both go with: {"cells", "cell_area"}
  };
  std::optional<Assumed> assumed = {};  ///< variables only
};

/// One unit of a plant as its model sees it.
struct UnitSpec {
  struct Port {
    std::string name;
    bool inlet;
    std::string stream;
    Contents contents;
  };
  std::string name;
  std::vector<Port> ports;                  ///< in the order of ModelInfo::ports; for `many`-port models, file order
  std::map<std::string, double> constants;  ///< every constant of the model, defaults filled in [SI]
};

struct ModelInfo {
  std::string name;   ///< "caustic_evaporator"
  std::string about;  ///< one sentence a plant engineer understands
  std::vector<PortInfo> ports;
  /// Where true, inlets and outlets are lists of streams (["S1", "S2"]) named in_1, in_2, ... and out_1, ...;
  /// `ports` then holds one inlet and one outlet row saying what is accepted.
  bool many = false;
  bool contents_matter = true;  ///< false: what flows in its streams need not be said
  std::vector<ParameterInfo> parameters;
  /// Builds it. The spec has been checked against `ports` and `parameters`; what only the model can know
  /// (contents that do not fit each other) comes back as problems without a place.
  std::function<Result<std::unique_ptr<Unit>>(const UnitSpec&)> make;
};

}  // namespace castner::plant
