// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <set>

#include "castner/base/suggest.h"
#include "castner/sources/kinds.h"
#include "castner/sources/mqtt_link.h"
#include "castner/sources/scaled_reading.h"
#include "castner/sources/sparkplug.h"

namespace castner::sources {
namespace {

using std::chrono::nanoseconds;

struct SparkplugPlan {
  MqttLinkSettings link;
  std::vector<SparkplugAddress> addresses;   ///< as the tags
  std::vector<std::vector<NoData>> no_data;  ///< likewise
  bool rebirth = false;
};

/// The one message that Castner may publish, at QoS 0: asking a node to be born again.
std::string rebirth_packet(const std::string& node, Time now) {
  const auto slash = node.find('/');
  const std::string topic = "spBv1.0/" + node.substr(0, slash) + "/NCMD/" + node.substr(slash + 1);
  std::string body{static_cast<char>(topic.size() >> 8), static_cast<char>(topic.size())};
  body += topic + rebirth_payload(now);
  std::string packet(1, '\x30');
  append_mqtt_length(packet, body.size());
  return packet + body;
}

class SparkplugSource final : public Source {
 public:
  SparkplugSource(const SourceSettings& settings, Clock& clock, SparkplugPlan plan)
      : settings_(settings),
        clock_(clock),
        rebirth_(plan.rebirth),
        no_data_(std::move(plan.no_data)),
        board_(settings, clock, HealthBoard::Silence::normal),
        host_(std::move(plan.addresses)),
        link_(with_filters(std::move(plan.link), host_), board_, clock,
              {.heard = [this](const MqttPublish& m) { return take(host_.heard(m.topic, m.payload, now())); },
               .lost = [this] { return take(host_.disconnected(now())); },
               .refused = [this](const std::string& filter) { refused(filter); }}) {}
  void start(Deliver deliver) override { link_.start(std::move(deliver)); }
  SourceHealth health() const override { return board_.health(); }

 private:
  static constexpr nanoseconds kAskAgain = std::chrono::minutes(1);

  static MqttLinkSettings with_filters(MqttLinkSettings link, const SparkplugHost& host) {
    link.filters = host.filters();
    return link;
  }
  Time now() const { return std::chrono::floor<std::chrono::milliseconds>(clock_.now()); }

  MqttLink::Heard take(SparkplugHost::Outcome out) {
    MqttLink::Heard heard;
    for (auto& [k, reading, current] : out.readings) {
      const TagSettings& tag = settings_.tags[k];
      auto status = reading.status;
      const Time time = reading.time;
      if (const auto* text = std::get_if<std::string>(&reading.value); text && !tag.unit.empty()) {
        if (const auto number = number_of_text(*text)) {
          reading.value = *number;
        } else {
          out.rejected++;
          out.refused.emplace_back(k, in_quotes(*text) + " is no number");
          out.problem = out.refused.back().second;
          continue;
        }
      }
      if (says_no_data(reading.value, no_data_[k])) {
        reading.value = std::numeric_limits<double>::quiet_NaN();
        status = readings::StatusCode::bad_no_data;
      }
      reading = scaled_reading(std::move(reading.value), tag.scale, tag.offset, time);
      if (status != readings::StatusCode::good) reading.status = status;
      if (current) board_.read(k, reading.time);
      board_.shown(k, reading);
      heard.readings.push_back({tag.name, std::move(reading)});
    }
    for (const auto& [k, why] : out.refused) board_.tag_late(k, why);
    for (const auto k : out.stale) board_.tag_late(k, out.problem);
    for (const auto k : out.down) board_.tag_down(k, out.problem.empty() ? board_.health().last_error : out.problem);
    if (out.rejected > 0)
      board_.rejected(out.rejected, out.problem);
    else if (!out.problem.empty())
      board_.error(out.problem);
    if (rebirth_ && out.ask_rebirth) ask(*out.ask_rebirth, heard);
    return heard;
  }

  void ask(const std::string& node, MqttLink::Heard& heard) {
    const auto [asked, first] = asked_.emplace(node, clock_.uptime());
    if (!first && clock_.uptime() - asked->second < kAskAgain) return;
    asked->second = clock_.uptime();
    heard.say.push_back(rebirth_packet(node, clock_.now()));
  }

  /// @param filter  "spBv1.0/GROUP/TYPE/NODE", or that with "/+"
  void refused(const std::string& filter) {
    const auto node = std::string_view(filter).substr(0, filter.size() - (filter.ends_with("/+") ? 2 : 0));
    for (std::size_t k = 0; k < settings_.tags.size(); ++k) {
      const auto a = read_sparkplug_address(settings_.tags[k].address);
      if (a && node.starts_with("spBv1.0/" + a->group + "/") && node.ends_with("/" + a->node))
        board_.tag_down(k, "the broker refuses the subscription to " + in_quotes(filter));
    }
  }

  const SourceSettings settings_;
  Clock& clock_;
  const bool rebirth_;
  const std::vector<std::vector<NoData>> no_data_;  ///< as the tags
  HealthBoard board_;
  SparkplugHost host_;
  std::map<std::string, nanoseconds> asked_;
  MqttLink link_;  // last: its thread ends before what it uses
};

Result<std::unique_ptr<Source>> make_sparkplug(const SourceSettings& settings, Clock& clock) {
  SettingsCheck check(settings);
  SparkplugPlan plan;
  plan.link = read_link_settings(check, settings);
  plan.link.hello.clean = true;  // a birth that waited for us says nothing about now
  plan.rebirth = check.yes("rebirth", false);
  std::set<std::string> seen;
  for (const auto& tag : settings.tags) {
    auto address = read_sparkplug_address(tag.address);
    if (!address) check.problem(tag, address.error().problems.front().what, address.error().problems.front().cure);
    if (!seen.insert(tag.address).second)
      check.problem(tag, "address " + in_quotes(tag.address) + " stands twice",
                    "a metric is one tag; remove one of them");
    if (!tag.type.empty()) check.problem(tag, "type: a Sparkplug metric says its own", "remove it");
    plan.addresses.push_back(address.value_or(SparkplugAddress{}));
    plan.no_data.push_back(no_data_of(settings, tag));
  }
  CASTNER_TRY(check.finish());
  return std::make_unique<SparkplugSource>(settings, clock, std::move(plan));
}

}  // namespace

/// Reads the metrics of Sparkplug B nodes from an MQTT broker. A tag's address: "group/node[/device]/metric". Options: those of
/// read_link_settings, and rebirth (false): whether a node whose birth was missed, or of which a message was, is asked to tell
/// everything anew (NCMD Node Control/Rebirth, at most once a minute a node). Nothing else is ever published.
SourceKind sparkplug_source() { return {"sparkplug", link_paths(), make_sparkplug}; }

}  // namespace castner::sources
