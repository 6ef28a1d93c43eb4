// SPDX-License-Identifier: Apache-2.0
/// Losses that stand clear of their own uncertainty.
#pragma once

#include "castner/assess/money.h"
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// 3 sd, because the best of several peers is picked by its smallest value and a plain 2 sd would accuse the others too often.
constexpr double kClear = 3.0;

inline bool clear(const assess::Amount& x) { return x.value && x.sd && *x.value > kClear * *x.sd && *x.value > 0.0; }

/// A finding about each clear loss of a kind, with its power and its cost.
/// @param complete  adds what the code says beyond that
template <class Complete>
Findings clear_losses(const Subject& s, std::string_view kind, const char* code, Complete complete) {
  Findings all;
  for (const auto& loss : s.assessment.losses) {
    if (loss.kind != kind || !clear(loss.power)) continue;
    Finding f{.code = code, .path = loss.path};
    f.loss = loss.kind;
    f.blanks = {{"unit", loss.path}};
    f.evidence = {{loss.path, loss.power, "power"}};
    f.cost_per_day = assess::per_day(s.plant, loss.cost_per_year);
    complete(f, loss);
    all.push_back(std::move(f));
  }
  return all;
}

/// Adds an indicator to the evidence where it is known.
inline void add_indicator(Finding& f, const assess::Assessment& a, const std::string& path, const char* kind) {
  if (const auto i = a.indicators.find(path); i != a.indicators.end())
    f.evidence.push_back({i->first, i->second, kind});
}

}  // namespace castner::insight
