// SPDX-License-Identifier: Apache-2.0
/// Something that brings readings in and says how it is: a Modbus device, a broker, a folder. It only reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "castner/base/clock.h"
#include "castner/base/error.h"
#include "castner/readings/reading.h"

namespace castner::sources {

/// An option of a [[source]], of the type in which it was written.
using Option = std::variant<std::string, bool, std::int64_t, double>;

/// A number that stands for "no value", as it comes over the wire, before scaling; integers exactly.
using NoData = std::variant<std::int64_t, double>;

/// One [[tag]] of the server's file.
struct TagSettings {
  std::string name;     ///< "FI-101"
  std::string source;   ///< name of its [[source]]
  std::string address;  ///< in the words of the source: "holding:40001", "topic#key", "metric name", "ns=2;s=FI101"
  std::string type;     ///< "float32", "uint16", "bool", ...: how to read the bytes where the source does not say
  double scale = 1.0;   ///< value = raw * scale + offset
  double offset = 0.0;
  std::string unit;  ///< of the value, as people write it; "" where none
  std::vector<NoData> no_data;
  std::string where;  ///< "castner.toml:31", for messages
};

/// One [[source]] of the server's file.
struct SourceSettings {
  std::string name;
  std::string kind;  ///< one of those in kinds.cpp: "modbus_tcp"
  std::string url;
  std::chrono::nanoseconds period{std::chrono::seconds(1)};
  std::chrono::nanoseconds timeout{std::chrono::seconds(2)};
  std::map<std::string, Option> options;  ///< what only its kind knows: "word_order", "rebirth", "user"
  std::vector<NoData> no_data;            ///< of each of its tags, beside the tag's own
  std::vector<TagSettings> tags;
  std::string where;  ///< "castner.toml:12"
};

enum class Health { ok, late, down };
const char* health_name(Health);

struct TagHealth {
  Health health = Health::down;
  std::optional<Time> last;  ///< time of the newest reading
  std::string last_error;    ///< "" where none
};

struct SourceHealth {
  Health health = Health::down;
  std::optional<Time> last;  ///< arrival of the newest reading of any of its tags
  std::string last_error;
  std::optional<Time> last_error_at;
  std::string assumed;         ///< of the newest file, or a number that may stand for no reading; "" for nothing
  std::uint64_t readings = 0;  ///< handed over since the start
  std::uint64_t rejected = 0;  ///< could not be understood
  std::uint64_t lost = 0;      ///< readings given up since nobody took them over for too long
  std::uint64_t ahead = 0;     ///< readings from the future; counted by whoever takes them over
  std::map<std::string, TagHealth> tags;
};

/// How many readings say otherwise than what was kept of their tag and time, and the first of them.
struct Corrections {
  std::uint64_t count = 0;
  std::string tag;
  Time time{};
};

/// Readings that a source hands over at once.
struct Delivery {
  /// Each has the time that the other side says, or else the moment at which it came, to the millisecond (finer noise costs the
  /// historian two bytes a reading). `arrival` stays unset: whoever takes them sets it. Of two of one tag at one time the later counts.
  std::vector<readings::TagReading> readings;
  /// Called once, on any thread, when every reading is on the disk: the other side may then forget them (an MQTT message is
  /// acknowledged, a file is marked as taken). May be empty. Never called if they are lost.
  std::function<void()> durable;
  /// Called before that, where some of them correct what the historian has. May be empty: then nobody looks.
  std::function<void(const Corrections&)> corrected = {};
  bool sent_again = false;  ///< the other side keeps them until then, and sends them again
  bool last = false;        ///< the source ends and cannot try again: taken if there is any room
};

/// Takes readings over. False: the queue is full and nothing was taken; the source keeps them, within limits that it states, and
/// tries again.
using Deliver = std::function<bool(Delivery)>;

/// Readings of one tag that came in by HTTP.
struct Pushed {
  std::string_view tag;
  Time newest;                                                                       ///< by their own time
  std::uint64_t count = 0;                                                           ///< how many
  std::uint64_t ahead = 0;                                                           ///< of them from the future
  std::variant<std::span<const double>, std::span<const std::int64_t>> values = {};  ///< of them that are numbers
};

/// Runs from start() to its destruction on threads of its own; a dead other side is retried for ever and shows in health(). When a
/// connection goes, every tag that was well gets one reading of bad quality, so that no curve goes on as if nothing had happened.
class Source {
 public:
  /// Hands over the readings that it still holds as `last`; refused ones are counted and logged. May take as long as the timeout of
  /// a dead device: each wait for the other side looks at the stop token or ends within the timeout.
  virtual ~Source() = default;
  virtual void start(Deliver) = 0;
  virtual SourceHealth health() const = 0;  ///< thread safe
  /// Readings that the HTTP interface took over; only the kind http_push listens, and only for its own tags. Thread safe,
  /// also before start().
  virtual void pushed(std::span<const Pushed>) {}
};

}  // namespace castner::sources
