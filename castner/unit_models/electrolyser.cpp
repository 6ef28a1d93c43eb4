// SPDX-License-Identifier: Apache-2.0
// A bipolar membrane electrolyser: cells of equal area in series, seen as one mean cell.
// Equations, symbols and sources: docs/models/electrolyser.md, with the numbers (E1) to (E27) of the comments here.
#include <array>

#include "castner/base/check.h"
#include "castner/numerics/smooth.h"
#include "castner/plant/layout.h"
#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/chlor_alkali_potential.h"
#include "castner/props/constants.h"
#include "castner/props/water_if97.h"
#include "castner/unit_models/electrolyser_parameters.h"
#include "castner/unit_models/overvoltage.h"

namespace castner::unit_models {
namespace {

using namespace plant;
using enum Species;
using props::kFaraday;

// clang-format off
/// The electrolyser's own variables, in order.
enum Own : std::size_t {
  current, current_density, cell_voltage, dc_power,
  reversible_voltage, anode_overvoltage, cathode_overvoltage, membrane_voltage, metal_voltage, wear_voltage,
  current_efficiency, current_efficiency_chlorine, current_efficiency_loss,
  water_transport, water_transport_offset, heat_loss, own_count
};

/// The equations, in order.
enum Row : std::size_t {
  is_current_density, is_cell_voltage, is_dc_power, is_reversible, is_anode, is_cathode, is_membrane, is_metal,
  is_current_efficiency, is_current_efficiency_chlorine, is_water_transport,
  sodium, electrons, oxygen, hypochlorous, chlorate, dissolved_chlorine, anolyte_water, chlorine_humidity,
  hydroxide, hydrogen_made, hydrogen_humidity, total_mass, catholyte_temperature, chlorine_temperature,
  hydrogen_temperature, energy, row_count
};
// clang-format on

/// (row, variable) of the equations that define one variable each.
constexpr std::array<std::pair<Row, Own>, 11> kDefinitions{
    {{is_current_density, current_density},
     {is_reversible, reversible_voltage},
     {is_anode, anode_overvoltage},
     {is_cathode, cathode_overvoltage},
     {is_membrane, membrane_voltage},
     {is_metal, metal_voltage},
     {is_current_efficiency, current_efficiency},
     {is_current_efficiency_chlorine, current_efficiency_chlorine},
     {is_water_transport, water_transport},
     {is_cell_voltage, cell_voltage},
     {is_dc_power, dc_power}}};

struct Electrolyser {
  ElectrolyserParameters p;
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  Port brine, caustic, anolyte, catholyte, chlorine, hydrogen;
  std::size_t own = 0;  ///< where its own variables begin
  int mass_balance = total_mass;

  /// Electrons through all cells at 5 kA/m2, which sizes everything. [mol/s]
  double typical_electrons() const { return 5000.0 * p.cell_area * p.cells / kFaraday; }

  void add_own_variables(Layout& layout);
  void name_equations();

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    const StreamView<T> feed(brine, x), lye_in(caustic, x), spent(anolyte, x), lye(catholyte, x), cl2(chlorine, x),
        h2(hydrogen, x);
    const auto own_variable = [&](Own v) -> const T& { return x[own + v]; };
    const T& temperature = spent.temperature();
    const T& j = own_variable(current_density);
    const T& efficiency = own_variable(current_efficiency);
    const T& t_w = own_variable(water_transport);
    const T electron_flow = own_variable(current) * (p.cells / kFaraday);  // [mol/s]

    // State of the liquors: strengths, activities, pressures of water (E1-E5).
    const T salt = spent.solute_frac();
    const T& strength = x[catholyte.mass_frac(NaOH)];
    const T strength_excess = strength - 0.32;
    const T salt_conc = props::dens_mass_brine<T>({temperature, salt}) * salt;  // [kg/m3]
    const T pressure_water = props::pressure_sat_water(temperature);
    const T activity_anolyte = props::activity_water_brine<T>({temperature, salt});
    const T pressure_anolyte = activity_anolyte * pressure_water;
    const T pressure_catholyte = props::pressure_sat_caustic<T>({temperature, strength});

