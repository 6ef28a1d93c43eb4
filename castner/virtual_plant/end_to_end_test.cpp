// SPDX-License-Identifier: Apache-2.0
// The virtual plant's devices read by Castner's own sources, with the addresses that its castner.toml names.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <mutex>
#include <thread>

#include "castner/base/file.h"
#include "castner/service/server_file.h"
#include "castner/sources/kinds.h"
#include "castner/virtual_plant/virtual_plant.h"
#include "tests/support/root.h"

namespace castner::virtual_plant {
namespace {

using namespace std::chrono_literals;

const std::string kCellRoom = testing::root() + "/plants/cell_room/";

/// What a source handed over last, tag by tag.
class Readings {
 public:
  sources::Deliver deliver() {
    return [this](sources::Delivery d) {
      const std::lock_guard lock(mutex_);
      for (auto& r : d.readings) latest_[r.tag] = r.reading;
      if (d.durable) d.durable();
      return true;
    };
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return latest_.size();
  }
  readings::Reading of(const std::string& tag) const {
    const std::lock_guard lock(mutex_);
    return latest_.at(tag);
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, readings::Reading> latest_;
};

TEST(EndToEnd, CastnerReadsOverModbusWhatTheInstrumentsShow) {
  VirtualPlantFiles files{*read_file(kCellRoom + "plant.toml"), "plant.toml", *read_file(kCellRoom + "virtual.toml"),
                          "virtual.toml"};
  auto plant = std::move(*VirtualPlant::make(files));
  auto& links = plant->settings().links;
  std::erase_if(links, [](const auto& l) { return l.kind != LinkSettings::Kind::modbus_tcp; });
  ASSERT_EQ(links.size(), 2u);
  for (auto& l : links) l.port = 0;
  ASSERT_EQ(plant->start().status, solve::Status::converged);
  ASSERT_TRUE(plant->open_links());
  plant->publish(Time{});
  for (std::size_t i = 0; i < links.size(); ++i)
    links[i].port = std::stoi(plant->links()[i]->address().substr(plant->links()[i]->address().rfind(':') + 1));

  const auto server =
      service::read_server_file(server_file_text(plant->settings(), plant->tags(), {"plant.toml"}), "castner.toml");
  ASSERT_TRUE(server) << server.error().text();
  Readings readings;
  std::vector<std::unique_ptr<sources::Source>> sources;
  for (const auto& settings : server->sources) {
    auto source = sources::make_source(settings, system_clock());
    ASSERT_TRUE(source) << source.error().text();
    sources.push_back(std::move(*source));
    sources.back()->start(readings.deliver());
  }
  for (int i = 0; i < 1000 && readings.count() < server->tags.size(); ++i) std::this_thread::sleep_for(10ms);
  ASSERT_EQ(readings.count(), server->tags.size());
  sources.clear();

  for (std::size_t i = 0; i < plant->tags().size(); ++i) {
    const auto tag = std::find_if(server->tags.begin(), server->tags.end(),
                                  [&](const auto& t) { return t.name == plant->tags()[i].name; });
    if (tag == server->tags.end()) continue;  // another protocol's
    const auto reading = readings.of(tag->name);
    EXPECT_EQ(reading.status, readings::StatusCode::good);
    const double got = std::get<double>(reading.value), shown = plant->values()[i].value;
    if (tag->type == "float32")
      EXPECT_EQ(static_cast<float>(got), static_cast<float>(shown)) << tag->name;
    else
      EXPECT_NEAR(got, shown, 0.5e-4 + 1e-9) << tag->name;  // half of the register's last digit
  }
}

}  // namespace
}  // namespace castner::virtual_plant
