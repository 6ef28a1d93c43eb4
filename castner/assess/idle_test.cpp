// SPDX-License-Identifier: Apache-2.0
// Units out of service: seen by their readings, said by a key or a tag, switched off and on within a day.
#include "castner/assess/idle_for_tests.h"

namespace castner::assess {
namespace {

using namespace idle_tests;

// What is known of E1 does not depend on E2: 0.9587 of its current makes caustic, as with both at full load.
TEST(IdleElectrolyser, LeavesItsPeerAsItWas) {
  struct Case {
    double current, brine, caustic;
    bool idle;
  };
  for (const Case& c : {Case{14.54, 34.4, 58.0, false}, Case{3.0, 17.2, 29.0, false}, Case{1.0, 17.2, 29.0, false},
                        Case{0.3, 17.2, 29.0, false}, Case{0.2, 17.2, 29.0, true}, Case{0.0, 17.2, 29.0, true},
                        Case{0.0, 0.0, 0.0, true}, Case{-0.02, 0.1, -0.2, true}, Case{0.0, 17.2, 0.0, true}}) {
    const auto plant = plant_of(pair(c.current, c.brine, c.caustic));
    const State s = state_of(plant);
    const Told told{plant, s};
    SCOPED_TRACE(std::to_string(c.current) + " kA, " + std::to_string(c.brine) + " t/h");
    ASSERT_EQ(s.reconciliation.report.status, solve::Status::converged) << s.reconciliation.report.advice.text;
    EXPECT_NEAR(told["E1.current_efficiency"].value, 0.9587, 2e-4);
    EXPECT_EQ(told.idle(), c.idle ? Names{"E2"} : Names{});
    if (!c.idle) continue;
    EXPECT_EQ(told["E2.current"].value, 0.0);
    EXPECT_EQ(told["H2.flow_mass"].value, 0.0);
    EXPECT_FALSE(told.known("E2.cell_voltage"));
    EXPECT_FALSE(told.known("G2.pressure"));
    EXPECT_EQ(told.why_not("I2"), "idle");
    EXPECT_EQ(told.why_not("PG2"), "idle");
    EXPECT_EQ(told.known("A2.temperature"), c.brine > 1.0);
    EXPECT_EQ(told.known("C2.temperature"), c.caustic > 1.0);
    EXPECT_EQ(told.why_not("FL2"), c.caustic > 1.0 ? "" : "idle");
  }
}

// What flows in flows out: 17.2 t/h of brine at 65 degC and 29 t/h of caustic at 87.6 degC meet at (17.2 * 3.25 * 65 +
// 29 * 3.49 * 87.6) / (17.2 * 3.25 + 29 * 3.49) = 79.5 degC, with heat capacities in kJ/(kg.K) as at 75 degC.
TEST(IdleElectrolyser, PassesWhatFlowsAtOneTemperature) {
  const auto plant = plant_of(pair(0.0, 17.2, 29.0));
  const State s = state_of(plant);
  const Told told{plant, s};
  EXPECT_NEAR(told["A2.temperature"].value - 273.15, 79.5, 0.5);
  EXPECT_NEAR(told["C2.temperature"].value, told["A2.temperature"].value, 1e-6);
  EXPECT_NEAR(told["A2.mass_frac.NaCl"].value, told["B.mass_frac.NaCl"].value, 1e-9);
  EXPECT_NEAR(told["C2.mass_frac.NaOH"].value, told["L.mass_frac.NaOH"].value, 1e-9);
  EXPECT_NEAR(told["A2.flow_mass"].value, told["B2.flow_mass"].value, 1e-9);
}

// What a stopped electrolyser holds is flushed over hours: instruments at its outlets show what still leaves, and are right.
TEST(IdleElectrolyser, LeavesAsItsInstrumentsSayWhileItIsFlushed) {
  const auto reads = [](const char* tag, const char* of, const char* value) {
    return std::string("[[measurement]]\ntag='") + tag + "'\nof='" + of + "'\nvalue=" + value + "\n";
  };
  const auto plant = plant_of(pair(0.0, 17.2, 29.0) + reads("AA2", "A2.conc_mass.NaCl", "230.0\nunit='g/L'\nsd=2.0") +
                              reads("TA2", "A2.temperature", "70.0\nunit='degC'\nsd=0.3"));
  const State s = state_of(plant);
  const Told told{plant, s};
  ASSERT_EQ(s.reconciliation.report.status, solve::Status::converged);
  EXPECT_EQ(told.idle(), Names{"E2"});
  EXPECT_TRUE(s.reconciliation.global_test.passed);
  EXPECT_NEAR(told["A2.conc_mass.NaCl"].value, 230.0, 0.5);
  EXPECT_NEAR(told["A2.temperature"].value - 273.15, 70.0, 0.1);
  EXPECT_NEAR(told["C2.temperature"].value, told["A2.temperature"].value, 1e-6);
  EXPECT_NEAR(told["C2.mass_frac.NaOH"].value, told["L.mass_frac.NaOH"].value, 1e-9) << "nothing reads it";
  EXPECT_NEAR(told["E1.current_efficiency"].value, 0.9587, 2e-4);
}

TEST(IdleElectrolyser, IsNotABrokenAmmeter) {
  const std::string voltage = "[[measurement]]\ntag='U2'\nof='E2.voltage'\nsd=1.0\nunit='V'\nvalue=";
  const auto loaded = plant_of(pair(0.0, 34.4, 58.0) + voltage + "450.0\n");
  EXPECT_TRUE(state_of(loaded).idle.empty());
  const auto polarised = plant_of(pair(0.0, 17.2, 29.0) + voltage + "330.0\n");
  EXPECT_EQ(state_of(polarised).idle.size(), 1u);
  // Without an ammeter a voltage below the reversible one tells; one above it does not.
  const std::string ammeter = "value=0.000000\nsd=0.05\nunit='kA'";
  for (const auto& [volts, idle] : {std::pair{"5.0\n", 1u}, std::pair{"330.0\n", 0u}}) {
    auto text = replaced(pair(0.0, 17.2, 29.0), ammeter, "sd=0.05\nunit='kA'");
    EXPECT_EQ(state_of(plant_of(text + voltage + volts)).idle.size(), idle) << volts;
  }
}

TEST(IdleElectrolyser, IsSaidByKeyOrTag) {
  const auto idle = [](const std::string& key, double current, const std::vector<tables::SnapshotRow>& rows = {}) {
    const auto plant = plant_of(pair(current, 17.2, 29.0, key));
    const State s = state_of(plant, rows);
    EXPECT_EQ(s.reconciliation.report.status, solve::Status::converged) << key;
    return !s.idle.empty();
  };
  const auto reads = [](const char* tag, double value) {
    return std::vector<tables::SnapshotRow>{{.tag = tag, .value = value}};
  };
  EXPECT_TRUE(idle("idle=true\n", 3.0));
  EXPECT_FALSE(idle("idle=false\n", 3.0));
  const std::string by_tag = "idle={tag='XS-2',when=0}\n";
  EXPECT_TRUE(idle(by_tag, 3.0, reads("XS-2", 0.0)));
  EXPECT_FALSE(idle(by_tag, 3.0, reads("XS-2", 1.0)));
  EXPECT_TRUE(idle(by_tag, 0.0)) << "without the tag its readings tell";
  const std::string below = "idle={tag='I2',below=3.5}\n";  // a measurement, in its own unit: kA
  EXPECT_TRUE(idle(below, 3.0));
  EXPECT_FALSE(idle(below, 4.0));
}

/// The user's own equations beside an idle E2.
TEST(IdleElectrolyser, LeavesEquationsThatItDoesNotTouch) {
  const std::string variables =
      "[[variable]]\nname='v1'\nunit='1'\nstart=1\n[[variable]]\nname='v2'\nunit='1'\nstart=1\n"
      "[[measurement]]\ntag='V2'\nof='v2'\nsd=0.01\n";
  const std::string equation = "[[equation]]\nname='eq1'\nresidual='v1 - log(v2 - 2)'\n";
  // At the first value of v2 its equation has no value.
  for (const std::string& v2 : {"value=6\n" + equation, equation}) {
    const auto plant = plant_of(pair(0.0, 17.2, 29.0) + variables + v2);
    const State s = state_of(plant, {{.tag = "V2", .value = 6.0}});
    const Told told{plant, s};
    ASSERT_EQ(s.reconciliation.report.status, solve::Status::converged) << s.reconciliation.report.advice.text;
    EXPECT_EQ(told.idle(), Names{"E2"});
    EXPECT_NEAR(told["v1"].value, std::log(4.0), 1e-6);
    EXPECT_TRUE(told.known("v1"));
  }
  // One that it does touch, and that has no value without a current, is left out and named.
  const auto plant = plant_of(pair(0.0, 17.2, 29.0) +
                              "[[variable]]\nname='v1'\nunit='1'\nstart=1\n[[equation]]\nname='eq2'\n"
                              "residual='v1 - log(E2.current / (1 A))'\n");
  const State s = state_of(plant);
  ASSERT_EQ(s.reconciliation.report.status, solve::Status::converged) << s.reconciliation.report.advice.text;
  const auto& warnings = s.reconciliation.report.warnings;
  EXPECT_TRUE(std::any_of(warnings.begin(), warnings.end(),
                          [](const Warning& w) { return w.text.find("left out: eq2") != std::string::npos; }));
}

/// A rectifier alone, with the values of the plant file [kW]; 0: none.
std::string rectifier(double ac, double dc) {
  const auto value = [](double kw) { return kw > 0.0 ? "value=" + std::to_string(kw) + "\n" : std::string(); };
  return "[plant]\nname='pilot'\n[[unit]]\nname='R1'\nmodel='rectifier'\n"
         "[[measurement]]\ntag='JI-1'\nof='R1.ac_power'\nunit='kW'\nsd='1 %'\n" +
         value(ac) + "[[measurement]]\ntag='JI-2'\nof='R1.dc_power'\nunit='kW'\nsd='1 %'\n" + value(dc);
}

TEST(IdleRectifier, OfAPilotPlantRuns) {
  struct Case {
    double ac, dc, ac_at_load, dc_at_load;  ///< 0: nothing but the readings is known
    bool idle;
  };
  for (const Case& c :
       {Case{19.0, 18.4, 0.0, 0.0, false}, Case{15.0, 14.2, 0.0, 0.0, false}, Case{2.0, 1.9, 0.0, 0.0, false},
        Case{19.0, 0.0, 0.0, 0.0, true}, Case{0.5, -0.01, 0.0, 0.0, true}, Case{0.0, 0.0, 0.0, 0.0, true},
        Case{18.0, 17.3, 19.0, 18.4, false}, Case{19.0, 18.4, 19.0, 18.4, false}, Case{0.5, 0.1, 19.0, 18.4, true},
        Case{19.0, 18.4, 100.0, 97.0, false}, Case{4.0, 0.0, 100.0, 97.0, true}, Case{15.0, 3.0, 7000.0, 6800.0, true},
        Case{0.3e3, 0.29e3, 7000.0, 6800.0, false}}) {
    SCOPED_TRACE(std::to_string(c.ac) + " kW of " + std::to_string(c.ac_at_load));
    const auto plant = plant_of(rectifier(c.ac_at_load, c.dc_at_load));
    const std::vector<tables::SnapshotRow> rows = {{.tag = "JI-1", .value = c.ac}, {.tag = "JI-2", .value = c.dc}};
    const State s = state_of(plant, rows);
    const Told told{plant, s};
    EXPECT_EQ(told.idle(), c.idle ? Names{"R1"} : Names{});
    EXPECT_TRUE(s.contradicted.empty());
    if (c.idle) continue;
    EXPECT_EQ(told.why_not("JI-1"), "");
    EXPECT_NEAR(told["R1.efficiency"].value, c.dc / c.ac, 1e-6);
  }
  // An AC meter alone: 19 kW of 100 kW at load is load.
  std::string ac = rectifier(100.0, 97.0);
  const auto plant = plant_of(ac.substr(0, ac.rfind("[[measurement]]")));
  EXPECT_TRUE(state_of(plant, {{.tag = "JI-1", .value = 19.0}}).idle.empty());
}

TEST(IdleKey, RefusesWhatSaysNothing) {
  for (const auto& [key, what] :
       {std::pair{"idle='no'\n", "idle is a text"}, std::pair{"idle={tag='X'}\n", "needs either when or below"},
        std::pair{"idle={tag='X',when=0,below=1}\n", "needs either when or below"},
        std::pair{"idle={when=0}\n", "idle has no tag"}, std::pair{"idle={tag='X',wen=0}\n", "when"}}) {
    const auto read = plant_file::read_plant(pair(0.0, 17.2, 29.0, key), "plant.toml");
    ASSERT_FALSE(read) << key;
    EXPECT_NE(read.error().text().find(what), std::string::npos) << read.error().text();
  }
  auto text = pair(0.0, 17.2, 29.0);
  text = replaced(text, "name='SB'\n", "name='SB'\nidle=true\n");
  const auto read = plant_file::read_plant(text, "plant.toml");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().text().find("splitter cannot be idle"), std::string::npos) << read.error().text();
}

// What it shuts off or lets pass is then told by the header's balance alone.
TEST_F(StoppedWithinTheDay, NeedsNoReadingOfItsOwn) {
  const auto without = [&](const std::vector<double>& x, const std::regex& tags) {
    auto readings = plant_readings(plant_);
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const auto& m = plant_.measurements[i];
      readings[i] = {};
      const double value = x[static_cast<std::size_t>(m.variable)];
      if (!std::regex_match(m.tag, tags) && std::isfinite(value)) readings[i].value = value;
    }
    return PlantReconciler(plant_).reconcile(readings, {}, true);
  };
  auto flushed_text = replaced(text_, "of = \"E4.current\"\nvalue = \"14.5418 kA\"", "of = \"E4.current\"\nvalue = 0");
  const auto flushed = simulate(plant_of(flushed_text)).result;
  ASSERT_EQ(flushed.report.status, solve::Status::converged) << flushed.report.advice.text;
  const std::regex all(".*-14[0-9]{2}"), electric("(II|EI|JI)-1401");
  for (const auto* tags : {&all, &electric}) {
    SCOPED_TRACE(tags == &all ? "all its tags" : "current, voltage and power");
    for (const std::vector<double>* x : std::initializer_list<const std::vector<double>*>{&stands_, &flushed.x}) {
      const State still = without(*x, *tags);
      const Told told{plant_, still};
      EXPECT_EQ(told.idle(), (Names{"E4", "R4"}));
      EXPECT_TRUE(still.reconciliation.global_test.passed.value());
      EXPECT_TRUE(still.reconciliation.gross_errors.empty());
      const auto brine = static_cast<std::size_t>(*plant_.flowsheet->find("AB4.flow_mass"));
      EXPECT_NEAR(told["AB4.flow_mass"].value, (*x)[brine], 1e-2);
    }
    const State runs = without(runs_, *tags);
    EXPECT_TRUE(runs.idle.empty());
    EXPECT_TRUE(runs.reconciliation.global_test.passed.value());
  }
}