    // Voltage (E6-E13).
    r[is_current_density] = j - own_variable(current) * (1.0 / p.cell_area);
    r[is_reversible] = own_variable(reversible_voltage) -
                       props::reversible_potential_chlor_alkali<T>(
                           {.temperature = temperature,
                            .log_molal_activity_naoh = props::log_molal_activity_naoh<T>({temperature, strength}),
                            .log_molal_activity_nacl = props::log_molal_activity_nacl<T>({temperature, salt}),
                            .activity_water_catholyte = pressure_catholyte / pressure_water,
                            .activity_water_anolyte = activity_anolyte,
                            .pressure_hydrogen = h2.pressure() - pressure_catholyte,
                            .pressure_chlorine = cl2.pressure() * cl2.mole_frac(Cl2),
                            .water_transport = t_w});
    r[is_anode] = own_variable(anode_overvoltage) - overvoltage(p.anode, j);
    r[is_cathode] = own_variable(cathode_overvoltage) - overvoltage(p.cathode, j);
    const T drying = exp((1.0 / temperature - 1.0 / p.reference_temperature) * p.membrane_temperature_coefficient) *
                     (1.0 + strength_excess * p.membrane_strength_coefficient);
    r[is_membrane] = own_variable(membrane_voltage) - j * (drying * p.membrane_resistance + p.gap_resistance);
    r[is_metal] = own_variable(metal_voltage) - j * p.metal_resistance;
    r[is_cell_voltage] = own_variable(cell_voltage) - own_variable(reversible_voltage) -
                         own_variable(anode_overvoltage) - own_variable(cathode_overvoltage) -
                         own_variable(membrane_voltage) - own_variable(metal_voltage) - own_variable(wear_voltage);
    r[is_dc_power] = own_variable(dc_power) - own_variable(cell_voltage) * own_variable(current) * p.cells;

    // Where the current goes (E14-E20). `back` is the hydroxide that crosses the membrane and no acid meets.
    const T n_acid = feed.flow_mol(HCl), n_o2 = cl2.flow_mol(O2), n_hocl = spent.flow_mol(HOCl);
    const T n_chlorate = spent.flow_mol(NaClO3), n_dissolved = spent.flow_mol(Cl2), n_cl2 = cl2.flow_mol(Cl2);
    const T back = electron_flow * (1.0 - efficiency) - n_acid;
    const T warm = temperature - p.reference_temperature;
    r[is_current_efficiency] = efficiency - 1.0 + own_variable(current_efficiency_loss) + p.loss_by_current / j +
                               strength_excess * strength_excess * p.loss_by_strength +
                               softplus(T(190.0 - salt_conc), 5.0) * p.loss_by_weak_anolyte +
                               warm * warm * p.loss_by_temperature;
    r[is_current_efficiency_chlorine] =
        own_variable(current_efficiency_chlorine) - (n_cl2 + n_dissolved + n_hocl) * 2.0 / electron_flow;
    r[electrons] = electron_flow - n_cl2 * 2.0 - n_o2 * 4.0 - (n_hocl + n_dissolved) * 2.0 - n_chlorate * 6.0;
    r[oxygen] = n_o2 * 4.0 - back * p.oxygen_share;
    r[hypochlorous] = n_hocl - back * p.hypochlorous_share;
    r[chlorate] = n_chlorate * 6.0 - back * p.chlorate_share();
    r[dissolved_chlorine] = n_dissolved - electron_flow * p.dissolved_chlorine;

    // Material (E21-E25): anolyte sodium and water, catholyte hydroxide, hydrogen; the whole.
    r[is_water_transport] = t_w - own_variable(water_transport_offset) - p.water_transport_reference -
                            (203.06 - salt_conc) * p.water_transport_by_anolyte -
                            strength_excess * p.water_transport_by_strength;
    r[sodium] = feed.flow_mol(NaCl) - spent.flow_mol(NaCl) - n_chlorate - electron_flow * efficiency;
    r[anolyte_water] = feed.flow_mol(H2O) - spent.flow_mol(H2O) - cl2.flow_mol(H2O) - electron_flow * efficiency * t_w +
                       n_acid + n_o2 * 2.0 + n_chlorate * 3.0;
    r[hydroxide] = lye_in.flow_mol(NaOH) + electron_flow * efficiency - lye.flow_mol(NaOH);
    r[hydrogen_made] = h2.flow_mol(H2) * 2.0 - electron_flow;
    r[chlorine_humidity] = cl2.pressure_water() - pressure_anolyte;
    r[hydrogen_humidity] = h2.pressure_water() - pressure_catholyte;
    r[total_mass] =
        feed.flow_mass() + lye_in.flow_mass() - spent.flow_mass() - lye.flow_mass() - cl2.flow_mass() - h2.flow_mass();

    // Heat (E26, E27).
    r[catholyte_temperature] = lye.temperature() - temperature;
    r[chlorine_temperature] = cl2.temperature() - temperature;
    r[hydrogen_temperature] = h2.temperature() - temperature;
    r[energy] = feed.enthalpy_flow() + lye_in.enthalpy_flow() + own_variable(dc_power) - spent.enthalpy_flow() -
                lye.enthalpy_flow() - cl2.enthalpy_flow() - h2.enthalpy_flow() - own_variable(heat_loss);
    return all_finite<T>(r);
  }

