// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, reading them ends: in columns that keep their promises, or in problems and no reading at all.
#include <cstdint>

#include "castner/sources/line_protocol.h"
#include "castner/sources/push_promises_for_tests.h"

using namespace castner;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  sources::LineProtocolReader reader;
  // Twice, since the reader remembers; and in pieces, since the second body meets what the first one left.
  for (const auto part : {body, body.substr(size / 2), body}) {
    const auto done = reader.read(part, {.ns_each = size % 2 ? 1 : 1'000'000'000, .arrival = Time{}});
    check_promises(reader.batch(), done);
  }
  return 0;
}
