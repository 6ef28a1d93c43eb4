// SPDX-License-Identifier: Apache-2.0
// A bipolar membrane electrolyser: cells of equal area in series, seen as one mean cell.
// Equations, symbols and sources: docs/models/electrolyser.md, with the numbers (E1) to (E27) that the comments here name.
//
// One evaluation of the residuals:
// 1. evaluate: the streams by name, and what several equations share, such as vapour pressures: (E1) to (E5).
// 2. voltage: the cell voltage is the sum of its parts; total voltage and DC power follow: (E6) to (E13).
// 3. current_use: what share of the electrons makes product, oxygen, hypochlorous acid and chlorate: (E14) to (E20).
// 4. material: sodium and water of the anolyte, hydroxide of the catholyte, gases, the whole: (E21) to (E25).
// 5. heat: one temperature for all that leaves, set by the energy balance: (E26), (E27).
// A solver starts from `initialise`, an ordinary cell at 88 degC. `ElectrolyserAnatomy::of` tells others where the variables stand.
#include "castner/unit_models/electrolyser.h"

#include <array>

#include "castner/base/check.h"
#include "castner/numerics/smooth.h"
#include "castner/plant/judge_stream.h"
#include "castner/plant/layout.h"
#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/chlor_alkali_potential.h"
#include "castner/props/constants.h"
#include "castner/props/water_if97.h"
#include "castner/unit_models/electrolyser_idle.h"
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
  current, current_density, cell_voltage, voltage_total, dc_power,
  reversible_voltage, anode_overvoltage, cathode_overvoltage, membrane_voltage, metal_voltage, wear_voltage,
  current_efficiency, current_efficiency_chlorine, current_efficiency_loss,
  water_transport, water_transport_offset, heat_loss, own_count
};

/// The equations, in order.
enum Row : std::size_t {
  is_current_density, is_cell_voltage, is_voltage_total, is_dc_power, is_reversible, is_anode, is_cathode, is_membrane, is_metal,
  is_current_efficiency, is_current_efficiency_chlorine, is_water_transport,
  sodium, electrons, oxygen, hypochlorous, chlorate, dissolved_chlorine, anolyte_water, chlorine_humidity,
  hydroxide, hydrogen_made, hydrogen_humidity, total_mass, catholyte_temperature, chlorine_temperature,
  hydrogen_temperature, energy, row_count
};
// clang-format on

/// (row, variable) of the equations that define one variable each.
constexpr std::array<std::pair<Row, Own>, 12> kDefinitions{
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
     {is_voltage_total, voltage_total},
     {is_dc_power, dc_power}}};

/// One evaluation: the streams and own variables by name, and quantities that several equations share, computed once.
template <class T>
struct Evaluation {
  StreamView<T> feed, lye_in, spent, lye, cl2, h2;
  std::span<const T> own;
  const T& temperature;
  T electron_flow;       ///< through all cells [mol/s]
  T salt;                ///< NaCl in NaCl + H2O of the anolyte [1]
  T salt_conc;           ///< [kg/m3]
  T strength_excess;     ///< mass fraction NaOH of the catholyte above 0.32
  T pressure_water;      ///< of pure water at cell temperature [Pa]
  T activity_anolyte;    ///< of water
  T pressure_anolyte;    ///< of water above the anolyte [Pa]
  T pressure_catholyte;  ///< likewise
  T lye_made;            ///< caustic leaving, by the balance of mass: a loss of mass is a loss of this [kg/s]
  T n_acid, n_o2, n_hocl, n_chlorate, n_dissolved, n_cl2;  ///< acid fed and what the anode makes [mol/s]
  const T& operator[](Own v) const { return own[v]; }
};

struct Electrolyser {
  ElectrolyserParameters p;
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  Port brine, caustic, anolyte, catholyte, chlorine, hydrogen;
  std::size_t own = 0;  ///< where its own variables begin
  int mass_balance = total_mass;

