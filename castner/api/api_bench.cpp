// SPDX-License-Identifier: Apache-2.0
// Over loopback, client and server on the same cores: the newest values of 2000 tags, and readings written durably.
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "castner/api/api.h"
#include "castner/base/check.h"
#include "castner/http/http_server.h"
#include "castner/service/open_store.h"

namespace castner::api {
namespace {

constexpr int kTags = 2000;

struct Running {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("castner_api_bench_" + std::to_string(getpid()));
  std::unique_ptr<historian::Store> store;
  std::unique_ptr<people::Records> records;
  std::unique_ptr<Api> api;
  std::unique_ptr<http::HttpServer> server;
  std::string token;

  Running() {
    std::filesystem::create_directories(folder);
    store = std::move(*service::open_store("sqlite:" + (folder / "history.db").string()));
    records =
        std::move(*people::Records::open((folder / "records.db").string(), system_clock(), people::HashCost::tests));
    const auto live = [] { return std::make_shared<const service::LiveState>(); };
    api = std::make_unique<Api>(
        Backend{.store = *store, .records = *records, .clock = system_clock(), .live = live, .reconcile_now = live},
        ApiOptions{});
    server = std::move(*http::HttpServer::listen({}, *api));
    token = records->tokens.add("bench", people::Role::engineer, {})->secret;
  }
  ~Running() {
    server.reset();
    api.reset();
    store.reset();
    std::filesystem::remove_all(folder);
  }
};

/// One keep-alive connection that sends a request and reads its answer.
class Client {
 public:
  explicit Client(int port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0, "the server listens");
  }
  ~Client() { close(fd_); }

  std::size_t ask(std::string_view request, int expected) {
    while (!request.empty()) {
      const auto n = send(fd_, request.data(), request.size(), 0);
      check(n > 0, "the server reads");
      request.remove_prefix(static_cast<std::size_t>(n));
    }
    std::size_t end;
    in_.clear();
    while ((end = in_.find("\r\n\r\n")) == std::string::npos) more();
    check(std::atoi(in_.c_str() + 9) == expected, "the server answers as promised");
    const auto length = in_.find("Content-Length: ");
    const std::size_t size =
        end + 4 + (length < end ? static_cast<std::size_t>(std::atol(in_.c_str() + length + 16)) : 0);
    while (in_.size() < size) more();
    return size;
  }

 private:
  void more() {
    char buffer[65536];
    const auto n = recv(fd_, buffer, sizeof buffer, 0);
    check(n > 0, "the server answers");
    in_.append(buffer, static_cast<std::size_t>(n));
  }
  int fd_;
  std::string in_;
};

/// @param scans  times of each of 2000 tags, one second apart
std::string lines(std::int64_t first_second, int scans) {
  std::string body;
  for (int s = 0; s < scans; ++s)
    for (int t = 0; t < kTags; ++t)
      body += "cell" + std::to_string(t) +
              " value=" + std::to_string(3.0 + 0.0001 * ((t * 7 + s * 13) % 500)).substr(0, 6) + " " +
              std::to_string((first_second + s) * 1'000'000'000) + "\n";
  return body;
}

void BM_WriteLinesDurably(benchmark::State& state) {
  Running running;
  Client client(running.server->port());
  const int scans = static_cast<int>(state.range(0));
  std::int64_t second = 1'795'000'000;
  for (auto _ : state) {
    state.PauseTiming();
    const auto body = lines(second, scans);
    second += scans;
    const std::string request = "POST /api/v1/write HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                                running.token + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                                body;
    state.ResumeTiming();
    client.ask(request, 204);
  }
  state.SetItemsProcessed(state.iterations() * scans * kTags);
}
BENCHMARK(BM_WriteLinesDurably)->Arg(1)->Arg(10)->Arg(50)->UseRealTime()->Unit(benchmark::kMillisecond);

void BM_LatestOf2000(benchmark::State& state) {
  Running running;
  Client client(running.server->port());
  const auto body = lines(1'795'000'000, 2);
  client.ask("POST /api/v1/write HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + running.token +
                 "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
             204);
  std::size_t bytes = 0;
  for (auto _ : state) bytes += client.ask("GET /api/v1/latest HTTP/1.1\r\nHost: localhost\r\n\r\n", 200);
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(BM_LatestOf2000)->UseRealTime()->Unit(benchmark::kMillisecond);

void BM_SmallRequest(benchmark::State& state) {
  Running running;
  Client client(running.server->port());
  for (auto _ : state) client.ask("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 200);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_SmallRequest)->UseRealTime();

}  // namespace
}  // namespace castner::api
