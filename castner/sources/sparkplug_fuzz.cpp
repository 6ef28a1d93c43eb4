// SPDX-License-Identifier: Apache-2.0
// Whatever a broker sends, a Sparkplug host says at most what its tags ask for. The input is a list of messages: a byte for
// the kind, two for the length, the payload.
#include <cstdint>

#include "castner/base/check.h"
#include "castner/sources/sparkplug.h"

using namespace castner;
using namespace castner::sources;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const char* const kTopics[] = {
      "spBv1.0/G/NBIRTH/N",   "spBv1.0/G/NDEATH/N",  "spBv1.0/G/NDATA/N", "spBv1.0/G/DBIRTH/N/D",
      "spBv1.0/G/DDEATH/N/D", "spBv1.0/G/DDATA/N/D", "spBv1.0/G/NDATA/M", "spBv1.0/G"};
  SparkplugHost host({*read_sparkplug_address("G/N/temp"), *read_sparkplug_address("G/N/D/flow")});
  for (std::size_t at = 0; at + 3 <= size;) {
    const std::size_t kind = data[at], length = static_cast<std::size_t>(data[at + 1] << 8 | data[at + 2]);
    at += 3;
    const std::string_view payload(reinterpret_cast<const char*>(data + at), std::min(length, size - at));
    at += payload.size();
    const auto out = kind == 255 ? host.disconnected(Time{}) : host.heard(kTopics[kind % 8], payload, Time{});
    for (const auto& said : out.readings) check(said.tag < 2, "a reading is of a tag");
    for (const auto tag : out.down) check(tag < 2, "what is down is a tag");
    check(out.stale.size() <= 2, "a tag is stale once");
    check(out.rejected == 0 || kind != 255, "a lost connection rejects nothing");
  }
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)read_sparkplug_address(text);
  return 0;
}
