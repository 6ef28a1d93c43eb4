// SPDX-License-Identifier: Apache-2.0
// Long work of the page Start over HTTP: how far it is, that it ends with whoever asked for it, and that others are answered meanwhile.
#include <thread>

#include "castner/api/server_for_tests.h"
#include "castner/base/file.h"
#include "tests/support/root.h"

namespace castner::api::testing {
namespace {

using Json = nlohmann::json;

/// A plant file and its data.
struct Files {
  std::string plant, csv;
};

/// A node and ten windows: answered at once.
constexpr const char* kNode = R"([plant]
name = "Long"
[[unit]]
name = "N"
model = "node"
inlets = ["S1"]
outlets = ["S2", "S3"]
[[measurement]]
tag = "FI-1"
of = "S1.flow_mass"
unit = "t/h"
sd = 0.1
[[measurement]]
tag = "FI-2"
of = "S2.flow_mass"
unit = "t/h"
sd = 0.1
[[measurement]]
tag = "FI-3"
of = "S3.flow_mass"
unit = "t/h"
sd = 0.1
[assess]
window = "2 s"
min_rows = 2
max_gap = "5 min"
)";

Files small() {
  Files f{kNode, "time,FI-1 (t/h),FI-2 (t/h),FI-3 (t/h)\n"};
  for (int k = 0; k < 20; ++k) {
    const auto digit = [&](int of) { return std::to_string(k % of); };
    f.csv += "2026-11-23T00:00:" + std::to_string(100 + k).substr(1) + "Z,10." + digit(7) + ",6." + digit(5) + ",4." +
             digit(3) + "\n";
  }
  return f;
}

constexpr int kLongWindows = 3600;
/// The cell room's day ten times over, in windows of two minutes: most of a minute of work.
const Files& large() {
  static const Files made = [] {
    const std::string folder = castner::testing::root() + "/plants/cell_room/";
    Files f{read_file(folder + "plant.toml").value(), ""};
    const std::string usual = "window = \"30 min\"\nmin_rows = 20";
    f.plant.replace(f.plant.find(usual), usual.size(), "window = \"2 min\"\nmin_rows = 2");
    const std::string csv = read_file(folder + "data.csv").value();
    const auto head = csv.find("\ntime,") + 1, rows = csv.find('\n', head) + 1;
    f.csv = csv.substr(head, rows - head);
    for (int day = 0; day < 10; ++day)
      for (auto at = rows, end = at; at < csv.size(); at = end) {
        end = csv.find('\n', at) + 1;
        f.csv += "2026-10-" + std::to_string(10 + day) + csv.substr(at + 10, end - at - 10);
      }
    return f;
  }();
  return made;
}

class LongStart : public ServerTest {
 protected:
  std::string request(const Files& files, const std::string& headers, const std::string& lang = "") const {
    const auto& [plant, csv] = files;
    return "POST /api/v1/start/assess?name=a.csv" + lang + "&plant=" + std::to_string(plant.size()) +
           " HTTP/1.1\r\nHost: " + host() + "\r\nContent-Type: application/octet-stream\r\n" + headers +
           "Content-Length: " + std::to_string(plant.size() + csv.size()) + "\r\n\r\n" + plant + csv;
  }

