// SPDX-License-Identifier: Apache-2.0
// What is thrown in the middle of an answer costs that answer, and the server goes on.
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <new>
#include <system_error>
#include <thread>

#include "castner/api/server_for_tests.h"
#include "castner/http/gzip.h"
#include "castner/http/problem_details.h"

namespace castner::api::testing {
namespace {

/// Memory that runs out wherever the target says.
class ThrowingHandler final : public http::HttpHandler {
 public:
  Admission admit(const http::Request& head) override {
    if (head.target == "/admit") throw std::bad_alloc();
    return {};
  }
  http::Response answer(http::Request& request) override {
    if (request.target == "/answer") throw std::bad_alloc();
    http::Response r;
    if (request.target == "/stream") r.stream = [](const auto&) { throw std::bad_alloc(); };
    return r;
  }
  http::Response complaint(int status, std::string_view detail) override {
    if (out_of_all) throw std::bad_alloc();
    return http::problem(status, detail);
  }
  std::atomic<bool> out_of_all = false;
};

TEST(Thrown, WhileARequestIsAnsweredCostsThatRequest) {
  ThrowingHandler handler;
  auto server = http::HttpServer::listen({}, handler).value();
  const auto ask = [&](const std::string& target) {
    Wire wire(server->port());
    wire.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    return wire.answer();
  };
  for (int k = 0; k < 20; ++k) {
    const auto thrown = ask("/answer");
    EXPECT_EQ(thrown.status, 500);
    EXPECT_NE(thrown.body.find("its log says why"), std::string::npos) << thrown.body;
    EXPECT_EQ(ask("/admit").status, 0) << "the connection ends";
    Wire stream(server->port());
    stream.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(stream.answer().status, 200) << "the headers were sent";
    EXPECT_FALSE(stream.more());
    EXPECT_TRUE(stream.ended()) << "a stream of which nothing comes is not left open";
    ASSERT_EQ(ask("/fine").status, 200) << "after " << k;
  }
  handler.out_of_all = true;
  EXPECT_EQ(ask("/answer").status, 500) << "without a word";
  Wire kept(server->port());
  kept.send("GET /answer HTTP/1.1\r\nHost: x\r\n\r\nGET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(kept.answer().status, 500);
  EXPECT_EQ(kept.answer().status, 200) << "the connection stays";
}

class ThrownTest : public ServerTest {
 protected:
  Answer read_file() const {
    return ask("POST", "/api/v1/start/read?name=a.csv", "", "time,FI-1 (t/h)\n2026-11-23T00:00:00Z,1\n");
  }
  /// All that a stream of events says until its end.
  std::string read_as_events() const {
    const std::string csv = "time,FI-1 (t/h)\n2026-11-23T00:00:00Z,1\n";
    Wire wire(port());
    wire.send("POST /api/v1/start/read?name=a.csv HTTP/1.1\r\nHost: " + host() +
              "\r\nAccept: text/event-stream\r\nContent-Length: " + std::to_string(csv.size()) + "\r\n\r\n" + csv);
    while (wire.more()) {
    }
    EXPECT_TRUE(wire.ended());
    return wire.pending();
  }
};

TEST_F(ThrownTest, InLongWorkCostsThatWork) {
  std::atomic<bool> throws = true;
  options.awaited.before_a_work = [&] {
    if (throws) throw std::bad_alloc();
  };
  serve();
  for (int k = 0; k < 10; ++k) EXPECT_EQ(read_file().status, 500) << "each place in the line is given back: " << k;
  const auto events = read_as_events();
  EXPECT_NE(events.find("event: problem\ndata: {"), std::string::npos) << events;
  EXPECT_NE(events.find("its log says why"), std::string::npos) << events;
  throws = false;
  EXPECT_EQ(read_file().status, 200);
  EXPECT_NE(read_as_events().find("event: answer"), std::string::npos);
}

TEST_F(ThrownTest, WhereNoThreadCanStartLongWorkIsRefusedForNow) {
  std::atomic<bool> throws = true;
  options.awaited.before_a_thread = [&] {
    if (throws) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
  };
  serve();
  for (int k = 0; k < 10; ++k) {
    const auto refused = read_file();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
  }
  EXPECT_NE(read_as_events().find("the machine has no room for this work now"), std::string::npos);
  throws = false;
  EXPECT_EQ(read_file().status, 200);
}

/// A history whose readings do not fit into memory.
class ThrowingStore final : public historian::MemoryStore {
 public:
  Result<std::vector<readings::Reading>> read(const historian::Range& range, std::size_t limit) const override {
    if (throws) throw std::bad_alloc();
    return MemoryStore::read(range, limit);
  }
  std::atomic<bool> throws = true;
};

TEST_F(ThrownTest, InTheHistoryCostsThatAnswerWhicheverThreadReads) {
  ThrowingStore history;
  std::string tags;
  for (int k = 0; k < 16; ++k) {
    const std::string name = "T" + std::to_string(k);
    ASSERT_TRUE(history.define(name, ""));
    tags += (k ? "," : "") + name;
  }
  serve(history);
  const std::string target = "/api/v1/history?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z&limit=100&tags=";
  for (int k = 0; k < 10; ++k) EXPECT_EQ(get(target + (k % 2 ? "T0" : tags)).status, 500);
  const auto metrics = get("/metrics").body;
  const auto at = metrics.find("\ncastner_survived_total ");
  ASSERT_NE(at, std::string::npos) << metrics;
  EXPECT_GE(std::atoi(metrics.c_str() + at + 24), 10);
  history.throws = false;
  EXPECT_EQ(get(target + tags).status, 200) << get(target + tags).body;
}

TEST_F(ThrownTest, InABalanceThatSomebodyAskedForCostsThatBalance) {
  bool throws = true;
  at_reconcile = [&] {
    if (throws) throw std::bad_alloc();
  };
  serve();
  const auto token = with_token(people::Role::operates);
  for (int k = 0; k < 3; ++k) EXPECT_EQ(ask("POST", "/api/v1/assess", token).status, 500) << "not 503 for ever: " << k;
  throws = false;
  EXPECT_EQ(ask("POST", "/api/v1/assess", token).status, 200);
}

/// No more memory than there is now and a little, as a container has it.
class LittleMemory {
 public:
  explicit LittleMemory(rlim_t more) {
    getrlimit(RLIMIT_AS, &before_);
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    rlimit now = before_;
    now.rlim_cur = pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + more;
    setrlimit(RLIMIT_AS, &now);
  }
  ~LittleMemory() { setrlimit(RLIMIT_AS, &before_); }
  LittleMemory(const LittleMemory&) = delete;
  LittleMemory& operator=(const LittleMemory&) = delete;

 private:
  rlimit before_{};
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kOwnMemory = false;  // a sanitizer's shadow is not counted so
#else
constexpr bool kOwnMemory = true;
#endif

TEST_F(ThrownTest, ABodyThatDoesNotFitIntoMemoryGivesItsShareBack) {
  if (!kOwnMemory) GTEST_SKIP();
  constexpr std::size_t kLarge = 300'000'000;
  options.unpacked_limit = options.unpacked_together = kLarge;
  serve();
  const auto headers = with_token(people::Role::engineer) + "Content-Encoding: gzip\r\n";
  const auto large = http::gzip(std::string(kLarge, '\n'), 1), small = http::gzip("a value=1\n", 1);
  ASSERT_EQ(ask("POST", "/api/v1/write", headers, small).status, 204);
  {
    const LittleMemory little(160u << 20);  // the body does not fit; what malloc reserves for a thread (64 MB) does
    for (int k = 0; k < 3; ++k)
      EXPECT_EQ(ask("POST", "/api/v1/write", headers, large).status, 500) << "503 would be for ever: " << k;
  }
  EXPECT_EQ(ask("POST", "/api/v1/write", headers, small).status, 204);
}

}  // namespace
}  // namespace castner::api::testing
