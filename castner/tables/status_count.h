// SPDX-License-Identifier: Apache-2.0
/// Counts the texts that stand where numbers are expected, to be said once for a file.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace castner::tables {

class StatusCount {
 public:
  void add(std::string_view text, std::size_t times = 1);
  void add(const StatusCount&);
  bool empty() const { return count_.empty(); }
  /// `"Bad" (12), "Flow Alarm" and 3 more`, the most frequent first.
  std::string listed() const;

 private:
  static constexpr std::size_t kMost = 1000;  ///< different texts
  std::map<std::string, std::size_t, std::less<>> count_;
};

}  // namespace castner::tables
