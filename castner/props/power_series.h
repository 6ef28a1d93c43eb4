// SPDX-License-Identifier: Apache-2.0
/// Sums of terms n x^i y^j as IAPWS-IF97 writes them, with any of their derivatives, without one call to pow.
///
/// The table of terms is known when the program is compiled, so every coefficient of a derivative is too,
/// powers that no term uses vanish, and terms of equal i are added before they are multiplied by x^i.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace castner::props {

struct Term {
  int i;
  int j;
  double n;
};

/// x^Low ... x^High (Low <= 0 <= High), each from two shorter ones.
template <int Low, int High>
class Powers {
 public:
  explicit Powers(double x) {
    up_[0] = down_[0] = 1.0;
    if constexpr (High > 0) fill(up_, x, std::make_index_sequence<High>{});
    if constexpr (Low < 0) fill(down_, 1.0 / x, std::make_index_sequence<-Low>{});
  }
  template <int E>
  double at() const {
    static_assert(E >= Low && E <= High);
    if constexpr (E >= 0) {
      return up_[E];
    } else {
      return down_[-E];
    }
  }

 private:
  template <std::size_t N, std::size_t... K>
  [[gnu::always_inline]] static inline void fill(std::array<double, N>& p, double x, std::index_sequence<K...>) {
    ((p[K + 1] = K == 0 ? x : p[(K + 1) / 2] * p[K + 1 - (K + 1) / 2]), ...);
  }
  std::array<double, High + 1> up_;
  std::array<double, 1 - Low> down_;
};

/// The factor that the A-th derivative of x^e brings: e (e-1) ... (e-A+1).
constexpr double derivative_factor(int e, int a) {
  double f = 1.0;
  for (int k = 0; k < a; ++k) f *= e - k;
  return f;
}

/// The number of different i before term k (terms are sorted by i).
template <std::size_t N>
constexpr std::size_t group_of(const std::array<Term, N>& terms, std::size_t k) {
  std::size_t g = 0;
  for (std::size_t m = 1; m <= k; ++m) g += terms[m].i != terms[m - 1].i ? 1 : 0;
  return g;
}

/// d^(A+B) / dx^A dy^B of the sum.
// Inlined whole, lambdas too: only then do unused powers vanish and the used ones stay in registers.
template <const auto& kTerms, int A, int B, class X, class Y>
[[gnu::always_inline]] inline double power_series(const X& x, const Y& y) {
  constexpr std::size_t kSize = kTerms.size(), kGroups = group_of(kTerms, kSize - 1) + 1;
  std::array<double, kGroups> inner{};
  const auto add = [&]<std::size_t K>() __attribute__((always_inline)) {
    constexpr Term t = kTerms[K];
    constexpr double c = t.n * derivative_factor(t.i, A) * derivative_factor(t.j, B);
    if constexpr (c != 0.0) inner[group_of(kTerms, K)] += c * y.template at<t.j - B>();
  };
  double sum = 0.0;
  const auto collect = [&]<std::size_t K>() __attribute__((always_inline)) {
    constexpr Term t = kTerms[K];
    constexpr bool first = K == 0 || group_of(kTerms, K) != group_of(kTerms, K == 0 ? 0 : K - 1);
    if constexpr (first && derivative_factor(t.i, A) != 0.0)
      sum += inner[group_of(kTerms, K)] * x.template at<t.i - A>();
  };
  [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
    (add.template operator()<K>(), ...);
    (collect.template operator()<K>(), ...);
  }
  (std::make_index_sequence<kSize>{});
  return sum;
}

}  // namespace castner::props
