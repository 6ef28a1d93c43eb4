// SPDX-License-Identifier: Apache-2.0
/// What the store says to VictoriaMetrics and what the server answers: numbers and marks, lines of JSON.
#pragma once

#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "castner/historian/aggregate.h"
#include "castner/store_victoria/http_client.h"
#include "castner/store_victoria/victoria_store.h"

namespace castner::store_victoria {

using nlohmann::json;
using std::chrono::milliseconds;

// The server keeps finite numbers only, and no sign of zero, so castner_status also says what the number was instead. Beyond every status code.
constexpr double kNan = 0x1p33, kInfinity = 0x1p34, kMinusInfinity = 0x1p35, kMinusZero = 0x1p36;

inline std::int64_t milliseconds_of(Time t) { return std::chrono::floor<milliseconds>(t).time_since_epoch().count(); }
inline Time time_of(std::int64_t ms) { return Time(milliseconds(ms)); }

inline double mark_of(double value) {
  if (std::isnan(value)) return kNan;
  if (std::isinf(value)) return value > 0.0 ? kInfinity : kMinusInfinity;
  if (value == 0.0 && std::signbit(value)) return kMinusZero;
  return 0.0;
}

/// The reading that a number and its mark stand for; the mark is 0 for a good finite one.
inline historian::Fact fact(std::int64_t ms, double value, double mark) {
  if (mark >= kMinusZero) {
    value = -0.0;
    mark -= kMinusZero;
  } else if (mark >= kMinusInfinity) {
    value = -std::numeric_limits<double>::infinity();
    mark -= kMinusInfinity;
  } else if (mark >= kInfinity) {
    value = std::numeric_limits<double>::infinity();
    mark -= kInfinity;
  } else if (mark >= kNan) {
    value = std::numeric_limits<double>::quiet_NaN();
    mark -= kNan;
  }
  return {time_of(ms), value, static_cast<readings::StatusCode>(static_cast<std::uint32_t>(mark))};
}
inline readings::Reading reading(const historian::Fact& f) { return {f.time, f.value, f.status, f.time}; }

constexpr const char* kForEver = "4102444800";  // 2100; left out, the server stops at the second before now

/// What the server answered, taken apart; whatever is not as it should be, a proxy's page of apology for example, is a refusal.
inline Result<void> take_apart(std::string_view answer, const std::function<void(const json&)>& take) {
  try {
    take(json::parse(answer));
    return {};
  } catch (const json::exception&) {
    return world_refused("", "VictoriaMetrics' answer cannot be understood: " + std::string(answer.substr(0, 80)),
                         "does the historian's url name it, and not something in front of it?");
  }
}

/// The lines of /api/v1/export until `each` says false.
inline Result<void> each_line(const HttpClient& http, const Parameters& asked,
                              const std::function<bool(const json&)>& each) {
  Result<void> understood;
  auto done = http.get_lines("/api/v1/export", asked, [&](std::string_view line) {
    bool more = true;
    understood = take_apart(line, [&](const json& j) { more = each(j); });
    return understood && more;
  });
  return done ? understood : done;
}

/// The numbers and times of one of them.
inline bool each_sample(const json& line, const std::function<bool(std::int64_t, double)>& each) {
  const auto &values = line.at("values"), &times = line.at("timestamps");
  for (std::size_t i = 0; i < times.size() && i < values.size(); ++i)
    if (values[i].is_number() && !each(times[i].get<std::int64_t>(), values[i].get<double>())) return false;
  return true;
}

inline std::string seconds_text(std::int64_t ms) {
  return std::to_string(ms / 1000) + "." + std::to_string(1000 + ms % 1000).substr(1);
}

inline tl::unexpected<Error> no_such_tag() { return bad_input("", "no such tag in this store", "define it first"); }

/// What one series of the server gets.
struct VictoriaStore::Column {
  const char* series;
  std::string tag;
  json more = json::object();  ///< further labels
  std::vector<std::int64_t> times;
  std::vector<double> values;
};

/// What was said of one time.
struct VictoriaStore::Said {
  int version = 0;
  double value = 0.0, mark = 0.0;
};

}  // namespace castner::store_victoria
