// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/unit_slip.h"

#include <gtest/gtest.h>

namespace castner::plant {
namespace {

/// A truth with 1 % of noise, and what the instrument shows for it, off by half a sd.
std::string asked(const std::string& unit, double truth, double shown, double sd) {
  Plant plant;
  Measurement m;
  m.tag = "X-1";
  m.unit = *parse_unit(unit);
  const double read = m.unit.to_si(shown) + 0.5 * m.unit.scale * sd;
  return unit_slip(plant, m, {read, m.unit.scale * sd}, {m.unit.to_si(truth), m.unit.scale * truth * 0.01});
}

struct Slip {
  std::string unit;
  double truth, shown;
  std::string says;
};

TEST(UnitSlip, EachUsualSlipIsAskedByItsName) {
  const Slip all[]{
      {"m3/h", 16.5, 16.5 * 60, "a value per h were read as one per min"},
      {"m3/h", 16.5, 16.5 / 60, "one per min were read as a value per h"},
      {"m3/h", 16.5, 16.5 * 3600, "a value per h were read as one per s"},
      {"m3/h", 16.5, 16.5 * 24, "a value per d were read as one per h"},
      {"Nm3/h", 980, 980 / 24.0, "one per h were read as a value per d"},
      {"m3/h", 16.5, 16500, "L were read as m3"},
      {"m3/h", 16.5, 16.5 / 0.227124707, "US gal/min were read as m3/h"},
      {"m3/h", 16.5, 16.5 * 0.227124707, "m3/h were read as US gal/min"},
      {"m3/h", 16.5, 16.5 * 3.785411784, "L were read as US gal"},
      {"t/h", 12, 12000, "kg were read as t"},
      {"kg/h", 300, 300 / 0.45359237, "lb were read as kg"},
      {"kg/h", 300, 300 * 0.45359237, "kg were read as lb"},
      {"bar", 3.5, 0.35, "MPa were read as bar"},
      {"kPa", 20, 200, "mbar were read as kPa"},
      {"bar", 3.5, 350, "kPa were read as bar"},
      {"kPa", 350, 350e3, "kPa were read as MPa"},
      {"kPa", 350, 350 / 98.0665, "kgf/cm2 were read as kPa"},
      {"Pa", 3000, 3000 / 9.80665, "mmH2O were read as Pa"},
      {"kPa", 350, 350 / 6.894757, "psi were read as kPa"},
      {"kPa", 350, 350 / 101.325, "atm were read as kPa"},
      {"kPa(g)", 20, 2000, "kPa were read as bar"},
      {"kPa", 350, 350 - 101.325, "a gauge pressure were read as an absolute pressure"},
      {"kPa(g)", 20, 20 + 101.325, "an absolute pressure were read as a gauge pressure"},
      {"kA", 13.5, 13500, "A were read as kA"},
      {"%", 32, 3200, "% were read as a fraction"},
      {"%", 32, 0.32, "a fraction were read as %"},
      {"%", 0.5, 5000, "ppm were read as %"},
      {"kW", 900, 900 * 4.184, "kJ were read as kcal"},
      {"degC", 85, 85 + 273.15, "K were read as degC"},
      {"K", 358.15, 85, "degC were read as K"},
      {"degC", 85, 185, "degF were read as degC"},
  };
  for (const Slip& s : all) {
    const bool temperature = s.unit == "degC" || s.unit == "K";
    Plant plant;
    Measurement m;
    m.tag = "X-1";
    m.unit = *parse_unit(s.unit);
    const double sd = temperature ? 0.5 : 0.01 * s.shown, truth_sd = temperature ? 0.5 : 0.01 * s.truth;
    const std::string text = unit_slip(plant, m, {m.unit.to_si(s.shown) + 0.5 * m.unit.scale * sd, m.unit.scale * sd},
                                       {m.unit.to_si(s.truth), m.unit.scale * truth_sd});
    EXPECT_NE(text.find(", as if " + s.says + "; is its unit right?"), std::string::npos)
        << s.unit << ' ' << s.shown << " for " << s.truth << ": " << text;
  }
}

TEST(UnitSlip, TheSentenceSaysBothNumbers) {
  EXPECT_EQ(
      asked("m3/h", 16.5, 990, 0.0),
      "measurement \"X-1\" reads 990 m3/h, where the balances have 16.5 m3/h, as if a value per h were read as one "
      "per min; is its unit right?");
}

TEST(UnitSlip, AMeterThatIsPlainlyWrongIsNotAskedForItsUnit) {
  for (const char* unit : {"m3/h", "t/h", "kPa", "kPa(g)", "%", "kA", "V", "degC", "Nm3/h"})
    for (const double factor : {1.0, 1.05, 0.95, 1.3, 0.7, 1.5, 0.5, 2.0, 5.0, 12.0, 40.0, 80.0}) {
      const double truth = unit == std::string("kPa(g)") ? 500.0 : 85.0;
      EXPECT_EQ(asked(unit, truth, truth * factor, 0.005 * truth * factor), "") << unit << ' ' << factor;
    }
}

TEST(UnitSlip, WhatIsKnownBadlyTellsNothing) {
  EXPECT_NE(asked("m3/h", 16.5, 990, 15), "");
  EXPECT_EQ(asked("m3/h", 16.5, 990, 60), "");
  EXPECT_EQ(asked("m3/h", 0.0, 990, 1), "");
}

/// A gas flow of 1000 Nm3/h taken as `of` says; what it shows, and how much water vapour is in the gas.
std::string asked_of_gas(const char* of, double shown, double vapour, double sd = 0.02) {
  Measurement m{.tag = "FI-160", .variable = 0, .of = of, .unit = *parse_unit("Nm3/h"), .uncertainty = {}};
  return vapour_slip(m, {m.unit.to_si(shown), m.unit.scale * shown * sd}, {m.unit.to_si(1000), m.unit.scale * 10},
                     vapour);
}

TEST(VapourSlip, AFlowOfDryGasTakenAsMoistIsAsked) {
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal", 505, 0.5),
            "measurement \"FI-160\" reads 505 Nm3/h, where the balances have 1000 Nm3/h, as if it left out the water "
            "vapour, 50 % of the moist gas; write of = \"CL.flow_vol_normal_dry\" for dry gas");
  EXPECT_NE(asked_of_gas("E1.hydrogen.flow_vol_normal", 720, 0.29), "");
  EXPECT_NE(asked_of_gas("HY.flow_vol_normal_dry", 1400, 0.29).find("write of = \"HY.flow_vol_normal\" for moist gas"),
            std::string::npos);
}
TEST(VapourSlip, AnotherFaultIsNotAskedForIts) {
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal", 700, 0.5), "");       // wrong by something else
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal", 1990, 0.5), "");      // on the other side
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal_dry", 505, 0.5), "");   // likewise
  EXPECT_EQ(asked_of_gas("CL.flow_vol", 505, 0.5), "");              // counts its vapour anyhow
  EXPECT_EQ(asked_of_gas("CL.flow_mass", 505, 0.5), "");             // likewise
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal", 985, 0.012), "");     // nearly dry: any meter is as wrong as that
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal", 505, 0.5, 0.3), "");  // known too badly
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal", 1000, 0.0), "");
  EXPECT_EQ(asked_of_gas("CL.flow_vol_normal", -505, 0.5), "");
}

}  // namespace
}  // namespace castner::plant
