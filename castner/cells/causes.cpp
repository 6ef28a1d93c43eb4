// SPDX-License-Identifier: Apache-2.0
// Causes from signs by Bayes' rule with signs that are independent given the cause:
//  1. Each cause is one row: how often it shows each kind of each sign, and what share of its deviation is ohmic.
//  2. A sign that was not seen says nothing. A share that is not known well says little: its sd widens the row's.
//  3. Signs are not quite independent, so their logarithms count for less than their sum.
//  4. The analyses belong to the whole electrolyser. Where another cell leaks they show what that leak does too, all of
//     them together; so a rise of them says less of this cell.
//  5. `unknown` shows every kind alike. It wins where no row fits.
// What rises and falls under each cause is docs/domain/electrolyser.md 2.7 and 2.8; how often is a guess of the trade, the
// same for every plant. No row was fitted to data.
#include "castner/cells/causes.h"

#include <algorithm>
#include <cmath>

namespace castner::cells {
namespace {

using Kinds = std::array<double, 4>;  ///< of a sign; of those it has

struct CauseRow {
  Cause cause;
  double before;           ///< how often, before any sign
  double ohmic, ohmic_sd;  ///< share of the deviation that grows with current
  std::array<Kinds, kSigns> shows;
};

constexpr std::array<int, kSigns> kKindsOf{3, 3, 3, 4, 3, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3};

// clang-format off
// What only raises a voltage never lowers it: 1e-5, lest many other signs that fit outweigh it.
// Causes that come in two ways have two rows: a cathode is spoilt in a stop, by reverse current, or slowly in operation.
constexpr std::array kRows{
// cause, before, ohmic share and its sd
//           direction        size             level            speed                 growth           low current
//           decay       hydrogen    oxygen      chloride    feed        sum         start       flicker     at rest     partner
CauseRow{Cause::pinhole, 0.10, -0.5, 0.8, {
    Kinds{.75,.22,.03}, {.90,.09,.01}, {.03,.96,.01}, {.35,.30,.20,.15},    {.60,.30,.10}, {.72,.18,.09,.01},
         {.85,.15}, {.85,.15}, {.60,.40}, {.70,.30}, {.02,.98}, {.97,.03}, {.25,.75}, {.05,.95}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::blister, 0.10, 1.0, 0.15, {
    Kinds{1e-5,.08,.918}, {.65,.33,.02}, {.01,.98,.01}, {.15,.35,.30,.20},    {.60,.35,.05}, {.005,.025,.95,.02},
         {.05,.95}, {.08,.92}, {.10,.90}, {.75,.25}, {.02,.98}, {.97,.03}, {.20,.80}, {.02,.98}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::membrane_fouling, 0.15, 1.0, 0.15, {
    Kinds{1e-5,.04,.958}, {.75,.24,.01}, {.01,.98,.01}, {.003,.01,.10,.887},  {.15,.70,.15}, {.002,.008,.97,.02},
         {.02,.98}, {.04,.96}, {.10,.90}, {.08,.92}, {.02,.98}, {.97,.03}, {.05,.95}, {.01,.99}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::anode_coating, 0.10, 0.02, 0.12, {
    Kinds{1e-5,.04,.958}, {.65,.33,.02}, {.01,.98,.01}, {.01,.02,.12,.85},    {.15,.45,.40}, {.002,.008,.44,.55},
         {.03,.97}, {.04,.96}, {.60,.40}, {.04,.96}, {.02,.98}, {.97,.03}, {.10,.90}, {.01,.99}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::cathode_coating, 0.06, 0.02, 0.12, {
    Kinds{1e-5,.04,.958}, {.65,.34,.01}, {.01,.98,.01}, {.55,.25,.15,.05},    {.80,.15,.05}, {.002,.008,.44,.55},
         {.03,.97}, {.04,.96}, {.06,.94}, {.04,.96}, {.02,.98}, {.97,.03}, {.95,.05}, {.01,.99}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::cathode_coating, 0.07, 0.02, 0.12, {
    Kinds{1e-5,.04,.958}, {.65,.34,.01}, {.01,.98,.01}, {.01,.02,.12,.85},    {.25,.60,.15}, {.002,.008,.44,.55},
         {.03,.97}, {.04,.96}, {.06,.94}, {.04,.96}, {.02,.98}, {.97,.03}, {.10,.90}, {.01,.99}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::blocked_feed, 0.08, 1.0, 0.35, {
    Kinds{1e-5,.08,.918}, {.60,.38,.02}, {.01,.97,.02}, {.05,.75,.18,.02},    {.50,.40,.10}, {.003,.017,.95,.03},
         {.03,.97}, {.04,.96}, {.10,.90}, {.10,.90}, {.75,.25}, {.97,.03}, {.15,.85}, {.02,.98}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::dry_out, 0.04, 1.0, 0.45, {
    Kinds{1e-5,.01,.988}, {.25,.35,.40}, {.01,.74,.25}, {.08,.88,.03,.01},    {.05,.30,.65}, {.003,.017,.90,.08},
         {.03,.97}, {.10,.90}, {.20,.80}, {.10,.90}, {.55,.45}, {.97,.03}, {.10,.90}, {.03,.97}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::short_circuit, 0.05, 0.2, 0.7, {
    Kinds{.98,.01,.01}, {.02,.18,.80}, {.70,.29,.01}, {.90,.08,.01,.01},    {.85,.12,.03}, {.80,.10,.09,.01},
         {.90,.10}, {.25,.75}, {.25,.75}, {.15,.85}, {.02,.98}, {.97,.03}, {.10,.90}, {.15,.85}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::contact, 0.10, 1.0, 0.10, {
    Kinds{1e-5,.03,.968}, {.70,.28,.02}, {.01,.98,.01}, {.90,.07,.02,.01},    {.90,.08,.02}, {.002,.008,.97,.02},
         {.02,.98}, {.03,.97}, {.03,.97}, {.03,.97}, {.02,.98}, {.97,.03}, {.55,.45}, {.35,.65}, {.98,.02}, {.97,.02,.01}}},
CauseRow{Cause::offset, 0.08, 0.0, 0.03, {
    Kinds{.48,.04,.48}, {.40,.40,.20}, {.04,.92,.04}, {.95,.03,.01,.01},    {.96,.03,.01}, {.04,.41,.10,.45},
         {.10,.90}, {.03,.97}, {.03,.97}, {.03,.97}, {.02,.98}, {.02,.98}, {.10,.90}, {.04,.96}, {.05,.95}, {.70,.29,.01}}},
CauseRow{Cause::scale, 0.05, 0.18, 0.03, {
    Kinds{.48,.04,.48}, {.40,.40,.20}, {.04,.92,.04}, {.95,.03,.01,.01},    {.96,.03,.01}, {.01,.44,.10,.45},
         {.10,.90}, {.03,.97}, {.03,.97}, {.03,.97}, {.02,.98}, {.02,.98}, {.10,.90}, {.02,.98}, {.95,.05}, {.98,.01,.01}}},
CauseRow{Cause::swapped, 0.03, 0.4, 1.0, {
    Kinds{.40,.20,.40}, {.80,.19,.01}, {.01,.98,.01}, {.96,.02,.01,.01},    {.97,.02,.01}, {.005,.145,.70,.15},
         {.10,.90}, {.03,.97}, {.03,.97}, {.03,.97}, {.02,.98}, {.02,.98}, {.30,.70}, {.01,.99}, {.95,.05}, {.01,.01,.98}}},
};
// clang-format on
static_assert(kRows[0].cause == Cause::pinhole);

constexpr double kUnknownBefore = 0.02;
constexpr double kIndependence = 0.85;                ///< how much the logarithms of signs count; a guess
constexpr double kAnyShare = 0.5, kAnyShareSd = 1.0;  ///< the ohmic share under `unknown`

double normal_density(double x, double mean, double sd) {
  const double z = (x - mean) / sd;
  return std::exp(-0.5 * z * z) / sd;
}

/// Of the ohmic share under a row against under `unknown`.
double share_ratio(const Figure& share, double mean, double sd) {
  if (!share.known()) return 1.0;
  // A tail as thick as one in a hundred: a share from few load points may be far off.
  const double here = normal_density(share.value, mean, std::hypot(sd, share.sd)),
               anywhere = normal_density(share.value, kAnyShare, std::hypot(kAnyShareSd, share.sd));
  return 0.98 * here / anywhere + 0.02;
}

bool of_whole_electrolyser(std::size_t sign) {
  const auto s = static_cast<Sign>(sign);
  return s == Sign::hydrogen || s == Sign::oxygen || s == Sign::chloride;
}

double log_likelihood(const CauseRow& row, const Signs& signs, double elsewhere) {
  double sum = std::log(share_ratio(signs.ohmic_share, row.ohmic, row.ohmic_sd));
  double alone = 1.0, beside_a_leak = 1.0;  // of the analyses together
  for (std::size_t s = 0; s < kSigns; ++s) {
    if (!signs.kind[s]) continue;
    const double here = row.shows[s][static_cast<std::size_t>(*signs.kind[s])];
    if (!of_whole_electrolyser(s)) {
      sum += std::log(here * kKindsOf[s]);
      continue;
    }
    const double neither = row.shows[s][1] * kRows[0].shows[s][1];  // the first row is a pinhole's
    alone *= here * kKindsOf[s];
    beside_a_leak *= (*signs.kind[s] == 1 ? neither : 1.0 - neither) * kKindsOf[s];
  }
  return kIndependence * (sum + std::log((1.0 - elsewhere) * alone + elsewhere * beside_a_leak));
}

/// The row of a cause that the signs fit best.
const CauseRow* row_of(Cause c, const Signs& signs) {
  const CauseRow* best = nullptr;
  double most = 0.0;
  for (const CauseRow& row : kRows) {
    if (row.cause != c) continue;
    const double fits = row.before * std::exp(log_likelihood(row, signs, 0.0));
    if (!best || fits > most) best = &row, most = fits;
  }
  return best;
}

}  // namespace

std::array<double, kCauses> probabilities(const Signs& signs, double elsewhere) {
  std::array<double, kCauses> p{};
  double sum = p[static_cast<std::size_t>(Cause::unknown)] = kUnknownBefore;
  for (const CauseRow& row : kRows) {
    const double fits = row.before * std::exp(log_likelihood(row, signs, elsewhere));
    p[static_cast<std::size_t>(row.cause)] += fits;
    sum += fits;
  }
  for (double& x : p) x /= sum;
  return p;
}

std::optional<Sign> telling_sign(const Signs& signs, Cause one, Cause other) {
  const CauseRow *a = row_of(one, signs), *b = row_of(other, signs);
  if (!a || !b) return std::nullopt;
  std::optional<Sign> best;
  double best_distance = 0.4;  // below that a test would seldom decide
  for (std::size_t s = 0; s < kSigns; ++s) {
    if (signs.kind[s]) continue;
    double distance = 0.0;
    for (int k = 0; k < kKindsOf[s]; ++k)
      distance += 0.5 * std::abs(a->shows[s][static_cast<std::size_t>(k)] - b->shows[s][static_cast<std::size_t>(k)]);
    if (distance > best_distance) best = static_cast<Sign>(s), best_distance = distance;
  }
  return best;
}

bool load_would_tell(const Signs& signs, Cause one, Cause other) {
  const CauseRow *a = row_of(one, signs), *b = row_of(other, signs);
  if (!a || !b) return false;
  const double apart = std::abs(a->ohmic - b->ohmic);
  return apart > 1.5 * std::hypot(a->ohmic_sd, b->ohmic_sd) &&
         (!signs.ohmic_share.known() || signs.ohmic_share.sd > 0.5 * apart);
}

}  // namespace castner::cells
