// SPDX-License-Identifier: Apache-2.0
/// A story: some hours or weeks of one electrolyser as its instruments tell them, with the truth beside every row.
///
/// Whoever judges cells is given what a row reads; what really was, and what is wrong since when, is for those who judge the judge. The
/// same name and seed give the same story. `story_names()` lists them; a story of one's own is a `StoryScript`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/chance.h"
#include "castner/cell_bank/cell_bank.h"
#include "castner/cell_bank/meter.h"
#include "castner/cell_bank/scanner.h"

namespace castner::cell_bank {

/// The load goes in straight lines from point to point and stays at the last.
struct LoadPoint {
  double time;     ///< [s]
  double density;  ///< [A/m2]
};

/// One thing that is wrong: a cell, or the reading of one.
struct Truth {
  int cell = 0;                                           ///< from 0
  std::optional<Illness> cause;                           ///< of a sick cell,
  std::optional<ReadingFault> reading;                    ///< or of a wrong reading
  std::optional<int> with;                                ///< the other cell whose reading is wrong by the same fault
  double onset = 0.0;                                     ///< [s]; its effect may still be small then: see the rows
  bool fast = true;                                       ///< acts within minutes; else over days
  bool visible = true;                                    ///< by anything that the story reveals
  bool unread = false;                                    ///< no reading of it comes any more: it cannot be judged
  std::vector<Illness> alike = {};                        ///< causes that would have looked the same in this story
  bool told() const { return visible && alike.empty(); }  ///< whether somebody could name it for sure
};

/// The common instruments. Biases are drawn for each story; the rest are guesses; sample lines take 60 to 120 s.
struct StoryMeters {
  MeterSettings current{.noise = 8.0, .drift = 10.0, .resolution = 1.0};                    ///< [A]
  MeterSettings temperature{.noise = 0.05, .drift = 0.15, .lag = 30.0, .resolution = 0.1};  ///< [K]
  MeterSettings caustic{.noise = 2e-4, .drift = 5e-4, .lag = 60.0, .resolution = 1e-4};     ///< [1]
  MeterSettings voltage{.noise = 0.03, .drift = 0.02, .resolution = 0.01};                  ///< [V]
  MeterSettings hydrogen{.noise = 3e-5, .drift = 1e-5, .lag = 90.0, .resolution = 1e-5};    ///< [1]
  MeterSettings oxygen{.noise = 1e-4, .drift = 1e-4, .lag = 90.0, .resolution = 1e-4};      ///< [1]
  MeterSettings chloride{.noise = 5e-7, .every = 4 * 3600.0, .resolution = 1e-7};           ///< [1], a laboratory's
  MeterSettings brine{.gain = 1.0, .noise = 0.01, .drift = 0.01, .lag = 5.0, .resolution = 1e-3};  ///< [kg/s]
};

/// From this time on the common meters show the truth like this.
struct Calibration {
  double time;  ///< [s]
  double current_gain;
  double temperature_offset;  ///< [K]
};

/// For a while all cells work elsewhere: a cooler, a dosing pump or the brine supply is out of order.
struct Upset {
  double from, until;        ///< [s]
  double temperature = 0.0;  ///< above what is usual [K]
  double caustic = 0.0;      ///< likewise
  double brine = 1.0;        ///< share of the usual flow
};
/// For a while no row is told, or the scanner hangs.
struct Pause {
  double from, until;  ///< [s]
};
/// A cell gets another membrane, and whoever judges is told so. No illness.
struct Renewal {
  int cell;         ///< from 0
  double time;      ///< [s]
  double membrane;  ///< its resistance against the old one's
};

struct StoryScript {
  std::string name;
  double duration = 86400.0, step = 10.0;  ///< [s]
  std::vector<LoadPoint> load = {{0.0, kReferenceDensity}};
  double load_wander = 0.003;  ///< sd, relative, with a memory of ten minutes
  CellBankSettings bank;
  ScannerSettings scanner;
  StoryMeters meters;
  std::vector<Calibration> calibrations = {};
  std::vector<Upset> upsets = {};
  std::vector<Pause> pauses = {};
  std::vector<Pause> hangs = {};  ///< every cell's reading repeats itself, other meters go on
  std::vector<Renewal> renewals = {};
  bool analyses = true;  ///< whether gases, chloride and brine are measured at all
  std::vector<Fault> faults = {};
  std::vector<ScannerFault> scanner_faults = {};
  std::vector<Truth> truth = {};
};

/// A voltage that a fault alone causes.
struct FaultEffect {
  int cell;
  double voltage;  ///< at the row's true conditions [V]
};

struct StoryRow {
  double time = 0.0;  ///< [s]
  // What is read; NaN where it is not measured
  double current = 0.0;      ///< [A]
  double temperature = 0.0;  ///< [K]
  double caustic = 0.0;      ///< mass fraction of NaOH
  double voltage = 0.0;      ///< of the electrolyser [V]
  Analyses analyses;
  std::span<const double> cells;  ///< [V]
  // What was so
  CellBankInputs truth;
  Analyses true_analyses;
  std::span<const double> true_cells, true_ohmic, true_electrodes;  ///< [V]
  std::vector<FaultEffect> effects;                                 ///< of every cell that is or will be sick
};

/// Tells a script row by row; the views in a row are good until the next.
class Story {
 public:
  Story(StoryScript, std::uint64_t seed);
  const StoryScript& script() const { return script_; }
  /// The next row; none at the end.
  const StoryRow* next();

 private:
  bool advance();
  double density(double time) const;
  void conditions(double time, double seconds);
  void measure(double time);

  StoryScript script_;
  CellBank bank_;
  VoltageScanner scanner_;
  Chance chance_;
  std::array<Meter, 4> meters_;     ///< current, temperature, caustic, voltage
  std::array<Meter, 4> analysers_;  ///< hydrogen, oxygen, chloride, brine
  std::vector<int> sick_;
  long rows_ = 0;
  double load_ = 0.0, temperature_control_ = 0.0, caustic_control_ = 0.0, weather_ = 0.0;  ///< wander, sd 1
  StoryRow row_;
};

/// Every story there is, in families: healthy, each cause, each wrong reading, what cannot be told.
std::span<const std::string_view> story_names();
/// A story's script; sizes, cells and times are drawn by the seed. None of that name: none. @param cells of the electrolyser, at least 5
std::optional<StoryScript> story_script(std::string_view name, std::uint64_t seed, int cells = 180);

}  // namespace castner::cell_bank
