// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/mqtt_packet.h"

namespace castner::sources {
namespace {

void append_u16(std::string& out, std::size_t n) {
  out += static_cast<char>(n >> 8);
  out += static_cast<char>(n);
}
void append_text(std::string& out, std::string_view text) {
  append_u16(out, text.size());
  out += text;
}
std::string packet(MqttType type, int flags, std::string_view body) {
  std::string out(1, static_cast<char>(static_cast<int>(type) << 4 | flags));
  append_mqtt_length(out, body.size());
  return out += body;
}
std::uint16_t u16(std::string_view s, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(s[at]) << 8 | static_cast<unsigned char>(s[at + 1]));
}

}  // namespace

void append_mqtt_length(std::string& out, std::size_t length) {
  do {
    const auto seven = static_cast<unsigned>(length % 128);
    length /= 128;
    out += static_cast<char>(length > 0 ? seven | 0x80u : seven);
  } while (length > 0);
}

std::string mqtt_connect(const MqttHello& hello) {
  std::string body;
  append_text(body, "MQTT");
  body += '\x04';
  int flags = hello.clean ? 0x02 : 0;
  if (!hello.user.empty()) flags |= 0x80;
  if (!hello.user.empty() && !hello.password.empty()) flags |= 0x40;
  body += static_cast<char>(flags);
  append_u16(body, static_cast<std::size_t>(hello.keep_alive));
  append_text(body, hello.client_id);
  if (!hello.user.empty()) append_text(body, hello.user);
  if (!hello.user.empty() && !hello.password.empty()) append_text(body, hello.password);
  return packet(MqttType::connect, 0, body);
}

std::string mqtt_subscribe(std::uint16_t id, std::span<const std::string> filters) {
  std::string body;
  append_u16(body, id);
  for (const auto& filter : filters) {
    append_text(body, filter);
    body += '\x01';
  }
  return packet(MqttType::subscribe, 2, body);
}

std::string mqtt_puback(std::uint16_t id) {
  std::string body;
  append_u16(body, id);
  return packet(MqttType::puback, 0, body);
}
std::string mqtt_pingreq() { return packet(MqttType::pingreq, 0, ""); }
std::string mqtt_disconnect() { return packet(MqttType::disconnect, 0, ""); }

std::optional<MqttPacket> MqttCutter::next() {
  if (!failed_.empty()) return std::nullopt;
  const std::string_view rest = std::string_view(waiting_).substr(taken_);
  std::size_t length = 0, head = 1;
  for (int shift = 0;; shift += 7, ++head) {
    if (head >= rest.size()) {  // not even the length is there
      waiting_.erase(0, taken_);
      taken_ = 0;
      return std::nullopt;
    }
    const auto byte = static_cast<unsigned char>(rest[head]);
    length |= std::size_t{byte & 0x7Fu} << shift;
    if ((byte & 0x80u) == 0) break;
    if (shift == 21) return failed_ = "a packet length of more than four bytes", std::nullopt;
  }
  ++head;
  if (length > most_)
    return failed_ =
               "a packet of " + std::to_string(length) + " bytes; at most " + std::to_string(most_) + " are taken",
           std::nullopt;
  if (rest.size() < head + length) {
    waiting_.erase(0, taken_);
    taken_ = 0;
    return std::nullopt;
  }
  taken_ += head + length;
  const int first = static_cast<unsigned char>(rest[0]);
  return MqttPacket{static_cast<MqttType>(first >> 4), first & 0x0F, rest.substr(head, length)};
}

std::optional<MqttPublish> read_publish(const MqttPacket& p) {
  const int qos = p.flags >> 1 & 3;
  if (p.type != MqttType::publish || qos > 1 || p.body.size() < 2) return std::nullopt;
  const std::size_t topic = u16(p.body, 0), head = 2 + topic + (qos > 0 ? 2 : 0);
  if (topic == 0 || p.body.size() < head) return std::nullopt;
  MqttPublish m{p.body.substr(2, topic), p.body.substr(head), qos, 0, (p.flags & 1) != 0};
  if (qos > 0) m.id = u16(p.body, 2 + topic);
  if (qos > 0 && m.id == 0) return std::nullopt;
  return m;
}

std::optional<int> read_connack(const MqttPacket& p) {
  if (p.type != MqttType::connack || p.body.size() != 2) return std::nullopt;
  return static_cast<unsigned char>(p.body[1]);
}

const char* connack_text(int code) {
  switch (code) {
    case 0: return "accepted";
    case 1: return "the broker does not speak MQTT 3.1.1";
    case 2: return "the broker refuses the client_id";
    case 3: return "the broker is not ready";
    case 4: return "the broker refuses user and password";
    case 5: return "the broker does not allow this client";
    default: return "the broker refuses the connection";
  }
}

std::optional<MqttSuback> read_suback(const MqttPacket& p) {
  if (p.type != MqttType::suback || p.body.size() < 3) return std::nullopt;
  MqttSuback s{u16(p.body, 0), {}};
  for (const char code : p.body.substr(2)) s.granted.push_back(static_cast<unsigned char>(code) <= 2);
  return s;
}

bool valid_filter(std::string_view filter) {
  if (filter.empty() || filter.size() > 65535 || filter.find('\0') != std::string_view::npos) return false;
  for (std::size_t i = 0; i < filter.size(); ++i) {
    if (filter[i] != '+' && filter[i] != '#') continue;
    const bool opens = i == 0 || filter[i - 1] == '/';
    const bool closes = i + 1 == filter.size() || (filter[i] == '+' && filter[i + 1] == '/');
    if (!opens || !closes) return false;
  }
  return true;
}

}  // namespace castner::sources