TEST_F(StoppedWithinTheDay, IsTwoStatesAndGoesOn) {
  const auto table = day(10 * 60, 125, 365);  // stopped 2:05 to 6:05
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  ASSERT_EQ(a->windows.size(), 20u);
  for (std::size_t w = 0; w < a->windows.size(); ++w) {
    SCOPED_TRACE("window " + std::to_string(w));
    const auto& window = a->windows[w];
    const bool switched = w == 4 || w == 12;
    EXPECT_EQ(window.switched.size(), switched ? 2u : 0u);  // E4 and its rectifier
    EXPECT_EQ(window.steady, !switched);
    if (switched) continue;
    const Told told{plant_, *window.state};
    ASSERT_EQ(window.state->reconciliation.report.status, solve::Status::converged);
    EXPECT_EQ(told.idle(), w > 4 && w < 12 ? (Names{"E4", "R4"}) : Names{});
    EXPECT_TRUE(window.state->reconciliation.gross_errors.empty());
    EXPECT_NEAR(told["E1.current_efficiency"].value, 0.96, 3 * told["E1.current_efficiency"].sd);
    EXPECT_EQ(window.state->indicators.contains("E4.current_efficiency"), !(w > 4 && w < 12));
  }
  EXPECT_TRUE(a->stuck_tags.empty()) << a->stuck_tags.front().tag << " stands still, and does not hang";
  EXPECT_NEAR(*a->indicators.at("E4.current_efficiency").value, 0.96, 0.02);
  // 10 h with 3 of 4 for 3.5 of the 9 h that count: the load is that much lower, the energy per tonne is not.
  EXPECT_NEAR(*a->indicators.at("load").value * 3.6, 12.5 * (11 + 7 * 0.75) / 18, 0.1);
  for (const auto& loss : a->losses)
    if (loss.path == "E4" && loss.kind == "anode") {
      EXPECT_GT(*loss.power.value, 1e5) << "the mean of the windows in which it ran";
    }
}

