// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/cell_rows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

namespace castner::cell_room {
namespace {

using readings::Quality, readings::Sample;

/// The times at which some cells were read, in any rhythm; each reading has a value of its own.
std::vector<std::vector<Sample>> any_readings() {
  const auto cells = *rc::gen::inRange<std::size_t>(1, 7);
  std::vector<std::vector<Sample>> all(cells);
  double value = 1.0;
  for (auto& cell : all) {
    std::int64_t at = *rc::gen::inRange(0, 20);
    const auto n = *rc::gen::inRange(0, 20);
    for (int i = 0; i < n; ++i, at += *rc::gen::inRange(1, 30), value += 1.0) {
      const auto quality = *rc::gen::element(Quality::good, Quality::good, Quality::uncertain, Quality::bad);
      cell.push_back({Time(std::chrono::seconds(at)), quality == Quality::bad ? NAN : value, quality});
    }
  }
  return all;
}

RC_GTEST_PROP(CellRowsProperty, EachReadingStandsInOneRowNotLaterThanItsTime, ()) {
  const auto readings = any_readings();
  ElectrolyserData data;
  data.scan = std::chrono::seconds(*rc::gen::inRange(1, 60));
  std::map<double, Time> wanted;
  for (const auto& cell : readings) {
    data.cells.push_back({cell, {}});
    for (const Sample& s : cell)
      if (s.quality != Quality::bad) wanted[s.value] = s.time;
  }
  CellRows rows(data);
  std::optional<Time> before;
  while (rows.next()) {
    const CellRow& row = rows.row();
    RC_ASSERT(!before || *before < row.time);
    before = row.time;
    RC_ASSERT(row.voltages.size() == readings.size());
    Time newest = Time::min();
    for (const double v : row.voltages) {
      if (std::isnan(v)) continue;
      RC_ASSERT(wanted.contains(v));
      const Time t = wanted[v];
      RC_ASSERT(t <= row.time);
      RC_ASSERT(std::chrono::duration<double>(row.time - t).count() <= row.spread);
      newest = std::max(newest, t);
      wanted.erase(v);
    }
    RC_ASSERT(newest == row.time);
  }
  RC_ASSERT(wanted.empty());
}

RC_GTEST_PROP(CellRowsProperty, WhatIsHeldIsTheNewestReadingNotLaterThanTheRow, ()) {
  const auto readings = any_readings();
  ElectrolyserData data;
  data.scan = std::chrono::seconds(10);
  for (const auto& cell : readings) data.cells.push_back({cell, {}});
  auto& current = data.known[at(RoomQuantity::current)];
  const auto& tag = readings.back();
  current.tag = {tag, {}};
  current.held = std::chrono::seconds(*rc::gen::inRange(1, 100));
  CellRows rows(data);
  while (rows.next()) {
    const Sample* newest = nullptr;
    for (const Sample& s : tag)
      if (s.quality != Quality::bad && s.time <= rows.row().time) newest = &s;
    const double is = rows.row().of(RoomQuantity::current);
    if (newest && rows.row().time - newest->time <= current.held)
      RC_ASSERT(is == newest->value);
    else
      RC_ASSERT(std::isnan(is));
  }
}

}  // namespace
}  // namespace castner::cell_room
