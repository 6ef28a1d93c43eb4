// SPDX-License-Identifier: Apache-2.0
// Against a broker that is not ours: mosquitto, killed and started again, in the clear and over TLS.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "castner/sources/delivered_for_tests.h"
#include "castner/sources/mqtt_broker_for_tests.h"
#include "tests/support/scratch_folder.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;
using readings::StatusCode;
using readings::Value;

int free_port() {
  const TestServer server([](TestPeer&) {});
  return server.port();
}

int connect_to(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

class MosquittoTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* path : {"/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto"})
      if (std::filesystem::exists(path)) program_ = path;
    if (program_.empty()) GTEST_SKIP() << "mosquitto is not installed (apt-packages.txt, group test)";
  }
  void TearDown() override { kill_broker(); }

  void start_broker(const std::string& tls = "") {
    std::ofstream(folder_.path() + "/broker.conf")
        << "listener " << port_ << " 127.0.0.1\nallow_anonymous true\n"
        << tls << (tls.empty() ? "" : "listener " + std::to_string(plain_port_) + " 127.0.0.1\n");
    broker_ = fork();
    if (broker_ == 0) {
      std::freopen("/dev/null", "w", stderr);
      execl(program_.c_str(), "mosquitto", "-c", (folder_.path() + "/broker.conf").c_str(), nullptr);
      _exit(127);
    }
    const int port = tls.empty() ? port_ : plain_port_;
    ASSERT_TRUE(within(20s, [&] {
      const int fd = connect_to(port);
      if (fd >= 0) close(fd);
      return fd >= 0;
    })) << "mosquitto listens";
  }
  void kill_broker() {
    if (broker_ <= 0) return;
    kill(broker_, SIGKILL);
    waitpid(broker_, nullptr, 0);
    broker_ = 0;
  }
  /// As another client: QoS 1.
  void publish(int port, const std::string& topic, const std::string& payload) {
    const int fd = connect_to(port);
    ASSERT_GE(fd, 0);
    const auto talk = [&](const std::string& bytes) {
      char answer[64];
      EXPECT_EQ(send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
      pollfd p{fd, POLLIN, 0};
      EXPECT_EQ(poll(&p, 1, 5000), 1);
      EXPECT_GT(recv(fd, answer, sizeof answer, 0), 0);
    };
    talk(mqtt_connect({.client_id = "writer", .clean = true}));
    talk(TestBroker::packet(1, topic, payload));
    close(fd);
  }
  SourceSettings settings(const std::string& scheme) const {
    SourceSettings s{.name = "broker", .kind = "mqtt", .period = 1min, .timeout = 2s};
    s.url = scheme + "://localhost:" + std::to_string(port_);
    s.options = {{"retry_limit", "100 ms"}};
    s.tags = {{.name = "A", .address = "plant/a"}};
    return s;
  }
  std::unique_ptr<Source> run(const SourceSettings& s) { return delivered_.started(s); }
  bool newest_is(double value) const {
    const auto all = delivered_.of("A");
    return !all.empty() && all.back().status == StatusCode::good && all.back().value == Value(value);
  }

  std::string program_;
  ScratchFolder folder_;
  int port_ = free_port(), plain_port_ = free_port();
  pid_t broker_ = 0;
  Delivered delivered_;
};

TEST_F(MosquittoTest, AKilledBrokerIsHeardAgainAndKeepsWhatCameWhileWeWereAway) {
  start_broker();
  auto source = run(settings("tcp"));
  ASSERT_TRUE(within(20s, [&] { return source->health().health == Health::late; }));
  std::this_thread::sleep_for(200ms);  // until it has subscribed
  publish(port_, "plant/a", "1");
  ASSERT_TRUE(within(20s, [&] { return newest_is(1.0); }));
  EXPECT_EQ(source->health().health, Health::ok);

  kill_broker();
  ASSERT_TRUE(within(20s, [&] { return source->health().health == Health::down; }));
  start_broker();
  ASSERT_TRUE(within(20s, [&] { return source->health().health == Health::late; })) << "connected is not ok";
  std::this_thread::sleep_for(200ms);
  publish(port_, "plant/a", "2");
  ASSERT_TRUE(within(20s, [&] { return newest_is(2.0); })) << "subscribed anew: the broker had forgotten";

  source.reset();
  publish(port_, "plant/a", "3");
  source = run(settings("tcp"));
  EXPECT_TRUE(within(20s, [&] { return newest_is(3.0); })) << "the session was kept";
}

TEST_F(MosquittoTest, SpeaksTlsWithABrokerThatItTrustsAndWithNoOther) {
  const std::string key = folder_.path() + "/key.pem", certificate = folder_.path() + "/certificate.pem";
  const std::string make =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
      " -keyout " +
      key + " -out " + certificate + " >/dev/null 2>&1";
  if (std::system(make.c_str()) != 0) GTEST_SKIP() << "the openssl program is not installed";
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);  // mosquitto gives up root's rights first
  std::filesystem::permissions(key, std::filesystem::perms::all);
  start_broker("certfile " + certificate + "\nkeyfile " + key + "\n");
  auto s = settings("ssl");
  {
    const auto stranger = run(s);
    ASSERT_TRUE(within(20s, [&] { return stranger->health().last_error.find("not trusted") != std::string::npos; }))
        << stranger->health().last_error;
    EXPECT_EQ(stranger->health().health, Health::down);
  }
  s.options["ca_file"] = certificate;
  const auto source = run(s);
  ASSERT_TRUE(within(20s, [&] { return source->health().health == Health::late; })) << source->health().last_error;
  std::this_thread::sleep_for(200ms);
  publish(plain_port_, "plant/a", "7");
  EXPECT_TRUE(within(20s, [&] { return newest_is(7.0); }));

  s.url = "ssl://127.0.0.1:" + std::to_string(port_);
  const auto other_name = run(s);
  EXPECT_TRUE(within(20s, [&] { return other_name->health().last_error.find("not trusted") != std::string::npos; }))
      << "the certificate is of localhost, not of 127.0.0.1";
}

}  // namespace
}  // namespace castner::sources