  void add_own_variables(Layout& layout);
  void name_equations();
  void initialise(std::span<double> x) const;
  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const;
  std::vector<std::vector<std::size_t>> spaces() const {
    return {{brine.flow_mass(), anolyte.flow_mass(), chlorine.flow_mass()},
            {caustic.flow_mass(), catholyte.flow_mass(), hydrogen.flow_mass()}};
  }
  IdleForm idle_form() const {
    return unit_models::idle_form({.variables = variables,
                                   .brine = brine,
                                   .caustic = caustic,
                                   .anolyte = anolyte,
                                   .catholyte = catholyte,
                                   .chlorine = chlorine,
                                   .hydrogen = hydrogen,
                                   .current = own + current,
                                   .current_density = own + current_density,
                                   .dc_power = own + dc_power,
                                   .heat_loss = own + heat_loss},
                                  own + cell_voltage, own + voltage_total, p.cells, p.cell_area);
  }

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    const Evaluation<T> c = evaluate(x);
    voltage(c, r);
    current_use(c, r);
    material(c, r);
    heat(c, r);
    return all_finite<T>(r);
  }

  /// (E1) to (E5)
  template <class T>
  Evaluation<T> evaluate(std::span<const T> x) const {
    const StreamView<T> feed(brine, x), lye_in(caustic, x), spent(anolyte, x), cl2(chlorine, x), h2(hydrogen, x);
    const T& temperature = spent.temperature();
    const T& strength = x[catholyte.mass_frac(NaOH)];
    const T salt = spent.solute_frac(), pressure_water = props::pressure_sat_water(temperature);
    const T activity = props::activity_water_brine<T>({temperature, salt});
    return {.feed = feed,
            .lye_in = lye_in,
            .spent = spent,
            .lye = {catholyte, x},
            .cl2 = cl2,
            .h2 = h2,
            .own = x.subspan(own),
            .temperature = temperature,
            .electron_flow = x[own + current] * (p.cells / kFaraday),
            .salt = salt,
            .salt_conc = props::dens_mass_brine<T>({temperature, salt}) * salt,
            .strength_excess = strength - 0.32,
            .pressure_water = pressure_water,
            .activity_anolyte = activity,
            .pressure_anolyte = activity * pressure_water,
            .pressure_catholyte = props::pressure_sat_caustic<T>({temperature, strength}),
            .lye_made = feed.flow_mass() + lye_in.flow_mass() - spent.flow_mass() - cl2.flow_mass() - h2.flow_mass(),
            .n_acid = feed.flow_mol(HCl),
            .n_o2 = cl2.flow_mol(O2),
            .n_hocl = spent.flow_mol(HOCl),
            .n_chlorate = spent.flow_mol(NaClO3),
            .n_dissolved = spent.flow_mol(Cl2),
            .n_cl2 = cl2.flow_mol(Cl2)};
  }

  /// What the cell voltage is made of: (E6) to (E13)
  template <class T>
  void voltage(const Evaluation<T>& c, std::span<T> r) const {
    const T &temperature = c.temperature, &j = c[current_density], strength = c.lye.mass_frac(NaOH);
    const T reversible = props::reversible_potential_chlor_alkali<T>(
        {.temperature = temperature,
         .log_molal_activity_naoh = props::log_molal_activity_naoh<T>({temperature, strength}),
         .log_molal_activity_nacl = props::log_molal_activity_nacl<T>({temperature, c.salt}),
         .activity_water_catholyte = c.pressure_catholyte / c.pressure_water,
         .activity_water_anolyte = c.activity_anolyte,
         .pressure_hydrogen = c.h2.pressure() - c.pressure_catholyte,
         .pressure_chlorine = c.cl2.pressure() * c.cl2.mole_frac(Cl2),
         .water_transport = c[water_transport]});
    const T drying = exp((1.0 / temperature - 1.0 / p.reference_temperature) * p.membrane_temperature_coefficient) *
                     (1.0 + c.strength_excess * p.membrane_strength_coefficient);
    r[is_current_density] = j - c[current] * (1.0 / p.cell_area);
    r[is_reversible] = c[reversible_voltage] - reversible;
    r[is_anode] = c[anode_overvoltage] - overvoltage(p.anode, j);
    r[is_cathode] = c[cathode_overvoltage] - overvoltage(p.cathode, j);
    r[is_membrane] = c[membrane_voltage] - j * (drying * p.membrane_resistance + p.gap_resistance);
    r[is_metal] = c[metal_voltage] - j * p.metal_resistance;
    r[is_cell_voltage] = c[cell_voltage] - (c[reversible_voltage] + c[anode_overvoltage] + c[cathode_overvoltage] +
                                            c[membrane_voltage] + c[metal_voltage] + c[wear_voltage]);
    r[is_voltage_total] = c[voltage_total] - c[cell_voltage] * p.cells;
    r[is_dc_power] = c[dc_power] - c[voltage_total] * c[current];
  }

  /// Where the current goes: (E14) to (E20)
  template <class T>
  void current_use(const Evaluation<T>& c, std::span<T> r) const {
    const T warm = c.temperature - p.reference_temperature;
    r[is_current_efficiency] =
        c[current_efficiency] - 1.0 + c[current_efficiency_loss] + p.loss_by_current / c[current_density] +
        c.strength_excess * c.strength_excess * p.loss_by_strength +
        softplus(T(190.0 - c.salt_conc), 5.0) * p.loss_by_weak_anolyte + warm * warm * p.loss_by_temperature;
    r[is_current_efficiency_chlorine] =
        c[current_efficiency_chlorine] - (c.n_cl2 + c.n_dissolved + c.n_hocl) * 2.0 / c.electron_flow;
    r[electrons] =
        c.electron_flow - c.n_cl2 * 2.0 - c.n_o2 * 4.0 - (c.n_hocl + c.n_dissolved) * 2.0 - c.n_chlorate * 6.0;
    // Hydroxide that crosses the membrane and meets no acid.
    const T back = c.electron_flow * (1.0 - c[current_efficiency]) - c.n_acid;
    r[oxygen] = c.n_o2 * 4.0 - back * p.oxygen_share;
    r[hypochlorous] = c.n_hocl - back * p.hypochlorous_share;
    r[chlorate] = c.n_chlorate * 6.0 - back * p.chlorate_share();
    r[dissolved_chlorine] = c.n_dissolved - c.electron_flow * p.dissolved_chlorine;
  }

  /// Sodium and water of the anolyte, hydroxide of the catholyte, gases, the whole: (E21) to (E25)
  template <class T>
  void material(const Evaluation<T>& c, std::span<T> r) const {
    const T sodium_carried = c.electron_flow * c[current_efficiency];
    r[is_water_transport] = c[water_transport] - c[water_transport_offset] - p.water_transport_reference -
                            (203.06 - c.salt_conc) * p.water_transport_by_anolyte -
                            c.strength_excess * p.water_transport_by_strength;
    r[sodium] = c.feed.flow_mol(NaCl) - c.spent.flow_mol(NaCl) - c.n_chlorate - sodium_carried;
    r[anolyte_water] = c.feed.flow_mol(H2O) - c.spent.flow_mol(H2O) - c.cl2.flow_mol(H2O) -
                       sodium_carried * c[water_transport] + c.n_acid + c.n_o2 * 2.0 + c.n_chlorate * 3.0;
    r[hydroxide] =
        c.lye_in.flow_mol(NaOH) + sodium_carried - c.lye_made * c.lye.mass_frac(NaOH) * (1.0 / molar_mass(NaOH));
    r[hydrogen_made] = c.h2.flow_mol(H2) * 2.0 - c.electron_flow;
    r[chlorine_humidity] = c.cl2.pressure_water() - c.pressure_anolyte;
    r[hydrogen_humidity] = c.h2.pressure_water() - c.pressure_catholyte;
    r[total_mass] = c.lye_made - c.lye.flow_mass();
  }

  /// All that leaves has one temperature, which the heat balance sets: (E26), (E27)
  template <class T>
  void heat(const Evaluation<T>& c, std::span<T> r) const {
    r[catholyte_temperature] = c.lye.temperature() - c.temperature;
    r[chlorine_temperature] = c.cl2.temperature() - c.temperature;
    r[hydrogen_temperature] = c.h2.temperature() - c.temperature;
    const auto heat_of = [](const StreamView<T>& s) { return s.flow_mass() * s.enth_mass(); };
    r[energy] = heat_of(c.feed) + heat_of(c.lye_in) + c[dc_power] + reaction_heat(c) - heat_of(c.spent) -
                c.lye_made * c.lye.enth_mass() - heat_of(c.cl2) - heat_of(c.h2) - c[heat_loss];
  }

  /// Heats of formation of what is used up less those of what is made [W]: (E27)
  template <class T>
  T reaction_heat(const Evaluation<T>& c) const {
    const auto h = [](Contents contents, Species s) { return enth_mol_formation(contents, s); };
    const T sodium_carried = c.electron_flow * c[current_efficiency];
    return (sodium_carried + c.n_chlorate) * h(Contents::brine, NaCl) + c.n_acid * h(Contents::acid_brine, HCl) +
           (c.electron_flow - c.n_acid - c.n_o2 * 2.0 - c.n_chlorate * 3.0) * h(Contents::water, H2O) -
           sodium_carried * h(Contents::caustic, NaOH) - c.n_chlorate * h(Contents::depleted_brine, NaClO3) -
           c.n_hocl * h(Contents::depleted_brine, HOCl) - c.n_dissolved * h(Contents::depleted_brine, Cl2);
  }
};

