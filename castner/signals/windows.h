// SPDX-License-Identifier: Apache-2.0
/// Cuts series into windows, says which are steady, and finds gaps and instruments that are stuck or dead.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castner/base/between.h"
#include "castner/readings/sample.h"

namespace castner::signals {

struct WindowOptions {
  std::chrono::nanoseconds window{std::chrono::minutes(30)};
  int min_rows = 20;
  std::chrono::nanoseconds max_gap{std::chrono::minutes(5)};
  std::optional<Time> from, to;          ///< half-open
  std::optional<std::string> time_zone;  ///< whose midnight windows count from; UTC where none
  Between between = Between::nothing;    ///< else min_rows asks nothing, and a reading is believed for max_gap
  bool one_window = false;               ///< all of [from, to), both given, is one window: the newest, of a live plant
};

/// One tag in one window. Values in the unit of the series.
struct WindowMean {
  int good = 0;  ///< samples that the mean is taken of
  double mean = 0.0;
  double sd_of_mean =
      0.0;                 ///< s/sqrt(n_eff), n_eff = n (1 - r)/(1 + r), r = lag-1 autocorrelation clipped to [0, 0.99]
  bool uncertain = false;  ///< the good samples did not suffice, so those of uncertain quality count too: twice the sd
  bool usable = false;     ///< min_rows samples or more, none missing for longer than max_gap, at the window's ends too
  bool steady = false;     ///< first and last third agree (docs/reference/commands.md); thirds by number of samples
  double variance = 0.0;   ///< of the values about their mean
  double change = 0.0;     ///< from the window's beginning to its end, less what noise alone makes of it
  bool moves = false;      ///< not steady, or that change stands out of the noise
  double sd_about_line = 0.0;  ///< as sd_of_mean, of what the straight line that fits best leaves over
  double ahead = 0.0;          ///< of the mean, the course of a signal of which not all readings were kept (between.h)
  bool stuck = false;          ///< more than a tenth of its samples lie in a stuck stretch (stuck.h)
};

struct Window {
  Time from, to;
  int rows = 0;                  ///< distinct times, of all tags together
  int fullest = 0;               ///< readings of the tag that has most
  std::vector<WindowMean> tags;  ///< shape (series)
};

struct TimeGap {
  Time from, to;  ///< last sample before, first after
};
struct StuckTag {
  std::string tag;
  Time from, to;
  bool dead = false;  ///< no usable reading at all, rather than one repeated
};

struct WindowedData {
  std::vector<Window> windows;  ///< ascending, not overlapping
  int rows = 0;                 ///< distinct times
  std::vector<TimeGap> gaps;    ///< longer than max_gap, over all tags together
  int bad_quality = 0;          ///< samples
  std::vector<StuckTag> stuck;  ///< stuck or dead instruments, whole stretches
};

/// Windows start at local midnight plus whole multiples of their length; where that does not divide the day, the last of a
/// day is shorter. Stretches without any sample have no window.
/// @param series  each ascending in time, as read_table leaves them
/// @param instrument_sd  sd of each series' instrument at a reading, in the unit of the series: sd(series, mean);
///                       a drift smaller than it does not make a window unsteady
[[nodiscard]] WindowedData cut_windows(std::span<const readings::Series>, const WindowOptions&,
                                       const std::function<double(std::size_t, double)>& instrument_sd);

}  // namespace castner::signals
