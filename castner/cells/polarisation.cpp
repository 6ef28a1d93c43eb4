// SPDX-License-Identifier: Apache-2.0
// How the fit works:
//  1. The unknowns are ln b, ln j0, ln k, B_0, B_k: b, j0 and k stay positive.
//  2. Levenberg-Marquardt on the sum of squares of points and beliefs, from the beliefs; derivatives by dual numbers.
//  3. The scatter of the points about that curve, if greater than their sds, becomes their sd; for outliers each point gets
//     Huber's weight; then 2 again, until the scatter stays.
#include "castner/cells/polarisation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "castner/cells/robust.h"
#include "castner/numerics/dual.h"

namespace castner::cells {
namespace {

constexpr std::size_t kN = PolarisationFit::kUnknowns;
using Unknowns = std::array<double, kN>;
using Matrix = PolarisationFit::Matrix;
using Slopes = Dual<double, kN>;

template <class T>
struct Parts {
  T electrode, ohmic;
};

/// @param x  the unknowns, in the order of PolarisationFit
template <class T>
Parts<T> parts(const std::array<T, kN>& x, double reference, double j, double temperature) {
  const double colder = 1.0 / temperature - 1.0 / reference;
  const T twice_j0 = 2.0 * exp(x[1] - x[3] * colder);
  const T slope = exp(x[0]) * (temperature / reference / std::log(10.0));
  return {slope * asinh(j / twice_j0), exp(x[2] + x[4] * colder) * j};
}

Parts<Slopes> parts_with_slopes(const Unknowns& x, double reference, double j, double temperature) {
  std::array<Slopes, kN> seeded;
  for (std::size_t i = 0; i < kN; ++i) seeded[i] = Slopes::seed(x[i], static_cast<int>(i));
  return parts(seeded, reference, j, temperature);
}

Unknowns unknowns(const Polarisation& c) {
  return {std::log(c.tafel_slope), std::log(c.exchange_current_density), std::log(c.resistance), c.exchange_activation,
          c.resistance_activation};
}

/// L of A = L L^T in the lower half; nothing where A is not positive definite.
std::optional<Matrix> lower_of(Matrix a) {
  for (std::size_t j = 0; j < kN; ++j) {
    for (std::size_t i = j; i < kN; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      if (i == j && !(a[j][j] > 0.0)) return std::nullopt;
      a[i][j] = i == j ? std::sqrt(a[j][j]) : a[i][j] / a[j][j];
    }
  }
  return a;
}

Unknowns solved(const Matrix& lower, Unknowns b) {
  for (std::size_t i = 0; i < kN; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= lower[i][k] * b[k];
    b[i] /= lower[i][i];
  }
  for (std::size_t i = kN; i-- > 0;) {
    for (std::size_t k = i + 1; k < kN; ++k) b[i] -= lower[k][i] * b[k];
    b[i] /= lower[i][i];
  }
  return b;
}

class PolarisationProblem {
 public:
  PolarisationProblem(std::span<const PolarisationPoint> points, const PolarisationBelief& belief)
      : reference_(belief.reference_temperature),
        scale_{1.0, 1.0, 1.0, belief.reference_temperature, belief.reference_temperature} {
    for (const auto& p : points)
      if (std::isfinite(p.current_density + p.temperature + p.reversible + p.voltage) && p.current_density >= 0.0)
        points_.push_back(p);
    weight_.assign(points_.size(), 1.0);
    const std::array<Belief, kN> all{belief.tafel_slope, belief.exchange_current_density, belief.resistance,
                                     belief.exchange_activation, belief.resistance_activation};
    for (std::size_t i = 0; i < kN; ++i) {
      x_[i] = believed_[i] = i < 3 ? std::log(all[i].value) : all[i].value;
      sd_[i] = all[i].sd;
    }
  }

  PolarisationFit fit(Outliers outliers) {
    bool settled = false;
    for (int round = 0; round < kRounds && !settled; ++round) {
      const bool minimised = minimise();
      const double before = scatter_;
      weigh(outliers);
      settled = minimised && std::abs(scatter_ - before) < 1e-6 * before;
    }
    const Matrix covariance = covariance_now();
    double squares = 0.0;
    for (const auto& p : points_) squares += residual(x_, p) * residual(x_, p);
    return {.curve = {reference_, std::exp(x_[0]), std::exp(x_[1]), std::exp(x_[2]), x_[3], x_[4]},
            .covariance = covariance,
            .scatter = scatter_,
            .rms = points_.empty() ? 0.0 : std::sqrt(squares / static_cast<double>(points_.size())),
            .determined = determined(covariance),
            .converged = settled};
  }

 private:
  static constexpr int kRounds = 50, kSteps = 200;
  static constexpr double kHuber = 1.345;  // sd: 95 % as efficient as least squares where all is normal

  double residual(const Unknowns& x, const PolarisationPoint& p) const {
    const auto [electrode, ohmic] = parts(x, reference_, p.current_density, p.temperature);
    return p.voltage - p.reversible - electrode - ohmic;
  }
  double precision(std::size_t point) const {
    const double sd = points_[point].sd * scatter_;
    return weight_[point] / (sd * sd);
  }
  double objective(const Unknowns& x) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < points_.size(); ++k) {
      const double r = residual(x, points_[k]);
      sum += precision(k) * r * r;
    }
    for (std::size_t i = 0; i < kN; ++i)
      if (sd_[i] > 0.0) sum += std::pow((x[i] - believed_[i]) / sd_[i], 2);
    return sum;
  }

