// SPDX-License-Identifier: Apache-2.0
/// A voltage scanner as cell rooms have them: it reads one cell after the other, with noise, and some of its taps are wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "castner/base/chance.h"
#include "castner/cell_bank/faults.h"

namespace castner::cell_bank {

/// All guesses of the size of good scanners.
struct ScannerSettings {
  double white = 0.5e-3;     ///< sd of what differs from reading to reading [V]
  double coloured = 0.7e-3;  ///< sd of what wanders, each cell for itself [V]
  double memory = 40.0;      ///< of it [s]
  double common = 0.2e-3;    ///< sd of what all readings of a scan share, the rectifier's ripple [V]
  double resolution = 1e-3;  ///< [V]
  double scan_time = 4.0;    ///< from the first cell's reading to the last one's, which is the row's time [s]
  double missing = 1e-4;     ///< share of readings that do not come
  double wild = 0.0;         ///< share of readings that are off, each alone, by
  double wild_size = 0.3;    ///< so much, up or down [V]
};

enum class ReadingFault {
  dead,       ///< shows `size` whatever happens: zero, a rail [V], or nothing at all, NaN
  stuck,      ///< shows what it showed at the onset
  offset,     ///< adds `size` [V]
  scale,      ///< multiplies by 1 + `size`
  swapped,    ///< shows the voltage of `with`, which shows this one's
  displaced,  ///< the tap between this cell and its neighbour `with` sits wrong: this shows `size` [V] more, the neighbour as much less
};
inline constexpr int kReadingFaults = 6;
std::string_view name_of(ReadingFault);

struct ScannerFault {
  ReadingFault kind = ReadingFault::dead;
  int cell = 0;                  ///< from 0
  double onset = 0.0;            ///< [s]
  double size = 0.0;             ///< see its kind
  std::optional<int> with = {};  ///< the other cell, of swapped and displaced
  double until = kForever;       ///< [s], repaired
};

class VoltageScanner {
 public:
  VoltageScanner(const ScannerSettings&, int cells, std::uint64_t seed);
  void add(const ScannerFault&);
  /// For a while [s] every reading repeats what it was.
  void hang(double from, double until) { hangs_.push_back({from, until}); }
  /// Readings of all cells [V], NaN where one is missing; of cells that change, each as it was when its turn came.
  /// @param voltages true, at this time, in straight lines from those of the last call [V]  @param time [s]
  std::span<const double> read(std::span<const double> voltages, double time);

 private:
  struct Fault {
    ScannerFault what;
    std::optional<double> caught;  ///< of a stuck tap [V]
  };
  ScannerSettings settings_;
  Chance chance_;
  std::vector<Fault> faults_;
  struct Spell {
    double from, until;  ///< [s]
  };
  std::vector<Spell> hangs_;
  std::vector<double> last_, wander_, readings_;
  std::optional<double> last_time_;
};

}  // namespace castner::cell_bank
