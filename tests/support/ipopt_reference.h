// SPDX-License-Identifier: Apache-2.0
/// The same reconciliation by IPOPT (EPL; tests and benchmarks only): exact first and second derivatives, its own scaling.
#pragma once

#include <IpIpoptApplication.hpp>
#include <IpSolveStatistics.hpp>
#include <IpTNLP.hpp>
#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "castner/solve/reconcile.h"

namespace castner::testing {

struct IpoptAnswer {
  bool solved = false;
  int iterations = 0;
  double objective = 0.0;                                     ///< sum of squared adjustments over variance
  std::vector<double> x, multipliers, bound_low, bound_high;  ///< the last three for a warm start
};

struct IpoptOptions {
  const IpoptAnswer* warm = nullptr;  ///< primal and dual values to begin with
  double tolerance = 1e-10;
};

/// Variables are divided by their nominal and equations by their size, as a careful user of IPOPT would.
class IpoptProblem final : public Ipopt::TNLP {
 public:
  using Index = Ipopt::Index;
  using Number = Ipopt::Number;

  IpoptProblem(const EquationSystem& s, std::span<const solve::MeasuredValue> readings,
               std::span<const solve::Held> held, std::span<const double> start, IpoptOptions options)
      : s_(s), readings_(readings), options_(options), x_(start.begin(), start.end()) {
    for (const auto& v : s.variables()) {
      scale_.push_back(v.nominal);
      low_.push_back(v.low);
      high_.push_back(v.high);
    }
    for (const auto& h : held) {
      const auto i = static_cast<std::size_t>(h.variable);
      x_[i] = low_[i] = high_[i] = h.value;
    }
    jacobian_.resize(s.jacobian_pattern().row.size());
    hessian_.resize(s.hessian_pattern().row.size());
    r_.resize(s.equations().size());
  }

  IpoptAnswer answer;

