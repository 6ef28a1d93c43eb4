// SPDX-License-Identifier: Apache-2.0
/// A finding: a code, the amounts that it rests on, its cost, and the blanks of its sentence.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "castner/assess/assessment.h"

namespace castner::insight {

/// An amount that a finding rests on.
struct EvidenceAmount {
  std::string path;
  assess::Amount amount;
  std::string kind;  ///< language-free code of what the amount is: "bias", "z", "steam_per_naoh"
};

/// Codes that a face asks for by itself; all others it takes as they come.
inline constexpr const char* kReadsWrong = "gross_error.bias";
inline constexpr const char* kLeaks = "gross_error.leak";
inline constexpr const char* kOneOfSeveral = "gross_error.cannot_tell";
inline constexpr const char* kOpenBalance = "balance.does_not_close";
inline constexpr const char* kUnchecked = "instrument.no_redundancy";

/// The codes, their severities, blanks, evidence and sentences stand with their judgements; `judgements()` in catalogue.h lists
/// them.
struct Finding {
  enum class Severity { info, warning, critical };
  std::string code;                           ///< "gross_error.bias", "cannot_tell.load", "no_price.electricity"
  Severity severity = Severity::info;         ///< that of the code's row; `judged` sets it
  std::string path;                           ///< unit, stream or tag
  std::vector<EvidenceAmount> evidence;       ///< kinds that the code's row names
  assess::Amount cost_per_day;                ///< no value: cannot be told
  std::map<std::string, std::string> blanks;  ///< what the sentence needs beside its evidence: {tag}, {unit}
  std::string wording;                        ///< which wording of the row says it; empty: the first
  std::string since;     ///< "2026-11-02 18:00" by the plant's clock: it began within the data and is there still
  bool growing = false;  ///< since then
  std::vector<assess::Outage> stops;  ///< of units that it is about
  bool follows = false;  ///< from the findings before it that stand first: without what they are about it is not there
  std::string loss;      ///< the kind of the loss that it is about; empty: of none
  std::vector<std::string> rests_on;  ///< of a loss: instruments and units on whose suspicion it rests (rests_on.h)
  bool open = false;                  ///< of a loss: the balances that it is computed from do not close
};
using Findings = std::vector<Finding>;
const char* severity_name(Finding::Severity);

/// An assessment with what deserves attention in it.
struct Judged : assess::Assessment {
  Findings findings;  ///< worst money first
  /// Of each loss, "E2.above_best_peer", and indicator by its path: the suspected instruments and units that it rests on.
  std::map<std::string, std::vector<std::string>> rests_on;
  bool open = false;  ///< the balances do not close in most windows: nothing that is computed from them is a fact
};

}  // namespace castner::insight
