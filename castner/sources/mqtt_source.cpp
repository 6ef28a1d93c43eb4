// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <set>
#include <unordered_map>

#include "castner/base/rfc3339.h"
#include "castner/base/suggest.h"
#include "castner/sources/kinds.h"
#include "castner/sources/mqtt_link.h"
#include "castner/sources/mqtt_payload.h"
#include "castner/sources/scaled_reading.h"

namespace castner::sources {
namespace {

using readings::Reading;
using readings::StatusCode;

struct MqttPlan {
  MqttLinkSettings link;
  std::vector<MqttAddress> addresses;  ///< as the tags
  std::vector<PayloadType> types;
  std::vector<std::vector<NoData>> no_data;
  std::optional<PayloadTime> time;
};

class MqttSource final : public Source {
 public:
  MqttSource(const SourceSettings& settings, Clock& clock, MqttPlan plan)
      : settings_(settings),
        clock_(clock),
        plan_(std::move(plan)),
        board_(settings, clock),
        link_(plan_.link, board_, clock,
              {.heard =
                   [this](const MqttPublish& m) {
                     return MqttLink::Heard{read(m), {}};
                   },
               .lost =
                   [this] {
                     return MqttLink::Heard{lost(), {}};
                   },
               .refused = [this](const std::string& filter) { refused(filter); }}) {
    for (std::size_t k = 0; k < plan_.addresses.size(); ++k) by_topic_[plan_.addresses[k].topic].push_back(k);
  }
  void start(Deliver deliver) override { link_.start(std::move(deliver)); }
  SourceHealth health() const override { return board_.health(); }

 private:
  std::vector<readings::TagReading> read(const MqttPublish& message) {
    const auto tags = by_topic_.find(std::string(message.topic));
    if (tags == by_topic_.end()) return {};  // a filter of the settings brings more than the tags ask for
    const Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    MqttPayload payload(message.payload);
    Time time = now;
    if (plan_.time) {
      const auto said = payload.time(*plan_.time);
      if (!said) return reject(tags->second, std::string(message.topic), said.error());
      time = *said;
    }
    // The broker's copy of a message of any age: it says nothing about now, unless it says when.
    const bool old = message.retained && !plan_.time;
    std::vector<readings::TagReading> readings;
    for (const std::size_t k : tags->second) {
      auto r = payload.reading(plan_.addresses[k].place, plan_.types[k]);
      if (!r) {
        reject({k}, std::string(message.topic), r.error());
        continue;
      }
      const TagSettings& tag = settings_.tags[k];
      if (says_no_data(r->value, plan_.no_data[k])) {
        r->value = std::numeric_limits<double>::quiet_NaN();
        r->status = StatusCode::bad_no_data;
      }
      if (r->status == StatusCode::good) *r = scaled_reading(std::move(r->value), tag.scale, tag.offset, time);
      r->time = time;
      if (old && r->status == StatusCode::good) r->status = StatusCode::uncertain_last_usable_value;
      board_.shown(k, *r);
      readings.push_back({tag.name, std::move(*r)});
      if (!old) board_.read(k, time);
    }
    return readings;
  }

  std::vector<readings::TagReading> reject(const std::vector<std::size_t>& tags, const std::string& topic,
                                           const std::string& why) {
    board_.rejected(tags.size(), in_quotes(topic) + ": " + why);
    for (const auto k : tags) board_.tag_late(k, why);
    return {};
  }

  std::vector<readings::TagReading> lost() {
    const Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    const std::string why = board_.health().last_error;
    std::vector<readings::TagReading> readings;
    for (std::size_t k = 0; k < board_.size(); ++k) {
      if (board_.well(k))
        readings.push_back({board_.name(k), Reading{.time = now,
                                                    .value = std::numeric_limits<double>::quiet_NaN(),
                                                    .status = StatusCode::bad_not_connected}});
      board_.tag_late(k, why);  // a new connection is no news of the tag yet
    }
    return readings;
  }

  void refused(const std::string& filter) {
    for (std::size_t k = 0; k < plan_.addresses.size(); ++k)
      if (plan_.addresses[k].topic == filter) board_.tag_down(k, "the broker refuses the subscription");
  }

  const SourceSettings settings_;
  Clock& clock_;
  const MqttPlan plan_;
  HealthBoard board_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_topic_;
  MqttLink link_;  // last: its thread ends before what it uses
};

void read_filters(SettingsCheck& check, MqttPlan& plan) {
  std::set<std::string> filters;
  std::string given = check.text("subscribe");
  for (std::size_t at = 0; at < given.size();) {
    const auto end = std::min(given.find(' ', at), given.size());
    if (end > at) filters.insert(given.substr(at, end - at));
    at = end + 1;
  }
  for (const auto& filter : filters)
    if (!valid_filter(filter))
      check.problem("subscribe: " + in_quotes(filter) + " is no topic filter",
                    "write subscribe = \"plant/+/state other/#\"");
  if (filters.empty())
    for (const auto& a : plan.addresses) filters.insert(a.topic);
  plan.link.filters.assign(filters.begin(), filters.end());
}

Result<std::unique_ptr<Source>> make_mqtt(const SourceSettings& settings, Clock& clock) {
  SettingsCheck check(settings);
  MqttPlan plan;
  plan.link = read_link_settings(check, settings);
  plan.link.hello.clean = check.yes("clean_session", false);
  const auto unit = precision_ns(check.one_of("time_unit", {"ns", "us", "ms", "s"}, "ms"));
  if (const auto where = check.text("time"); !where.empty()) {
    auto place = read_payload_place(where);
    if (place)
      plan.time = PayloadTime{std::move(*place), unit.value_or(1)};
    else
      check.problem("time: " + place.error().problems.front().what, place.error().problems.front().cure);
  }
  for (const auto& tag : settings.tags) {
    auto address = read_mqtt_address(tag.address);
    if (!address) check.problem(tag, address.error().problems.front().what, address.error().problems.front().cure);
    const auto type = read_payload_type(tag.type);
    if (!type)
      check.problem(tag, "type " + in_quotes(tag.type) + " is not known",
                    "one of float64, int64, bool, string, or none: as it comes");
    plan.addresses.push_back(address.value_or(MqttAddress{}));
    const bool number = type == PayloadType::as_it_comes && !tag.unit.empty();
    plan.types.push_back(number ? PayloadType::number : type.value_or(PayloadType::as_it_comes));
    plan.no_data.push_back(no_data_of(settings, tag));
  }
  read_filters(check, plan);
  CASTNER_TRY(check.finish());
  return std::make_unique<MqttSource>(settings, clock, std::move(plan));
}

}  // namespace

/// Reads tags from the topics of an MQTT broker. It subscribes and never publishes. A tag's address: "topic", "topic#json.path",
/// "topic#csv:2". Options: those of read_link_settings, and clean_session (false), subscribe (filters instead of the tags' topics,
/// with blanks between), time (where a payload says when: "ts", "csv:1"), time_unit (ms: ns us ms s).
SourceKind mqtt_source() { return {"mqtt", link_paths(), make_mqtt}; }

}  // namespace castner::sources
