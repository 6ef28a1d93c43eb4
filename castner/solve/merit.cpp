// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/merit.h"

#include <algorithm>
#include <cmath>

namespace castner::solve {
namespace {

constexpr double kAboveMultiplier = 1.1;  // penalties over |l|: any factor above 1 makes the penalty exact
// An open balance counts at least a tenth of what an sd of its readings does. Without that a balance whose readings all agree
// has l = 0 and no penalty, and a step may open it as far as it likes. A guess that the tests bear out: with 100 steps are
// cut that only curve along their balances (the Maratos effect).
constexpr double kLeastPenalty = 0.1;
constexpr double kSufficient = 1e-4;  // of the predicted decrease: Armijo's condition (Nocedal, Wright 2006, 3.1)
constexpr double kDownhill = 1e-3;    // of the step's curvature, a tenth of a percent of what Newton's step promises
constexpr double kRoundingOfMerit = 1e-13;
constexpr double kLeastShare = 1e-12;  // where a curve is flat, far from the root, Newton's step is that much too long

}  // namespace

Merit::Merit(const FitProblem& problem) : problem_(problem) {}

void Merit::aim(const Iterate& p, const Slope& s, const QuadraticProgram& program, std::span<const double> row_scale) {
  const auto& open = problem_.task().open;
  const auto &step = program.step(), &multipliers = program.multipliers(), &predicted = program.predicted();
  penalty_.resize(open.size(), 0.0);
  value_ = problem_.loss(p.x);
  slope_ = curvature_ = noise_ = 0.0;
  for (std::size_t i = 0; i < step.size(); ++i) {
    slope_ += s.gradient[i] * step[i];
    curvature_ += s.weight[i] * step[i] * step[i];
  }
  for (std::size_t e = 0; e < open.size(); ++e) {
    const double need =
        open[e] ? 0.0 : std::max(kAboveMultiplier * std::abs(multipliers[e]), kLeastPenalty * row_scale[e]);
    penalty_[e] = open[e] ? 0.0 : std::max(need, 0.5 * (penalty_[e] + need));  // falls only slowly (Powell 1978)
    value_ += penalty_[e] * std::abs(p.residual[e]);
    slope_ += penalty_[e] * (std::abs(predicted[e]) - std::abs(p.residual[e]));
    noise_ += kRoundingsAllowed * penalty_[e] * p.rounding[e];
  }
  noise_ += kRoundingOfMerit * std::abs(value_);
}

bool Merit::downhill() const { return slope_ <= -kDownhill * curvature_; }

bool Merit::accepts(std::span<const double> x, std::span<const double> r, double share) const {
  double to = problem_.loss(x);
  for (std::size_t e = 0; e < r.size(); ++e) to += penalty_[e] * std::abs(r[e]);
  return to <= value_ + kSufficient * share * std::min(slope_, 0.0) + noise_;
}

void Merit::reset() { std::fill(penalty_.begin(), penalty_.end(), 0.0); }

bool search(const FitProblem& problem, const Iterate& from, const QuadraticProgram& program, const Merit& merit,
            const Kkt& kkt, Move& out) {
  std::vector<double> r;
  out.cut = false;
  for (double share = program.longest(); share > kLeastShare; share *= 0.5) {
    const bool whole = share == 1.0;
    problem.move(from.x, program.step(), share, out.x);
    if (whole) program.active().place(out.x);
    const bool possible = problem.residual(out.x, r);
    out.full = whole;
    out.cut = out.cut || (share == program.longest() && !possible);
    if (possible && merit.accepts(out.x, r, share)) return true;
    if (!whole || !possible || !problem.curved()) continue;
    // Second-order correction: Newton's step for what the balances' curvature has left open (Fletcher 1982).
    std::vector<double> back(out.x.size(), 0.0);
    for (double& v : r) v = -v;
    kkt.solve(back, r);
    problem.move(out.x, back, 1.0, out.x);
    program.active().place(out.x);
    out.full = false;
    if (problem.residual(out.x, r) && merit.accepts(out.x, r, 1.0)) return true;
  }
  return false;
}

}  // namespace castner::solve
