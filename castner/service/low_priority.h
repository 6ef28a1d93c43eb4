// SPDX-License-Identifier: Apache-2.0
/// Long work stands back behind all that somebody waits for at this moment.
#pragma once

namespace castner::service {

/// The calling thread gives way to every other thread of the machine from now on (nice 19).
void lower_priority();

}  // namespace castner::service
