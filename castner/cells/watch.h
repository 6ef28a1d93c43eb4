// SPDX-License-Identifier: Apache-2.0
/// Watches the cells of one electrolyser, row by row as a voltage scanner gives them. Knows no clock and no tag.
///
///   CellWatch watch({.cells = 180, .area = 2.7});
///   for (const auto& row : rows) watch.step(row);
///   for (const auto& f : watch.findings()) ...          // told once, at f.detected, from nothing later
///
///  1. A row: current tells whether the electrolyser is at load, at a low current, or at rest.
///  2. At load each cell's deviation from its own line is what remains when the middle cell's deviation is taken off
///     (own_line.h, middle_cell.h): meters, temperatures and strength are common and cancel.
///  3. A deviation that outgrows the scatter of all cells within seconds opens an event; so does one that outgrows their
///     wandering over hours; so do a voltage that no cell can have, one too low at a low current, one that decays too fast.
///  4. From then on the cell's own line is frozen; what it does since gathers in the event, with what the electrolyser's
///     analyses do (event.h).
///  5. The event's signs give causes (causes.h). It is told when they are clear, when it cannot wait, or when waiting
///     would not help.
///  6. Every ten minutes at load the lines learn from the block's means.
///  7. Where every reading repeats itself the scanner hangs, and no row counts until it moves again.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/cells/diagnosis.h"
#include "castner/cells/event.h"
#include "castner/cells/middle_cell.h"
#include "castner/cells/own_line.h"
#include "castner/cells/signals.h"

namespace castner::cells {

/// Hydrogen in an electrolyser's chlorine that counts as high, dry volume fraction: a practice of the trade for an alarm (0.3 to
/// 0.5 %), which nobody here has read in a standard; so it is indicative.
inline constexpr double kHydrogenLimit = 0.005;

struct Settings {
  int cells = 0;
  double area = 1.0;     ///< of one cell's membrane [m2]
  Conditions reference;  ///< at which cells are compared
  MeterSds meters;
};

/// What the instruments of an electrolyser read at one time; NaN where nothing was read.
struct Scan {
  double time = 0.0;                            ///< [s], of any beginning; later than the row before
  double current = 0.0;                         ///< [A]
  double temperature = kNone, caustic = kNone;  ///< of the catholyte [K], mass fraction; the reference's if none
  double voltage = kNone;                       ///< of the whole electrolyser [V]
  double hydrogen = kNone, oxygen = kNone;      ///< in its chlorine, dry volume fractions
  double chloride = kNone;                      ///< in its caustic, mass fraction of NaCl
  double brine_flow = kNone;                    ///< in any unit
  std::span<const double> cells;                ///< voltages [V], as many as there are cells
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
};

enum class Standing { healthy, suspect, sick, unseen };

struct CellAnswer {
  Standing state = Standing::unseen;
  Figure standard_voltage;  ///< at the reference conditions [V]
  Figure u0, k;             ///< [V], [Ohm m2]: standard_voltage = u0 + k j_ref
  Figure excess_power;      ///< mean over the last 24 h energised, above `own_level`'s line or the middle cell's [W]
  bool own_level = false;
  Figure ageing;  ///< of its voltage against the middle cell's, over the last weeks [V/s]
};

class CellWatch {
 public:
  explicit CellWatch(const Settings&);
  ~CellWatch();
  CellWatch(CellWatch&&) noexcept;
  CellWatch& operator=(CellWatch&&) noexcept;

  /// Rows in time; one that is not later than the last is passed over.
  void step(const Scan&);
  /// The cell was renewed: what was known of it is forgotten, an open event of it ends.
  void renew(int cell);

  /// All that it knows, as bytes of this program; and a watch of the same settings that goes on from there. False where the
  /// bytes are of another program or other settings: then nothing changes.
  std::string save() const;
  [[nodiscard]] bool load(std::string_view bytes);
  double time() const;         ///< of the last row [s]; nothing was read: 0
  double row_seconds() const;  ///< from row to row, usually [s]

  int cells() const;
  CellAnswer cell(int) const;
  const std::vector<Diagnosis>& findings() const;
  /// The latest fifty things that befell all cells or many at once, oldest first.
  const std::vector<RoomWide>& room_wide() const;
  const MiddleCell& middle() const;
  /// Hydrogen in chlorine at the present current [1], and the seconds until its flow reaches `limit` at that current.
  Figure hydrogen() const;
  std::optional<Figure> hydrogen_time_to(double limit) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace castner::cells
