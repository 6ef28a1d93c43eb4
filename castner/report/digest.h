// SPDX-License-Identifier: Apache-2.0
/// An assessment boiled down once, for every face of the report: means over the windows, verdicts, streams.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "castner/insight/finding.h"
#include "castner/numerics/warning.h"
#include "castner/plant/plant.h"
#include "castner/unit_models/electrolyser.h"
#include "castner/words/units_for_people.h"

namespace castner::report {

/// The estimate of a variable over all reconciled windows. The sd is the mean of the windows' sds: instruments' errors
/// are mostly systematic, so more windows do not make it smaller.
struct Known {
  std::optional<double> value;                     ///< [SI]; none: cannot tell
  double sd = 0.0;                                 ///< [SI]
  solve::Class kind = solve::Class::unobservable;  ///< in the last reconciled window
  bool assumed = false;                            ///< likewise: 0 because a unit is taken as idle
};
/// The code of the words for how a value is known: "class.observable".
std::string class_words(solve::Class, bool assumed);

/// hardly_checked: it agrees, but only an error of many sd would be seen (solve::hardly_checked); unchecked: none would
enum class Verdict { agrees, wrong, one_of_several, doubtful, hardly_checked, unchecked, not_used };
const char* verdict_name(Verdict);

struct InstrumentLine {
  std::string tag, path;
  int variable = 0;
  Verdict verdict = Verdict::not_used;
  std::string why_not;    ///< code, where not used
  int idle = 0;           ///< reconciled windows in which it means nothing, as what it reads was out of service
  int accused = 0;        ///< windows in which it was called wrong, or may be as well as another
  words::Shown measured;  ///< its sd is that of the instrument
  words::Shown reconciled;
  words::Shown adjustment;              ///< reconciled - measured, in the unit of a difference
  std::optional<double> others_say;     ///< [SI] what stands as reconciled where it is accused and in use all the same
  std::optional<double> others_sd;      ///< [SI] of it
  std::optional<double> in_sd;          ///< adjustment over the instrument's sd
  std::optional<double> reconciled_sd;  ///< sd of the reconciled value over the instrument's sd
  std::optional<double> statistic;      ///< largest over the windows
  words::Shown smallest_seen;  ///< the smallest error that would be seen, in the middle window; none: nothing checks it
  std::optional<double> smallest_seen_sds;  ///< the same over the instrument's sd
};

struct StreamLine {
  std::string name, from, to;
  plant::Contents contents = plant::Contents::mass;
  std::optional<double> flow;  ///< [SI]
  solve::Class kind = solve::Class::unobservable;
  bool assumed = false;
  words::Shown shown_flow;
  int instrument = -1;                                      ///< of the flow, index into instruments; -1: not measured
  std::vector<std::pair<std::string, words::Shown>> state;  ///< "NaOH" 32.0 %, "temperature" 88 degC
};

/// Mean cell voltage of an electrolyser, part by part. [V]
struct VoltLine {
  std::string name;
  std::vector<std::pair<std::string, Known>> parts;  ///< "anode_overvoltage", in the order of kCellVoltageParts
  Known total;
};
using unit_models::kCellVoltageParts;

struct Digest {
  int windows = 0, steady = 0, reconciled = 0;
  int tested = 0;                                             ///< of those reconciled, with redundancy
  int closing = 0;                                            ///< of those tested, whose balances close after removals
  int accusing = 0;                                           ///< of those reconciled, in which anything is accused
  std::vector<std::string> doubted;                           ///< named in those, most often first
  int groups = 0;                                             ///< of instruments one of which is wrong
  int checkable = 0, agreeing = 0, wrong = 0, unchecked = 0;  ///< instruments
  std::vector<int> hardly;      ///< those that are hardly checked, the weakest check first; into instruments
  double checked_within = 0.0;  ///< an error of so many of its sd would be seen in each of those that agree
  bool snapshot = false;
  std::optional<Time> from, to;             ///< of all windows
  std::vector<Known> variables;             ///< shape (variables)
  std::vector<InstrumentLine> instruments;  ///< same order as plant.measurements
  std::vector<StreamLine> streams;          ///< same order as plant.streams
  std::vector<VoltLine> electrolysers;
  std::vector<int> idle;  ///< reconciled windows in which each of plant.units was idle
  int standstill = 0;     ///< of those reconciled, in which all electrolysers were idle
  bool always_idle(std::size_t unit) const { return reconciled > 0 && idle[unit] == reconciled; }
};

Digest digest(const plant::Plant&, const insight::Judged&);

/// What the windows' reconciliations warn of: each quantity and each sentence once, by the first window that says it.
std::vector<Warning> warnings_once(const insight::Judged&);

/// Whether a window was reconciled.
bool reconciled(const assess::AssessedWindow&);

}  // namespace castner::report
