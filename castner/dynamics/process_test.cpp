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

}  // namespace
}  // namespace castner::dynamics
