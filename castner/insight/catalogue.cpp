// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

#include <algorithm>

/// One line a judgement: NAME is defined in NAME.cpp as `Judgement NAME()`. Findings of equal cost and severity keep this order.
#define CASTNER_JUDGEMENTS(JUDGEMENT) \
  JUDGEMENT(above_best_peer)          \
  JUDGEMENT(steam_excess)             \
  JUDGEMENT(small_readings)           \
  JUDGEMENT(gross_errors)             \
  JUDGEMENT(open_balance)             \
  JUDGEMENT(at_bounds)                \
  JUDGEMENT(unsolved)                 \
  JUDGEMENT(idle_units)               \
  JUDGEMENT(unused_readings)          \
  JUDGEMENT(unchecked_readings)       \
  JUDGEMENT(no_steady_window)         \
  JUDGEMENT(drifting)                 \
  JUDGEMENT(gaps)                     \
  JUDGEMENT(stuck)                    \
  JUDGEMENT(silent)                   \
  JUDGEMENT(unknown_columns)          \
  JUDGEMENT(untold_parameters)        \
  JUDGEMENT(cannot_tell)              \
  JUDGEMENT(told_in_part)             \
  JUDGEMENT(no_load)                  \
  JUDGEMENT(no_price)

namespace castner::insight {

#define CASTNER_DECLARE(NAME) Judgement NAME();
CASTNER_JUDGEMENTS(CASTNER_DECLARE)
#undef CASTNER_DECLARE

std::span<const Judgement> judgements() {
#define CASTNER_CALL(NAME) NAME(),
  static const std::vector<Judgement> all{CASTNER_JUDGEMENTS(CASTNER_CALL)};
#undef CASTNER_CALL
  return all;
}

const Row* row_of(std::string_view code) {
  for (const auto& judgement : judgements())
    for (const auto& row : judgement.rows) {
      const bool family = row.code.ends_with(".*");
      if (family ? code.starts_with(row.code.substr(0, row.code.size() - 1)) : code == row.code) return &row;
    }
  return nullptr;
}

bool is_difference(const Row& row, std::string_view kind) {
  return std::any_of(row.evidence.begin(), row.evidence.end(),
                     [&](const EvidenceKind& k) { return k.name == kind && k.difference; });
}

Wording wording_of(const Row& row, std::string_view name) {
  const Wording& usual = row.words.front();
  const auto it = std::find_if(row.words.begin(), row.words.end(), [&](const Wording& w) { return w.name == name; });
  Wording w = it == row.words.end() ? usual : *it;
  if (w.title.en.empty()) w.title = usual.title;
  if (w.next.en.empty()) w.next = usual.next;
  return w;
}

}  // namespace castner::insight
