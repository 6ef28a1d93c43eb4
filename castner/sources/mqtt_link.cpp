// SPDX-License-Identifier: Apache-2.0
// One thread, one connection to an MQTT 3.1.1 broker at a time:
//  1. connect (tcp_connect.h); then TLS, if the url says ssl; then CONNECT.
//  2. After CONNACK the filters are subscribed, a hundred at a time, anew after each connect.
//  3. turn, again and again: acknowledge what is durable, ping, send, hand over the delivery that the historian
//     refused, take packets, wait for the socket or for a wake-up (eventfd) from the thread that made readings durable.
//  4. While a delivery is refused nothing is read from the socket, so the broker keeps the rest.
//  5. Messages of QoS 1 are acknowledged in the order of arrival: one is only once all before it are durable too
//     (Acknowledgements).
//  6. When a connection ends, messages that the broker will not send again are handed over as `last`, or counted as
//     lost; then the source waits, twice as long after each failure (back_off.h), and begins at 1.
#include "castner/sources/mqtt_link.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

#include "castner/base/check.h"
#include "castner/base/file.h"
#include "castner/base/suggest.h"
#include "castner/base/survive.h"
#include "castner/sources/back_off.h"
#include "castner/sources/tcp_connect.h"

namespace castner::sources {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

/// Tells which messages of one connection may be acknowledged: those that are durable, as are all before them. Outlives the
/// connection, since deliveries that wait in the historian hold it.
class Acknowledgements {
 public:
  explicit Acknowledgements(std::shared_ptr<Fd> wake) : wake_(std::move(wake)) {}
  std::uint64_t expect(std::uint16_t id) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({id, false});
    return first_ + waiting_.size() - 1;
  }
  void durable(std::uint64_t number) {
    {
      const std::lock_guard lock(mutex_);
      waiting_[static_cast<std::size_t>(number - first_)].durable = true;
    }
    const std::uint64_t one = 1;
    (void)!write(wake_->get(), &one, sizeof one);
  }
  std::vector<std::uint16_t> take() {
    const std::lock_guard lock(mutex_);
    std::vector<std::uint16_t> ids;
    for (; !waiting_.empty() && waiting_.front().durable; waiting_.pop_front(), ++first_)
      ids.push_back(waiting_.front().id);
    return ids;
  }

 private:
  struct Message {
    std::uint16_t id;
    bool durable;
  };
  std::shared_ptr<Fd> wake_;
  std::mutex mutex_;
  std::deque<Message> waiting_;
  std::uint64_t first_ = 0;  ///< number of waiting_.front()
};

}  // namespace

