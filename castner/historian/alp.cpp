// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/alp.h"

#include <bit>
#include <cmath>

namespace castner::historian {
namespace {

constexpr double kUp[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr double kDown[] = {1e0,  1e-1, 1e-2,  1e-3,  1e-4,  1e-5,  1e-6,  1e-7,
                            1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15};
constexpr double kExact = 9007199254740992.0;  // 2^53: below it every integer is a double
constexpr double kSingleExact = 1e8;           // a single has seven exponent and a bit

template <Scaling scaling>
double value_of(unsigned exponent, std::int64_t m) {
  const auto d = static_cast<double>(m);
  if constexpr (scaling == Scaling::divided) return d / kUp[exponent];
  if constexpr (scaling == Scaling::multiplied) return d * kDown[exponent];
  return static_cast<double>(static_cast<float>(d / kUp[exponent]));
}

/// The integer whose value is v, bit for bit.
template <Scaling scaling>
bool integer_of(unsigned exponent, double v, std::int64_t& m) {
  const auto scaled = v * kUp[exponent];
  if (!(std::fabs(scaled) < (scaling == Scaling::single ? kSingleExact : kExact))) return false;  // NaN too
  m = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  return std::bit_cast<std::uint64_t>(value_of<scaling>(exponent, m)) == std::bit_cast<std::uint64_t>(v);
}

/// Calls f with the scaling as a constant, so that its loops are compiled for each.
template <class F>
auto with_scaling(Scaling scaling, F f) {
  switch (scaling) {
    case Scaling::multiplied: return f(std::integral_constant<Scaling, Scaling::multiplied>());
    case Scaling::single: return f(std::integral_constant<Scaling, Scaling::single>());
    case Scaling::divided: break;
  }
  return f(std::integral_constant<Scaling, Scaling::divided>());
}

/// The scaling and the least exponent that fit most of every `stride`-th value.
AlpScheme best_fit(std::span<const double> v, std::size_t stride) {
  AlpScheme best;
  std::size_t most = 0;
  const auto looked_at = (v.size() + stride - 1) / stride;
  for (const auto scaling : {Scaling::divided, Scaling::multiplied, Scaling::single})
    for (unsigned exponent = 0; exponent <= kMostExponent; ++exponent) {
      std::size_t fit = 0;
      with_scaling(scaling, [&](auto w) {
        std::int64_t m;
        for (std::size_t i = 0; i < v.size(); i += stride) fit += integer_of<w.value>(exponent, v[i], m);
      });
      if (fit > most) {
        most = fit;
        best = {scaling, exponent};
      }
      if (most == looked_at) return best;
    }
  return best;
}

std::optional<AlpEncoded> encode(std::span<const double> v, const AlpScheme& scheme) {
  AlpEncoded d{scheme, {}, {}};
  d.integers.resize(v.size());
  const bool fits = with_scaling(scheme.scaling, [&](auto scaling) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i < v.size(); ++i) {
      std::int64_t m;
      if (integer_of<scaling.value>(scheme.exponent, v[i], m)) {
        before = m;
      } else {
        d.exceptions.push_back(static_cast<std::uint32_t>(i));
        if (d.exceptions.size() > v.size() / 8) return false;
      }
      d.integers[i] = before;
    }
    return true;
  });
  if (!fits) return {};
  // Before the first decimal there was none to repeat.
  std::size_t first = 0;
  while (first < d.exceptions.size() && d.exceptions[first] == first) ++first;
  for (std::size_t i = 0; i < first && first < v.size(); ++i) d.integers[i] = d.integers[first];
  return d;
}

}  // namespace

double alp_value(const AlpScheme& scheme, std::int64_t m) {
  return with_scaling(scheme.scaling, [&](auto scaling) { return value_of<scaling.value>(scheme.exponent, m); });
}

void alp_decode(const AlpScheme& scheme, std::span<std::uint64_t> all) {
  with_scaling(scheme.scaling, [&](auto scaling) {
    for (auto& x : all)
      x = std::bit_cast<std::uint64_t>(value_of<scaling.value>(scheme.exponent, static_cast<std::int64_t>(x)));
  });
}

std::optional<AlpEncoded> alp_encode(std::span<const double> v) {
  if (v.empty()) return {};
  constexpr std::size_t kLook = 32;  // enough to tell an instrument's habit; where it misleads, all are looked at
  const auto stride = v.size() <= kLook ? 1 : v.size() / kLook;
  auto d = encode(v, best_fit(v, stride));
  if (stride == 1 || (d && d->exceptions.size() <= v.size() / 64)) return d;
  auto thorough = encode(v, best_fit(v, v.size() > 1024 ? v.size() / 512 : 1));
  return thorough && (!d || thorough->exceptions.size() < d->exceptions.size()) ? thorough : d;
}

}  // namespace castner::historian
