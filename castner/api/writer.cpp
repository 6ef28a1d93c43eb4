// SPDX-License-Identifier: Apache-2.0
#include "castner/api/writer.h"

#include <algorithm>

#include "castner/api/api.h"
#include "castner/api/tag_units.h"
#include "castner/base/suggest.h"
#include "castner/readings/newest.h"
#include "castner/sources/scaled_reading.h"

namespace castner::api {
namespace {

using historian::Store;
using sources::PushBatch;

constexpr std::size_t kLargeBody = 100'000;  // readings

/// The places of tags that have a reading in this body.
std::vector<std::uint32_t> used_places(const PushBatch& batch) {
  std::vector<std::uint32_t> places;
  for (const auto& run : batch.runs()) places.push_back(run.tag);
  for (const auto& other : batch.others()) places.push_back(other.tag);
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace

Writer::Writer(const Backend& backend, const ApiOptions& options) : backend_(backend), options_(options) {
  for (int i = 0; i < kHands; ++i) idle_.push_back(std::make_unique<WritingHand>());
}

std::shared_ptr<WritingHand> Writer::hand() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  auto* taken = idle_.back().release();
  idle_.pop_back();
  return {taken, [this](WritingHand* h) {
            // What a large body took is given back, though the hand must learn the names again.
            if (std::max(h->lines.batch().size(), h->json.size()) > kLargeBody) *h = {};
            const std::lock_guard again(mutex_);
            idle_.emplace_back(h);
          }};
}

Time Writer::arrival() const { return std::chrono::floor<std::chrono::milliseconds>(backend_.clock.now()); }

Result<void> Writer::write(const PushBatch& batch, WritingHand::Known& known) {
  if (batch.size() == 0) return {};
  if (batch.size() > Store::kMostAtOnce)
    return bad_input("body", "has " + std::to_string(batch.size()) + " readings", "send at most 1048576 in one body");
  const auto numbers = CASTNER_TRY(numbers_of_texts(batch));
  if (auto done = learn(batch, known); !done) return done;
  if (auto done = append(batch, known, numbers); !done) return done;
  written_ += batch.size();
  if (backend_.pushed) tell(batch);
  return {};
}

Result<void> Writer::learn(const PushBatch& batch, WritingHand::Known& known) const {
  if (known.generation != batch.generation()) known = {batch.generation(), {}};
  known.ids.resize(batch.tags().size());
  Error error;
  std::vector<std::uint32_t> places;
  std::vector<historian::TagName> names;
  std::size_t more = 0;
  for (const auto p : used_places(batch)) {
    if (known.ids[p]) continue;
    const auto& tag = batch.tags()[p];
    if (tag_kind(tag) != TagKind::measured && error.problems.size() < 50)
      error.problems.push_back({tag, "belongs to the server", "write under another name"});
    places.push_back(p);
    names.push_back({tag, ""});
    more += !backend_.store.find(tag);
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  if (names.empty()) return {};
  if (more > 0 && backend_.store.tags().size() + more > options_.tags_limit)
    return bad_input("", "there would be more than " + std::to_string(options_.tags_limit) + " tags",
                     "write to fewer names");
  const auto made = CASTNER_TRY(backend_.store.define_all(names));
  for (std::size_t k = 0; k < places.size(); ++k) known.ids[places[k]] = made[k];
  return {};
}

Result<Writer::Numbers> Writer::numbers_of_texts(const PushBatch& batch) const {
  Numbers numbers;
  Error error;
  std::optional<TagUnits> units;
  for (std::size_t i = 0; i < batch.others().size(); ++i) {
    const auto& other = batch.others()[i];
    const auto* text = std::get_if<std::string>(&other.reading.value);
    if (!text || readings::quality_of(other.reading.status) == readings::Quality::bad) continue;
    const std::string& name = batch.tags()[other.tag];
    if (!units) units.emplace(backend_.live()->plant);
    const auto tag = backend_.store.find(name);
    if (!units->measurement(name) && (!tag || tag->unit.empty())) continue;
    if (const auto number = sources::number_of_text(*text))
      numbers.emplace(i, *number);
    else if (error.problems.size() < 50)
      error.problems.push_back({name, in_quotes(*text) + " is no number, and the tag has a unit",
                                "send a number, or null where there is none"});
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  return numbers;
}

/// In one append, so that a body is durable whole or not at all, whatever happens meanwhile.
Result<void> Writer::append(const PushBatch& batch, const WritingHand::Known& known, const Numbers& numbers) const {
  const Time now = arrival(), latest = now + options_.clock_tolerance;
  std::vector<historian::Numbers> columns;
  std::vector<historian::TaggedReading> others;
  others.reserve(batch.others().size());
  const auto one_by_one = [&](historian::TagId tag, readings::Reading r) {
    r.arrival = now;
    readings::mark_if_ahead(r, now, options_.clock_tolerance);
    others.push_back({tag, std::move(r)});
  };
  for (const auto& run : batch.runs()) {
    const historian::Numbers all{.tag = *known.ids[run.tag], .times = run.times, .values = run.values, .arrival = now};
    if (*std::max_element(run.times.begin(), run.times.end()) <= latest)
      columns.push_back(all);
    else
      for (std::size_t i = 0; i < all.times.size(); ++i) one_by_one(all.tag, all.reading(i));
  }
  for (std::size_t i = 0; i < batch.others().size(); ++i) {
    const auto& other = batch.others()[i];
    auto reading = other.reading;
    if (const auto number = numbers.find(i); number != numbers.end()) reading.value = number->second;
    one_by_one(*known.ids[other.tag], std::move(reading));
  }
  return backend_.store.append(columns, others);
}

void Writer::tell(const PushBatch& batch) const {
  const Time latest = arrival() + options_.clock_tolerance;
  std::vector<sources::Pushed> news;
  for (const auto& run : batch.runs()) {
    const auto ahead = std::count_if(run.times.begin(), run.times.end(), [&](Time t) { return t > latest; });
    const Time newest = *std::max_element(run.times.begin(), run.times.end());
    news.push_back({batch.tags()[run.tag], std::min(newest, latest), run.times.size(),
                    static_cast<std::uint64_t>(ahead), run.values});
  }
  for (const auto& other : batch.others()) {
    const Time time = other.reading.time;
    news.push_back({batch.tags()[other.tag], std::min(time, latest), 1, time > latest});
    if (const auto* real = std::get_if<double>(&other.reading.value)) news.back().values = std::span(real, 1);
    if (const auto* whole = std::get_if<std::int64_t>(&other.reading.value)) news.back().values = std::span(whole, 1);
  }
  backend_.pushed(news);
}

}  // namespace castner::api
