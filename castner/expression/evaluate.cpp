// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <type_traits>

#include "castner/expression/expression.h"

namespace castner::expression {
namespace {

using Code = Step::Code;

template <class T>
bool finite(const T& x) {
  return std::isfinite(value_of(x));
}

/// The branch taken at a kink, which depends on the other branch too, with derivative zero: who looks for the structure
/// of an equation (Flowsheet does, with NaN for a derivative) must find both.
template <class T>
T branch(const T& taken, const T& other) {
  return taken + other * 0.0;
}

template <class T>
bool constant_power(T& a, double n) {
  constexpr double kSquaring = 64.0;
  const bool whole = n == std::floor(n);
  // A power that is not whole runs out of derivatives at zero, below 2 at the latest of those asked for here.
  if (!std::is_same_v<T, double> && !whole && n < 2.0 && value_of(a) == 0.0) return false;
  a = whole && std::abs(n) <= kSquaring ? integer_power(a, static_cast<int>(n)) : pow(a, n);
  return finite(a);
}

/// a^b, a > 0, with the same value for every scalar: d(a^b) = a^b (log(a) db + b/a da).
double raised(double a, double b) { return std::pow(a, b); }
template <class T, int N>
Dual<T, N> raised(const Dual<T, N>& a, const Dual<T, N>& b) {
  Dual<T, N> r(raised(a.a, b.a));
  const T by_a = r.a * b.a / a.a, by_b = r.a * log(a.a);
  for (std::size_t i = 0; i < N; ++i) r.v[i] = by_a * a.v[i] + by_b * b.v[i];
  return r;
}
template <class T>
bool power(T& a, const T& b) {
  // At zero and below there is no derivative after the exponent.
  if (!std::is_same_v<T, double> && !(value_of(a) > 0.0)) return false;
  a = raised(a, b);
  return finite(a);
}

/// Runs the steps; at_kink(step, difference) is told of every abs, min and max on the way.
template <class T, class Visit>
bool run(std::span<const Step> program, std::size_t height, std::span<const T> x, T& result, Visit at_kink) {
  std::vector<T> stack;
  stack.reserve(height);
  for (const Step& s : program) {
    if (s.code == Code::number || s.code == Code::variable) {
      stack.push_back(s.code == Code::number ? T(s.number) : x[static_cast<std::size_t>(s.variable)]);
      continue;
    }
    const bool two = s.code != Code::negate && s.code != Code::constant_power && s.code != Code::sqrt &&
                     s.code != Code::exp && s.code != Code::log && s.code != Code::abs;
    T b{};
    if (two) {
      b = stack.back();
      stack.pop_back();
    }
    T& a = stack.back();
    switch (s.code) {
      case Code::add: a = a + b; break;
      case Code::subtract: a = a - b; break;
      case Code::multiply: a = a * b; break;
      case Code::divide: a = a / b; break;
      case Code::negate: a = -a; break;
      case Code::constant_power:
        if (!constant_power(a, s.number)) return false;
        break;
      case Code::power:
        if (!power(a, b)) return false;
        break;
      case Code::sqrt:
        if (!std::is_same_v<T, double> && value_of(a) == 0.0) return false;
        a = sqrt(a);
        break;
      case Code::exp: a = exp(a); break;
      case Code::log: a = log(a); break;
      case Code::abs:
        at_kink(s, a);
        a = value_of(a) > 0.0 ? a : -a;
        break;
      case Code::min:
      case Code::max: {
        at_kink(s, a - b);
        const bool first = (value_of(a) <= value_of(b)) == (s.code == Code::min);
        a = first ? branch(a, b) : branch(b, a);
        break;
      }
      default: break;
    }
    if (!finite(a)) return false;
  }
  result = stack.back();
  return finite(result);
}

/// Calls visit(first variable, width, x seeded) for every eight variables.
template <class Visit>
void each_sweep(std::span<const double> x, Visit visit) {
  std::vector<Dual1> seeded(x.begin(), x.end());
  for (std::size_t from = 0; from < x.size(); from += 8) {
    const std::size_t width = std::min<std::size_t>(8, x.size() - from);
    for (std::size_t k = 0; k < width; ++k) seeded[from + k].v[k] = 1.0;
    visit(from, width, std::span<const Dual1>(seeded));
    for (std::size_t k = 0; k < width; ++k) seeded[from + k].v[k] = 0.0;
  }
}

}  // namespace

template <class T>
bool Expression::evaluate(std::span<const T> x, T& result) const {
  return run<T>(program_, stack_, x, result, [](const Step&, const T&) {});
}
#define CASTNER_EVALUATE(T) template bool Expression::evaluate<T>(std::span<const T>, T&) const;
CASTNER_FOR_EACH_SCALAR(CASTNER_EVALUATE)
#undef CASTNER_EVALUATE

std::vector<Kink> Expression::kinks(std::span<const double> x, std::span<const double> nominal,
                                    double closeness) const {
  struct Distance {
    const Step* step;
    double difference;
    double reach;  ///< what `closeness` 1 of every variable can change
  };
  std::vector<Distance> found;
  each_sweep(x, [&](std::size_t from, std::size_t width, std::span<const Dual1> seeded) {
    std::size_t at = 0;  // the same kinks come in the same order in every sweep
    Dual1 ignored;
    run<Dual1>(program_, stack_, seeded, ignored, [&](const Step& s, const Dual1& d) {
      if (at == found.size()) found.push_back({&s, std::abs(d.a), 0.0});
      for (std::size_t k = 0; k < width; ++k) found[at].reach += std::abs(d.v[k]) * nominal[from + k];
      ++at;
    });
  });
  std::vector<Kink> all;
  for (const Distance& d : found)
    if (d.reach > 0.0 && d.difference <= closeness * d.reach)
      all.push_back({d.step->code == Code::abs ? "abs" : d.step->code == Code::min ? "min" : "max", d.step->column});
  return all;
}

double Expression::typical_size(std::span<const double> x, std::span<const double> nominal) const {
  double size = 0.0;
  each_sweep(x, [&](std::size_t from, std::size_t width, std::span<const Dual1> seeded) {
    Dual1 r;
    if (!evaluate<Dual1>(seeded, r)) return;
    for (std::size_t k = 0; k < width; ++k) size = std::max(size, std::abs(r.v[k]) * nominal[from + k]);
  });
  return std::isfinite(size) && size > 0.0 ? size : 1.0;
}

}  // namespace castner::expression
