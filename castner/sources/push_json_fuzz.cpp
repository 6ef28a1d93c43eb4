// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, reading them ends: in a batch that keeps its promises, or in problems and no reading at all.
#include <cstdint>

#include "castner/base/check.h"
#include "castner/base/json_reader.h"
#include "castner/sources/push_json.h"
#include "castner/sources/push_promises_for_tests.h"

using namespace castner;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  sources::PushBatch batch;
  const auto done = sources::read_push_json(body, Time{}, batch);
  check_promises(batch, done);
  if (!done) return 0;
  JsonReader json(body);
  json.skip();
  check(json.at_end(), "what was accepted is JSON from end to end");
  return 0;
}
