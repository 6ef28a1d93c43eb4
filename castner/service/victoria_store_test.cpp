// SPDX-License-Identifier: Apache-2.0
// What only VictoriaMetrics can do wrong: be away, be odd, keep less. The suite over every store is store_test.cpp.
#include "castner/store_victoria/victoria_store.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <cmath>
#include <limits>
#include <tuple>

#include "castner/service/open_store.h"
#include "tests/support/victoria_server.h"

namespace castner::service {
namespace {

using store_victoria::VictoriaStore;

using std::chrono::milliseconds;
using std::chrono::seconds;

Time at_second(int s) { return Time(seconds(1'700'000'000 + s)); }

class Victoria : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!server_.runs()) GTEST_SKIP() << "VictoriaMetrics is not installed";
  }
  testing::VictoriaServer server_;
};

TEST_F(Victoria, KeepsQualitiesAndWhatIsNoFiniteNumber) {
  auto store = VictoriaStore::open(server_.url()).value();
  const auto tag = store->define("FI \"1\" \\ 氯", "t/h").value();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::vector<historian::TaggedReading> some = {
      {tag, {at_second(0), infinity, readings::StatusCode::good, at_second(0)}},
      {tag, {at_second(1), -infinity, readings::StatusCode::bad_sensor_failure, at_second(0)}},
      {tag, {at_second(2), std::nan(""), readings::StatusCode::uncertain, at_second(0)}},
      {tag, {at_second(3), 3.0521, readings::StatusCode::bad_timeout, at_second(0)}},
      {tag, {at_second(4), true, readings::StatusCode::good, at_second(0)}}};
  ASSERT_TRUE(store->append(some));
  const auto back = store->read({tag}, 10).value();
  ASSERT_EQ(back.size(), 5u);
  EXPECT_EQ(std::get<double>(back[0].value), infinity);
  EXPECT_EQ(std::get<double>(back[1].value), -infinity);
  EXPECT_EQ(back[1].status, readings::StatusCode::bad_sensor_failure);
  EXPECT_TRUE(std::isnan(std::get<double>(back[2].value)));
  EXPECT_EQ(std::get<double>(back[3].value), 3.0521);
  EXPECT_EQ(back[3].status, readings::StatusCode::bad_timeout);
  EXPECT_EQ(std::get<double>(back[4].value), 1.0);
}

TEST_F(Victoria, SaysWhatItCannotKeepAndRefusesIt) {
  auto store = service::open_store(server_.url()).value();
  EXPECT_GE(store->cannot_keep().size(), 5u);
  const auto tag = store->define("pump", "").value();
  const historian::TaggedReading text[] = {
      {tag, {at_second(0), 1.0, readings::StatusCode::good, at_second(0)}},
      {tag, {at_second(1), std::string("running"), readings::StatusCode::good, at_second(0)}}};
  const auto refused = store->append(text);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::bad_input);
  EXPECT_TRUE(store->read({tag}, 10)->empty()) << "nothing of a refused call is taken";
  const historian::Retention rules[] = {{"*", std::chrono::hours(1)}};
  EXPECT_FALSE(store->set_retention(rules));
}

TEST_F(Victoria, TheSignOfZeroAndTheOrderOfOneAppendAreKept) {
  auto store = VictoriaStore::open(server_.url() + "/?plant=zeros").value();
  const auto tag = store->define("x", "").value();
  const auto bad = readings::StatusCode::bad_no_data, good = readings::StatusCode::good;
  const historian::TaggedReading all[] = {
      {tag, {at_second(0), -0.0, good, at_second(0)}},        {tag, {at_second(1), 0.0, good, at_second(1)}},
      {tag, {at_second(2), std::nan(""), bad, at_second(2)}}, {tag, {at_second(2), 3.5, good, at_second(2)}},
      {tag, {at_second(3), 9.0, good, at_second(3)}},         {tag, {at_second(3), -0.0, bad, at_second(3)}}};
  ASSERT_TRUE(store->append(all));
  ASSERT_TRUE(store->settle());
  const auto found = store->read({tag}, 10).value();
  ASSERT_EQ(found.size(), 4u);
  const auto number = [&](std::size_t k) { return std::get<double>(found[k].value); };
  EXPECT_TRUE(std::signbit(number(0)) && number(0) == 0.0);
  EXPECT_FALSE(std::signbit(number(1)));
  EXPECT_EQ(number(2), 3.5);
  EXPECT_EQ(found[2].status, good);
  EXPECT_TRUE(std::signbit(number(3)) && number(3) == 0.0);
  EXPECT_EQ(found[3].status, bad);
}

/// Whatever was first said of a time, what was appended last counts: at once, for sums, for the latest, and after opening it anew.
TEST_F(Victoria, ACorrectionCountsWhateverItCorrects) {
  constexpr double infinity = std::numeric_limits<double>::infinity(), none = std::numeric_limits<double>::quiet_NaN();
  using readings::StatusCode;
  const std::pair<double, StatusCode> said[] = {{-0.0, StatusCode::good},        {0.0, StatusCode::good},
                                                {5.5, StatusCode::good},         {-1.0, StatusCode::good},
                                                {none, StatusCode::bad_no_data}, {3.0, StatusCode::uncertain},
                                                {infinity, StatusCode::bad},     {-infinity, StatusCode::good}};
  const std::string url = server_.url() + "/?plant=corrected";
  auto store = VictoriaStore::open(url).value();
  std::vector<std::tuple<historian::TagId, double, StatusCode>> expected;
  const auto check_all = [&](const char* when) {
    for (const auto& [tag, value, status] : expected) {
      const auto at_its_time = store->read({tag}, 10).value();
      const auto newest = store->latest(std::span(&tag, 1)).value().at(0);
      ASSERT_EQ(at_its_time.size(), 2u);
      for (const auto* r : {&at_its_time[1], &*newest}) {
        const double number = std::get<double>(r->value);
        EXPECT_EQ(r->time, at_second(1)) << when;
        EXPECT_TRUE(number == value || (std::isnan(number) && std::isnan(value))) << when << number << " for " << value;
        EXPECT_EQ(std::signbit(number) && number == 0.0, std::signbit(value) && value == 0.0) << when;
        EXPECT_EQ(r->status, status) << when << value;
      }
    }
  };
  int k = 0;
  for (const auto& first : said)
    for (const auto& last : said) {
      const auto tag = store->define("x" + std::to_string(k++), "").value();
      const auto say = [&](int s, const auto& what) {
        const historian::TaggedReading one[] = {{tag, {at_second(s), what.first, what.second, at_second(s)}}};
        ASSERT_TRUE(store->append(one));
      };
      say(0, first);
      say(1, first);
      if (k % 2 == 0) {
        ASSERT_TRUE(store->settle());
      }
      for (int again = 0; again < k % 3; ++again) say(1, said[static_cast<std::size_t>(k + again) % 8]);
      say(1, last);
      say(1, last);  // a repetition changes nothing
      expected.emplace_back(tag, last.first, last.second);
    }
  check_all("now ");
  store = VictoriaStore::open(url).value();
  check_all("anew ");
  for (auto& [tag, value, status] : expected) {
    const historian::TaggedReading one[] = {
        {tag, {at_second(1), value = 7.25, status = StatusCode::good, at_second(1)}}};
    ASSERT_TRUE(store->append(one));
  }
  check_all("corrected after opening ");
}

TEST_F(Victoria, PlantsOnOneServerDoNotMix) {
  auto east = VictoriaStore::open(server_.url() + "/?plant=east").value(),
       west = VictoriaStore::open(server_.url() + "/?plant=west").value();
  const auto e = east->define("FI-1", "").value(), w = west->define("FI-1", "").value();
  const historian::TaggedReading one[] = {{e, {at_second(0), 1.0, readings::StatusCode::good, at_second(0)}}};
  ASSERT_TRUE(east->append(one));
  ASSERT_TRUE(east->settle());
  EXPECT_EQ(east->read({e}, 10)->size(), 1u);
  EXPECT_TRUE(west->read({w}, 10)->empty());
}

TEST_F(Victoria, AServerThatDiedIsRefusedAndServesAgainWhenItIsBack) {
  auto store = VictoriaStore::open(server_.url()).value();
  const auto tag = store->define("FI-1", "").value();
  const historian::TaggedReading first[] = {{tag, {at_second(0), 1.0, readings::StatusCode::good, at_second(0)}}},
                                 second[] = {{tag, {at_second(1), 2.0, readings::StatusCode::good, at_second(1)}}};
  ASSERT_TRUE(store->append(first));
  server_.stop(SIGTERM);  // a kill -9 may take the last seconds with it, as cannot_keep() says
  const auto refused = store->append(second);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::world_refused);
  EXPECT_NE(store->health().last_error, "");
  server_.start();
  ASSERT_TRUE(store->append(second));
  EXPECT_EQ(store->health().last_error, "");
  EXPECT_EQ(store->read({tag}, 10)->size(), 2u);
}

