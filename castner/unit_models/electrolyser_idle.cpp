// SPDX-License-Identifier: Apache-2.0
// Equations (I1) to (I8) of docs/models/electrolyser.md:
//  1. No current, no power, no gas: (I1), (I2).
//  2. Brine leaves as depleted brine of the same strength; its acid counts with the water, and after one filling it holds
//     no chlorate, hypochlorous acid or chlorine. Caustic leaves as it came: (I3) to (I5).
//  3. Both leave at one temperature, which the heat balance sets: they meet along the whole membrane: (I6), (I7).
#include "castner/unit_models/electrolyser_idle.h"

#include "castner/props/brine.h"
#include "castner/props/caustic.h"

namespace castner::unit_models {

using namespace plant;
using enum Species;

namespace {

/// The heat that a feed takes up on its way to a temperature. [J/kg]
template <class T>
T warming(const StreamView<T>& feed, const T& temperature) {
  if (feed.contents() == Contents::caustic)
    return props::enth_mass_caustic<T>({temperature, feed.mass_frac(NaOH)}) - feed.enth_mass();
  return (feed.mass_frac(NaCl) + feed.mass_frac(H2O)) * props::enth_mass_brine<T>({temperature, feed.solute_frac()}) -
         feed.enth_mass();
}

}  // namespace

void IdleElectrolyser::name_equations() {
  equations = {{"mass balance", 1.0},
               {"idle: brine passes", 1.0},
               {"idle: unchanged NaCl", 0.1},
               {"idle: unchanged NaOH", 0.1},
               {"idle: no chlorate", 1e-3},
               {"idle: no hypochlorous acid", 1e-3},
               {"idle: no dissolved chlorine", 1e-3},
               {"catholyte at cell temperature", 100.0},
               {"energy balance", 1e6},
               {"idle: no current", variables[current].nominal},
               {"idle: no current density", 5000.0},
               {"idle: no power", variables[dc_power].nominal},
               {"idle: no chlorine", 1.0},
               {"idle: no hydrogen", 1.0}};
}

template <class T>
bool IdleElectrolyser::residual(std::span<const T> x, std::span<T> r) const {
  const StreamView<T> feed(brine, x), lye_in(caustic, x), spent(anolyte, x), lye(catholyte, x);
  const T &cl2 = x[chlorine.flow_mass()], &h2 = x[hydrogen.flow_mass()];
  r[0] = feed.flow_mass() + lye_in.flow_mass() - spent.flow_mass() - lye.flow_mass() - cl2 - h2;
  r[1] = feed.flow_mass() - spent.flow_mass();
  r[2] = feed.mass_frac(NaCl) - spent.mass_frac(NaCl);
  r[3] = lye_in.mass_frac(NaOH) - lye.mass_frac(NaOH);
  r[4] = spent.mass_frac(NaClO3);
  r[5] = spent.mass_frac(HOCl);
  r[6] = spent.mass_frac(Cl2);
  r[7] = lye.temperature() - spent.temperature();
  // Each by its own way out, so that the temperature of a side that stands still enters nothing.
  r[8] = feed.flow_mass() * warming(feed, spent.temperature()) +
         lye_in.flow_mass() * warming(lye_in, lye.temperature()) + x[heat_loss];
  r[9] = x[current];
  r[10] = x[current_density];
  r[11] = x[dc_power];
  r[12] = cl2;
  r[13] = h2;
  return all_finite<T>(r);
}

IdleForm idle_form(IdleElectrolyser idle, std::size_t cell_voltage, std::size_t voltage, double cells, double area) {
  idle.name_equations();
  IdleForm form;
  const double amps = IdleElectrolyser::kLimit * area;
  form.signs = {{{idle.current, amps},
                 {idle.current_density, IdleElectrolyser::kLimit},
                 {idle.dc_power, amps * cells * IdleElectrolyser::kLoaded}}};
  form.potentials = {{cell_voltage, IdleElectrolyser::kLoaded, IdleElectrolyser::kDecayed},
                     {voltage, cells * IdleElectrolyser::kLoaded, cells * IdleElectrolyser::kDecayed}};
  form.feeds = {{idle.brine.flow_mass(), idle.anolyte.flow_mass()},
                {idle.caustic.flow_mass(), idle.catholyte.flow_mass()}};
  form.passes = {{idle.brine.flow_mass(), idle.anolyte.flow_mass()},
                 {idle.caustic.flow_mass(), idle.catholyte.flow_mass()}};
  form.shut = {idle.brine.flow_mass(), idle.caustic.flow_mass()};
  form.heat = 8;
  form.follows = {{2, {idle.anolyte.mass_frac(NaCl)}},
                  {3, {idle.catholyte.mass_frac(NaOH)}},
                  {8, {idle.anolyte.temperature(), idle.catholyte.temperature()}}};
  form.unit = make_unit(std::move(idle));
  return form;
}

}  // namespace castner::unit_models
