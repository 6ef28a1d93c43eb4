// SPDX-License-Identifier: Apache-2.0
/// The middle cell of an electrolyser over load: its electrode part, its ohmic part, and its voltage at the reference.
///
/// U - E_rev(T, w) + c_T (T - T_ref) - j [-a_T (T - T_ref) + a_w (w - w_ref)] = A + B g(j) + k j + w(t)    (conditions.h)
/// is linear in A, B, k, a_T and a_w; w(t) wanders within hours (temperatures and strengths that the meters do not see). Data
/// over a narrow range of load cannot tell B from k, so B begins at what electrodes of the trade have, and low currents at a
/// start sharpen it. a_T and a_w begin at what membranes have; load warms cells, so a wrong a_T would pass for k.
#pragma once

#include "castner/cells/conditions.h"
#include "castner/cells/figure.h"
#include "castner/cells/kalman.h"

namespace castner::cells {

/// How wrong the meters of an electrolyser may be all the time: guesses of the trade, not of a plant.
struct MeterSds {
  double current = 0.005;    ///< relative [1]
  double temperature = 0.5;  ///< [K]; of a constant instead of a thermometer 3 K
  double caustic = 0.003;    ///< mass fraction [1]; of a constant 0.005
};

class MiddleCell {
 public:
  MiddleCell(const Conditions& reference, const MeterSds&);

  /// The mean of a block of minutes. @param sd  of the mean [V], without what the meters do all the time
  void measure(double seconds_since_last, const Conditions&, double voltage, double sd);
  bool measured() const { return measured_; }

  Figure standard_voltage() const;                    ///< at the reference conditions [V]
  Figure ohmic() const;                               ///< k [Ohm m2], at reference temperature and strength
  Figure electrode() const;                           ///< A: both overvoltages at the reference current density [V]
  double ohmic_voltage(const Conditions&) const;      ///< what resistance takes [V]
  double electrode_voltage(const Conditions&) const;  ///< what both electrodes take beyond the reversible voltage [V]
  double expected(const Conditions&) const;           ///< voltage [V]; without the wandering

 private:
  Conditions reference_;
  MeterSds meters_;
  using Line = Kalman<6>;
  Line::Vector terms(const Conditions&) const;
  double warmer_electrodes(const Conditions&) const;
  Line line_;  ///< A [V], B [V], k [V m2/kA], a_T [V m2/(kA K)], a_w [V m2/kA], w [V]
  bool measured_ = false;
};

}  // namespace castner::cells
