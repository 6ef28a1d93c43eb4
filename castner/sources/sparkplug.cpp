// SPDX-License-Identifier: Apache-2.0
// The state machine of a Sparkplug B host that only listens (Eclipse Sparkplug specification 3.0.0):
//  1. A topic is spBv1.0/GROUP/TYPE/NODE[/DEVICE]; messages of nodes that no tag names are ignored.
//  2. NBIRTH begins a node's life: it sets the sequence, the bdSeq of its will, and what each alias stands for. DBIRTH
//     adds a device.
//  3. Every message of the node has the next sequence number modulo 256. After a hole all tags of the node are stale
//     and their readings uncertain until its next birth, for which the node can be asked (rebirth).
//  4. Data name a metric by name or by alias; type and alias are known from the birth. An integer whose type is not known has no value:
//     its bits may be of a negative one. The members of a template are metrics whose names begin with the template's.
//  5. NDEATH and DDEATH end tags with one bad reading each. An NDEATH whose bdSeq is not that of the birth belongs to
//     an earlier life and is ignored.
//  6. When the connection to the broker is lost every node counts as unborn, since a birth or a death may be missed.
#include "castner/sources/sparkplug.h"

#include <sparkplug_b.pb.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "castner/base/rfc3339.h"
#include "castner/base/suggest.h"
#include "castner/base/utf8.h"
#include "castner/sources/scaled_reading.h"

