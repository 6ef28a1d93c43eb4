// SPDX-License-Identifier: Apache-2.0
// The wire itself: shapes that confuse, clients that are slow, streams, TLS, stopping.
#include <thread>

#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using people::Role;

class HttpWire : public ServerTest {
 protected:
  /// The status of raw bytes; 0 where the server just ends the connection.
  int raw(const std::string& bytes) const {
    Wire wire(port());
    wire.send(bytes);
    return wire.answer().status;
  }
};

TEST_F(HttpWire, ShapesThatProxiesReadDifferentlyAreRefused) {
  serve();
  const std::string post = "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  for (const std::string& bad :
       {post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}",
        post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        post + "Content-Length: +2\r\n\r\n{}",
        post + "Content-Length: 0x2\r\n\r\n{}",
        post + "Content-Length: -1\r\n\r\n{}",
        post + "Content-Length: 99999999999999999999999\r\n\r\n{}",
        post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        std::string("POST /api/v1/session HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        std::string("POST /api/v1/session HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: identity\r\n\r\n"),
        std::string("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        std::string("GET /healthz HTTP/1.1\r\n\r\n"),
        std::string("GET http://evil/healthz HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n"),
        std::string("GET  /healthz HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("GET /heal\x01thz HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("GET /healthz HTTP/1.1\nHost: x\n\n"),
        std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(300, 'x')}) {
    const int status = raw(bad);
    EXPECT_TRUE(status == 400 || status == 0) << status << "\n" << bad;
  }
  EXPECT_EQ(raw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), 200);
}

