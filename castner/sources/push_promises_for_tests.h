// SPDX-License-Identifier: Apache-2.0
/// What a body of pushed readings must keep whatever it said, taken or refused: for those who throw random bytes at its readers.
#pragma once

#include <cmath>

#include "castner/base/check.h"
#include "castner/base/error.h"
#include "castner/sources/push_batch.h"

namespace castner::sources {

inline void check_promises(const PushBatch& batch, const Result<void>& done) {
  std::size_t count = batch.others().size();
  for (const auto& tag : batch.tags()) check(name_problem(tag).empty(), "a tag has a name that can be kept");
  for (const auto& run : batch.runs()) {
    check(run.tag < batch.tags().size() && !run.times.empty(), "a run is of a tag, and not for nothing");
    std::visit([&](const auto& v) { check(v.size() == run.times.size(), "a time for each value"); }, run.values);
    if (const auto* reals = std::get_if<std::span<const double>>(&run.values))
      for (const double v : *reals) check(std::isfinite(v), "good numbers are finite");
    count += run.times.size();
  }
  check(count == batch.size(), "every reading is counted once");
  if (done) return;
  check(count == 0, "nothing half applied");
  check(!done.error().problems.empty() && done.error().problems.size() <= 51, "fifty problems and a count");
}

}  // namespace castner::sources
