// SPDX-License-Identifier: Apache-2.0
/// What people keep beside the readings: views of trends by name, shared or their own, and marks on the time axis.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/people/database.h"

namespace castner::people {

/// What a page shows, by the query of its address.
struct View {
  std::int64_t id = 0;
  std::string name, owner;  ///< owner: "" on a server without accounts
  bool shared = false;
  std::string query;  ///< "tag=FI-1&last=28800"
};

/// Words at a moment: a stop, an exchange, a difficulty, a note.
struct TimeMark {
  std::int64_t id = 0;
  Time time;
  std::string kind, text, who;
  static constexpr const char* kKinds[] = {"stop", "exchange", "difficulty", "note"};
};

/// Every method may be called from any thread.
class Notes {
 public:
  Notes(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  /// One's own views and those that others share, by name.
  [[nodiscard]] Result<std::vector<View>> views(std::string_view owner) const;
  /// A view of the same name and owner is replaced. bad_input for a name that is not 1 to 80 bytes of printable text, for a query above
  /// 4000 bytes, and beyond 200 views of one owner.
  [[nodiscard]] Result<View> keep(View);
  /// What is gone; nothing if there is none that this person may remove: their own, or any shared one for an administrator.
  [[nodiscard]] Result<std::optional<View>> remove_view(std::int64_t id, std::string_view who, bool is_administrator);

  /// By time, the newest 500 of the span.
  [[nodiscard]] Result<std::vector<TimeMark>> marks(Time from, Time to) const;
  /// bad_input for an unknown kind and a text that is not 1 to 200 bytes of printable text.
  [[nodiscard]] Result<TimeMark> add(TimeMark);
  [[nodiscard]] Result<std::optional<TimeMark>> remove_mark(std::int64_t id, std::string_view who,
                                                            bool is_administrator);

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace castner::people
