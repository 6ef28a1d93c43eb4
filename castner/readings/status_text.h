// SPDX-License-Identifier: Apache-2.0
/// Words that stand where a number is expected, and the names and words of quality, as historians, loggers and people write them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "castner/readings/sample.h"

namespace castner::readings {

/// A word known to stand for "no reading", in any case, such as Bad, I/O Timeout, Störung, 坏值; the empty text too.
[[nodiscard]] bool is_status_text(std::string_view text);

/// good, uncertain, bad and their like in several languages; an OPC DA code 0 to 255 (192 and above good, 64 to 127 uncertain,
/// below 64 bad), an OPC UA status code from 0x40000000 on. Empty is good. Nothing where it is none of these.
[[nodiscard]] std::optional<Quality> read_quality(std::string_view text);

/// What a column or key named Quality, Confidence, Good, Questionable ... holds.
enum class QualityColumn {
  code,              ///< words or OPC codes
  confidence,        ///< PHD: 100 good, in between uncertain, 0 and -1 bad
  yes_is_good,       ///< Good, WinCC's Validity: 1 or TRUE good, 0 or FALSE bad
  yes_is_uncertain,  ///< PI's Questionable and Substituted
  yes_is_bad,
};
/// @param name  in lower case, without blanks and separators: "opcquality"
[[nodiscard]] std::optional<QualityColumn> quality_column(std::string_view name);
[[nodiscard]] std::optional<Quality> read_quality(std::string_view text, QualityColumn);

/// ASCII letters in lower case.
[[nodiscard]] std::string lower_case(std::string_view text);
/// Without spaces at both ends, the unbreakable and the ideographic ones too.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace castner::readings
