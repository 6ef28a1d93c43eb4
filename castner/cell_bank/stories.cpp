// SPDX-License-Identifier: Apache-2.0
// The stories that the public replay suite tells.
// 1. Courses of the load are made of pieces: hold, ramp, stop and start.
// 2. Every story starts from one with drawn biases of the common meters; a function each adds its course, its faults and the truth.
// 3. Sizes, cells and times are drawn within the ranges of faults.h: the seed gives another cell, another hour, another size.
//    Where a cause is to be told, it is large enough for what the analysers show of it, or do not show, to be three times their noise.
// 4. The table at the end names them.
#include <algorithm>
#include <array>
#include <cmath>

#include "castner/cell_bank/story.h"

namespace castner::cell_bank {
namespace {

constexpr double kMinute = 60.0, kHour = 3600.0, kOneDay = 86400.0;  // [s]
constexpr double kPolarised = 20.0;  // [A/m2], within the 10 to 50 of docs/domain/dynamics.md 8.2

/// (1) The load as someone runs it.
class LoadCourse {
 public:
  explicit LoadCourse(double density) : points_{{0.0, density}} {}
  LoadCourse& hold_until(double time) {
    if (time > at()) points_.push_back({time, points_.back().density});
    return *this;
  }
  LoadCourse& hold(double seconds) { return hold_until(at() + seconds); }
  LoadCourse& ramp(double density, double seconds) {
    points_.push_back({at() + seconds, density});
    return *this;
  }
  /// Down within a quarter of an hour, then the rectifier opens.
  LoadCourse& stop(double left) { return ramp(2000.0, 15 * kMinute).hold(kMinute).ramp(left, 1.0); }
  /// From rest to load in an hour and a quarter: polarised, the low currents at which leaks show, then up.
  LoadCourse& start(double load) {
    return ramp(kPolarised, 1.0)
        .hold(12 * kMinute)
        .ramp(100.0, 10.0)
        .hold(3 * kMinute)
        .ramp(300.0, 10.0)
        .hold(3 * kMinute)
        .ramp(1500.0, 10 * kMinute)
        .hold(5 * kMinute)
        .ramp(load, 45 * kMinute);
  }
  double at() const { return points_.back().time; }
  std::vector<LoadPoint> points() const { return points_; }

 private:
  std::vector<LoadPoint> points_;
};

std::vector<LoadPoint> with_cuts(double days, Chance& chance) {
  LoadCourse c(kReferenceDensity);
  while (c.at() < days * kOneDay)
    c.hold((1.0 + 1.5 * chance.uniform()) * kHour)
        .ramp(2600.0 + 1400.0 * chance.uniform(), 6 * kMinute)
        .hold((0.4 + 0.6 * chance.uniform()) * kHour)
        .ramp(kReferenceDensity, 15 * kMinute);
  return c.points();
}
/// Cheap power at night: full from 22 to 6 o'clock, less by day.
std::vector<LoadPoint> day_and_night(double days, Chance& chance) {
  LoadCourse c(5800.0);
  for (int day = 0; day < days; ++day)
    c.hold_until(day * kOneDay + 6 * kHour)
        .ramp(3600.0 + 600.0 * chance.uniform(), 30 * kMinute)
        .hold_until(day * kOneDay + 22 * kHour)
        .ramp(5800.0, 30 * kMinute);
  return c.points();
}
std::vector<LoadPoint> stopped_between(double from, double to, double left) {
  return LoadCourse(kReferenceDensity)
      .hold_until(from - 16 * kMinute)
      .stop(left)
      .hold_until(to)
      .start(kReferenceDensity)
      .hold(2 * kHour)
      .ramp(3500.0, 10 * kMinute)
      .hold(kHour)
      .ramp(kReferenceDensity, 20 * kMinute)
      .points();
}

/// (2) What a story is made of while it is written.
struct Writing {
  StoryScript s;
  Chance chance;
  std::uint64_t seed;