/// Answers everything with 200 and the same words.
class Impostor {
 public:
  explicit Impostor(std::string words) : words_(std::move(words)) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof a;
    check(bind(listening_, reinterpret_cast<sockaddr*>(&a), size) == 0 && listen(listening_, 8) == 0,
          "loopback is there");
    getsockname(listening_, reinterpret_cast<sockaddr*>(&a), &size);
    port_ = ntohs(a.sin_port);
    serving_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  ~Impostor() {
    serving_.request_stop();
    serving_.join();
    close(listening_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void serve(const std::stop_token& stop) const {
    while (!stop.stop_requested()) {
      pollfd p{listening_, POLLIN, 0};
      if (poll(&p, 1, 20) != 1) continue;
      const int fd = accept(listening_, nullptr, nullptr);
      std::string asked(65536, 0);
      (void)!recv(fd, asked.data(), asked.size(), 0);
      const std::string answer =
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(words_.size()) + "\r\n\r\n" +
          words_;
      (void)!send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
      close(fd);
    }
  }
  const std::string words_;
  const int listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int port_ = 0;
  std::jthread serving_;
};

TEST(VictoriaUrl, WhoIsNotVictoriaMetricsIsRefusedNotBelieved) {
  for (const char* words : {"<html>We will be back soon</html>", "{}", "[1]", "{\"metric\":{\"tag\":7}}",
                            "{\"metric\":{\"tag\":\"x\"},\"values\":[1,2],\"timestamps\":[1,\"x\"]}"}) {
    const Impostor impostor(words);
    const auto store = VictoriaStore::open(impostor.url());
    ASSERT_FALSE(store) << words << ": its tags would be numbered anew over those that are there";
    EXPECT_EQ(store.error().code, ErrorCode::world_refused);
    EXPECT_NE(store.error().text().find("cannot be understood"), std::string::npos) << store.error().text();
  }
}

TEST_F(Victoria, KeepsWordsThatAreInNoUtf8AsFarAsItCan) {
  auto store = VictoriaStore::open(server_.url()).value();
  const auto tag = store->define("FI-1", "").value();
  ASSERT_TRUE(store->open_gaps(std::vector<historian::Gap>{{tag, at_second(0), {}, "ger\xE4t antwortet nicht"}}));
  EXPECT_EQ(store->gaps(at_second(-1), at_second(1)).value().at(0).why, "ger\xEF\xBF\xBDt antwortet nicht");
}

TEST(VictoriaUrl, IsCheckedBeforeItIsAsked) {
  for (const char* url : {"http://127.0.0.1:1/?plant=", "http://127.0.0.1:1/?x=1", "http://a b"})
    EXPECT_EQ(VictoriaStore::open(url).error().code, ErrorCode::bad_input) << url;
  const auto nobody = VictoriaStore::open("http://127.0.0.1:1");
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, ErrorCode::world_refused);
}

}  // namespace
}  // namespace castner::service
