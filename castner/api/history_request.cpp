// SPDX-License-Identifier: Apache-2.0
#include "castner/api/history_request.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "castner/base/decimal.h"
#include "castner/base/quantity.h"
#include "castner/historian/aggregate.h"
#include "castner/readings/time_zone.h"

namespace castner::api {
namespace {

using std::chrono::nanoseconds;

constexpr std::array<std::pair<Aggregate, const char*>, 6> kAggregates = {
    {{Aggregate::mean, "mean"},
     {Aggregate::min, "min"},
     {Aggregate::max, "max"},
     {Aggregate::first, "first"},
     {Aggregate::last, "last"},
     {Aggregate::time_weighted, "time_weighted"}}};

std::string quoted(std::string_view s) { return "\"" + std::string(s.substr(0, 60)) + "\""; }

/// Pieces between commas; empty ones are left out.
std::vector<std::string> pieces(std::string_view list) {
  std::vector<std::string> all;
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (const auto piece = list.substr(0, comma); !piece.empty()) all.emplace_back(piece);
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return all;
}

void collect(Error& into, const Error& from) {
  into.problems.insert(into.problems.end(), from.problems.begin(), from.problems.end());
}

std::optional<std::size_t> read_count(const http::Target& target, const char* name, std::size_t low, std::size_t high,
                                      Error& error) {
  const auto text = target.one(name);
  if (!text) return {};
  if (const auto n = plain_number<std::size_t>(*text); n && *n >= low && *n <= high) return n;
  error.problems.push_back(
      {name, quoted(*text) + " is not possible", "from " + std::to_string(low) + " to " + std::to_string(high)});
  return {};
}

}  // namespace

const char* aggregate_name(Aggregate a) {
  return std::find_if(kAggregates.begin(), kAggregates.end(), [&](const auto& k) { return k.first == a; })->second;
}

double aggregate_of(Aggregate a, const historian::Bucket& b) {
  switch (a) {
    case Aggregate::mean: return b.mean;
    case Aggregate::min: return b.min;
    case Aggregate::max: return b.max;
    case Aggregate::first: return b.first;
    case Aggregate::last: return b.last;
    case Aggregate::time_weighted: return b.time_weighted_mean;
  }
  return std::nan("");
}

std::vector<std::string> tag_names(const http::Target& target) {
  std::vector<std::string> all;
  for (const auto& list : target.all("tags"))
    for (auto& name : pieces(list)) all.push_back(std::move(name));
  for (auto& name : target.all("tag"))
    if (!name.empty()) all.push_back(std::move(name));
  std::vector<std::string> once;
  for (auto& name : all)
    if (std::find(once.begin(), once.end(), name) == once.end()) once.push_back(std::move(name));
  return once;
}

Result<nanoseconds> read_duration(std::string_view text) {
  std::size_t length = 0;
  const auto number = leading_number(text, length);
  auto unit = text.substr(number ? length : 0);
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  const double seconds = unit == "s" ? 1 : unit == "min" ? 60 : unit == "h" ? 3600 : unit == "d" ? 86400 : 0;
  const double ns = number ? *number * seconds * 1e9 : 0.0;
  if (!(ns >= 1.0 && ns < 9e18))
    return bad_input("", quoted(text) + " is no length of time", "a number with s, min, h or d, as 1min");
  return nanoseconds(static_cast<std::int64_t>(ns));
}

Result<Time> read_moment(const std::string& text, Time now) {
  if (text == "now") return now;
  if (text.starts_with("now-")) {
    const auto back = CASTNER_TRY(read_duration(std::string_view(text).substr(4)));
    return now - back;
  }
  // A + that was not encoded arrives as a blank: "2026-11-03T14:05:00 08:00".
  std::string fixed = text;
  if (fixed.size() > 6 && fixed[fixed.size() - 6] == ' ' && fixed.find('T') < fixed.size() - 6)
    fixed[fixed.size() - 6] = '+';
  return readings::parse_time(fixed, std::nullopt);
}

Result<Span> read_span(const http::Target& target, Time now) {
  Error error;
  Span span{{}, now};
  const auto read = [&](const char* name, Time& into) {
    const auto text = target.one(name);
    if (!text) return false;
    const auto time = read_moment(*text, now);
    if (time) {
      into = *time;
      return true;
    }
    const auto& p = time.error().problems.front();
    error.problems.push_back(
        {name, p.what.empty() ? quoted(*text) : p.what, "RFC 3339, as 2026-11-23T00:00:00Z, or now-24h"});
    return true;
  };
  if (!read("from", span.from))
    error.problems.push_back({"from", "is missing", "RFC 3339, as 2026-11-23T00:00:00Z, or now-24h"});
  read("to", span.to);
  if (error.problems.empty() && span.from >= span.to)
    error.problems.push_back({"to", "is not after from", "exchange them"});
  if (!error.problems.empty()) return tl::unexpected(error);
  return span;
}

Result<bool> read_si(const http::Target& target, bool otherwise) {
  const auto units = target.one("units");
  if (!units) return otherwise;
  if (*units == "si") return true;
  if (*units == "own") return false;
  return bad_input("units", quoted(*units) + " is not possible", "si or own");
}

Result<void> few_enough(std::span<const std::string> tags) {
  constexpr std::size_t kMost = HistoryRequest::kMostTags;
  if (tags.size() <= kMost) return {};
  return bad_input("tags", "names " + std::to_string(tags.size()) + " tags", "at most " + std::to_string(kMost));
}

Result<HistoryRequest> read_history_request(const http::Target& target, Time now) {
  Error error;
  HistoryRequest r;
  r.tags = tag_names(target);
  if (r.tags.empty()) error.problems.push_back({"tags", "names no tag", "name one"});
  if (const auto few = few_enough(r.tags); !few) collect(error, few.error());
  if (const auto span = read_span(target, now)) {
    r.from = span->from;
    r.to = span->to;
  } else {
    collect(error, span.error());
  }
  r.points = read_count(target, "points", 4, HistoryRequest::kMostPoints, error);
  r.limit = read_count(target, "limit", 1, HistoryRequest::kMostRows, error).value_or(r.limit);
  if (const auto bucket = target.one("bucket")) {
    const auto length = read_duration(*bucket);
    if (length)
      r.bucket = *length;
    else
      error.problems.push_back({"bucket", length.error().problems.front().what, length.error().problems.front().cure});
    for (const auto& name : pieces(target.one("aggregate").value_or("mean,min,max"))) {
      const auto known =
          std::find_if(kAggregates.begin(), kAggregates.end(), [&](const auto& a) { return name == a.second; });
      if (known == kAggregates.end())
        error.problems.push_back(
            {"aggregate", quoted(name) + " is none", "mean, min, max, first, last, time_weighted"});
      else if (std::find(r.aggregates.begin(), r.aggregates.end(), known->first) == r.aggregates.end())
        r.aggregates.push_back(known->first);
    }
    if (r.points) error.problems.push_back({"points", "stands beside bucket", "one of the two"});
  }
  std::uint64_t buckets = 0;
  if (error.problems.empty() && r.bucket)
    buckets = historian::bucket_count({{}, r.from, r.to}, *r.bucket).value_or(HistoryRequest::kMostRows + 1);
  if (buckets > HistoryRequest::kMostRows)
    error.problems.push_back({"bucket", "is too short for so long a range",
                              "at most " + std::to_string(HistoryRequest::kMostRows) + " buckets"});
  if (error.problems.empty()) {
    const std::size_t rows = r.points ? *r.points : r.bucket ? static_cast<std::size_t>(buckets) : r.limit;
    if (rows * r.tags.size() * std::max<std::size_t>(1, r.aggregates.size()) > HistoryRequest::kMostNumbers)
      error.problems.push_back(
          {"", "is more than " + std::to_string(HistoryRequest::kMostNumbers) + " numbers in one answer",
           "ask for fewer tags or points at once"});
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  return r;
}

}  // namespace castner::api
