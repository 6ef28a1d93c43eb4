// SPDX-License-Identifier: Apache-2.0
// A Sparkplug B edge node after Eclipse Sparkplug 3.0.0, chapters 5 and 6:
//  1. connect: a clean session whose will is the NDEATH with the next bdSeq, which the broker publishes if the node
//     dies.
//  2. Once connected, NCMD is subscribed, and the next message is a birth.
//  3. birth: NBIRTH with bdSeq and the rebirth command, then DBIRTH with name, alias and unit of each tag; sequence
//     numbers start at 0.
//  4. publish: DDATA with the values that are to be sent, by alias; each message has the next sequence number modulo
//     256.
//  5. A rebirth command, a lost connection or a failed send makes the next message a birth.
//  6. down sends NDEATH itself, since a broker publishes no will of a client that disconnects.
// Paho calls back on a thread of its own, and holds its lock while it does. So nothing here holds mutex_ while it calls
// Paho: each would wait for the other for ever.
#include <MQTTAsync.h>
#include <fmt/format.h>
#include <sparkplug_b.pb.h>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <mutex>

#include "castner/base/check.h"
#include "castner/base/log.h"
#include "castner/virtual_plant/link.h"

namespace castner::virtual_plant {
namespace {

using sparkplug::Metric;
using sparkplug::Payload;

constexpr std::uint32_t kQualityBad = 0, kQualityGood = 192;
constexpr const char* kRebirth = "Node Control/Rebirth";

std::uint64_t milliseconds(Time t) {
  return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(t).time_since_epoch().count());
}

void add_property(Metric& m, const char* key, sparkplug::DataType type, std::uint32_t number) {
  m.mutable_properties()->add_keys(key);
  auto* value = m.mutable_properties()->add_values();
  value->set_type(type);
  value->set_int_value(number);
}

class SparkplugLink final : public Link {
 public:
  SparkplugLink(const LinkSettings& settings, std::vector<LinkTag> tags) : settings_(settings), tags_(std::move(tags)) {
    const std::string id = fmt::format("castner-virtual-{}-{}-{}", settings.group, settings.node, settings.name);
    check(MQTTAsync_create(&client_, settings.url.c_str(), id.c_str(), MQTTCLIENT_PERSISTENCE_NONE, nullptr) ==
              MQTTASYNC_SUCCESS,
          "an MQTT client can be made of the url");
    MQTTAsync_setCallbacks(client_, this, on_lost, on_message, nullptr);
    MQTTAsync_setConnected(client_, this, on_connected);
  }
  ~SparkplugLink() override {
    down();
    MQTTAsync_destroy(&client_);
  }

  Result<void> up() override {
    wanted_ = true;
    connect();
    return {};  // a broker that is not there yet is called again at each publish
  }

  void down() override {
    if (!wanted_) return;
    wanted_ = false;
    // A client that says goodbye has no will read out: the death is its last message.
    if (open_) send("NDEATH", false, death());
    MQTTAsync_disconnectOptions options = MQTTAsync_disconnectOptions_initializer;
    options.timeout = 1000;
    options.context = this;
    {
      const std::lock_guard lock(mutex_);
      ended_ = false;
    }
    options.onSuccess = [](void* self, MQTTAsync_successData*) { static_cast<SparkplugLink*>(self)->end(); };
    options.onFailure = [](void* self, MQTTAsync_failureData*) { static_cast<SparkplugLink*>(self)->end(); };
    if (MQTTAsync_disconnect(client_, &options) == MQTTASYNC_SUCCESS) {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, std::chrono::seconds(3), [&] { return ended_; });
    }
    connecting_ = false;
    open_ = false;
  }

  void rubbish(bool on) override { rubbish_ = on; }
  std::string address() const override { return settings_.url; }

  void publish(Time now, const std::vector<TagValue>& values) override {
    check(values.size() == tags_.size(), "a link is given a value for each of its tags");
    if (!wanted_) return;
    if (!open_) return connect();
    if (rubbish_) return send("DDATA", true, "\xff\xfe this is no payload");
    if (rebirth_.exchange(false)) born_ = false;
    if (!born_) return birth(now, values);
    Payload payload = dated(now);
    for (std::size_t i = 0; i < tags_.size(); ++i)
      if (values[i].sent) add_value(payload, now, i, values[i], false);
    send("DDATA", true, sequenced(payload));
  }

 private:
  std::string topic(const char* kind, bool device) const {
    return fmt::format("spBv1.0/{}/{}/{}{}{}", settings_.group, kind, settings_.node, device ? "/" : "",
                       device ? settings_.device : "");
  }

  Payload dated(Time now) const {
    Payload payload;
    payload.set_timestamp(milliseconds(now));
    return payload;
  }
  std::string sequenced(Payload& payload) {
    payload.set_seq(sequence_);
    sequence_ = (sequence_ + 1) % 256;
    return payload.SerializeAsString();
  }

  /// NDEATH of the session that is being opened; the broker keeps it as the will.
  std::string death() const {
    Payload payload;
    add_session(payload);
    return payload.SerializeAsString();
  }
  void add_session(Payload& payload) const {
    Metric* m = payload.add_metrics();
    m->set_name("bdSeq");
    m->set_datatype(sparkplug::INT64);
    m->set_long_value(session_);
  }

