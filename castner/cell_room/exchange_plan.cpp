// SPDX-License-Identifier: Apache-2.0
//  1. A cell is a candidate for the part that its cause ruins; a cell without a finding, if it stands more than 30 mV and
//     three scatters above the median of its electrolyser and its resistance is surely why: a membrane.
//  2. A new part saves what the cell draws above its own level; of a cell that never had one, above the best tenth.
//  3. A stop costs the margin of the caustic that is not made in it, at the reference current whatever flows now; where the file gives
//     no margin, nothing.
//  4. Cells of one electrolyser are exchanged in one stop. Its hours are shared by as many cells as pay for themselves with their share;
//     each adds its own hours. What does not pay carries no share of others: its payback is that of one more cell.
//  5. When: what endangers people (a hole, or a membrane that ran dry and may have one) before load is taken again; else a stop of its
//     own where that pays within a year, else the next stop that there is anyway, where that does.
#include "castner/cell_room/exchange_plan.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "castner/cells/robust.h"

namespace castner::cell_room {
namespace {

constexpr double kDay = 86400.0, kYear = 8760 * 3600.0;  // [s]
constexpr double kWorthwhile = 365.0;                    ///< payback up to which an exchange is proposed [d]; a guess
constexpr double kNaohPerCharge = 0.0399971 / 96485.33212 * 0.96;  ///< [kg/C] at a current efficiency of 96 %
constexpr double kNoPrice = std::numeric_limits<double>::quiet_NaN();

std::optional<Part> part_of(cells::Cause c) {
  switch (c) {
    case cells::Cause::pinhole:
    case cells::Cause::blister:
    case cells::Cause::membrane_fouling:
    case cells::Cause::dry_out: return Part::membrane;
    case cells::Cause::anode_coating: return Part::anode_coating;
    case cells::Cause::cathode_coating: return Part::cathode_coating;
    default: return std::nullopt;  // what is blocked, shorted or loose is mended, not exchanged
  }
}

/// (1) for cells that nothing befell while they were watched.
class Outliers {
 public:
  Outliers(const RoomAnswer& a, std::size_t electrolyser) {
    std::vector<double> u, k;
    for (const CellLine& c : a.cells)
      if (c.electrolyser == electrolyser && c.watch.standard_voltage.known())
        u.push_back(c.watch.standard_voltage.value), k.push_back(c.watch.k.value);
    voltage_ = cells::median_in_place<double>(u);
    scatter_ = cells::spread_in_place<double>(u, voltage_);
    k_ = cells::median_in_place<double>(k);
    const cells::Figure& ohmic = a.electrolysers[electrolyser].ohmic;
    if (ohmic.known()) common_ = ohmic.sd / a.reference.current_density;
  }
  std::optional<Part> of(const CellLine& c, double density) const {
    const double above = c.watch.standard_voltage.value - voltage_;
    if (!(above > std::max(30e-3, 3.0 * scatter_))) return std::nullopt;
    // Against the others: what is unknown of all resistances alike does not count.
    const double sd = std::sqrt(std::max(0.0, c.watch.k.sd * c.watch.k.sd - common_ * common_));
    if ((c.watch.k.value - k_ - 2.0 * sd) * density > 0.7 * above) return Part::membrane;
    return std::nullopt;  // which of the two electrodes, a voltage alone does not tell
  }

