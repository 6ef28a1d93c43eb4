// SPDX-License-Identifier: Apache-2.0
#include "castner/people/audit.h"

#include "castner/base/log.h"
#include "castner/people/secrets.h"

namespace castner::people {
namespace {

constexpr auto kTryEvery = std::chrono::seconds(1);

/// Every part with its length before it, so that no two different entries read the same.
std::string chained(const std::string& before, const AuditEntry& e) {
  std::string all;
  for (const auto& part : {before, std::to_string(e.number), std::to_string(e.time.time_since_epoch().count()), e.who,
                           e.what, e.detail, e.address})
    all += std::to_string(part.size()) + ":" + part;
  return digest_of(all);
}

AuditEntry entry_of(const Row& r) {
  return {whole(r[0]), Time(std::chrono::nanoseconds(whole(r[1]))), text(r[2]), text(r[3]), text(r[4]), text(r[5]),
          text(r[6])};
}

}  // namespace

Result<void> Audit::note(std::string_view who, std::string_view what, std::string_view detail, std::string_view address,
                         Room room) {
  const std::lock_guard lock(mutex_);
  const AuditEntry e{.number = 0,
                     .time = clock_.now(),
                     .who = std::string(who),
                     .what = std::string(what),
                     .detail = std::string(detail),
                     .address = std::string(address),
                     .hash = {}};
  count_repeats(false);
  const bool kept = room == Room::kept && write({e}, room);
  if (kept) tried_ = std::chrono::nanoseconds(0);  // perhaps there is room for all again
  if (kept || is_one_too_many(e)) {
    if (!waiting_.empty()) (void)write();
    return {};
  }
  const bool waits = wait(e);
  auto done = write();
  if (!done && waits)
    log_event(LogLevel::error, "audit_waits",
              {{"who", e.who},
               {"what", e.what},
               {"detail", e.detail},
               {"address", e.address},
               {"waiting", std::to_string(waiting_.size())},
               {"why", done.error().text()}});
  return done;
}

void Audit::write_waiting(bool all) {
  const std::lock_guard lock(mutex_);
  count_repeats(all);
  if (!waiting_.empty()) (void)write();
}

bool Audit::is_one_too_many(const AuditEntry& e) {
  if (!e.what.starts_with("session.")) return false;
  if (is_one_too_many(e.what + "\n" + e.who, kRepeats, e)) return true;
  AuditEntry of_all = e;
  of_all.who.clear();
  return e.what == "session.refused" && is_one_too_many("", kRefused, of_all);
}

bool Audit::is_one_too_many(const std::string& key, int most, const AuditEntry& e) {
  auto [found, is_new] = repeats_.try_emplace(key);
  auto& r = found->second;
  if (is_new) r.since = clock_.uptime();
  if (r.written < most) {
    ++r.written;
    return false;
  }
  ++r.more;
  r.last = e;
  return true;
}

void Audit::count_repeats(bool all) {
  const auto now = clock_.uptime();
  for (auto next = repeats_.begin(); next != repeats_.end();) {
    auto& r = next->second;
    if (!all && now - r.since < kWindow) {
      ++next;
      continue;
    }
    if (r.more > 0) {
      r.last.detail = "+" + std::to_string(r.more);
      wait(std::move(r.last));
    }
    next = repeats_.erase(next);
  }
}

bool Audit::wait(AuditEntry e) {
  if (waiting_.size() < kMostWaiting) {
    waiting_.push_back(std::move(e));
    return true;
  }
  ++lost_, ++lost_untold_;
  log_event(LogLevel::error, "audit_lost",
            {{"who", e.who}, {"what", e.what}, {"detail", e.detail}, {"address", e.address}});
  return false;
}

Result<void> Audit::write() {
  const auto now = clock_.uptime();
  // Many that wait are not tried at every request.
  if (waiting_.size() > 1 && tried_ > std::chrono::nanoseconds(0) && now - tried_ < kTryEvery)
    return world_refused("the audit trail", "waits for room on the disk");
  auto batch = waiting_;
  if (lost_untold_ > 0)
    batch.push_back({.number = 0,
                     .time = clock_.now(),
                     .who = "castner",
                     .what = "trail.lost",
                     .detail = std::to_string(lost_untold_),
                     .address = {},
                     .hash = {}});
  auto done = write(std::move(batch), Room::free);
  tried_ = done ? std::chrono::nanoseconds(0) : now;
  if (!done) return done;
  waiting_.clear();
  lost_untold_ = 0;
  return {};
}

Result<void> Audit::write(std::vector<AuditEntry> batch, Room room) {
  const auto add = [&](const Database::Run& run) -> Result<void> {
    const auto last = CASTNER_TRY(run("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", {}));
    std::int64_t number = last.empty() ? 0 : whole(last.front()[0]);
    std::string before = last.empty() ? "" : text(last.front()[1]);
    for (auto& e : batch) {
      e.number = ++number;
      before = e.hash = chained(before, e);
      CASTNER_TRY(run("INSERT INTO audit (number, time, who, what, detail, address, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                      {e.number, cell(e.time), e.who, e.what, e.detail, e.address, e.hash}));
    }
    return {};
  };
  CASTNER_TRY(database_.together(add, room));
  for (const auto& e : batch)
    log_event(LogLevel::info, "audit",
              {{"number", std::to_string(e.number)},
               {"who", e.who},
               {"what", e.what},
               {"detail", e.detail},
               {"address", e.address},
               {"hash", e.hash}});
  return {};
}

std::size_t Audit::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

std::uint64_t Audit::lost() const {
  const std::lock_guard lock(mutex_);
  return lost_;
}

Result<std::vector<AuditEntry>> Audit::entries(int limit, std::int64_t before) const {
  return database_.read_all(
      entry_of,
      "SELECT number, time, who, what, detail, address, hash FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
      {before, static_cast<std::int64_t>(limit)});
}

Result<bool> Audit::intact() const {
  return is_intact([this](const char* sql, const Row& values) { return database_.read(sql, values); });
}

Result<bool> is_intact(const Database::Run& run) {
  std::string before;
  for (std::int64_t next = 1;;) {
    const auto rows = run(
        "SELECT number, time, who, what, detail, address, hash FROM audit WHERE number >= ? ORDER BY number LIMIT 1000",
        {next});
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return true;
    for (const auto& r : *rows) {
      const auto e = entry_of(r);
      if (e.number != next || e.hash != chained(before, e)) return false;
      before = e.hash;
      ++next;
    }
  }
}

}  // namespace castner::people
