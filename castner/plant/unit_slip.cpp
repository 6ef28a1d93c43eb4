// SPDX-License-Identifier: Apache-2.0
// Which slip of units explains a reading:
//  1. kRatios has pairs of units that are taken for each other, by dimension: a number of the smaller one read as one of the larger comes
//     out too large by `ratio`, and the other way round too small.
//  2. Temperatures and gauge pressures differ by what they count from: read_as_another gives what the truth would read as.
//  3. A slip is told only where the truth is known well enough to tell it from any other fault: to kSharp of the ratio, and within 2 sd.
//     Pairs as near as atm and bar are no slip here: a meter may well be 2 % wrong.
//  4. A flow of moist gas is larger than that of its dry part by 1 / (1 - vapour): which of them a meter shows is asked where that is
//     how far it is off.
#include "castner/plant/unit_slip.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "castner/base/suggest.h"

namespace castner::plant {
namespace {

constexpr double kSharp =
    0.05;  // of the ratio, one sd; a guess: 60 is then told from 24, and both from a fault by chance
constexpr double kNoise = 2.0;   // sd
constexpr double kAlike = 1e-9;  // ratios that differ by less are the same

struct Ratio {
  std::string_view of;  ///< a unit of the dimension
  double ratio;
  std::string_view smaller, larger;  ///< as the sentence says them
};
constexpr double kPound = 0.45359237, kGallon = 3.785411784, kFoot3 = 28.316846592, kPsi = 6.894757293;
constexpr auto kRatios = std::to_array<Ratio>({
    {"m3/s", 60, "a value per h", "one per min"},
    {"m3/s", 60, "a value per min", "one per s"},
    {"m3/s", 3600, "a value per h", "one per s"},
    {"m3/s", 24, "a value per d", "one per h"},
    {"m3/s", 1000, "L", "m3"},
    {"m3/s", kGallon, "L", "US gal"},
    {"m3/s", 1000 / kGallon, "US gal", "m3"},
    {"m3/s", 60 * kGallon / 1000, "m3/h", "US gal/min"},
    {"m3/s", 1000 / (60 * kGallon / 1000), "US gal/min", "1000 m3/h"},
    {"m3/s", 1000 / kFoot3, "ft3", "m3"},
    {"kg/s", 60, "a value per h", "one per min"},
    {"kg/s", 60, "a value per min", "one per s"},
    {"kg/s", 3600, "a value per h", "one per s"},
    {"kg/s", 24, "a value per d", "one per h"},
    {"kg/s", 1000, "kg", "t"},
    {"kg/s", 1 / kPound, "lb", "kg"},
    {"mol/s", 60, "a value per h", "one per min"},
    {"mol/s", 3600, "a value per h", "one per s"},
    {"mol/s", 24, "a value per d", "one per h"},
    {"mol/s", 1000, "mol", "kmol"},
    {"Pa", 10, "bar", "MPa"},
    {"Pa", 100, "kPa", "bar"},
    {"Pa", 1000, "kPa", "MPa"},
    {"Pa", 1000, "Pa", "kPa"},
    {"Pa", 1000, "mbar", "bar"},
    {"Pa", 10, "mbar", "kPa"},
    {"Pa", 1e5, "Pa", "bar"},
    {"Pa", 1e6, "Pa", "MPa"},
    {"Pa", 98.0665, "kPa", "kgf/cm2"},
    {"Pa", 9.80665, "Pa", "mmH2O"},
    {"Pa", 9.80665, "kPa", "mH2O"},
    {"Pa", kPsi, "kPa", "psi"},
    {"Pa", 100 / kPsi, "psi", "bar"},
    {"Pa", 101.325, "kPa", "atm"},
    {"Pa", 760 / 101.325, "mmHg", "kPa"},
    {"A", 1000, "A", "kA"},
    {"V", 1000, "mV", "V"},
    {"W", 1000, "kW", "MW"},
    {"W", 1e6, "W", "MW"},
    {"W", 3.6, "MJ/h", "kW"},
    {"W", 4.184, "kJ", "kcal"},
    {"kg/m3", 1000, "g/L", "kg/L"},
    {"1", 100, "%", "a fraction"},
    {"1", 1e4, "ppm", "%"},
    {"1", 1e6, "ppm", "a fraction"},
});

constexpr double kVapour = 0.03;  // of the vapour, one sd: 0.7 K, or 3 kPa over it
constexpr std::string_view kMoist = ".flow_vol_normal", kDry = ".flow_vol_normal_dry";

std::string short_number(double v) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", v);
  return text;
}

std::string amount_of(double si, const Measure& unit) {
  return short_number(unit.from_si(si)) + (unit.text == "1" ? "" : " " + unit.text);
}

std::string taken_for(std::string_view what, std::string_view as) {
  return std::string(what) + " were read as " + std::string(as);
}

std::string reads_and_is(const Measurement& m, Uncertain reading, Uncertain truth) {
  return "measurement " + in_quotes(m.tag) + " reads " + amount_of(reading.value, m.unit) +
         ", where the balances have " + amount_of(truth.value, m.unit);
}

/// The nearest; of several pairs that are as far from each other, the one with the unit of the plant file.
std::string ratio_slip(const Measure& unit, Uncertain reading, Uncertain truth) {
  if (reading.value == 0.0 || truth.value == 0.0) return {};
  const double ratio = reading.value / truth.value;
  const double relative = std::hypot(reading.sd / reading.value, truth.sd / truth.value);
  if (!(ratio > 0.0) || !(relative < kSharp)) return {};
  std::string best;
  double least = kNoise * relative;
  for (const Ratio& r : kRatios) {
    if (!(parse_unit(r.of)->dimension == unit.dimension)) continue;
    const bool own = unit.text.starts_with(r.smaller) || unit.text.starts_with(r.larger);
    for (const bool larger : {true, false}) {
      const double off = std::abs(ratio / (larger ? r.ratio : 1.0 / r.ratio) - 1.0) - (own ? kAlike : 0.0);
      if (!(off < least)) continue;
      least = off;
      best = larger ? taken_for(r.smaller, r.larger) : taken_for(r.larger, r.smaller);
    }
  }
  return best;
}

std::string origin_slip(const Plant& plant, const Dimension& dimension, Uncertain reading, Uncertain truth) {
  constexpr double kZero = 273.15;
  static const Dimension kTemperature = parse_unit("K")->dimension, kPressure = parse_unit("Pa")->dimension;
  const double sd = std::hypot(reading.sd, truth.sd);
  const auto meets = [&](double as, double apart) {
    return sd < kSharp * apart && std::abs(truth.value - as) > 0.5 * apart &&
           std::abs(reading.value - as) < kNoise * sd;
  };
  if (dimension == kTemperature) {
    constexpr double kApart = 60.0;  // K: 1.8 t + 32 is 60 K more than t at 35 degC, and instruments are not that wrong
    const double celsius = truth.value - kZero, fahrenheit = 1.8 * celsius + 32.0;
    if (meets(truth.value + kZero, kApart)) return taken_for("K", "degC");
    if (meets(celsius, kApart)) return taken_for("degC", "K");
    if (meets(fahrenheit + kZero, kApart)) return taken_for("degF", "degC");
    if (meets(fahrenheit, kApart)) return taken_for("degF", "K");
    if (meets((celsius - 32.0) / 1.8 + kZero, kApart)) return taken_for("degC", "degF");
  }
  if (dimension == kPressure) {
    const double atmosphere = plant.atmosphere;
    if (meets(truth.value + atmosphere, atmosphere)) return taken_for("an absolute pressure", "a gauge pressure");
    if (meets(truth.value - atmosphere, atmosphere)) return taken_for("a gauge pressure", "an absolute pressure");
  }
  return {};
}

}  // namespace

