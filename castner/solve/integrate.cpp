// SPDX-License-Identifier: Apache-2.0
// A system through time: F(x) = factor * dx/dt in the equations with a rate, F(x) = 0 in the others, solved by IDA of
// SUNDIALS [ida]:
//  1. IDA's vector holds the free variables, each over its nominal size; residuals are over their sizes. Held variables
//     are functions of time.
//  2. The Jacobian that IDA asks for is dF/dx - cj * rates; its pattern is made once, and so are the places of both
//     parts in it.
//  3. start finds consistent first values: rates and algebraic variables that satisfy the equations (IDACalcIC).
//  4. advance steps to the time asked for, but never across a bend of a held function: there it stops and begins again
//     with small steps.
//  5. A residual that cannot be evaluated makes IDA take a shorter step. Any failure is a report with the time reached
//     and IDA's message.
#include "castner/solve/integrate.h"

#include <fmt/format.h>
#include <ida/ida.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_sparse.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "castner/base/check.h"
#include "castner/solve/free_system.h"
#include "castner/solve/index.h"
#include "castner/solve/wording.h"

namespace castner::solve {
namespace {

std::vector<Held> as_held(std::span<const int> variables) {
  std::vector<Held> held;
  for (const int v : variables) held.push_back({v, 0.0});
  return held;
}

/// IDA's "this cannot be evaluated here: take a shorter step".
constexpr int kRecoverable = 1;
/// A stop time that is none: IDA 6.4 cannot take one back. [s]
constexpr double kNever = 1e300;

std::span<realtype> values_of(N_Vector v) { return {N_VGetArrayPointer(v), at(static_cast<int>(N_VGetLength(v)))}; }

}  // namespace

/// IDA works on the free variables over their nominal sizes and on the residuals over theirs.
struct Integration::State {
  const EquationSystem& system;
  FreeSystem square;
  std::vector<Rate> rates;  ///< `variable` counts among the free ones here, and `factor` is scaled
  std::vector<int> held;
  HeldInTime held_in_time;
  IntegrateOptions options;
  double time = 0.0;
  bool begun = false;
  std::vector<double> x, held_values;
  std::vector<double> residual, jacobian;
  SparsePattern pattern;  ///< of dF/dy + cj dF/dy', columns compressed
  std::vector<int> jacobian_place, rate_place;
  std::string complaint;  ///< IDA's last words

  SUNContext context = nullptr;
  void* ida = nullptr;
  N_Vector y = nullptr, rate = nullptr, differential = nullptr;
  SUNMatrix matrix = nullptr;
  SUNLinearSolver solver = nullptr;

  State(const EquationSystem& s, std::vector<Rate> r, std::vector<int> h, HeldInTime f, IntegrateOptions o)
      : system(s),
        square(s, as_held(h)),
        rates(std::move(r)),
        held(std::move(h)),
        held_in_time(std::move(f)),
        options(o),
        x(s.variables().size()),
        held_values(held.size()) {
    check(square.square(), "as many equations as variables that are not held");
    scale_rates();
    merge_patterns();
    open();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    IDAFree(&ida);
    SUNLinSolFree(solver);
    SUNMatDestroy(matrix);
    for (N_Vector v : {y, rate, differential}) N_VDestroy(v);
    SUNContext_Free(&context);
  }

  double nominal(int free_variable) const { return system.variables()[at(square.free()[at(free_variable)])].nominal; }

  void scale_rates() {
    std::vector<int> place(system.variables().size(), -1);
    for (int k = 0; k < square.size(); ++k) place[at(square.free()[at(k)])] = k;
    for (Rate& r : rates) {
      const int k = place[at(r.variable)];
      check(k >= 0, "a variable with a rate is not held");
      r.factor *= nominal(k) / system.residual_sizes()[at(r.equation)];
      r.variable = k;
    }
  }

  void merge_patterns() {
    std::vector<std::pair<int, int>> entries;
    const auto& p = square.pattern();
    for_each_entry(p, [&](std::size_t r, std::size_t c, std::size_t) { entries.push_back(sparse_place(r, c)); });
    for (const Rate& r : rates) entries.emplace_back(r.equation, r.variable);
    std::vector<int> place;
    pattern = make_pattern(p.rows, p.cols, entries, &place);
    const auto own = static_cast<std::ptrdiff_t>(p.row.size());
    jacobian_place.assign(place.begin(), place.begin() + own);
    rate_place.assign(place.begin() + own, place.end());
  }

  void open() {
    const int n = square.size();
    check(SUNContext_Create(nullptr, &context) == 0, "SUNDIALS starts");
    y = N_VNew_Serial(n, context);
    rate = N_VNew_Serial(n, context);
    differential = N_VNew_Serial(n, context);
    N_VConst(0.0, y);
    N_VConst(0.0, rate);
    N_VConst(0.0, differential);
    for (const Rate& r : rates) values_of(differential)[at(r.variable)] = 1.0;
    ida = IDACreate(context);
    matrix = SUNSparseMatrix(n, n, pattern.nonzeros(), CSC_MAT, context);
    solver = SUNLinSol_KLU(y, matrix, context);
    check(ida && matrix && solver, "IDA and its matrix have memory");
    IDASetErrHandlerFn(ida, on_complaint, this);
    IDASetUserData(ida, this);
    check(IDAInit(ida, on_residual, 0.0, y, rate) == IDA_SUCCESS, "IDA accepts its sizes");
    IDASStolerances(ida, options.relative, options.absolute);
    IDASetId(ida, differential);
    IDASetSuppressAlg(ida, SUNTRUE);  // only the hold-ups' errors add up
    IDASetMaxNumSteps(ida, options.max_steps);
    check(IDASetLinearSolver(ida, solver, matrix) == IDALS_SUCCESS, "IDA takes the linear solver");
    IDASetJacFn(ida, on_jacobian);
  }