struct Read {
  const char *tag, *of, *unit;
  double value, sd;
};

std::string small_plant(std::string text, const std::vector<std::pair<const char*, const char*>>& streams,
                        const std::vector<Read>& reads) {
  for (const auto& [name, contents] : streams)
    text += std::string("[[stream]]\nname='") + name + "'\ncontents='" + contents + "'\n";
  for (const Read& r : reads)
    text += std::string("[[measurement]]\ntag='") + r.tag + "'\nof='" + r.of + "'\nvalue=" + std::to_string(r.value) +
            "\nunit='" + r.unit + "'\nsd=" + std::to_string(r.sd) + "\n";
  return text;
}

TEST(IdleApparatus, SteamHeaterPassesWhatItDoesNotHeat) {
  const auto heater = [](double steam, double cold, double warm) {
    return plant_of(
        small_plant("[[unit]]\nname='SH'\nmodel='steam_heater'\ninlets={steam='S',cold_in='C1'}\n"
                    "outlets={condensate='K',cold_out='C2'}\n",
                    {{"S", "steam"}, {"K", "water"}, {"C1", "water"}, {"C2", "water"}},
                    {{"FS", "S.flow_mass", "t/h", steam, 0.02},
                     {"TS", "S.temperature", "degC", 155.0, 0.3},
                     {"PS", "S.pressure", "bar", 5.0, 0.05},
                     {"FC", "C1.flow_mass", "t/h", cold, 0.1},
                     {"TC1", "C1.temperature", "degC", 20.0, 0.3},
                     {"TC2", "C2.temperature", "degC", warm, 0.3}}));
  };
  for (const auto& [steam, cold] : {std::pair{0.0, 10.0}, std::pair{0.0, 0.0}}) {
    const auto plant = heater(steam, cold, 20.2);
    const State s = state_of(plant);
    const Told told{plant, s};
    ASSERT_EQ(s.reconciliation.report.status, solve::Status::converged) << s.reconciliation.report.advice.text;
    EXPECT_EQ(told.idle(), Names{"SH"});
    EXPECT_EQ(told["K.flow_mass"].value, 0.0);
    EXPECT_EQ(told["SH.duty"].value, 0.0);
    EXPECT_EQ(told.why_not("PS"), "idle");
    EXPECT_NEAR(told["C2.flow_mass"].value * 3.6, cold, 1e-6);
    EXPECT_EQ(told.known("C2.temperature"), cold > 0.0);
    if (cold > 0.0) {
      EXPECT_NEAR(told["C2.temperature"].value - 273.15, 20.1, 0.01);
    }
  }
  // 10 t/h warmed by 40 K is 465 kW, 0.79 t/h of steam.
  const auto runs = heater(0.79, 10.0, 60.0);
  EXPECT_TRUE(state_of(runs).idle.empty());
  // A dead steam meter: nothing but the balance tells, and that does not close at rest.
  const auto dead = heater(0.0, 10.0, 60.0);
  const State s = state_of(dead);
  EXPECT_TRUE(s.idle.empty());
  EXPECT_EQ((Told{dead, s}.why_not("FS")), "contradicted");
  EXPECT_NEAR((Told{dead, s}["K.flow_mass"].value * 3.6), 0.79, 0.02);
}

