// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/virtual_plant.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "castner/base/file.h"
#include "castner/cell_room/cell_file.h"
#include "castner/service/server_file.h"
#include "castner/sources/kinds.h"
#include "tests/support/root.h"

namespace castner::virtual_plant {
namespace {

const std::string kFolder = testing::root() + "/plants/cell_room/";

std::unique_ptr<VirtualPlant> cell_room(const std::string& scenario = "") {
  VirtualPlantFiles files{*read_file(kFolder + "plant.toml"),
                          kFolder + "plant.toml",
                          *read_file(kFolder + "virtual.toml"),
                          kFolder + "virtual.toml",
                          {{scenario, "scenario.toml"}}};
  auto plant = VirtualPlant::make(files);
  EXPECT_TRUE(plant) << plant.error().text();
  (*plant)->settings().links.clear();  // nothing listens in these tests
  const auto report = (*plant)->start();
  EXPECT_EQ(report.status, solve::Status::converged) << report.advice.text;
  return std::move(*plant);
}

void run_to(VirtualPlant& plant, double until, double step = 10.0) {
  for (double t = plant.time() + step; t <= until; t += step) {
    const auto report = plant.advance(t);
    ASSERT_EQ(report.status, solve::Status::converged) << report.advice.text;
  }
}

std::size_t index(const VirtualPlant& plant, const std::string& tag) {
  for (std::size_t i = 0; i < plant.tags().size(); ++i)
    if (plant.tags()[i].name == tag) return i;
  ADD_FAILURE() << "no tag " << tag;
  return 0;
}
double truth(const VirtualPlant& plant, const std::string& tag) { return plant.truths()[index(plant, tag)]; }
double shown(const VirtualPlant& plant, const std::string& tag) { return plant.values()[index(plant, tag)].value; }

TEST(VirtualPlant, HasEveryMeasurementAndEveryCell) {
  const auto plant = cell_room();
  EXPECT_EQ(plant->tags().size(), 85u + 600u + 8u);
  EXPECT_EQ(plant->values().size(), plant->tags().size());
  // The cells of an electrolyser add up to its voltage.
  for (const char* e : {"EI-1101", "EI-1201", "EI-1301", "EI-1401"}) {
    double sum = 0.0;
    for (int cell = 1; cell <= 150; ++cell) {
      char tag[20];
      std::snprintf(tag, sizeof tag, "%s-%03d", e, cell);
      sum += truth(*plant, tag);
    }
    EXPECT_NEAR(sum, truth(*plant, e), 1e-9 * sum);
  }
  // E3 is worn by 60 mV a cell, which warms it by some kelvins, which gives a part back (2 mV/K and more of resistance); the
  // weak cell stands out of its neighbours by more than their spread.
  const double worn = (truth(*plant, "EI-1301") - truth(*plant, "EI-1101")) / 150.0;
  EXPECT_GT(worn, 0.045);
  EXPECT_LT(worn, 0.060);
  EXPECT_GT(truth(*plant, "TI-1303"), truth(*plant, "TI-1103") + 0.5);
  EXPECT_GT(truth(*plant, "EI-1201-077"), truth(*plant, "EI-1201") / 150.0 + 0.05);
}

TEST(VirtualPlant, TheSameSeedGivesTheSameValues) {
  const auto one = cell_room(), two = cell_room();
  run_to(*one, 600.0);
  run_to(*two, 600.0);
  for (std::size_t i = 0; i < one->tags().size(); ++i)
    EXPECT_EQ(one->values()[i].value, two->values()[i].value) << one->tags()[i].name;
  int differ = 0;
  VirtualPlantFiles files{*read_file(kFolder + "plant.toml"), "plant.toml", *read_file(kFolder + "virtual.toml"),
                          "virtual.toml"};
  auto other = std::move(*VirtualPlant::make(files));
  other->settings().links.clear();
  other->settings().seed = 1;
  ASSERT_EQ(other->start().status, solve::Status::converged);
  run_to(*other, 600.0);
  for (std::size_t i = 0; i < one->tags().size(); ++i) differ += one->values()[i].value != other->values()[i].value;
  EXPECT_GT(differ, 600);
}

TEST(VirtualPlant, InstrumentsStayNearTheTruth) {
  const auto plant = cell_room();
  run_to(*plant, 3600.0, 60.0);
  const auto truths = plant->truths();
  for (std::size_t i = 0; i < 85; ++i)  // 5 %: the least exact meter has 2 % and a gross draw is 2.5 sd
    EXPECT_NEAR(plant->values()[i].value, truths[i], std::max(0.05 * std::abs(truths[i]), 0.3))
        << plant->tags()[i].name;
}

TEST(VirtualPlant, AScenarioShows) {
  const auto plant = cell_room(R"([[event]]
at = "10 min"
kind = "load"
to = 0.8
over = "5 min"
[[event]]
at = "10 min"
kind = "instrument"
tag = "FI-2004"
fault = "bias"
by = "10 t/h"
for = "10 min"
[[event]]
at = "10 min"
kind = "cell"
cell = "E1/003"
by = "250 mV"
[[event]]
at = "10 min"
kind = "electrolyser"
unit = "E4"
wear_voltage = "100 mV"
[[event]]
at = "10 min"
kind = "instrument"
tag = "TI-1103"
fault = "bad"
)");
  const double current = truth(*plant, "II-1101"), cell = truth(*plant, "EI-1101-003"),
               other = truth(*plant, "EI-1101-004");
  run_to(*plant, 590.0);
  EXPECT_NEAR(truth(*plant, "II-1101"), current, 1e-6);
  const double meter_error = shown(*plant, "FI-2004") - truth(*plant, "FI-2004");
  run_to(*plant, 1150.0);
  EXPECT_NEAR(truth(*plant, "II-1101"), 0.8 * current, 1e-6);
  EXPECT_NEAR(plant->load(), 0.8, 1e-12);
  EXPECT_NEAR(shown(*plant, "FI-2004") - truth(*plant, "FI-2004"), meter_error + 10.0, 1.0);  // and noise of 0.2 t/h
  EXPECT_NEAR((truth(*plant, "EI-1101-003") - cell) - (truth(*plant, "EI-1101-004") - other), 0.250, 0.01);
  EXPECT_NEAR((truth(*plant, "EI-1401") - truth(*plant, "EI-1101")) / 150.0, 0.100 - 0.250 / 150, 0.010);  // it warms
  EXPECT_EQ(plant->values()[index(*plant, "TI-1103")].status, readings::StatusCode::bad_sensor_failure);
  run_to(*plant, 1300.0);
  EXPECT_NEAR(shown(*plant, "FI-2004") - truth(*plant, "FI-2004"), meter_error, 1.0);
}

TEST(VirtualPlant, AWeakCellLeavesItsNeighboursAlone) {
  const auto plant = cell_room("[[event]]\nat = \"1 min\"\nkind = \"cell\"\ncell = \"E1/003\"\nby = \"250 mV\"\n");
  const double cell = truth(*plant, "EI-1101-003"), other = truth(*plant, "EI-1101-004"),
               all = truth(*plant, "EI-1101");
  run_to(*plant, 70.0);
  EXPECT_NEAR(truth(*plant, "EI-1101-003") - cell, 0.250, 2e-4);  // in ten seconds nothing else has moved
  EXPECT_NEAR(truth(*plant, "EI-1101-004") - other, 0.0, 2e-4);
  EXPECT_NEAR(truth(*plant, "EI-1101") - all, 0.250, 0.02);
}

TEST(VirtualPlant, TheExamplesAfternoonRunsThrough) {
  const auto plant = cell_room(*read_file(kFolder + "scenario.toml"));
  const double before = truth(*plant, "EI-1201-031");
  run_to(*plant, 5 * 3600.0, 30.0);
  EXPECT_GT(truth(*plant, "EI-1201-031") - before, 0.15);
  EXPECT_NEAR(truth(*plant, "II-1101"), 14.5418, 1e-6);
}

TEST(VirtualPlant, ADayWithItsLoadChangesRunsThrough) {
  const auto plant = cell_room();
  run_to(*plant, 86400.0, 60.0);
  EXPECT_NEAR(truth(*plant, "AI-2003"), 32.0, 0.05);
  EXPECT_NEAR(truth(*plant, "TI-2003"), 88.0, 0.2);
  EXPECT_NEAR(plant->load(), 1.0, 1e-9);
}

TEST(VirtualPlant, CellsTomlNamesWhatItSends) {
  const auto plant = cell_room();
  const auto room = cell_room::read_cell_room(*read_file(kFolder + "cells.toml"), "cells.toml");
  ASSERT_TRUE(room) << room.error().text();
  ASSERT_EQ(room->electrolysers.size(), 4u);
  const auto is_sent = [&](const std::string& tag) {
    return std::any_of(plant->tags().begin(), plant->tags().end(), [&](const auto& t) { return t.name == tag; });
  };
  for (const auto& e : room->electrolysers) {
    EXPECT_EQ(e.cells.size(), 150u);
    for (const auto& c : e.cells) EXPECT_TRUE(is_sent(c.voltage)) << c.voltage;
    for (const auto& source : e.known) EXPECT_TRUE(is_sent(source.tag)) << e.name << " " << source.tag;
  }
}

TEST(VirtualPlant, CastnerTomlAgreesWithVirtualToml) {
  VirtualPlantFiles files{*read_file(kFolder + "plant.toml"), "plant.toml", *read_file(kFolder + "virtual.toml"),
                          "virtual.toml"};
  const auto plant = std::move(*VirtualPlant::make(files));
  const std::string text = *read_file(kFolder + "castner.toml");
  EXPECT_EQ(text, server_file_text(plant->settings(), plant->tags(), {"plant.toml", "cells.toml"}))
      << "make it anew: castner virtual-plant plant.toml --write-server castner.toml";
  const auto server = service::read_server_file(text, kFolder + "castner.toml");
  ASSERT_TRUE(server) << server.error().text();
  ASSERT_EQ(server->tags.size(), plant->tags().size());
  for (const auto& source : server->sources) {
    const auto made = sources::make_source(source, system_clock());
    EXPECT_TRUE(made) << made.error().text();
  }
  for (const auto& tag : plant->tags()) {
    const auto same = [&](const auto& t) { return t.name == tag.name && (t.unit == tag.unit || tag.unit == "1"); };
    EXPECT_TRUE(std::any_of(server->tags.begin(), server->tags.end(), same)) << tag.name;
  }
}

}  // namespace
}  // namespace castner::virtual_plant
