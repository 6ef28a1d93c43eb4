// SPDX-License-Identifier: Apache-2.0
/// The answer to "how is my plant doing": windows, balances, indicators, losses in money.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "castner/plant/plant.h"
#include "castner/readings/sample.h"
#include "castner/signals/windows.h"
#include "castner/solve/reconcile.h"
#include "castner/tables/table_reader.h"

namespace castner::assess {

/// A number with its uncertainty. No value: cannot tell.
struct Amount {
  std::optional<double> value;
  std::optional<double> sd;
  std::string unit;  ///< as shown: "kW.h/t", "W", "CNY/a"
};

/// The part of a measurement in a reconciliation.
struct Instrument {
  std::string tag, path;
  int variable = 0;
  int reading = -1;                ///< index into Reconciliation::used and statistic; -1 where not used
  std::optional<double> measured;  ///< [SI] mean of the window
  std::optional<double> sd;        ///< [SI] used, systematic and random together
  double sd_random = 0.0;          ///< [SI] the part of sd that averages out over windows
  double stored = 0.0;             ///< [SI] the part by storage, with its drift's sign (drift.h)
  bool small = false;              ///< its sd in %, without an sd_floor, is less than a third of what it is at load
  double ahead = 0.0;              ///< [SI] the part by what is held between readings, likewise (signals/between.h)
  std::string why_not;  ///< where not used: "no_data" "bad_quality" "gaps" "stuck" "no_uncertainty" "impossible" "idle"
                        ///< "contradicted" "unit_in_question"
};

/// A reading that says otherwise than how the plant was balanced: it shows load of an idle unit, or standstill of one that runs.
struct Contradicted {
  std::string tag;
  int unit = 0;  ///< of plant.units
  bool load = false;
  bool said = false;  ///< by a key or a tag, not by other readings
};

/// An accused reading that would be right in another unit, or of a gas with or without its water vapour.
struct UnitSlip {
  std::string tag, path;
  int variable = 0;
  double size = 0.0, size_sd = 0.0;  ///< [SI] by which it reads too high
  std::string question;              ///< plant::unit_slip, plant::vapour_slip
  std::string instead = {};          ///< of a gas flow: the path that it would be right for, "CL.flow_vol_normal_dry"
};

/// One reconciled state of the plant.
struct State {
  std::vector<Instrument> instruments;           ///< same order as plant.measurements
  std::vector<plant::CommonError> correlations;  ///< of instruments
  solve::Reconciliation reconciliation;
  std::vector<int> leak_units;        ///< plant.units index of each leak candidate
  std::vector<int> idle;              ///< plant.units that are out of service
  std::vector<char> without_meaning;  ///< variables that nothing determines for that; empty: none
  std::vector<char> assumed;          ///< variables that are 0 because a unit is taken as idle; empty: none
  std::vector<int>
      silent;  ///< of them: idle because no reading shows that they run and the balances close without them
  std::vector<int>
      silent_instead;  ///< the balances close as well if one of these stands still in place of the last of `silent`
  std::vector<int> flushed;  ///< of them: what no instrument reads flows through them all the same
  std::vector<Contradicted> contradicted;
  /// Where a key or a tag is contradicted: the balance without its word, as readings alone show the units; if there is one.
  std::shared_ptr<const State> without_word;
  std::vector<UnitSlip> unit_slips;
  std::map<std::string, Amount> indicators;  ///< "dc_energy_per_naoh", "E101.current_efficiency"
};

/// The smallest error of an instrument that its test would see in this state [SI]; none where it is not in use, or nothing checks
/// it.
std::optional<double> smallest_seen(const State&, const Instrument&);

/// One window of the data and the balance found in it.
struct AssessedWindow {
  std::optional<Time> from, to;  ///< none for a snapshot
  int rows = 0;
  bool readable = true;  ///< at least one tag has readings enough, without a gap
  bool steady = true;
  std::vector<std::string> unsteady_tags;
  std::vector<std::string>
      drifting_tags;          ///< not steady, but so slowly that it counts with the uncertainty this brings
  std::vector<int> switched;  ///< plant.units that were stopped or started within: two states, so not steady
  std::vector<int>
      at_rest;  ///< plant.units, where the whole plant stood still: what then flushes it is not balanced, so not steady
  std::vector<std::string> unread_tags;  ///< without usable readings, where no flow can be told for that: not steady
  std::optional<State> state;            ///< none where not steady or not enough data
};

/// What a unit is from a time on, until something else is said of it.
struct Stand {
  int unit = 0;  ///< of plant.units
  Time at;
  bool idle = false;
};

/// A stretch in which a unit was out of service.
struct Outage {
  int unit = 0;                  ///< of plant.units
  std::optional<Time> from, to;  ///< none: since before the data, until after them
};

/// Why an indicator has no value.
struct Missing {
  /// "auxiliaries" "rectifier": of the plant file; "instruments": paths; "no_load": to divide by; or "": not known
  std::string what;
  std::vector<std::string> paths;  ///< quantities that it depends on and no instrument tells
};

/// An indicator that only some of the windows tell.
struct Share {
  int told = 0, windows = 0;       ///< windows: those in which it has a meaning
  std::vector<std::string> paths;  ///< quantities that no instrument tells in the others
};

/// How far a mean over the windows moves per SI unit that an instrument's readings move, by tag: of those that are named in a
/// window's gross errors, in the unit of the mean. 0 of an instrument that was set aside in all windows.
using Follows = std::map<std::string, double>;

/// A loss of energy or steam beyond the least possible one. Combined over the steady windows.
struct Loss {
  std::string path;  ///< unit
  std::string
      kind;  ///< reversible anode cathode membrane_gap metal current_inefficiency rectifier steam_excess above_best_peer
  std::string reference;  ///< the reference of the loss, a language-free code
  Amount power;           ///< [W]
  Amount cost_per_year;   ///< [currency/a]
  Follows follows;        ///< of the power [W]
};

struct Assessment {
  std::string plant_name, plant_file, data_file, currency;
  std::string castner_version, time_zone;
  tables::TableFacts table;
  std::vector<AssessedWindow> windows;
  std::map<std::string, Amount> indicators;  ///< over all steady windows that tell; sd with the systematic part common
  std::map<std::string, Follows> follows;    ///< of each of them
  std::map<std::string, int> covers;         ///< of each of them: windows that it is the mean of
  std::map<std::string, Missing> missing;    ///< of each indicator that has no value
  std::map<std::string, Share> in_part;      ///< of each that has one, but not in every window
  std::vector<Loss> losses;                  ///< worst money first
  std::vector<Stand> stands;                 ///< of each unit, in time: what it was at first, and each change
  std::vector<Outage> stops;                 ///< by unit, then in time; without those that last all the time
  // data quality
  int rows = 0;
  int bad_quality = 0;
  int fullest_window = 0;  ///< readings of one tag in one window, at most
  std::string
      why_none;  ///< why no window can count: "rows" (see better_settings) "few" "gaps"; empty: some can, if steady
  std::string
      better_settings;  ///< of [assess], with which data that are read more seldom or have gaps count; empty: none
  std::vector<signals::TimeGap> gaps;
  std::vector<signals::StuckTag> stuck_tags;
  std::vector<std::string> read_tags;        ///< measurements of which there are readings
  std::vector<std::string> unknown_columns;  ///< tags of the file that the plant file does not have
};

}  // namespace castner::assess
