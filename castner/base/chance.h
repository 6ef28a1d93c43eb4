// SPDX-License-Identifier: Apache-2.0
/// Random numbers that are the same on every machine for the same seed and name, so that a run can be repeated.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

namespace castner {

/// SplitMix64 (S. Vigna, public domain), and normal deviates by Box and Muller: the standard library leaves its own
/// distributions open.
class Chance {
 public:
  /// A stream of its own for each name: adding an instrument leaves the others' noise as it was.
  Chance(std::uint64_t seed, std::string_view name) : state_(seed) {
    for (const char c : name) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    bits();
  }
  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// In (0, 1).
  double uniform() { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; }
  /// Mean 0, sd 1.
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_;
};

}  // namespace castner
