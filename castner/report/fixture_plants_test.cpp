// SPDX-License-Identifier: Apache-2.0
// Larger made-up answers: a steam network, an evaporator, a cell room. Only their shape is true to life.
#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "castner/base/check.h"
#include "castner/base/file.h"
#include "castner/base/quantity.h"
#include "castner/plant_file/plant_file.h"
#include "castner/report/fixture.h"
#include "castner/report/fixture_builder.h"
#include "tests/support/root.h"

namespace castner::report::testing {
namespace {

using plant::Contents;

Measure unit(const std::string& text) { return *parse_unit(text); }

insight::Finding bias(const std::string& tag, const std::string& path, double size, double sd, const std::string& unit,
                      double z, int windows = 0, int of = 0) {
  insight::Finding f;
  f.code = "gross_error.bias";
  f.severity = insight::Finding::Severity::warning;
  f.path = tag;
  f.blanks = {{"tag", tag}};
  f.wording = size < 0.0 ? "low" : "";
  f.evidence = {{path, {size, sd, unit}, "bias"}, {path, {z, std::nullopt, "1"}, "z"}};
  if (of > 0) {
    f.evidence.push_back({"", {static_cast<double>(windows), std::nullopt, "1"}, "windows_named"});
    f.evidence.push_back({"", {static_cast<double>(of), std::nullopt, "1"}, "windows_reconciled"});
  }
  return f;
}

void describe_data(insight::Judged& a, const plant::Plant& plant, const std::string& file, tables::TableShape shape) {
  a.plant_name = plant.name;
  a.plant_file = "plant.toml";
  a.data_file = file;
  a.currency = plant.currency;
  a.castner_version = "0.1.0";
  a.table = {.format = "CSV",
             .encoding = "UTF-8",
             .delimiter = "comma",
             .decimal = "point",
             .shape = shape,
             .time_zone = "",
             .rows = 28,
             .comment_lines = 1,
             .bad_texts = 0,
             .notes = {}};
}

/// Least squares with the nodes' balances exact: x = y - V A'(A V A')^-1 A y, by elimination on a small dense matrix.
std::vector<double> balanced(const plant::Plant& plant, const std::vector<double>& y,
                             const std::vector<double>& variance) {
  const std::size_t n = plant.units.size(), m = y.size();
  std::vector<std::vector<double>> a(n, std::vector<double>(m, 0.0)), s(n, std::vector<double>(n + 1, 0.0));
  for (std::size_t k = 0; k < m; ++k)
    for (std::size_t u = 0; u < n; ++u)
      a[u][k] = (plant.streams[k].to == plant.units[u].name ? 1.0 : 0.0) -
                (plant.streams[k].from == plant.units[u].name ? 1.0 : 0.0);
  for (std::size_t u = 0; u < n; ++u)
    for (std::size_t k = 0; k < m; ++k) {
      for (std::size_t w = 0; w < n; ++w) s[u][w] += a[u][k] * variance[k] * a[w][k];
      s[u][n] += a[u][k] * y[k];
    }
  for (std::size_t c = 0; c < n; ++c)
    for (std::size_t u = 0; u < n; ++u) {
      if (u == c) continue;
      const double f = s[u][c] / s[c][c];
      for (std::size_t w = 0; w <= n; ++w) s[u][w] -= f * s[c][w];
    }
  auto x = y;
  for (std::size_t k = 0; k < m; ++k)
    for (std::size_t u = 0; u < n; ++u) x[k] -= variance[k] * a[u][k] * s[u][n] / s[u][u];
  return x;
}

}  // namespace

Case steam_network() {
  const auto text = read_file(castner::testing::root() + "/plants/steam_network/plant.toml");
  check(text.has_value(), "the published network is in the tree");
  auto plant = plant_file::read_plant(*text, "plant.toml");
  check(plant.has_value(), "the published network can be read");
  Case c{.plant = std::move(*plant), .assessment = {}};
  const auto& p = c.plant;
  std::vector<double> y(p.streams.size()), variance(p.streams.size());
  for (std::size_t k = 0; k < p.streams.size(); ++k)
    for (const auto& m : p.measurements)
      if (m.of == p.streams[k].name + ".flow_mass") {
        y[k] = *m.value;
        variance[k] = m.uncertainty.absolute * m.uncertainty.absolute;
      }
  const auto x = balanced(p, y, variance);
  StateBuilder s(p);
  for (std::size_t k = 0; k < x.size(); ++k)
    s.estimate(p.streams[k].name + ".flow_mass", x[k], 0.7 * std::sqrt(variance[k]));
  for (const auto& m : p.measurements) {
    const auto k = static_cast<std::size_t>(
        std::find_if(p.streams.begin(), p.streams.end(), [&](const auto& e) { return m.of == e.name + ".flow_mass"; }) -
        p.streams.begin());
    const double sd = std::sqrt(variance[k]);
    s.read(m.tag, y[k], sd, std::abs(y[k] - x[k]) / (0.7 * sd));
  }
  s.accuse("FI-25", 3.9, 1.3, 3.4, 3.12);
  s.state().reconciliation.global_test = {
      .statistic = 28.4, .degrees_of_freedom = 11, .alpha = 0.05, .critical = 19.675, .passed = false};
  s.state().reconciliation.after_elimination =
      solve::GlobalTest{.statistic = 14.8, .degrees_of_freedom = 10, .alpha = 0.05, .critical = 18.307, .passed = true};
  describe_data(c.assessment, p, "snapshot.csv", tables::TableShape::snapshot);
  assess::AssessedWindow w;
  w.rows = 1;
  w.state = s.state();
  c.assessment.windows.push_back(w);
  c.assessment.rows = 1;
  c.assessment.findings.push_back(bias("FI-25", "S25.flow_mass", 3.9, 1.3, "1", 3.4));
  return c;
}

Case evaporator() {
  Builder b;
  b.plant().name = "单效蒸发 Caustic evaporator";
  b.unit("EV1", "caustic_evaporator");
  b.stream("feed", "", "EV1", Contents::caustic);
  b.stream("steam", "", "EV1", Contents::steam);
  b.stream("product", "EV1", "", Contents::caustic);
  b.stream("vapour", "EV1", "", Contents::steam);
  b.stream("condensate", "EV1", "", Contents::water);
  b.measure("FI-1", "feed.flow_mass", unit("kg/h"), 0.01);
  b.measure("FI-2", "steam.flow_mass", unit("kg/h"), 0.02);
  b.measure("TI-1", "product.temperature", unit("degC"), 0.3);
  b.measure("AI-1", "product.mass_frac.NaOH", unit("%"), 0.001);
  Case c{.plant = b.take(), .assessment = {}};
  StateBuilder s(c.plant);
  const double h = 1 / 3600.0;
  const std::array<std::tuple<const char*, double, double>, 5> flows{{{"feed", 4536, 20},
                                                                      {"steam", 3255, 31},
                                                                      {"product", 1814.4, 12},
                                                                      {"vapour", 2721.6, 14},
                                                                      {"condensate", 3255, 31}}};
  for (const auto& [name, value, sd] : flows) s.estimate(std::string(name) + ".flow_mass", value * h, sd * h);
  s.estimate("feed.mass_frac.NaOH", 0.2, 0.001);
  s.estimate("product.mass_frac.NaOH", 0.5, 0.0009);
  s.estimate("feed.temperature", 333.15, 0.3);
  s.estimate("product.temperature", 361.65, 0.25);
  s.estimate("steam.temperature", 388.3, 0.2);
  s.estimate("steam.pressure", 172400, 900);
  s.read("FI-1", 4520 * h, 36 * h, 0.9);
  s.read("FI-2", 3290 * h, 65 * h, 0.7);
  s.read("TI-1", 361.5, 0.3, 1.1);
  s.read("AI-1", 0.5008, 0.001, 0.0, solve::Class::nonredundant);
  s.state().reconciliation.global_test = {
      .statistic = 1.2, .degrees_of_freedom = 2, .alpha = 0.05, .critical = 5.99, .passed = true};
  s.state().indicators = {{"steam_per_naoh", {3.588, 0.041, "t/t"}}, {"evaporator_economy", {0.836, 0.009, "t/t"}}};
  describe_data(c.assessment, c.plant, "", tables::TableShape::snapshot);
  c.assessment.table = {};
  assess::AssessedWindow w;
  w.rows = 1;
  w.state = s.state();
  c.assessment.windows.push_back(w);
  c.assessment.rows = 1;
  c.assessment.indicators = s.state().indicators;
  c.assessment.losses = {
      {"EV1", "steam_excess", "same_train_ideal", {2.1e5, 3.4e4, "W"}, {std::nullopt, std::nullopt, "/a"}}};
  insight::Finding f;
  f.code = "evaporation.steam_excess";
  f.path = "EV1";
  f.blanks = {{"unit", "EV1"}};
  f.evidence = {{"EV1", {2.1e5, 3.4e4, "W"}, "power"}};
  insight::Finding price;
  price.code = "no_price.steam";
  insight::Finding lonely;
  lonely.code = "instrument.no_redundancy";
  lonely.blanks = {{"tags", "AI-1"}};
  c.assessment.findings = {f, price, lonely};
  return c;
}

namespace {

const std::array<std::string, 4> kCells{"E101", "E102", "E103", "E104"};

plant::Plant cell_room_plant() {
  Builder b;
  auto& p = b.plant();
  p.name = "Cell room 100 kt/a";
  p.currency = "CNY";
  p.economics = {.electricity = 0.45 / 3.6e6, .steam = 0.18, .auxiliaries = std::nullopt, .hours_per_year = 8000};
  b.unit("BrineHeader", "splitter");
  b.unit("CausticHeader", "splitter");
  for (const auto& e : kCells) b.unit(e, "electrolyser");
  b.unit("AnolyteHeader", "mixer");
  b.unit("ChlorineHeader", "mixer");
  b.unit("HydrogenHeader", "mixer");
  b.unit("CatholyteHeader", "mixer");
  b.unit("Circulation", "splitter");
  b.unit("Dilution", "mixer");
  for (const char* e : {"EV3", "EV2", "EV1"}) b.unit(e, "caustic_evaporator");
  b.stream("B0", "", "BrineHeader", Contents::brine);
  b.stream("C0", "Dilution", "CausticHeader", Contents::caustic);
  for (std::size_t k = 0; k < 4; ++k) {
    const std::string n = std::to_string(k + 1);
    b.stream("B" + n, "BrineHeader", kCells[k], Contents::brine);
    b.stream("C" + n, "CausticHeader", kCells[k], Contents::caustic);
    b.stream("A" + n, kCells[k], "AnolyteHeader", Contents::depleted_brine);
    b.stream("CL" + n, kCells[k], "ChlorineHeader", Contents::chlorine_gas);
    b.stream("H" + n, kCells[k], "HydrogenHeader", Contents::hydrogen_gas);
    b.stream("K" + n, kCells[k], "CatholyteHeader", Contents::caustic);
  }
  b.stream("A0", "AnolyteHeader", "", Contents::depleted_brine);
  b.stream("CL0", "ChlorineHeader", "", Contents::chlorine_gas);
  b.stream("H0", "HydrogenHeader", "", Contents::hydrogen_gas);
  b.stream("K0", "CatholyteHeader", "Circulation", Contents::caustic);
  b.stream("R", "Circulation", "Dilution", Contents::caustic);
  b.stream("W", "", "Dilution", Contents::water);
  b.stream("L32", "Circulation", "EV3", Contents::caustic);
  b.stream("L37", "EV3", "EV2", Contents::caustic);
  b.stream("L42", "EV2", "EV1", Contents::caustic);
  b.stream("P50", "EV1", "", Contents::caustic);
  b.stream("ST", "", "EV1", Contents::steam);
  b.stream("V1", "EV1", "EV2", Contents::steam);
  b.stream("V2", "EV2", "EV3", Contents::steam);
  b.stream("V3", "EV3", "", Contents::steam);
  for (const char* n : {"1", "2", "3"}) b.stream(std::string("CD") + n, std::string("EV") + n, "", Contents::water);
  for (const auto& e : kCells) {
    for (const char* part : {"cell_voltage", "reversible_voltage", "anode_overvoltage", "cathode_overvoltage",
                             "membrane_voltage", "metal_voltage", "wear_voltage"})
      b.variable(e + "." + part, "V");
    b.variable(e + ".current", "A", 14000);
  }
  const auto flow = [&](const std::string& tag, const std::string& s) {
    b.measure(tag, s + ".flow_mass", unit("t/h"), 0.1);
  };
  flow("FI-100", "B0");
  for (std::size_t k = 0; k < 4; ++k) {
    const std::string n = std::to_string(k + 1);
    flow("FI-10" + n, "B" + n);
    flow("FI-21" + n, "C" + n);
    b.measure("TI-10" + n, "K" + n + ".temperature", unit("degC"), 0.3);
    b.measure("EI-10" + n, kCells[k] + ".cell_voltage", unit("V"), 0.006);
    b.measure("II-10" + n, kCells[k] + ".current", unit("kA"), 40);
  }
  flow("FI-204", "L32");
  flow("FI-300", "P50");
  flow("FI-301", "ST");
  b.measure("AI-204", "L32.mass_frac.NaOH", unit("%"), 0.0008);
  b.measure("AI-300", "P50.mass_frac.NaOH", unit("%"), 0.0008);
  b.measure("FI-401", "CL0.flow_mass", unit("t/h"), 0.06);
  return b.take();
}

/// Flows [t/h] of the base case; every stream of an electrolyser is a quarter.
double base_flow(const std::string& stream) {
  const std::array<std::pair<const char*, double>, 23> totals{
      {{"B0", 137.525}, {"C0", 232.4},  {"A0", 94.62},   {"CL0", 13.617}, {"H0", 1.314}, {"K0", 260.56},
       {"R", 221.5},    {"W", 10.893},  {"L32", 39.063}, {"L37", 34.1},   {"L42", 29.3}, {"P50", 25.0},
       {"ST", 7.14},    {"V1", 4.3},    {"V2", 4.8},     {"V3", 4.96},    {"CD1", 7.14}, {"CD2", 4.3},
       {"CD3", 4.8},    {"B", 137.525}, {"C", 232.4},    {"A", 94.62},    {"CL", 13.617}}};
  for (const auto& [name, t] : totals)
    if (stream == name) return t;
  for (const auto& [name, t] :
       {std::pair{"CL", 13.617}, {"B", 137.525}, {"C", 232.4}, {"A", 94.62}, {"H", 1.314}, {"K", 260.56}})
    if (stream.starts_with(name)) return t / 4;
  return 0.0;
}

assess::State cell_room_state(const plant::Plant& p, std::mt19937& random, int window) {
  std::normal_distribution<double> noise;
  StateBuilder s(p);
  const double t_h = 1 / 3.6, load = 1.0 + 0.004 * std::sin(window / 9.0);
  for (const auto& stream : p.streams) {
    const double flow = base_flow(stream.name) * load * t_h;
    s.estimate(stream.name + ".flow_mass", flow * (1 + 0.0006 * noise(random)), 0.004 * flow);
    for (const auto& v : plant::stream_variables(stream.contents)) {
      const std::string path = stream.name + "." + v.name;
      if (v.name == "temperature")
        s.estimate(path, 361.15, 0.2);
      else if (v.name == "pressure")
        s.estimate(path, 1.2e5, 500);
      else if (v.name == "mass_frac.NaOH")
        s.estimate(path, stream.name == "P50" ? 0.5 : 0.32, 0.0005);
      else if (v.name != "flow_mass")
        s.estimate(path, 0.2, 0.001);
    }
  }
  const std::array<double, 4> cathode{0.1041, 0.1033, 0.1448, 0.1036}, wear{0.004, 0.001, 0.012, 0.0};
  for (std::size_t k = 0; k < 4; ++k) {
    const auto part = [&](const char* name, double v, double sd) {
      s.estimate(kCells[k] + "." + name, v + 0.0004 * noise(random), sd);
    };
    part("reversible_voltage", 2.2491, 0.0012);
    part("anode_overvoltage", 0.0693, 0.0031);
    part("cathode_overvoltage", cathode[k], 0.0042);
    part("membrane_voltage", 0.4578, 0.0065);
    part("metal_voltage", 0.1216, 0.0029);
    part("wear_voltage", wear[k], 0.0061);
    part("cell_voltage", 2.2491 + 0.0693 + cathode[k] + 0.4578 + 0.1216 + wear[k], 0.0044);
    s.estimate(kCells[k] + ".current", 14541.8 * load, 31.0);
  }
  for (const auto& m : p.measurements) {
    const double value = s.state().reconciliation.x[static_cast<std::size_t>(m.variable)];
    const double sd = m.of.ends_with("flow_mass") ? 0.01 * value : m.uncertainty.absolute;
    const double off = noise(random);
    const bool alone = m.tag == "TI-103";
    double shift = 0.6 * off;
    if (m.tag == "FI-204") shift = 5.3;
    if (m.tag == "AI-300") shift = -4.4;
    s.read(m.tag, value + shift * sd, sd, alone ? 0.0 : std::abs(shift) * 1.3,
           alone ? solve::Class::nonredundant : solve::Class::redundant);
  }
  s.accuse("FI-204", 2.04 * t_h, 0.42 * t_h, 6.9, 3.4);
  s.accuse("AI-300", -0.0035, 0.0009, 5.7, 3.4);
  s.state().reconciliation.global_test = {
      .statistic = 92, .degrees_of_freedom = 17, .alpha = 0.05, .critical = 27.6, .passed = false};
  s.state().reconciliation.after_elimination = solve::GlobalTest{.statistic = window == 31 ? 29.1 : 14.2,
                                                                 .degrees_of_freedom = 15,
                                                                 .alpha = 0.05,
                                                                 .critical = 25.0,
                                                                 .passed = window != 31};
  const auto near = [&](double v, double spread, double sd, const char* unit) {
    return assess::Amount{v + spread * noise(random), sd, unit};
  };
  s.state().indicators = {{"ac_energy_per_naoh", near(2161.4, 1.6, 9.1, "kW.h/t")},
                          {"dc_energy_per_naoh", near(2113.8, 1.6, 8.8, "kW.h/t")},
                          {"current_efficiency", near(0.9597, 0.0004, 0.0036, "1")},
                          {"steam_per_naoh", near(0.5713, 0.0007, 0.0041, "t/t")},
                          {"load", near(3.472 * load, 0.002, 0.014, "kg/s")},
                          {"current_density", near(5385.9 * load, 2, 12, "A/m2")}};
  return s.state();
}

void add_losses(insight::Judged& a) {
  const auto loss = [&](const std::string& path, const char* kind, const std::string& reference, double kw, double sd) {
    const double price = 0.45 * 8000;
    a.losses.push_back({path, kind, reference, {kw * 1e3, sd * 1e3, "W"}, {kw * price, sd * price, "CNY/a"}});
  };
  for (std::size_t k = 0; k < 4; ++k) {
    loss(kCells[k], "reversible", "thermodynamic_minimum", 4710, 8);
    loss(kCells[k], "membrane_gap", "no_resistance", 960 + 20 * (k == 2), 14);
    loss(kCells[k], "current_inefficiency", "every_electron_makes_naoh", 262, 24);
    loss(kCells[k], "metal", "no_resistance", 255, 6);
    loss(kCells[k], "cathode", "no_overvoltage", k == 2 ? 303 : 217, 9);
    loss(kCells[k], "anode", "no_overvoltage", 145, 6);
    loss("R" + kCells[k].substr(1), "rectifier", "no_conversion_loss", 147, 30);
  }
  loss("E103", "above_best_peer", "E104", 112, 17);
  loss("E101", "above_best_peer", "E104", 9, 16);
  loss("E102", "above_best_peer", "E104", 4, 15);
  a.losses.push_back({"EV1", "steam_excess", "same_train_ideal", {4.1e5, 6.2e4, "W"}, {9.6e5, 1.5e5, "CNY/a"}});
  std::stable_sort(a.losses.begin(), a.losses.end(),
                   [](const auto& x, const auto& y) { return *x.cost_per_year.value > *y.cost_per_year.value; });
}

void add_findings(insight::Judged& a, int windows) {
  insight::Finding weak;
  weak.code = "electrolyser.above_best_peer";
  weak.severity = insight::Finding::Severity::warning;
  weak.path = "E103";
  weak.blanks = {{"unit", "E103"}, {"peer", "E104"}};
  weak.evidence = {{"E103", {1.12e5, 1.7e4, "W"}, "power"},
                   {"E103.dc_energy_per_naoh", {2142.0, 9.5, "kW.h/t"}, "dc_energy_per_naoh"},
                   {"E104.dc_energy_per_naoh", {2104.0, 9.4, "kW.h/t"}, "dc_energy_per_naoh"}};
  weak.cost_per_day = {1209.6, 183.6, "CNY/d"};
  insight::Finding steam;
  steam.code = "evaporation.steam_excess";
  steam.path = "EV1";
  steam.blanks = {{"unit", "EV1"}};
  steam.evidence = {{"EV1", {4.1e5, 6.2e4, "W"}, "power"},
                    {"steam_per_naoh", {0.5713, 0.0041, "t/t"}, "steam_per_naoh"}};
  steam.cost_per_day = {2880, 450, "CNY/d"};
  insight::Finding energy;
  energy.code = "cannot_tell.comprehensive_energy_per_naoh";
  energy.path = "comprehensive_energy_per_naoh";
  energy.blanks = {{"indicator", "comprehensive_energy_per_naoh"}};
  energy.wording = "auxiliaries";
  insight::Finding lonely;
  lonely.code = "instrument.no_redundancy";
  lonely.blanks = {{"tags", "TI-103"}};
  insight::Finding gap;
  gap.code = "data.gap";
  gap.evidence = {{"", {1.0, std::nullopt, "1"}, "count"}};
  a.findings = {steam,
                weak,
                bias("FI-204", "L32.flow_mass", 2.04 / 3.6, 0.42 / 3.6, "kg/s", 6.9, windows, windows),
                bias("AI-300", "P50.mass_frac.NaOH", -0.0035, 0.0009, "1", 5.7, windows, windows),
                energy,
                lonely,
                gap};
}

}  // namespace

Case cell_room() {
  Case c{.plant = cell_room_plant(), .assessment = {}};
  auto& a = c.assessment;
  describe_data(a, c.plant, "cell_room.csv", tables::TableShape::wide);
  a.time_zone = "Asia/Shanghai";
  a.table.time_zone = "Asia/Shanghai";
  a.table.encoding = "GB18030";
  a.table.notes = {"2 rows out of order: sorted by time"};
  std::mt19937 random(11);
  const Time start(std::chrono::seconds(1772294400));  // 2026-03-01 00:00 in China
  int reconciled = 0;
  for (int k = 0; k < 96; ++k) {
    assess::AssessedWindow w;
    w.from = start + std::chrono::minutes(30 * k);
    w.to = *w.from + std::chrono::minutes(30);
    w.rows = 30;
    w.steady = !(k >= 38 && k <= 44) && k != 70 && k != 71;
    if (!w.steady) {
      w.unsteady_tags = {"II-101", "II-102", "FI-100"};
      w.rows = k == 71 ? 9 : 30;
    } else {
      w.state = cell_room_state(c.plant, random, k);
      ++reconciled;
    }
    a.windows.push_back(w);
  }
  a.rows = 2859;
  a.bad_quality = 14;
  a.gaps = {{start + std::chrono::minutes(2139), start + std::chrono::minutes(2160)}};
  a.stuck_tags = {{"TI-102", start + std::chrono::hours(3), start + std::chrono::hours(5)}};
  a.indicators = {{"ac_energy_per_naoh", {2161.4, 8.9, "kW.h/t"}},
                  {"dc_energy_per_naoh", {2113.8, 8.6, "kW.h/t"}},
                  {"dc_energy_per_cl2", {2340.2, 9.9, "kW.h/t"}},
                  {"steam_per_naoh", {0.5713, 0.0041, "t/t"}},
                  {"current_efficiency", {0.9597, 0.0036, "1"}},
                  {"load", {3.472, 0.014, "kg/s"}},
                  {"current_density", {5385.9, 11.5, "A/m2"}},
                  {"salt_per_naoh", {1.4627, 0.006, "t/t"}},
                  {"comprehensive_energy_per_naoh", {std::nullopt, std::nullopt, "kgce/t"}}};
  for (std::size_t k = 0; k < 4; ++k) {
    a.indicators[kCells[k] + ".dc_energy_per_naoh"] = {k == 2 ? 2142.0 : 2104.3, 9.5, "kW.h/t"};
    a.indicators[kCells[k] + ".current_efficiency"] = {k == 2 ? 0.9581 : 0.9602, 0.0041, "1"};
  }
  add_losses(a);
  add_findings(a, reconciled);
  return c;
}

}  // namespace castner::report::testing
