// SPDX-License-Identifier: Apache-2.0
/// The service record of a cell room: who exchanged what of which cell, and when. Only added to.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "castner/people/database.h"

namespace castner::people {

struct CellService {
  std::int64_t id = 0;
  std::string cell;  ///< "E1/017"
  std::string what;  ///< one of kParts
  Time when;         ///< of the exchange
  std::string note, who;
  Time at;  ///< when it was entered
  static constexpr std::array kParts{"membrane", "anode_coating", "cathode_coating", "other"};
};

/// Every method may be called from any thread.
class CellServices {
 public:
  CellServices(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  /// Durable on return. bad_input for a part that is none of kParts, a time that lies ahead or before 1900, a note above 500
  /// bytes or with what cannot be printed, and what is written down already. Which cells there are is for the caller to know.
  [[nodiscard]] Result<CellService> add(CellService);
  /// All of them, the newest exchange first; of one cell where it is named.
  [[nodiscard]] Result<std::vector<CellService>> all(std::string_view cell = "") const;
  /// True where the same part of the same cell at the same time is written down.
  [[nodiscard]] Result<bool> has(const CellService&) const;

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace castner::people
