// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, reading them ends: in a batch that keeps its promises, or in problems and no reading at all.
#include <cmath>
#include <cstdint>

#include "castner/base/check.h"
#include "castner/sources/json_text.h"
#include "castner/sources/push_json.h"

using namespace castner;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  sources::PushBatch batch;
  const auto done = sources::read_push_json(body, Time{}, batch);
  std::size_t count = batch.others().size();
  for (const auto& tag : batch.tags()) check(sources::name_problem(tag).empty(), "a tag has a name that can be kept");
  for (const auto& run : batch.runs()) {
    check(run.tag < batch.tags().size() && !run.times.empty(), "a run is of a tag, and not for nothing");
    std::visit([&](const auto& v) { check(v.size() == run.times.size(), "a time for each value"); }, run.values);
    if (const auto* reals = std::get_if<std::span<const double>>(&run.values))
      for (const double v : *reals) check(std::isfinite(v), "JSON has no NaN");
    count += run.times.size();
  }
  check(count == batch.size(), "every reading is counted once");
  if (done) {
    sources::JsonText json(body);
    json.skip();
    check(json.at_end(), "what was accepted is JSON from end to end");
  } else {
    check(count == 0, "nothing half applied");
    check(!done.error().problems.empty() && done.error().problems.size() <= 51, "fifty problems and a count");
  }
  return 0;
}
