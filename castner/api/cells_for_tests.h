// SPDX-License-Identifier: Apache-2.0
/// A server over an electrolyser of 20 cells, of which one may go bad.
#pragma once

#include <cmath>

#include "castner/api/server_for_tests.h"
#include "castner/service/live_cells.h"

namespace castner::api::testing {

inline constexpr const char* kCellsFile = R"toml([cell_room]
name = "Room 1"
currency = "CNY"
[[electrolyser]]
name = "E1"
cells = 20
cell_area = "2.70 m2"
voltages = "EI-{001..020}"
current = "II-1"
voltage = "EI-1"
[economics]
electricity = "0.45 CNY/(kW.h)"
membrane = "9000 CNY"
)toml";

struct CellsOverHttp : ServerTest {
  std::unique_ptr<service::CellWatcher> watcher;
  std::vector<historian::TagId> ids;

  void watch() {
    watcher =
        std::make_unique<service::CellWatcher>(store, clock, service::CellWatcherOptions{.look = 10000h, .quiet = 0});
    cells = watcher.get();
    std::vector<historian::TagName> names;
    std::vector<std::string> texts;
    for (int i = 1; i <= 20; ++i) texts.push_back("EI-0" + std::string(i < 10 ? "0" : "") + std::to_string(i));
    texts.insert(texts.end(), {"II-1", "EI-1"});
    for (const auto& t : texts) names.push_back({t, t == "II-1" ? "kA" : "V"});
    ids = store.define_all(names).value();
    ASSERT_TRUE(watcher->watch(cell_room::read_cell_room(kCellsFile, "cells.toml").value(), kCellsFile,
                               {{.name = "II-1", .unit = "kA"}}, {}));
  }
  /// @param sick  what cell 7 has too much or too little [V]
  void run(double seconds, double sick) {
    for (double t = 0.0; t < seconds; t += 10.0) {
      clock.advance(10s);
      std::vector<historian::TaggedReading> readings;
      double sum = 0.0;
      for (int i = 0; i < 20; ++i) {
        const double v = 3.0 + 0.002 * i + 0.001 * std::sin(t * (i + 3)) + (i == 6 ? sick : 0.0);
        sum += v;
        readings.push_back(
            {ids[static_cast<std::size_t>(i)], {.time = clock.now(), .value = v, .arrival = clock.now()}});
      }
      readings.push_back({ids[20], {.time = clock.now(), .value = 13.5, .arrival = clock.now()}});
      readings.push_back({ids[21], {.time = clock.now(), .value = sum, .arrival = clock.now()}});
      ASSERT_TRUE(store.append(readings));
      watcher->look_now();
    }
  }
};

}  // namespace castner::api::testing
