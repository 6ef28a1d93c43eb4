// SPDX-License-Identifier: Apache-2.0
/// Long work stands back behind what is live.
#pragma once

namespace castner::service {

constexpr int kBehindAll = 19;  ///< nobody waits for it
constexpr int kBehindLive = 5;  ///< somebody waits for it

/// The calling thread gives way to others from now on. @param nice  0 as others, 19 to every other thread of the machine
void lower_priority(int nice);

}  // namespace castner::service
