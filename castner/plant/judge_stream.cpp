// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/judge_stream.h"

#include <cmath>

#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/chlorine.h"
#include "castner/props/constants.h"
#include "castner/props/water_if97.h"

namespace castner::plant {
namespace {

using enum Species;
using props::Correlation;

/// Thermometers and pressure gauges of a plant do not tell saturation any nearer. [K]
constexpr double kNearSaturation = 0.5;
/// Of a solute of a brine beside its salt. They bring no heat of their own, so beyond it the heat of that brine is a few per cent off: a guess.
constexpr double kMinor = 0.05;

class StreamJudge {
 public:
  StreamJudge(const Port& port, std::span<const double> x, double pressure, std::vector<LimitLeft>& found)
      : port_(port), stream_(port, x), pressure_(pressure), found_(found) {}

  void judge() {
    if (!adds_up()) return;
    switch (port_.contents) {
      case Contents::mass:
      case Contents::hydrogen_chloride: return;
      case Contents::water: return water();
      case Contents::steam: return steam();
      case Contents::wet_steam: return wet_steam();
      case Contents::brine:
      case Contents::acid_brine:
      case Contents::depleted_brine: return brine();
      case Contents::caustic: return caustic();
      case Contents::chlorine_gas:
      case Contents::hydrogen_gas: return gas();
    }
  }

 private:
  /// Fractions of the other species that leave nothing for the last one.
  bool adds_up() {
    const auto& info = contents_info(port_.contents);
    const double rest = stream_.mass_frac(info.rest);
    if (rest >= 0.0) return true;
    const Species first = info.species.front();
    found_.push_back({port_.mass_frac(first), stream_.mass_frac(first) + rest, "",
                      "the fractions of its species then add up to more than 1"});
    return false;
  }
  void leaves(std::size_t variable, double limit, const char* source, const char* why) {
    found_.push_back({variable, limit, source, why});
  }
  void water() {
    const double t = stream_.temperature();
    judge_range(Correlation::water_liquid, {.temperature = t, .pressure = props::pressure_sat_water(t)}, port_, H2O,
                found_);
    boiling("if97");
  }
  void steam() {
    const double t = stream_.temperature(), p = stream_.pressure(), saturated = props::temperature_sat_water(p);
    if (t < saturated - kNearSaturation)
      return leaves(port_.temperature(), saturated, "if97", "saturation at its pressure; steam would condense");
    if (t > saturated) judge_range(Correlation::water_vapour, {.temperature = t, .pressure = p}, port_, H2O, found_);
  }
  void wet_steam() {
    const double p = stream_.pressure(), h = stream_.enth_mass();
    const auto left = props::range_left(Correlation::water_saturation, {.pressure = p});
    if (left) return leaves(port_.pressure(), left->limit, "if97", "where the saturated water is no longer known");
    // From liquid at 0 degC to steam at 800 degC.
    const double least = props::enth_mass_liq_sat_water(273.15),
                 most = props::enth_mass_vap_water<double>({1073.15, p});
    if (h < least) leaves(port_.enth_mass(), least, "if97", "where the liquid water is no longer known");
    if (h > most) leaves(port_.enth_mass(), most, "if97", "where the steam is no longer known");
  }
  void brine() {
    const double t = stream_.temperature(), salt = stream_.solute_frac();
    const auto left = props::range_left(Correlation::brine_enthalpy, {.temperature = t, .mass_frac = salt});
    if (left && left->quantity == props::RangeLeft::Quantity::mass_frac && salt > left->limit) {
      const double with_water = stream_.mass_frac(NaCl) + stream_.mass_frac(H2O);
      return leaves(port_.mass_frac(NaCl), left->limit * with_water, "sparrow-2003",
                    "the solubility of NaCl at its temperature; salt would crystallise");
    }
    judge_range(Correlation::brine_enthalpy, {.temperature = t, .mass_frac = salt}, port_, NaCl, found_);
    for (const Species s : contents_info(port_.contents).species)
      if (s != NaCl && stream_.mass_frac(s) > kMinor)
        leaves(port_.mass_frac(s), kMinor, "", "where its heat, which is not counted, is no longer small (a guess)");
    boiling("silvester-pitzer-1977");
  }
  void caustic() {
    judge_range(Correlation::caustic_enthalpy,
                {.temperature = stream_.temperature(), .mass_frac = stream_.mass_frac(NaOH)}, port_, NaOH, found_);
    boiling("olsson-1997");
  }
  void gas() {
    const double t = stream_.temperature(), p = stream_.pressure(), p_water = stream_.pressure_water();
    judge_range(Correlation::gas_heat_capacity, {.temperature = t}, port_, H2O, found_);
    judge_range(Correlation::ideal_gas, {.temperature = t, .pressure = p}, port_, H2O, found_);
    const double dew = p_water >= props::pressure_sat_water(props::kZeroCelsius) && p_water < 22e6
                           ? props::temperature_sat_water(p_water)
                           : 0.0;
    if (t < dew - kNearSaturation)
      return leaves(port_.temperature(), dew, "if97", "the dew point of its water vapour; water would condense");
    if (port_.contents != Contents::chlorine_gas) return;
    const double boil = props::temperature_sat_chlorine(p * stream_.mole_frac(Cl2));
    if (t < boil - kNearSaturation)
      leaves(port_.temperature(), boil, "dippr-101", "the dew point of its chlorine; chlorine would condense");
  }
  /// A liquid hotter than it can be under the highest pressure around.
  void boiling(const char* source) {
    const double vapour = stream_.pressure_sat_at(stream_.temperature());
    if (!(vapour > pressure_)) return;
    double low = props::kZeroCelsius, high = stream_.temperature();  // the vapour pressure rises with temperature
    if (!(stream_.pressure_sat_at(low) < pressure_)) return;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (stream_.pressure_sat_at(middle) > pressure_ ? high : low) = middle;
    }
    if (stream_.temperature() > high + kNearSaturation)
      leaves(port_.temperature(), high, source, "its boiling point under the highest pressure around; it would boil");
  }

  Port port_;
  StreamView<double> stream_;
  double pressure_;
  std::vector<LimitLeft>& found_;
};

}  // namespace

bool is_liquid(Contents c) {
  const auto& info = contents_info(c);
  return info.temperature && !info.pressure;
}

double pressure_boil(const Port& port, std::span<const double> x) {
  return StreamView<double>(port, x).pressure_sat_at(x[port.temperature()]);
}

void judge_range(props::Correlation c, const props::StatePoint& state, const Port& port, Species solute,
                 std::vector<LimitLeft>& found) {
  using Quantity = props::RangeLeft::Quantity;
  const auto left = props::range_left(c, state);
  if (!left || std::isnan(left->value)) return;
  const auto& info = props::correlation_info(c);
  const std::size_t variable = left->quantity == Quantity::temperature ? port.temperature()
                               : left->quantity == Quantity::pressure  ? port.pressure()
                                                                       : port.mass_frac(solute);
  found.push_back(
      {variable, left->limit, std::string(info.source), "where the " + std::string(info.name) + " is no longer known"});
}

void judge_stream(const Port& port, std::span<const double> x, double pressure, std::vector<LimitLeft>& found) {
  StreamJudge(port, x, pressure, found).judge();
}

}  // namespace castner::plant