 private:
  double voltage_ = kNoPrice, scatter_ = 0.0;  ///< [V] median, and spread about it
  double k_ = kNoPrice;                        ///< [Ohm m2] median
  double common_ = 0.0;                        ///< [Ohm m2] sd of all resistances together
};

double price_of(const std::optional<CellEconomics>& e, Part p) {
  if (!e) return kNoPrice;
  const auto& price = p == Part::membrane        ? e->membrane
                      : p == Part::anode_coating ? e->anode_coating
                                                 : e->cathode_coating;
  return price.value_or(kNoPrice);
}

cells::Figure payback(double cost, const cells::Figure& saving_per_day) {
  if (!saving_per_day.known() || !std::isfinite(cost) || saving_per_day.value <= 2.0 * saving_per_day.sd) return {};
  const double days = cost / saving_per_day.value;
  return {days, days * saving_per_day.sd / saving_per_day.value};
}

/// (4) Among how many cells a stop is shared, where each earns so much in the time in which an exchange must pay, beside its part and its
/// own hours [currency]: the most of which none earns less than its share.
std::size_t sharers(std::vector<double> earned, double stop) {
  std::sort(earned.begin(), earned.end(), std::greater<>());
  std::size_t most = 0;
  for (std::size_t n = 1; n <= earned.size(); ++n)
    if (earned[n - 1] >= stop / static_cast<double>(n)) most = n;
  return most;
}

}  // namespace

std::vector<Exchange> plan_exchanges(const CellRoomFile& file, const RoomAnswer& answer) {
  std::vector<Exchange> plan;
  const auto& money = file.economics;
  for (std::size_t e = 0; e < answer.electrolysers.size(); ++e) {
    const Outliers outliers(answer, e);
    const std::size_t first = plan.size();
    for (std::size_t i = 0; i < answer.cells.size(); ++i) {
      const CellLine& c = answer.cells[i];
      if (c.electrolyser != e) continue;
      const cells::Diagnosis* f = c.finding ? &answer.findings[*c.finding].what : nullptr;
      const auto part = f ? part_of(f->cause) : outliers.of(c, answer.reference.current_density);
      if (!part) continue;
      const cells::Figure power = f && c.watch.own_level ? c.watch.excess_power : c.above_best;
      Exchange x{.line = i, .what = *part, .price = price_of(money, *part)};
      if (money && money->electricity && power.known()) {
        const double per_day = *money->electricity * kDay * money->hours_per_year * 3600.0 / kYear;
        x.saving_per_day = {power.value * per_day, power.sd * per_day};
      }
      const bool danger = f && (f->cause == cells::Cause::pinhole || f->cause == cells::Cause::dry_out);
      x.when = danger ? Exchange::When::before_load : Exchange::When::later;
      plan.push_back(x);
    }
    // (3) Without a margin nothing is lost in a stop.
    const auto& entry = file.electrolysers[e];
    const double made = answer.reference.current_density * entry.cell_area * static_cast<double>(entry.cells.size()) *
                        kNaohPerCharge,  // [kg/s]
        margin = money ? money->lost_margin.value_or(0.0) : kNoPrice;
    const double stop = money ? money->stop * made * margin : kNoPrice,
                 each = money ? money->exchange_per_cell * made * margin : kNoPrice;
    std::vector<double> earned;
    for (std::size_t k = first; k < plan.size(); ++k) {
      Exchange& x = plan[k];
      x.payback_in_a_stop = payback(x.price + each, x.saving_per_day);
      if (x.when != Exchange::When::before_load && x.payback_in_a_stop.known())
        earned.push_back(kWorthwhile * x.saving_per_day.value - x.price - each);
    }
    const std::size_t taken = sharers(earned, stop);
    for (std::size_t k = first; k < plan.size(); ++k) {
      Exchange& x = plan[k];
      const bool waits = x.when != Exchange::When::before_load && x.payback_in_a_stop.known();
      const auto pays_among = [&](std::size_t n) {
        x.standstill = stop / static_cast<double>(n) + each;
        x.payback = payback(x.price + x.standstill, x.saving_per_day);
        return x.payback.known() && x.payback.value <= kWorthwhile;
      };
      if (waits && taken > 0 && pays_among(taken)) {
        x.when = Exchange::When::own_stop;
        continue;
      }
      pays_among(taken + 1);
      if (waits && x.payback_in_a_stop.value <= kWorthwhile) x.when = Exchange::When::next_stop;
    }
  }
  std::stable_sort(plan.begin(), plan.end(), [](const Exchange& a, const Exchange& b) {
    const auto key = [](const Exchange& x) {
      return std::pair(x.when == Exchange::When::before_load ? 0 : 1, x.payback.known() ? x.payback.value : 1e300);
    };
    return key(a) < key(b);
  });
  return plan;
}

}  // namespace castner::cell_room
