// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/tcp_connect.h"

#include <gtest/gtest.h>

#include "castner/sources/tcp_for_tests.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;

TEST(TcpConnect, ReachesAServerAndSaysWhyItReachesNone) {
  TestServer server([](TestPeer& peer) { peer.write("hello"); });
  const Endpoint there{"tcp", "localhost", server.port()};
  const auto socket = tcp_connect(there, 2s, {});
  ASSERT_TRUE(socket.has_value()) << socket.error();
  pollfd p{socket->get(), POLLIN, 0};
  ASSERT_EQ(poll(&p, 1, 2000), 1);
  char heard[5];
  ASSERT_EQ(recv(socket->get(), heard, sizeof heard, 0), 5);
  EXPECT_EQ(std::string_view(heard, 5), "hello");
  server.stop();
  EXPECT_EQ(tcp_connect(there, 2s, {}).error(), "Connection refused");
}

TEST(TcpConnect, TriesNothingOnceAStopIsRequested) {
  TestServer server([](TestPeer&) {});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(tcp_connect({"tcp", "localhost", server.port()}, 2s, stop.get_token()).has_value());
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace castner::sources
