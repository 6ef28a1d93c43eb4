// SPDX-License-Identifier: Apache-2.0
/// The bytes of MQTT 3.1.1 that a listener sends and understands: connect, subscribe, acknowledge, ping, disconnect.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"

namespace castner::sources {

/// Packet types (MQTT 3.1.1, 2.2.1).
enum class MqttType {
  connect = 1,
  connack,
  publish,
  puback,
  pubrec,
  pubrel,
  pubcomp,
  subscribe,
  suback,
  unsubscribe,
  unsuback,
  pingreq,
  pingresp,
  disconnect
};

struct MqttHello {
  std::string client_id;
  bool clean = false;          ///< the broker forgets what it kept for us
  int keep_alive = 30;         ///< [s]
  std::string user, password;  ///< "" where none
};
[[nodiscard]] std::string mqtt_connect(const MqttHello&);
/// QoS 1 for all; at most a few hundred filters, so that the packet stays small.
[[nodiscard]] std::string mqtt_subscribe(std::uint16_t id, std::span<const std::string> filters);
[[nodiscard]] std::string mqtt_puback(std::uint16_t id);
[[nodiscard]] std::string mqtt_pingreq();
[[nodiscard]] std::string mqtt_disconnect();

struct MqttPacket {
  MqttType type{};
  int flags = 0;
  std::string_view body;  ///< valid until the next feed() or next()
};

/// Bytes as they arrive, cut into packets.
class MqttCutter {
 public:
  explicit MqttCutter(std::size_t most_bytes) : most_(most_bytes) {}
  void feed(std::string_view bytes) { waiting_.append(bytes); }
  /// The next whole packet; nothing while it is not there yet, or once failed().
  std::optional<MqttPacket> next();
  /// Why the bytes are no MQTT, or too many; "" while all is well.
  const std::string& failed() const { return failed_; }

 private:
  const std::size_t most_;
  std::string waiting_;
  std::size_t taken_ = 0;  ///< of waiting_, by the packets given out
  std::string failed_;
};

struct MqttPublish {
  std::string_view topic, payload;
  int qos = 0;
  std::uint16_t id = 0;  ///< with qos 1
  bool retained = false;
};
/// Nothing where the bytes are no PUBLISH of QoS 0 or 1.
[[nodiscard]] std::optional<MqttPublish> read_publish(const MqttPacket&);

/// 0 accepted, 1 to 5 why not (3.2.2.3); nothing where the bytes are no CONNACK.
[[nodiscard]] std::optional<int> read_connack(const MqttPacket&);
[[nodiscard]] const char* connack_text(int code);

struct MqttSuback {
  std::uint16_t id = 0;
  std::vector<bool> granted;  ///< as the filters
};
[[nodiscard]] std::optional<MqttSuback> read_suback(const MqttPacket&);

/// Whether a topic filter may be asked for: not empty, no NUL, + and # alone between slashes, # last.
[[nodiscard]] bool valid_filter(std::string_view filter);

/// The remaining length of a packet, 1 to 4 bytes (2.2.3).
void append_mqtt_length(std::string& out, std::size_t length);

}  // namespace castner::sources
