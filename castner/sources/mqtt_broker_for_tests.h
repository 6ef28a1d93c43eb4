// SPDX-License-Identifier: Apache-2.0
/// A small MQTT broker for tests that writes down every packet it was ever sent, and publishes what a test tells it to.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <set>

#include "castner/sources/mqtt_packet.h"
#include "castner/sources/tcp_for_tests.h"

namespace castner::sources {

class TestBroker {
 public:
  TestBroker() : server_([this](TestPeer& peer) { serve(peer); }) {}
  std::string url() const { return "tcp://127.0.0.1:" + std::to_string(server_.port()); }
  void stop() { server_.stop(); }
  void start() { server_.start(); }
  int connections() const { return server_.connections(); }

  /// Sent to whoever is connected, at QoS 1 again with every new connection until it is acknowledged, as a broker does.
  void publish(const std::string& topic, const std::string& payload, bool retained = false) {
    const std::lock_guard lock(mutex_);
    messages_.push_back({++last_id_, topic, payload, retained});
  }
  void raw(std::string bytes) {
    const std::lock_guard lock(mutex_);
    raw_ = std::move(bytes);
  }
  void refuse_with(int code) { refuse_ = code; }
  void refuse_filter(const std::string& filter) {
    const std::lock_guard lock(mutex_);
    refused_filter_ = filter;
  }
  void answer_pings(bool yes) { answer_pings_ = yes; }

  std::set<MqttType> types() const {
    const std::lock_guard lock(mutex_);
    return types_;
  }
  std::vector<std::string> published() const {  ///< whole PUBLISH bodies that we were sent
    const std::lock_guard lock(mutex_);
    return published_;
  }
  std::vector<int> acknowledged() const {
    const std::lock_guard lock(mutex_);
    return acknowledged_;
  }
  std::string subscriptions() const {
    const std::lock_guard lock(mutex_);
    return subscriptions_;
  }
  std::string hello() const {
    const std::lock_guard lock(mutex_);
    return hello_;
  }
  /// PUBLISH as a broker sends it.
  static std::string packet(int id, const std::string& topic, const std::string& payload, bool retained = false) {
    std::string body{static_cast<char>(topic.size() >> 8), static_cast<char>(topic.size())};
    body += topic;
    if (id > 0) body += {static_cast<char>(id >> 8), static_cast<char>(id)};
    body += payload;
    std::string out(1, static_cast<char>(0x30 | (id > 0 ? 2 : 0) | (retained ? 1 : 0)));
    append_mqtt_length(out, body.size());
    return out + body;
  }

 private:
  struct Message {
    int id;
    std::string topic, payload;
    bool retained;
  };
  void serve(TestPeer& peer) {
    MqttCutter cutter(10'000'000);
    std::set<int> sent;
    bool subscribed = false;
    std::string byte;
    while (!peer.stopped()) {
      if (peer.has_input()) {
        if (!peer.read(byte, 1)) return;
        cutter.feed(byte);
        while (const auto p = cutter.next())
          if (!answer(peer, *p, subscribed)) return;
        continue;
      }
      if (!subscribed) continue;
      std::string out;
      {
        const std::lock_guard lock(mutex_);
        out = std::exchange(raw_, "");
        for (const auto& m : messages_)
          if (sent.insert(m.id).second) out += packet(m.id, m.topic, m.payload, m.retained);
      }
      if (!out.empty() && !peer.write(out)) return;
    }
  }
  bool answer(TestPeer& peer, const MqttPacket& p, bool& subscribed) {
    const std::lock_guard lock(mutex_);
    types_.insert(p.type);
    switch (p.type) {
      case MqttType::connect:
        hello_ = p.body;
        return peer.write(std::string{0x20, 0x02, 0x00, static_cast<char>(refuse_.load())}) && refuse_ == 0;
      case MqttType::subscribe: {
        subscriptions_ = p.body;
        std::string codes;
        for (std::size_t at = 2, size = 0; at + 2 < p.body.size(); at += 3 + size) {
          size = static_cast<std::size_t>(static_cast<unsigned char>(p.body[at]) << 8 |
                                          static_cast<unsigned char>(p.body[at + 1]));
          codes += p.body.substr(at + 2, size) == refused_filter_ ? '\x80' : '\x01';
        }
        subscribed = true;
        std::string out(1, '\x90');
        append_mqtt_length(out, 2 + codes.size());
        return peer.write(out + std::string(p.body.substr(0, 2)) + codes);
      }
      case MqttType::puback: {
        const int id = static_cast<unsigned char>(p.body[0]) << 8 | static_cast<unsigned char>(p.body[1]);
        acknowledged_.push_back(id);
        std::erase_if(messages_, [&](const Message& m) { return m.id == id; });
        return true;
      }
      case MqttType::pingreq: return !answer_pings_ || peer.write(std::string{static_cast<char>(0xD0), 0});
      case MqttType::publish: published_.emplace_back(p.body); return true;
      default: return true;
    }
  }

  mutable std::mutex mutex_;
  std::deque<Message> messages_;
  int last_id_ = 0;
  std::string raw_, subscriptions_, hello_, refused_filter_;
  std::set<MqttType> types_;
  std::vector<std::string> published_;
  std::vector<int> acknowledged_;
  std::atomic<int> refuse_ = 0;
  std::atomic<bool> answer_pings_ = true;
  TestServer server_;  // last: its threads use the rest
};

}  // namespace castner::sources
