// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_bank/scanner.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace castner::cell_bank {
namespace {

constexpr int kCells = 20;

ScannerSettings without_noise() {
  return {.white = 0.0, .coloured = 0.0, .common = 0.0, .resolution = 0.0, .scan_time = 0.0, .missing = 0.0};
}
std::vector<double> voltages(double above = 0.0) {
  std::vector<double> all;
  for (int i = 0; i < kCells; ++i) all.push_back(3.0 + 0.01 * i + above);
  return all;
}
std::vector<double> read(VoltageScanner& scanner, const std::vector<double>& truth, double time) {
  const auto readings = scanner.read(truth, time);
  return {readings.begin(), readings.end()};
}
double sd(const std::vector<double>& x) {
  double sum = 0.0, square = 0.0;
  for (const double v : x) sum += v, square += v * v;
  const double n = static_cast<double>(x.size());
  return std::sqrt(square / n - sum * sum / n / n);
}

TEST(VoltageScanner, WithoutNoiseAndFaultsReadsTheTruth) {
  VoltageScanner scanner(without_noise(), kCells, 1);
  EXPECT_EQ(read(scanner, voltages(), 0.0), voltages());
}
TEST(VoltageScanner, NoiseIsPartlyColoured) {
  VoltageScanner scanner({.resolution = 0.0, .missing = 0.0}, kCells, 1);
  std::vector<double> errors, differences;
  double last = 0.0;
  for (int i = 0; i < 5000; ++i) {
    const double error = read(scanner, voltages(), i)[7] - voltages()[7];
    errors.push_back(error);
    if (i > 0) differences.push_back(error - last);
    last = error;
  }
  EXPECT_NEAR(sd(errors), std::sqrt(0.5 * 0.5 + 0.7 * 0.7 + 0.2 * 0.2) * 1e-3, 0.1e-3);
  EXPECT_LT(sd(differences), 0.8 * std::sqrt(2.0) * sd(errors)) << "white noise alone would differ by sqrt(2)";
}
TEST(VoltageScanner, ReadsInStepsOfItsResolution) {
  VoltageScanner scanner({.missing = 0.0}, kCells, 1);
  for (const double u : read(scanner, voltages(), 0.0)) EXPECT_NEAR(u * 1000.0, std::round(u * 1000.0), 1e-6);
}
TEST(VoltageScanner, SomeReadingsDoNotCome) {
  auto settings = without_noise();
  settings.missing = 0.01;
  VoltageScanner scanner(settings, kCells, 1);
  int missing = 0;
  for (int i = 0; i < 1000; ++i)
    for (const double u : read(scanner, voltages(), i)) missing += std::isnan(u);
  EXPECT_GT(missing, 150);  // of 20 000
  EXPECT_LT(missing, 250);
}
TEST(VoltageScanner, SomeReadingsAreWildAndTheNextIsRight) {
  auto settings = without_noise();
  settings.wild = 0.002;
  VoltageScanner scanner(settings, kCells, 1);
  int up = 0, down = 0, twice = 0;
  std::vector<char> before(kCells, 0);
  for (int i = 0; i < 5000; ++i) {
    const auto readings = read(scanner, voltages(), i);
    for (std::size_t c = 0; c < kCells; ++c) {
      const double off = readings[c] - voltages()[c];
      EXPECT_TRUE(off == 0.0 || std::abs(std::abs(off) - 0.3) < 1e-9);
      up += off > 0.0, down += off < 0.0, twice += off != 0.0 && before[c];
      before[c] = off != 0.0;
    }
  }
  EXPECT_NEAR(up + down, 200, 50);  // of 100 000
  EXPECT_GT(std::min(up, down), 60);
  EXPECT_LE(twice, 2);
}
TEST(VoltageScanner, HangsForAWhileWithEveryReading) {
  VoltageScanner scanner({.missing = 0.0}, kCells, 1);
  scanner.hang(100.0, 200.0);
  const auto held = read(scanner, voltages(), 90.0);
  EXPECT_EQ(read(scanner, voltages(-1.0), 100.0), held);
  EXPECT_EQ(read(scanner, voltages(-0.5), 190.0), held);
  EXPECT_NEAR(read(scanner, voltages(-0.5), 200.0)[3], voltages(-0.5)[3], 0.05) << "the first reads as it is";
}
TEST(VoltageScanner, TapThatIsDeadWithoutAReadingIsNotRead) {
  VoltageScanner scanner({}, kCells, 1);
  scanner.add({ReadingFault::dead, 3, 0.0, std::nan("")});
  EXPECT_TRUE(std::isnan(read(scanner, voltages(), 0.0)[3]));
}
TEST(VoltageScanner, ReadsOneCellAfterTheOther) {
  auto settings = without_noise();
  settings.scan_time = 4.0;
  VoltageScanner scanner(settings, kCells, 1);
  read(scanner, voltages(), 0.0);
  const auto ramped = read(scanner, voltages(1.0), 10.0);  // 0.1 V/s
  EXPECT_NEAR(ramped.back(), voltages(1.0).back(), 1e-12);
  EXPECT_NEAR(ramped.front(), voltages(1.0).front() - 0.4, 1e-12);
  for (std::size_t i = 1; i < kCells; ++i) EXPECT_GT(ramped[i] - voltages()[i], ramped[i - 1] - voltages()[i - 1]);
  EXPECT_EQ(read(scanner, voltages(1.0), 20.0), voltages(1.0)) << "at rest nothing is skewed";
}
TEST(VoltageScanner, DeadTapShowsItsRail) {
  VoltageScanner scanner({}, kCells, 1);
  scanner.add({ReadingFault::dead, 3, 100.0, 5.0});
  EXPECT_NEAR(read(scanner, voltages(), 90.0)[3], 3.03, 0.01);
  EXPECT_EQ(read(scanner, voltages(), 100.0)[3], 5.0);
  EXPECT_EQ(read(scanner, voltages(-1.0), 110.0)[3], 5.0);
}
TEST(VoltageScanner, StuckTapShowsWhatItShowed) {
  VoltageScanner scanner({.missing = 0.0}, kCells, 1);
  scanner.add({ReadingFault::stuck, 3, 100.0});
  read(scanner, voltages(), 90.0);
  const double caught = read(scanner, voltages(), 100.0)[3];
  EXPECT_NEAR(caught, 3.03, 0.01);
  for (int i = 1; i < 50; ++i) EXPECT_EQ(read(scanner, voltages(-1.0), 100.0 + i)[3], caught);
}
TEST(VoltageScanner, OffsetAddsAndScaleMultiplies) {
  VoltageScanner scanner(without_noise(), kCells, 1);
  scanner.add({ReadingFault::offset, 3, 0.0, 0.05});
  scanner.add({ReadingFault::scale, 4, 0.0, -0.02});
  for (double above : {0.0, -0.5}) {
    const auto readings = read(scanner, voltages(above), 0.0);
    EXPECT_NEAR(readings[3], voltages(above)[3] + 0.05, 1e-12);
    EXPECT_NEAR(readings[4], voltages(above)[4] * 0.98, 1e-12);
  }
}
TEST(VoltageScanner, SwappedTapsShowEachOther) {
  VoltageScanner scanner(without_noise(), kCells, 1);
  scanner.add({ReadingFault::swapped, 3, 0.0, 0.0, 15});
  const auto readings = read(scanner, voltages(), 0.0);
  EXPECT_EQ(readings[3], voltages()[15]);
  EXPECT_EQ(readings[15], voltages()[3]);
}
TEST(VoltageScanner, DisplacedTapShiftsTwoNeighboursOppositeSoThatTheirSumStays) {
  VoltageScanner scanner(without_noise(), kCells, 1);
  scanner.add({ReadingFault::displaced, 3, 0.0, 0.07, 4});
  const auto readings = read(scanner, voltages(), 0.0);
  EXPECT_NEAR(readings[3] - voltages()[3], 0.07, 1e-12);
  EXPECT_NEAR(readings[3] + readings[4], voltages()[3] + voltages()[4], 1e-12);
}
TEST(VoltageScanner, RepairedTapReadsTheTruthAgain) {
  VoltageScanner scanner(without_noise(), kCells, 1);
  scanner.add({.kind = ReadingFault::offset, .cell = 3, .onset = 0.0, .size = 0.05, .until = 100.0});
  EXPECT_NE(read(scanner, voltages(), 99.0), voltages());
  EXPECT_EQ(read(scanner, voltages(), 100.0), voltages());
}
TEST(VoltageScanner, SameSeedSameNoise) {
  VoltageScanner one({}, kCells, 6), same({}, kCells, 6), other({}, kCells, 7);
  EXPECT_EQ(read(one, voltages(), 0.0), read(same, voltages(), 0.0));
  EXPECT_NE(read(one, voltages(), 1.0), read(other, voltages(), 1.0));
}

}  // namespace
}  // namespace castner::cell_bank
