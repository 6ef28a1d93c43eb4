// SPDX-License-Identifier: Apache-2.0
// Reconciliation against IPOPT (exact Hessian, warm) on the same systems: P15, and planar networks of 1000 and 10 000
// streams. "new readings" means: the problem was solved, then every reading moved by a tenth of its sd.
#include <benchmark/benchmark.h>

#include <string>

#include "castner/solve/reconcile.h"
#include "tests/support/ipopt_reference.h"
#include "tests/support/planar_network.h"
#include "tests/support/reconcile_case.h"
#include "tests/support/reconcile_problems.h"

namespace castner::solve {
namespace {

using Case = testing::ReconcileCase;
using testing::with_new_readings;

Case p15() {
  auto all = testing::published_networks();
  return with_new_readings(std::make_unique<testing::LinearNetwork>(std::move(all.back().system)), all.back().readings);
}
Case planar(int rows, int columns, int biases) {
  auto n = testing::planar_network(rows, columns, 20, biases);
  return with_new_readings(std::make_unique<testing::LinearNetwork>(std::move(n.system)), n.readings);
}
Case thousand() { return planar(34, 14, 3); }
Case ten_thousand() { return planar(88, 56, 10); }
Case pai_fisher() {
  auto p = testing::pai_fisher();
  return with_new_readings(std::move(p.system), p.readings, p.start);
}

/// A function of its own, so that tools/bench_reconcile_instructions.py can count what happens inside it.
[[gnu::noinline]] Reconciliation warm_reconcile(Reconciler& reconciler, const Case& c, const std::vector<double>& start,
                                                const ReconcileOptions& options) {
  return reconciler.reconcile(c.next, {}, start, options);
}

void ours(benchmark::State& state, Case (*make)(), ReconcileOptions options) {
  const Case c = make();
  Reconciler reconciler(*c.system, {});
  const auto first = reconciler.reconcile(c.first, {}, c.start, {.covariance = false});
  std::size_t errors = 0;
  for (auto _ : state) {
    const auto out = warm_reconcile(reconciler, c, first.x, options);
    errors = out.gross_errors.size();
    if (out.report.status != Status::converged) state.SkipWithError("not converged");
  }
  state.counters["gross_errors"] = static_cast<double>(errors);
}
void ipopt(benchmark::State& state, Case (*make)()) {
  const Case c = make();
  const auto first = testing::ipopt_reconcile(*c.system, c.first, {}, c.start);
  int iterations = 0;
  for (auto _ : state) {
    const auto out = testing::ipopt_reconcile(*c.system, c.next, {}, first.x, {.warm = &first, .tolerance = 1e-8});
    iterations = out.iterations;
    if (!out.solved) state.SkipWithError("not solved");
  }
  state.counters["iterations"] = iterations;
}

constexpr ReconcileOptions kEstimates{.covariance = false}, kOnce{.eliminate = false}, kFull{};

/// Both on one network. Names are "ours/NETWORK/KIND" and "ipopt/NETWORK/warm"; tools/bench_*.py look them up.
void compare(const std::string& network, Case (*make)()) {
  const auto add = [&](const std::string& kind, const ReconcileOptions& options) {
    benchmark::RegisterBenchmark(("ours/" + network + "/" + kind).c_str(), [=](benchmark::State& s) {
      ours(s, make, options);
    })->Unit(benchmark::kMicrosecond);
  };
  add("estimates", {.covariance = false});
  add("with_uncertainty", {.eliminate = false});
  add("with_serial_elimination", {});
  benchmark::RegisterBenchmark(("ipopt/" + network + "/warm").c_str(), [=](benchmark::State& s) {
    ipopt(s, make);
  })->Unit(benchmark::kMicrosecond);
}

[[maybe_unused]] const bool kRegistered = [] {
  compare("p15", p15);
  compare("pai_fisher", pai_fisher);
  compare("planar_1000", thousand);
  compare("planar_10000", ten_thousand);
  return true;
}();

}  // namespace
}  // namespace castner::solve