struct MqttLink::Inside {
  MqttLinkSettings settings;
  HealthBoard& board;
  Clock& clock;
  Listener listener;
  Deliver deliver;
  std::shared_ptr<Fd> wake = std::make_shared<Fd>(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));

  // Of one connection:
  Fd socket;
  std::unique_ptr<Tls> tls;
  std::optional<MqttCutter> cutter;
  std::shared_ptr<Acknowledgements> acks;
  std::string to_send;
  std::string plain;             ///< for TLS, until its handshake is done
  std::optional<Delivery> held;  ///< refused by the historian, tried again each turn
  bool accepted = false, ping_open = false;
  nanoseconds last_sent{}, last_heard{}, ping_sent{};
  std::size_t subscribed = 0;
  std::uint16_t subscribe_id = 0;
  std::string why;

  std::jthread thread;  // last: it ends before what it uses

  Inside(MqttLinkSettings s, HealthBoard& b, Clock& c, Listener l)
      : settings(std::move(s)), board(b), clock(c), listener(std::move(l)) {}

  bool fail(std::string reason) {
    why = settings.broker.host + ":" + std::to_string(settings.broker.port) + ": " + std::move(reason);
    return false;
  }

  void run(const std::stop_token& stop) {
    const std::stop_callback waker(stop, [this] {
      const std::uint64_t one = 1;
      (void)!write(wake->get(), &one, sizeof one);
    });
    BackOff back_off(seconds(1), settings.retry_limit);
    while (!stop.stop_requested()) {
      const bool survived = survive(settings.broker.host, [&] {
        reset();
        if (!connect(stop) || !open_tls()) return;
        last_heard = clock.uptime();  // the broker's time to answer begins now, not while we read certificates
        send(mqtt_connect(settings.hello));
        while (!stop.stop_requested() && turn()) {
        }
      });
      (void)survive(settings.broker.host, [&] {
        if (!survived) fail(kSurvived);
        give_away();
      });
      if (accepted) back_off.worked();
      if (stop.stop_requested()) break;
      (void)survive(settings.broker.host, [&] {
        board.disconnected(why);
        auto lost = listener.lost();
        if (!lost.readings.empty())
          deliver({std::move(lost.readings), {}});  // a mark; where it is refused it is not worth keeping
      });
      clock.sleep_for(back_off.failed(), stop);
    }
    (void)survive(settings.broker.host, [&] {
      if (!accepted || !why.empty()) return;
      send(mqtt_disconnect());
      flush();
    });
  }

  void reset() {
    socket = Fd();
    tls.reset();
    cutter.emplace(settings.most_bytes);
    acks = std::make_shared<Acknowledgements>(wake);
    to_send.clear();
    plain.clear();
    accepted = ping_open = false;
    subscribed = 0;
    why.clear();
    last_sent = last_heard = clock.uptime();
  }

  /// Whether the broker sends a message again that is not acknowledged: QoS 1, unless the session is clean.
  bool sent_again(const MqttPublish& m) const { return m.qos == 1 && !settings.hello.clean; }

  /// After the connection: readings that the historian refused, and that will not come again, are tried once more as `last`.
  void give_away() {
    if (!held) return;
    const auto give = [this](Delivery d) {
      const auto count = d.readings.size();
      d.last = true;
      if (count > 0 && !deliver(std::move(d))) board.lost(count);
    };
    if (!held->sent_again) give(std::move(*held));
    held.reset();
    while (const auto packet = cutter->next()) {
      const auto message = packet->type == MqttType::publish ? read_publish(*packet) : std::nullopt;
      if (message && !sent_again(*message)) give({listener.heard(*message).readings, {}});
    }
  }

  bool connect(const std::stop_token& stop) {
    auto connected = tcp_connect(settings.broker, settings.timeout, stop);
    if (!connected) return fail(connected.error());
    socket = std::move(*connected);
    return true;
  }

  bool open_tls() {
    if (settings.broker.scheme != "ssl") return true;
    auto made = Tls::make(settings.tls);
    if (!made) return fail(made.error().first());
    tls = std::move(*made);
    to_send += tls->take_to_network();
    return true;
  }

  void send(std::string_view packet) {
    last_sent = clock.uptime();
    if (!tls) {
      to_send += packet;
      return;
    }
    plain += packet;
    seal();
  }
  void seal() {
    if (tls->ready() && !plain.empty() && tls->send_plain(plain)) plain.clear();
    to_send += tls->take_to_network();
  }

  bool flush() {
    while (!to_send.empty()) {
      const auto sent = ::send(socket.get(), to_send.data(), to_send.size(), MSG_NOSIGNAL);
      if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
      if (sent <= 0) return fail(std::strerror(errno));
      to_send.erase(0, static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// One round: acknowledge, send, wait, take. False: the connection is over, and `why` says why.
  bool turn() {
    for (const auto id : acks->take()) send(mqtt_puback(id));
    if (!keep_alive() || !flush()) return false;
    if (held && deliver(Delivery(*held))) held.reset();
    // While the historian refuses, nothing is read: the broker keeps its messages for us.
    if (!held && !take_packets()) return false;
    pollfd fds[2] = {{socket.get(), static_cast<short>((held ? 0 : POLLIN) | (to_send.empty() ? 0 : POLLOUT)), 0},
                     {wake->get(), POLLIN, 0}};
    if (poll(fds, 2, held ? 50 : 200) < 0 && errno != EINTR) return fail(std::strerror(errno));
    if (fds[1].revents & POLLIN) {
      std::uint64_t count = 0;
      (void)!read(wake->get(), &count, sizeof count);
    }
    if (fds[0].revents & (POLLERR | POLLHUP) && held) return fail("the broker closed the connection");
    return held || receive();
  }

  bool receive() {
    char buffer[65536];
    const auto got = recv(socket.get(), buffer, sizeof buffer, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return true;
    if (got < 0) return fail(std::strerror(errno));
    if (got == 0)
      return fail(accepted ? "the broker closed the connection" : "the broker closed the connection at once");
    const std::string_view bytes(buffer, static_cast<std::size_t>(got));
    last_heard = clock.uptime();
    if (!tls) {
      cutter->feed(bytes);
      return true;
    }
    const bool trusted = tls->received(bytes);
    seal();
    if (!trusted) {
      flush();  // the alert that says so
      return fail(tls->error());
    }
    cutter->feed(tls->take_plain());
    seal();
    return true;
  }

  bool keep_alive() {
    const auto now = clock.uptime();
    if (!accepted) return now - last_heard <= settings.timeout || fail("the broker does not answer");
    const nanoseconds beat = nanoseconds(seconds(settings.hello.keep_alive)) / 2;
    if (now - last_sent >= beat) {
      send(mqtt_pingreq());
      if (!ping_open) ping_sent = now;
      ping_open = true;
    }
    // No answer can be seen while nothing is read.
    if (held) ping_sent = now;
    return !ping_open || last_heard > ping_sent || now - ping_sent <= settings.timeout ||
           fail("the broker does not answer any more");
  }

  /// Takes packets up to the first message that the historian refuses.
  bool take_packets() {
    while (!held) {
      const auto packet = cutter->next();
      if (!packet) return cutter->failed().empty() || fail(cutter->failed());
      if (!take(*packet)) return false;
    }
    return true;
  }

  bool take(const MqttPacket& packet) {
    switch (packet.type) {
      case MqttType::connack: return take_connack(packet);
      case MqttType::suback: return take_suback(packet);
      case MqttType::pingresp: ping_open = false; return true;
      case MqttType::publish: return accepted ? take_publish(packet) : fail("a message before the broker accepted us");
      default: return fail("a packet that brokers do not send to listeners");
    }
  }

  bool take_connack(const MqttPacket& packet) {
    const auto code = read_connack(packet);
    if (!code || accepted) return fail("no MQTT: a broken CONNACK");
    if (*code != 0) return fail(connack_text(*code));
    accepted = true;
    board.connected();
    subscribe_next();
    return true;
  }

  /// Subscribes the next hundred filters. After every connect all are subscribed anew: the broker may have forgotten them.
  void subscribe_next() {
    if (subscribed == settings.filters.size()) return;
    const std::size_t n = std::min<std::size_t>(100, settings.filters.size() - subscribed);
    send(mqtt_subscribe(++subscribe_id == 0 ? ++subscribe_id : subscribe_id,
                        std::span(settings.filters).subspan(subscribed, n)));
  }

  bool take_suback(const MqttPacket& packet) {
    const auto answer = read_suback(packet);
    const std::size_t n = std::min<std::size_t>(100, settings.filters.size() - subscribed);
    if (!answer || answer->id != subscribe_id || answer->granted.size() != n) return fail("no MQTT: a broken SUBACK");
    for (std::size_t k = 0; k < n; ++k)
      if (!answer->granted[k]) {
        board.error("the broker refuses the subscription to " + in_quotes(settings.filters[subscribed + k]));
        listener.refused(settings.filters[subscribed + k]);
      }
    subscribed += n;
    subscribe_next();
    return true;
  }

  bool take_publish(const MqttPacket& packet) {
    const auto message = read_publish(packet);
    if (!message) return fail("no MQTT: a broken PUBLISH");
    Heard heard = listener.heard(*message);
    for (const auto& packet_out : heard.say) send(packet_out);
    Delivery delivery{std::move(heard.readings), {}};
    if (message->qos == 1) {
      const auto number = acks->expect(message->id);
      if (delivery.readings.empty())
        acks->durable(number);
      else
        delivery.durable = [box = acks, number] { box->durable(number); };
      delivery.sent_again = sent_again(*message);
    }
    if (!delivery.readings.empty() && !deliver(Delivery(delivery))) held = std::move(delivery);
    return true;
  }
};

MqttLink::MqttLink(MqttLinkSettings settings, HealthBoard& board, Clock& clock, Listener listener)
    : inside_(std::make_unique<Inside>(std::move(settings), board, clock, std::move(listener))) {}
MqttLink::~MqttLink() = default;

void MqttLink::start(Deliver deliver) {
  inside_->deliver = std::move(deliver);
  inside_->thread = std::jthread([in = inside_.get()](const std::stop_token& stop) { in->run(stop); });
}

std::vector<std::string> link_paths() { return {"password_file", "ca_file", "cert_file", "key_file"}; }

MqttLinkSettings read_link_settings(SettingsCheck& check, const SourceSettings& settings) {
  MqttLinkSettings s;
  s.broker = check.endpoint({"tcp", "ssl"}, 1883, "tcp://192.168.1.10:1883");
  if (s.broker.scheme == "ssl" && settings.url.find(":8883") == std::string::npos && s.broker.port == 1883 &&
      settings.url.find(":1883") == std::string::npos)
    s.broker.port = 8883;
  s.hello.client_id = check.text("client_id", "castner-" + settings.name);
  s.hello.user = check.text("user");
  s.hello.password = check.text("password");
  if (const auto file = check.text("password_file"); !file.empty()) {
    auto content = read_file(file);
    if (content) {
      s.hello.password = content->substr(0, content->find_first_of("\r\n"));
    } else {
      check.problem("password_file: " + content.error().first(), "name a file that this server may read");
    }
  }
  if (!s.hello.password.empty() && s.hello.user.empty()) check.problem("a password without user", "give user too");
  if (s.hello.client_id.empty() || s.hello.client_id.size() > 1000 || s.hello.user.size() > 1000 ||
      s.hello.password.size() > 1000)
    check.problem("client_id, user or password is longer than 1000 bytes, or client_id is empty", "choose another");
  s.hello.keep_alive = static_cast<int>(check.integer("keep_alive", 1, 3600, 30));
  s.tls = {s.broker.host, check.text("ca_file"), check.text("cert_file"), check.text("key_file")};
  if (s.tls.certificate.empty() != s.tls.key.empty())
    check.problem("cert_file and key_file belong together", "give both, or neither");
  if (s.broker.scheme == "tcp" && !(s.tls.authority + s.tls.certificate).empty())
    check.problem("certificates are for ssl://, the url begins with tcp://", "write url = \"ssl://host:8883\"");
  s.most_bytes = static_cast<std::size_t>(check.integer("max_bytes", 1000, 268'435'455, 4'000'000));
  s.retry_limit = check.time("retry_limit", seconds(30));
  s.timeout = settings.timeout;
  return s;
}

}  // namespace castner::sources
