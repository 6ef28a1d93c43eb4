// SPDX-License-Identifier: Apache-2.0
/// A server over an electrolyser of 20 cells, of which one may go bad.
#pragma once

#include <cmath>

#include "castner/api/server_for_tests.h"
#include "castner/service/live_cells.h"
#include "castner/service/twenty_cells_for_tests.h"

namespace castner::api::testing {

struct CellsOverHttp : ServerTest {
  std::unique_ptr<service::CellWatcher> watcher;
  service::TwentyCells room;

  void watch() { watch(room.file()); }
  void watch(const cell_room::CellRoomFile& file) {
    watcher =
        std::make_unique<service::CellWatcher>(store, clock, service::CellWatcherOptions{.look = 10000h, .quiet = 0});
    cells = watcher.get();
    room.define(store);
    ASSERT_TRUE(watcher->watch(file, room.kFile, room.settings(), {}));
  }
  /// @param sick  what cell 7 has too much or too little [V]
  void run(double seconds, double sick) {
    for (double t = 0.0; t < seconds; t += 10.0) {
      clock.advance(10s);
      ASSERT_TRUE(store.append(
          room.scan(clock.now(), [&](int i) { return 0.001 * std::sin(t * (i + 3)) + (i == 6 ? sick : 0.0); })));
      watcher->look_now();
    }
  }
};

}  // namespace castner::api::testing
