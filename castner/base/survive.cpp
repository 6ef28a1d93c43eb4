// SPDX-License-Identifier: Apache-2.0
#include "castner/base/survive.h"

#include <atomic>

#include "castner/base/log.h"

namespace castner {
namespace {

std::atomic<std::uint64_t> survived{0};

}  // namespace

std::uint64_t survived_count() noexcept { return survived; }

void note_survived(std::string_view doing, const char* why) noexcept {
  ++survived;
  try {
    log_event(LogLevel::error, "survived", {{"doing", doing}, {"why", why}});
  } catch (...) {  // no memory for the line: the count says it
  }
}

}  // namespace castner
