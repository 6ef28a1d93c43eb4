// SPDX-License-Identifier: Apache-2.0
// Sequential quadratic programming with a line search (Nocedal, Wright 2006, chapter 18), for many variables, few of them
// free: the balances take the rest.
//
//  1. Begin: the start inside its bounds; near the last answer, with that one's multipliers and curvature.
//  2. Weigh the readings here, and linearise the balances.
//  3. Step and multipliers by the quadratic program of both, inside the bounds (quadratic_program, active_set, kkt), with
//     the curvature of the readings alone or of the balances too (curvature).
//  4. Converged where the balances are closed and the step changes nothing that matters; the step is taken nevertheless.
//  5. Go along the step until a merit of loss and residuals falls (merit). Where nothing helps, go back to 3 more
//     cautiously: a factor of this very point, then Gauss-Newton, then shorter and shorter steps.
//     Where steps lead time after time to where nothing can be evaluated, each variable that leads there by itself is bound
//     short of it: the answer may lie at that edge, as zero flow does for Q = k sqrt(dp) and a reading of Q below zero.
//  6. Where the balances are all but closed, the readings settled, and something unmeasured still wanders step after step, no
//     reading tells it: what goes furthest is anchored where it is, and the rest settles.
//  7. Converged also where the next step is sure to change nothing: the equations are linear, or steps shrink that fast.
//  8. Where balances are wide open and bounds decide over their step, or no caution helps, close them without the readings
//     (restoration) and begin again there. They contradict each other if nothing closes them from elsewhere (other_starts).
//  9. Settled at a maximum along the balances (saddle), far from a reading at an edge of where they can be evaluated, or where
//     they are closed only because their terms have vanished (vanishing), or asked to be thorough: begin again elsewhere, one
//     way down from each place, and keep the better answer.
#include "castner/solve/fit.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "castner/solve/index.h"
#include "castner/solve/merit.h"
#include "castner/solve/other_starts.h"
#include "castner/solve/quadratic_program.h"
#include "castner/solve/restoration.h"
#include "castner/solve/saddle.h"
#include "castner/solve/vanishing.h"

namespace castner::solve {
namespace {

// How near is near: guesses that the tests bear out.
constexpr double kNearLast = 0.05;       // of every variable: the last answer's multipliers are a good first guess
constexpr double kFarOff = 0.1;          // of its size: a balance that open is far from closed
constexpr double kSettled = 1e-6;        // of an unmeasured variable: one that nothing determines wanders by rounding
constexpr double kNearlySettled = 1e-5;  // of it: what is left after such a step of Newton's is its square
constexpr double kStandstill = 1e-14;    // of any variable: nothing moves by more than rounding
constexpr double kSurelyBelow = 0.1;     // of the tolerance: the length that a step foreseen may have
constexpr double kShrinksFast = 0.1;     // of the step before: quadratic convergence has begun
// Within a tenth of an sd the factor of the system before is as good, with refinement, if steps shrink.
constexpr double kSameFactor = 0.1;
constexpr double kSameFactorShrink = 0.3;
// Damping, next to 1 for a measured variable. Ten times more or less with each step, as Marquardt (1963) has it.
constexpr double kLeastDamping = 1e-4, kMostDamping = 1e8, kDampingStep = 10.0;
constexpr double kPlainlyLess = 1e-3;   // of the loss: worth another answer
constexpr double kAllButClosed = 1e-4;  // of the sizes of balances, and of their terms
constexpr double kHardlyFalls = 1e-3;   // of the loss: a reading moves by 0.04 sd
constexpr double kHardlyShrinks = 0.7;  // of the step before: Newton's steps to a double root are halved
constexpr int kWanderingSteps = 5;      // such steps in a row; what is determined settles in two or three
constexpr int kCutsInARow = 8;  // of steps, by what cannot be evaluated: others are cut once or twice on their way
constexpr int kMostEdges = 3;   // rounds of looking for edges in one step
constexpr int kHalvings = 8, kMostHalvings = 60;  // that find an edge
constexpr double kShortOfEdge = 0.9;              // of the way there
constexpr double kBeside = 1e-6;                  // of a variable's width: as near as this an edge stands in the way
constexpr int kBrief = 25;                        // steps; most fits that end at all take less
constexpr int kOnce = 30;  // steps; nearly all fits that need no other start take less, or their readings rest by then
constexpr int kMostEscapes = 3;  // each to a better answer; one is usual

/// How steps shrink. Lengths are in sd of the readings.
struct Pace {
  double length = 0.0, shrink = 1.0;
  bool full = false;  ///< the last step was neither shortened nor corrected
  /// The next step, if it shrinks at least as much.
  double next() const { return full && shrink < kShrinksFast ? length * shrink : kUnbounded; }
};

/// One call of Fit::run.
class Minimiser {
 public:
  /// @param once  give up where the first way down does not settle it
  Minimiser(FitProblem& problem, KktSystems& systems, FitAnswer& last, bool once = false)
      : problem_(problem),
        task_(problem.task()),
        systems_(systems),
        last_(last),
        curvature_(problem, systems),
        program_(problem),
        merit_(problem),
        once_(once) {}
  FitResult run(std::span<const double> start);

