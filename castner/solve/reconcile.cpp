// SPDX-License-Identifier: Apache-2.0
// Reconciliation and the serial test for gross errors:
//  1. Fit finds the estimates (fit.cpp). If it does not converge, one reading may be so wrong (typed tenfold, another unit)
//     that no state is near it. Then those are left out whom Huber's loss, which such a reading cannot pull far, believes
//     least, or the one without which the others agree best, and if the others then contradict them, they are accused before
//     all others. That is tried before the balances are closed from everywhere with it, and is the answer where it stands out
//     from all the rest. Otherwise the report says why and names the equation and the variable to look at. It is tried too where
//     the estimates are wide from the readings and one of these is so small that it counts as far surer than it should (bent).
//  2. Evidence: posterior covariance, the class of each quantity, and a statistic for each reading and each possible
//     leak.
//  3. The global test compares the sum of weighted squared adjustments with chi-square.
//  4. The candidate with the largest statistic above the critical value is accused. Its size is estimated without it. Of
//     several equal ones those are meant without which the rest does agree: where balances are curved, not all need do so.
//  5. It is removed, and the rest solved again from 2; if that does not converge, or no redundancy is left, it is kept,
//     with the reason. If the rest then says nothing of what it measures, or drives it to where the model ends, it explains
//     nothing: it counts again, and the next is asked (told: where only a bound limits it, the rest says the nearest to it).
//     After a few removals it stops with a warning: where ever more readings would have to be wrong, something else is.
//  6. When nobody is above the critical value, sizes are computed against the final estimates, and the global test once
//     more. Beside each of the accused stand those that explain the readings nearly as well, the others being out. They need
//     not be above the critical value: that tells whether anything is wrong; who it is, is told by the odds between them.
// With the robust loss (Huber [huber-1964]), or where no removal is asked for, nothing is removed; all suspects are named,
// worst first.
#include "castner/solve/reconcile.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "castner/base/check.h"
#include "castner/solve/also_possible.h"
#include "castner/solve/detectable.h"
#include "castner/solve/evidence.h"
#include "castner/solve/failure.h"
#include "castner/solve/fit.h"
#include "castner/solve/gross_error.h"
#include "castner/solve/index.h"
#include "castner/solve/other_starts.h"
#include "castner/solve/slip.h"
#include "castner/solve/told.h"
#include "castner/solve/wording.h"

namespace castner::solve {

struct Reconciler::State {
  State(const EquationSystem& s, std::span<const Held> h) : system(s), held(h.begin(), h.end()), fit(s, h) {}
  const EquationSystem& system;
  std::vector<Held> held;
  Fit fit;
};

namespace {

constexpr double kExplains = 0.5;  // of the objective's fall that z^2 promises; a guess on the careful side

constexpr double kAsWell = 1.0;      // of a sum of squared adjustments: by less, it does not tell one from another
constexpr int kMostSlips = 4;        // readings left out because nothing can be solved with them; a guess
constexpr double kGrossly = 10.0;    // of the critical value: wide apart. A guess, as are the next two
constexpr double kStandsOut = 10.0;  // times the others' sum of squares
constexpr double kAtBound = 1e-6;    // of the nominal size: it stands at its bound
constexpr double kTold = 2.0;        // sd from what the others say: below, they do not call it wrong. A guess
constexpr std::size_t kFew = 8, kOneIn = 10;  // most removals: 8, or one in ten of the readings. Guesses
constexpr const char* kTooMany =
    "the balances do not close even without the readings that are likeliest wrong, and more are hardly wrong at once; "
    "look for an sd that is too small, a unit that does not run as the plant file says, or a stream that it lacks";
constexpr double kHalfAsFar = 0.5;  // of the objective: another answer, not the same a little better

/// Whether what is left once the accused are removed agrees.
bool closes(const Reconciliation& r) {
  const GlobalTest& test = r.after_elimination ? *r.after_elimination : r.global_test;
  return r.report.status == Status::converged && test.critical && test.statistic <= *test.critical;
}

/// The serial test: solve, accuse the worst, solve without it, until nobody is above the critical value.
class Session {
 public:
  Session(const EquationSystem& system, std::span<const Held> held, Fit& fit, std::span<const MeasuredValue> readings,
          std::span<const LeakCandidate> leaks, const ReconcileOptions& options)
      : system_(system), held_(held), fit_(fit), leaks_(leaks), options_(options) {
    task_ = {.readings = readings,
             .used = std::vector<char>(readings.size(), 1),
             .open = std::vector<char>(system.equations().size(), 0),
             .robust = options.robust,
             .once = options.once,
             .max_iterations = options.max_iterations,
             .tolerance = options.tolerance};
  }