TEST(IdleApparatus, GasCoolerAndFlashVesselHaveNothingInAndNothingOut) {
  const auto cooler = [](double in, double out, double water) {
    return plant_of(small_plant(
        "[[unit]]\nname='GC'\nmodel='gas_cooler'\ninlets={gas_in='G1'}\noutlets={gas_out='G2',condensate='K'}\n",
        {{"G1", "hydrogen_gas"}, {"G2", "hydrogen_gas"}, {"K", "water"}},
        {{"F1", "G1.flow_mass", "kg/h", in, 2.0},
         {"F2", "G2.flow_mass", "kg/h", out, 2.0},
         {"FK", "K.flow_mass", "kg/h", water, 2.0},
         {"T2", "G2.temperature", "degC", 30.0, 0.3}}));
  };
  const auto flash = [](double in, double liquid) {
    return plant_of(
        small_plant("[[unit]]\nname='FV'\nmodel='flash_vessel'\ninlets={feed='F'}\noutlets={vapour='V',liquid='L'}\n",
                    {{"F", "water"}, {"V", "steam"}, {"L", "water"}},
                    {{"FF", "F.flow_mass", "t/h", in, 0.05},
                     {"FL", "L.flow_mass", "t/h", liquid, 0.05},
                     {"TF", "F.temperature", "degC", 150.0, 0.3},
                     {"PV", "V.pressure", "bar", 1.5, 0.02}}));
  };
  struct Case {
    plant::Plant plant;
    Names idle, dead;
    const char* nothing;
  };
  std::vector<Case> cases;
  cases.push_back({cooler(0.0, 0.0, 0.0), {"GC"}, {}, "K.flow_mass"});
  cases.push_back({cooler(1000.0, 300.0, 700.0), {}, {}, nullptr});
  cases.push_back({cooler(0.0, 300.0, 700.0), {}, {"F1"}, nullptr});
  cases.push_back({flash(0.0, 0.0), {"FV"}, {}, "V.flow_mass"});
  cases.push_back({flash(10.0, 9.3), {}, {}, nullptr});
  for (const Case& c : cases) {
    const State s = state_of(c.plant);
    const Told told{c.plant, s};
    ASSERT_EQ(s.reconciliation.report.status, solve::Status::converged) << s.reconciliation.report.advice.text;
    EXPECT_EQ(told.idle(), c.idle);
    if (c.nothing) {
      EXPECT_EQ(told[c.nothing].value, 0.0);
    }
    Names dead;
    for (const auto& one : s.contradicted) dead.push_back(one.tag);
    EXPECT_EQ(dead, c.dead);
  }
}

