// SPDX-License-Identifier: Apache-2.0
#include <MQTTAsync.h>
#include <gtest/gtest.h>
#include <modbus/modbus.h>
#include <netinet/in.h>
#include <signal.h>
#include <sparkplug_b.pb.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "castner/sources/kinds.h"
#include "castner/virtual_plant/link.h"

namespace castner::virtual_plant {
namespace {

using namespace std::chrono_literals;
using readings::StatusCode;

const Time kMoment{std::chrono::nanoseconds(1'795'417'200'123'456'789)};

int port_of(const Link& link) { return std::stoi(link.address().substr(link.address().rfind(':') + 1)); }

/// True as soon as it is, false after ten seconds.
bool soon(const std::function<bool()>& is_so) {
  for (int i = 0; i < 1000; ++i) {
    if (is_so()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

struct ModbusClient {
  explicit ModbusClient(int port) : context(modbus_new_tcp("127.0.0.1", port)) {
    modbus_set_response_timeout(context, 2, 0);
    connected = modbus_connect(context) == 0;
  }
  ~ModbusClient() {
    modbus_close(context);
    modbus_free(context);
  }
  modbus_t* context;
  bool connected;
};

LinkSettings modbus(const char* table, const char* type, double scale, const char* order = "abcd") {
  LinkSettings l;
  l.name = "plc";
  l.table = table;
  l.type = type;
  l.scale = scale;
  l.word_order = order;
  return l;
}

TEST(ModbusLink, FloatsReadBackInBothWordOrders) {
  for (const char* order : {"abcd", "cdab"}) {
    const auto link = make_modbus_link(modbus("holding", "float32", 1.0, order), {{"A", ""}, {"B", ""}, {"C", ""}});
    ASSERT_TRUE(link->up());
    link->publish(kMoment, {{117.345, StatusCode::good, true},
                            {-0.5, StatusCode::bad_sensor_failure, true},
                            {7.0, StatusCode::good, false}});
    ModbusClient client(port_of(*link));
    ASSERT_TRUE(client.connected);
    std::uint16_t r[6];
    ASSERT_EQ(modbus_read_registers(client.context, 0, 6, r), 6) << modbus_strerror(errno);
    const auto value = [&](int i) {
      return *order == 'a' ? modbus_get_float_abcd(r + 2 * i) : modbus_get_float_cdab(r + 2 * i);
    };
    EXPECT_EQ(value(0), 117.345f);  // to the last bit of a float32
    EXPECT_TRUE(std::isnan(value(1)));
    EXPECT_TRUE(std::isnan(value(2)));
    EXPECT_EQ(modbus_read_registers(client.context, 0, 7, r), -1);  // beyond its table
  }
}

TEST(ModbusLink, CellVoltagesReadBackToATenthOfAMillivolt) {
  std::vector<LinkTag> tags(600, {"cell", "V"});
  const auto link = make_modbus_link(modbus("input", "uint16", 1e-4), tags);
  ASSERT_TRUE(link->up());
  std::vector<TagValue> values;
  for (int i = 0; i < 600; ++i) values.push_back({2.9 + i * 1e-4, StatusCode::good, true});
  values[599] = {9.0, StatusCode::good, true};  // more than the register holds
  link->publish(kMoment, values);
  ModbusClient client(port_of(*link));
  ASSERT_TRUE(client.connected);
  for (int from = 0; from < 600; from += 120) {
    std::uint16_t r[120];
    ASSERT_EQ(modbus_read_input_registers(client.context, from, 120, r), 120);
    for (int i = 0; i < 120; ++i) EXPECT_EQ(r[i], from + i == 599 ? 65535 : 29000 + from + i);
  }
}

TEST(ModbusLink, RefusesToBeWritten) {
  const auto link = make_modbus_link(modbus("holding", "uint16", 1.0), {{"A", ""}});
  ASSERT_TRUE(link->up());
  link->publish(kMoment, {{5.0, StatusCode::good, true}});
  ModbusClient client(port_of(*link));
  EXPECT_EQ(modbus_write_register(client.context, 0, 9), -1);
  EXPECT_EQ(errno, EMBXILFUN);
  std::uint16_t r = 0;
  ASSERT_EQ(modbus_read_registers(client.context, 0, 1, &r), 1);
  EXPECT_EQ(r, 5);
}

TEST(ModbusLink, DiesAndComesBackAtItsPort) {
  const auto link = make_modbus_link(modbus("holding", "uint16", 1.0), {{"A", ""}});
  ASSERT_TRUE(link->up());
  const int port = port_of(*link);
  ModbusClient before(port);
  std::uint16_t r = 0;
  ASSERT_EQ(modbus_read_registers(before.context, 0, 1, &r), 1);
  link->down();
  EXPECT_EQ(modbus_read_registers(before.context, 0, 1, &r), -1);
  EXPECT_FALSE(ModbusClient(port).connected);
  ASSERT_TRUE(link->up());
  EXPECT_EQ(port_of(*link), port);
  link->publish(kMoment, {{7.0, StatusCode::good, true}});
  ModbusClient after(port);
  ASSERT_EQ(modbus_read_registers(after.context, 0, 1, &r), 1);
  EXPECT_EQ(r, 7);
  link->rubbish(true);
  link->publish(kMoment, {{7.0, StatusCode::good, true}});
  ASSERT_EQ(modbus_read_registers(after.context, 0, 1, &r), 1);
  EXPECT_NE(r, 7);
}

TEST(ModbusLink, ATakenPortIsSaid) {
  const auto one = make_modbus_link(modbus("holding", "uint16", 1.0), {{"A", ""}});
  ASSERT_TRUE(one->up());
  LinkSettings same = modbus("holding", "uint16", 1.0);
  same.port = port_of(*one);
  const auto two = make_modbus_link(same, {{"A", ""}});
  const auto opened = two->up();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::world_refused);
}

/// Bytes from a port of this machine until a newline.
struct LineReader {
  explicit LineReader(int port) : fd(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    const timeval limit{10, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connected = connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~LineReader() { close(fd); }
  std::string line() {
    std::string text;
    for (char c = 0; read(fd, &c, 1) == 1 && c != '\n';) text += c;
    return text;
  }
  int fd;
  bool connected;
};

TEST(JsonLink, SaysValuesTimesAndWhatIsNotGood) {
  LinkSettings l;
  l.kind = LinkSettings::Kind::opcua;
  const auto link = make_json_link(l, {{"PI-1", "kPa"}, {"TI-1", "degC"}, {"FI-1", "t/h"}});
  ASSERT_TRUE(link->up());
  LineReader reader(port_of(*link));
  ASSERT_TRUE(reader.connected);
  link->publish(
      kMoment,
      {{121.3, StatusCode::good, true}, {88.25, StatusCode::bad_sensor_failure, true}, {1.0, StatusCode::good, false}});
  EXPECT_EQ(reader.line(),
            R"({"t":"2026-11-23T07:00:00.123Z","values":{"PI-1":121.3,"TI-1":88.25},"status":{"TI-1":2156658688}})");
  link->down();
  EXPECT_EQ(reader.line(), "");
}

/// A mosquitto of this test's own on a free port; ends with it.
class Broker {
 public:
  Broker() {
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof own;
    if (bind(probe, reinterpret_cast<sockaddr*>(&own), size) == 0)
      getsockname(probe, reinterpret_cast<sockaddr*>(&own), &size);
    port_ = ntohs(own.sin_port);
    close(probe);
    start();
  }
  ~Broker() { stop(); }
  void start() {
    const std::string port = std::to_string(port_);
    pid_ = fork();
    if (pid_ == 0) {
      setenv("PATH", "/usr/sbin:/usr/bin:/bin", 1);
      execlp("mosquitto", "mosquitto", "-p", port.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    runs_ = soon([&] { return LineReader(port_).connected || waitpid(pid_, nullptr, WNOHANG) == pid_; }) &&
            LineReader(port_).connected;
  }
  void stop() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    pid_ = -1;
  }
  bool runs() const { return runs_; }
  std::string url() const { return "tcp://127.0.0.1:" + std::to_string(port_); }

 private:
  int port_ = 0;
  pid_t pid_ = -1;
  bool runs_ = false;
};

/// Everything that is published under spBv1.0, as it comes.
class Listener {
 public:
  struct Message {
    std::string topic;
    sparkplug::Payload payload;
    bool understood;
  };
  explicit Listener(const std::string& url) {
    MQTTAsync_create(&client_, url.c_str(), "listener", MQTTCLIENT_PERSISTENCE_NONE, nullptr);
    MQTTAsync_setCallbacks(
        client_, this, nullptr,
        [](void* self, char* topic, int, MQTTAsync_message* m) {
          auto& l = *static_cast<Listener*>(self);
          Message message{topic, {}, false};
          message.understood = message.payload.ParseFromArray(m->payload, m->payloadlen);
          const std::lock_guard lock(l.mutex_);
          l.all_.push_back(std::move(message));
          MQTTAsync_freeMessage(&m);
          MQTTAsync_free(topic);
          return 1;
        },
        nullptr);
    MQTTAsync_connectOptions options = MQTTAsync_connectOptions_initializer;
    options.cleansession = 1;
    MQTTAsync_connect(client_, &options);
    EXPECT_TRUE(soon([&] { return MQTTAsync_isConnected(client_) != 0; }));
    MQTTAsync_responseOptions done = MQTTAsync_responseOptions_initializer;
    done.context = this;
    done.onSuccess = [](void* self, MQTTAsync_successData*) {
      auto& l = *static_cast<Listener*>(self);
      const std::lock_guard lock(l.mutex_);
      l.subscribed_ = true;
    };
    MQTTAsync_subscribe(client_, "spBv1.0/#", 1, &done);
    EXPECT_TRUE(soon([&] {
      const std::lock_guard lock(mutex_);
      return subscribed_;
    }));
  }
  ~Listener() { MQTTAsync_destroy(&client_); }

  std::vector<Message> of(const std::string& kind) {
    const std::lock_guard lock(mutex_);
    std::vector<Message> some;
    for (const auto& m : all_)
      if (m.topic.find("/" + kind + "/") != std::string::npos) some.push_back(m);
    return some;
  }
  std::size_t count(const std::string& kind) { return of(kind).size(); }
  void ask_rebirth(const std::string& topic) {
    sparkplug::Payload payload;
    auto* m = payload.add_metrics();
    m->set_name("Node Control/Rebirth");
    m->set_boolean_value(true);
    const std::string bytes = payload.SerializeAsString();
    MQTTAsync_responseOptions none = MQTTAsync_responseOptions_initializer;
    MQTTAsync_send(client_, topic.c_str(), static_cast<int>(bytes.size()), bytes.data(), 1, 0, &none);
  }

 private:
  MQTTAsync client_ = nullptr;
  std::mutex mutex_;
  std::vector<Message> all_;
  bool subscribed_ = false;
};

class SparkplugLink : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!broker.runs()) GTEST_SKIP() << "mosquitto is not here; make test installs it";
    settings.kind = LinkSettings::Kind::sparkplug;
    settings.name = "evaporation";
    settings.url = broker.url();
    settings.group = "plant";
    settings.node = "edge";
    settings.device = "train";
    link = make_sparkplug_link(settings, {{"FI-5101", "t/h"}, {"TI-5101", "degC"}});
  }
  /// Publishes until a message of this kind has come as often as that.
  bool publish_until(Listener& listener, const std::string& kind, std::size_t times) {
    return soon([&] {
      link->publish(kMoment, values);
      return listener.count(kind) >= times;
    });
  }
  Broker broker;
  LinkSettings settings;
  std::unique_ptr<Link> link;
  std::vector<TagValue> values{{7.137, StatusCode::good, true}, {175.4, StatusCode::bad_sensor_failure, true}};
};

TEST_F(SparkplugLink, IsBornSendsDataAndDies) {
  Listener listener(broker.url());
  ASSERT_TRUE(link->up());
  ASSERT_TRUE(publish_until(listener, "DDATA", 3));
  const auto node = listener.of("NBIRTH"), device = listener.of("DBIRTH"), data = listener.of("DDATA");
  ASSERT_EQ(node.size(), 1u);
  EXPECT_EQ(node[0].topic, "spBv1.0/plant/NBIRTH/edge");
  EXPECT_EQ(node[0].payload.seq(), 0u);
  EXPECT_EQ(node[0].payload.metrics(0).name(), "bdSeq");
  ASSERT_EQ(device.size(), 1u);
  EXPECT_EQ(device[0].topic, "spBv1.0/plant/DBIRTH/edge/train");
  ASSERT_EQ(device[0].payload.metrics_size(), 2);
  std::map<std::uint64_t, std::string> names;
  for (const auto& m : device[0].payload.metrics()) names[m.alias()] = m.name();
  ASSERT_EQ(data[0].payload.metrics_size(), 2);
  const auto &flow = data[0].payload.metrics(0), &temperature = data[0].payload.metrics(1);
  EXPECT_EQ(names[flow.alias()], "FI-5101");
  EXPECT_FALSE(flow.has_name());
  EXPECT_EQ(flow.double_value(), 7.137);  // bit for bit
  EXPECT_EQ(flow.timestamp(), 1'795'417'200'123u);
  EXPECT_FALSE(flow.has_properties());
  EXPECT_EQ(temperature.properties().keys(0), "Quality");
  EXPECT_EQ(temperature.properties().values(0).int_value(), 0u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(data[i].payload.seq(), 2 + i);  // after the two births

  link->down();
  ASSERT_TRUE(soon([&] { return listener.count("NDEATH") == 1; }));
  EXPECT_EQ(listener.of("NDEATH")[0].payload.metrics(0).long_value(), node[0].payload.metrics(0).long_value());
  const auto sent = listener.count("DDATA");
  link->publish(kMoment, values);
  ASSERT_TRUE(link->up());
  ASSERT_TRUE(publish_until(listener, "NBIRTH", 2));
  EXPECT_EQ(listener.of("NBIRTH")[1].payload.metrics(0).long_value(), node[0].payload.metrics(0).long_value() + 1);
  EXPECT_EQ(listener.count("DDATA"), sent);  // nothing before the birth
}

TEST_F(SparkplugLink, IsBornAgainWhenAskedAndWhenTheBrokerWasAway) {
  {
    Listener listener(broker.url());
    ASSERT_TRUE(link->up());
    ASSERT_TRUE(publish_until(listener, "DDATA", 1));
    listener.ask_rebirth("spBv1.0/plant/NCMD/edge");
    ASSERT_TRUE(publish_until(listener, "DBIRTH", 2));
    EXPECT_EQ(listener.of("NBIRTH")[1].payload.seq(), 0u);
  }
  broker.stop();
  for (int i = 0; i < 20; ++i) {
    link->publish(kMoment, values);
    std::this_thread::sleep_for(10ms);
  }
  broker.start();
  ASSERT_TRUE(broker.runs());
  Listener listener(broker.url());
  ASSERT_TRUE(publish_until(listener, "DDATA", 1));
}

/// Paho tells of the lost connection while the plant asks for a new one: neither waits for the other.
TEST_F(SparkplugLink, NeverWaitsForTheClientThatCallsItBack) {
  ASSERT_TRUE(link->up());
  for (int loss = 0; loss < 5; ++loss) {
    {
      Listener listener(broker.url());
      ASSERT_TRUE(publish_until(listener, "DDATA", 1));
    }
    broker.stop();
    for (int i = 0; i < 1'000'000; ++i) link->publish(kMoment, values);
    broker.start();
    ASSERT_TRUE(broker.runs());
  }
}

TEST_F(SparkplugLink, CastnersSourceReadsItThoughItCameLater) {
  ASSERT_TRUE(link->up());
  Listener listener(broker.url());
  ASSERT_TRUE(publish_until(listener, "DDATA", 1));
  sources::SourceSettings source{
      .name = "evaporation", .kind = "sparkplug", .url = broker.url(), .options = {{"rebirth", true}}};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string tag = i == 0 ? "FI-5101" : "TI-5101";
    source.tags.push_back({.name = tag, .source = source.name, .address = tag_address(settings, tag, i)});
  }
  std::mutex mutex;
  std::map<std::string, readings::Reading> latest;
  auto made = sources::make_source(source, system_clock());
  ASSERT_TRUE(made) << made.error().text();
  (*made)->start([&](sources::Delivery d) {
    const std::lock_guard lock(mutex);
    for (auto& r : d.readings) latest[r.tag] = r.reading;
    return true;
  });
  ASSERT_TRUE(soon([&] {
    link->publish(kMoment, values);
    const std::lock_guard lock(mutex);
    return latest.size() == 2;
  }));
  made->reset();
  EXPECT_EQ(std::get<double>(latest["FI-5101"].value), 7.137);
  EXPECT_EQ(latest["FI-5101"].status, StatusCode::good);
  EXPECT_EQ(latest["FI-5101"].time, std::chrono::floor<std::chrono::milliseconds>(kMoment));
  EXPECT_EQ(latest["TI-5101"].status, StatusCode::bad_sensor_failure);  // the reason came through
}

TEST_F(SparkplugLink, SendsRubbishWhenToldTo) {
  Listener listener(broker.url());
  ASSERT_TRUE(link->up());
  ASSERT_TRUE(publish_until(listener, "DDATA", 1));
  EXPECT_TRUE(listener.of("DDATA")[0].understood);
  link->rubbish(true);
  ASSERT_TRUE(soon([&] {
    link->publish(kMoment, values);
    return !listener.of("DDATA").back().understood;
  }));
}

}  // namespace
}  // namespace castner::virtual_plant
