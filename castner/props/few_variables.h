// SPDX-License-Identifier: Apache-2.0
/// A property depends on one or two numbers, however many derivatives its caller carries along.
///
/// Evaluates a correlation with exactly the derivatives it needs (one or two directions) and then applies the
/// chain rule once: exact, and several times cheaper than carrying eight directions through a long
/// polynomial.
#pragma once

#include <array>
#include <cstddef>

#include "castner/numerics/dual.h"

namespace castner::props {

/// The scalar with which a correlation of N variables is evaluated for a caller with scalar S.
template <class S, int N>
struct Narrow {
  using Scalar = double;
};
template <class T, int M, int N>
struct Narrow<Dual<T, M>, N> {
  using Scalar = Dual<typename Narrow<T, N>::Scalar, N>;
};

/// x as the k-th independent variable, in every order of derivative.
template <class S, int N>
typename Narrow<S, N>::Scalar independent(const S& x, int k) {
  if constexpr (std::is_same_v<S, double>) {
    return x;
  } else {
    using Inner = decltype(x.a);
    return Narrow<S, N>::Scalar::seed(independent<Inner, N>(x.a, k), k);
  }
}

/// The chain rule: f and its derivatives by the independent variables, turned into derivatives of the caller.
template <class S, std::size_t N>
S widen(const typename Narrow<S, static_cast<int>(N)>::Scalar& f, const std::array<const S*, N>& x) {
  if constexpr (std::is_same_v<S, double>) {
    return f;
  } else {
    using Inner = std::remove_cvref_t<decltype(S{}.a)>;
    std::array<const Inner*, N> inner;
    for (std::size_t k = 0; k < N; ++k) inner[k] = &x[k]->a;
    S result(widen<Inner, N>(f.a, inner));
    for (std::size_t k = 0; k < N; ++k) {
      const Inner partial = widen<Inner, N>(f.v[k], inner);
      for (std::size_t i = 0; i < result.v.size(); ++i) result.v[i] += partial * x[k]->v[i];
    }
    return result;
  }
}

template <class S, class F>
S of_one(const S& x, F f) {
  return widen<S, 1>(f(independent<S, 1>(x, 0)), {&x});
}
template <class S, class F>
S of_two(const S& x, const S& y, F f) {
  return widen<S, 2>(f(independent<S, 2>(x, 0), independent<S, 2>(y, 1)), {&x, &y});
}

/// c[0] + c[1] x + c[2] x^2 + ..., by Horner's rule.
template <class T, std::size_t N>
T polynomial(const std::array<double, N>& c, const T& x) {
  T sum(c[N - 1]);
  for (std::size_t k = N - 1; k-- > 0;) sum = sum * x + c[k];
  return sum;
}

}  // namespace castner::props
