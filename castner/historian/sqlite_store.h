// SPDX-License-Identifier: Apache-2.0
/// The embedded historian: one SQLite file; acknowledged readings survive a killed program and a power failure.
#pragma once

#include <memory>

#include "castner/historian/store.h"
#include "castner/readings/newest.h"

namespace castner::historian {

struct SqliteOptions {
  /// For how long tags are flushed before their chunks go into the file, in one transaction. 0: a tag at a time.
  std::chrono::milliseconds flush_step{50};
  const Clock* clock = nullptr;  ///< tells what is the future when the file is opened; nullptr: the machine's
  std::chrono::nanoseconds clock_tolerance =
      readings::kAhead;       ///< a reading further ahead of its arrival is from the future
  const char* vfs = nullptr;  ///< SQLite's name of the file system; nullptr: the machine's
  /// Readings in a memtable before it is flushed, 32 bytes each; there are two memtables.
  std::size_t memtable_readings = 450'000;
};

/// A log-structured merge-tree in a SQLite file (docs/historian.md). One thread, the writer, commits the queued work of
/// all callers in one transaction. Another, the flusher, compresses memtables into chunks, which the writer puts into
/// the file between commits. Readers have connections of their own and wait only while a flush is committed. One program
/// writes a file: a second gets world_refused. Others may read it, copy it (backup) and verify it meanwhile.
class SqliteStore final : public Store {
 public:
  /// Opens the file, or makes a new one; recovers the readings of a killed program.
  [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(const std::string& path, const SqliteOptions& = {});
  ~SqliteStore() override;  ///< commits what is queued, then closes; memtables stay in the write-ahead log

  [[nodiscard]] Result<std::vector<TagId>> define_all(std::span<const TagName>) override;
  std::vector<Tag> tags() const override;
  std::optional<Tag> find(std::string_view name) const override;
  using Store::append;
  [[nodiscard]] Result<void> append(std::span<const Numbers>, std::span<const TaggedReading>) override;
  [[nodiscard]] Result<std::vector<readings::Reading>> read(const Range&, std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<readings::Reading>> versions(const Range&, std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<std::optional<readings::Reading>>> latest(std::span<const TagId>) const override;
  [[nodiscard]] Result<std::vector<Bucket>> aggregate(const Range&, std::chrono::nanoseconds bucket) const override;
  [[nodiscard]] Result<std::vector<Point>> downsample(const Range&, std::size_t points) const override;
  [[nodiscard]] Result<void> set_retention(std::span<const Retention>) override;
  [[nodiscard]] Result<Forgotten> forget(Time now, Deletion) override;
  [[nodiscard]] Result<void> open_gaps(std::span<const Gap>) override;
  [[nodiscard]] Result<void> close_gaps(std::span<const GapEnd>) override;
  [[nodiscard]] Result<std::vector<Gap>> gaps(Time from, Time to) const override;
  StoreHealth health() const override;
  [[nodiscard]] Result<void> settle() override;

 private:
  struct Inside;
  explicit SqliteStore(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> in_;
};

}  // namespace castner::historian