  /// The next event of this name, its data; "" at the end.
  static std::string next(Wire& wire, const std::string& name, std::size_t& from) {
    const std::string begin = "event: " + name + "\ndata: ";
    for (;;) {
      const auto at = wire.pending().find(begin, from);
      const auto end = at == std::string::npos ? at : wire.pending().find('\n', at + begin.size());
      if (end != std::string::npos) {
        from = end;
        return wire.pending().substr(at + begin.size(), end - at - begin.size());
      }
      if (!wire.more(10'000)) return "";
    }
  }
  const std::string events = "Accept: text/event-stream\r\n";
};

TEST_F(LongStart, SaysHowFarItIsAndAnswersOthersMeanwhile) {
  serve();
  Wire slow(port());
  ASSERT_TRUE(slow.send(request(large(), events)));
  std::size_t at = 0;
  Json progress;
  do {
    const auto told = next(slow, "progress", at);
    ASSERT_FALSE(told.empty()) << slow.pending().substr(0, 500);
    progress = Json::parse(told);
  } while (progress["looked_at"] == 0);
  EXPECT_EQ(progress["state"], "running");
  EXPECT_EQ(progress["windows"], kLongWindows) << progress;
  // Somebody else's small balance, and a file that is read, from the same address at the same time.
  Wire quick(port());
  ASSERT_TRUE(quick.send(request(small(), "")));
  const auto answer = quick.answer();
  EXPECT_EQ(answer.status, 200) << answer.body.substr(0, 300);
  EXPECT_EQ(answer.json()["windows"], 10);
  EXPECT_EQ(ask("POST", "/api/v1/start/read?name=a.csv", "", small().csv).status, 200);
  EXPECT_FALSE(slow.ended()) << "the long one goes on";
  EXPECT_EQ(slow.pending().find("event: answer"), std::string::npos);
}

TEST_F(LongStart, WhatNobodyWaitsForIsStopped) {
  serve();
  // Three take all the places that one person may have: were they not stopped, the next would be in line behind them.
  for (const auto& headers : {events, std::string()}) {
    {
      std::vector<std::unique_ptr<Wire>> gone;
      for (int k = 0; k < 3; ++k) {
        gone.push_back(std::make_unique<Wire>(port()));
        ASSERT_TRUE(gone.back()->send(request(large(), headers)));
      }
      std::this_thread::sleep_for(1500ms);
      Wire in_line(port());
      ASSERT_TRUE(in_line.send(request(small(), events)));
      std::size_t at = 0;
      ASSERT_EQ(Json::parse(next(in_line, "progress", at))["state"], "waiting");
    }
    Wire next_one(port());
    ASSERT_TRUE(next_one.send(request(small(), events)));
    std::size_t at = 0;
    EXPECT_FALSE(next(next_one, "answer", at).empty()) << next_one.pending().substr(0, 500);
  }
}

TEST_F(LongStart, TheEndIsInBothLanguagesAndSaysWhatASingleAnswerSays) {
  serve();
  Wire wire(port());
  ASSERT_TRUE(wire.send(request(small(), events)));
  std::size_t at = 0;
  const auto both = Json::parse(next(wire, "answer", at), nullptr, false);
  ASSERT_TRUE(both.is_object()) << wire.pending().substr(0, 500);
  for (const std::string lang : {"en", "zh"}) {
    Wire alone(port());
    ASSERT_TRUE(alone.send(request(small(), "", "&lang=" + lang)));
    EXPECT_EQ(both[lang], alone.answer().json());
  }
  EXPECT_NE(both["en"]["sentences"], both["zh"]["sentences"]);
}

TEST_F(LongStart, AProblemIsTheDocumentThatASingleAnswerIs) {
  serve();
  const std::string bad = "time,FI-1,FI-1\n2026-11-23T00:00:00Z,1,2\n";
  const auto single = ask("POST", "/api/v1/start/read?name=a.csv", "", bad);
  ASSERT_EQ(single.status, 400);
  Wire wire(port());
  ASSERT_TRUE(wire.send("POST /api/v1/start/read?name=a.csv HTTP/1.1\r\nHost: " + host() + "\r\n" + events +
                        "Content-Length: " + std::to_string(bad.size()) + "\r\n\r\n" + bad));
  std::size_t at = 0;
  EXPECT_EQ(Json::parse(next(wire, "problem", at), nullptr, false), single.json());
}

TEST_F(LongStart, AServerThatEndsDoesNotWaitForLongWork) {
  http.limits.stop_time = 300ms;
  serve();
  std::vector<std::unique_ptr<Wire>> waiting;
  for (const auto& headers : {events, std::string(), std::string()}) {
    waiting.push_back(std::make_unique<Wire>(port()));
    ASSERT_TRUE(waiting.back()->send(request(large(), headers)));
  }
  std::size_t at = 0;
  while (Json::parse(next(*waiting[0], "progress", at))["looked_at"] == 0) {
  }
  const auto before = std::chrono::steady_clock::now();
  server.reset();
  api.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
}

/// A table alone, as it is read when it is dropped: in a place of its own, with nothing behind it.
TEST_F(LongStart, AFileThatIsReadForNobodyIsLeftInTheMiddle) {
  std::string csv = "time";
  constexpr int kTags = 40, kRows = 300'000;
  for (int k = 0; k < kTags; ++k) csv += ",FI-" + std::to_string(k) + " (t/h)";
  for (int k = 0; k < kRows; ++k) {
    const auto two = [](int n) { return std::to_string(100 + n).substr(1); };
    csv +=
        "\n2026-11-" + two(1 + k / 86400) + "T" + two(k / 3600 % 24) + ":" + two(k / 60 % 60) + ":" + two(k % 60) + "Z";
    for (int tag = 0; tag < kTags; ++tag) csv += "," + std::to_string((k + tag) % 97);
  }
  const auto read = [&](const std::string& headers) {
    return "POST /api/v1/start/read?name=a.csv HTTP/1.1\r\nHost: " + host() + "\r\n" + headers +
           "Content-Length: " + std::to_string(csv.size()) + "\r\n\r\n" + csv;
  };
  http.limits.stop_time = 100ms;
  serve();
  std::size_t at = 0;
  Wire whole(port());
  ASSERT_TRUE(whole.send(read(events)));
  while (next(whole, "progress", at).find("running") == std::string::npos) {
  }
  auto before = std::chrono::steady_clock::now();
  ASSERT_FALSE(next(whole, "answer", at).empty());
  const auto usual = std::chrono::steady_clock::now() - before;
  at = 0;
  Wire waiting(port());
  ASSERT_TRUE(waiting.send(read(events)));
  while (next(waiting, "progress", at).find("running") == std::string::npos) {
  }
  before = std::chrono::steady_clock::now();
  server.reset();
  api.reset();
  const auto took = std::chrono::steady_clock::now() - before;
  EXPECT_LT(took, usual / 3) << std::chrono::duration<double>(usual).count() << " s is the whole of it";
}

TEST_F(LongStart, WhoIsCutOffMeanwhileGetsNothingMore) {
  add("root", people::Role::administrator);
  add("leaves", people::Role::viewer);
  serve();
  const auto leaves = signed_in("leaves");
  // Two are worked on with one that waits for its answer, and the fourth is in line.
  std::vector<std::unique_ptr<Wire>> asked;
  for (const auto& headers : {std::string(), events, events, events}) {
    asked.push_back(std::make_unique<Wire>(port()));
    ASSERT_TRUE(asked.back()->send(request(large(), headers + leaves)));
    std::this_thread::sleep_for(200ms);
  }
  std::size_t at = 0;
  ASSERT_EQ(Json::parse(next(*asked[3], "progress", at))["state"], "waiting");
  ASSERT_TRUE(records->accounts.change("leaves", {.role = {}, .password = {}, .disabled = true}));
  const auto answer = asked[0]->answer();
  EXPECT_EQ(answer.status, 401) << answer.head << answer.body.substr(0, 300);
  for (std::size_t k = 1; k < asked.size(); ++k) {
    at = 0;
    const auto problem = Json::parse(next(*asked[k], "problem", at), nullptr, false);
    ASSERT_TRUE(problem.is_object()) << k << asked[k]->pending().substr(0, 500);
    EXPECT_EQ(problem["status"], 401) << problem;
    while (asked[k]->more(10'000)) {
    }
    EXPECT_TRUE(asked[k]->ended()) << k;
    EXPECT_EQ(asked[k]->pending().find("event: answer"), std::string::npos) << k;
  }
}

TEST_F(LongStart, WhatOnePersonWaitsForKeepsNobodyElseOut) {
  add("root", people::Role::administrator);
  add("busy", people::Role::viewer);
  add("other", people::Role::viewer);
  serve();
  const auto busy = signed_in("busy"), other = signed_in("other");
  std::vector<std::unique_ptr<Wire>> waiting;
  for (int k = 0; k < 4; ++k) {
    waiting.push_back(std::make_unique<Wire>(port()));
    ASSERT_TRUE(waiting.back()->send(request(large(), busy)));
  }
  std::this_thread::sleep_for(1s);
  for (const auto& headers : {std::string(), events}) {
    Wire wire(port());
    ASSERT_TRUE(wire.send(request(small(), headers + other)));
    while (wire.pending().find("\"windows\":10,") == std::string::npos && wire.more()) {
    }
    EXPECT_NE(wire.pending().find("\"windows\":10,"), std::string::npos) << wire.pending().substr(0, 500);
  }
}

}  // namespace
}  // namespace castner::api::testing
