// SPDX-License-Identifier: Apache-2.0
/// Readings kept by a VictoriaMetrics server, one node or a cluster: for fleets of plants.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "castner/historian/aggregate.h"
#include "castner/historian/store.h"
#include "castner/readings/newest.h"
#include "castner/store_victoria/http_client.h"

namespace castner::store_victoria {

/// Speaks the server's public HTTP interface: /api/v1/import, /api/v1/export, /api/v1/query. Four series a tag, each with the
/// labels `plant` and `tag`: castner_value; castner_status, only where a reading is not good or no finite number; castner_tag (unit
/// and number of the tag); castner_gap. Corrections have both of the first with the label `version` too. One Castner writes one plant.
///
/// What it cannot keep, cannot_keep() says.
class VictoriaStore final : public historian::Store {
 public:
  /// @param url  "http://HOST:8428", with the name of the plant behind it where one server keeps several: "http://HOST:8428/?plant=east"
  [[nodiscard]] static Result<std::unique_ptr<VictoriaStore>> open(
      const std::string& url, std::chrono::nanoseconds clock_tolerance = readings::kAhead);

  Result<std::vector<historian::TagId>> define_all(std::span<const historian::TagName>) override;
  std::vector<historian::Tag> tags() const override;
  std::optional<historian::Tag> find(std::string_view name) const override;

  /// A text is bad_input: the server keeps numbers.
  using Store::append;
  Result<void> append(std::span<const historian::Numbers>, std::span<const historian::TaggedReading>) override;

  Result<std::vector<readings::Reading>> read(const historian::Range&, std::size_t limit) const override;
  Result<std::vector<readings::Reading>> versions(const historian::Range&, std::size_t limit) const override;
  Result<std::vector<std::optional<readings::Reading>>> latest(std::span<const historian::TagId>) const override;
  Result<std::vector<historian::Bucket>> aggregate(const historian::Range&,
                                                   std::chrono::nanoseconds bucket) const override;
  Result<std::vector<historian::Point>> downsample(const historian::Range&, std::size_t points) const override;

  /// bad_input, always: the server forgets by its own -retentionPeriod.
  Result<void> set_retention(std::span<const historian::Retention>) override;
  Result<historian::Forgotten> forget(Time now, historian::Deletion) override;

  Result<void> open_gaps(std::span<const historian::Gap>) override;
  Result<void> close_gaps(std::span<const historian::GapEnd>) override;
  Result<std::vector<historian::Gap>> gaps(Time from, Time to) const override;

  historian::StoreHealth health() const override;
  std::vector<std::string> cannot_keep() const override;
  Result<void> settle() override;  ///< makes what was appended visible to questions

 private:
  VictoriaStore(std::string base, std::string plant, std::chrono::nanoseconds tolerance);
  struct Column;

  Result<void> load();
  Result<void> import(const std::vector<Column>&, std::uint64_t count);
  Result<void> append_all(std::span<const historian::TaggedReading>);
  Result<void> post(const std::string& lines);
  struct Said;
  using SaidAt = std::map<std::int64_t, Said>;  ///< by time [ms]
  Result<SaidAt> said(const std::string& labels, std::int64_t first, std::int64_t last) const;
  Result<void> know_ends();
  std::string labels(std::string_view tag) const;  ///< as a selector: plant="x",tag="y"
  std::string name_of(historian::TagId) const;     ///< "" where there is none
  Result<void> show_all() const;
  Result<void> each_fact(const std::string& tag, Time from, Time to,
                         const std::function<bool(const historian::Fact&)>&) const;
  Result<std::optional<historian::Fact>> newest_before(const std::string& tag, Time) const;
  Result<std::map<std::string, readings::Reading>> newest_of_all() const;
  void remember(const std::string& tag, const readings::Reading&);

  const HttpClient http_;
  const std::string plant_;
  const std::chrono::nanoseconds tolerance_;  ///< a reading further ahead of its arrival is from the future
  std::mutex appending_;                      ///< guards ends_; taken before showing_
  std::map<std::string, std::int64_t> ends_;  ///< by tag: the time of its last sample [ms]
  bool ends_known_ = false;                   ///< those of before this program have been asked for
  mutable std::mutex showing_;                ///< held while the server shows what was appended; taken before mutex_
  mutable std::mutex mutex_;                  ///< guards all below
  std::vector<historian::Tag> tags_;
  std::map<std::string, historian::TagId, std::less<>> ids_;
  std::map<historian::TagId, historian::Gap> open_gaps_;
  mutable std::map<std::string, readings::Reading> newest_;  ///< by tag; with the arrival, where this program saw it
  mutable bool newest_known_ = false;                        ///< what was there before this program has been asked for
  mutable bool hidden_ = true;                               ///< something may have been appended since the last settle
  std::uint64_t acknowledged_ = 0;
  mutable std::string last_error_;
};

}  // namespace castner::store_victoria
