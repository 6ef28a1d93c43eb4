// SPDX-License-Identifier: Apache-2.0
// Every cause does what docs/domain/electrolyser.md 2.7 and 2.8 say of k, U0, low current, decay, gases and liquor.
#include "castner/cell_bank/faults.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "castner/cell_bank/cell_bank.h"

namespace castner::cell_bank {
namespace {

constexpr double kWardArea = 2.7;
constexpr int kSick = 77;

/// A sick bank and the same one without the fault, at the same conditions.
struct Ward {
  CellBank sick, sound;
  double time = 0.0;
  explicit Ward(const Fault& f) : sick(CellBankSettings{}, 11), sound(CellBankSettings{}, 11) { sick.add(f); }

  void run(double seconds, double density, double step = 10.0) {
    for (const double until = time + seconds; time < until; time += step) {
      const CellBankInputs in{.time = time, .current = density * kWardArea};
      sick.step(in);
      sound.step(in);
    }
  }
  double voltage() const { return sick.voltages()[kSick]; }
  double effect() const { return sick.excess_voltage(kSick); }
};

/// The line through its effects at two loads at which it has settled: what 2.3 calls U0 [V] and k [ohm m2].
struct Line {
  double u0, k;
};
Line line_of(const Fault& f) {
  Ward low(f), high(f);
  low.run(2 * 3600.0, 3500.0);
  high.run(2 * 3600.0, 6000.0);
  const double k = (high.effect() - low.effect()) / 2500.0;
  return {low.effect() - 3500.0 * k, k};
}
Fault fault(Illness cause, double size) { return {.cause = cause, .cell = kSick, .onset = 0.0, .size = size}; }

TEST(Faults, PinholeTakesALittleVoltageAtLoad) {
  for (double size : {30.0, 178.0, 350.0}) {
    Ward w(fault(Illness::pinhole, size));
    w.run(600.0, kReferenceDensity);
    EXPECT_LT(w.effect(), -0.003) << size;
    EXPECT_GT(w.effect(), -0.055) << size;
  }
}
TEST(Faults, PinholeShowsAtLowCurrentWhatLoadHides) {
  // About 2.0 V at 0.1 kA/m2 where sound cells have 2.281 V, and -30 mV at load.
  Ward w(fault(Illness::pinhole, 178.0));
  w.run(600.0, kReferenceDensity);
  w.run(600.0, 100.0);
  EXPECT_NEAR(w.voltage(), 2.0, 0.1);
  EXPECT_GT(w.sound.voltages()[kSick], 2.24);
}
TEST(Faults, SmallPinholeShowsAtPolarisationOnly) {
  Ward w(fault(Illness::pinhole, 40.0));
  w.run(600.0, 100.0);
  EXPECT_GT(w.effect(), -0.05);
  w.run(1800.0, 20.0);
  EXPECT_LT(w.voltage(), 2.0);
}
TEST(Faults, PinholeDecaysSeveralTimesFasterAfterAStop) {
  const auto until_half = [](double size) {
    Ward w(fault(Illness::pinhole, size));
    w.run(600.0, kReferenceDensity);
    const double stopped = w.time;
    while (w.voltage() > 1.5) w.run(10.0, 0.0);
    return w.time - stopped;
  };
  const double healthy = until_half(1e-9);
  EXPECT_GT(healthy, 600.0);
  EXPECT_LT(until_half(40.0), healthy / 3.0);
  EXPECT_LT(until_half(200.0), healthy / 8.0);
}
TEST(Faults, OneCellAtFourPercentHydrogenMovesTheAnalyserByAHundredAndEightieth) {
  Ward w(fault(Illness::pinhole, 0.04 * kReferenceDensity));
  w.run(60.0, kReferenceDensity);
  const double moved = w.sick.analyses().hydrogen_in_chlorine - w.sound.analyses().hydrogen_in_chlorine;
  EXPECT_NEAR(moved, 0.04 / 180.0, 0.1 * 0.04 / 180.0);
}
TEST(Faults, LeakIsAFlowWhateverTheLoad) {
  Ward w(fault(Illness::pinhole, 250.0));
  const auto flow = [&](double density) {
    w.run(600.0, density);
    return (w.sick.analyses().hydrogen_in_chlorine - w.sound.analyses().hydrogen_in_chlorine) * density;
  };
  const double at_load = flow(5500.0);
  EXPECT_NEAR(flow(2500.0), at_load, 0.03 * at_load);
}
TEST(Faults, PinholeBringsOxygenAndChlorideToo) {
  Ward w(fault(Illness::pinhole, 200.0));
  w.run(60.0, kReferenceDensity);
  EXPECT_GT(w.sick.analyses().oxygen_in_chlorine, w.sound.analyses().oxygen_in_chlorine + 3e-5);
  EXPECT_GT(w.sick.analyses().chloride_in_caustic, w.sound.analyses().chloride_in_caustic + 5e-6);
}
TEST(Faults, PinholeGrowsAsItIsEatenOut) {
  Fault f = fault(Illness::pinhole, 200.0);
  f.over = 1000.0;
  EXPECT_LT(share_at(f, 500.0), 0.4);
  EXPECT_GT(share_at(f, 500.0), 0.1);
  EXPECT_EQ(share_at(f, 2000.0), 1.0);
}

TEST(Faults, BlisterRaisesResistanceByTheAreaLostAndNoOvervoltage) {
  const Line line = line_of(fault(Illness::blister, 0.2));
  EXPECT_NEAR(line.k, kMembrane * 0.25, 0.2 * kMembrane * 0.25);  // k/(1 - 0.2), and each membrane is another
  EXPECT_NEAR(line.u0, 0.0, 0.004);
}
TEST(Faults, BlisterMayComeInSteps) {
  Fault f = fault(Illness::blister, 0.3);
  f.onset = 100.0, f.over = 3000.0, f.steps = 3;
  EXPECT_EQ(share_at(f, 99.0), 0.0);
  EXPECT_NEAR(share_at(f, 100.0), 1.0 / 3.0, 1e-12);
  EXPECT_NEAR(share_at(f, 1050.0), 1.0 / 3.0, 1e-12);
  EXPECT_NEAR(share_at(f, 1150.0), 2.0 / 3.0, 1e-12);
  EXPECT_EQ(share_at(f, 3200.0), 1.0);
}
TEST(Faults, BlisterBringsChlorideButNoHydrogen) {
  Ward w(fault(Illness::blister, 0.2));
  w.run(60.0, kReferenceDensity);
  EXPECT_GT(w.sick.analyses().chloride_in_caustic, w.sound.analyses().chloride_in_caustic + 1e-6);
  EXPECT_EQ(w.sick.analyses().hydrogen_in_chlorine, w.sound.analyses().hydrogen_in_chlorine);
}

TEST(Faults, FoulingRaisesResistanceOnlyAndNoGas) {
  const Line line = line_of(fault(Illness::membrane_fouling, 0.3));
  EXPECT_NEAR(line.k, 0.3 * kMembrane, 0.2 * 0.3 * kMembrane);
  EXPECT_NEAR(line.u0, 0.0, 0.004);
  Ward w(fault(Illness::membrane_fouling, 0.3));
  w.run(60.0, kReferenceDensity);
  EXPECT_EQ(w.sick.analyses().chloride_in_caustic, w.sound.analyses().chloride_in_caustic);
  EXPECT_EQ(w.sick.analyses().oxygen_in_chlorine, w.sound.analyses().oxygen_in_chlorine);
}

TEST(Faults, CoatingsRaiseOvervoltageOnly) {
  for (Illness cause : {Illness::anode_coating, Illness::cathode_coating}) {
    const Line line = line_of(fault(cause, 0.15));
    EXPECT_NEAR(line.u0, 0.15, 0.003) << name_of(cause);
    EXPECT_NEAR(line.k, 0.0, 0.5e-6) << name_of(cause);
  }
}
TEST(Faults, OvervoltageOfACoatingStandsAtLowCurrentToo) {
  for (Illness cause : {Illness::anode_coating, Illness::cathode_coating}) {
    Ward w(fault(cause, 0.15));
    w.run(600.0, 100.0);
    EXPECT_GT(w.effect(), 0.10) << name_of(cause);
  }
}
TEST(Faults, AnodeGoesFasterAndFasterAndMakesOxygen) {
  Fault f = fault(Illness::anode_coating, 0.2);
  f.over = 1000.0;
  EXPECT_LT(share_at(f, 500.0), 0.3);
  Ward w(fault(Illness::anode_coating, 0.15));
  w.run(60.0, kReferenceDensity);
  EXPECT_GT(w.sick.analyses().oxygen_in_chlorine, w.sound.analyses().oxygen_in_chlorine + 2e-4);
  EXPECT_NEAR(w.sick.analyses().oxygen_of_faults,
              w.sick.analyses().oxygen_in_chlorine - w.sound.analyses().oxygen_in_chlorine, 1e-5);
  EXPECT_EQ(w.sound.analyses().oxygen_of_faults, 0.0);
}
TEST(Faults, CathodeChangesNoGas) {
  Ward w(fault(Illness::cathode_coating, 0.15));
  w.run(60.0, kReferenceDensity);
  EXPECT_EQ(w.sick.analyses().oxygen_in_chlorine, w.sound.analyses().oxygen_in_chlorine);
  EXPECT_EQ(w.sick.analyses().hydrogen_in_chlorine, w.sound.analyses().hydrogen_in_chlorine);
  EXPECT_EQ(w.sick.analyses().chloride_in_caustic, w.sound.analyses().chloride_in_caustic);
}

TEST(Faults, BlockedFeedWarmsAndDriesTheCellWithinMinutes) {
  Fault f = fault(Illness::blocked_feed, 0.6);
  f.onset = 300.0;
  Ward w(f);
  w.run(300.0, kReferenceDensity);
  const double cold = w.sick.state(kSick).temperature;
  w.run(300.0, kReferenceDensity);
  EXPECT_GT(w.effect(), 0.05);
  EXPECT_GT(w.sick.state(kSick).temperature, cold + 1.0);
  // 0.42 K/min is what losing all cold brine does to a whole electrolyser; a blocked cell's caustic still cools it.
  EXPECT_LT(w.sick.state(kSick).temperature, cold + 6.0);
  w.run(1800.0, kReferenceDensity);
  EXPECT_NEAR(w.sick.analyses().brine_flow / w.sound.analyses().brine_flow, 1.0 - 0.6 / 180.0, 0.1 * 0.6 / 180.0);
}
TEST(Faults, BlockedFeedIsOfResistance) {
  const Line line = line_of(fault(Illness::blocked_feed, 0.6));
  EXPECT_GT(line.k, 10e-6);
  Ward w(fault(Illness::blocked_feed, 0.6));
  w.run(3600.0, 300.0);
  EXPECT_LT(std::abs(w.effect()), 0.02);  // of an electrode it would stand
}

TEST(Faults, DryOutRunsAway) {
  Fault f = fault(Illness::dry_out, 1.5);
  f.onset = 300.0;
  Ward w(f);
  w.run(310.0, kReferenceDensity);
  double last = w.effect(), last_rise = 0.0;
  w.run(300.0, kReferenceDensity);
  EXPECT_GT(w.effect() - last, 0.1);
  last = w.effect();
  for (int i = 0; i < 2; ++i) {
    w.run(120.0, kReferenceDensity);
    EXPECT_GT(w.effect() - last, last_rise);
    last_rise = w.effect() - last;
    last = w.effect();
  }
  w.run(1200.0, kReferenceDensity);
  EXPECT_GT(w.voltage(), 3.8);
}

TEST(Faults, ShortBreaksTheVoltageDownAtOnce) {
  Fault f = fault(Illness::short_circuit, 1.3);
  f.onset = 300.0;
  Ward w(f);
  w.run(300.0, kReferenceDensity);
  const double before = w.voltage();
  w.run(10.0, kReferenceDensity);
  EXPECT_LT(w.voltage(), 2.0);
  EXPECT_NEAR(before - w.voltage(), 1.3, 0.1);
}
TEST(Faults, PartialShortTakesThreeHundredMillivolts) {
  Ward w(fault(Illness::short_circuit, 0.3));
  w.run(600.0, kReferenceDensity);
  EXPECT_NEAR(w.effect(), -0.3, 0.08);
  w.run(60.0, 0.0);
  EXPECT_LT(w.voltage(), 0.1);
}

TEST(Faults, ContactIsAResistanceInSeries) {
  const Line line = line_of(fault(Illness::contact, 20e-6));
  EXPECT_NEAR(line.k, 20e-6, 0.4e-6);  // area of the cell
  EXPECT_NEAR(line.u0, 0.0, 1e-3);
}
TEST(Faults, ContactMayFlicker) {
  Fault f = fault(Illness::contact, 20e-6);
  f.off = 0.5;
  Ward w(f);
  int on = 0;
  for (int i = 0; i < 400; ++i) {
    w.run(10.0, kReferenceDensity);
    on += w.effect() > 0.05;
  }
  EXPECT_GT(on, 100);
  EXPECT_LT(on, 300);
}

TEST(Faults, BeforeItsOnsetAndAfterItsRepairAFaultDoesNothing) {
  for (Illness cause : {Illness::pinhole, Illness::blister, Illness::membrane_fouling, Illness::anode_coating,
                        Illness::cathode_coating, Illness::contact}) {
    Fault f{cause, kSick, 600.0, cause == Illness::pinhole ? 200.0 : cause == Illness::contact ? 20e-6 : 0.2};
    f.until = 1200.0;
    Ward w(f);
    w.run(600.0, kReferenceDensity);
    EXPECT_EQ(w.effect(), 0.0) << name_of(cause);
    w.run(600.0, kReferenceDensity);
    EXPECT_GT(std::abs(w.effect()), 0.01) << name_of(cause);
    w.run(600.0, kReferenceDensity);
    EXPECT_NEAR(w.effect(), 0.0, 1e-9) << name_of(cause);
  }
}
TEST(Faults, NoFaultTouchesAnotherCell) {
  for (int cause = 0; cause < kIllnesses; ++cause) {
    Ward w(fault(static_cast<Illness>(cause), 0.3));
    w.run(600.0, kReferenceDensity);
    w.run(600.0, 100.0);
    for (std::size_t i = 0; i < 180; ++i) {
      const bool is_sick = i == kSick;
      EXPECT_TRUE(is_sick || w.sick.voltages()[i] == w.sound.voltages()[i])
          << name_of(static_cast<Illness>(cause)) << ' ' << i;
    }
  }
}
TEST(Faults, TwinIsTheCellWithoutItsFault) {
  Ward w(fault(Illness::blocked_feed, 0.6));
  w.run(3600.0, kReferenceDensity);
  w.run(1800.0, 0.0);
  EXPECT_NEAR(w.voltage() - w.effect(), w.sound.voltages()[kSick], 1e-12);
}
TEST(Faults, FaultsOfOneCellAddUp) {
  Ward both(fault(Illness::anode_coating, 0.1)), contact(fault(Illness::contact, 10e-6)),
      anode(fault(Illness::anode_coating, 0.1));
  both.sick.add(fault(Illness::contact, 10e-6));
  for (Ward* w : {&both, &contact, &anode}) w->run(600.0, kReferenceDensity);
  EXPECT_NEAR(both.effect(), contact.effect() + anode.effect(), 1e-9);
}
TEST(Faults, FaultAddedWhileItRunsCountsFromThen) {
  Ward w(Fault{Illness::contact, 5, kForever, 1e-6});
  w.run(7200.0, kReferenceDensity, 60.0);
  Fault now = fault(Illness::cathode_coating, 0.1);
  now.onset = w.time;
  w.sick.add(now);
  w.run(600.0, kReferenceDensity, 60.0);
  EXPECT_NEAR(w.effect(), 0.1, 0.003);
}

}  // namespace
}  // namespace castner::cell_bank
