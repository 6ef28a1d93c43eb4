// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_bank/scanner.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "castner/base/check.h"

namespace castner::cell_bank {

std::string_view name_of(ReadingFault kind) {
  constexpr std::string_view kNames[kReadingFaults] = {"dead", "stuck", "offset", "scale", "swapped", "displaced"};
  return kNames[static_cast<int>(kind)];
}

VoltageScanner::VoltageScanner(const ScannerSettings& settings, int cells, std::uint64_t seed)
    : settings_(settings), chance_(seed, "voltage scanner") {
  const auto n = static_cast<std::size_t>(cells);
  last_.assign(n, 0.0);
  readings_.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) wander_.push_back(chance_.normal());
}

void VoltageScanner::add(const ScannerFault& fault) {
  const auto is_cell = [&](int cell) { return cell >= 0 && static_cast<std::size_t>(cell) < last_.size(); };
  const bool two = fault.kind == ReadingFault::swapped || fault.kind == ReadingFault::displaced;
  check(is_cell(fault.cell) && two == fault.with.has_value() && (!two || is_cell(*fault.with)),
        "a scanner's fault is of its cells, of two where it takes two");
  faults_.push_back({fault, {}});
}

std::span<const double> VoltageScanner::read(std::span<const double> voltages, double time) {
  const auto hangs = [&](const Spell& h) { return time >= h.from && time < h.until; };
  if (last_time_ && std::any_of(hangs_.begin(), hangs_.end(), hangs)) return readings_;
  const std::size_t n = readings_.size();
  const double passed = last_time_ ? time - *last_time_ : 0.0;
  const double kept = std::exp(-passed / settings_.memory), fresh = std::sqrt(1.0 - kept * kept);
  // A row's time is that of its last reading.
  for (std::size_t i = 0; i < n; ++i) {
    const double ago = n > 1 ? settings_.scan_time * static_cast<double>(n - 1 - i) / static_cast<double>(n - 1) : 0.0;
    const double back = passed > 0.0 ? std::min(1.0, ago / passed) : 0.0;
    readings_[i] = voltages[i] - back * (voltages[i] - last_[i]);
  }
  std::copy(voltages.begin(), voltages.end(), last_.begin());
  last_time_ = time;

  const auto acts = [&](const ScannerFault& f) { return time >= f.onset && time < f.until; };
  for (const auto& [f, caught] : faults_) {
    if (!acts(f)) continue;
    double& reading = readings_[static_cast<std::size_t>(f.cell)];
    if (f.kind == ReadingFault::offset) reading += f.size;
    if (f.kind == ReadingFault::scale) reading *= 1.0 + f.size;
    if (f.kind == ReadingFault::swapped) std::swap(reading, readings_[static_cast<std::size_t>(*f.with)]);
    if (f.kind == ReadingFault::displaced) {
      reading += f.size;
      readings_[static_cast<std::size_t>(*f.with)] -= f.size;
    }
  }
  const double common = settings_.common * chance_.normal();
  for (std::size_t i = 0; i < n; ++i) {
    wander_[i] = kept * wander_[i] + fresh * chance_.normal();
    if (settings_.wild > 0.0 && chance_.uniform() < settings_.wild)
      readings_[i] += chance_.uniform() < 0.5 ? -settings_.wild_size : settings_.wild_size;
    const double noisy = readings_[i] + common + settings_.coloured * wander_[i] + settings_.white * chance_.normal();
    readings_[i] = settings_.resolution > 0.0 ? settings_.resolution * std::round(noisy / settings_.resolution) : noisy;
    if (chance_.uniform() < settings_.missing) readings_[i] = std::nan("");
  }
  for (auto& [f, caught] : faults_) {
    if (!acts(f)) continue;
    double& reading = readings_[static_cast<std::size_t>(f.cell)];
    if (f.kind == ReadingFault::dead) reading = f.size;
    if (f.kind == ReadingFault::stuck) {
      if (!caught && !std::isnan(reading)) caught = reading;
      if (caught) reading = *caught;
    }
  }
  return readings_;
}

}  // namespace castner::cell_bank
