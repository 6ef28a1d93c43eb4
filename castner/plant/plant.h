// SPDX-License-Identifier: Apache-2.0
/// A plant as plant.toml describes it: flowsheet, connections, held values, measurements with their uncertainty, prices.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/base/between.h"
#include "castner/base/quantity.h"
#include "castner/expression/expression.h"
#include "castner/plant/flowsheet.h"
#include "castner/plant/stream.h"

namespace castner::plant {

/// What people call a thing, in both languages; empty where the plant file gives no name.
struct Title {
  std::string en, zh;
  bool empty() const { return en.empty() && zh.empty(); }
};

/// The uncertainty of a measurement: absolute [SI], or a fraction of |reading| with a floor.
struct Uncertainty {
  double absolute = 0.0;  ///< sd [SI], used where fraction is 0
  double fraction = 0.0;  ///< 0.02 for "2 %"
  double floor = 0.0;     ///< [SI]
  double zero = 0.0;      ///< [SI] where the unit of the reading counts from: 273.15 K for degC
  bool from_variance = false;
  double sd(double reading_si) const;  ///< [SI]
};

struct Measurement {
  std::string tag;
  int variable = 0;  ///< index into the flowsheet
  std::string of;    ///< the path as written
  Measure unit;      ///< of bare values, of sd, and of the data file's column where neither it nor data_unit says more
  std::optional<Measure> data_unit;  ///< in which data files give it, whatever their header says
  std::optional<double> value;       ///< [SI], where the plant file gives one
  Uncertainty uncertainty;
  Title description = {};
  int line = 0;
};

/// Errors of two instruments that go together.
struct CommonError {
  int first = 0, second = 0;  ///< indices into Plant::measurements
  double value = 0.0;         ///< of the systematic errors, between -1 and 1
};

struct Specification {
  int variable = 0;
  double value = 0.0;      ///< [SI]
  bool reconcile = false;  ///< held by reconcile too
};

/// When a unit counts as out of service.
struct IdleRule {
  enum class Kind { by_itself, always, never, by_tag };
  Kind kind = Kind::by_itself;        ///< by_itself: as the readings and the model's own limits say
  std::string tag;                    ///< by_tag: a tag of the data, a measurement or not
  std::optional<double> when, below;  ///< as the tag's own numbers: idle at this value, or below it
  std::vector<std::string> words;  ///< or of a tag that reads texts: idle at these, which come as 1 and all others as 0
  int line = 0;
  bool met_by(double reading) const {
    return !words.empty() ? reading == 1.0 : when ? reading == *when : below && reading < *below;
  }
};

/// A unit and its connections, for pictures and reports.
struct UnitEntry {
  std::string name;
  std::string model;
  struct Connection {
    std::string port;
    bool inlet;
    std::string stream;
  };
  std::vector<Connection> connections;
  std::vector<int> held_parameters;         ///< flowsheet indices of parameters given in the file
  std::map<std::string, double> constants;  ///< every constant of the model [SI]
  Title title = {};
  Title area = {};  ///< the part of the plant; one of the usual areas may be given by its code in both languages
  IdleRule idle = {};
};

struct StreamEntry {
  std::string name;
  Contents contents = Contents::mass;
  std::string from, to;  ///< unit names; empty: a feed, a product
  Title title = {};
};

/// An equation of the user's own, with its expression, of which the flowsheet knows only the residual.
struct UserEquation {
  std::string name;
  std::shared_ptr<const expression::Expression> expression;
  std::vector<int> variables;  ///< flowsheet index of each of expression->names()
  int line = 0;
};

struct AssessSettings {
  double window = 1800;  ///< [s]
  int min_rows = 20;
  double max_gap = 300;  ///< [s]
  bool strict = false;   ///< a window in which anything drifts is not steady, however slowly
  double residence =
      1800;  ///< [s] how long what flows stays in an apparatus: strengths of liquids and temperatures follow by that
  Between between = Between::nothing;  ///< what a tag is between two readings
  std::vector<double> no_data;         ///< numbers that stand for no reading
};

struct Economics {
  std::optional<double> electricity;  ///< [currency/J]
  std::optional<double> steam;        ///< [currency/kg]
  std::optional<double>
      auxiliaries;  ///< [J/kg NaOH], electricity of everything but the rectifiers, per kg of 100 % NaOH
  double hours_per_year = 8000;
};

struct Plant {
  std::string name;
  std::string currency;        ///< "CNY"; may be empty
  double atmosphere = 101325;  ///< [Pa]
  bool as_published = false;   ///< every number is pure
  std::unique_ptr<Flowsheet> flowsheet;
  std::vector<UnitEntry>
      units;  ///< same order as flowsheet->units(), which may hold more (derived quantities, user equations)
  std::vector<StreamEntry> streams;
  std::vector<std::pair<int, double>>
      parameters;  ///< (variable, value): given parameters, held in simulate and reconcile
  std::vector<Specification> specifications;
  std::vector<std::pair<int, double>> starts;  ///< (variable, first value for the solvers) of the file
  std::vector<Measurement> measurements;
  std::vector<CommonError> correlations;  ///< together positive definite
  std::vector<UserEquation> equations;
  AssessSettings assess;
  Economics economics;
  std::vector<std::string> warnings;  ///< "plant.toml:12: ..."
};

/// A value of a variable for messages: "353.15 K"; a pure number alone.
std::string amount(double si, const Variable&);
/// "between 250 and 700 K", "at least 0 kg/s", where the bounds of a variable are not infinite.
std::string range_of(const Variable&);
/// "measurement "TI-1" reads 9273.15 K, where it is between 250 and 700 K, so it is not used; is its unit right?" of a reading that
/// its variable cannot have, however noisy the reading; else empty. @param value, sd  [SI]
std::string impossible_reading(const Plant&, const Measurement&, double value, double sd);

/// One sentence for every user equation whose abs, min or max changes branch at x, where its derivative is one-sided.
/// @param x [SI], shape (variables of plant.flowsheet)
std::vector<std::string> kink_warnings(const Plant&, std::span<const double> x);

/// A stream that does not flow, with the variables of its state (temperature, composition, what follows from them; not the
/// pressure): it has none, whatever value a solver left there.
struct StreamWithoutFlow {
  std::string stream;
  int flow = 0;             ///< flowsheet index of its mass flow
  std::vector<int> states;  ///< flowsheet indices, ascending
};
/// @param x [SI], shape (variables of plant.flowsheet)
std::vector<StreamWithoutFlow> streams_without_flow(const Plant&, std::span<const double> x);

/// The unit a reading of this variable is in, when people write it so: Nm3 is an amount of gas, but of a normal volume
/// flow (flow_vol_normal, flow_vol_normal_dry) it is the volume. Any other unit comes back as it is.
Measure unit_of_reading(Measure unit, std::string_view path);

}  // namespace castner::plant