TEST(IdleApparatus, InASimulationStandsStillAtNothingAloneOrWhereItIsSaid) {
  const auto given = [](const char* of, const std::string& value) {
    return std::string("[[specification]]\nof='") + of + "'\nvalue='" + value + "'\n";
  };
  struct Case {
    const char *model, *ports, *of, *nothing;
    std::vector<const char*> something;  ///< down to what an instrument could not tell from nothing
    std::vector<std::pair<const char*, const char*>> streams;
    std::string rest;
  };
  const std::vector<Case> cases = {
      {"rectifier", "", "U.ac_power", "0 kW", {"19 kW", "1 kW", "1 W"}, {}, given("U.efficiency", "97 %")},
      {"rectifier", "", "U.dc_power", "0 kW", {"19 kW", "1 W"}, {}, given("U.efficiency", "97 %")},
      {"steam_heater",
       "inlets={steam='S',cold_in='C1'}\noutlets={condensate='K',cold_out='C2'}\n",
       "S.flow_mass",
       "0 t/h",
       {"0.8 t/h", "1 kg/h"},
       {{"S", "steam"}, {"K", "water"}, {"C1", "water"}, {"C2", "water"}},
       given("S.temperature", "155 degC") + given("S.pressure", "5 bar") + given("C1.flow_mass", "10 t/h") +
           given("C1.temperature", "20 degC") + given("U.area", "20 m2")},
      {"flash_vessel",
       "inlets={feed='F'}\noutlets={vapour='V',liquid='L'}\n",
       "F.flow_mass",
       "0 t/h",
       {"10 t/h", "1 kg/h"},
       {{"F", "water"}, {"V", "steam"}, {"L", "water"}},
       given("F.temperature", "150 degC") + given("V.pressure", "1.5 bar")},
      {"gas_cooler",
       "inlets={gas_in='G1'}\noutlets={gas_out='G2',condensate='K'}\n",
       "G1.flow_mass",
       "0 kg/h",
       {"1000 kg/h", "1 kg/h"},
       {{"G1", "hydrogen_gas"}, {"G2", "hydrogen_gas"}, {"K", "water"}},
       given("G1.mass_frac.H2O", "70 %") + given("G1.temperature", "85 degC") + given("G1.pressure", "1.2 bar") +
           given("G2.temperature", "30 degC")},
      {"heat_exchanger",
       "inlets={hot_in='H1',cold_in='C1'}\noutlets={hot_out='H2',cold_out='C2'}\n",
       "C1.flow_mass",
       "0 t/h",
       {"10 t/h", "10 kg/h"},
       {{"H1", "water"}, {"H2", "water"}, {"C1", "water"}, {"C2", "water"}},
       given("H1.flow_mass", "10 t/h") + given("H1.temperature", "80 degC") + given("C1.temperature", "20 degC") +
           given("U.area", "10 m2") + given("U.heat_transfer_coefficient", "500 W/(m2.K)")},
      {"caustic_evaporator",
       "inlets={feed='F',steam='S'}\noutlets={product='P',vapour='V',condensate='K'}\n",
       "S.flow_mass",
       "0 t/h",
       {"2 t/h", "1.5 t/h"},
       {{"F", "caustic"}, {"P", "caustic"}, {"S", "steam"}, {"V", "steam"}, {"K", "water"}},
       given("F.flow_mass", "10 t/h") + given("F.mass_frac.NaOH", "32 %") + given("F.temperature", "75 degC") +
           given("V.pressure", "0.1 bar") + given("S.temperature", "160 degC") + given("S.pressure", "5 bar") +
           given("U.area", "50 m2")}};
  const auto simulated = [&](const Case& c, const std::string& value, const std::string& key) {
    const auto plant = plant_of(small_plant(
        "[[unit]]\nname='U'\nmodel='" + std::string(c.model) + "'\n" + key + c.ports + c.rest + given(c.of, value),
        c.streams, {}));
    const auto s = simulate(plant);
    EXPECT_EQ(s.result.report.status, solve::Status::converged) << s.result.report.advice.text;
    return !s.idle.empty();
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.model);
    EXPECT_TRUE(simulated(c, c.nothing, "")) << c.nothing;
    for (const char* value : c.something) {
      EXPECT_FALSE(simulated(c, value, "")) << value;
      EXPECT_TRUE(simulated(c, value, "idle=true\n")) << value;
    }
  }
}

