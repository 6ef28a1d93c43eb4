// SPDX-License-Identifier: Apache-2.0
/// A value with its derivatives (forward-mode dual number); nests for second order.
///
/// With e^2 = 0, f(a + v e) = f(a) + f'(a) v e: calculating with pairs (a, v) carries the derivative along, exactly, if every
/// operation obeys its own rule, the product (a, v)(b, w) = (ab, a w + v b). N parts v are N partial
/// derivatives in one pass; a dual of duals has the parts of its parts, which are second derivatives.
///
///     const auto x = Dual<double, 2>::seed(3.0, 0), y = Dual<double, 2>::seed(5.0, 1);
///     const auto f = x * x * y;    // f.a = 45, f.v = {df/dx, df/dy} = {30, 9}
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <type_traits>

namespace castner {

template <class T, int N>
struct Dual {
  T a{};                 ///< value
  std::array<T, N> v{};  ///< partial derivatives

  constexpr Dual() = default;
  template <class U>
  requires std::convertible_to<U, T>
  constexpr Dual(const U& x) : a(x) {}  // NOLINT: a constant is a dual with zero derivatives
  static constexpr Dual seed(const T& x, int k) {
    Dual d(x);
    d.v[static_cast<std::size_t>(k)] = T(1.0);
    return d;
  }

  /// f(a) with f'(a): the chain rule, used by every function below.
  constexpr Dual chain(const T& f, const T& df) const {
    Dual r(f);
    for (std::size_t i = 0; i < N; ++i) r.v[i] = df * v[i];
    return r;
  }

  friend constexpr Dual operator+(const Dual& x) { return x; }
  friend constexpr Dual operator-(const Dual& x) {
    Dual r(-x.a);
    for (std::size_t i = 0; i < N; ++i) r.v[i] = -x.v[i];
    return r;
  }
  friend constexpr Dual operator+(const Dual& x, const Dual& y) {
    Dual r(x.a + y.a);
    for (std::size_t i = 0; i < N; ++i) r.v[i] = x.v[i] + y.v[i];
    return r;
  }
  friend constexpr Dual operator-(const Dual& x, const Dual& y) {
    Dual r(x.a - y.a);
    for (std::size_t i = 0; i < N; ++i) r.v[i] = x.v[i] - y.v[i];
    return r;
  }
  friend constexpr Dual operator*(const Dual& x, const Dual& y) {
    Dual r(x.a * y.a);
    for (std::size_t i = 0; i < N; ++i) r.v[i] = x.v[i] * y.a + x.a * y.v[i];
    return r;
  }
  friend constexpr Dual operator/(const Dual& x, const Dual& y) {
    const T inverse = T(1.0) / y.a, q = x.a * inverse;
    Dual r(q);
    for (std::size_t i = 0; i < N; ++i) r.v[i] = (x.v[i] - q * y.v[i]) * inverse;
    return r;
  }
  // With a plain number: half the work of promoting it.
  friend constexpr Dual operator+(const Dual& x, double c) {
    Dual r = x;
    r.a = r.a + c;
    return r;
  }
  friend constexpr Dual operator+(double c, const Dual& x) { return x + c; }
  friend constexpr Dual operator-(const Dual& x, double c) {
    Dual r = x;
    r.a = r.a - c;
    return r;
  }
  friend constexpr Dual operator-(double c, const Dual& x) { return (-x) + c; }
  friend constexpr Dual operator*(const Dual& x, double c) {
    Dual r(x.a * c);
    for (std::size_t i = 0; i < N; ++i) r.v[i] = x.v[i] * c;
    return r;
  }
  friend constexpr Dual operator*(double c, const Dual& x) { return x * c; }
  friend constexpr Dual operator/(const Dual& x, double c) { return x * (1.0 / c); }
  friend constexpr Dual operator/(double c, const Dual& x) {
    const T q = T(c) / x.a;
    return x.chain(q, -q / x.a);
  }
  template <class U>
  constexpr Dual& operator+=(const U& y) {
    return *this = *this + y;
  }
  template <class U>
  constexpr Dual& operator-=(const U& y) {
    return *this = *this - y;
  }
  template <class U>
  constexpr Dual& operator*=(const U& y) {
    return *this = *this * y;
  }
  template <class U>
  constexpr Dual& operator/=(const U& y) {
    return *this = *this / y;
  }
};

/// The plain number at the core of any scalar.
inline constexpr double value_of(double x) { return x; }
template <class T, int N>
constexpr double value_of(const Dual<T, N>& x) {
  return value_of(x.a);
}

using std::exp, std::log, std::sqrt, std::cbrt, std::pow, std::asinh, std::abs, std::log1p, std::tanh;

template <class T, int N>
Dual<T, N> exp(const Dual<T, N>& x) {
  const T e = exp(x.a);
  return x.chain(e, e);
}
template <class T, int N>
Dual<T, N> log(const Dual<T, N>& x) {
  return x.chain(log(x.a), T(1.0) / x.a);
}
template <class T, int N>
Dual<T, N> log1p(const Dual<T, N>& x) {
  return x.chain(log1p(x.a), T(1.0) / (x.a + 1.0));
}
template <class T, int N>
Dual<T, N> sqrt(const Dual<T, N>& x) {
  const T s = sqrt(x.a);
  return x.chain(s, T(0.5) / s);
}
template <class T, int N>
Dual<T, N> cbrt(const Dual<T, N>& x) {
  const T c = cbrt(x.a);
  return x.chain(c, T(1.0) / (c * c * 3.0));
}
template <class T, int N>
Dual<T, N> tanh(const Dual<T, N>& x) {
  const T t = tanh(x.a);
  return x.chain(t, T(1.0) - t * t);
}
template <class T, int N>
Dual<T, N> asinh(const Dual<T, N>& x) {
  return x.chain(asinh(x.a), T(1.0) / sqrt(x.a * x.a + 1.0));
}
/// At zero the derivative is that of the left branch, -1.
template <class T, int N>
Dual<T, N> abs(const Dual<T, N>& x) {
  return value_of(x) > 0.0 ? x : -x;
}
/// Constant exponent; defined for any base where std::pow is.
template <class T, int N>
Dual<T, N> pow(const Dual<T, N>& x, double n) {
  if (n == 0.0) return Dual<T, N>(1.0);
  return x.chain(pow(x.a, n), n == 1.0 ? T(1.0) : pow(x.a, n - 1.0) * n);
}
template <class T, int N>
Dual<T, N> pow(const Dual<T, N>& x, const Dual<T, N>& y) {
  return exp(y * log(x));
}

/// base^n for an integer n by repeated squaring: exact derivatives and no calls to pow.
template <class T>
constexpr T integer_power(T base, int n) {
  if (n < 0) return T(1.0) / integer_power(base, -n);
  T r(1.0);
  for (; n > 0; n /= 2) {
    if (n % 2 == 1) r = r * base;
    if (n > 1) base = base * base;
  }
  return r;
}

}  // namespace castner
