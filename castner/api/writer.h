// SPDX-License-Identifier: Apache-2.0
/// Takes readings that programs push into the history: names to numbers once, then column by column to the disk.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "castner/api/backend.h"
#include "castner/sources/line_protocol.h"
#include "castner/sources/push_batch.h"

namespace castner::api {

struct ApiOptions;

/// The memory of one writer: readers that remember names, and the store's tag of each name. Used by one thread at a time.
struct WritingHand {
  sources::LineProtocolReader lines;
  sources::PushBatch json;
  struct Known {
    std::uint64_t generation = 0;
    std::vector<std::optional<historian::TagId>> ids;  ///< by place in the batch
  } of_lines, of_json;
};

/// Every method may be called from any thread.
class Writer {
 public:
  /// Writes that may wait for the disk at once; fewer than the server's workers, so that a slow disk does not stop the pages.
  static constexpr int kHands = 6;

  Writer(const Backend&, const ApiOptions&);

  /// Null where all hands are busy. It comes back by itself.
  std::shared_ptr<WritingHand> hand();

  /// Durable on return, whole or not at all, with one wait for the disk. bad_input for names that belong to the server ("reconciled:"
  /// and its like), for texts that are no number of tags with a unit, where there would be too many tags, and for more than 1048576
  /// readings.
  [[nodiscard]] Result<void> write(const sources::PushBatch&, WritingHand::Known&);

  Time arrival() const;  ///< now, to the millisecond: finer noise costs two bytes a reading
  std::uint64_t written() const { return written_; }

 private:
  Result<void> learn(const sources::PushBatch&, WritingHand::Known&) const;
  /// The numbers that texts of tags with a unit are, by place among the batch's others; a text that is none is a problem.
  using Numbers = std::unordered_map<std::size_t, double>;
  Result<Numbers> numbers_of_texts(const sources::PushBatch&) const;
  Result<void> append(const sources::PushBatch&, const WritingHand::Known&, const Numbers&) const;
  void tell(const sources::PushBatch&) const;

  const Backend& backend_;
  const ApiOptions& options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<WritingHand>> idle_;
  std::atomic<std::uint64_t> written_{0};
};

}  // namespace castner::api
