// SPDX-License-Identifier: Apache-2.0
/// A finding in words: the fact with its number, the evidence, and the next step. Terminal, report and both JSON
/// faces take all their words of a finding from here.
#pragma once

#include <string>
#include <vector>

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"
#include "castner/words/text.h"
#include "castner/words/units_for_people.h"

namespace castner::report {

/// One line of evidence: what it is, its number in people's units, and where.
struct EvidenceText {
  const insight::EvidenceAmount* of;
  std::string what;    ///< "reads too high by"
  std::string number;  ///< "0.84 ± 0.12 t/h"; empty where unknown
  std::string path;
};

/// Points into its finding.
struct FindingText {
  std::string title;  ///< "FI-204 reads 0.84 ± 0.12 t/h too high"
  std::string next;   ///< what to do; may be empty
  std::string stops;  ///< "E3: stopped 2026-11-29 06:10 to 09:40 (3 h 30 min)"; empty where it tells of none
  std::string cost;   ///< "6,200 ± 300 CNY/d"; empty where unknown
  const char* cost_code = "findings.cost";  ///< the sentence that says it
  assess::Amount cost_per_day;              ///< with its unit also where it has no value
  std::vector<EvidenceText> evidence;
};

/// @param zone  of the plant's clock; of no use to a face that writes times itself
FindingText describe(const plant::Plant&, const words::Words&, const insight::Finding&, const std::string& zone = "");

/// The title that findings of a code take in one wording, with {name} replaced by blanks[name].
std::string title_words(const words::Words&, const std::string& code, const std::string& wording,
                        const words::Words::Blanks&);
/// "bias" to "reading minus true value".
std::string evidence_words(const words::Words&, const std::string& code);
/// "dc_energy_per_naoh" or "E101.dc_energy_per_naoh" to "DC energy per tonne of NaOH (100 %)".
std::string indicator_words(const words::Words&, const std::string& path);

}  // namespace castner::report
