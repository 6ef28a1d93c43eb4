// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/decimal.h"

#include <bit>
#include <cmath>

namespace castner::historian {
namespace {

constexpr double kUp[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr double kDown[] = {1e0,  1e-1, 1e-2,  1e-3,  1e-4,  1e-5,  1e-6,  1e-7,
                            1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15};
constexpr double kExact = 9007199254740992.0;  // 2^53: below it every whole number is a double
constexpr double kSingleExact = 1e8;           // a single has seven digits and a bit

template <Way way>
double value_of(unsigned digits, std::int64_t m) {
  const auto d = static_cast<double>(m);
  if constexpr (way == Way::divided) return d / kUp[digits];
  if constexpr (way == Way::multiplied) return d * kDown[digits];
  return static_cast<double>(static_cast<float>(d / kUp[digits]));
}

/// The whole number whose value is v, bit for bit.
template <Way way>
bool whole_of(unsigned digits, double v, std::int64_t& m) {
  const auto scaled = v * kUp[digits];
  if (!(std::fabs(scaled) < (way == Way::single ? kSingleExact : kExact))) return false;  // NaN too
  m = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  return std::bit_cast<std::uint64_t>(value_of<way>(digits, m)) == std::bit_cast<std::uint64_t>(v);
}

/// Calls f with the way as a constant, so that its loops are compiled for each.
template <class F>
auto with_way(Way way, F f) {
  switch (way) {
    case Way::multiplied: return f(std::integral_constant<Way, Way::multiplied>());
    case Way::single: return f(std::integral_constant<Way, Way::single>());
    case Way::divided: break;
  }
  return f(std::integral_constant<Way, Way::divided>());
}

/// The way and the fewest digits that fit most of every `stride`-th value.
Decimal best_fit(std::span<const double> v, std::size_t stride) {
  Decimal best;
  std::size_t most = 0;
  const auto looked_at = (v.size() + stride - 1) / stride;
  for (const auto way : {Way::divided, Way::multiplied, Way::single})
    for (unsigned digits = 0; digits <= kMostDigits; ++digits) {
      std::size_t fit = 0;
      with_way(way, [&](auto w) {
        std::int64_t m;
        for (std::size_t i = 0; i < v.size(); i += stride) fit += whole_of<w.value>(digits, v[i], m);
      });
      if (fit > most) {
        most = fit;
        best = {way, digits};
      }
      if (most == looked_at) return best;
    }
  return best;
}

std::optional<Decimals> in_whole_numbers(std::span<const double> v, const Decimal& decimal) {
  Decimals d{decimal, {}, {}};
  d.whole.resize(v.size());
  const bool fits = with_way(decimal.way, [&](auto way) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i < v.size(); ++i) {
      std::int64_t m;
      if (whole_of<way.value>(decimal.digits, v[i], m)) {
        before = m;
      } else {
        d.exceptions.push_back(static_cast<std::uint32_t>(i));
        if (d.exceptions.size() > v.size() / 8) return false;
      }
      d.whole[i] = before;
    }
    return true;
  });
  if (!fits) return {};
  // Before the first decimal there was none to repeat.
  std::size_t first = 0;
  while (first < d.exceptions.size() && d.exceptions[first] == first) ++first;
  for (std::size_t i = 0; i < first && first < v.size(); ++i) d.whole[i] = d.whole[first];
  return d;
}

}  // namespace

double evaluate(const Decimal& decimal, std::int64_t m) {
  return with_way(decimal.way, [&](auto way) { return value_of<way.value>(decimal.digits, m); });
}

void evaluate_all(const Decimal& decimal, std::span<std::uint64_t> all) {
  with_way(decimal.way, [&](auto way) {
    for (auto& x : all)
      x = std::bit_cast<std::uint64_t>(value_of<way.value>(decimal.digits, static_cast<std::int64_t>(x)));
  });
}

std::optional<Decimals> decimals_of(std::span<const double> v) {
  if (v.empty()) return {};
  constexpr std::size_t kLook = 32;  // enough to tell an instrument's habit; where it misleads, all are looked at
  const auto stride = v.size() <= kLook ? 1 : v.size() / kLook;
  auto d = in_whole_numbers(v, best_fit(v, stride));
  if (stride == 1 || (d && d->exceptions.size() <= v.size() / 64)) return d;
  auto thorough = in_whole_numbers(v, best_fit(v, v.size() > 1024 ? v.size() / 512 : 1));
  return thorough && (!d || thorough->exceptions.size() < d->exceptions.size()) ? thorough : d;
}

}  // namespace castner::historian
