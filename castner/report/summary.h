// SPDX-License-Identifier: Apache-2.0
/// The five sentences a manager needs: is it all right, the energy, the money, the instruments, how sure we are.
#pragma once

#include <string>
#include <vector>

#include "castner/insight/finding.h"
#include "castner/report/digest.h"
#include "castner/report/finding_text.h"
#include "castner/words/text.h"

namespace castner::report {

enum class PlantHealth { ok, look, act, cannot_tell };
const char* health_name(PlantHealth);

struct SummarySentence {
  std::string label;  ///< text code: "label.energy"
  std::string text;
  std::string anchor;  ///< id of the section that has the evidence: "losses"
};

struct PlantSummary {
  PlantHealth health = PlantHealth::cannot_tell;
  std::vector<SummarySentence> sentences;  ///< always five
};

PlantSummary summarise(const plant::Plant&, const insight::Judged&, const Digest&, const words::Words&);

/// "mean of 14 steady windows" or "one snapshot".
std::string when(const Digest&, const words::Words&);
/// Which windows the means of a plant are over, some of which stood still: sentences; none where all of it ran in all of them.
std::vector<std::string> what_means_cover(const plant::Plant&, const insight::Judged&, const Digest&,
                                          const words::Words&);
/// "2026-03-01 08:00 to 2026-03-02 08:00, UTC+08:00", or that the data have no time.
std::string period(const insight::Judged&, const Digest&, const words::Words&);
/// "CSV, UTF-8, delimiter comma, decimal point, one column a tag": what the reader took the data file to be.
std::string taken_as(const insight::Judged&, const words::Words&);
/// The time zone whose midnight windows count from; empty where there is no time.
std::string clock_of(const insight::Judged&);
/// A code of what a loss is counted against, or the name of a peer, in words.
std::string reference_words(const words::Words&, const assess::Loss&);
/// The verdict on an instrument; a doubtful one says in how many of the reconciled windows.
std::string verdict_words(const words::Words&, const InstrumentLine&, const Digest&);
/// An instrument that is hardly checked, and below which size an error of it may go unseen.
struct Unseen {
  std::string tag;
  words::Shown smallest_seen;
};
/// "below 12 t/h in FI-2, below 3 K in TI-1 and 4 more".
std::string unseen_words(const words::Words&, const std::vector<Unseen>& weakest_first);
/// The smallest error that would be seen in an instrument, or that it is not checked; empty where that is no question.
std::string seen_from_words(const words::Words&, const InstrumentLine&);
/// Losses that someone could do something about: against the best peer, against the ideal of the same train.
bool avoidable(const assess::Loss&);
/// Losses drawn as one: an avoidable one by itself, the parts of the electricity summed over units kind by kind.
struct LossGroup {
  std::string name, against;            ///< in words
  assess::Amount power, cost_per_year;  ///< sds of a sum are added, as the same instruments stand behind its terms
};
struct LossView {
  std::vector<LossGroup> avoidable;  ///< clear of zero by at least one sd, worst money first
  int unclear = 0;                   ///< avoidable ones smaller than their own sd
  std::vector<LossGroup> parts;      ///< without the reversible part, most power first
};
/// The code of the sentence that stands where there are no losses: only the plant file tells what the plant has not.
const char* why_no_losses(const plant::Plant&, const Digest&);
LossView view_losses(const insight::Judged&, const words::Words&);
/// Names of the plant's indicators in the order people ask for them.
std::vector<std::string> indicator_order(const insight::Judged&);
/// Money without its "per": "6,200 ± 300 CNY".
std::string money(const assess::Amount&);

}  // namespace castner::report