  struct Normal {
    Matrix matrix{};     // scaled so that all unknowns are of order one
    Unknowns descent{};  // minus half the gradient, scaled likewise
  };
  Normal normal_equations() const {
    Normal n;
    for (std::size_t k = 0; k < points_.size(); ++k) {
      const auto& p = points_[k];
      const auto [electrode, ohmic] = parts_with_slopes(x_, reference_, p.current_density, p.temperature);
      const Slopes u = electrode + ohmic;
      const double w = precision(k), r = p.voltage - p.reversible - u.a;
      for (std::size_t i = 0; i < kN; ++i) {
        n.descent[i] += w * u.v[i] * scale_[i] * r;
        for (std::size_t j = 0; j < kN; ++j) n.matrix[i][j] += w * u.v[i] * scale_[i] * u.v[j] * scale_[j];
      }
    }
    for (std::size_t i = 0; i < kN; ++i) {
      if (sd_[i] > 0.0) {
        const double w = std::pow(scale_[i] / sd_[i], 2);
        n.matrix[i][i] += w;
        n.descent[i] += w * (believed_[i] - x_[i]) / scale_[i];
      } else {
        for (std::size_t j = 0; j < kN; ++j) n.matrix[i][j] = n.matrix[j][i] = 0.0;
        n.matrix[i][i] = 1.0;
        n.descent[i] = 0.0;
      }
    }
    return n;
  }

  bool minimise() {
    double damping = 1e-3, now = objective(x_);
    for (int step = 0; step < kSteps; ++step) {
      const auto [matrix, descent] = normal_equations();
      for (;; damping *= 4.0) {
        if (damping > 1e12) return true;  // no way is down any more
        Matrix damped = matrix;
        for (std::size_t i = 0; i < kN; ++i) damped[i][i] *= 1.0 + damping;
        const auto lower = lower_of(damped);
        if (!lower) continue;
        const auto move = solved(*lower, descent);
        Unknowns next = x_;
        for (std::size_t i = 0; i < kN; ++i) next[i] += move[i] * scale_[i];
        const double then = objective(next);
        if (!(then <= now)) continue;
        const bool still = now - then <= 1e-12 * now;
        x_ = next;
        now = then;
        damping /= 5.0;
        if (still) return true;
        break;
      }
    }
    return false;
  }

  Matrix covariance_now() const {
    const auto n = normal_equations();
    Matrix inverse{};
    const auto lower = lower_of(n.matrix);
    for (std::size_t j = 0; lower && j < kN; ++j) {
      if (!(sd_[j] > 0.0)) continue;
      Unknowns unit{};
      unit[j] = 1.0;
      const auto column = solved(*lower, unit);
      for (std::size_t i = 0; i < kN; ++i) inverse[i][j] = sd_[i] > 0.0 ? column[i] * scale_[i] * scale_[j] : 0.0;
    }
    return inverse;
  }
  double determined(const Matrix& covariance) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < kN; ++i)
      if (sd_[i] > 0.0) sum += 1.0 - covariance[i][i] / (sd_[i] * sd_[i]);
    return sum;
  }

  void weigh(Outliers outliers) {
    if (points_.empty()) return;
    const auto n = static_cast<double>(points_.size());
    const double free = std::max(n - determined(covariance_now()), 1.0);
    std::vector<double> size(points_.size());
    for (std::size_t k = 0; k < size.size(); ++k) size[k] = std::abs(residual(x_, points_[k])) / points_[k].sd;
    if (outliers == Outliers::none) {
      double squares = 0.0;
      for (double s : size) squares += s * s;
      scatter_ = std::max(1.0, std::sqrt(squares / free));
      return;
    }
    auto reordered = size;
    scatter_ = std::max(1.0, 1.4826 * median_in_place(std::span(reordered)) * std::sqrt(n / free));
    for (std::size_t k = 0; k < size.size(); ++k)
      weight_[k] = std::min(1.0, kHuber * scatter_ / std::max(size[k], 1e-9));
  }

  double reference_;
  std::vector<PolarisationPoint> points_;
  std::vector<double> weight_;
  double scatter_ = 1.0;
  Unknowns x_{}, believed_{}, sd_{}, scale_;
};

}  // namespace

double electrode_voltage(const Polarisation& c, double current_density, double temperature) {
  return parts(unknowns(c), c.reference_temperature, current_density, temperature).electrode;
}

double ohmic_voltage(const Polarisation& c, double current_density, double temperature) {
  return parts(unknowns(c), c.reference_temperature, current_density, temperature).ohmic;
}

PolarisationFit fit_polarisation(std::span<const PolarisationPoint> points, const PolarisationBelief& belief,
                                 Outliers outliers) {
  return PolarisationProblem(points, belief).fit(outliers);
}

VoltageParts voltage_parts(const PolarisationFit& fit, double current_density, double temperature) {
  const auto [electrode, ohmic] =
      parts_with_slopes(unknowns(fit.curve), fit.curve.reference_temperature, current_density, temperature);
  double ee = 0.0, oo = 0.0, eo = 0.0;
  for (std::size_t i = 0; i < kN; ++i)
    for (std::size_t j = 0; j < kN; ++j) {
      ee += electrode.v[i] * fit.covariance[i][j] * electrode.v[j];
      oo += ohmic.v[i] * fit.covariance[i][j] * ohmic.v[j];
      eo += electrode.v[i] * fit.covariance[i][j] * ohmic.v[j];
    }
  const auto root = [](double variance) { return std::sqrt(std::max(variance, 0.0)); };
  return {.electrode = electrode.a,
          .electrode_sd = root(ee),
          .ohmic = ohmic.a,
          .ohmic_sd = root(oo),
          .covariance = eo,
          .sum_sd = root(ee + oo + 2.0 * eo)};
}

}  // namespace castner::cells
