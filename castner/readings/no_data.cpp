// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/no_data.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace castner::readings {
namespace {

bool same_number(double a, double b) { return a == b || std::abs(a - b) <= 2e-7 * std::abs(b); }

/// From 1e18 on nothing is measured, in whatever unit: 1E+20, 9.9999E+37 (IP.21), 1E+38, 3.4028235E+38 (the largest float), -1E+30.
constexpr double kHuge = 1e18;
/// A power of ten from here on stands for none where it lies far from all others.
constexpr double kLarge = 1e9;

struct Known {
  double value;
  bool sure;           ///< no instrument of a plant shows it; the others need readings to stand out from
  bool often = false;  ///< only where it comes three times and more
};
/// Of historians and loggers (-9999, -999.25, 8888, -7999 ...), and registers with every bit set or the sign alone, as they are and with
/// decimals. Ascending.
constexpr auto kKnown = std::to_array<Known>({
    // clang-format off
      {-2147483648.0, false}, {-214748364.8, false}, {-21474836.48, false}, {-9999999.0, true},
      {-2147483.648, false}, {-999999.0, true}, {-214748.3648, false}, {-99999.0, true},
      {-88888.0, false}, {-32768.0, false}, {-21474.83648, false}, {-9999.99, true}, {-9999.9, true},
      {-9999.0, true}, {-9998.0, false}, {-8888.8, false}, {-8888.0, false}, {-7999.9, false},
      {-7999.0, false}, {-7777.0, false}, {-3276.8, false}, {-2147.483648, false}, {-999.99, false},
      {-999.9, false}, {-999.25, true}, {-999.0, false}, {-998.0, false}, {-888.8, false, true}, {-327.68, false},
      {-99.99, false, true}, {-99.9, false, true}, {-99.0, false, true}, {-1.0, false, true}, {327.67, false},
      {655.35, false}, {888.8, false, true}, {888.88, false, true}, {999.0, false}, {999.9, false}, {999.99, false},
      {2147.483647, false}, {3276.7, false}, {4294.967295, false}, {6553.5, false}, {7777.0, false},
      {7777.7, false}, {7999.0, false}, {7999.9, false}, {8888.0, false},
      {8888.8, false}, {8888.88, false}, {9999.0, false}, {9999.9, false}, {9999.99, false},
      {21474.83647, false}, {32767.0, false}, {42949.67295, false}, {65535.0, false},
      {88888.0, false}, {99999.0, false}, {214748.3647, false}, {429496.7295, false},
      {888888.0, false}, {999999.0, false}, {2147483.647, false}, {4294967.295, false},
      {9999999.0, false}, {21474836.47, false}, {42949672.95, false}, {214748364.7, false},
      {429496729.5, false}, {2147483647.0, false}, {4294967295.0, false},
    // clang-format on
});

bool large_power_of_ten(double v) {
  for (double p = kLarge; p < kHuge; p *= 10.0)
    if (same_number(p, std::abs(v))) return true;
  return false;
}

const Known* known(double v) {
  const double least = v - 2e-7 * std::abs(v);
  const auto it =
      std::lower_bound(kKnown.begin(), kKnown.end(), least, [](const Known& k, double x) { return k.value < x; });
  return it != kKnown.end() && same_number(it->value, v) ? &*it : nullptr;
}

bool listed(std::span<const double> list, double v) {
  return std::any_of(list.begin(), list.end(), [v](double n) { return same_number(v, n); });
}

}  // namespace

std::optional<std::vector<double>> read_no_data(std::string_view text) {
  std::vector<double> all;
  while (true) {
    const std::size_t begin = text.find_first_not_of(" ,;\t");
    if (begin == std::string_view::npos) return all;
    text.remove_prefix(begin);
    const std::string_view one = text.substr(0, text.find_first_of(" ,;\t"));
    text.remove_prefix(one.size());
    const char* end = one.data() + one.size();
    if (one.starts_with("0x") || one.starts_with("0X")) {
      std::uint64_t bits = 0;
      const auto read = std::from_chars(one.data() + 2, end, bits, 16);
      if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
      all.push_back(static_cast<double>(bits));
      continue;
    }
    double value = 0.0;
    if (one.starts_with("+-")) return std::nullopt;
    const auto read = std::from_chars(one.data() + (one[0] == '+' ? 1 : 0), end, value);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(value)) return std::nullopt;
    all.push_back(value);
  }
}

bool is_no_data(std::span<const double> no_data, double value) { return listed(no_data, value); }

bool may_be_no_data(double v) {
  constexpr double kLeast = 327.0;  // every number of kKnown is larger, but for -1, -99, -99.9 and -99.99
  if (v >= -kLeast && v <= kLeast) return v < 0.0 && (v == -1.0 || (v <= -99.0 && known(v)));
  return std::abs(v) >= kHuge || known(v) || (std::abs(v) >= kLarge && large_power_of_ten(v));
}

double nearest_no_data(double v) {
  const Known* k = known(v);
  return k ? k->value : v;
}

void NoDataFinder::add(double v) {
  if (may_be_no_data(v)) {
    constexpr std::size_t kMost = 16;
    const auto it = std::find_if(candidates_.begin(), candidates_.end(), [v](const auto& c) { return c.first == v; });
    if (it != candidates_.end())
      ++it->second;
    else if (candidates_.size() < kMost)
      candidates_.emplace_back(v, 1);
    return;
  }
  low_ = std::min(low_, v);
  high_ = std::max(high_, v);
}

std::vector<double> NoDataFinder::found(std::size_t least) const {
  constexpr std::size_t kOften = 3;
  std::vector<double> out;
  const bool others = low_ <= high_;
  const double size = others ? std::max({std::abs(low_), std::abs(high_), high_ - low_}) : 0.0;
  for (const auto& [v, count] : candidates_) {
    const Known* k = known(v);
    const double distance = !others ? 0.0 : v > high_ ? v - high_ : low_ - v;  // below zero: among the others
    const bool huge = std::abs(v) >= kHuge;
    if (count < least || (k && k->often && count < kOften)) continue;
    const bool nines = v <= -99.0 && v > -100.0;
    const bool other_side = (v == -1.0 && low_ >= 5.0) || ((nines || v <= -900.0) && low_ >= 0.0);
    const bool stands_out = distance > 3.0 * size || (distance > 0.0 && other_side);
    if (huge || (others ? stands_out : k && k->sure)) out.push_back(v);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<double> NoDataFinder::throughout() const {
  const bool others = low_ <= high_;
  if (others || candidates_.size() != 1 || candidates_[0].second < 3 || !found().empty()) return std::nullopt;
  return candidates_[0].first;
}

}  // namespace castner::readings
