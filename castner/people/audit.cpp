// SPDX-License-Identifier: Apache-2.0
#include "castner/people/audit.h"

#include "castner/base/log.h"
#include "castner/people/secrets.h"

namespace castner::people {
namespace {

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

Result<void> Audit::note(std::string_view who, std::string_view what, std::string_view detail,
                         std::string_view address) {
  AuditEntry e{.number = 1,
               .time = clock_.now(),
               .who = std::string(who),
               .what = std::string(what),
               .detail = std::string(detail),
               .address = std::string(address),
               .hash = {}};
  auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    const auto last = run("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", {});
    if (!last) return tl::unexpected(last.error());
    std::string before;
    if (!last->empty()) {
      e.number = whole(last->front()[0]) + 1;
      before = text(last->front()[1]);
    }
    e.hash = chained(before, e);
    const auto kept =
        run("INSERT INTO audit (number, time, who, what, detail, address, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            {e.number, cell(e.time), e.who, e.what, e.detail, e.address, e.hash});
    if (!kept) return tl::unexpected(kept.error());
    return {};
  });
  if (done)
    log_event(LogLevel::info, "audit",
              {{"number", std::to_string(e.number)},
               {"who", e.who},
               {"what", e.what},
               {"detail", e.detail},
               {"address", e.address},
               {"hash", e.hash}});
  else
    log_event(LogLevel::error, "audit_refused", {{"who", e.who}, {"what", e.what}, {"why", done.error().text()}});
  return done;
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