  /// @param doubtful  at once without those whom Huber's estimate believes least
  Reconciliation run(std::span<const double> start, bool doubtful = false) {
    start_ = start;
    if ((looks_for_slips() && ((!doubtful && settle(start) && !bent(start)) || without_clear_slip(start, doubtful))) ||
        (!doubtful && solve(start)) || without_slips(start))
      weigh();
    else if (doubtful)
      return out_;  // there is no last iterate to speak of
    finish();
    return out_;
  }

  /// The same, if elsewhere than this answer there is one with every reading in use that is plainly nearer to them.
  std::optional<Reconciliation> elsewhere(std::span<const double> answer, double statistic) {
    start_ = answer;
    task_.thorough = true;
    if (!settle(answer) || objective(task_, result_.x) >= kHalfAsFar * statistic) return std::nullopt;
    weigh();
    finish();
    return out_;
  }

  /// The answer with every reading in use, where likely a bound stands before a better one: it is wide from the readings, and
  /// in the last answer something that nobody measured stands at a bound. Else empty. What bounds hold back, and what is zero
  /// only because its factor is, look the same. Where readings with which nothing can be solved explain all, that is no doubt.
  std::vector<double> before_a_bound() const {
    if (!slips_.empty() && closes(out_)) return {};
    const auto& test = out_.global_test;
    const bool grossly = test.critical && test.statistic > kGrossly * *test.critical;
    return grossly && !options_.once && at_a_bound(result_.x) ? first_ : std::vector<double>();
  }

 private:
  using Kept = GrossError::Kept;

  void weigh() {
    first_ = result_.x;
    out_.global_test = {.statistic = objective(task_, result_.x), .alpha = options_.alpha};
    if (options_.covariance) test();
  }

  bool solve(std::span<const double> start) {
    result_ = fit_.run(task_, start);
    out_.report.iterations += result_.iterations;
    out_.report.residual_calls += result_.residual_calls;
    return result_.end == FitResult::End::converged;
  }

  /// Two readings can only contradict each other.
  bool looks_for_slips() const {
    return !options_.robust && options_.eliminate && options_.covariance && task_.readings.size() > 2;
  }

  /// Gives up where the first way down does not settle it. Enough from any answer without some readings or with them again: the
  /// balances are closed there, and to close them anew helps nobody.
  bool settle(std::span<const double> start) {
    const bool once = std::exchange(task_.once, true);
    const bool solved = solve(start);
    task_.once = once;
    return solved;
  }
  /// From an answer, or where that leads nowhere, for it may have been bent far from the truth, from where the search began.
  bool settle_without(std::span<const double> answer, std::span<const double> start) {
    return settle(answer) || settle(start);
  }

  /// Whether the answer is wide from the readings, one of which is so small that it counts as far surer than where the search
  /// starts: likely it is that one, which bends the others to itself, and they would be accused one by one.
  bool bent(std::span<const double> start) const {
    const double wide = kGrossly * *global_test(0.0, count(task_.readings), options_.alpha).critical;
    return far_surer(task_.readings, start) && objective(task_, result_.x) > wide;
  }

  /// A slip that stands out so far that nothing else need be looked at, before the balances are closed from everywhere with it.
  /// From the answer without it those with it are tried once more: it may have been the start that was bad.
  bool without_clear_slip(std::span<const double> start, bool doubtful) {
    const FitAnswer last = fit_.last();
    // Where there is an answer, though a bent one, the search may take its time: it seldom runs.
    task_.brief = doubtful || result_.end != FitResult::End::converged;
    const bool found = without_slips(start) && slips_stand_out();
    if (found && !doubtful) {
      const auto slips = slips_;
      const FitResult without = result_;
      put_back_all();
      if (!settle(without.x) || bent(start)) {
        for (const int k : slips) leave_out(k);
        result_ = without;
      }
    }
    task_.brief = false;
    if (found) return true;
    put_back_all();
    fit_.go_back_to(last);
    return false;
  }

  /// Whether each is wrong by far more than all that is left of the others' disagreement.
  bool slips_stand_out() const {
    const double rest = kStandsOut * objective(task_, result_.x);
    return std::all_of(slips_.begin(), slips_.end(), [&](int k) {
      const double z = surprise(k).value_or(0.0);
      return z * z > rest;
    });
  }