// An electrolyser of 90 A/m2 makes little, but it makes it; a current that is given as 0 is none.
TEST(IdleElectrolyser, InASimulationRunsAtAnyCurrent) {
  const std::string text = text_of("plants/cell_room/plant.toml");
  for (const auto& [by, idle] : {std::pair{"of = \"E1.current\"\nvalue = \"243 A\"", false},
                                 std::pair{"of = \"R1.ac_power\"\nvalue = \"80 kW\"", false},
                                 std::pair{"of = \"E1.current_density\"\nvalue = \"90 A/m2\"", false},
                                 std::pair{"of = \"E1.current\"\nvalue = \"0 A\"", true}}) {
    const auto plant = plant_of(replaced(text, "of = \"E1.current\"\nvalue = \"14.5418 kA\"", by));
    const auto s = simulate(plant);
    EXPECT_EQ(s.result.report.status, solve::Status::converged) << by << ": " << s.result.report.advice.text;
    EXPECT_EQ(!s.idle.empty(), idle) << by;
  }
}

// A plant of nodes alone, at rest through a night: meters that repeat 0 together stand still; one among others that run hangs.
TEST(Standstill, IsNotStuck) {
  std::string text = "[[unit]]\nname='N'\nmodel='node'\ninlets=['A','B']\noutlets=['C']\n";
  for (const char* s : {"A", "B", "C"})
    text += std::string("[[measurement]]\ntag='F") + s + "'\nof='" + s + ".flow_mass'\nunit='t/h'\nsd=0.1\n";
  const auto plant = plant_of(text);
  // What each reads from a minute on; 0: exactly that, again and again.
  const auto night = [&](double a, double b, double c, int stop) {
    std::mt19937 random(7);
    std::normal_distribution<double> normal(0.0, 0.02);
    tables::Table table;
    for (const auto& [tag, load, rest] :
         {std::tuple{"FA", 4.0, a}, std::tuple{"FB", 6.0, b}, std::tuple{"FC", 10.0, c}}) {
      Series s{.tag = tag, .unit = "t/h", .samples = {}};
      for (int k = 0; k < 240; ++k) {
        const double noise = normal(random);
        s.samples.push_back({Time{} + std::chrono::minutes(k),
                             k < stop      ? load + noise
                             : rest == 0.0 ? 0.0
                                           : rest + noise,
                             Quality::good});
      }
      table.series.push_back(std::move(s));
    }
    const auto result = assess(plant, table, "night.csv");
    EXPECT_TRUE(result);
    return *result;
  };
  for (const int stop : {60, 70, 77}) {  // at the end of a window and within one
    SCOPED_TRACE(stop);
    const auto rest = night(0.0, 0.0, 0.0, stop);
    EXPECT_TRUE(rest.stuck_tags.empty());
    EXPECT_EQ(rest.windows.at(2).steady, stop == 60);
    for (const std::size_t w : {1u, 4u, 7u}) {
      ASSERT_TRUE(rest.windows.at(w).state);
      for (const auto& i : rest.windows[w].state->instruments) EXPECT_EQ(i.why_not, "") << i.tag;
      EXPECT_NEAR(rest.windows[w].state->reconciliation.x[0], w == 1 ? 4.0 / 3.6 : 0.0, 0.01);
    }
  }
  // A little beside 0 shows none either.
  EXPECT_TRUE(night(0.0, 0.05, 0.0, 60).stuck_tags.empty());
  const auto hangs = night(0.0, 6.0, 10.0, 60);
  ASSERT_EQ(hangs.stuck_tags.size(), 1u);
  EXPECT_EQ(hangs.stuck_tags[0].tag, "FA");
  EXPECT_EQ(hangs.windows.at(4).state->instruments[0].why_not, "stuck");
}