  double between(double low, double high) { return low + (high - low) * chance.uniform(); }
  int some_cell() { return static_cast<int>(between(0.0, s.bank.cells - 1e-9)); }
  void month() { s.duration = 30 * kOneDay, s.step = 60.0; }
  /// In the first half of a story, so that there is something before and after.
  double onset() { return s.duration * between(0.25, 0.45); }
  Truth& sick(Fault f, bool fast) {
    s.faults.push_back(f);
    s.truth.push_back({.cell = f.cell, .cause = f.cause, .onset = std::max(0.0, f.onset), .fast = fast});
    return s.truth.back();
  }
  void wrong(ScannerFault f) {
    s.scanner_faults.push_back(f);
    s.truth.push_back({.cell = f.cell, .reading = f.kind, .with = f.with, .onset = f.onset});
  }
  double sign() { return chance.uniform() < 0.5 ? -1.0 : 1.0; }
};

/// Two cells, not neighbours, whose voltages differ enough for an exchange of their taps to be seen.
std::pair<int, int> unlike_cells(Writing& w) {
  CellBank bank(w.s.bank, w.seed);
  bank.step({.current = kReferenceDensity * w.s.bank.area});
  const auto u = bank.voltages();
  for (double apart = 0.035;; apart *= 0.9)
    for (int trial = 0; trial < 1000; ++trial) {
      const int a = w.some_cell(), b = w.some_cell();
      if (std::abs(a - b) > 1 && std::abs(u[static_cast<std::size_t>(a)] - u[static_cast<std::size_t>(b)]) > apart)
        return {a, b};
    }
}

// (3) The stories, a function each.

void healthy_month(Writing& w) {
  w.month();
  LoadCourse c(kReferenceDensity);
  while (c.at() < w.s.duration) c.hold(w.between(2.0, 5.0) * kOneDay).ramp(w.between(4200.0, 6000.0), 30 * kMinute);
  w.s.load = c.points();
}
void healthy_steady_month(Writing& w) { w.month(); }
void healthy_day_night_month(Writing& w) {
  w.month();
  w.s.load = day_and_night(30, w.chance);
}
void healthy_load_cuts(Writing& w) { w.s.load = with_cuts(1, w.chance); }
void healthy_ramps(Writing& w) {
  LoadCourse c(kReferenceDensity);
  while (c.at() < w.s.duration)
    c.ramp(w.between(2000.0, 6400.0), w.between(3.0, 90.0) * kMinute).hold(w.between(0.0, 20.0) * kMinute);
  w.s.load = c.points();
}
void healthy_start_up(Writing& w) {
  w.s.duration = 12 * kHour;
  w.s.load = LoadCourse(0.0).hold(kHour).start(kReferenceDensity).points();
}
void healthy_start_up_each_second(Writing& w) {
  w.s.duration = 2 * kHour, w.s.step = 1.0;
  w.s.load = LoadCourse(0.0).hold(5 * kMinute).start(kReferenceDensity).points();
}
void healthy_shutdown(Writing& w) {
  w.s.duration = 12 * kHour;
  w.s.load = LoadCourse(kReferenceDensity).hold(6 * kHour).stop(0.0).points();
}
void healthy_stop_polarised(Writing& w) { w.s.load = stopped_between(8 * kHour, 11 * kHour, kPolarised); }
void healthy_stop_and_restart(Writing& w) { w.s.load = stopped_between(8 * kHour, 9 * kHour, 0.0); }
void healthy_calibration(Writing& w) {
  w.month();
  w.s.calibrations = {{w.between(8.0, 12.0) * kOneDay, 1.0, 0.0},
                      {w.between(18.0, 22.0) * kOneDay, 1.0 + 0.008 * w.sign(), 0.0}};
  w.s.load = day_and_night(30, w.chance);
}

/// The ammeter shows some percent more from one row to the next: no cell is ill.
void healthy_ammeter_slips(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  const auto& m = w.s.meters;
  w.s.calibrations = {{w.onset(), m.current.gain + w.sign() * w.between(0.02, 0.04), m.temperature.offset}};
}
void healthy_thermometer_slips(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  const auto& m = w.s.meters;
  w.s.calibrations = {{w.onset(), m.current.gain, m.temperature.offset + w.sign() * w.between(3.0, 6.0)}};
}
/// What moves all cells together is no cell's illness.
void healthy_upsets(Writing& w) {
  w.s.upsets = {{4 * kHour, 6 * kHour, w.between(-5.0, -3.0)},
                {9 * kHour, 11 * kHour, 0.0, w.between(-0.02, -0.01)},
                {14 * kHour, 16 * kHour, 0.0, 0.0, w.between(0.8, 0.9)}};
}
void healthy_gaps(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  for (double hour : {3.0, 9.0, 17.0}) w.s.pauses.push_back({hour * kHour, (hour + w.between(0.1, 3.0)) * kHour});
}

/// The display shows tens of millivolts and no more.
void coarse_healthy(Writing& w) {
  w.month();
  w.s.scanner.resolution = 10e-3;
  w.s.load = day_and_night(30, w.chance);
}
/// One reading in five hundred is off by 0.3 V, and the next is right again.
void wild_readings_healthy(Writing& w) {
  w.s.duration = 7 * kOneDay, w.s.step = 60.0;
  w.s.scanner.wild = 0.002;
  w.s.load = day_and_night(7, w.chance);
}
/// The gateway repeats its last voltages while the current moves.
void scanner_hangs(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  const double from = w.onset();
  w.s.hangs = {{from, from + w.between(3.0, 6.0) * kHour}};
}
/// The ammeter shows nothing while every cell stands at 3 V.
void ammeter_zero(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  const auto& m = w.s.meters;
  const double from = w.onset();
  w.s.calibrations = {{from, 0.0, m.temperature.offset},
                      {from + w.between(3.0, 6.0) * kHour, m.current.gain, m.temperature.offset}};
}
/// A better membrane is put in, and the exchange is written down: nothing can be expected of the cell.
void renewed_in_a_stop(Writing& w) {
  w.s.duration = 2 * kOneDay;
  w.s.load = stopped_between(20 * kHour, 23 * kHour, 0.0);
  w.s.renewals = {{w.some_cell(), w.between(20.5, 22.5) * kHour, w.between(0.75, 0.95)}};
}

void pinhole(Writing& w) {
  const double stop = w.between(13.0, 15.0) * kHour;
  w.s.load = stopped_between(stop, stop + kHour, 0.0);
  w.sick({Illness::pinhole, w.some_cell(), w.between(5.0, 9.0) * kHour, w.between(100.0, 350.0),
          w.between(0.0, 2.0) * kMinute},
         true);
}
void pinhole_at_load(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  w.sick({Illness::pinhole, w.some_cell(), w.onset(), w.between(200.0, 350.0), w.between(0.0, 10.0) * kMinute}, true);
}
void pinhole_from_before(Writing& w) {
  w.s.load = LoadCourse(0.0).hold(kHour).start(kReferenceDensity).points();
  w.sick({Illness::pinhole, w.some_cell(), -1.0, w.between(100.0, 350.0)}, true);
}
void pinhole_grows(Writing& w) {
  w.month();
  w.s.load = day_and_night(30, w.chance);
  w.sick({Illness::pinhole, w.some_cell(), w.onset(), w.between(250.0, 350.0), w.between(8.0, 14.0) * kOneDay}, false);
}
void blister(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  w.sick({Illness::blister, w.some_cell(), w.onset(), w.between(0.2, 0.3), w.between(2.0, 5.0) * kHour, 3}, true);
}
void blister_grows(Writing& w) {
  w.month();
  w.s.load = day_and_night(30, w.chance);
  w.sick({Illness::blister, w.some_cell(), w.onset(), w.between(0.15, 0.3), w.between(6.0, 14.0) * kOneDay}, false);
}
void membrane_fouling(Writing& w) {
  w.month();
  w.s.load = day_and_night(30, w.chance);
  w.sick({Illness::membrane_fouling, w.some_cell(), w.onset(), w.between(0.15, 0.4), w.between(8.0, 15.0) * kOneDay},
         false);
}
/// The salt and the hydrogen of another cell's hole are no sign of the fouled one.
void fouling_beside_a_leak(Writing& w) {
  membrane_fouling(w);
  const int other = (w.s.truth.front().cell + 61) % w.s.bank.cells;
  w.sick({Illness::pinhole, other, w.s.duration * 0.5, w.between(250.0, 350.0), w.between(3.0, 6.0) * kOneDay}, false);
}
void anode_coating(Writing& w) {
  w.month();
  w.s.load = day_and_night(30, w.chance);
  w.sick({Illness::anode_coating, w.some_cell(), w.onset(), w.between(0.1, 0.3), w.between(10.0, 15.0) * kOneDay},
         false);
}
void cathode_coating(Writing& w) {
  w.month();
  w.s.load = day_and_night(30, w.chance);
  w.sick({Illness::cathode_coating, w.some_cell(), w.onset(), w.between(0.08, 0.25), w.between(8.0, 15.0) * kOneDay},
         false);
}
void cathode_after_stop(Writing& w) {
  w.s.load = stopped_between(8 * kHour, 10 * kHour, 0.0);
  w.sick({Illness::cathode_coating, w.some_cell(), 10 * kHour, w.between(0.08, 0.2)}, true);
}
void blocked_feed(Writing& w) {
  w.sick({Illness::blocked_feed, w.some_cell(), w.onset(), w.between(0.45, 0.8), w.between(0.0, 5.0) * kMinute}, true);
}
void dry_out(Writing& w) {
  const double onset = w.between(3.0, 6.0) * kHour;
  w.s.duration = onset + 25 * kMinute;  // someone stops it then
  w.sick({Illness::dry_out, w.some_cell(), onset, w.between(1.0, 1.8)}, true);
}
void short_circuit(Writing& w) {
  w.sick({Illness::short_circuit, w.some_cell(), w.onset(), w.between(1.05, 2.5)}, true);
}
void short_partial(Writing& w) {
  w.sick({Illness::short_circuit, w.some_cell(), w.onset(), w.between(0.3, 0.7)}, true);
}
/// Too many to be a coincidence, and too far down to be anything but shorts.
void five_at_once(Writing& w) {
  const double onset = w.onset();
  const int first = w.some_cell();
  for (int i = 0; i < 5; ++i)
    w.sick({Illness::short_circuit, (first + i * (w.s.bank.cells / 5)) % w.s.bank.cells, onset, w.between(1.3, 1.65)},
           true);
}
void contact_after_stop(Writing& w) {
  w.s.load = stopped_between(8 * kHour, 10 * kHour, kPolarised);
  w.sick({Illness::contact, w.some_cell(), 10 * kHour, w.between(15e-6, 35e-6)}, true);
}
void contact_flickers(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  w.sick({Illness::contact, w.some_cell(), w.onset(), w.between(10e-6, 35e-6), 0.0, 0, w.between(0.3, 0.6)}, true);
}
void three_in_a_month(Writing& w) {
  w.month();
  w.s.load = day_and_night(30, w.chance);
  const int first = w.some_cell();
  const auto other = [&](int further) { return (first + further) % w.s.bank.cells; };
  w.sick({Illness::anode_coating, first, w.onset(), w.between(0.1, 0.3), 14 * kOneDay}, false);
  w.sick({Illness::membrane_fouling, other(41), w.onset(), w.between(0.15, 0.4), 12 * kOneDay}, false);
  w.sick({Illness::contact, other(97), w.onset(), w.between(15e-6, 35e-6)}, true);
  w.wrong({ReadingFault::offset, other(133), w.onset(), w.sign() * w.between(0.1, 0.25)});
}

void reading(Writing& w, ReadingFault kind, double size) {
  w.s.load = with_cuts(1, w.chance);
  w.wrong({kind, w.some_cell(), w.onset(), size});
}
void reading_dead(Writing& w) { reading(w, ReadingFault::dead, 0.0); }
void reading_at_rail(Writing& w) { reading(w, ReadingFault::dead, w.sign() > 0.0 ? 5.0 : 10.0); }
void reading_stuck(Writing& w) { reading(w, ReadingFault::stuck, 0.0); }
void reading_offset(Writing& w) { reading(w, ReadingFault::offset, w.sign() * w.between(0.08, 0.3)); }
void reading_scaled(Writing& w) { reading(w, ReadingFault::scale, w.sign() * w.between(0.03, 0.12)); }
void readings_swapped(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  const auto [a, b] = unlike_cells(w);
  w.wrong({ReadingFault::swapped, a, w.onset(), 0.0, b});
}
void reading_displaced(Writing& w) {
  w.s.load = with_cuts(1, w.chance);
  const int cell = std::min(w.some_cell(), w.s.bank.cells - 2);
  w.wrong({ReadingFault::displaced, cell, w.onset(), w.sign() * w.between(0.03, 0.12), cell + 1});
}

void cell_no_longer_read(Writing& w) {
  reading(w, ReadingFault::dead, std::nan(""));
  w.s.truth.back().unread = true;
}

/// What nobody can tell from what is revealed: no change of load, no gases.
void untold_electrode_step(Writing& w) {
  w.s.analyses = false;
  w.sick({Illness::cathode_coating, w.some_cell(), w.onset(), w.between(0.06, 0.2)}, true).alike = {
      Illness::contact, Illness::blister, Illness::anode_coating};
}
void untold_contact_step(Writing& w) {
  w.s.analyses = false;
  w.sick({Illness::contact, w.some_cell(), w.onset(), w.between(10e-6, 35e-6)}, true).alike = {
      Illness::cathode_coating, Illness::blister, Illness::anode_coating};
}
void untold_fouling(Writing& w) {
  w.month();
  w.s.analyses = false;
  w.sick({Illness::membrane_fouling, w.some_cell(), w.onset(), w.between(0.15, 0.4), w.between(8.0, 15.0) * kOneDay},
         false)
      .alike = {Illness::cathode_coating, Illness::blister, Illness::anode_coating};
}
void untold_electrode_without_gases(Writing& w) {
  w.month();
  w.s.analyses = false;
  w.s.load = day_and_night(30, w.chance);
  w.sick({Illness::cathode_coating, w.some_cell(), w.onset(), w.between(0.08, 0.25), w.between(8.0, 15.0) * kOneDay},
         false)
      .alike = {Illness::anode_coating};
}
void unseen_pinhole(Writing& w) {
  w.s.analyses = false;
  w.sick({Illness::pinhole, w.some_cell(), w.onset(), w.between(5.0, 15.0), kHour}, true).visible = false;
}
void unseen_swap(Writing& w) {
  const int cell = w.some_cell();
  // Two cells that read alike: the nearest in voltage at load.
  CellBank bank(w.s.bank, w.seed);
  bank.step({.current = kReferenceDensity * w.s.bank.area});
  const auto apart = [&](int other) {
    return other == cell ? kForever
                         : std::abs(bank.voltages()[static_cast<std::size_t>(other)] -
                                    bank.voltages()[static_cast<std::size_t>(cell)]);
  };
  int like = cell == 0 ? 1 : 0;
  for (int i = 0; i < w.s.bank.cells; ++i)
    if (apart(i) < apart(like)) like = i;
  w.wrong({ReadingFault::swapped, cell, w.onset(), 0.0, like});
  w.s.truth.back().visible = false;
}

struct Entry {
  std::string_view name;
  void (*write)(Writing&);
};
constexpr std::array kStories = {
    Entry{"healthy_month", healthy_month},
    Entry{"healthy_steady_month", healthy_steady_month},
    Entry{"healthy_day_night_month", healthy_day_night_month},
    Entry{"healthy_load_cuts", healthy_load_cuts},
    Entry{"healthy_ramps", healthy_ramps},
    Entry{"healthy_start_up", healthy_start_up},
    Entry{"healthy_start_up_each_second", healthy_start_up_each_second},
    Entry{"healthy_shutdown", healthy_shutdown},
    Entry{"healthy_stop_polarised", healthy_stop_polarised},
    Entry{"healthy_stop_and_restart", healthy_stop_and_restart},
    Entry{"healthy_calibration", healthy_calibration},
    Entry{"healthy_ammeter_slips", healthy_ammeter_slips},
    Entry{"healthy_thermometer_slips", healthy_thermometer_slips},
    Entry{"healthy_upsets", healthy_upsets},
    Entry{"healthy_gaps", healthy_gaps},
    Entry{"coarse_healthy", coarse_healthy},
    Entry{"wild_readings_healthy", wild_readings_healthy},
    Entry{"scanner_hangs", scanner_hangs},
    Entry{"ammeter_zero", ammeter_zero},
    Entry{"renewed_in_a_stop", renewed_in_a_stop},
    Entry{"pinhole", pinhole},
    Entry{"pinhole_at_load", pinhole_at_load},
    Entry{"pinhole_from_before", pinhole_from_before},
    Entry{"pinhole_grows", pinhole_grows},
    Entry{"blister", blister},
    Entry{"blister_grows", blister_grows},
    Entry{"membrane_fouling", membrane_fouling},
    Entry{"fouling_beside_a_leak", fouling_beside_a_leak},
    Entry{"anode_coating", anode_coating},
    Entry{"cathode_coating", cathode_coating},
    Entry{"cathode_after_stop", cathode_after_stop},
    Entry{"blocked_feed", blocked_feed},
    Entry{"dry_out", dry_out},
    Entry{"short", short_circuit},
    Entry{"short_partial", short_partial},
    Entry{"five_at_once", five_at_once},
    Entry{"contact_after_stop", contact_after_stop},
    Entry{"contact_flickers", contact_flickers},
    Entry{"three_in_a_month", three_in_a_month},
    Entry{"reading_dead", reading_dead},
    Entry{"reading_at_rail", reading_at_rail},
    Entry{"reading_stuck", reading_stuck},
    Entry{"reading_offset", reading_offset},
    Entry{"reading_scaled", reading_scaled},
    Entry{"readings_swapped", readings_swapped},
    Entry{"reading_displaced", reading_displaced},
    Entry{"cell_no_longer_read", cell_no_longer_read},
    Entry{"untold_electrode_step", untold_electrode_step},
    Entry{"untold_contact_step", untold_contact_step},
    Entry{"untold_fouling", untold_fouling},
    Entry{"untold_electrode_without_gases", untold_electrode_without_gases},
    Entry{"unseen_pinhole", unseen_pinhole},
    Entry{"unseen_swap", unseen_swap},
};

}  // namespace

std::span<const std::string_view> story_names() {
  static const auto kNames = [] {
    std::array<std::string_view, kStories.size()> names;
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = kStories[i].name;
    return names;
  }();
  return kNames;
}

std::optional<StoryScript> story_script(std::string_view name, std::uint64_t seed, int cells) {
  const auto found = std::find_if(kStories.begin(), kStories.end(), [&](const Entry& e) { return e.name == name; });
  if (found == kStories.end()) return std::nullopt;
  Writing w{{.name = std::string(name)}, Chance(seed, "plot " + std::string(name)), seed};
  w.s.bank.cells = cells;
  // What no calibration took away.
  w.s.meters.current.gain = 1.0 + 0.005 * w.chance.normal();
  w.s.meters.temperature.offset = 0.8 * w.chance.normal();
  w.s.meters.caustic.offset = 2e-3 * w.chance.normal();
  w.s.meters.brine.gain = 1.0 + 0.01 * w.chance.normal();
  found->write(w);
  return w.s;
}

}  // namespace castner::cell_bank
