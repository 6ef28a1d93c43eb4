// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_replay/story_csv.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace castner::cell_replay {
namespace {

constexpr std::time_t kBegin = 1772323200;  // 2026-03-01T00:00:00Z

template <class... Values>
std::string text(const char* format, Values... values) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, values...);
  return buffer.data();
}

std::string number(double value, int decimals) { return std::isfinite(value) ? text(",%.*f", decimals, value) : ","; }

}  // namespace

std::string story_csv(const cell_bank::StoryScript& script, std::uint64_t seed, const StoryCsv& how) {
  std::string out = "time";
  for (int i = 1; i <= script.bank.cells; ++i) out += text(",EI-1101-%03d [V]", i);
  out += ",II-1101 [kA],EI-1101 [V],TI-1104 [degC],AI-1105 [%]";
  if (script.analyses) out += ",AI-1107 [%],AI-1108 [%],AI-1109 [ppm],FI-1110 [kg/h]";
  out += "\n";
  cell_bank::Story story(script, seed);
  double next = how.from;
  while (const auto* r = story.next()) {
    if (r->time < next - 0.5 || r->time > how.to) continue;
    next = r->time + how.step;
    const std::time_t at = kBegin + static_cast<std::time_t>(std::lround(r->time));
    std::tm utc{};
    gmtime_r(&at, &utc);
    std::array<char, 32> stamp{};
    std::strftime(stamp.data(), stamp.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    out += stamp.data();
    for (const double u : r->cells) out += number(u, 3);
    out += number(r->current / 1e3, 3) + number(r->voltage, 2) + number(r->temperature - 273.15, 1) +
           number(r->caustic * 100.0, 2);
    if (script.analyses) {
      const auto& a = r->analyses;
      out += number(a.hydrogen_in_chlorine * 100.0, 3) + number(a.oxygen_in_chlorine * 100.0, 2) +
             number(a.chloride_in_caustic * 1e6, 1) + number(a.brine_flow * 3600.0, 0);
    }
    out += "\n";
  }
  return out;
}

}  // namespace castner::cell_replay
