// SPDX-License-Identifier: Apache-2.0
/// A function of the plant's variables with its gradient, so that it can be given its uncertainty.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "castner/numerics/scalar.h"

namespace castner::assess {

struct Traced {
  double value = 0.0;
  std::vector<std::pair<int, double>> gradient;  ///< (variable, derivative)
};

/// Hands out the plant's variables to a function being traced, and notes which it asked for.
class Reader {
 public:
  explicit Reader(std::span<const double> x) : x_(x) {}
  Dual1 operator()(int variable) {
    Dual1 d(x_[static_cast<std::size_t>(variable)]);
    const auto known = std::find(asked_.begin(), asked_.end(), variable);
    const auto place = static_cast<std::size_t>(known - asked_.begin());
    if (known == asked_.end()) asked_.push_back(variable);
    if (place >= from_ && place < from_ + 8) d.v[place - from_] = 1.0;
    return d;
  }

 private:
  template <class F>
  friend Traced trace(std::span<const double>, F);
  std::span<const double> x_;
  std::vector<int> asked_;
  std::size_t from_ = 0;
};

/// Evaluates f with its derivatives, eight at a time.
/// @param x  values, shape (variables)   @param f  (Reader&) -> Dual1, asking the reader for each variable it needs
template <class F>
Traced trace(std::span<const double> x, F f) {
  Reader at(x);
  Traced t;
  do {
    const Dual1 y = f(at);
    t.value = y.a;
    for (std::size_t k = 0; k < 8 && at.from_ + k < at.asked_.size(); ++k)
      t.gradient.emplace_back(at.asked_[at.from_ + k], y.v[k]);
    at.from_ += 8;
  } while (at.from_ < at.asked_.size());
  return t;
}

}  // namespace castner::assess
