// SPDX-License-Identifier: Apache-2.0
/// Listens to an MQTT broker for ever: connects, subscribes, hands messages on, and acknowledges what is on the disk.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "castner/sources/health_board.h"
#include "castner/sources/mqtt_packet.h"
#include "castner/sources/settings_check.h"
#include "castner/sources/source.h"
#include "castner/sources/tls.h"

namespace castner::sources {

struct MqttLinkSettings {
  Endpoint broker;
  MqttHello hello;
  TlsSettings tls;
  std::vector<std::string> filters;
  std::size_t most_bytes = 0;  ///< of one message
  std::chrono::nanoseconds timeout{}, retry_limit{};
};

/// The options that all kinds over MQTT share: client_id, user, password (or password_file), ca_file, cert_file, key_file,
/// keep_alive, max_bytes, retry_limit. url "tcp://host:1883" or "ssl://host:8883".
[[nodiscard]] MqttLinkSettings read_link_settings(SettingsCheck&, const SourceSettings&);

/// Those of these options that name a file.
[[nodiscard]] std::vector<std::string> link_paths();

/// Has a thread of its own. It sends CONNECT, SUBSCRIBE, PUBACK, PINGREQ, DISCONNECT, and the packets that
/// `Listener::heard` returns in `say`, which only Sparkplug's rebirth request uses; nothing else.
///
/// A message of QoS 1 is acknowledged when every reading of it is on the disk, in the order of arrival; the broker keeps the
/// rest for the next connection (persistent session; of a clean one it forgets what it has not sent). While the historian
/// refuses, nothing more is read from the broker: what waits here is one message.
class MqttLink {
 public:
  struct Heard {
    std::vector<readings::TagReading> readings;
    std::vector<std::string> say;  ///< whole packets
  };
  /// Every function is called on the link's thread.
  struct Listener {
    std::function<Heard(const MqttPublish&)> heard;
    std::function<Heard()> lost;                             ///< the connection is lost; returns readings that say so
    std::function<void(const std::string& filter)> refused;  ///< by the broker
  };

  MqttLink(MqttLinkSettings, HealthBoard&, Clock&, Listener);
  ~MqttLink();  ///< says goodbye and ends
  void start(Deliver);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace castner::sources
