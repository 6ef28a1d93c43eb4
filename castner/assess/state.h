// SPDX-License-Identifier: Apache-2.0
/// One set of readings made into one true balance of the plant: the bridge from tags to the solver.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "castner/assess/apparatus.h"
#include "castner/assess/assessment.h"
#include "castner/assess/running.h"
#include "castner/base/error.h"
#include "castner/plant/idle_choice.h"
#include "castner/plant/plant.h"
#include "castner/tables/table_reader.h"

namespace castner::assess {

/// One reading of an instrument, before it meets the balances. [SI]
struct Measured {
  std::optional<double> value;
  double sd_random = 0.0;    ///< of the mean; 0 for a single reading
  std::optional<double> sd;  ///< overrides the plant file's systematic sd
  readings::Quality quality = readings::Quality::good;
  std::string why_not;  ///< as of an Instrument; empty where usable
  std::optional<double> middle =
      {};                ///< where value is a mean of many: their median, which tells whether anything runs
  double at_load = 0.0;  ///< what the instrument reads while its unit runs; 0: as the plant file has it
};

/// The readings of the plant file itself, without a data file.
std::vector<Measured> plant_readings(const plant::Plant&);

/// Leaves out what its quantity cannot be (plant::impossible_reading).
void leave_out_impossible(const plant::Plant&, std::vector<Measured>&);

/// Readings of a snapshot file laid over the plant's own; a tag the plant does not know is a problem that suggests the
/// nearest. @param file  its name, for messages   @param notes  what was assumed is added
[[nodiscard]] Result<std::vector<Measured>> snapshot_readings(const plant::Plant&,
                                                              const std::vector<tables::SnapshotRow>&,
                                                              const std::string& file,
                                                              std::vector<std::string>* notes = nullptr);

/// What the plant file's keys and the tags of a snapshot say of each unit, shape (plant.units).
std::vector<plant::IdleWord> idle_words(const plant::Plant&, const std::vector<Measured>&,
                                        const std::vector<tables::SnapshotRow>& = {});

/// A note: the data lack the tag by which `idle` tells of a unit. @param near  a name like it; may be empty
std::string idle_tag_missing(const std::string& unit, const std::string& tag, const std::string& near);

/// Reconciles one plant again and again, each time starting from the last solution.
class PlantReconciler {
 public:
  /// The plant must outlive this.
  explicit PlantReconciler(const plant::Plant&);
  /// @param readings  shape (plant.measurements)   @param leaks  units' mass balances are candidates too
  /// @param words  what is said of each unit, shape (plant.units); none: what the plant file's keys say
  State reconcile(const std::vector<Measured>& readings, const solve::ReconcileOptions&, bool leaks,
                  const std::vector<plant::IdleWord>& words = {});
  /// Which units these readings show to be idle, before a balance is tried.
  plant::IdleChoice choose(const std::vector<Measured>& readings, const std::vector<plant::IdleWord>& words = {});
  /// Which readings show standstill, ascending.
  std::vector<std::size_t> standing(const std::vector<Measured>& readings);
  std::shared_ptr<const Running> running(const std::vector<Measured>& readings,
                                         const std::vector<plant::IdleWord>& words = {});
  /// Units of which the last balance said otherwise than the readings; shape (plant.units), or empty: none did.
  std::vector<char>& overruled() { return overruled_; }

 private:
  /// One way the plant runs, with what is kept for it.
  struct Balance {
    Running running;
    Apparatus apparatus;
    solve::Reconciler solver;  ///< keeps the orderings of its matrices from one set of readings to the next
    std::vector<int> leak_units = {};
    std::vector<solve::LeakCandidate> leaks = {};
    std::vector<double> last = {};  ///< empty before the first converged solution
  };
  using Words = std::vector<plant::IdleWord>;
  /// A way in which the plant may run, and what came of it.
  struct Attempt {
    Words words;
    std::vector<int> doubtful;
    std::shared_ptr<Balance> balance;
    State state;
  };
  std::shared_ptr<Balance> balance(const plant::IdleSigns&);
  std::vector<int> silent_units(const std::vector<Measured>&, const Words&, const plant::IdleSigns&) const;
  Attempt attempt(const std::vector<Measured>&, const solve::ReconcileOptions&, bool leaks, Words);
  Attempt stopped(const Attempt& before, int unit, const std::vector<Measured>&, const solve::ReconcileOptions&,
                  bool leaks);
  void try_silent(Attempt& best, const std::vector<int>& silent, const std::vector<Measured>&,
                  const solve::ReconcileOptions&, bool leaks);
  void find_like();
  double at_load(const std::vector<Measured>& readings, std::size_t instrument) const;
  bool small(const std::vector<Measured>& readings, std::size_t instrument) const;
  Words rather(const std::vector<Measured>&, const solve::ReconcileOptions&, const Words& said,
               const plant::IdleChoice&);
  std::vector<int> hardly_running(const Attempt&, const Words& said) const;
  double load_of(int variable) const;
  double simulated(int variable) const {
    return simulated_.empty() ? 0.0 : simulated_[static_cast<std::size_t>(variable)];
  }
  State solve(Balance&, const plant::IdleChoice&, std::vector<Measured>, const solve::ReconcileOptions&, bool leaks);
  std::vector<double> first_values(const Balance&, const std::vector<Measured>&) const;
  /// Leaves out pressures that the plant file has as absolute and that can only be gauge pressures, with the question for each.
  std::vector<UnitSlip> leave_out_gauges(std::vector<Measured>&, const solve::ReconcileOptions&, const Words&);
  struct Asked {
    std::vector<std::size_t> gauges, vacua;  ///< of plant.measurements; in neither: this window does not tell
  };
  /// Which of these vacua are gauge pressures, and which are none.
  Asked ask_of_gauges(const std::vector<std::size_t>& vacua, const std::vector<Measured>&,
                      const solve::ReconcileOptions&, const Words&);
  State best_way(const std::vector<Measured>&, const solve::ReconcileOptions&, bool leaks, const Words&);

  const plant::Plant& plant_;
  plant::IdleChooser chooser_;
  /// An electrolyser or effect that has instruments. (of plant.measurements)
  struct MayBeSilent {
    int unit = 0;
    std::vector<std::size_t> instruments;
  };
  std::vector<MayBeSilent> may_be_silent_;
  std::vector<double>
      at_load_;  ///< what each instrument reads then, as the plant file knows it; shape (plant.measurements)
  std::vector<double> simulated_;  ///< of the plant file, with everything running; empty where it has no simulation
  /// By variable, one that shows whether a unit runs: the instruments of it and of the same one of like units.
  std::map<int, std::vector<std::size_t>> like_;
  std::map<plant::IdleSigns, std::shared_ptr<Balance>> balances_;
  std::vector<double> last_;  ///< of any of them
  std::vector<char> overruled_;
  std::set<std::size_t> above_vacuum_;  ///< measurements that have read a pressure which is no vacuum
  struct Gauges {
    std::set<std::size_t> taken_as_absolute;  ///< of plant.measurements
    std::set<std::size_t> vacua;              ///< what they read is true: answered
    int wait = 0, patience = 0;               ///< windows until it is asked again, and waited for the last time
  } gauges_;
};

}  // namespace castner::assess