namespace castner::sources {
namespace {

using readings::Reading;
using readings::StatusCode;
using std::string_view;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// The next part of a topic.
string_view part(string_view& rest) {
  const auto slash = rest.find('/');
  const auto head = rest.substr(0, slash);
  rest = slash == string_view::npos ? string_view() : rest.substr(slash + 1);
  return head;
}

std::optional<Time> ms_time(std::uint64_t ms) {
  if (ms > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / 1'000'000) return std::nullopt;
  return Time(std::chrono::milliseconds(static_cast<std::int64_t>(ms)));
}

struct IntegerType {
  std::uint32_t type;
  const char* name;
  int bits;
  bool has_sign;
};
constexpr IntegerType kIntegers[] = {
    {sparkplug::INT8, "Int8", 8, true},       {sparkplug::INT16, "Int16", 16, true},
    {sparkplug::INT32, "Int32", 32, true},    {sparkplug::INT64, "Int64", 64, true},
    {sparkplug::UINT8, "UInt8", 8, false},    {sparkplug::UINT16, "UInt16", 16, false},
    {sparkplug::UINT32, "UInt32", 32, false}, {sparkplug::UINT64, "UInt64", 64, false}};

/// An integer of this type from the bits of its field. A negative one comes as two's complement of its own size, or widened by its sign
/// to 32 or 64 bits. Nullopt: no such type has it.
std::optional<readings::Value> integer_of(const IntegerType& type, std::uint64_t field) {
  if (!type.has_sign) {
    if (type.bits < 64 && field >> type.bits != 0) return std::nullopt;
    if (field > static_cast<std::uint64_t>(INT64_MAX)) return static_cast<double>(field);
    return static_cast<std::int64_t>(field);
  }
  for (const int written : {type.bits, 32, 64}) {
    const int above = 64 - written;
    if (written < type.bits || (written < 64 && field >> written != 0)) continue;
    const auto value = static_cast<std::int64_t>(field << above) >> above;
    const std::int64_t low = INT64_MIN >> (64 - type.bits), high = -(low + 1);
    if (value >= low && value <= high) return value;
  }
  return std::nullopt;
}

/// The value of a metric, by the data type that its birth told: later messages may tell only how it is packed.
/// @param refusal  why there is none
std::optional<readings::Value> value_of(const sparkplug::Metric& m, std::uint32_t type, std::string& refusal) {
  readings::Value v;
  switch (m.value_case()) {
    case sparkplug::Metric::kIntValue:
    case sparkplug::Metric::kLongValue: {
      const std::uint64_t field = m.has_int_value() ? m.int_value() : m.long_value();
      const auto* const integer = std::find_if(std::begin(kIntegers), std::end(kIntegers),
                                               [&](const IntegerType& t) { return t.type == type; });
      if (integer == std::end(kIntegers) && type == 0) {
        refusal = "is an integer whose type no birth has told: not kept";
      } else if (integer != std::end(kIntegers)) {
        auto value = integer_of(*integer, field);
        if (!value) refusal = "is " + std::to_string(field) + ", which no " + integer->name + " can be";
        return value;
      } else if (field <= (m.has_int_value() ? std::uint64_t{INT32_MAX} : std::uint64_t{INT64_MAX})) {
        return static_cast<std::int64_t>(field);  // a time, a Boolean that is 0 or 1, an integer sent for a Double
      } else {
        refusal = "is " + std::to_string(field) + " in a field for integers, which its type is not";
      }
      return std::nullopt;
    }
    case sparkplug::Metric::kFloatValue: v.emplace<double>(m.float_value()); return v;
    case sparkplug::Metric::kDoubleValue: v.emplace<double>(m.double_value()); return v;
    case sparkplug::Metric::kBooleanValue: v.emplace<bool>(m.boolean_value()); return v;
    case sparkplug::Metric::kStringValue:
      if (m.string_value().size() <= 65536 && not_text_at(m.string_value()) == std::string::npos) {
        v.emplace<std::string>(m.string_value());
        return v;
      }
      break;
    default: break;
  }
  refusal = "is a data set, a template, bytes or no text: not kept";
  return std::nullopt;
}

/// The property "StatusCode", OPC UA's code as gateway/ sends it; without it "Quality": 0 bad, 192 good, 500 stale
/// (specification 3.0.0, 6.4.16); other OPC codes by their top bits of 8.
StatusCode quality_of(const sparkplug::Metric& m) {
  const auto& p = m.properties();
  auto status = StatusCode::good;
  for (int k = 0; k < std::min(p.keys_size(), p.values_size()); ++k) {
    const auto& v = p.values(k);
    const std::uint64_t code = v.has_long_value() ? v.long_value() : v.int_value();
    if (p.keys(k) == "StatusCode") return readings::sent_status(static_cast<std::uint32_t>(code));
    if (p.keys(k) != "Quality" && p.keys(k) != "quality") continue;
    if (code == 500)
      status = StatusCode::uncertain_last_usable_value;
    else if (code >= 64 && code < 128)
      status = StatusCode::uncertain;
    else if (code < 192 || code >= 256)
      status = StatusCode::bad;
  }
  return status;
}

}  // namespace

struct SparkplugHost::Message {
  std::string key;  ///< "group/node"
  string_view type, device;
  sparkplug::Payload payload;
  Time now;
};

Result<SparkplugAddress> read_sparkplug_address(string_view address) {
  string_view rest = address;
  const auto group = part(rest), node = part(rest);
  if (group.empty() || node.empty() || rest.empty() || rest.front() == '/' || rest.back() == '/')
    return bad_input("", "address " + in_quotes(address) + " names no metric of a node",
                     "write it as \"group/node/metric\" or \"group/node/device/metric\"");
  if ((std::string(group) + std::string(node)).find_first_of("+#") != std::string::npos)
    return bad_input("", "address " + in_quotes(address) + " has + or # in its group or node", "name one node");
  return SparkplugAddress{std::string(group), std::string(node), std::string(rest)};
}

SparkplugHost::SparkplugHost(std::vector<SparkplugAddress> tags)
    : addresses_(std::move(tags)), tags_(addresses_.size()) {
  for (std::size_t k = 0; k < addresses_.size(); ++k) {
    nodes_[addresses_[k].group + "/" + addresses_[k].node].tags[addresses_[k].rest] = k;
  }
}

std::vector<std::string> SparkplugHost::filters() const {
  std::vector<std::string> all;
  for (const auto& [key, node] : nodes_) {
    const auto slash = key.find('/');
    const std::string group = key.substr(0, slash), name = key.substr(slash + 1);
    for (const char* type : {"NBIRTH", "NDEATH", "NDATA"}) all.push_back("spBv1.0/" + group + "/" + type + "/" + name);
    for (const char* type : {"DBIRTH", "DDEATH", "DDATA"})
      all.push_back("spBv1.0/" + group + "/" + type + "/" + name + "/+");
  }
  return all;
}

SparkplugHost::Outcome SparkplugHost::heard(string_view topic, string_view payload, Time now) {
  Outcome out;
  Message m;
  if (part(topic) != "spBv1.0") return out;
  const auto group = part(topic);
  m.type = part(topic);
  m.key = std::string(group) + "/" + std::string(part(topic));
  m.device = topic;
  const auto node = nodes_.find(m.key);
  if (node == nodes_.end() || m.device.find('/') != string_view::npos) return out;
  const bool of_device = m.type.starts_with('D');
  if (m.type != "NBIRTH" && m.type != "NDEATH" && m.type != "NDATA" && m.type != "DBIRTH" && m.type != "DDEATH" &&
      m.type != "DDATA")
    return out;
  if (of_device == m.device.empty() || payload.size() > std::size_t{INT32_MAX} ||
      !m.payload.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    out.rejected = 1;
    out.problem = m.key + ": " + std::string(m.type) + " that is not Sparkplug B";
    return out;
  }
  m.now = now;
  if (m.type == "NBIRTH" || m.type == "DBIRTH")
    birth(node->second, m, out);
  else if (m.type == "NDEATH")
    death(node->second, m, out);
  else if (m.type == "DDEATH")
    device_death(node->second, m, out);
  else
    data(node->second, m, out);
  return out;
}

/// True if no message of the node was missed since its birth. Notes a hole.
bool SparkplugHost::in_sequence(Node& node, const Message& m, Outcome& out) {
  const std::uint64_t seq = m.payload.seq();
  const bool fits = m.payload.has_seq() && seq == node.next_seq;
  node.next_seq = (seq + 1) % 256;
  if (fits || !node.complete) return node.complete;
  ++holes_;
  mark_stale(node,
             m.key + ": a message was missed (sequence " + (m.payload.has_seq() ? std::to_string(seq) : "missing") +
                 "); uncertain until the node is born again",
             out);
  out.ask_rebirth = m.key;
  return false;
}

void SparkplugHost::birth(Node& node, const Message& m, Outcome& out) {
  if (m.device.empty()) {
    node.alive = node.complete = true;
    node.next_seq = (m.payload.seq() + 1) % 256;
    node.birth_bdseq.reset();
    node.aliases.clear();
    node.templates.clear();
    for (const auto& [name, tag] : node.tags) tags_[tag].type = 0;
    for (const auto& metric : m.payload.metrics())
      if (metric.name() == "bdSeq")
        node.birth_bdseq = metric.has_long_value() ? metric.long_value() : metric.int_value();
  } else {
    if (!node.alive) {  // its node was born before we listened
      out.ask_rebirth = m.key;
      out.problem = m.key + ": device " + in_quotes(m.device) + " is born of a node whose birth was missed";
    } else {
      in_sequence(node, m, out);
    }
  }
  metrics(node, m, true, out);
}

void SparkplugHost::data(Node& node, const Message& m, Outcome& out) {
  if (node.alive) {
    in_sequence(node, m, out);
  } else {
    out.ask_rebirth = m.key;
    out.problem = m.key + ": sends data, but its birth was before we listened";
  }
  metrics(node, m, false, out);
}

void SparkplugHost::death(Node& node, const Message& m, Outcome& out) {
  std::optional<std::uint64_t> bdseq;
  for (const auto& metric : m.payload.metrics())
    if (metric.name() == "bdSeq") bdseq = metric.has_long_value() ? metric.long_value() : metric.int_value();
  if (node.alive && bdseq && node.birth_bdseq && *bdseq != *node.birth_bdseq) {
    // The will of an earlier session: the broker noticed late that the old connection was gone.
    out.problem = m.key + ": a death of an earlier life was ignored";
    return;
  }
  node.alive = node.complete = false;
  node.aliases.clear();
  node.templates.clear();
  mark_down(node, "", m.now, out);
  out.problem = m.key + ": the node is gone";
}

void SparkplugHost::device_death(Node& node, const Message& m, Outcome& out) {
  if (node.alive) in_sequence(node, m, out);
  mark_down(node, m.device, m.now, out);
  out.problem = m.key + "/" + std::string(m.device) + ": the device is gone";
}

/// Where a metric stands: in a message, or in a template of that message.
struct SparkplugHost::Place {
  bool is_birth = false;
  std::string before;                      ///< "device/", "device/Motor/": what stands before its name
  std::optional<std::uint64_t> timestamp;  ///< of what it stands in [ms]
  int depth = 0;
};

void SparkplugHost::metrics(Node& node, const Message& m, bool is_birth, Outcome& out) {
  Place place{.is_birth = is_birth, .before = m.device.empty() ? "" : std::string(m.device) + "/"};
  if (m.payload.has_timestamp()) place.timestamp = m.payload.timestamp();
  for (const auto& one : m.payload.metrics()) metric(node, m, place, one, out);
}

void SparkplugHost::metric(Node& node, const Message& m, const Place& place, const sparkplug::Metric& one,
                           Outcome& out) {
  const auto refuse = [&](std::string why) {
    ++out.rejected;
    out.problem = m.key + ": " + std::move(why);
  };
  constexpr int kDeepest = 8;
  std::optional<std::size_t> tag;
  std::string name;
  if (one.has_name() && !one.name().empty()) {
    name = place.before + one.name();
    if (const auto known = node.tags.find(name); known != node.tags.end()) tag = known->second;
    if (place.is_birth && one.has_alias()) {
      if (node.aliases.size() >= kMostAliases) return refuse("more than a million aliases");
      node.aliases[one.alias()] = tag;
      if (one.has_template_value()) node.templates[one.alias()] = name;
    }
  } else if (one.has_alias()) {
    const auto alias = node.aliases.find(one.alias());
    if (alias == node.aliases.end()) {
      if (node.alive) {
        mark_stale(node, m.key + ": alias " + std::to_string(one.alias()) + " was not told at birth", out);
        out.ask_rebirth = m.key;
      }
      ++out.rejected;
      return;
    }
    tag = alias->second;
    if (const auto known = node.templates.find(one.alias()); known != node.templates.end()) name = known->second;
  } else {
    return refuse("a metric without name and alias");
  }
  if (one.has_template_value() && !one.template_value().is_definition()) {
    if (place.depth >= kDeepest) return refuse("templates within each other, deeper than any");
    const Place inside{place.is_birth, name + "/",
                       one.has_timestamp() ? std::optional(one.timestamp()) : place.timestamp, place.depth + 1};
    for (const auto& member : one.template_value().metrics()) metric(node, m, inside, member, out);
  }
  const bool is_template =
      one.datatype() == sparkplug::TEMPLATE || (one.has_alias() && node.templates.contains(one.alias()));
  if (one.is_null() && is_template)  // its members are gone with it
    for (const auto& [member, its_tag] : node.tags)
      if (member.starts_with(name + "/")) value(its_tag, node, m, place, one, out);
  if (tag) value(*tag, node, m, place, one, out);
}

void SparkplugHost::value(std::size_t tag, const Node& node, const Message& m, const Place& place,
                          const sparkplug::Metric& metric, Outcome& out) {
  Tag& known = tags_[tag];
  if (metric.has_datatype() && metric.datatype() != sparkplug::TEMPLATE) known.type = metric.datatype();
  const auto refuse = [&](const std::string& why) {
    ++out.rejected;
    out.problem = m.key + ": " + in_quotes(addresses_[tag].rest) + " " + why;
    out.refused.emplace_back(tag, out.problem);
  };
  const auto ms = metric.has_timestamp() ? std::optional(metric.timestamp()) : place.timestamp;
  const auto count = static_cast<std::int64_t>(std::min<std::uint64_t>(ms.value_or(0), INT64_MAX));
  if (const auto why = wrong_count(count, 1'000'000); ms && !why.empty())
    return refuse("has a timestamp that is no time: " + why);
  Reading r{.time = ms ? ms_time(*ms).value_or(m.now) : m.now};
  r.status = quality_of(metric);
  if (metric.is_null() || metric.value_case() == sparkplug::Metric::VALUE_NOT_SET) {
    r.value = kNoNumber;
    if (readings::quality_of(r.status) == readings::Quality::good) r.status = StatusCode::bad_no_data;
  } else if (std::string refusal; auto value = value_of(metric, known.type, refusal)) {
    r.value = std::move(*value);
    const bool inexact =
        known.type == sparkplug::UINT64 && metric.has_long_value() && !double_holds(metric.long_value());
    if (inexact && r.status == StatusCode::good) r.status = StatusCode::uncertain;
  } else {
    return refuse(refusal);
  }
  if (const auto* number = std::get_if<double>(&r.value);
      number && !std::isfinite(*number) && r.status == StatusCode::good)
    r.status = StatusCode::bad_no_data;
  const bool current = !metric.is_historical();
  if (current && !node.complete && r.status == StatusCode::good) r.status = StatusCode::uncertain;
  known.spoken = true;
  out.readings.push_back({tag, std::move(r), current});
}

void SparkplugHost::mark_stale(Node& node, const std::string& why, Outcome& out) {
  if (!node.complete) return;  // stale already
  node.complete = false;
  out.problem = why;
  for (const auto& [name, tag] : node.tags)
    if (tags_[tag].spoken) out.stale.push_back(tag);
}

/// Ends all tags of a node, or those whose name begins with the device, with one bad reading each.
void SparkplugHost::mark_down(Node& node, string_view device, Time now, Outcome& out) {
  for (const auto& [name, tag] : node.tags) {
    if (!device.empty() && !(name.size() > device.size() && name.starts_with(device) && name[device.size()] == '/'))
      continue;
    out.down.push_back(tag);
    tags_[tag].type = 0;  // the next life may tell another
    if (!tags_[tag].spoken) continue;
    tags_[tag].spoken = false;
    out.readings.push_back(
        {tag, Reading{.time = now, .value = kNoNumber, .status = StatusCode::bad_not_connected}, false});
  }
}

SparkplugHost::Outcome SparkplugHost::disconnected(Time now) {
  Outcome out;
  for (auto& [key, node] : nodes_) {
    // Afterwards its sequence number may fit by chance, and its death may be missed: the node counts as unborn.
    node.alive = node.complete = false;
    node.aliases.clear();  // a birth that we miss may give them to others
    node.templates.clear();
    mark_down(node, "", now, out);
  }
  return out;
}

std::string rebirth_payload(Time now) {
  sparkplug::Payload p;
  const auto ms =
      static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count());
  p.set_timestamp(ms);
  auto& metric = *p.add_metrics();
  metric.set_name("Node Control/Rebirth");
  metric.set_timestamp(ms);
  metric.set_datatype(sparkplug::BOOLEAN);
  metric.set_boolean_value(true);
  return p.SerializeAsString();
}

}  // namespace castner::sources
