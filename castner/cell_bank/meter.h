// SPDX-License-Identifier: Apache-2.0
/// A meter or analyser of an electrolyser: biased, drifting, slow, rounded; what common instruments do to all cells' judgement at once.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

#include "castner/base/chance.h"

namespace castner::cell_bank {

/// In the unit of what is measured; sizes at the instruments below are guesses.
struct MeterSettings {
  double gain = 1.0, offset = 0.0;  ///< what it shows is gain * truth + offset + the rest
  double noise = 0.0;               ///< sd, from reading to reading
  double drift = 0.0;               ///< sd, with a memory of two days
  double lag = 0.0;                 ///< [s], of first order: sample lines of analysers take 60 to 120
  double every = 0.0;               ///< [s] between samples, whose result stands until the next; 0: always
  double resolution = 0.0;
};

class Meter {
 public:
  /// @param name gives it random numbers of its own
  Meter(const MeterSettings& settings, std::uint64_t seed, std::string_view name)
      : settings_(settings), chance_(seed, name), drift_(chance_.normal()) {}

  /// Calibrated: shows the truth another way from now on.
  void calibrate(double gain, double offset) { settings_.gain = gain, settings_.offset = offset; }

  /// @param time not before the last [s]
  double read(double truth, double time) {
    const double passed = time_ ? time - *time_ : 0.0;
    const double kept = std::exp(-passed / kDriftMemory);
    drift_ = kept * drift_ + std::sqrt(1.0 - kept * kept) * chance_.normal();
    seen_ = time_ && settings_.lag > 0.0 ? truth + (seen_ - truth) * std::exp(-passed / settings_.lag) : truth;
    if (!time_ || settings_.every <= 0.0 || std::floor(time / settings_.every) > std::floor(*time_ / settings_.every)) {
      shown_ =
          settings_.gain * seen_ + settings_.offset + settings_.drift * drift_ + settings_.noise * chance_.normal();
      if (settings_.resolution > 0.0) shown_ = settings_.resolution * std::round(shown_ / settings_.resolution);
    }
    time_ = time;
    return shown_;
  }

 private:
  static constexpr double kDriftMemory = 2.0 * 86400.0;  // [s]
  MeterSettings settings_;
  Chance chance_;
  double drift_, seen_ = 0.0, shown_ = 0.0;
  std::optional<double> time_;
};

}  // namespace castner::cell_bank
