// SPDX-License-Identifier: Apache-2.0
/// The five sentences a manager needs: is it all right, the energy, the money, the instruments, how sure we are.
#pragma once

#include <string>
#include <vector>

#include "castner/ops/assessment.h"
#include "castner/report/digest.h"
#include "castner/report/finding_text.h"
#include "castner/report/text.h"

namespace castner::report {

enum class Health { ok, look, act, cannot_tell };
const char* health_name(Health);

struct Sentence {
  std::string label;   ///< text code: "label.energy"
  std::string text;
  std::string anchor;  ///< id of the section that has the evidence: "losses"
};

struct Summary {
  Health health = Health::cannot_tell;
  std::vector<Sentence> sentences;  ///< always five
};

Summary summarise(const plant_file::Plant&, const ops::Assessment&, const Digest&, const Words&);

/// "mean of 14 steady windows" or "one snapshot".
std::string when(const Digest&, const Words&);
/// "2026-03-01 08:00 to 2026-03-02 08:00, UTC+08:00", or that the data have no time.
std::string period(const ops::Assessment&, const Digest&, const Words&);
/// A code of what a loss is counted against, or the name of a peer, in words.
std::string reference_words(const Words&, const ops::Loss&);
/// Losses that someone could do something about: against the best peer, against the ideal of the same train.
bool avoidable(const ops::Loss&);
/// Money without its "per": "6,200 ± 300 CNY".
std::string money(const ops::Amount&);

}  // namespace castner::report