  /// A reading so wrong that nothing can be solved with it is left out: first those whom Huber's estimate believes least, one
  /// by one; where that has no answer either, the one without which the others agree best. False, and everything as it was,
  /// where that leads nowhere, or where nothing else tells what such a reading should be.
  bool without_slips(std::span<const double> start) {
    if (!looks_for_slips()) return false;
    const FitResult failed = result_;
    if (without_least_believed(start) || (failed.end != FitResult::End::converged && without_one(start))) return true;
    result_ = failed;
    return false;
  }

  bool without_least_believed(std::span<const double> start) {
    const auto as_read = task_.readings;
    const auto as_expected = sized_as(as_read, start);
    task_.readings = as_expected;
    task_.robust = true;
    const bool found = solve(start);
    task_.robust = false;
    task_.readings = as_read;
    const FitResult robust = result_;
    while (found && count(slips_) < kMostSlips) {
      const int k = least_believed(task_, robust);
      if (k < 0) break;
      leave_out(k);
      if (!settle_without(robust.x, start)) continue;
      if (put_back_credible()) return true;
      break;
    }
    put_back_all();
    return false;
  }

  /// Each in turn: few steps are enough for most that can be solved. Of several without which the others agree as well, the
  /// one that leaves the plant nearest to its first values.
  bool without_one(std::span<const double> start) {
    const auto variables = system_.variables();
    int best = -1;
    double least = kUnbounded, nearest = kUnbounded;
    std::vector<double> there;
    const bool brief = std::exchange(task_.brief, true);
    for (int k = 0; k < count(task_.readings); ++k) {
      if (!task_.readings[at(k)].accusable) continue;
      leave_out(k);
      std::vector<double> from(start.begin(), start.end());
      const int v = task_.readings[at(k)].variable;
      from[at(v)] = variables[at(v)].start;  // its own first value may be that reading
      if (solve(from)) {
        const double loss = objective(task_, result_.x), way = distance(from, result_.x);
        if (loss < least - kAsWell || (loss < least + kAsWell && way < nearest)) {
          best = k;
          least = std::min(least, loss);
          nearest = way;
          there = result_.x;
        }
      }
      put_back_all();
    }
    task_.brief = brief;
    if (best < 0) return false;
    leave_out(best);
    if (settle(there) && put_back_credible()) return true;
    put_back_all();
    return false;
  }

  double distance(std::span<const double> from, std::span<const double> to) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < to.size(); ++i) sum += std::abs(to[i] - from[i]) / width(system_.variables()[i], to[i]);
    return sum;
  }

