// SPDX-License-Identifier: Apache-2.0
/// Follows Sparkplug B nodes: which are alive, what their aliases mean, whether a message was missed, what their tags say.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "castner/base/error.h"
#include "castner/readings/reading.h"

namespace castner::sparkplug {
class Metric;
}

namespace castner::sources {

/// "group/node/metric" or "group/node/device/metric". A metric's own name may hold slashes ("Motor/Current"): the node's
/// birth then tells which part is the device, so both are tried.
struct SparkplugAddress {
  std::string group, node;
  std::string rest;  ///< "[device/]metric"
};
/// bad_input without a place.
[[nodiscard]] Result<SparkplugAddress> read_sparkplug_address(std::string_view address);

/// The state machine of a host that only listens (Eclipse Sparkplug specification 3.0.0). Pure: messages and times in,
/// readings out; used by one thread.
class SparkplugHost {
 public:
  /// The effects of one message or of a lost connection.
  struct Outcome {
    struct Said {
      std::size_t tag = 0;
      readings::Reading reading;
      bool current = true;  ///< false: historical, kept by the node
    };
    std::vector<Said> readings;
    std::vector<std::size_t> down;                             ///< tags whose node or device died
    std::vector<std::size_t> stale;                            ///< tags that may have missed something
    std::vector<std::pair<std::size_t, std::string>> refused;  ///< tags that said what is not kept, and why
    std::optional<std::string> ask_rebirth;                    ///< "group/node" that should tell everything anew
    std::uint64_t rejected = 0;
    std::string problem;  ///< "" where none
  };

  explicit SparkplugHost(std::vector<SparkplugAddress> tags);

  /// Takes a message of the broker. Messages of nodes without tags and of other kinds (STATE, commands) have no effect.
  Outcome heard(std::string_view topic, std::string_view payload, Time now);
  /// Takes note that the connection to the broker is lost: everything until it is back may be missed.
  Outcome disconnected(Time now);

  std::uint64_t holes() const { return holes_; }  ///< holes in sequences so far
  /// The topics to subscribe.
  std::vector<std::string> filters() const;

  static constexpr std::size_t kMostAliases = 1'000'000;  ///< of one node

 private:
  struct Tag {
    std::uint32_t type = 0;  ///< as the birth said
    bool spoken = false;     ///< had a reading, and none since said that it is gone
  };
  struct Node {
    bool alive = false, complete = false;  ///< complete: nothing missed since the birth
    std::uint64_t next_seq = 0;
    std::optional<std::uint64_t> birth_bdseq;
    /// The tag that an alias stands for; empty for a metric that no tag names.
    std::unordered_map<std::uint64_t, std::optional<std::size_t>> aliases;
    std::unordered_map<std::uint64_t, std::string> templates;  ///< the name of a template that an alias stands for
    std::map<std::string, std::size_t, std::less<>> tags;      ///< "[device/]metric" to a tag's index
  };
  struct Message;
  void birth(Node&, const Message&, Outcome&);
  void data(Node&, const Message&, Outcome&);
  void death(Node&, const Message&, Outcome&);
  void device_death(Node&, const Message&, Outcome&);
  bool in_sequence(Node&, const Message&, Outcome&);
  void metrics(Node&, const Message&, bool is_birth, Outcome&);
  struct Place;
  void metric(Node&, const Message&, const Place&, const sparkplug::Metric&, Outcome&);
  void value(std::size_t tag, const Node&, const Message&, const Place&, const sparkplug::Metric&, Outcome&);
  void mark_stale(Node&, const std::string& why, Outcome&);
  void mark_down(Node&, std::string_view device, Time now, Outcome&);

  std::vector<SparkplugAddress> addresses_;
  std::vector<Tag> tags_;
  std::map<std::string, Node, std::less<>> nodes_;  ///< by "group/node"
  std::uint64_t holes_ = 0;
};

/// The NCMD message "Node Control/Rebirth" = true, as a payload.
[[nodiscard]] std::string rebirth_payload(Time now);

}  // namespace castner::sources
