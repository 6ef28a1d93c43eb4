// SPDX-License-Identifier: Apache-2.0
#include "castner/dynamics/process.h"

#include <gtest/gtest.h>

#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::dynamics {
namespace {

const std::string kFile = testing::root() + "/plants/cell_room/plant.toml";

struct CellRoom {
  plant::Plant plant = *plant_file::read_plant(*read_file(kFile), kFile);
  int variable(const std::string& path) const { return *plant.flowsheet->find(path); }
  ProcessSettings settings() const {
    ProcessSettings s;
    for (const char* e : {"1", "2", "3", "4"}) {
      s.controllers.push_back({std::string("AC-1") + e + "03", variable(std::string("AN") + e + ".conc_mass.NaCl"),
                               variable(std::string("AB") + e + ".flow_mass"), 0.02, 3600, true});
      s.with_load.push_back(variable(std::string("E") + e + ".current"));
    }
    s.controllers.push_back({"AC-2003", variable("CA.mass_frac.NaOH"), variable("DW.flow_mass"), -100.0, 1200, true});
    s.controllers.push_back({"TC-2003", variable("CA.temperature"), variable("LF.temperature"), 0.5, 1200, false});
    s.with_load.push_back(variable("HCL.flow_mass"));
    return s;
  }
};

TEST(Process, ACellRoomAtRestStaysThere) {
  CellRoom room;
  const Course course;
  Process process(room.plant, room.settings(), course);
  const auto report = process.start();
  ASSERT_EQ(report.status, solve::Status::converged) << report.advice.text;
  const auto ac = room.variable("R1.ac_power");
  const double before = process.value(ac);
  for (int i = 1; i <= 3600; ++i) ASSERT_EQ(process.advance(i).status, solve::Status::converged);
  EXPECT_NEAR(process.value(ac) / before, 1.0, 1e-6);
  EXPECT_LT(process.steps(), 100);  // a plant at rest costs nothing, however often it is asked
}

TEST(Process, ALoadChangeIsFollowedAndControlledBack) {
  CellRoom room;
  Course course;
  course.add_load({600.0, kForever, 900.0}, 0.7);
  Process process(room.plant, room.settings(), course);
  ASSERT_EQ(process.start().status, solve::Status::converged);
  const int temperature = room.variable("CA.temperature"), strength = room.variable("CA.mass_frac.NaOH");
  const int current = room.variable("E1.current"), salt = room.variable("AN1.conc_mass.NaCl"),
            steam = room.variable("ST.flow_mass");
  const double steam_before = process.value(steam);
  double lowest = 1e9;
  for (double t = 10.0; t <= 8 * 3600.0; t += 10.0) {
    const auto report = process.advance(t);
    ASSERT_EQ(report.status, solve::Status::converged) << report.advice.text;
    lowest = std::min(lowest, process.value(temperature));
  }
  EXPECT_NEAR(process.value(current), 0.7 * 14541.8, 0.1);
  EXPECT_LT(lowest, 361.15 - 0.3);                        // it shows,
  EXPECT_NEAR(process.value(temperature), 361.15, 0.05);  // and is brought back
  EXPECT_NEAR(process.value(strength), 0.32, 2e-4);
  EXPECT_NEAR(process.value(salt), 203.06, 0.5);
  EXPECT_NEAR(process.value(steam) / steam_before, 0.7, 0.05);  // the evaporation has less to do
}

/// 1 h: E3 goes out of service within 20 minutes, and comes back after six hours.
Course one_stopped(const CellRoom& room, double at = 3600.0) {
  Course course;
  for (std::size_t u = 0; u < room.plant.units.size(); ++u)
    if (room.plant.units[u].name == "E3")
      course.add_stop({.unit = static_cast<int>(u), .spell = {at, at + 6 * 3600.0, 1200.0}});
  return course;
}

TEST(Process, AnElectrolyserIsStoppedAndStartedAgain) {
  CellRoom room;
  const Course course = one_stopped(room);
  Process process(room.plant, room.settings(), course);
  ASSERT_EQ(process.start().status, solve::Status::converged);
  const auto value = [&](const char* path) { return process.value(room.variable(path)); };
  const double brine = value("AB3.flow_mass"), product = value("LP.flow_mass"), acid = value("HCL.flow_mass");
  const auto run_to = [&](double until) {
    for (double t = process.time() + 30.0; t <= until; t += 30.0) {
      const auto report = process.advance(t);
      ASSERT_EQ(report.status, solve::Status::converged) << t << ": " << report.advice.text;
    }
  };
  run_to(6 * 3600.0);
  // The current that protects the electrodes, brine that flushes, caustic as before; the acid goes with all currents.
  EXPECT_NEAR(value("E3.current"), 145.418, 0.01);
  EXPECT_NEAR(value("E1.current"), 14541.8, 0.1);
  EXPECT_NEAR(value("AB3.flow_mass") / brine, 0.3, 1e-3);
  EXPECT_NEAR(value("HCL.flow_mass") / acid, (3 + 0.01) / 4, 1e-6);
  EXPECT_NEAR(value("LF3.flow_mass"), 58094 / 3600.0, 1e-3);
  EXPECT_NEAR(value("AN3.mass_frac.NaCl"), value("AB3.mass_frac.NaCl"), 0.005);  // what enters leaves as it is
  EXPECT_GT(value("CL3.mole_frac_dry.O2"), 0.0);
  EXPECT_GT(value("AN3.temperature"), 273.15 + 75.0);  // kept warm by the caustic
  EXPECT_LT(value("AN3.temperature"), 273.15 + 87.0);
  EXPECT_NEAR(value("LP.flow_mass") / product, 0.75, 0.01);
  // What all share is held as before, what the others do is theirs.
  EXPECT_NEAR(value("CA.mass_frac.NaOH"), 0.32, 2e-4);
  EXPECT_NEAR(value("CA.temperature"), 361.15, 0.05);
  EXPECT_NEAR(value("AN1.conc_mass.NaCl"), 203.06, 0.5);
  run_to(24 * 3600.0);
  EXPECT_NEAR(value("E3.current"), 14541.8, 0.1);
  EXPECT_NEAR(value("AB3.flow_mass") / brine, 1.0, 2e-3);
  EXPECT_NEAR(value("AN3.conc_mass.NaCl"), 203.06, 0.5);
  EXPECT_NEAR(value("LP.flow_mass") / product, 1.0, 2e-3);
}

TEST(Process, WhatIsOnlyKnownAsTimeGoesOnMovesItAtOnce) {
  CellRoom room;
  Course course;
  Process process(room.plant, room.settings(), course);
  ASSERT_EQ(process.start().status, solve::Status::converged);
  ASSERT_EQ(process.advance(100.0).status, solve::Status::converged);
  const auto voltage = room.variable("E2.cell_voltage"), temperature = room.variable("CA2.temperature");
  const double before = process.value(voltage), warm = process.value(temperature);
  for (const double size : {0.02, 0.05, 0.0}) {
    course.set_offset(room.variable("E2.wear_voltage"), size);
    ASSERT_EQ(process.begin_again().status, solve::Status::converged);
    EXPECT_NEAR(process.value(voltage) - before, size, 1e-7);
    EXPECT_NEAR(process.value(temperature), warm, 1e-6);  // heat is held
  }
  course.set_offset(room.variable("E2.wear_voltage"), 0.05);
  ASSERT_EQ(process.begin_again().status, solve::Status::converged);
  ASSERT_EQ(process.advance(3600.0).status, solve::Status::converged);
  EXPECT_GT(process.value(temperature), warm + 0.3);
}

TEST(Process, MayBeginWhereOneIsStopped) {
  CellRoom room;
  const Course course = one_stopped(room);
  Process process(room.plant, room.settings(), course);
  const auto report = process.start(3 * 3600.0);
  ASSERT_EQ(report.status, solve::Status::converged) << report.advice.text;
  const auto value = [&](const char* path) { return process.value(room.variable(path)); };
  EXPECT_NEAR(value("E3.current"), 145.418, 0.01);
  for (double t = process.time() + 60.0; t <= 24 * 3600.0; t += 60.0)
    ASSERT_EQ(process.advance(t).status, solve::Status::converged) << t;
  EXPECT_NEAR(value("AN3.conc_mass.NaCl"), 203.06, 0.5);
}

}  // namespace
}  // namespace castner::dynamics
