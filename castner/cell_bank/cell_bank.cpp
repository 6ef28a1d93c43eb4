// SPDX-License-Identifier: Apache-2.0
// The numbers below are guesses of the size of `docs/domain/dynamics.md` 8.1 unless a source stands beside them. The steps themselves are told in
// the header; here they stand in this order:
// 1. the constructor draws every cell, and takes the mean out of what is drawn, so that their mean is the cell of cell_physics.h;
// 2. wander(), follow(), charge(), make_voltage() each advance one thing of one cell, by the exact solution of its linear equation, so that
//    a long step ends where short ones do;
// 3. step() puts them together, over the cells and then over the twins, and analyse() sums up the gases.
#include "castner/cell_bank/cell_bank.h"

#include <algorithm>
#include <cmath>

#include "castner/base/check.h"

namespace castner::cell_bank {
namespace {

constexpr double kYear = 365.25 * 86400.0;              // [s]
constexpr double kWanderStep = 600.0;                   // [s]
constexpr double kWanderMemory = 5.0 * 86400.0;         // [s], of cells
constexpr double kGasMemory = 6.0 * 3600.0;             // [s], of the gases
constexpr std::array kGasSpread = {0.05, 0.02, 0.03};   // hydrogen, oxygen, chloride, relative
constexpr double kStrongerTime = 780.0;                 // [s], of strength, 8.1
constexpr double kSaltTime = 1600.0;                    // [s], of the anolyte, 8.1
constexpr double kDryTime = 180.0;                      // [s]
constexpr double kOvervoltageTime = 3.0;                // [s], of the double layers
constexpr double kFeedSalt = 0.26, kSaltUsed = 0.075;   // mass fraction in, and used at full load
constexpr double kBrinePerCharge = 15.76e-3 / 3600.0;   // [kg/(A s)] of a cell, docs/domain/base_case.md 1.2
constexpr double kLeastBrine = 0.3;                     // of full load's
constexpr double kWarmth = 4.0, kMostWarmth = 20.0;     // [K], of a cell without half its brine; the most
constexpr double kDryness = 1.2;                        // rise of the membrane's resistance without brine
constexpr double kDischarge = 8.0, kCapacity = 6400.0;  // [A/m2], [C/m2]: 800 s
constexpr double kCrossing = 1.5;                  // hydrogen through a sound membrane [A/m2]: 0.03 % at 5 kA/m2, 2.4
constexpr double kPurge = 20.0;                    // air that dilutes the chlorine of a stopped electrolyser [A/m2]
constexpr double kOxygen = 0.0083, kSalt = 30e-6;  // at full load, 1.2 and 2.4

/// Takes the mean out, so that the mean cell is the one of cell_physics.h.
template <class Cells, class Get>
void centre_on_one(Cells& cells, Get get) {
  double sum = 0.0;
  for (auto& c : cells) sum += get(c);
  for (auto& c : cells) get(c) *= static_cast<double>(cells.size()) / sum;
}

/// A step of something that wanders with a memory, sd 1.
double wandered(double now, double kept, Chance& chance) {
  return kept * now + std::sqrt(1.0 - kept * kept) * chance.normal();
}

}  // namespace

double usual_brine_flow(const CellBankSettings& s, double current) {
  return kBrinePerCharge * s.cells * std::max(current, kLeastBrine * kReferenceDensity * s.area);
}

CellBank::CellBank(const CellBankSettings& settings, std::uint64_t seed)
    : settings_(settings), chance_(seed, "cell bank wanders") {
  check(settings.cells > 0, "a bank has cells");
  Chance drawn(seed, "cell bank");
  const auto about_one = [&](double spread) { return 1.0 + spread * drawn.normal(); };
  const auto factor = [&](double spread) { return std::exp(spread * drawn.normal()); };
  for (int i = 0; i < settings.cells; ++i) {
    Cell c{};
    c.original = i;
    c.anode = factor(settings.anode_spread);
    c.cathode = factor(settings.cathode_spread);
    c.membrane = about_one(settings.membrane_spread);
    c.gap = about_one(settings.gap_spread);
    c.metal = about_one(settings.metal_spread);
    c.area = about_one(settings.area_spread);
    c.brine = factor(settings.flow_spread);
    c.lye = factor(0.75 * settings.flow_spread);
    const int from_end = std::min(i, settings.cells - 1 - i);
    c.end = std::exp(-from_end / 1.2);
    c.discharge = kDischarge * factor(0.20);
    c.capacity = kCapacity * factor(0.10);
    c.ageing =
        (settings.ageing_slowest + (settings.ageing_fastest - settings.ageing_slowest) * drawn.uniform()) / kYear;
    c.thermal_time = 700.0 * factor(0.15);
    c.resistance_wander = drawn.normal();
    c.electrode_wander = drawn.normal();
    c.held = 1.0;
    cells_.push_back(c);
  }
  // Of exchange current densities it is the mean logarithm that makes the mean voltage.
  double anode = 0.0, cathode = 0.0;
  for (const Cell& c : cells_)
    anode += std::log(c.anode) / settings.cells, cathode += std::log(c.cathode) / settings.cells;
  for (Cell& c : cells_) c.anode *= std::exp(-anode), c.cathode *= std::exp(-cathode);
  for (auto part : {&Cell::membrane, &Cell::gap, &Cell::metal, &Cell::area, &Cell::brine, &Cell::lye})
    centre_on_one(cells_, [&](Cell& c) -> double& { return c.*part; });
  for (double& g : gases_) g = drawn.normal();
  const auto n = static_cast<std::size_t>(settings.cells);
  twins_.assign(n, -1);
  for (auto* all : {&voltages_, &ohmic_, &electrodes_}) all->assign(n, 0.0);
}

void CellBank::add(const Fault& fault) {
  check(fault.cell >= 0 && fault.cell < settings_.cells, "a fault is of a cell of the bank");
  auto& twin = twins_[static_cast<std::size_t>(fault.cell)];
  if (twin < 0) {
    twin = static_cast<int>(cells_.size());
    cells_.push_back(Cell(cells_[static_cast<std::size_t>(fault.cell)]));
  }
  faults_.push_back(fault);
}

void CellBank::renew(int cell, double membrane) {
  for (Cell& c : cells_)  // its twin too: what is new is no fault
    if (c.original == cell) c.membrane *= membrane;
}

double CellBank::voltage() const {
  double sum = 0.0;
  for (const double u : voltages_) sum += u;
  return sum;
}

double CellBank::excess_voltage(int cell) const {
  const int twin = twins_[static_cast<std::size_t>(cell)];
  return twin < 0 ? 0.0
                  : cells_[static_cast<std::size_t>(cell)].voltage - cells_[static_cast<std::size_t>(twin)].voltage;
}

/// (1) On a grid of time of its own, so that it is the same whatever the steps are.
void CellBank::wander(double time) {
  const double cell_keeps = std::exp(-kWanderStep / kWanderMemory), gas_keeps = std::exp(-kWanderStep / kGasMemory);
  for (const long until = static_cast<long>(std::floor(time / kWanderStep)); wandered_ < until; ++wandered_) {
    for (Cell& c : cells_) {
      const bool is_twin = &c != &cells_[static_cast<std::size_t>(c.original)];
      const Cell& original = cells_[static_cast<std::size_t>(c.original)];
      c.resistance_wander = is_twin ? original.resistance_wander : wandered(c.resistance_wander, cell_keeps, chance_);
      c.electrode_wander = is_twin ? original.electrode_wander : wandered(c.electrode_wander, cell_keeps, chance_);
    }
    for (double& g : gases_) g = wandered(g, gas_keeps, chance_);
  }
}

/// (3) @param density of the mean cell [A/m2]
void CellBank::follow(Cell& c, double density, const Kept& kept, bool first, const CellBankInputs& in) {
  const double load = density / kReferenceDensity;
  const double asked = in.brine_flow.value_or(usual_brine_flow(settings_, in.current)) /
                       usual_brine_flow(settings_, kReferenceDensity * settings_.area);
  const double brine = c.brine * c.condition.feed;  // against the mean cell's
  const double heat = load * std::sqrt(load);
  const double warmer = std::min(kMostWarmth, kWarmth * (1.0 / brine - 1.0)) * heat -
                        settings_.end_cooling * c.end * (in.temperature - in.ambient) / 63.0;
  const double stronger = 0.015 * load * (1.0 / c.lye - 1.0);
  const double salt = std::clamp(kFeedSalt - kSaltUsed * load / (std::max(asked, 1e-4) * brine), 0.10, kFeedSalt);
  const double dry = 1.0 - c.condition.feed;
  if (first) {
    c.warmer = warmer, c.stronger = stronger, c.dry = dry;
    c.state.salt = salt;
  } else {
    const auto approach = [](double& value, double end, double keeps) { value = end + (value - end) * keeps; };
    approach(c.warmer, warmer, c.keep_warm);
    approach(c.stronger, stronger, kept.stronger);
    approach(c.state.salt, salt, kept.salt);
    approach(c.dry, dry, kept.dry);
  }
  c.state.temperature = in.temperature + c.warmer;
  c.state.caustic = in.caustic + c.stronger;
}

/// (4) dheld/dt = (density - eaten held) / capacity, not above 1. @param density of this cell [A/m2]
void CellBank::charge(Cell& c, double density, double seconds, bool first) {
  // A short discharges its cell as it would a battery.
  const double eaten = c.discharge + c.condition.leak + c.condition.shunt * c.voltage;
  const double end = density / eaten;
  if (first)
    c.held = std::min(1.0, end);
  else if (c.held < 1.0 || end < 1.0)
    c.held = std::min(1.0, end + (c.held - end) * std::exp(-eaten / c.capacity * seconds));
}

/// (5) @param density of this cell [A/m2]
void CellBank::make_voltage(Cell& c, double density, double keep_overvoltage, const CellBankInputs& in) {
  const double t = c.state.temperature;
  const double aged = 1.0 + c.ageing * in.time + settings_.resistance_wander * c.resistance_wander;
  const double kinetics = std::exp(settings_.electrode_wander * c.electrode_wander);
  const auto worn = [&](const ElectrodeKinetics& e, double wear) {
    return wear == 0.0 ? 1.0 : std::exp(-wear * e.forward / (kGasOverFaraday * t));
  };
  const double anode = exchange_density(kAnode, t) * c.anode * kinetics * worn(kAnode, c.condition.anode);
  const double cathode = exchange_density(kCathode, t) * c.cathode * kinetics * worn(kCathode, c.condition.cathode);
  const double limiting = limiting_density(c.state.salt);
  const double dry = c.dry > 0.0 ? 1.0 + kDryness * c.dry * std::sqrt(c.dry) : 1.0;
  const double membrane = kMembrane * c.membrane * aged * dry * c.condition.membrane *
                          membrane_factor(t, c.state.caustic) / (1.0 - c.condition.lost_area);
  const double metal = kMetal * c.metal * metal_factor(t) + c.condition.series;
  const double standing =
      kEmptyVoltage +
      (reversible_voltage(c.state, in.pressure.value_or(kReferencePressure)) - kEmptyVoltage) * standing_share(c.held);
  const auto resistance = [&](double j) { return membrane + metal + kGap * c.gap * gap_factor(t, j); };
  const auto overvoltages = [&](double j) {
    return overvoltage(kAnode, anode, j, limiting, t) + overvoltage(kCathode, cathode, j, kForever, t);
  };

  double left = std::max(0.0, density - c.condition.leak * c.held);  // that goes through the membrane
  if (c.condition.shunt > 0.0) {
    // What the metal takes it takes by the cell's voltage: the root of left = density - shunt U(left), which falls in U.
    double low = 0.0, high = left;
    for (int i = 0; i < 40; ++i) {
      const double middle = 0.5 * (low + high);
      const double u = standing + overvoltages(middle) + resistance(middle) * middle;
      (middle > density - c.condition.shunt * u ? high : low) = middle;
    }
    left = low;
  }
  const double over = overvoltages(left);
  c.overvoltage = over + (c.overvoltage - over) * keep_overvoltage;
  c.electrodes = c.overvoltage;
  c.ohmic = resistance(left) * left;
  c.voltage = standing + c.overvoltage + c.ohmic;
  if (c.condition.shunt > 0.0) c.voltage = std::min(c.voltage, density / c.condition.shunt);
}

/// (6) @param density of the mean cell [A/m2]
void CellBank::analyse(double density, const CellBankInputs& in) {
  double hydrogen = 0.0, leak = 0.0, wear = 0.0, lost = 0.0, feed = 0.0, salt = 0.0;
  for (int i = 0; i < settings_.cells; ++i) {
    const Cell& c = cells_[static_cast<std::size_t>(i)];
    const double share = 1.0 / settings_.cells;
    hydrogen += share * kHydrogenPerLeak * c.condition.leak * c.held;
    leak += share * c.condition.leak * c.held;
    wear += share * c.condition.anode;
    lost += share * c.condition.lost_area;
    feed += share * c.brine * c.condition.feed;
    salt += share * c.state.salt;
  }
  const auto varied = [&](std::size_t i) { return 1.0 + kGasSpread[i] * gases_[i]; };
  const double gas = density + kPurge;
  const double h2 = (kCrossing * varied(0) + hydrogen) / gas;
  const double healthy = kOxygen * (0.8 + 0.2 * kReferenceDensity / std::max(density, 500.0)) * varied(1);
  const double of_faults = healthy * kOxygenPerAnodeVolt * wear + kOxygenPerLeak * leak / gas;
  const double o2 = healthy + of_faults;
  analyses_.hydrogen_in_chlorine = h2 / (1.0 + h2 + o2);
  analyses_.oxygen_in_chlorine = o2 / (1.0 + h2 + o2);
  analyses_.oxygen_of_faults = of_faults / (1.0 + h2 + o2);
  analyses_.chloride_in_caustic = kSalt * salt / kReferenceSalt * kReferenceDensity / std::max(density, 300.0) *
                                      varied(2) * (1.0 + kSaltPerLostArea * lost) +
                                  kSaltPerLeak * leak / std::max(density, 300.0);
  analyses_.brine_flow = in.brine_flow.value_or(usual_brine_flow(settings_, in.current)) * feed;
}

void CellBank::step(const CellBankInputs& in) {
  check(!time_ || in.time >= *time_, "time goes on");
  const bool first = !time_;
  const double seconds = first ? 0.0 : in.time - *time_;
  time_ = in.time;
  if (first) wandered_ = static_cast<long>(std::floor(in.time / kWanderStep));
  wander(in.time);
  if (seconds != kept_.seconds) {
    const auto keeps = [&](double memory) { return std::exp(-seconds / memory); };
    kept_ = {seconds, keeps(kStrongerTime), keeps(kSaltTime), keeps(kDryTime), first ? 0.0 : keeps(kOvervoltageTime)};
    for (Cell& c : cells_) c.keep_warm = keeps(c.thermal_time);
  }
  for (const Fault& f : faults_) cells_[static_cast<std::size_t>(f.cell)].condition = {};
  for (const Fault& f : faults_) add_to(cells_[static_cast<std::size_t>(f.cell)].condition, f, in.time);

  const double density = in.current / settings_.area;
  for (Cell& c : cells_) {
    follow(c, density, kept_, first, in);
    charge(c, density / c.area, seconds, first);
    make_voltage(c, density / c.area, kept_.overvoltage, in);
  }
  for (std::size_t i = 0; i < voltages_.size(); ++i) {
    voltages_[i] = cells_[i].voltage;
    ohmic_[i] = cells_[i].ohmic;
    electrodes_[i] = cells_[i].electrodes;
  }
  analyse(density, in);
}

}  // namespace castner::cell_bank