std::string unit_slip(const Plant& plant, const Measurement& m, Uncertain reading, Uncertain truth) {
  if (plant.as_published) return {};
  const Dimension& dimension = m.unit.dimension;
  std::string slip = origin_slip(plant, dimension, reading, truth);
  // What a gauge shows is not in proportion to the absolute pressure.
  const bool gauge = m.unit.offset != 0.0 && parse_unit("Pa")->dimension == dimension;
  const double from = gauge ? m.unit.offset : 0.0;
  if (slip.empty() && !(dimension == parse_unit("K")->dimension))
    slip = ratio_slip(m.unit, {reading.value - from, reading.sd}, {truth.value - from, truth.sd});
  if (slip.empty()) return {};
  return reads_and_is(m, reading, truth) + ", as if " + slip + "; is its unit right?";
}

std::string gauge_slip(const Measurement& m, double reading) {
  return "measurement " + in_quotes(m.tag) + " reads " + amount_of(reading, m.unit) +
         ", and the balances close only if that is a gauge pressure; is its unit right?";
}

std::string with_or_without_vapour(const std::string& path) {
  if (path.ends_with(kDry)) return path.substr(0, path.size() - kDry.size()) + std::string(kMoist);
  return path.ends_with(kMoist) ? path.substr(0, path.size() - kMoist.size()) + std::string(kDry) : "";
}

std::string vapour_slip(const Measurement& m, Uncertain reading, Uncertain truth, double vapour) {
  const std::string instead = with_or_without_vapour(m.of);
  if (instead.empty() || !(vapour > 0.0 && vapour < 1.0) || !(reading.value > 0.0) || !(truth.value > 0.0)) return {};
  const bool dry = instead.ends_with(kDry);  // it would be
  const double expected = dry ? 1.0 - vapour : 1.0 / (1.0 - vapour);
  const double sd = std::hypot(reading.sd / reading.value, truth.sd / truth.value, kVapour * vapour / (1.0 - vapour));
  if (!(std::abs(reading.value / truth.value / expected - 1.0) < kNoise * sd)) return {};
  if (!(2.0 * kNoise * sd < std::abs(std::log(expected)))) return {};
  const std::string share = short_number(100.0 * vapour) + " % of the moist gas; write of = " + in_quotes(instead);
  return reads_and_is(m, reading, truth) + (dry ? ", as if it left out the water vapour, " + share + " for dry gas"
                                                : ", as if it counted the water vapour, " + share + " for moist gas");
}

}  // namespace castner::plant
