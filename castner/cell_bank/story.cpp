// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_bank/story.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace castner::cell_bank {
namespace {

constexpr double kDay = 86400.0;
constexpr double kStopped = 50.0;           // [A/m2], below which nothing heats
constexpr double kWarmPerDensity = 2.4e-3;  // [K m2/A], docs/domain/dynamics.md 8.1: 84.6 degC at 4, 90.6 at 6.5 kA/m2
constexpr double kStrongPerDensity = 1.3e-6;  // [m2/A], half of 8.1: someone controls it
constexpr double kWarmTime = 700.0, kStrongTime = 780.0, kCoolTime = 8 * 3600.0;  // [s]
constexpr double kColdStart = 343.15;                                             // [K]

double wander(double now, double seconds, double memory, Chance& chance) {
  const double kept = std::exp(-seconds / memory);
  return kept * now + std::sqrt(1.0 - kept * kept) * chance.normal();
}

}  // namespace

Story::Story(StoryScript script, std::uint64_t seed)
    : script_(std::move(script)),
      bank_(script_.bank, seed),
      scanner_(script_.scanner, script_.bank.cells, seed),
      chance_(seed, "story " + script_.name),
      meters_{Meter(script_.meters.current, seed, "current"), Meter(script_.meters.temperature, seed, "temperature"),
              Meter(script_.meters.caustic, seed, "caustic"), Meter(script_.meters.voltage, seed, "voltage")},
      analysers_{Meter(script_.meters.hydrogen, seed, "hydrogen"), Meter(script_.meters.oxygen, seed, "oxygen"),
                 Meter(script_.meters.chloride, seed, "chloride"), Meter(script_.meters.brine, seed, "brine")} {
  for (const Fault& f : script_.faults) {
    bank_.add(f);
    if (std::find(sick_.begin(), sick_.end(), f.cell) == sick_.end()) sick_.push_back(f.cell);
  }
  for (const ScannerFault& f : script_.scanner_faults) scanner_.add(f);
  for (const Pause& h : script_.hangs) scanner_.hang(h.from, h.until);
  for (double* w : {&load_, &temperature_control_, &caustic_control_, &weather_}) *w = chance_.normal();
}

double Story::density(double time) const {
  const auto& load = script_.load;
  const auto after = std::find_if(load.begin(), load.end(), [&](const LoadPoint& p) { return p.time > time; });
  if (after == load.begin()) return load.front().density;
  const LoadPoint& before = *(after - 1);
  if (after == load.end()) return before.density;
  return before.density + (after->density - before.density) * (time - before.time) / (after->time - before.time);
}

/// What the plant does with the electrolyser: current, temperature, strength, the air around.
void Story::conditions(double time, double seconds) {
  load_ = wander(load_, seconds, 600.0, chance_);
  temperature_control_ = wander(temperature_control_, seconds, 3600.0, chance_);
  caustic_control_ = wander(caustic_control_, seconds, 3 * 3600.0, chance_);
  weather_ = wander(weather_, seconds, 2 * kDay, chance_);
  CellBankInputs& in = row_.truth;
  const bool first = rows_ == 0;
  const double asked = density(time);
  // A polarisation rectifier holds its current; the main one wanders.
  const double j = asked > 400.0 ? asked * (1.0 + script_.load_wander * load_) : asked;
  in.time = time;
  in.current = j * script_.bank.area;
  const double day = std::sin(2.0 * std::numbers::pi * (time / kDay - 0.3));
  in.ambient = 293.15 + 6.0 * day + 4.0 * weather_;

  const bool heated = j > kStopped;
  double warm = heated ? kReferenceTemperature + kWarmPerDensity * (j - kReferenceDensity) + 0.4 * day +
                             0.3 * temperature_control_
                       : in.ambient + 20.0;
  double strong =
      kReferenceCaustic + kStrongPerDensity * (std::max(j, 1500.0) - kReferenceDensity) + 1e-3 * caustic_control_;
  double brine = 1.0;
  for (const Upset& u : script_.upsets)
    if (time >= u.from && time < u.until) warm += u.temperature, strong += u.caustic, brine *= u.brine;
  in.brine_flow = brine * usual_brine_flow(script_.bank, in.current);
  const auto follow = [&](double& value, double end, double lag) {
    value = first ? end : end + (value - end) * std::exp(-seconds / lag);
  };
  follow(in.temperature, first && !heated ? kColdStart : warm, heated ? kWarmTime : kCoolTime);
  follow(in.caustic, strong, kStrongTime);
}

void Story::measure(double time) {
  const CellBankInputs& in = row_.truth;
  for (const Calibration& c : script_.calibrations)
    if (time >= c.time && time < c.time + script_.step) {
      meters_[0].calibrate(c.current_gain, 0.0);
      meters_[1].calibrate(1.0, c.temperature_offset);
    }
  row_.current = std::max(0.0, meters_[0].read(in.current, time));
  row_.temperature = meters_[1].read(in.temperature, time);
  row_.caustic = meters_[2].read(in.caustic, time);
  row_.voltage = meters_[3].read(bank_.voltage(), time);
  row_.true_analyses = bank_.analyses();
  std::size_t i = 0;
  for (auto part : {&Analyses::hydrogen_in_chlorine, &Analyses::oxygen_in_chlorine, &Analyses::chloride_in_caustic,
                    &Analyses::brine_flow}) {
    const double read = std::max(0.0, analysers_[i++].read(bank_.analyses().*part, time));
    row_.analyses.*part = script_.analyses ? read : std::nan("");
  }
  row_.cells = scanner_.read(bank_.voltages(), time);
}

const StoryRow* Story::next() {
  while (advance()) {
    const bool told = std::none_of(script_.pauses.begin(), script_.pauses.end(),
                                   [&](const Pause& g) { return row_.time >= g.from && row_.time < g.until; });
    if (told) return &row_;
  }
  return nullptr;
}

bool Story::advance() {
  const double time = static_cast<double>(rows_) * script_.step;
  if (time > script_.duration) return false;
  conditions(time, rows_ == 0 ? 0.0 : script_.step);
  for (const Renewal& r : script_.renewals)
    if (r.time > time - script_.step && r.time <= time) bank_.renew(r.cell, r.membrane);
  bank_.step(row_.truth);
  row_.time = time;
  measure(time);
  row_.true_cells = bank_.voltages();
  row_.true_ohmic = bank_.ohmic();
  row_.true_electrodes = bank_.electrodes();
  row_.effects.clear();
  for (const int cell : sick_) row_.effects.push_back({cell, bank_.excess_voltage(cell)});
  ++rows_;
  return true;
}

}  // namespace castner::cell_bank
