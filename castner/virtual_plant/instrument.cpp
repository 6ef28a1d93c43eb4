// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/instrument.h"

#include <cmath>

namespace castner::virtual_plant {
namespace {

double resolution_of(const VirtualInstrument::Make& make) {
  if (make.resolution > 0.0) return make.resolution;
  return make.sd > 0.0 ? std::pow(10.0, std::floor(std::log10(make.sd)) - 2.0) : 0.0;
}

/// One step of a wander that keeps its size (1) and forgets within `memory`.
double wander(double now, double seconds, double memory, Chance& chance) {
  const double kept = std::exp(-seconds / memory);
  return kept * now + std::sqrt(1.0 - kept * kept) * chance.normal();
}

}  // namespace

VirtualInstrument::VirtualInstrument(const Make& make, const InstrumentSettings& settings, std::uint64_t seed)
    : settings_(settings), sd_(make.sd), resolution_(resolution_of(make)), chance_(seed, make.tag) {
  bias_ = chance_.normal();
  noise_ = chance_.normal();
  drift_ = chance_.normal();
}

double VirtualInstrument::rounded(double value) const {
  if (resolution_ <= 0.0) return value;
  // Below 1, counts in the inverse of the resolution, an integer: 3.0017, not 3.0017000000000005.
  return resolution_ < 1.0 ? std::round(value * std::round(1.0 / resolution_)) / std::round(1.0 / resolution_)
                           : std::round(value / resolution_) * resolution_;
}

TagValue VirtualInstrument::read(double truth, double time) {
  const double passed = last_time_ ? time - *last_time_ : 0.0;
  noise_ = wander(noise_, passed, settings_.noise_memory, chance_);
  drift_ = wander(drift_, passed, settings_.drift_memory, chance_);
  last_time_ = time;
  TagValue out;
  out.value = truth + sd_ * (settings_.bias * bias_ + settings_.noise * noise_ + settings_.drift * drift_);
  using Kind = InstrumentFault::Kind;
  for (Fault& f : faults_) {
    const dynamics::Spell& spell = f.what.spell;
    const bool on = time >= spell.at && time < spell.until;
    if (f.what.kind == Kind::bias) out.value += f.what.size * spell.share(time);
    if (f.what.kind == Kind::scale) out.value *= 1.0 + f.what.size * spell.share(time);
    if (f.what.kind == Kind::rail && on) out.value = f.what.size;
    if (f.what.kind == Kind::drift && on) out.value += f.what.size * (time - spell.at);
    if (f.what.kind == Kind::bad && on) out.status = readings::StatusCode::bad_sensor_failure;
    if (f.what.kind == Kind::dead && on) out.sent = false;
    if (f.what.kind == Kind::stuck && on) {
      if (!f.caught) f.stuck_at = out.value;
      f.caught = true;
      out.value = f.stuck_at;
    }
  }
  out.value = rounded(out.value);
  return out;
}

}  // namespace castner::virtual_plant
