// SPDX-License-Identifier: Apache-2.0
/// Which cells to renew, what of them, when, and what it is worth.
#pragma once

#include <vector>

#include "castner/cell_room/room_watch.h"

namespace castner::cell_room {

/// @param answer  with cells, findings and electrolysers
std::vector<Exchange> plan_exchanges(const CellRoomFile&, const RoomAnswer& answer);

}  // namespace castner::cell_room