// A window's pieces without readings show nothing: neither after the last of the data, nor in a gap, nor after what --to leaves out.
TEST_F(StoppedWithinTheDay, WhereNothingIsReadNothingIsStarted) {
  const auto minute = [](int k) { return Time{} + std::chrono::minutes(k); };
  const auto stops = [&](const tables::Table& table, std::optional<Time> to = {}) {
    const auto text_of_time = [](const std::optional<Time>& t) {
      return t ? std::to_string(t->time_since_epoch() / std::chrono::minutes(1)) : "";
    };
    std::string text;
    const auto a = assess(plant_, table, "day.csv", {.to = to}).value();
    for (const auto& s : a.stops)
      text += plant_.units[static_cast<std::size_t>(s.unit)].name + " " + text_of_time(s.from) + "-" +
              text_of_time(s.to) + " ";
    return text;
  };
  EXPECT_EQ(stops(day(130, 67, 1000)), "E4 67- R4 67- ") << "the last window has ten minutes";
  EXPECT_EQ(stops(day(82, 67, 1000)), "E4 67- R4 67- ") << "that in which it was stopped is the last";
  EXPECT_EQ(stops(day(240, 67, 200), minute(130)), "E4 67- R4 67- ");
  auto gap = day(240, 67, 200);
  for (auto& s : gap.series)
    std::erase_if(s.samples, [&](const Sample& x) { return x.time >= minute(95) && x.time < minute(109); });
  EXPECT_EQ(stops(gap), "E4 67-200 R4 67-200 ");
}

