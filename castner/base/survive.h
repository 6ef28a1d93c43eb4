// SPDX-License-Identifier: Apache-2.0
/// The last net under a thread: what is thrown in it (memory that ran out, a thread that cannot start, a mistake of a library) costs the piece
/// of work at hand and not the server.
#pragma once

#include <cstdint>
#include <exception>
#include <string_view>
#include <utility>

namespace castner {

/// What people are told where a piece of work ended so.
inline constexpr const char* kSurvived = "this ended by a fault of the server or for want of memory; its log says why";

/// Counts it, and logs `survived` with what was being done and why it ended; where there is no memory even for that, it is counted alone.
void note_survived(std::string_view doing, const char* why) noexcept;

/// How often something was thrown since the start of the program.
std::uint64_t survived_count() noexcept;

/// Runs `work`; false if it threw. Whoever calls it tells the one who waits for the work, and leaves nothing half done that is used later.
template <class Work>
bool survive(std::string_view doing, Work&& work) noexcept {
  try {
    std::forward<Work>(work)();
    return true;
  } catch (const std::exception& e) {
    note_survived(doing, e.what());
  } catch (...) {
    note_survived(doing, "something that says nothing of itself");
  }
  return false;
}

}  // namespace castner