  void add_value(Payload& payload, Time now, std::size_t i, const TagValue& v, bool birth) const {
    Metric* m = payload.add_metrics();
    if (birth) m->set_name(tags_[i].name);
    m->set_alias(i + 1);
    m->set_timestamp(milliseconds(now));
    m->set_datatype(sparkplug::DOUBLE);
    // The specification's Quality, and the reason as OPC UA's code, as the gateway sends it too.
    const auto status = v.sent ? v.status : readings::StatusCode::bad_no_data;
    const bool good = status == readings::StatusCode::good;
    if (birth || !good) add_property(*m, "Quality", sparkplug::INT32, good ? kQualityGood : kQualityBad);
    if (!good) add_property(*m, "StatusCode", sparkplug::UINT32, static_cast<std::uint32_t>(status));
    if (v.sent)
      m->set_double_value(v.value);
    else
      m->set_is_null(true);
    if (!birth || tags_[i].unit.empty()) return;
    m->mutable_properties()->add_keys("engUnit");
    auto* unit = m->mutable_properties()->add_values();
    unit->set_type(sparkplug::STRING);
    unit->set_string_value(tags_[i].unit);
  }

  void birth(Time now, const std::vector<TagValue>& values) {
    sequence_ = 0;
    Payload node = dated(now);
    add_session(node);
    Metric* rebirth = node.add_metrics();
    rebirth->set_name(kRebirth);
    rebirth->set_datatype(sparkplug::BOOLEAN);
    rebirth->set_boolean_value(false);
    send("NBIRTH", false, sequenced(node));
    Payload device = dated(now);
    for (std::size_t i = 0; i < tags_.size(); ++i) add_value(device, now, i, values[i], true);
    send("DBIRTH", true, sequenced(device));
    born_ = true;
  }

  void send(const char* kind, bool device, const std::string& payload) {
    MQTTAsync_responseOptions none = MQTTAsync_responseOptions_initializer;
    const int rc = MQTTAsync_send(client_, topic(kind, device).c_str(), static_cast<int>(payload.size()),
                                  payload.data(), 0, 0, &none);
    if (rc != MQTTASYNC_SUCCESS) born_ = false;  // what was lost shows as a new birth
  }

  void connect() {
    if (open_ || !wanted_ || connecting_.exchange(true)) return;
    session_ = (session_ + 1) % 256;
    will_ = death();
    will_topic_ = topic("NDEATH", false);
    MQTTAsync_willOptions will = MQTTAsync_willOptions_initializer;
    will.topicName = will_topic_.c_str();
    will.payload.data = will_.data();
    will.payload.len = static_cast<int>(will_.size());
    will.qos = 1;
    MQTTAsync_connectOptions options = MQTTAsync_connectOptions_initializer;
    options.keepAliveInterval = 10;
    options.connectTimeout = 2;
    options.cleansession = 1;
    options.will = &will;
    options.context = this;
    // Without an onSuccess Paho keeps onFailure, and calls it once more when the connection that stood is lost.
    options.onSuccess = [](void*, MQTTAsync_successData*) {};
    options.onFailure = [](void* self, MQTTAsync_failureData*) {
      static_cast<SparkplugLink*>(self)->connecting_ = false;
    };
    if (MQTTAsync_connect(client_, &options) != MQTTASYNC_SUCCESS) connecting_ = false;
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  static void on_connected(void* context, char*) {
    auto& self = *static_cast<SparkplugLink*>(context);
    self.rebirth_ = true;
    self.open_ = true;
    self.connecting_ = false;
    MQTTAsync_responseOptions none = MQTTAsync_responseOptions_initializer;
    MQTTAsync_subscribe(self.client_, self.topic("NCMD", false).c_str(), 1, &none);
    log_event(LogLevel::info, "sparkplug_connected", {{"link", self.settings_.name}, {"broker", self.settings_.url}});
  }
  static void on_lost(void* context, char*) {
    auto& self = *static_cast<SparkplugLink*>(context);
    self.open_ = false;
    log_event(LogLevel::warning, "sparkplug_lost", {{"link", self.settings_.name}, {"broker", self.settings_.url}});
  }
  static int on_message(void* context, char* topic, int, MQTTAsync_message* message) {
    auto& self = *static_cast<SparkplugLink*>(context);
    Payload payload;
    if (payload.ParseFromArray(message->payload, message->payloadlen))
      for (const Metric& m : payload.metrics())
        if (m.name() == kRebirth && m.boolean_value()) self.rebirth_ = true;
    MQTTAsync_freeMessage(&message);
    MQTTAsync_free(topic);
    return 1;
  }

  LinkSettings settings_;
  std::vector<LinkTag> tags_;
  MQTTAsync client_ = nullptr;
  std::mutex mutex_;  ///< of ended_
  std::condition_variable changed_;
  bool ended_ = false;
  std::atomic<bool> wanted_ = false;      ///< up and not down
  std::atomic<bool> connecting_ = false;  ///< Paho was asked for a session and has not answered
  std::atomic<bool> open_ = false;        ///< a session with the broker stands
  std::atomic<bool> rebirth_ = false;     ///< the next message is a birth
  bool born_ = false, rubbish_ = false;
  std::uint64_t sequence_ = 0, session_ = 255;  ///< the first session is 0
  std::string will_, will_topic_;
};

}  // namespace

std::unique_ptr<Link> make_sparkplug_link(const LinkSettings& settings, std::vector<LinkTag> tags) {
  return std::make_unique<SparkplugLink>(settings, std::move(tags));
}

}  // namespace castner::virtual_plant
