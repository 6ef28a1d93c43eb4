// SPDX-License-Identifier: Apache-2.0
/// A link: a device or an edge node of the virtual plant, which sends tags.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "castner/base/clock.h"
#include "castner/base/error.h"
#include "castner/virtual_plant/instrument.h"
#include "castner/virtual_plant/virtual_file.h"

namespace castner::virtual_plant {

/// A tag that a link sends.
struct LinkTag {
  std::string name;
  std::string unit;
};

class Link {
 public:
  virtual ~Link() = default;
  /// Shows new values; in the order of its tags. Never waits for a client.
  virtual void publish(Time, const std::vector<TagValue>&) = 0;
  /// The device dies, or comes back. A link begins down.
  virtual Result<void> up() = 0;
  virtual void down() = 0;
  /// While it is on, the link sends rubbish.
  virtual void rubbish(bool on) = 0;
  /// Its address, "tcp://127.0.0.1:15020"; known once it was up.
  virtual std::string address() const = 0;
};

/// Modbus TCP on loopback: functions 1 to 4 are answered, any other is refused. A value that is bad or not sent is NaN in a
/// float32 and the largest number in an integer: Modbus knows no quality.
[[nodiscard]] std::unique_ptr<Link> make_modbus_link(const LinkSettings&, std::vector<LinkTag>);
/// Sparkplug B edge node with one device; births, deaths, sequence numbers, and rebirth when asked.
[[nodiscard]] std::unique_ptr<Link> make_sparkplug_link(const LinkSettings&, std::vector<LinkTag>);
/// JSON lines on loopback for gateway/virtual_opcua_server.mjs, which serves them by OPC UA:
/// {"t":"2026-11-23T06:00:00.000Z","values":{"PI-3001":121.3},"status":{"TI-3001":2156658688}}
[[nodiscard]] std::unique_ptr<Link> make_json_link(const LinkSettings&, std::vector<LinkTag>);

/// The address in castner.toml of the tag at `index` of a link's tags: "holding:40001", "castner/caustic/train/FI-5101".
std::string tag_address(const LinkSettings&, const std::string& tag, std::size_t index);

}  // namespace castner::virtual_plant