  void initialise(std::span<double> x) const;
};

void Electrolyser::add_own_variables(Layout& layout) {
  const double amps = 5000.0 * p.cell_area, watts = 3.0 * amps * p.cells;
  own = layout.add({"current", "A", 0.0, kUnbounded, amps, amps});
  layout.add({"current_density", "A/m2", 0.0, kUnbounded, 5000.0, 5000.0});
  layout.add({"cell_voltage", "V", 0.0, 10.0, 3.0, 3.0});
  layout.add({"dc_power", "W", 0.0, kUnbounded, watts, watts});
  layout.add({"reversible_voltage", "V", 0.0, 10.0, 1.0, 2.25});
  layout.add({"anode_overvoltage", "V", 0.0, 10.0, 0.1, 0.07});
  layout.add({"cathode_overvoltage", "V", 0.0, 10.0, 0.1, 0.1});
  layout.add({"membrane_voltage", "V", 0.0, 10.0, 0.1, 0.45});
  layout.add({"metal_voltage", "V", 0.0, 10.0, 0.1, 0.12});
  layout.add({"wear_voltage", "V", -5.0, 5.0, 0.1, 0.0});
  layout.add({"current_efficiency", "1", 0.0, 1.0, 1.0, 0.96});
  layout.add({"current_efficiency_chlorine", "1", 0.0, 1.0, 1.0, 0.975});
  layout.add({"current_efficiency_loss", "1", -1.0, 1.0, 0.01, 0.034});
  layout.add({"water_transport", "1", 0.0, 20.0, 1.0, 4.0});
  layout.add({"water_transport_offset", "1", -10.0, 10.0, 0.1, 0.0});
  layout.add({"heat_loss", "W", -kUnbounded, kUnbounded, 0.01 * watts, 0.0});
  variables = layout.variables;
  check(variables.size() == own + own_count, "one variable for each entry of Own");
}

void Electrolyser::name_equations() {
  const double electron_size = typical_electrons(), minor = 0.01 * electron_size, volt = 0.1;
  const double watts = 3.0 * kFaraday * electron_size;
  equations.resize(row_count);
  const auto name = [&](Row row, const char* text, double size) { equations[row] = {text, size}; };
  name(is_current_density, "current density", 5000.0);
  name(is_cell_voltage, "cell voltage", volt);
  name(is_dc_power, "DC power", watts);
  name(is_reversible, "reversible voltage", volt);
  name(is_anode, "anode overvoltage", volt);
  name(is_cathode, "cathode overvoltage", volt);
  name(is_membrane, "membrane and gap voltage", volt);
  name(is_metal, "metal voltage", volt);
  name(is_current_efficiency, "current efficiency", 0.01);
  name(is_current_efficiency_chlorine, "current efficiency for chlorine", 0.01);
  name(is_water_transport, "water transport", 1.0);
  name(sodium, "sodium balance of the anolyte", electron_size);
  name(electrons, "electron balance of the anode", electron_size);
  name(oxygen, "oxygen formation", minor);
  name(hypochlorous, "hypochlorous acid formation", minor);
  name(chlorate, "chlorate formation", minor);
  name(dissolved_chlorine, "chlorine dissolved", minor);
  name(anolyte_water, "water balance of the anolyte", electron_size);
  name(chlorine_humidity, "humidity of the chlorine", 1e4);
  name(hydroxide, "NaOH balance of the catholyte", electron_size);
  name(hydrogen_made, "hydrogen formation", electron_size);
  name(hydrogen_humidity, "humidity of the hydrogen", 1e4);
  name(total_mass, "mass balance", 0.1 * electron_size);
  name(catholyte_temperature, "catholyte at cell temperature", 100.0);
  name(chlorine_temperature, "chlorine at cell temperature", 100.0);
  name(hydrogen_temperature, "hydrogen at cell temperature", 100.0);
  name(energy, "energy balance", watts);
}

/// The outlets of an ordinary cell (88 degC, current efficiency 0.96, four waters a sodium) from the inlets and the
/// current; then every variable that has a definition from its definition. An inlet too small for the current, such as
/// one not yet known, is given the flow that leaves 18.5 % NaCl, or 32 % NaOH.
void Electrolyser::initialise(std::span<double> x) const {
  const double n = std::max(x[own + current], 1e-3 * 5000.0 * p.cell_area) * p.cells / kFaraday, efficiency = 0.96,
               t_w = 4.0;
  const double water_mass = molar_mass(H2O), temperature = 361.15;
  const StreamView<double> feed(brine, x), lye_in(caustic, x), cl2(chlorine, x), h2(hydrogen, x);

  // Gases: chlorine 0.966/2, oxygen 0.004, water from its vapour pressure.
  const double p_anolyte = props::pressure_sat_brine<double>({temperature, 0.185});
  const double p_catholyte = props::pressure_sat_caustic<double>({temperature, 0.32});
  const double wet_cl2 = (0.483 + 0.004) * n * p_anolyte / std::max(cl2.pressure() - p_anolyte, 1e4);
  const double wet_h2 = 0.5 * n * p_catholyte / std::max(h2.pressure() - p_catholyte, 1e4);
  const double mass_cl2 = 0.483 * n * molar_mass(Cl2) + 0.004 * n * molar_mass(O2) + wet_cl2 * water_mass;
  const double mass_h2 = 0.5 * n * molar_mass(H2) + wet_h2 * water_mass;
  x[chlorine.flow_mass()] = mass_cl2;
  x[chlorine.mass_frac(O2)] = 0.004 * n * molar_mass(O2) / mass_cl2;
  x[chlorine.mass_frac(H2O)] = wet_cl2 * water_mass / mass_cl2;
  x[hydrogen.flow_mass()] = mass_h2;
  x[hydrogen.mass_frac(H2O)] = wet_h2 * water_mass / mass_h2;

  // Brine: what the current takes of salt and water.
  const double salt_used = efficiency * n * molar_mass(NaCl),
               water_used = (efficiency * t_w * n + wet_cl2) * water_mass;
  const double w_feed = std::max(feed.mass_frac(NaCl), 0.2);
  if (feed.flow_mass() * w_feed - salt_used < 0.12 * (feed.flow_mass() - salt_used - water_used))
    x[brine.flow_mass()] = (salt_used - 0.185 * (salt_used + water_used)) / (w_feed - 0.185);
  const double salt = x[brine.flow_mass()] * w_feed - salt_used;
  const double spent = x[brine.flow_mass()] - salt_used - water_used;
  x[anolyte.flow_mass()] = spent;
  x[anolyte.mass_frac(NaCl)] = salt / spent;
  x[anolyte.mass_frac(NaClO3)] = 0.001 * n * molar_mass(NaClO3) / spent;
  x[anolyte.mass_frac(HOCl)] = 0.003 * n * molar_mass(HOCl) / spent;
  x[anolyte.mass_frac(Cl2)] = 0.003 * n * molar_mass(Cl2) / spent;

  // Caustic: what the current brings.
  const double base_made = efficiency * n * molar_mass(NaOH);
  const double water_made = (efficiency * t_w * n - n - wet_h2) * water_mass;
  const double w_lye = lye_in.mass_frac(NaOH);
  const double lye_least = (base_made - 0.4 * (base_made + water_made)) / (0.4 - std::min(w_lye, 0.39));
  if (lye_in.flow_mass() < lye_least)
    x[caustic.flow_mass()] = (base_made - 0.32 * (base_made + water_made)) / (0.32 - std::min(w_lye, 0.31));
  x[catholyte.flow_mass()] = x[caustic.flow_mass()] + base_made + water_made;
  x[catholyte.mass_frac(NaOH)] = (x[caustic.flow_mass()] * w_lye + base_made) / x[catholyte.flow_mass()];
  for (const Port& port : {anolyte, catholyte, chlorine, hydrogen}) x[port.temperature()] = temperature;

  x[own + water_transport] = t_w;
  x[own + current_efficiency] = efficiency;
  std::vector<double> r(row_count);
  for (const auto& [row, variable] : kDefinitions)
    if (residual<double>(x, r)) x[own + variable] -= r[row];
}

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  auto parameters = electrolyser_parameters(spec);
  if (!parameters) return tl::unexpected(parameters.error());
  Layout layout(spec);
  Electrolyser m{.p = *parameters,
                 .brine = layout.port("brine"),
                 .caustic = layout.port("caustic"),
                 .anolyte = layout.port("anolyte"),
                 .catholyte = layout.port("catholyte"),
                 .chlorine = layout.port("chlorine"),
                 .hydrogen = layout.port("hydrogen")};
  m.add_own_variables(layout);
  m.name_equations();
  return make_unit(std::move(m));
}

}  // namespace

ModelInfo electrolyser() {
  return {.name = "electrolyser",
          .about =
              "Bipolar membrane electrolyser: brine, caustic and direct current to chlorine, hydrogen and stronger "
              "caustic.",
          .ports = {{"brine", true, {Contents::acid_brine, Contents::brine}},
                    {"caustic", true, {Contents::caustic}},
                    {"anolyte", false, {Contents::depleted_brine}},
                    {"catholyte", false, {Contents::caustic}},
                    {"chlorine", false, {Contents::chlorine_gas}},
                    {"hydrogen", false, {Contents::hydrogen_gas}}},
          .many = false,
          .parameters = electrolyser_parameter_list(),
          .make = make};
}

}  // namespace castner::unit_models
