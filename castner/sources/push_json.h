// SPDX-License-Identifier: Apache-2.0
/// Reads readings in JSON: `{"samples":[{"tag":"FI-101","time":"2026-11-23T14:32:04Z","value":12.3,"quality":"good"}]}`, or tag
/// by tag, `{"series":[{"tag":"FI-101","times":[...],"values":[...]}]}`.
#pragma once

#include <string_view>

#include "castner/base/error.h"
#include "castner/sources/push_batch.h"

namespace castner::sources {

/// Puts the whole body into the batch, or nothing of it: then returns every problem, `samples[3].time: what; cure`, the first fifty
/// and a count. A time is RFC 3339 text or an integer number of nanoseconds since 1970; without one, `arrival`. Quality is "good",
/// "uncertain" or "bad"; good without. A value of null is bad (no data). Other members are not known and refused.
[[nodiscard]] Result<void> read_push_json(std::string_view body, Time arrival, PushBatch&);

}  // namespace castner::sources
