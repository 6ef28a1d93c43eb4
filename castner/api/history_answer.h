// SPDX-License-Identifier: Apache-2.0
/// History as JSON, column by column, and as CSV that Excel opens, also in Chinese.
#pragma once

#include <string>
#include <vector>

#include "castner/api/history_request.h"
#include "castner/api/tag_units.h"

namespace castner::api {

/// The readings or buckets of one tag from the store.
struct TagHistory {
  historian::Tag tag;
  Conversion convert;
  std::vector<readings::Reading> readings;  ///< or points as readings of numbers
  std::vector<historian::Bucket> buckets;   ///< where buckets were asked for
  std::optional<Time> next;                 ///< to go on from; nothing where this is all
};

std::string history_json(const HistoryRequest&, const std::vector<TagHistory>&);

/// UTF-8 with a byte order mark, commas, CRLF, a line for each time; "name (unit)" and "name quality" for each tag. A text
/// that a spreadsheet would run as a formula has an apostrophe before it.
std::string history_csv(const HistoryRequest&, const std::vector<TagHistory>&);

}  // namespace castner::api
