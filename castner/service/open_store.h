// SPDX-License-Identifier: Apache-2.0
/// The store that a URL names.
#pragma once

#include <memory>
#include <string>

#include "castner/historian/store.h"
#include "castner/readings/newest.h"

namespace castner::service {

/// `sqlite:PATH`, a file that is made where there is none; `http://HOST:8428`, a VictoriaMetrics server; or `memory:`, gone when the
/// program ends.
/// bad_input for any other URL; world_refused where the file cannot be opened.
/// @param clock_tolerance  of the server's file
/// Whoever opens a store for people shows them its cannot_keep().
[[nodiscard]] Result<std::unique_ptr<historian::Store>> open_store(
    const std::string& url, std::chrono::nanoseconds clock_tolerance = readings::kAhead);

}  // namespace castner::service
