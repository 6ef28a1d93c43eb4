// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, an MQTT payload is a reading or a problem, and a stream of bytes is packets or a failure that stays one.
#include <cmath>
#include <cstdint>

#include "castner/base/check.h"
#include "castner/sources/mqtt_packet.h"
#include "castner/sources/mqtt_payload.h"

using namespace castner;
using namespace castner::sources;

static void read_payload(std::string_view bytes) {
  for (const char* place : {"", "a", "a.b", "list.1.x", "csv:2"}) {
    const auto at = *read_payload_place(place);
    for (const char* type : {"", "float64", "int64", "bool", "string"}) {
      MqttPayload payload(bytes);
      const auto r = payload.reading(at, *read_payload_type(type));
      if (!r) {
        check(!r.error().empty(), "a refusal says why");
      } else if (const auto* number = std::get_if<double>(&r->value)) {
        check(std::isfinite(*number) || r->status != readings::StatusCode::good, "no number is no good reading");
      }
    }
    (void)MqttPayload(bytes).time({at, 1'000'000});
  }
}

static std::size_t cut(std::string_view bytes, std::size_t step) {
  MqttCutter cutter(1000);
  std::size_t packets = 0;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    cutter.feed(bytes.substr(at, step));
    while (const auto p = cutter.next()) {
      ++packets;
      check(p->body.size() <= 1000, "no packet is longer than allowed");
      (void)read_publish(*p);
      (void)read_connack(*p);
      (void)read_suback(*p);
    }
  }
  return packets;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_payload(bytes);
  (void)read_mqtt_address(bytes);
  (void)valid_filter(bytes);
  check(cut(bytes, 1) == cut(bytes, bytes.size() + 1), "packets do not depend on how the bytes arrive");
  return 0;
}
