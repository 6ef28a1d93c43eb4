// SPDX-License-Identifier: Apache-2.0
// The published power study of the measurement test (do Valle et al. 2018) with the product's own projection and test:
// 2500 runs a fault, one bias at a time, uniform(2, 7) sd with random sign, single detection, ties are a miss.
// With CASTNER_POWER_TABLE=FILE it writes the table of docs/validation/gross_error_power.md.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <random>

#include "castner/solve/gross_error.h"
#include "castner/solve/projection.h"
#include "castner/solve/quantile.h"
#include "tests/support/agreement.h"
#include "tests/support/published_networks.h"

namespace castner::solve {
namespace {

constexpr int kRuns = 2500;
constexpr double kGlobalAlpha = 0.10;
const std::string kSource = "do-valle-2018, column OP_MT";

/// A network at its true values: what random errors do to the test is linear, so it is factored once.
class Study {
 public:
  explicit Study(const testing::PublishedNetwork& n)
      : sd_(n.facts["power_sd"].get<std::vector<double>>()), projection_(linearised(n)) {
    critical_ =
        critical_z({.alpha_per_test = n.facts["power_alpha_per_test"].get<double>()}, static_cast<int>(sd_.size()));
    critical_global_ = chi_squared_quantile(1.0 - kGlobalAlpha, projection_.degrees_of_freedom());
    for (std::size_t j = 0; j < sd_.size(); ++j)
      adjustment_sd_.push_back(projection_.adjustment_sd(static_cast<int>(j)));
  }
  std::size_t streams() const { return sd_.size(); }

  struct Run {
    std::optional<GrossError> found;
    bool global;
  };
  /// One set of readings with random errors and, for stream >= 0, a bias.
  Run run(std::mt19937_64& random, int biased) {
    std::vector<double> error(sd_.size());
    for (std::size_t j = 0; j < sd_.size(); ++j) error[j] = sd_[j] * normal_(random);
    if (biased >= 0) {
      const double size = size_(random), sign = random() % 2 ? 1.0 : -1.0;
      error[static_cast<std::size_t>(biased)] += sign * size * sd_[static_cast<std::size_t>(biased)];
    }
    return judge(error);
  }
  Run judge(const std::vector<double>& error) const {
    const auto adjustment = projection_.adjust(error);
    std::vector<Candidate> candidates;
    double objective = 0.0;
    for (std::size_t j = 0; j < sd_.size(); ++j) {
      objective += std::pow(adjustment[j] / sd_[j], 2);
      candidates.push_back({GrossError::Kind::bias, static_cast<int>(j), std::abs(adjustment[j]) / adjustment_sd_[j]});
    }
    return {worst(candidates, critical_), objective > critical_global_};
  }

 private:
  static Linearised linearised(const testing::PublishedNetwork& n) {
    const auto sd = n.facts["power_sd"].get<std::vector<double>>();
    Linearised l{.columns = static_cast<int>(sd.size()), .sd = sd, .constant = std::vector<bool>(sd.size(), false)};
    l.rows.resize(n.system.equations().size());
    for_each_entry(n.system.jacobian_pattern(), [&](std::size_t r, std::size_t c, std::size_t k) {
      l.rows[r].emplace_back(static_cast<int>(c), n.system.values()[k]);
    });
    return l;
  }
  std::vector<double> sd_, adjustment_sd_;
  Projection projection_;
  double critical_ = 0.0, critical_global_ = 0.0;
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> size_{2.0, 7.0};
};

TEST(GrossErrorPower, IsThatOfThePublishedStudy) {
  std::ofstream table;
  if (const char* file = std::getenv("CASTNER_POWER_TABLE")) table.open(file);
  table << std::fixed << std::setprecision(3);
  std::mt19937_64 random(20181);  // fixed: the figures in the document are these
  for (const auto& n : testing::published_networks()) {
    Study study(n);
    const auto published = n.facts["power"].get<std::vector<double>>();
    double global = 0.0;
    table << "| " << n.id << " | ";
    std::string streams, ours, theirs;
    for (std::size_t j = 0; j < study.streams(); ++j) {
      int hits = 0, alarms = 0;
      for (int k = 0; k < kRuns; ++k) {
        const auto r = study.run(random, static_cast<int>(j));
        hits += r.found && r.found->index == static_cast<int>(j) && r.found->alternatives.empty();
        alarms += r.global;
      }
      const double power = static_cast<double>(hits) / kRuns;
      global += static_cast<double>(alarms) / kRuns / static_cast<double>(study.streams());
      // The band that was asked for; 2500 runs each side leave a standard error of up to 0.014.
      testing::expect_agreement({n.set(), "power of the measurement test, stream " + std::to_string(j + 1),
                                 published[j], power, 0.05, kSource});
      table << (j ? " " : "") << power;
    }
    table << " | ";
    for (std::size_t j = 0; j < published.size(); ++j) table << (j ? " " : "") << published[j];
    int false_alarms = 0;
    for (int k = 0; k < kRuns; ++k) false_alarms += study.run(random, -1).found.has_value();
    const double type_1 = static_cast<double>(false_alarms) / kRuns;
    testing::expect_agreement({n.set(), "average type I error", 0.10, type_1, 0.03, "do-valle-2018, protocol"});
    const double published_global = n.facts["power_global_test"];
    // P5's printed entry does not follow from its own protocol (0.81 printed, 0.70 found); the document says so.
    if (n.id != "P5")
      testing::expect_agreement({n.set(), "power of the global test", published_global, global, 0.05, "do-valle-2018"});
    else
      EXPECT_NEAR(global, 0.702, 0.03) << "an independent study of the same protocol found 0.702";
    table << " | " << type_1 << " | " << n.facts["power_type_1"].get<double>() << " | " << global << " | "
          << published_global << " |\n";
  }
}

TEST(GrossErrorPower, StudiesWhatReconcileDoes) {
  // The study's shortcut and the whole reconciliation name the same suspect with the same z.
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal;
  for (const auto& n : testing::published_networks()) {
    const Study study(n);
    const auto truth = n.facts["true_value"].get<std::vector<double>>(),
               sd = n.facts["power_sd"].get<std::vector<double>>();
    for (int k = 0; k < 20; ++k) {
      std::vector<double> error(sd.size());
      std::vector<MeasuredValue> readings;
      std::vector<double> r(n.system.equations().size());
      for (std::size_t j = 0; j < sd.size(); ++j) {
        error[j] = 2.0 * sd[j] * normal(random);
        readings.push_back({static_cast<int>(j), truth[j] + error[j], sd[j]});
      }
      const auto whole =
          reconcile(n.system, readings, {}, {}, truth,
                    {.alpha_per_test = n.facts["power_alpha_per_test"].get<double>(), .eliminate = false});
      const auto quick = study.judge(error);
      // True values are rounded (P3 closes to 0.007), which moves z by less than 0.05.
      ASSERT_EQ(whole.gross_errors.empty(), !quick.found) << n.id << " " << k;
      if (!quick.found) continue;
      EXPECT_EQ(whole.gross_errors[0].index, quick.found->index) << n.id;
      EXPECT_NEAR(whole.gross_errors[0].statistic, quick.found->statistic, 0.05) << n.id;
    }
  }
}

}  // namespace
}  // namespace castner::solve
