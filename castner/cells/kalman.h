// SPDX-License-Identifier: Apache-2.0
/// A small recursive estimator: N numbers that wander, seen through one scalar measurement at a time.
///
/// Predict:  x_i <- f_i x_i,  P <- F P F + Q  (F, Q diagonal).  Measure y = h x + v, var v = r:
///   s = h P h' + r,  K = P h' / s,  x <- x + K (y - h x),  P <- P - K s K'.
/// Source R. E. Kalman, J. Basic Eng. 82 (1960) 35. P is kept symmetric by construction.
#pragma once

#include <array>
#include <cstddef>

namespace castner::cells {

template <std::size_t N>
class Kalman {
 public:
  using Vector = std::array<double, N>;
  Kalman() = default;
  /// @param mean, sd  what is known before the first measurement
  Kalman(const Vector& mean, const Vector& sd) : x_(mean) {
    for (std::size_t i = 0; i < N; ++i) p(i, i) = sd[i] * sd[i];
  }

  /// @param keep  how much of each number stays, 1 for a random walk   @param added  variance that each gains
  void predict(const Vector& keep, const Vector& added) {
    for (std::size_t i = 0; i < N; ++i) {
      x_[i] *= keep[i];
      for (std::size_t k = 0; k <= i; ++k) p(i, k) *= keep[i] * keep[k];
      p(i, i) += added[i];
    }
  }
  /// Variance of h x [unit of y, squared].
  double variance(const Vector& h) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < N; ++i) {
      sum += h[i] * h[i] * p(i, i);
      for (std::size_t k = 0; k < i; ++k) sum += 2.0 * h[i] * h[k] * p(i, k);
    }
    return sum;
  }
  double value(const Vector& h) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < N; ++i) sum += h[i] * x_[i];
    return sum;
  }
  void measure(const Vector& h, double y, double variance_of_y) {
    Vector ph{};
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t k = 0; k < N; ++k) ph[i] += p(i, k) * h[k];
    double s = variance_of_y;
    for (std::size_t i = 0; i < N; ++i) s += h[i] * ph[i];
    const double innovation = (y - value(h)) / s;
    for (std::size_t i = 0; i < N; ++i) {
      x_[i] += ph[i] * innovation;
      for (std::size_t k = 0; k <= i; ++k) p(i, k) -= ph[i] * ph[k] / s;
    }
  }
  double operator[](std::size_t i) const { return x_[i]; }
  void move(std::size_t i, double by) { x_[i] += by; }
  void set(std::size_t i, double value) { x_[i] = value; }
  void widen(std::size_t i, double variance) { p(i, i) += variance; }
  double variance_of(std::size_t i) const { return p(i, i); }

 private:
  static constexpr std::size_t at(std::size_t i, std::size_t k) {
    return i >= k ? i * (i + 1) / 2 + k : k * (k + 1) / 2 + i;
  }
  double& p(std::size_t i, std::size_t k) { return p_[at(i, k)]; }
  double p(std::size_t i, std::size_t k) const { return p_[at(i, k)]; }
  Vector x_{};
  std::array<double, N*(N + 1) / 2> p_{};
};

}  // namespace castner::cells