void Electrolyser::add_own_variables(Layout& layout) {
  const double amps = 5000.0 * p.cell_area, watts = 3.0 * amps * p.cells;
  own = layout.add({"current", "A", 0.0, kUnbounded, amps, amps});
  layout.add({"current_density", "A/m2", 0.0, kUnbounded, 5000.0, 5000.0});
  layout.add({"cell_voltage", "V", 0.0, 10.0, 3.0, 3.0});
  layout.add({"voltage", "V", 0.0, kUnbounded, 3.0 * p.cells, 3.0 * p.cells});
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
  const double electron_size = 5000.0 * p.cell_area * p.cells / kFaraday;  // [mol/s] at 5 kA/m2
  const double minor = 0.01 * electron_size, volt = 0.1;
  const double watts = 3.0 * kFaraday * electron_size;
  equations.resize(row_count);
  const auto name = [&](Row row, const char* text, double size) { equations[row] = {text, size}; };
  name(is_current_density, "current density", 5000.0);
  name(is_cell_voltage, "cell voltage", volt);
  name(is_voltage_total, "voltage of all cells", 3.0 * p.cells);
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

/// Membranes are changed at 90 to 93 %; a pinhole or a torn one of many costs some percent more. Guesses on the careful side.
constexpr double kLeastEfficiency = 0.8, kAtLoad = 1000.0;  // [1], [A/m2]

/// A voltage that drives no current; currents that hardly make anything; the activities behind the reversible voltage and the vapours, in their ranges. A cell without
/// current has no voltage to be right.
void Electrolyser::judge(std::span<const double> x, std::vector<LimitLeft>& found) const {
  if (!(x[own + current_density] > 1.0)) return;
  const StreamView<double> spent(anolyte, x);
  if (x[own + cell_voltage] < x[own + reversible_voltage])
    found.push_back({own + cell_voltage, x[own + reversible_voltage], "domain-reference",
                     "the reversible voltage, below which no current flows"});
  for (const Own efficiency : {current_efficiency, current_efficiency_chlorine})
    if (x[own + current_density] > kAtLoad && x[own + efficiency] < kLeastEfficiency)
      found.push_back({own + efficiency, kLeastEfficiency, "",
                       "what membranes keep until they are torn, by a guess; a reading is likely wrong"});
  judge_range(props::Correlation::caustic_activity,
              {.temperature = x[catholyte.temperature()], .mass_frac = x[catholyte.mass_frac(NaOH)]}, catholyte, NaOH,
              found);
  judge_range(props::Correlation::brine_activity,
              {.temperature = spent.temperature(), .mass_frac = spent.solute_frac()}, anolyte, NaCl, found);
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

ElectrolyserAnatomy ElectrolyserAnatomy::of(const UnitPlace& unit) {
  const auto at = [&](std::string_view name) { return unit.variable(name); };
  return {.name = unit.name(),
          .cells = unit.constant("cells"),
          .cell_area = unit.constant("cell_area"),
          .current = at("current"),
          .current_density = at("current_density"),
          .voltage = at("voltage"),
          .cell_voltage = at("cell_voltage"),
          .dc_power = at("dc_power"),
          .reversible = at("reversible_voltage"),
          .anode = at("anode_overvoltage"),
          .cathode = at("cathode_overvoltage"),
          .membrane = at("membrane_voltage"),
          .metal = at("metal_voltage"),
          .wear = at("wear_voltage"),
          .current_efficiency = at("current_efficiency"),
          .current_efficiency_chlorine = at("current_efficiency_chlorine"),
          .current_efficiency_loss = at("current_efficiency_loss"),
          .caustic_in = at("caustic.flow_mass"),
          .caustic_in_naoh = at("caustic.mass_frac.NaOH"),
          .caustic_out_naoh = at("catholyte.mass_frac.NaOH"),
          .temperature = at("catholyte.temperature"),
          .brine_in = at("brine.flow_mass"),
          .brine_in_nacl = at("brine.mass_frac.NaCl"),
          .anolyte = at("anolyte.flow_mass"),
          .anolyte_nacl = at("anolyte.mass_frac.NaCl"),
          .anolyte_hocl = at("anolyte.mass_frac.HOCl"),
          .anolyte_cl2 = at("anolyte.mass_frac.Cl2"),
          .chlorine = at("chlorine.flow_mass"),
          .chlorine_o2 = at("chlorine.mass_frac.O2"),
          .chlorine_h2o = at("chlorine.mass_frac.H2O"),
          .hydrogen = at("hydrogen.flow_mass"),
          .sodium_balance = unit.equation("sodium balance of the anolyte"),
          .water_balance = unit.equation("water balance of the anolyte"),
          .base_balance = unit.equation("NaOH balance of the catholyte"),
          .energy_balance = unit.equation("energy balance")};
}

ModelInfo electrolyser() {
  return {.name = ElectrolyserAnatomy::kModel,
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