  /// The whole x at a time, from IDA's scaled free variables.
  std::span<const double> place_values(double when, N_Vector scaled) {
    const auto v = values_of(scaled);
    for (int k = 0; k < square.size(); ++k) x[at(square.free()[at(k)])] = v[at(k)] * nominal(k);
    held_in_time.values(when, held_values);
    for (std::size_t k = 0; k < held.size(); ++k) x[at(held[k])] = held_values[k];
    return x;
  }

  static int on_residual(realtype when, N_Vector y, N_Vector rate, N_Vector out, void* user) {
    State& s = *static_cast<State*>(user);
    if (!s.square.residual(s.place_values(when, y), s.residual)) return kRecoverable;
    const auto slope = values_of(rate);
    for (const Rate& r : s.rates) s.residual[at(r.equation)] -= r.factor * slope[at(r.variable)];
    std::copy(s.residual.begin(), s.residual.end(), values_of(out).begin());
    return 0;
  }

  static int on_jacobian(realtype when, realtype cj, N_Vector y, N_Vector, N_Vector, SUNMatrix out, void* user,
                         N_Vector, N_Vector, N_Vector) {
    State& s = *static_cast<State*>(user);
    if (!s.square.jacobian(s.place_values(when, y), s.jacobian)) return kRecoverable;
    realtype* data = SM_DATA_S(out);
    std::fill_n(data, s.pattern.row.size(), 0.0);
    std::copy(s.pattern.start.begin(), s.pattern.start.end(), SM_INDEXPTRS_S(out));
    std::copy(s.pattern.row.begin(), s.pattern.row.end(), SM_INDEXVALS_S(out));
    for (std::size_t k = 0; k < s.jacobian.size(); ++k) data[s.jacobian_place[k]] += s.jacobian[k];
    for (std::size_t k = 0; k < s.rates.size(); ++k) data[s.rate_place[k]] -= cj * s.rates[k].factor;
    return 0;
  }

  static void on_complaint(int, const char*, const char*, char* message, void* user) {
    static_cast<State*>(user)->complaint = message;
  }

  double next_bend() const { return held_in_time.next_bend ? held_in_time.next_bend(time) : kNever; }

  /// Begins again with small steps from the present state.
  void begin_again() {
    IDAGetNumSteps(ida, &last_steps);
    steps_before += last_steps;
    last_steps = 0;
    IDAReInit(ida, time, y, rate);
  }

  /// IDA's return value as a report; `what` it was asked to do.
  Report report(int flag, const char* what) {
    Report r;
    IDAGetNumSteps(ida, &last_steps);
    r.iterations = static_cast<int>(last_steps);
    r.residual_calls = square.residual_calls();
    if (flag >= 0) {
      r.status = Status::converged;
    } else {
      r.status = Status::no_convergence;
      r.advice.text = fmt::format("{} {:.6g} s: {}", what, time, complaint);
    }
    return r;
  }

  long last_steps = 0, steps_before = 0;
};

Integration::Integration(const EquationSystem& system, std::vector<Rate> rates, std::vector<int> held, HeldInTime f,
                         IntegrateOptions options)
    : state_(std::make_unique<State>(system, std::move(rates), std::move(held), std::move(f), options)) {}
Integration::~Integration() = default;

Report Integration::start(double time, std::span<const double> x) {
  State& s = *state_;
  check(x.size() == s.x.size(), "a start has one value for each variable");
  s.time = time;
  s.x.assign(x.begin(), x.end());
  for (int k = 0; k < s.square.size(); ++k) values_of(s.y)[at(k)] = x[at(s.square.free()[at(k)])] / s.nominal(k);
  N_VConst(0.0, s.rate);
  s.begin_again();
  // The horizon only tells IDA a direction and a scale of time for the rates.
  const int flag = IDACalcIC(s.ida, IDA_YA_YDP_INIT, time + 1.0);
  if (flag >= 0) IDAGetConsistentIC(s.ida, s.y, s.rate);
  s.begun = flag >= 0;
  s.place_values(time, s.y);
  return s.report(flag, "no state fits the hold-ups at");
}

Report Integration::advance(double to) {
  State& s = *state_;
  check(s.begun, "an integration is started before it goes on");
  if (to <= s.time) return s.report(0, "");
  int flag = 0;
  while (flag >= 0 && s.time < to) {
    const double bend = s.next_bend();
    IDASetStopTime(s.ida, std::min(bend, kNever));
    realtype reached = s.time;
    flag = IDASolve(s.ida, std::min(to, bend), &reached, s.y, s.rate, IDA_NORMAL);
    s.time = std::max(s.time, reached);  // a failure too ends at the last step that held
    if (flag >= 0 && s.time >= bend) s.begin_again();
  }
  s.place_values(s.time, s.y);
  return s.report(flag, "cannot go on from");
}

double Integration::time() const { return state_->time; }
std::span<const double> Integration::x() const { return state_->x; }
long Integration::steps() const { return state_->steps_before + state_->last_steps; }

}  // namespace castner::solve