 private:
  using End = FitResult::End;
  enum class Outcome { moved, settled, stuck, astray };

  bool begin(std::span<const double> start);
  void resume();
  Outcome descend();
  Outcome iterate();
  bool find_step();
  bool confined() const { return cuts_ >= kCutsInARow; }
  bool confine_to_edges();
  double share_to_edge(std::size_t variable);
  bool goes_astray();
  bool line_search();
  bool more_cautious();
  bool accept();
  void watch_pace();
  void watch_wandering(const Iterate& before);
  std::pair<std::size_t, double> furthest_unmeasured() const;
  bool changes_at_most(double measured_share, double unmeasured_share) const;
  bool stands_still() const;
  bool sure_to_settle() const;
  void take_last_step();
  Restoration::End close_balances(std::span<const std::vector<double>> places);
  std::vector<std::vector<double>> elsewhere() const;
  std::vector<double> doubt(bool& edge);
  bool at_edge(std::span<const double> direction);
  void begin_again();
  FitResult finish(End);

  FitProblem& problem_;
  const FitTask& task_;
  KktSystems& systems_;
  FitAnswer& last_;
  Curvature curvature_;
  QuadraticProgram program_;
  Merit merit_;
  Iterate point_, next_;
  Slope slope_;
  Move move_;
  Pace pace_;
  std::vector<double> start_, multipliers_;
  bool once_;
  double damping_ = 0.0;
  bool near_the_last_ = false;  ///< so near the system factored last that its factor will do
  bool same_jacobian_ = false;  ///< of a linear system, before and after the last step
  bool was_astray_ = false;
  bool readings_rest_ = false;  ///< and balances are all but closed: what still moves is hardly told by any reading
  double way_ = 0.0;            ///< of the unmeasured variable that went furthest in the last step, of its size
  int wandering_ = 0;           ///< steps in a row
  int cuts_ = 0;                ///< of steps in a row, by what cannot be evaluated
  int iterations_ = 0, residual_calls_ = 0;
};

FitResult Minimiser::run(std::span<const double> start) {
  problem_.release_anchored();
  if (!begin(start)) return finish(End::impossible_start);
  if (problem_.curved() && !near_the_last_) systems_.forget();
  Outcome outcome = descend();
  if (task_.brief && outcome != Outcome::settled) return finish(End::out_of_steps);
  if (outcome == Outcome::astray) {
    close_balances(std::span(&start_, 1));
    outcome = descend();
  }
  if (once_ && outcome != Outcome::settled) return finish(End::out_of_steps);
  if (outcome != Outcome::settled) {
    auto end = close_balances(std::vector{point_.x, start_});
    if (end == Restoration::End::stationary) end = close_balances(elsewhere());
    if (end == Restoration::End::stationary) return finish(End::contradiction);
    if (end == Restoration::End::closed) outcome = descend();
  }
  return finish(outcome == Outcome::settled ? End::converged : End::out_of_steps);
}

/// The first point: the start, or where nothing can be evaluated there, the system's own, or one elsewhere.
bool Minimiser::begin(std::span<const double> start) {
  multipliers_.assign(task_.open.size(), 0.0);
  point_.x.assign(start.begin(), start.end());
  problem_.put_inside(point_.x);
  start_ = point_.x;
  if (problem_.evaluate(point_)) {
    resume();
    return true;
  }
  // The first of these places is the system's own first values.
  const auto& system = problem_.system();
  for (auto& place : other_starts(system, problem_.held(), start_, irregular_direction(system, start_))) {
    next_.x = std::move(place);
    if (!problem_.evaluate(next_)) continue;
    std::swap(point_, next_);
    start_ = point_.x;
    return true;
  }
  return false;
}

void Minimiser::resume() {
  if (last_.x.empty()) return;
  const auto& nominal = problem_.nominal();
  for (std::size_t i = 0; i < start_.size(); ++i)
    if (std::abs(start_[i] - last_.x[i]) > kNearLast * std::max(std::abs(last_.x[i]), nominal[i])) return;
  near_the_last_ = problem_.curved() && !task_.robust;
  for (const auto& y : task_.readings) {
    const auto i = static_cast<std::size_t>(y.variable);
    if (std::abs(start_[i] - last_.x[i]) > y.sd) near_the_last_ = false;
  }
  for (std::size_t e = 0; e < multipliers_.size(); ++e) multipliers_[e] = task_.open[e] ? 0.0 : last_.multipliers[e];
  if (!last_.curvature.empty()) curvature_.start_with(last_.curvature);
}

/// Steps until it has settled, or no step helps, or there were enough. Where the readings rest no other start helps: what they
/// hardly tell needs more steps, as Newton's to a triple root shrink by a third only.
Minimiser::Outcome Minimiser::descend() {
  const int most = task_.brief ? kBrief : task_.max_iterations;
  for (int k = 0; k < most; ++k) {
    if (once_ && k >= kOnce && !readings_rest_) break;
    ++iterations_;
    const Outcome outcome = iterate();
    if (outcome != Outcome::moved) return outcome;
    if (sure_to_settle()) return Outcome::settled;
  }
  return Outcome::stuck;
}

/// One step, as cautious as it takes.
Minimiser::Outcome Minimiser::iterate() {
  problem_.weigh(point_.x, slope_);
  do {
    if (!find_step()) continue;
    if (problem_.closed(point_) && changes_at_most(task_.tolerance, kSettled)) {
      take_last_step();
      return Outcome::settled;
    }
    // Open, and the step is rounding: as closed as numbers go, or no step closes them.
    if (stands_still()) return program_.closes() ? Outcome::settled : Outcome::stuck;
    if (goes_astray()) return Outcome::astray;
    if (line_search() && accept()) {
      cuts_ = move_.cut ? cuts_ + 1 : confined() ? cuts_ : 0;
      return Outcome::moved;
    }
  } while (more_cautious());
  return Outcome::stuck;
}

/// Balances are wide open, and their linearised step is for the bounds to decide: it says little, and what the bounds make of
/// it less. Once, the balances are closed first, from the start: steps from there are sounder.
bool Minimiser::goes_astray() {
  if (was_astray_ || confined() || !problem_.curved() || program_.inside_bounds() ||
      problem_.worst(point_.residual) < kFarOff)
    return false;
  was_astray_ = true;
  return true;
}

bool Minimiser::find_step() {
  curvature_.refresh(point_.x, multipliers_);
  near_the_last_ = curvature_.same_system() && near_the_last_;
  program_.active().unconfine();
  for (int round = 0;; ++round) {
    if (!program_.solve(curvature_.system(), {.point = point_,
                                              .slope = slope_,
                                              .multipliers = multipliers_,
                                              .curvature = curvature_.values(),
                                              .damping = damping_,
                                              .near_the_last = near_the_last_}))
      return false;
    if (!confined() || round == kMostEdges || !confine_to_edges()) return true;
  }
}

/// Binds every variable whose own part of the step leads to where nothing can be evaluated. False where none does.
bool Minimiser::confine_to_edges() {
  const auto& step = program_.step();
  problem_.move(point_.x, step, program_.longest(), next_.x);
  if (problem_.residual(next_.x, next_.residual)) return false;
  std::vector<std::pair<std::size_t, double>> limits;
  for (std::size_t i = 0; i < step.size(); ++i)
    if (const double share = share_to_edge(i); share < 1.0)
      limits.emplace_back(i, point_.x[i] + kShortOfEdge * share * step[i]);
  for (const auto& [i, limit] : limits) program_.active().confine(i, step[i] < 0.0, limit);
  return !limits.empty();
}

/// How much of its part of the step a variable can go, the others staying.
double Minimiser::share_to_edge(std::size_t i) {
  if (program_.step()[i] == 0.0 || slope_.weight[i] > 0.0 || problem_.is_held(i)) return 1.0;
  next_.x = point_.x;
  const auto possible = [&](double share) {
    next_.x[i] = point_.x[i] + share * program_.step()[i];
    return problem_.residual(next_.x, next_.residual);
  };
  if (possible(1.0)) return 1.0;
  double inside = 0.0, outside = 1.0;
  for (int k = 0; k < kHalvings || (inside == 0.0 && k < kMostHalvings); ++k) {
    const double middle = 0.5 * (inside + outside);
    (possible(middle) ? inside : outside) = middle;
  }
  return inside;
}

bool Minimiser::line_search() {
  merit_.aim(point_, slope_, program_, curvature_.system().row_scale());
  if (curvature_.exact() && !merit_.downhill()) return false;  // the curvature has the wrong sign
  return search(problem_, point_, program_, merit_, curvature_.system(), move_);
}

/// False where nothing more cautious is left.
bool Minimiser::more_cautious() {
  if (near_the_last_) {  // the factor of another system may have misled
    near_the_last_ = false;
    return true;
  }
  if (curvature_.distrust()) return true;
  if (damping_ >= kMostDamping) return false;
  damping_ = std::max(kLeastDamping, kDampingStep * damping_);
  return true;
}

/// Goes where the search ended; false where residuals exist there but derivatives do not.
bool Minimiser::accept() {
  next_.x = move_.x;
  if (!problem_.evaluate(next_)) return false;
  same_jacobian_ = !problem_.curved() && next_.jacobian == point_.jacobian;
  std::swap(point_, next_);
  multipliers_ = program_.multipliers();
  watch_pace();
  watch_wandering(next_);
  damping_ = damping_ <= kLeastDamping ? 0.0 : damping_ / kDampingStep;
  return true;
}

void Minimiser::watch_pace() {
  double square = 0.0;
  const auto& step = program_.step();
  for (std::size_t i = 0; i < step.size(); ++i) square += slope_.weight[i] * step[i] * step[i];
  const double length = std::sqrt(square);
  pace_ = {length, pace_.length > 0.0 ? length / pace_.length : 1.0, move_.full};
  near_the_last_ = problem_.curved() && !task_.robust && damping_ == 0.0 && pace_.full && length < kSameFactor &&
                   pace_.shrink < kSameFactorShrink;
  curvature_.watch(pace_.shrink, pace_.full);
}

/// The unmeasured variable that the step moves most, and by how much of its size.
std::pair<std::size_t, double> Minimiser::furthest_unmeasured() const {
  std::pair<std::size_t, double> most{0, 0.0};
  const auto& step = program_.step();
  for (std::size_t i = 0; i < step.size(); ++i) {
    const double share = std::abs(step[i]) / std::max(std::abs(point_.x[i]), problem_.nominal()[i]);
    if (slope_.weight[i] == 0.0 && share > most.second) most = {i, share};
  }
  return most;
}

/// Nothing tells a variable that goes on and on while balances and readings stay as they are. Its neighbours go along with it,
/// so that anchoring the one that goes furthest often settles all. Steps that were held back say nothing.
void Minimiser::watch_wandering(const Iterate& before) {
  const auto [furthest, way] = furthest_unmeasured();
  const double last_way = std::exchange(way_, way);
  const double gone = std::abs(point_.x[furthest] - before.x[furthest]), meant = std::abs(program_.step()[furthest]);
  const bool goes_on = way_ > std::max(kSettled, kHardlyShrinks * last_way) && damping_ == 0.0 && gone > 0.5 * meant;
  readings_rest_ = std::abs(problem_.loss(point_.x) - problem_.loss(before.x)) < kHardlyFalls &&
                   problem_.closed(point_, kAllButClosed, kAllButClosed);
  wandering_ = goes_on && readings_rest_ ? wandering_ + 1 : 0;
  if (wandering_ < kWanderingSteps) return;
  problem_.anchor(furthest);
  wandering_ = 0;
  pace_ = {};
}

/// The step is below these shares of what is measured and what is not.
bool Minimiser::changes_at_most(double measured_share, double unmeasured_share) const {
  const auto& step = program_.step();
  const auto& nominal = problem_.nominal();
  for (std::size_t i = 0; i < step.size(); ++i) {
    const double share = slope_.weight[i] > 0.0 ? measured_share : unmeasured_share;
    if (std::abs(step[i]) > share * std::max(std::abs(point_.x[i]), nominal[i])) return false;
  }
  return true;
}

bool Minimiser::stands_still() const {
  const auto& step = program_.step();
  for (std::size_t i = 0; i < step.size(); ++i)
    if (std::abs(step[i]) > kStandstill * std::abs(point_.x[i])) return false;
  return true;
}

/// The next step is known without finding it: zero after a whole step of a linear system, or as short as the pace says.
/// What is not measured must have come as far.
bool Minimiser::sure_to_settle() const {
  if (task_.robust || !problem_.closed(point_)) return false;  // robust: beliefs change with every step
  if (same_jacobian_ && pace_.full && damping_ == 0.0) return true;
  return pace_.next() < kSurelyBelow * task_.tolerance && changes_at_most(kUnbounded, kNearlySettled);
}

/// The step at which all has settled is as good as any: it takes unmeasured variables to their last digits.
void Minimiser::take_last_step() {
  if (changes_at_most(task_.tolerance, task_.tolerance)) return;
  problem_.move(point_.x, program_.step(), 1.0, next_.x);
  program_.active().place(next_.x);
  if (next_.x != point_.x && problem_.evaluate(next_) && problem_.closed(next_)) std::swap(point_, next_);
}

/// Closes the balances from the first of some places where that succeeds, and begins again there; otherwise goes where they
/// are least open, which is a stationary end only if every place led to one.
Restoration::End Minimiser::close_balances(std::span<const std::vector<double>> places) {
  auto end = Restoration::End::impossible_start;
  double least = problem_.violation(point_.residual);
  for (const auto& from : places) {
    Restoration r = restore(problem_, from);
    iterations_ += r.iterations;
    residual_calls_ += r.residual_calls;
    next_.x = std::move(r.x);
    if (r.end == Restoration::End::impossible_start || !problem_.evaluate(next_)) continue;
    if (r.end != Restoration::End::stationary || end == Restoration::End::impossible_start) end = r.end;
    const double violation = problem_.violation(next_.residual);
    if (end == Restoration::End::closed || violation < least) std::swap(point_, next_);
    least = std::min(least, violation);
    if (end != Restoration::End::closed) continue;
    begin_again();
    break;
  }
  return end;
}

/// Balances contradict each other only if they cannot be closed from elsewhere either: a stationary point of the residuals
/// may be a maximum, a saddle, or one minimum of several.
std::vector<std::vector<double>> Minimiser::elsewhere() const {
  const auto& system = problem_.system();
  return other_starts(system, problem_.held(), point_.x, irregular_direction(system, point_.x));
}

/// Nothing that was learnt on the way to where it got stuck counts any more.
void Minimiser::begin_again() {
  std::fill(multipliers_.begin(), multipliers_.end(), 0.0);
  merit_.reset();
  curvature_.reset();
  problem_.release_anchored();
  wandering_ = 0;
  pace_ = {};
  damping_ = 0.0;
  near_the_last_ = false;
}

/// Right beside the point nothing can be evaluated, inside all bounds.
bool Minimiser::at_edge(std::span<const double> direction) {
  for (const double side : {kBeside, -kBeside}) {
    problem_.move(point_.x, direction, side, next_.x);
    if (!problem_.residual(next_.x, next_.residual)) return true;
  }
  return false;
}

/// The direction in which readings and bounds hold least, if the loss falls on both sides along it; else empty. It is the
/// answer of the last system to an irregular push. At an edge, or asked to be thorough, the push itself: beyond what cannot be
/// evaluated, or a bound, the balances may have another branch.
std::vector<double> Minimiser::doubt(bool& edge) {
  if (!problem_.curved() || !has_far_reading(problem_, point_.x)) return {};
  const auto variables = problem_.system().variables();
  auto d = irregular_direction(problem_.system(), point_.x);
  edge = task_.thorough || at_edge(d);
  if (edge) return d;
  for (std::size_t i = 0; i < d.size(); ++i) d[i] /= std::pow(width(variables[i], point_.x[i]), 2);
  program_.yield_to(*systems_.last, d);  // factored for the last step; the curvature may want another one by now
  return downhill(problem_, point_, slope_, program_.multipliers(), std::move(d));
}

FitResult Minimiser::finish(End end) {
  FitResult out{.end = end, .iterations = iterations_};
  if (end != End::converged) systems_.forget();  // they are of no answer
  out.residual_calls = residual_calls_ + problem_.residual_calls();
  out.at_bound.assign(point_.x.size(), 0);
  if (end == End::converged) {
    for (std::size_t i = 0; i < out.at_bound.size(); ++i) out.at_bound[i] = program_.active().at_bound(i);
    problem_.weigh(point_.x, slope_);
    const auto curvature = curvature_.values();
    last_ = {point_.x, multipliers_, {curvature.begin(), curvature.end()}};
    out.vanishing = vanishing_variable(problem_.system(), problem_.held(), point_.x, point_.residual, point_.jacobian);
    out.doubt = out.vanishing < 0 ? doubt(out.at_edge) : irregular_direction(problem_.system(), point_.x);
  }
  if (end == End::out_of_steps && !program_.step().empty() && problem_.closed(point_))
    if (const auto [variable, way] = furthest_unmeasured(); way > kSettled) out.unsettled = static_cast<int>(variable);
  out.belief = std::move(slope_.belief);
  out.x = std::move(point_.x);
  out.multipliers = std::move(multipliers_);
  out.residual = std::move(point_.residual);
  out.jacobian = std::move(point_.jacobian);
  return out;
}

}  // namespace

Fit::Fit(const EquationSystem& system, std::span<const Held> held) : problem_(system, held), systems_(system) {}

void Fit::go_back_to(FitAnswer last) {
  last_ = std::move(last);
  systems_.forget();
}

FitResult Fit::run(const FitTask& task, std::span<const double> start) {
  problem_.pose(task);
  FitResult best = Minimiser(problem_, systems_, last_, task.once).run(start);
  for (int k = 0; k < kMostEscapes && !best.doubt.empty() && !task.brief; ++k)
    if (!escape(best)) break;
  return best;
}

/// Where the loss may be no minimum, or the answer none, takes the first better one from elsewhere. False where there is none.
bool Fit::escape(FitResult& best) {
  const FitAnswer last = last_;
  const auto& task = problem_.task();
  for (auto& from : other_starts(problem_.system(), problem_.held(), best.x, best.doubt)) {
    for (std::size_t k = 0; best.at_edge && k < task.readings.size(); ++k)  // not where the edge pushed them
      if (task.used[k]) from[at(task.readings[k].variable)] = task.readings[k].value;
    problem_.put_inside(from);
    FitResult other = Minimiser(problem_, systems_, last_, true).run(from);
    other.iterations += best.iterations;
    if (other.end == FitResult::End::converged && other.vanishing < 0 &&
        (best.vanishing >= 0 || problem_.loss(other.x) < (1.0 - kPlainlyLess) * problem_.loss(best.x))) {
      best = std::move(other);
      return true;
    }
    best.iterations = other.iterations;
  }
  go_back_to(last);
  return false;
}

}  // namespace castner::solve
