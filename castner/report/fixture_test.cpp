// SPDX-License-Identifier: Apache-2.0
#include "castner/report/fixture.h"

#include "castner/report/fixture_builder.h"

namespace castner::report::testing {
namespace {

using assess::Amount;

/// Feed F splits at N1 into A and B, which join at N2 to P. Flows 10 = 6 + 4 = 10 t/h; the meter of A reads 7.
Case network(const std::vector<std::string>& n) {  // names of plant, N1, N2, F, A, B, P, tags of F, A, P
  Builder b;
  b.plant().name = n[0];
  b.plant().currency = "CNY";
  b.unit(n[1]);
  b.unit(n[2]);
  b.stream(n[3], "", n[1]);
  b.stream(n[4], n[1], n[2]);
  b.stream(n[5], n[1], n[2]);
  b.stream(n[6], n[2], "");
  b.measure(n[7], n[3] + ".flow_mass", kTonnesPerHour, 0.05);
  b.measure(n[8], n[4] + ".flow_mass", kTonnesPerHour, 0.05);
  b.measure(n[9], n[6] + ".flow_mass", kTonnesPerHour, 0.05);
  Case c{.plant = b.take(), .assessment = {}};

  const double t_h = 1 / 3.6, sd = 0.1 * t_h;
  StateBuilder s(c.plant);
  s.estimate(n[3] + ".flow_mass", 10.012345 * t_h, 0.0712 * t_h);
  s.estimate(n[4] + ".flow_mass", 6.2 * t_h, 0.31 * t_h);
  s.estimate(n[5] + ".flow_mass", 0.0, 0.0, solve::Class::unobservable);
  s.estimate(n[6] + ".flow_mass", 10.012345 * t_h, 0.0712 * t_h);
  s.read(n[7], 10.05 * t_h, sd, 0.5);
  s.read(n[8], 7.2 * t_h, sd, 4.4);
  s.read(n[9], 9.97 * t_h, sd, 0.5);
  s.accuse(n[8], 1.0 * t_h, 0.32 * t_h, 4.4, 2.39);
  auto& r = s.state().reconciliation;
  r.global_test = {.statistic = 20.1, .degrees_of_freedom = 1, .alpha = 0.05, .critical = 3.8415, .passed = false};
  r.after_elimination =
      solve::GlobalTest{.statistic = 0.32, .degrees_of_freedom = 1, .alpha = 0.05, .critical = 3.8415, .passed = true};
  r.first_critical = 2.39;

  auto& a = c.assessment;
  a.plant_name = n[0];
  a.plant_file = "plant.toml";
  a.data_file = "snapshot.csv";
  a.currency = "CNY";
  a.castner_version = "0.1.0";
  a.table = {.format = "CSV",
             .encoding = "UTF-8",
             .delimiter = "comma",
             .decimal = "point",
             .shape = tables::TableShape::snapshot,
             .time_zone = "",
             .rows = 3,
             .comment_lines = 0,
             .bad_texts = 0,
             .notes = {}};
  a.rows = 1;
  assess::AssessedWindow w;
  w.rows = 1;
  w.state = s.state();
  a.windows.push_back(w);
  insight::Finding f;
  f.code = "gross_error.bias";
  f.severity = insight::Finding::Severity::warning;
  f.path = n[8];
  f.blanks = {{"tag", n[8]}};
  f.evidence = {{n[4] + ".flow_mass", {1.0 * t_h, 0.32 * t_h, "kg/s"}, "bias"},
                {n[4] + ".flow_mass", {4.4, std::nullopt, "1"}, "z"}};
  a.findings.push_back(f);
  return c;
}

}  // namespace

Case small_network() { return network({"Small network", "N1", "N2", "F", "A", "B", "P", "FI-1", "FI-2", "FI-3"}); }

Case hostile_names() {
  return network({"</title><script>alert(1)</script>", "N1", "N2", "F", "A", "B", "P", "=cmd|' /C calc'!A0",
                  "\"><img src=x onerror=alert(1)>&amp;", "@SUM(1,\"2\")\nnext"});
}

Case empty_plant() {
  Builder b;
  return {.plant = b.take(), .assessment = {}};
}

}  // namespace castner::report::testing
