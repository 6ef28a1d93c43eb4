// SPDX-License-Identifier: Apache-2.0
/// The parts that the HTTP interface needs: the store, accounts, the clock, and the live state.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "castner/base/clock.h"
#include "castner/historian/store.h"
#include "castner/people/records.h"
#include "castner/service/live_cells.h"
#include "castner/service/live_state.h"
#include "castner/service/past_balances.h"

namespace castner::api {

/// All of it is called from many threads.
struct Backend {
  historian::Store& store;
  people::Records& records;
  Clock& clock;
  std::function<std::shared_ptr<const service::LiveState>()> live;  ///< never null
  std::function<std::shared_ptr<const service::LiveState>()>
      reconcile_now;  ///< the picture after a new attempt; may take seconds
  /// Told of readings that HTTP brought and the store has taken; may be empty.
  std::function<void(std::span<const sources::Pushed>)> pushed = {};
  /// Deletes the old readings whose deletion waits for a person; how many.
  std::function<Result<std::uint64_t>()> delete_what_waits = {};
  /// Keeps a plant file under a new name and tells its path; may be empty.
  std::function<Result<std::string>(const std::string& name, const std::string& text)> save_plant = {};
  service::PastBalances* past = nullptr;  ///< null: none are made
  service::CellWatcher* cells = nullptr;  ///< null: no cells are watched
};

/// How the server is reached decides whether people must sign in.
struct Doors {
  std::string address;  ///< where it listens: "127.0.0.1"
  bool tls = false;
  bool accounts = false;  ///< there is at least one
};

/// bad_input unless the doors are safe: beyond loopback only with TLS and with an account. A server checks this before it listens.
[[nodiscard]] Result<void> check_doors(const Doors&, const std::string& where);

/// Everyone may read: on loopback, while no account exists.
bool open_to_all(const Doors&);

}  // namespace castner::api