  bool at_a_bound(std::span<const double> x) const {
    std::vector<char> known(x.size(), 0);
    for (const auto& y : task_.readings) known[at(y.variable)] = 1;
    for (const auto& h : held_) known[at(h.variable)] = 1;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto& v = system_.variables()[i];
      const double near = kAtBound * v.nominal;
      if (!known[i] && (x[i] <= v.low + near || x[i] >= v.high - near)) return true;
    }
    return false;
  }

  void leave_out(int reading) {
    slips_.push_back(reading);
    task_.used[at(reading)] = 0;
  }
  void put_back_all() {
    for (const int k : slips_) task_.used[at(k)] = 1;
    slips_.clear();
    evidence_.reset();
  }

  /// Of those left out, whoever does not contradict the others after all counts again, and so does whoever nothing limits. False where
  /// that cannot be solved, or nobody is left out any more.
  bool put_back_credible() {
    for (std::size_t n = 0; n < slips_.size();) {
      weigh_evidence();
      const auto z = surprise(slips_[n]);
      if (!z) return false;
      if (*z > critical_z(options_, count(evidence_->candidates()) + count(slips_))) {
        ++n;
        continue;
      }
      task_.used[at(slips_[n])] = 1;
      slips_.erase(slips_.begin() + static_cast<std::ptrdiff_t>(n));
      if (!settle(std::vector(result_.x))) return false;
    }
    return !slips_.empty();
  }

  std::optional<OthersSay> told_of(int reading) const {
    return told({system_, task_, fit_, held_, leaks_, result_}, *evidence_, reading);
  }

  /// How many of its sd a reading that is not in use is from what the others say; none where they say nothing.
  std::optional<double> surprise(int reading) const {
    const auto others = told_of(reading);
    return others ? std::optional(others->away(task_.readings[at(reading)])) : std::nullopt;
  }

  void weigh_evidence() { evidence_ = std::make_unique<Evidence>(system_, task_, result_, held_, leaks_); }

  void test() {
    weigh_evidence();
    auto candidates = evidence_->candidates();
    out_.first_critical = critical_z(options_, count(candidates) + count(slips_));
    out_.statistic.assign(task_.readings.size(), 0.0);
    double statistic = out_.global_test.statistic;
    for (const int k : slips_) {
      const double z = surprise(k).value_or(0.0);
      statistic += z * z;
      out_.statistic[at(k)] = z;
      out_.gross_errors.push_back({.index = k, .statistic = z, .critical = out_.first_critical});
    }
    out_.global_test = global_test(statistic, evidence_->degrees_of_freedom() + count(slips_), options_.alpha);
    out_.leak_statistic.assign(leaks_.size(), std::nullopt);
    for (const auto& c : candidates)
      if (c.kind == GrossError::Kind::bias)
        out_.statistic[at(c.index)] = c.z;
      else
        out_.leak_statistic[at(c.index)] = c.z;
    if (options_.robust) return accuse_all(std::move(candidates), Kept::counts_little);
    if (!options_.eliminate) return accuse_all(std::move(candidates), Kept::not_asked);

    // Each round removes one candidate, or finds that it explains nothing: there are at most as many rounds as candidates.
    const std::size_t few = std::max(kFew, task_.readings.size() / kOneIn);
    bool too_many = false;
    std::vector<Candidate> no_explanation;
    const auto weigh_candidates = [&] {
      candidates = evidence_->candidates();
      std::erase_if(candidates, [&](const Candidate& c) {
        return std::any_of(no_explanation.begin(), no_explanation.end(),
                           [&](const Candidate& no) { return no.kind == c.kind && no.index == c.index; });
      });
    };
    while (auto found = worst(candidates, critical_z(options_, static_cast<int>(candidates.size())))) {
      if ((too_many = out_.gross_errors.size() >= few)) break;
      keep_what_explains(*found);
      const auto size = evidence_->size_without({found->kind, found->index, found->statistic});
      found->size = size.value;
      found->size_sd = size.sd;
      found->kept = evidence_->degrees_of_freedom() <= 1 ? Kept::no_redundancy
                    : remove(*found)                     ? Kept::no
                                                         : Kept::unsolvable;
      found->removed = found->kept == Kept::no;
      if (found->removed && !stands(*found)) {
        put_back(*found);
        no_explanation.push_back({found->kind, found->index, found->statistic});
        weigh_candidates();
        continue;
      }
      out_.gross_errors.push_back(std::move(*found));
      if (!out_.gross_errors.back().removed) break;
      weigh_candidates();
    }
    acquit();
    size_removed();
    if (too_many)  // anybody would explain the rest as well as they
      out_.report.warnings.push_back(kTooMany);
    else
      name_possible({system_, task_, fit_, held_, leaks_, result_}, out_.gross_errors);
    if (std::any_of(out_.gross_errors.begin(), out_.gross_errors.end(), [](const auto& g) { return g.removed; }))
      out_.after_elimination =
          global_test(objective(task_, result_.x), evidence_->degrees_of_freedom(), options_.alpha);
  }

  char& place_of(GrossError::Kind kind, int index) {
    return kind == GrossError::Kind::bias ? task_.used[at(index)] : task_.open[at(leaks_[at(index)].equation)];
  }

  /// Of candidates that are equal by their tangents, those without which the objective falls by what that promises. A flow
  /// meter is no suspect for a pressure difference below zero: no flow makes one.
  void keep_what_explains(GrossError& g) {
    if (g.alternatives.empty() || system_.hessian_pattern().nonzeros() == 0) return;
    std::vector<GrossError::Alternative> all{{.kind = g.kind, .index = g.index, .statistic = g.statistic}}, good;
    all.insert(all.end(), g.alternatives.begin(), g.alternatives.end());
    const double before = objective(task_, result_.x), promised = g.statistic * g.statistic;
    for (const auto& c : all) {
      char& place = place_of(c.kind, c.index);
      place = !place;
      const FitResult without = fit_.run(task_, result_.x);
      if (without.end == FitResult::End::converged && before - objective(task_, without.x) > kExplains * promised)
        good.push_back(c);
      place = !place;
    }
    if (good.empty()) return;
    g.kind = good.front().kind;
    g.index = good.front().index;
    g.alternatives.assign(good.begin() + 1, good.end());
  }

  /// Whether a candidate is the accused, or has the same z.
  static bool accused_or_tied(const GrossError& g, const Candidate& c) {
    return (c.kind == g.kind && c.index == g.index) ||
           std::any_of(g.alternatives.begin(), g.alternatives.end(),
                       [&](const auto& other) { return other.kind == c.kind && other.index == c.index; });
  }

  /// Solves without the accused; false, and everything as it was, where that does not converge.
  bool remove(const GrossError& g) {
    before_removal_ = result_;
    place_of(g.kind, g.index) = g.kind == GrossError::Kind::leak;
    if (settle_without(before_removal_.x, start_)) {
      weigh_evidence();
      return true;
    }
    put_back(g);
    out_.report.warnings.push_back("a suspect was kept, because the balances could not be solved without it");
    return false;
  }

  /// Undoes the last removal.
  void put_back(const GrossError& g) {
    place_of(g.kind, g.index) = g.kind == GrossError::Kind::bias;
    result_ = before_removal_;
    weigh_evidence();
  }

  /// Whether what is left says that the one just removed is wrong: that it is told, and is neither what was read nor where the
  /// model ends, as 100 bar of hydrogen is that make two flows agree. Nothing flows below 0: a pipe that is shut is an answer.
  bool stands(const GrossError& g) const {
    if (g.kind != GrossError::Kind::bias) return true;
    // What it is equal to may be what the bound holds back.
    const auto& v = system_.variables()[at(task_.readings[at(g.index)].variable)];
    const double x = result_.x[at(task_.readings[at(g.index)].variable)], zero = kAtBound * v.nominal;
    const double near = std::max(zero, kAtBound * std::abs(x));
    if (x > zero && (x <= v.low + near || x >= v.high - near)) return false;
    return surprise(g.index).value_or(0.0) > kTold;
  }

  /// Whoever agrees with the others once all that were removed after it are gone was accused by their errors: it counts again.
  void acquit() {
    auto& all = out_.gross_errors;
    for (std::size_t n = 0; n + 1 < all.size();) {
      const auto& g = all[n];
      const auto z = g.removed && g.kind == GrossError::Kind::bias ? surprise(g.index) : std::nullopt;
      const FitResult before = result_;
      if (z && *z < critical_z(options_, count(evidence_->candidates()))) {
        task_.used[at(g.index)] = 1;
        if (settle(before.x)) {
          weigh_evidence();
          all.erase(all.begin() + static_cast<std::ptrdiff_t>(n));
          n = 0;
          continue;
        }
        task_.used[at(g.index)] = 0;
        result_ = before;
        weigh_evidence();
      }
      ++n;
    }
  }

  /// Sizes against the final estimates, which owe nothing to any of the removed.
  void size_removed() {
    const auto covariance = evidence_->covariance();
    for (auto& g : out_.gross_errors) {
      if (!g.removed) continue;
      if (g.kind == GrossError::Kind::bias) {
        const auto& y = task_.readings[at(g.index)];
        const OthersSay others = told_of(g.index).value_or(OthersSay{result_.x[at(y.variable)], 0.0});
        g.size = y.value - others.value;
        g.size_sd = std::sqrt(y.sd * y.sd + others.variance);
      } else {
        const int e = leaks_[at(g.index)].equation;
        std::vector<std::pair<int, double>> gradient;
        for_each_entry(system_.jacobian_pattern(), [&](std::size_t row, std::size_t c, std::size_t k) {
          if (row == at(e)) gradient.emplace_back(static_cast<int>(c), result_.jacobian[k]);
        });
        g.size = result_.residual[at(e)];
        g.size_sd = std::sqrt(covariance->variance(gradient).value_or(0.0));
      }
    }
  }

  /// Huber's estimate needs no removal: whatever is far counts little; or nobody asked for any. All suspects are named, worst
  /// first, those that cannot be told apart together.
  void accuse_all(std::vector<Candidate> candidates, Kept why) {
    while (auto found = worst(candidates, out_.first_critical)) {
      const auto size = evidence_->size_without({found->kind, found->index, found->statistic});
      found->size = size.value;
      found->size_sd = size.sd;
      found->removed = false;
      found->kept = why;
      std::erase_if(candidates, [&](const Candidate& c) { return accused_or_tied(*found, c); });
      out_.gross_errors.push_back(std::move(*found));
    }
    name_possible({system_, task_, fit_, held_, leaks_, result_}, out_.gross_errors);
  }

  void finish() {
    auto& report = out_.report;
    out_.x = result_.x;
    out_.multipliers = result_.multipliers;
    out_.used.assign(task_.used.begin(), task_.used.end());
    std::vector<double> r = result_.residual;
    for (std::size_t e = 0; e < r.size(); ++e)
      if (task_.open[e]) r[e] = 0.0;
    if (result_.end != FitResult::End::impossible_start) report.worst_residuals = worst_residuals(system_, r);
    if (result_.end != FitResult::End::converged) {
      tell_failure(system_, held_, result_, report);
      return;
    }
    report.status = Status::converged;
    std::vector<int> bound;
    for (std::size_t i = 0; i < result_.at_bound.size(); ++i)
      if (result_.at_bound[i]) bound.push_back(static_cast<int>(i));
    for (auto& w : bound_warnings(system_, result_.x, bound)) report.warnings.push_back(std::move(w));
    for (const int i : bound)
      if (const auto& v = system_.variables()[at(i)]; result_.x[at(i)] > v.low && result_.x[at(i)] < v.high)
        report.warnings.push_back(v.name + " is at the edge of where the equations can be evaluated, " +
                                  quantity_text(result_.x[at(i)], v.unit));
    if (result_.vanishing >= 0) {
      const auto& v = system_.variables()[at(result_.vanishing)];
      report.warnings.push_back(v.name +
                                " is zero as far as it is known, and the equations cannot be evaluated there: this is "
                                "no answer; give it a [[start]] nearer to its expected value");
    }
    if (evidence_) {
      out_.estimates = evidence_->estimates();
      if (evidence_->let_bounds_go(leaks_)) {
        const auto without = evidence_->estimates();
        for (std::size_t i = 0; i < without.size(); ++i) {
          auto& e = out_.estimates[i];
          e.sd = without[i].sd;
          if (without[i].kind == Class::unobservable) e.kind = Class::unobservable;
        }
      }
      out_.covariance = evidence_->covariance();
      tell_smallest_seen(evidence_->candidates(), task_.readings, options_, out_);
      return;
    }
    for (std::size_t i = 0; i < out_.x.size(); ++i)
      out_.estimates.push_back({.value = out_.x[i], .kind = Class::observable, .at_bound = result_.at_bound[i] != 0});
    for (const auto& h : held_) out_.estimates[at(h.variable)].held = true;
  }

  const EquationSystem& system_;
  std::span<const Held> held_;
  Fit& fit_;
  std::span<const LeakCandidate> leaks_;
  const ReconcileOptions& options_;
  FitTask task_;
  std::span<const double> start_;  ///< where the search began
  FitResult result_;
  std::vector<double> first_;  ///< the answer with every reading in use, but for slips
  FitResult before_removal_;   ///< of the last one that was accused
  std::vector<int> slips_;     ///< readings left out because nothing could be solved with them
  std::unique_ptr<Evidence> evidence_;
  Reconciliation out_;
};

}  // namespace

