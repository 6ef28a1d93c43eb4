// SPDX-License-Identifier: Apache-2.0
/// Measurements made to agree with the balances: the smallest weighted adjustments for which every equation holds,
/// with the uncertainty of every estimate, the class of every variable, and the measurements with gross errors.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/report.h"
#include "castner/solve/simulate.h"

namespace castner::solve {

/// A variable that was measured.
struct MeasuredValue {
  int variable = 0;
  double value = 0.0;     ///< [SI]
  double sd = 0.0;        ///< [SI], > 0
  bool accusable = true;  ///< false: no candidate for a gross error
};

/// A place where material may leave unmeasured: the equation is allowed a residual. kg/s, positive = lost.
struct LeakCandidate {
  int equation = 0;
};

struct ReconcileOptions {
  double alpha = 0.05;                   ///< of the global test, and of the measurement test as a family
  std::optional<double> alpha_per_test;  ///< beta itself, overriding the family correction
  bool robust = false;                   ///< Huber, k = 1.345
  bool eliminate = true;                 ///< remove suspects one at a time; false: test once, remove nothing
  bool covariance = true;                ///< false: estimates only (no sd, class or tests)
  bool once = false;  ///< give up where the first way down does not settle it, and look for no better answer
  int max_iterations = 200;
  double tolerance = 1e-9;  ///< scaled: residuals and the change of every estimate
};

enum class Class { redundant, nonredundant, observable, unobservable };
const char* class_name(Class);

/// Posterior covariance of the estimates, kept so that any function of them can be given its uncertainty.
class Covariance {
 public:
  virtual ~Covariance() = default;
  /// Variance of the sum of g_k * x[variable_k]; nullopt where it depends on something unobservable.
  virtual std::optional<double> variance(std::span<const std::pair<int, double>> gradient) const = 0;
  virtual std::optional<double> covariance(std::span<const std::pair<int, double>> g1,
                                           std::span<const std::pair<int, double>> g2) const = 0;
  /// The covariance matrix times a gradient, shape (variables). nullopt as for variance().
  virtual std::optional<std::vector<double>> times(std::span<const std::pair<int, double>> gradient) const = 0;
  /// How far the function moves per unit that each reading moves, shape (readings). nullopt as for variance().
  virtual std::optional<std::vector<double>> influence(std::span<const std::pair<int, double>> gradient) const = 0;
};

struct Estimate {
  double value = 0.0;  ///< meaningless where class is unobservable
  double sd = 0.0;     ///< 0 for held variables
  Class kind = Class::unobservable;
  bool held = false;
  bool at_bound = false;
  bool at_limit = false;  ///< held back by a bound other than 0: sd and kind are as if there were none
};

struct GrossError {
  enum class Kind { bias, leak };
  Kind kind = Kind::bias;
  int index = 0;      ///< into readings (bias) or leak candidates (leak)
  double size = 0.0;  ///< bias: measured - estimate without it; leak: kg/s lost
  double size_sd = 0.0;
  double statistic = 0.0;  ///< z when it was found
  double critical = 0.0;
  /// Why it is still in: nothing would check the rest without it; the balances could not be solved without it;
  /// Huber's estimate lets it count little instead; nobody asked for removal.
  enum class Kept { no, no_redundancy, unsolvable, counts_little, not_asked };
  bool removed = true;
  Kept kept = Kept::no;
  struct Alternative {
    Kind kind;
    int index;
    double statistic = 0.0, size = 0.0, size_sd = 0.0;  ///< as if it were the accused
    double behind = 0.0;  ///< by how much the objective without it is above that without the accused
  };
  std::vector<Alternative> alternatives;  ///< candidates with the same z to 1e-6
  /// Those that explain the readings nearly as well: the odds between them and it are less than 20 : 1. Likeliest first.
  std::vector<Alternative> also_possible = {};
};

/// Whether an accusation names a candidate: as the accused, tied with it, or also possible.
bool names(const GrossError&, GrossError::Kind, int index);

struct GlobalTest {
  double statistic = 0.0;
  int degrees_of_freedom = 0;
  double alpha = 0.05;
  std::optional<double> critical;  ///< none with 0 degrees of freedom
  std::optional<bool> passed;
};

struct Reconciliation {
  Report report;
  GlobalTest global_test;                       ///< with every reading in use
  std::optional<GlobalTest> after_elimination;  ///< where something was removed
  std::vector<Estimate> estimates;              ///< final; shape (variables)
  std::vector<bool> used;                       ///< final; shape (readings)
  std::vector<double> statistic;  ///< z of each reading at the first solution, 0 where nonredundant; shape (readings)
  /// Likewise of each leak candidate; none where it could not be seen. Shape (leak candidates)
  std::vector<std::optional<double>> leak_statistic;
  double first_critical = 0.0;  ///< critical z of the first pass
  /// The smallest error of each reading that its test would see (detectable.h) at the final solution; none where nothing checks
  /// it, or it is not in use. [SI]; shape (readings)
  std::vector<std::optional<double>> smallest_seen;
  std::vector<std::optional<double>> smallest_seen_leak;  ///< [kg/s]; shape (leak candidates)
  std::vector<GrossError> gross_errors;
  std::vector<double> x;                         ///< final estimates; shape (variables); warm start for the next call
  std::vector<double> multipliers;               ///< final; shape (equations)
  std::shared_ptr<const Covariance> covariance;  ///< of the final solution; null without options.covariance
};

/// Reconciles one system again and again, with the orderings of its sparse matrices kept between calls: for live watch and
/// for studies of thousands of samples. The system must outlive it. One thread at a time.
class Reconciler {
 public:
  /// @param held   variables fixed in the balances (parameters, specifications with reconcile = true)
  Reconciler(const EquationSystem&, std::span<const Held> held);
  ~Reconciler();
  Reconciler(Reconciler&&) noexcept;
  Reconciler& operator=(Reconciler&&) noexcept;

  /// Readings that are not usable must be left out by the caller.
  /// @param start  first values, shape (variables); the last solution makes it fast
  [[nodiscard]] Reconciliation reconcile(std::span<const MeasuredValue>, std::span<const LeakCandidate>,
                                         std::span<const double> start, const ReconcileOptions& = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same, once.
[[nodiscard]] Reconciliation reconcile(const EquationSystem&, std::span<const MeasuredValue>,
                                       std::span<const Held> held, std::span<const LeakCandidate>,
                                       std::span<const double> start, const ReconcileOptions& = {});

}  // namespace castner::solve
