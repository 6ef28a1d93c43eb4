// SPDX-License-Identifier: Apache-2.0
/// A whole server on loopback over a history in memory and a small plant with a balance, and a client that sends raw bytes.
#pragma once

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "castner/api/api.h"
#include "castner/base/manual_clock.h"
#include "castner/historian/memory_store.h"
#include "castner/http/http_server.h"
#include "castner/plant_file/plant_file.h"
#include "castner/service/live_assess.h"
#include "tests/support/metered_node.h"

namespace castner::api::testing {

using namespace std::chrono_literals;

inline constexpr const char* kPassword = "a sentence for tests";

/// What came back.
struct Answer {
  int status = 0;  ///< 0: the connection ended without an answer
  std::string head, body;
  std::string header(const std::string& name) const {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "";
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
};

/// One TCP connection; every wait has a limit.
class Wire {
 public:
  explicit Wire(int port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  ~Wire() { close(fd_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  /// More bytes into pending(); false at the end of the connection, or after the wait.
  bool more(int wait_ms = 5000) {
    pollfd p{fd_, POLLIN, 0};
    if (poll(&p, 1, wait_ms) <= 0) return false;
    char buffer[65536];
    const auto n = recv(fd_, buffer, sizeof buffer, 0);
    if (n <= 0) {
      ended_ = true;
      return false;
    }
    pending_.append(buffer, static_cast<std::size_t>(n));
    return true;
  }
  bool ended() const { return ended_; }
  int fd() const { return fd_; }
  const std::string& pending() const { return pending_; }

  /// The next answer, by its Content-Length. @param bodiless  of a HEAD
  Answer answer(bool bodiless = false) {
    Answer a;
    std::size_t end;
    while ((end = pending_.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return a;
    a.head = pending_.substr(0, end + 2);
    a.status = std::atoi(a.head.c_str() + 9);
    pending_.erase(0, end + 4);
    const std::size_t length = bodiless ? 0 : static_cast<std::size_t>(std::atol(a.header("Content-Length").c_str()));
    while (pending_.size() < length)
      if (!more()) break;
    a.body = pending_.substr(0, length);
    pending_.erase(0, std::min(length, pending_.size()));
    return a;
  }

 private:
  int fd_;
  std::string pending_;
  bool ended_ = false;
};

class ServerTest : public ::testing::Test {
 protected:
  const Time start = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);
  ManualClock clock{start};
  std::filesystem::path folder;
  historian::MemoryStore store;
  std::unique_ptr<people::Records> records;
  service::PastBalances past{store, clock, [] { return false; }, {.share = 1.0}};
  service::CellWatcher* cells = nullptr;
  std::shared_ptr<service::LiveState> state = std::make_shared<service::LiveState>();
  ApiOptions options;
  std::function<void(std::span<const sources::Pushed>)> pushed;
  std::function<void()> at_reconcile = [] {};
  http::HttpOptions http;
  std::unique_ptr<Api> api;
  std::unique_ptr<http::HttpServer> server;

  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("castner_api_" + std::to_string(getpid()) + "_" +
                                                       ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto opened = people::Records::open((folder / "records.db").string(), clock, people::HashCost::tests);
    ASSERT_TRUE(opened) << opened.error().text();
    records = std::move(*opened);
    state->at = start;
  }
  void TearDown() override {
    server.reset();
    api.reset();
    records.reset();
    std::filesystem::remove_all(folder);
  }

  void serve() { serve(store); }
  void serve(historian::Store& over) {
    api = std::make_unique<Api>(
        Backend{.store = over,
                .records = *records,
                .clock = clock,
                .live = [this] { return std::shared_ptr<const service::LiveState>(state); },
                .reconcile_now = [this] { return at_reconcile(), std::shared_ptr<const service::LiveState>(state); },
                .pushed = pushed,
                .delete_what_waits = [this] { return Result<std::uint64_t>(delete_what_waits()); },
                .save_plant = [](const std::string& name, const std::string&) -> Result<std::string> {
                  return "/etc/castner/" + name + ".toml";
                },
                .past = &past,
                .cells = cells},
        options);
    auto listening = http::HttpServer::listen(http, *api);
    ASSERT_TRUE(listening) << listening.error().text();
    server = std::move(*listening);
    api->count_with(*server);
  }

  /// As `judged` has them: the most money first.
  void find(std::vector<insight::Finding> findings) {
    auto balance = std::make_shared<service::LiveAssessment>(*state->last_good);
    balance->assessment.findings = std::move(findings);
    state->last = state->last_good = balance;
  }
  /// Three minutes of readings, a balance of the last two, one source, one gap.
  void run_plant() {
    state->plant =
        std::make_shared<plant::Plant>(plant_file::read_plant(castner::testing::kMeteredNode, "plant.toml").value());
    std::vector<sources::TagSettings> settings;
    const double means[] = {10.2, 6.0, 4.0};
    for (int k = 0; k < 3; ++k) {
      const std::string name = "FI-10" + std::to_string(k + 1);
      const auto id = *store.define(name, "t/h");
      std::vector<historian::TaggedReading> readings;
      for (int i = 0; i < 180; ++i)
        readings.push_back(
            {id, {start + i * 1s, means[k] + 0.01 * ((i * 7 + k) % 5), readings::StatusCode::good, start + i * 1s}});
      ASSERT_TRUE(store.append(readings));
      settings.push_back({.name = name, .source = "plc", .unit = "t/h"});
      state->sources["plc"].tags[name] = {.health = sources::Health::ok, .last = start, .last_error = ""};
    }
    state->sources["plc"].health = sources::Health::ok;
    const auto silent = *store.define("FI-101", "");
    ASSERT_TRUE(store.open_gaps(std::vector<historian::Gap>{{silent, start - 1h, {}, "plc: no answer within 2 s"}}));
    ASSERT_TRUE(store.close_gaps(std::vector<historian::GapEnd>{{silent, start - 30min}}));
    clock.advance(3min);
    service::LiveMemory memory(*state->plant);
    const auto attempt = service::assess_newest(*state->plant, settings, store, clock.now(), memory);
    ASSERT_TRUE(attempt) << attempt.error().text();
    ASSERT_TRUE(attempt->good()) << attempt->why_not;
    state->last = state->last_good = attempt->made;
    const auto derived = service::derived_readings(*state->plant, *attempt->made, store);
    ASSERT_TRUE(derived);
    ASSERT_TRUE(store.append(*derived));
    past.watch(state->plant, settings);
    state->stored = 540;
  }

  std::uint64_t delete_what_waits() {
    const auto waited = state->deletion_waits.value_or(historian::Forgotten{}).waiting;
    state->deletion_waits.reset();
    return waited;
  }

  int port() const { return server->port(); }
  std::string host() const { return "127.0.0.1:" + std::to_string(port()); }

  /// @param headers  each with its line end
  Answer ask(const std::string& method, const std::string& target, const std::string& headers = "",
             const std::string& body = "") const {
    Wire wire(port());
    std::string request = method + " " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + headers;
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    wire.send(request + "\r\n" + body);
    return wire.answer(method == "HEAD");
  }
  Answer get(const std::string& target, const std::string& headers = "") const { return ask("GET", target, headers); }
  Answer post_json(const std::string& target, const nlohmann::json& body, const std::string& headers = "") const {
    return ask("POST", target, "Content-Type: application/json\r\n" + headers, body.dump());
  }

  void add(const std::string& name, people::Role role) const {
    ASSERT_TRUE(records->accounts.add(name, role, kPassword));
  }
  /// The headers of a signed-in browser, its CSRF token among them.
  std::string signed_in(const std::string& name) const {
    const auto a = post_json("/api/v1/session", {{"name", name}, {"password", kPassword}});
    EXPECT_EQ(a.status, 200) << a.body;
    const auto cookie = a.header("Set-Cookie");
    return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\nX-CSRF-Token: " + a.json().value("csrf", "") + "\r\n";
  }
  std::string with_token(people::Role role) const {
    return "Authorization: Bearer " + records->tokens.add("test", role, {})->secret + "\r\n";
  }
};

}  // namespace castner::api::testing
