// SPDX-License-Identifier: Apache-2.0
/// The state that the readers of a plant file's sections share while one file is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "castner/base/config.h"
#include "castner/base/suggest.h"
#include "castner/plant/plant.h"

namespace castner::plant_file {

using plant::amount, plant::range_of;
using plant::Economics, plant::Measurement, plant::Plant, plant::StreamEntry, plant::Uncertainty, plant::UnitEntry,
    plant::UserEquation;

/// The thing that a name stands for. Names are unique over all three kinds.
struct Named {
  enum class Kind { unit, stream, variable };
  Kind kind = Kind::unit;
  std::size_t index = 0;  ///< into Plant::units or Plant::streams; the flowsheet index of a variable
  int line = 0;
};

/// One plant file while it is read, and the plant made of it so far.
struct PlantReader {
  explicit PlantReader(std::string file_name) : file(std::move(file_name)), problems(file) {}

  Plant plant;
  std::string file;
  Problems problems;
  MeasureOptions unit_options;
  std::unordered_map<std::string, Named> names;
  std::vector<bool> unit_broken;                     ///< of Plant::units: has problems, is not in the flowsheet
  std::vector<bool> stream_broken;                   ///< of Plant::streams: its contents are not known
  std::unordered_map<int, Measure> declared_unit;    ///< of the user's own variables, by flowsheet index
  std::unordered_set<int> start_said, nominal_said;  ///< of the user's own variables, by flowsheet index
  std::unordered_map<int, int> held;                 ///< line that holds a variable, by flowsheet index

  std::string place(int line) const { return file + ":" + std::to_string(line); }
  void warn(int line, const std::string& text) { plant.warnings.push_back(place(line) + ": " + text); }
  const Variable& variable(int i) const { return plant.flowsheet->variables()[static_cast<std::size_t>(i)]; }
};

/// Every table of an array such as [[unit]]; a problem where it is something else.
std::vector<const ConfigNode*> tables(PlantReader&, const ConfigNode& root, std::string_view key);

/// The name of a table, checked and not taken; registers it. Empty after a problem.
std::string read_name(PlantReader&, Section&, Named);
/// Whether a name may be used; if not, adds the problem.
bool name_is_good(Section&, std::string_view name, int line);
const char* kind_text(Named::Kind);
/// What people call a thing: a text for both languages, or { en = "...", zh = "..." }, where one may stand for both.
plant::Title read_title(Section&, std::string_view key);

// The sections, in the order in which they are read.
void read_settings(PlantReader&, const ConfigNode& root);   ///< [plant] [assess] [economics]
void read_units(PlantReader&, const ConfigNode& root);      ///< [[unit]] [[stream]]
void read_variables(PlantReader&, const ConfigNode& root);  ///< [[variable]]
void read_equations(PlantReader&, const ConfigNode& root);  ///< [[equation]], parsed; build_equations() adds them
void read_specifications(PlantReader&, const ConfigNode& root);
void read_covariances(PlantReader&, const ConfigNode& root);  ///< [[covariance]]
void read_starts(PlantReader&, const ConfigNode& root);       ///< [[start]]
void read_measurements(PlantReader&, const ConfigNode& root);
void build_equations(PlantReader&);

/// The flowsheet index of a path, made if it is a derived quantity. A problem without text: reported already.
tl::expected<int, Problem> resolve(PlantReader&, std::string_view path);

/// The unit of bare numbers about a variable: SI, or what a [[variable]] declares.
Measure own_unit(const PlantReader&, int variable);

/// Whether a value lies within the bounds of a variable; a problem where it does not. @param node  where it is written
bool possible(Section&, const ConfigNode& node, const std::string& what, double si, const Variable&);

enum class Take { value, difference, square };
/// The number of a key in SI: bare in `own`, or a text with a unit of the same dimension. Problems are reported.
std::optional<double> read_number(PlantReader&, Section&, std::string_view key, const Measure& own, Take = Take::value);
/// The same of a value that is not there as a key of its own. @param of  the path that it is about: plant::unit_of_reading
std::optional<double> number_of(PlantReader&, Section&, const ConfigNode&, std::string_view key, const Measure& own,
                                Take, std::string_view of = {});

}  // namespace castner::plant_file
