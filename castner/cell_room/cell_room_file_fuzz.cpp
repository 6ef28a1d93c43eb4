// SPDX-License-Identifier: Apache-2.0
// Any bytes as a cells.toml: read, or refused with messages that have a cure.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "castner/base/check.h"
#include "castner/cell_room/cell_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto file = castner::cell_room::read_cell_room(text, "cells.toml");
  if (!file) {
    castner::check(!file.error().problems.empty(), "a refusal says why");
    for (const auto& p : file.error().problems)
      castner::check(!p.what.empty() && !p.cure.empty(), "a problem has a cure");
    return 0;
  }
  castner::check(!file->electrolysers.empty(), "what is read has electrolysers");
  for (const auto& e : file->electrolysers) {
    castner::check(e.cell_area > 0.0 && !e.cells.empty(), "an electrolyser has cells with an area");
    for (const auto& c : e.cells) castner::check(!c.voltage.empty(), "a cell has a voltage");
    castner::check(e.of(castner::cell_room::RoomQuantity::current).given(), "an electrolyser has a current");
  }
  return 0;
}
