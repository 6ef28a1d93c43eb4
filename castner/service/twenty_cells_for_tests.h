// SPDX-License-Identifier: Apache-2.0
/// An electrolyser of 20 cells and its scanner, for tests of the running server.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "castner/cell_room/cell_file.h"
#include "castner/historian/store.h"
#include "castner/sources/source.h"

namespace castner::service {

struct TwentyCells {
  static constexpr const char* kFile = R"toml([cell_room]
name = "Room 1"
currency = "CNY"
[[electrolyser]]
name = "E1"
cells = 20
cell_area = "2.70 m2"
voltages = "EI-{001..020}"
current = "II-1"
voltage = "EI-1"
[economics]
electricity = "0.45 CNY/(kW.h)"
membrane = "9000 CNY"
)toml";
  static cell_room::CellRoomFile file() { return cell_room::read_cell_room(kFile, "cells.toml").value(); }

  std::string volt = "V";  ///< unit of the cells' tags: V or mV
  std::vector<historian::TagId> ids;

  /// Of the server's file: in which units the tags are.
  std::vector<sources::TagSettings> settings() const {
    std::vector<sources::TagSettings> all{{.name = "II-1", .unit = "kA"}};
    for (int i = 0; i < 20 && volt != "V"; ++i) all.push_back({.name = tag(i), .unit = volt});
    return all;
  }
  static std::string tag(int cell) { return (cell < 9 ? "EI-00" : "EI-0") + std::to_string(cell + 1); }
  void define(historian::Store& store) {
    std::vector<std::string> texts;
    for (int i = 0; i < 20; ++i) texts.push_back(tag(i));
    texts.insert(texts.end(), {"II-1", "EI-1"});
    std::vector<historian::TagName> names;
    for (const auto& t : texts) names.push_back({t, t == "II-1" ? "kA" : t == "EI-1" ? "V" : volt});
    ids = store.define_all(names).value();
  }
  /// One scan: 3 V and 2 mV more from cell to cell at 13.5 kA, 0.6 V of it in proportion to the current.
  /// @param more  what a cell has beside that [V]
  std::vector<historian::TaggedReading> scan(Time time, const std::function<double(int)>& more,
                                             double kiloampere = 13.5) const {
    std::vector<historian::TaggedReading> all;
    double sum = 0.0;
    const auto add = [&](std::size_t i, double value) {
      all.push_back({ids[i], {.time = time, .value = value, .arrival = time}});
    };
    for (int i = 0; i < 20; ++i) {
      const double v = kiloampere > 0.0 ? 2.4 + 0.6 * kiloampere / 13.5 + 0.002 * i + more(i) : 0.0;
      sum += v;
      add(static_cast<std::size_t>(i), volt == "V" ? v : 1e3 * v);
    }
    add(20, kiloampere);
    add(21, sum);
    return all;
  }
};

}  // namespace castner::service
