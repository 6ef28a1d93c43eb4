// SPDX-License-Identifier: Apache-2.0
// How a tag is, the first that holds:
//  1. down: no connection, or the source marked it so. 2. late: marked so, or nothing was read yet.
//  3. late: its newest arrival is too long ago by the uptime, which no clock that is set can change; or its newest reading is too old by its own
//     time, as it was when it came and ever since (is_of_the_past).
//  4. ok. A source is as its best tag is.
#include "castner/sources/health_board.h"

#include <algorithm>
#include <cmath>

#include "castner/base/log.h"
#include "castner/base/quantity.h"
#include "castner/base/rfc3339.h"
#include "castner/base/time_span.h"

namespace castner::sources {

const char* health_name(Health h) {
  switch (h) {
    case Health::ok: return "ok";
    case Health::late: return "late";
    case Health::down: return "down";
  }
  return "down";
}

HealthBoard::HealthBoard(const SourceSettings& settings, Clock& clock, Silence silence)
    : clock_(clock),
      source_(settings.name),
      silence_(silence),
      patience_(std::max(3 * settings.period, settings.timeout)),
      tags_(settings.tags.size()),
      error_("not connected yet") {
  for (std::size_t k = 0; k < settings.tags.size(); ++k) {
    names_.push_back(settings.tags[k].name);
    tags_[k].scale = settings.tags[k].scale;
    tags_[k].offset = settings.tags[k].offset;
  }
}

HealthBoard::~HealthBoard() {
  if (lost_ > said_lost_) say_lost();
}

void HealthBoard::note(std::string why) {
  error_ = std::move(why);
  error_at_ = clock_.now();
}

void HealthBoard::connected() {
  const std::lock_guard lock(mutex_);
  connected_ = true;
  if (!error_at_) error_.clear();
  if (said_ != true) log_event(LogLevel::info, "source_connected", {{"source", source_}});
  said_ = true;
}

void HealthBoard::disconnected(std::string why) {
  const std::lock_guard lock(mutex_);
  if (said_ != false) log_event(LogLevel::warning, "source_down", {{"source", source_}, {"error", why}});
  said_ = false;
  connected_ = false;
  note(std::move(why));
}

void HealthBoard::error(std::string why) {
  const std::lock_guard lock(mutex_);
  note(std::move(why));
}

void HealthBoard::assumed(std::string what) {
  const std::lock_guard lock(mutex_);
  assumed_ = std::move(what);
}

void HealthBoard::read(std::size_t tag, Time measured, std::uint64_t count) {
  const std::lock_guard lock(mutex_);
  TagState& t = tags_[tag];
  t.marked = Health::ok;
  // A late reading does not take it back; a clock that was set back does.
  t.last = t.last && *t.last <= clock_.now() ? std::max(*t.last, measured) : measured;
  t.seen = clock_.uptime();
  t.behind = std::max(std::chrono::nanoseconds(0), span_between(*t.last, clock_.now()));
  t.error.clear();
  last_ = clock_.now();
  readings_ += count;
}

void HealthBoard::shown(std::size_t tag, const readings::Reading& r) {
  if (r.status != readings::StatusCode::good) return;
  const std::lock_guard lock(mutex_);
  if (const auto* real = std::get_if<double>(&r.value)) tags_[tag].show(*real);
  if (const auto* whole = std::get_if<std::int64_t>(&r.value)) tags_[tag].show(static_cast<double>(*whole));
}

void HealthBoard::shown(const Pushed& readings, std::size_t tag) {
  const std::lock_guard lock(mutex_);
  tags_[tag].pushed = true;
  std::visit(
      [&](auto values) {
        for (const auto value : values) tags_[tag].show(static_cast<double>(value));
      },
      readings.values);
}

void HealthBoard::TagState::show(double value) {
  if (std::isfinite(value)) numbers.add(readings::nearest_no_data((value - offset) / scale));
}

/// A number that comes again and again and lies far from all others is asked about, and kept: it may be a reading all the same.
std::string HealthBoard::doubt(const TagState& t) const {
  constexpr std::size_t kAgain = 3;
  const auto found = t.numbers.found(kAgain);
  if (found.empty()) return "";
  const std::string number = number_text(found.front());
  return "shows " + number + " again and again, far from all else that it shows; " +
         (t.pushed ? "if that means no reading, let its writer send null"
                   : "if that means no reading, write no_data = " + number + " in its [[tag]]");
}

void HealthBoard::tag_late(std::size_t tag, std::string why) {
  const std::lock_guard lock(mutex_);
  tags_[tag].marked = Health::late;
  tags_[tag].error = std::move(why);
}

void HealthBoard::tag_down(std::size_t tag, std::string why) {
  const std::lock_guard lock(mutex_);
  tags_[tag].marked = Health::down;
  tags_[tag].error = std::move(why);
}

void HealthBoard::rejected(std::uint64_t count, std::string why) {
  const std::lock_guard lock(mutex_);
  rejected_ += count;
  note(std::move(why));
}

void HealthBoard::lost(std::uint64_t count) {
  const std::lock_guard lock(mutex_);
  if (count == 0) return;
  lost_ += count;
  note(std::to_string(lost_) + " readings lost: the historian has not taken them for too long");
  if (!said_lost_at_ || clock_.uptime() - *said_lost_at_ >= std::chrono::minutes(1)) say_lost();
}

void HealthBoard::say_lost() {
  log_event(LogLevel::error, "readings_lost",
            {{"source", source_},
             {"count", std::to_string(lost_ - said_lost_)},
             {"why", "the historian has not taken them for too long"}});
  said_lost_ = lost_;
  said_lost_at_ = clock_.uptime();
}

bool HealthBoard::is_connected() const {
  const std::lock_guard lock(mutex_);
  return connected_;
}

bool HealthBoard::well(std::size_t tag) const {
  const std::lock_guard lock(mutex_);
  return tags_[tag].seen && tags_[tag].marked == Health::ok;
}

Health HealthBoard::of(const TagState& t, std::chrono::nanoseconds now) const {
  if (!connected_ || t.marked == Health::down) return Health::down;
  if (t.marked == Health::late || !t.seen) return Health::late;
  if (silence_ == Silence::normal) return Health::ok;
  return now - *t.seen > patience_ || is_of_the_past(t, now) ? Health::late : Health::ok;
}

bool HealthBoard::is_of_the_past(const TagState& t, std::chrono::nanoseconds now) const {
  constexpr auto kClocksDiffer = std::chrono::minutes(5);
  return t.seen && t.behind > patience_ + kClocksDiffer - (now - *t.seen);
}

SourceHealth HealthBoard::health() const {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.uptime();
  SourceHealth h{.health = connected_ ? Health::late : Health::down,
                 .last = last_,
                 .last_error = error_,
                 .last_error_at = error_at_,
                 .assumed = assumed_,
                 .readings = readings_,
                 .rejected = rejected_,
                 .lost = lost_};
  for (std::size_t k = 0; k < tags_.size(); ++k) {
    const TagState& t = tags_[k];
    const Health health = of(t, now);
    if (health == Health::ok) h.health = Health::ok;
    const std::string asked = doubt(t);
    if (!asked.empty() && h.assumed.empty()) h.assumed = names_[k] + ": " + asked;
    const bool old = health == Health::late && t.error.empty() && is_of_the_past(t, now);
    h.tags[names_[k]] = {health, t.last,
                         old               ? "its newest reading is of " + rfc3339(*t.last)
                         : t.error.empty() ? asked
                                           : t.error};
  }
  if (tags_.empty() && connected_) h.health = Health::ok;
  return h;
}

}  // namespace castner::sources
