// SPDX-License-Identifier: Apache-2.0
/// One sample of every kind of source, with the other side that it reads: a new kind joins every_source_test by its row here.
#pragma once

#include <filesystem>
#include <fstream>
#include <ostream>

#include "castner/base/rfc3339.h"
#include "castner/sources/delivered_for_tests.h"
#include "castner/sources/modbus_slave_for_tests.h"
#include "castner/sources/mqtt_broker_for_tests.h"
#include "castner/sources/source.h"
#include "castner/sources/sparkplug_payload_for_tests.h"
#include "tests/support/scratch_folder.h"

namespace castner::sources {

/// The device, broker or folder that a source reads. It writes down whatever would change it.
class OtherSide {
 public:
  virtual ~OtherSide() = default;
  virtual std::string url() const = 0;
  /// One more good reading of the sample's tag, "T". Returns its value, which no other has; nothing where others store it.
  virtual std::optional<double> give(Source&) = 0;
  virtual void go_away() = 0;
  virtual void come_back() = 0;
  /// Everything it was told beyond what a reader must say; a source that only reads leaves this empty.
  virtual std::vector<std::string> written() const = 0;
};

struct SourceSample {
  std::string kind, address;  ///< of a tag "T" that the kind takes
  TagSettings refused;        ///< a tag that it must refuse
  std::map<std::string, Option> options;
  std::function<std::unique_ptr<OtherSide>()> other_side;
  bool hands_over = true;        ///< false: others write its readings into the store
  bool keeps_connection = true;  ///< when it goes, the tag gets one bad reading
};
inline void PrintTo(const SourceSample& s, std::ostream* out) { *out << s.kind; }

class ModbusSide final : public OtherSide {
 public:
  std::string url() const override { return slave_.url(); }
  /// Waits until somebody has asked, since the next value takes the place of this one.
  std::optional<double> give(Source&) override {
    slave_.set(0, ++value_);
    within(std::chrono::seconds(1), [this, before = slave_.functions()] { return slave_.functions() != before; });
    return value_;
  }
  void go_away() override { slave_.stop(); }
  void come_back() override { slave_.start(); }
  std::vector<std::string> written() const override {
    std::vector<std::string> all;
    for (const auto& [function, count] : slave_.functions())
      if (function < 1 || function > 4) all.push_back("function code " + std::to_string(function));
    return all;
  }

 private:
  TestSlave slave_;
  std::uint16_t value_ = 0;
};

/// A broker on which somebody publishes `messages(n)`, topics and payloads, each time.
class BrokerSide final : public OtherSide {
 public:
  using Messages = std::vector<std::pair<std::string, std::string>>;
  explicit BrokerSide(std::function<Messages(int)> messages) : messages_(std::move(messages)) {}
  std::string url() const override { return broker_.url(); }
  std::optional<double> give(Source&) override {
    for (const auto& [topic, payload] : messages_(++count_)) broker_.publish(topic, payload);
    return count_;
  }
  void go_away() override { broker_.stop(); }
  void come_back() override { broker_.start(); }
  std::vector<std::string> written() const override { return broker_.published(); }

 private:
  const std::function<Messages(int)> messages_;
  int count_ = 0;
  TestBroker broker_;
};

class FolderSide final : public OtherSide {
 public:
  std::string url() const override { return scratch_.path() + "/drop"; }
  FolderSide() { std::filesystem::create_directory(url()); }
  std::optional<double> give(Source&) override {
    const std::string name = "table" + std::to_string(++count_) + ".csv";
    const Time now = system_clock().now();
    given_[name] = "time,T\n" + rfc3339(now - std::chrono::seconds(1)) + "," + std::to_string(count_) + "\n" +
                   rfc3339(now) + ",0\n";
    std::ofstream(url() + "/" + name) << given_[name];
    return count_;
  }
  void go_away() override { std::filesystem::rename(url(), scratch_.path() + "/away"); }
  void come_back() override { std::filesystem::rename(scratch_.path() + "/away", url()); }
  /// The list of files taken is the source's own; a table that it made, changed or removed is not.
  std::vector<std::string> written() const override {
    std::map<std::string, std::string> there;
    for (const auto& entry : std::filesystem::directory_iterator(url())) {
      std::ifstream file(entry.path());
      there[entry.path().filename().string()] = std::string(std::istreambuf_iterator<char>(file), {});
    }
    there.erase(".castner-sample");
    std::vector<std::pair<std::string, std::string>> differ;
    std::set_symmetric_difference(there.begin(), there.end(), given_.begin(), given_.end(), std::back_inserter(differ));
    std::vector<std::string> all;
    for (const auto& [name, content] : differ) all.push_back(name + ": " + content);
    return all;
  }

 private:
  ScratchFolder scratch_;
  int count_ = 0;
  std::map<std::string, std::string> given_;  ///< content by name
};

/// Programs that write to the server: all a source can see of them is that something came.
class PushSide final : public OtherSide {
 public:
  std::string url() const override { return ""; }
  std::optional<double> give(Source& source) override {
    if (there_) source.pushed(std::vector{Pushed{"T", system_clock().now(), 1}});
    return {};
  }
  void go_away() override { there_ = false; }
  void come_back() override { there_ = true; }
  std::vector<std::string> written() const override { return {}; }

 private:
  bool there_ = true;
};

inline const std::vector<SourceSample>& samples() {
  const auto broker = [](std::function<BrokerSide::Messages(int)> messages) {
    return [=]() -> std::unique_ptr<OtherSide> { return std::make_unique<BrokerSide>(messages); };
  };
  const std::map<std::string, Option> soon{{"retry_limit", "50 ms"}};
  static const std::vector<SourceSample> all{
      {"modbus_tcp", "holding:1", {.name = "T", .address = "drum:1"}, soon, std::make_unique<ModbusSide>},
      {"mqtt", "plant/t", {.name = "T", .address = "plant/+"}, soon, broker([](int n) {
         return BrokerSide::Messages{{"plant/t", std::to_string(n)}};
       })},
      {"sparkplug", "G/N/temp", {.name = "T", .address = "temp"}, soon, broker([](int n) {
         return BrokerSide::Messages{{"spBv1.0/G/NBIRTH/N", Payload(0).bdseq(0).real("temp", 1, n)}};
       })},
      {"folder",
       "",
       {.name = "T", .type = "float32"},
       {{"settle", "20 ms"}, {"scan", "5 ms"}},
       std::make_unique<FolderSide>,
       true,
       false},
      {"http_push", "", {.name = "T", .address = "U"}, {}, std::make_unique<PushSide>, false, false},
  };
  return all;
}

}  // namespace castner::sources
