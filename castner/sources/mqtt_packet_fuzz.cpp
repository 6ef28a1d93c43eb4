// SPDX-License-Identifier: Apache-2.0
// Whatever a broker's bytes are, they are cut into the same packets however the line broke them up, or refused the same way.
#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "castner/base/check.h"
#include "castner/sources/mqtt_packet.h"

using namespace castner;
using namespace castner::sources;

namespace {

constexpr std::size_t kMost = 4096;

struct Heard {
  std::vector<std::tuple<MqttType, int, std::string>> packets;
  bool failed = false;
  friend bool operator==(const Heard&, const Heard&) = default;
};

Heard hear(std::string_view bytes, std::size_t piece) {
  MqttCutter cutter(kMost);
  Heard heard;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    cutter.feed(bytes.substr(at, piece));
    while (const auto packet = cutter.next()) {
      check(packet->body.size() <= kMost, "no packet is larger than it may be");
      if (const auto said = read_publish(*packet)) {
        check(said->topic.size() + said->payload.size() <= packet->body.size(), "what is published lies in the packet");
        check(said->qos == 0 || said->qos == 1, "QoS 2 is not asked for");
      }
      if (const auto code = read_connack(*packet)) check(connack_text(*code) != nullptr, "each answer has words");
      (void)read_suback(*packet);
      heard.packets.emplace_back(packet->type, packet->flags, std::string(packet->body));
    }
  }
  heard.failed = !cutter.failed().empty();
  return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(hear(bytes, std::max<std::size_t>(size, 1)) == hear(bytes, 1), "the pieces it arrives in change nothing");
  (void)valid_filter(bytes);
  return 0;
}
