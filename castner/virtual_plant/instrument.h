// SPDX-License-Identifier: Apache-2.0
/// An instrument as plants have them: with bias, drift, noise, resolution and faults.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/chance.h"
#include "castner/dynamics/course.h"
#include "castner/readings/reading.h"

namespace castner::virtual_plant {

/// The parts of an instrument's stated uncertainty. Assumed, as for plants/cell_room/data.csv.
struct InstrumentSettings {
  double bias = 1.0;                  ///< drawn once, in sd: that is what the plant file's sd means
  double noise = 0.3;                 ///< in sd
  double noise_memory = 270.0;        ///< [s] after which noise has forgotten 1 - 1/e
  double drift = 0.3;                 ///< a slow wander, in sd
  double drift_memory = 7 * 86400.0;  ///< [s]
};

/// The value of a tag at a moment.
struct TagValue {
  double value = 0.0;  ///< in the tag's unit
  readings::StatusCode status = readings::StatusCode::good;
  bool sent = true;  ///< a dead instrument sends nothing
};

struct InstrumentFault {
  enum class Kind { bias, drift, stuck, bad, dead, scale, rail };
  Kind kind = Kind::bias;
  dynamics::Spell spell;
  double size =
      0.0;  ///< in the tag's unit; of a drift, a second; of a scale, the share above 1; of a rail, what is shown
};

class VirtualInstrument {
 public:
  struct Make {
    std::string tag;
    double sd = 0.0;          ///< in the tag's unit
    double resolution = 0.0;  ///< likewise; 0: a hundredth of the sd, rounded down to a power of ten
  };
  VirtualInstrument(const Make&, const InstrumentSettings&, std::uint64_t seed);

  void add_fault(const InstrumentFault& f) { faults_.push_back({f, false, 0.0}); }
  double sd() const { return sd_; }
  double resolution() const { return resolution_; }

  /// @param truth in the tag's unit  @param time of the plant, not before the last [s]
  TagValue read(double truth, double time);

 private:
  struct Fault {
    InstrumentFault what;
    bool caught;      ///< stuck already,
    double stuck_at;  ///< at this
  };
  double rounded(double value) const;

  InstrumentSettings settings_;
  double sd_, resolution_, bias_, noise_, drift_;
  std::optional<double> last_time_;  ///< none before the first reading
  Chance chance_;
  std::vector<Fault> faults_;
};

}  // namespace castner::virtual_plant