TEST_F(StoppedWithinTheDay, AskedToStopItLeavesTheWindowsThatAreLeft) {
  std::stop_source stop;
  stop.request_stop();
  const auto a = assess(plant_, day(60, 100, 100), "day.csv", {.stop = stop.get_token()});
  ASSERT_TRUE(a);
  EXPECT_TRUE(a->windows.empty());
}

TEST_F(StoppedWithinTheDay, OneReadingOfZeroIsNoSwitch) {
  auto table = day(60, 100, 100);
  for (auto& s : table.series)
    if (s.tag == "II-1401") s.samples[10].value = 0.0;
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a);
  for (const auto& w : a->windows) EXPECT_TRUE(w.switched.empty());
}

TEST_F(StoppedWithinTheDay, IsSaidByATagThatIsNoMeasurement) {
  plant_ = plant_of(replaced(text_, "name = \"E4\"\n", "name = \"E4\"\nidle = { tag = \"XS-1401\", when = 0 }\n"));
  auto table = day(120, 30, 75);
  Series xs{.tag = "XS-1401", .unit = "", .samples = {}};
  for (int k = 0; k < 120; ++k)
    xs.samples.push_back({Time{} + std::chrono::minutes(k), k >= 30 && k < 75 ? 0.0 : 1.0, Quality::good});
  table.series.push_back(std::move(xs));
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  EXPECT_TRUE(a->unknown_columns.empty());
  ASSERT_EQ(a->windows.size(), 4u);
  EXPECT_TRUE(a->windows[0].state && a->windows[0].state->idle.empty());
  EXPECT_TRUE(a->windows[1].state && a->windows[1].state->idle.size() == 2);
  EXPECT_FALSE(a->windows[2].steady);
  EXPECT_TRUE(a->windows[3].state && a->windows[3].state->idle.empty());
}

// A tag that says so in half of its readings and not in more leaves it open: in doubt it runs.
TEST_F(StoppedWithinTheDay, HalfOfATagsReadingsDoNotMakeAUnitIdle) {
  plant_ = plant_of(replaced(text_, "name = \"E4\"\n", "name = \"E4\"\nidle = { tag = \"XS-1401\", when = 0 }\n"));
  auto table = day(60, 100, 100);
  Series xs{.tag = "XS-1401", .unit = "", .samples = {}};
  for (int k = 0; k < 60; ++k)
    xs.samples.push_back({Time{} + std::chrono::minutes(k), k % 2 ? 1.0 : 0.0, Quality::good});
  table.series.push_back(std::move(xs));
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  ASSERT_EQ(a->windows.size(), 2u);
  for (const auto& w : a->windows) {
    ASSERT_TRUE(w.state);
    EXPECT_TRUE(w.state->idle.empty());
  }
}

}  // namespace
}  // namespace castner::assess
