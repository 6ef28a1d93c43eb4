// SPDX-License-Identifier: Apache-2.0
/// What plants watch cells with today: fixed limits, three sigma of the group, and two control charts, by the textbook.
///
/// Each sees a row's voltages and its current and nothing else, and says which cell it alarms. The charts take the deviation
/// from the mean of all cells less the cell's own mean of the first fifth of the story, at most a day.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace castner::cell_replay {

enum class Peer { limits, three_sigma, ewma, cusum };
inline constexpr int kPeers = 4;
std::string_view name_of(Peer);

class Peers {
 public:
  /// @param learn  until when the charts learn [s]
  Peers(int cells, double area, double learn);
  void step(double time, double current, std::span<const double> voltages);
  /// When a peer first alarmed a cell after a time; infinity: never.
  double alarmed_after(Peer, int cell, double time) const;
  /// Whether it alarmed the cell before a time.
  bool alarmed_before(Peer, int cell, double time) const;
  /// Whether an alarm of the cell that began before a time still stood then.
  bool alarmed_at(Peer, int cell, double time) const;

 private:
  void alarm(Peer, std::size_t cell, double time, bool on);
  struct Alarm {
    double from, until;  ///< [s]
  };
  struct Chart {
    double mean = 0.0, square = 0.0;  ///< of what it learned
    int learned = 0;
    double ewma = 0.0, up = 0.0, down = 0.0;
    std::array<int, kPeers> rows{};  ///< that it has been outside
    std::array<std::vector<Alarm>, kPeers> alarms{};
  };
  const std::vector<Alarm>& alarms(Peer p, int cell) const {
    return charts_[static_cast<std::size_t>(cell)].alarms[static_cast<std::size_t>(p)];
  }
  double area_, learn_;
  std::vector<Chart> charts_;
};

}  // namespace castner::cell_replay