Reconciler::Reconciler(const EquationSystem& system, std::span<const Held> held)
    : state_(std::make_unique<State>(system, held)) {}
Reconciler::~Reconciler() = default;
Reconciler::Reconciler(Reconciler&&) noexcept = default;
Reconciler& Reconciler::operator=(Reconciler&&) noexcept = default;

Reconciliation Reconciler::reconcile(std::span<const MeasuredValue> readings, std::span<const LeakCandidate> leaks,
                                     std::span<const double> start, const ReconcileOptions& options) {
  check(start.size() == state_->system.variables().size(), "a start has one value for each variable");
  for (const auto& y : readings)
    check(y.sd > 0.0 && std::isfinite(y.value), "a reading is a number with an sd above zero");
  const auto session = [&] { return Session(state_->system, state_->held, state_->fit, readings, leaks, options); };
  Session first = session();
  auto found = first.run(start);
  // A reading so wrong that the balances cannot be solved without the one that it accuses.
  if (std::any_of(found.gross_errors.begin(), found.gross_errors.end(),
                  [](const auto& g) { return g.kept == GrossError::Kept::unsolvable; })) {
    auto other = session().run(start, true);
    if (closes(other) && !closes(found) && tells_each_removed(other, readings)) return other;
  }
  if (const auto answer = first.before_a_bound(); !answer.empty())
    if (auto other = session().elsewhere(answer, found.global_test.statistic)) return *std::move(other);
  return found;
}

Reconciliation reconcile(const EquationSystem& system, std::span<const MeasuredValue> readings,
                         std::span<const Held> held, std::span<const LeakCandidate> leaks,
                         std::span<const double> start, const ReconcileOptions& options) {
  return Reconciler(system, held).reconcile(readings, leaks, start, options);
}

}  // namespace castner::solve
