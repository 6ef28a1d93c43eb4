// SPDX-License-Identifier: Apache-2.0
/// A request for history, read from the query string: tags, from, to, and how much.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castner/base/clock.h"
#include "castner/base/error.h"
#include "castner/historian/store.h"
#include "castner/http/target.h"

namespace castner::api {

/// Columns of sums by bucket that can be asked for.
enum class Aggregate { mean, min, max, first, last, time_weighted };
const char* aggregate_name(Aggregate);
double aggregate_of(Aggregate, const historian::Bucket&);

struct HistoryRequest {
  static constexpr std::size_t kMostTags = 50, kMostPoints = 10'000, kMostRows = 100'000, kMostNumbers = 1'000'000;
  std::vector<std::string> tags;
  Time from, to;
  std::optional<std::size_t> points;
  std::optional<std::chrono::nanoseconds> bucket;
  std::vector<Aggregate> aggregates;
  std::size_t limit = 10'000;
};

/// Names under `tags` (commas between) and `tag`, each once, in the order asked.
std::vector<std::string> tag_names(const http::Target&);
/// More than kMostTags are a bad request: each is read as a whole.
[[nodiscard]] Result<void> few_enough(std::span<const std::string> tags);

/// "2026-11-23T00:00:00Z", "now", "now-24h".
[[nodiscard]] Result<Time> read_moment(const std::string& text, Time now);
/// "1min", "30 s", "2h", "1d"; above 0.
[[nodiscard]] Result<std::chrono::nanoseconds> read_duration(std::string_view text);
/// `from` (where required) and `to` of a query; from < to.
struct Span {
  Time from, to;
};
[[nodiscard]] Result<Span> read_span(const http::Target&, Time now);
/// `units=si|own`.
[[nodiscard]] Result<bool> read_si(const http::Target&, bool otherwise);

/// Every problem of the query at once.
[[nodiscard]] Result<HistoryRequest> read_history_request(const http::Target&, Time now);

}  // namespace castner::api