TEST_F(HttpWire, AHeaderThatGoesOnInTheNextLineIsRefused) {
  serve();
  const std::string get = "GET /healthz HTTP/1.1\r\n", post = "POST /api/v1/session HTTP/1.1\r\nHost: x\r\n";
  for (const std::string& folded :
       {post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\n\t\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chu\r\n nked\r\nContent-Length: 2\r\n\r\n{}",
        post + "Content-Length:\r\n\t2\r\n\r\n{}", post + "Content-Length: 2\r\n \r\n\r\n{}",
        post + "X: a\r\n Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", get + "Host:\r\n x\r\n\r\n",
        get + "Host: x\r\nX:\r\n\t \r\n\r\n", get + "Host: x\r\nX: y\r\n \r\n z\r\n\r\n",
        get + " X: y\r\nHost: x\r\n\r\n"}) {
    for (const bool at_once : {true, false}) {
      Wire wire(port());
      if (at_once) wire.send(folded);
      for (std::size_t i = 0; !at_once && i < folded.size(); i += 3) {
        wire.send(folded.substr(i, 3));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      const auto answer = wire.answer();
      EXPECT_EQ(answer.status, 400) << folded;
      EXPECT_NE(answer.body.find("no HTTP/1.1 request"), std::string::npos) << answer.body << folded;
      EXPECT_EQ(wire.answer().status, 0) << "what follows is no request: " << folded;
    }
  }
  EXPECT_EQ(raw(get + "Host: x\r\nX: \r\nY:\r\nZ: a  \r\n\r\n"), 200);
}

TEST_F(HttpWire, NothingIsSmuggledBehindARefusedBody) {
  add("root", Role::administrator);
  serve();
  Wire wire(port());
  wire.send(
      "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nGET /healthz HTTP/1.1\r\nHost: "
      "x\r\n\r\nxxxxxxxxxxxxxxxxxx");
  EXPECT_EQ(wire.answer().status, 401);
  EXPECT_EQ(wire.answer().status, 0);  // the connection ends; the body is never read as a request
}

TEST_F(HttpWire, OneConnectionServesManyAlsoPipelined) {
  serve();
  Wire wire(port());
  std::string many;
  for (int i = 0; i < 20; ++i) many += "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  wire.send(many);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(wire.answer().status, 200) << i;
  wire.send("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto head = wire.answer(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.header("Content-Length"), "0");
  wire.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(wire.answer().status, 200);
  EXPECT_FALSE(wire.more());
  EXPECT_TRUE(wire.ended());
  EXPECT_EQ(server->counts().requests, 22u);
}

TEST_F(HttpWire, ChunkedBodiesAndExpectAreUnderstood) {
  serve();
  const auto token = with_token(Role::engineer);
  Wire wire(port());
  wire.send("POST /api/v1/write HTTP/1.1\r\nHost: x\r\n" + token +
            "Transfer-Encoding: chunked\r\n\r\n8\r\nchunked \r\n7\r\nvalue=1\r\n1\r\n\n\r\n0\r\n\r\n");
  EXPECT_EQ(wire.answer().status, 204);
  wire.send("POST /api/v1/write HTTP/1.1\r\nHost: x\r\n" + token +
            "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n");
  EXPECT_EQ(wire.answer().status, 100);
  wire.send("other value=");
  EXPECT_EQ(wire.answer().status, 400);
  EXPECT_TRUE(store.find("chunked"));
}

TEST_F(HttpWire, WrongMethodsAndAddressesSaySo) {
  serve();
  EXPECT_EQ(ask("POST", "/api/v1/tags").header("Allow"), "GET, HEAD");
  EXPECT_EQ(ask("TRACE", "/api/v1/tags").status, 405);
  EXPECT_EQ(get("/api/v2/tags").status, 404);
  EXPECT_EQ(get("/api/v1/tags/").status, 404);
  EXPECT_EQ(get("/api/v1/tags?x=%zz").status, 400);
  EXPECT_EQ(get("/api/v1/latest?tag=none").header("Content-Type"), "application/problem+json");
}

TEST_F(HttpWire, LongHeadersAndManyConnectionsAreRefused) {
  http.limits.connections = 4;
  serve();
  EXPECT_EQ(get("/healthz", "X: " + std::string(20'000, 'x') + "\r\n").status, 431);
  std::vector<std::unique_ptr<Wire>> open;
  for (int i = 0; i < 4; ++i) {
    open.push_back(std::make_unique<Wire>(port()));
    open.back()->send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(open.back()->answer().status, 200);
  }
  Wire fifth(port());
  EXPECT_FALSE(fifth.more());
  EXPECT_TRUE(fifth.ended());
  EXPECT_EQ(server->counts().refused, 1u);
  open.clear();
}

TEST_F(HttpWire, ClientsThatDribbleAreDropped) {
  http.limits.header_time = 300ms;
  http.limits.body_time = 300ms;
  http.limits.slowest_bytes_per_second = 1 << 20;
  serve();
  const auto token = with_token(Role::engineer);
  Wire headers(port()), body(port());
  headers.send("GET /healthz HTTP/1.1\r\nHos");
  body.send("POST /api/v1/write HTTP/1.1\r\nHost: x\r\n" + token + "Content-Length: 1000\r\n\r\n");
  const auto begin = std::chrono::steady_clock::now();
  for (Wire* slow : {&headers, &body}) {
    while (slow->more(3000)) {
    }
    EXPECT_TRUE(slow->ended());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);  // ten times the limit, for a busy machine
  EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(HttpWire, AStreamTellsChangesAndEndsWithTheSession) {
  run_plant();
  add("root", Role::administrator);
  serve();
  const auto session = signed_in("root");
  Wire wire(port());
  wire.send("GET /api/v1/stream?tags=FI-101 HTTP/1.1\r\nHost: x\r\n" + session + "\r\n");
  const auto read_until = [&](const std::string& text) {
    for (int i = 0; i < 100 && wire.pending().find(text) == std::string::npos; ++i) {
      clock.advance(1s);
      if (!wire.more(200) && wire.ended()) break;
    }
    return wire.pending().find(text) != std::string::npos;
  };
  ASSERT_TRUE(read_until("event: sources")) << wire.pending();
  for (const char* text : {"text/event-stream", "event: latest", "event: reconciliation", "\"tag\":\"FI-101\""})
    EXPECT_NE(wire.pending().find(text), std::string::npos) << text;
  ASSERT_TRUE(store.append(std::vector<historian::TaggedReading>{
      {store.find("FI-101")->id, {clock.now(), 36.0, readings::StatusCode::bad_timeout, clock.now()}}}));
  EXPECT_TRUE(read_until("\"value\":10,")) << wire.pending();  // 36 t/h is 10 kg/s
  EXPECT_NE(wire.pending().find("\"quality\":\"bad\""), std::string::npos);
  EXPECT_TRUE(read_until(": here"));
  ASSERT_TRUE(records->accounts.change("root", {}));
  EXPECT_TRUE(read_until("\r\n0\r\n\r\n"));
  for (int i = 0; i < 50 && !wire.ended(); ++i) wire.more(100);
  EXPECT_TRUE(wire.ended());
}

TEST_F(HttpWire, AReaderThatDoesNotReadIsDroppedAndDelaysNobody) {
  http.limits.stream_backlog = 200'000;
  options.streams = 2;
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(store.define("T" + std::to_string(i), "t/h"));
  serve();
  const auto names = [] {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += "T" + std::to_string(i) + ",";
    return all;
  }();
  Wire sleeper(port()), awake(port());
  const std::string rest = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  sleeper.send("GET /api/v1/stream?tags=" + names + rest);
  awake.send("GET /api/v1/stream?tags=T1" + rest);
  ASSERT_TRUE(sleeper.more());
  ASSERT_TRUE(awake.more());
  EXPECT_EQ(get("/api/v1/stream").status, 503);  // both places are taken
  const auto all = store.tags();
  int round = 0;
  for (; round < 300 && server->counts().streams_dropped == 0; ++round) {
    std::vector<historian::TaggedReading> readings;
    for (const auto& t : all)
      readings.push_back({t.id, {clock.now(), round * 1.0, readings::StatusCode::good, clock.now()}});
    ASSERT_TRUE(store.append(readings));
    clock.advance(1s);
    awake.more(20);
  }
  EXPECT_EQ(server->counts().streams_dropped, 1u) << round;
  EXPECT_FALSE(awake.ended());
}

TEST_F(HttpWire, StoppingAnswersWhatIsUnderWayAndEndsStreams) {
  serve();
  Wire idle(port()), stream(port());
  idle.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(idle.answer().status, 200);
  stream.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(stream.more());
  const auto begin = std::chrono::steady_clock::now();
  server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);  // stop_time is 5 s: nobody had to be cut
  while (idle.more(1000) || stream.more(1000)) {
  }
  EXPECT_TRUE(idle.ended());
}

TEST_F(HttpWire, ATakenAddressAndABadCertificateSaySo) {
  serve();
  http::HttpOptions second;
  second.port = port();
  const auto taken = http::HttpServer::listen(second, *api);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::world_refused);
  EXPECT_FALSE(http::HttpServer::listen({.address = "plant.example"}, *api));
  EXPECT_FALSE(http::HttpServer::listen({.tls_certificate = "none.pem", .tls_key = "none.pem"}, *api));
}

TEST_F(HttpWire, TlsServesWithSecureCookiesAndHsts) {
  const auto certificate = (folder / "c.pem").string(), key = (folder / "k.pem").string();
  const std::string make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout " + key +
                           " -out " + certificate + " 2>/dev/null";
  if (std::system(make.c_str()) != 0) GTEST_SKIP() << "the openssl command is missing";
  http.tls_certificate = certificate;
  http.tls_key = key;
  options.tls = true;
  add("root", Role::administrator);
  serve();
  const auto over_tls = [&](const std::string& request) {
    const auto input = (folder / "request").string();
    FILE* f = fopen(input.c_str(), "w");
    fputs(request.c_str(), f);
    fclose(f);
    const std::string command =
        "timeout 10 openssl s_client -quiet -connect " + host() + " < " + input + " 2>/dev/null";
    std::string answer;
    FILE* pipe = popen(command.c_str(), "r");
    char buffer[4096];
    while (const auto n = fread(buffer, 1, sizeof buffer, pipe)) answer.append(buffer, n);
    pclose(pipe);
    return answer;
  };
  const std::string body = std::string(R"({"name":"root","password":")") + kPassword + "\"}";
  const auto in = over_tls(
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
      "application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_NE(in.find("200 OK"), std::string::npos) << in;
  EXPECT_NE(in.find("; Secure"), std::string::npos);
  EXPECT_NE(in.find("Strict-Transport-Security"), std::string::npos);
  // Plain HTTP to the TLS port gets nothing.
  EXPECT_EQ(get("/healthz").status, 0);
}

}  // namespace
}  // namespace castner::api::testing