 private:
  bool get_nlp_info(Index& n, Index& m, Index& jacobian, Index& hessian, IndexStyleEnum& style) override {
    n = static_cast<Index>(x_.size());
    m = static_cast<Index>(r_.size());
    jacobian = s_.jacobian_pattern().nonzeros();
    hessian = s_.hessian_pattern().nonzeros() + n;  // the objective's diagonal as entries of their own
    style = C_STYLE;
    return true;
  }
  bool get_bounds_info(Index n, Number* low, Number* high, Index m, Number* g_low, Number* g_high) override {
    for (Index i = 0; i < n; ++i) {
      low[i] = std::max(low_[at(i)] / scale_[at(i)], -1e19);
      high[i] = std::min(high_[at(i)] / scale_[at(i)], 1e19);
    }
    std::fill(g_low, g_low + m, 0.0);
    std::fill(g_high, g_high + m, 0.0);
    return true;
  }
  bool get_starting_point(Index n, bool, Number* x, bool bounds, Number* z_low, Number* z_high, Index m,
                          bool multipliers, Number* lambda) override {
    for (Index i = 0; i < n; ++i) x[i] = x_[at(i)] / scale_[at(i)];
    if (bounds && options_.warm) {
      std::copy_n(options_.warm->bound_low.begin(), n, z_low);
      std::copy_n(options_.warm->bound_high.begin(), n, z_high);
    }
    if (multipliers && options_.warm) std::copy_n(options_.warm->multipliers.begin(), m, lambda);
    return true;
  }
  void take(const Number* x) {
    for (std::size_t i = 0; i < x_.size(); ++i) x_[i] = x[i] * scale_[i];
  }
  bool eval_f(Index, const Number* x, bool, Number& f) override {
    take(x);
    f = 0.0;
    for (const auto& y : readings_) f += std::pow((x_[at(y.variable)] - y.value) / y.sd, 2);
    return true;
  }
  bool eval_grad_f(Index n, const Number* x, bool, Number* g) override {
    take(x);
    std::fill(g, g + n, 0.0);
    for (const auto& y : readings_)
      g[y.variable] += 2.0 * (x_[at(y.variable)] - y.value) / (y.sd * y.sd) * scale_[at(y.variable)];
    return true;
  }
  bool eval_g(Index, const Number* x, bool, Index m, Number* g) override {
    take(x);
    if (!s_.residual(x_, r_)) return false;
    for (Index i = 0; i < m; ++i) g[i] = r_[at(i)] / s_.residual_sizes()[at(i)];
    return true;
  }
  bool eval_jac_g(Index, const Number* x, bool, Index, Index, Index* row, Index* column, Number* values) override {
    const auto& p = s_.jacobian_pattern();
    if (values) {
      take(x);
      if (!s_.jacobian(x_, jacobian_)) return false;
    }
    for_each_entry(p, [&](std::size_t r, std::size_t c, std::size_t k) {
      if (values)
        values[k] = jacobian_[k] * scale_[c] / s_.residual_sizes()[r];
      else
        std::tie(row[k], column[k]) = sparse_place(r, c);
    });
    return true;
  }
  bool eval_h(Index n, const Number* x, bool, Number factor, Index m, const Number* lambda, bool, Index, Index* row,
              Index* column, Number* values) override {
    const auto& p = s_.hessian_pattern();
    const Index nonzeros = p.nonzeros();
    if (!values) {
      for_each_entry(
          p, [&](std::size_t r, std::size_t c, std::size_t k) { std::tie(row[k], column[k]) = sparse_place(r, c); });
      for (Index i = 0; i < n; ++i) row[nonzeros + i] = column[nonzeros + i] = i;
      return true;
    }
    take(x);
    std::vector<double> scaled(lambda, lambda + m);
    for (Index i = 0; i < m; ++i) scaled[at(i)] /= s_.residual_sizes()[at(i)];
    if (!s_.hessian(x_, scaled, hessian_)) return false;
    for_each_entry(
        p, [&](std::size_t r, std::size_t c, std::size_t k) { values[k] = hessian_[k] * scale_[c] * scale_[r]; });
    std::fill(values + nonzeros, values + nonzeros + n, 0.0);
    for (const auto& y : readings_)
      values[nonzeros + y.variable] += factor * 2.0 * std::pow(scale_[at(y.variable)] / y.sd, 2);
    return true;
  }
  void finalize_solution(Ipopt::SolverReturn status, Index n, const Number* x, const Number* z_low,
                         const Number* z_high, Index m, const Number*, const Number* lambda, Number f,
                         const Ipopt::IpoptData*, Ipopt::IpoptCalculatedQuantities*) override {
    take(x);
    answer.solved = status == Ipopt::SUCCESS;
    answer.objective = f;
    answer.x = x_;
    answer.multipliers.assign(lambda, lambda + m);
    answer.bound_low.assign(z_low, z_low + n);
    answer.bound_high.assign(z_high, z_high + n);
  }
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  const EquationSystem& s_;
  std::span<const solve::MeasuredValue> readings_;
  IpoptOptions options_;
  std::vector<double> x_, scale_, low_, high_, jacobian_, hessian_, r_;
};

inline IpoptAnswer ipopt_reconcile(const EquationSystem& s, std::span<const solve::MeasuredValue> readings,
                                   std::span<const solve::Held> held, std::span<const double> start,
                                   IpoptOptions options = {}) {
  Ipopt::SmartPtr<Ipopt::IpoptApplication> app = new Ipopt::IpoptApplication(false);
  const auto set = app->Options();
  set->SetIntegerValue("print_level", 0);
  set->SetStringValue("sb", "yes");
  set->SetNumericValue("tol", options.tolerance);
  set->SetNumericValue("bound_relax_factor", 0.0);
  set->SetIntegerValue("max_iter", 200);
  if (options.warm) {  // as IPOPT's documentation advises for a start near the solution
    set->SetStringValue("warm_start_init_point", "yes");
    set->SetNumericValue("mu_init", 1e-9);
    set->SetNumericValue("warm_start_bound_push", 1e-9);
    set->SetNumericValue("warm_start_bound_frac", 1e-9);
    set->SetNumericValue("warm_start_slack_bound_push", 1e-9);
    set->SetNumericValue("warm_start_slack_bound_frac", 1e-9);
    set->SetNumericValue("warm_start_mult_bound_push", 1e-9);
  }
  app->Initialize("");
  Ipopt::SmartPtr<IpoptProblem> problem = new IpoptProblem(s, readings, held, start, options);
  app->OptimizeTNLP(Ipopt::SmartPtr<Ipopt::TNLP>(GetRawPtr(problem)));
  if (Ipopt::IsValid(app->Statistics())) problem->answer.iterations = app->Statistics()->IterationCount();
  return problem->answer;
}

}  // namespace castner::testing
