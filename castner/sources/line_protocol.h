// SPDX-License-Identifier: Apache-2.0
/// Reads InfluxDB line protocol, which Telegraf and many others write: `cell,room=A voltage=3.05,state="on" 1795046400000000000`.
#pragma once

#include <memory>
#include <string_view>

#include "castner/base/error.h"
#include "castner/sources/push_batch.h"

namespace castner::sources {

struct LineProtocolOptions {
  std::int64_t ns_each = 1;  ///< what one count of a line's time means: precision_ns("ms")
  Time arrival;              ///< the time of lines without one
};

/// One worker's reader: it remembers the names it has met, so that a line whose series is known costs no lookup by name.
///
/// The tag of a field is `measurement,key=value,... .field` without the blank: the tag set in the order of its keys (bytes),
/// and without `.field` where the field is called `value`. `FI-101 value=3.2` is the tag FI-101.
class LineProtocolReader {
 public:
  LineProtocolReader();
  ~LineProtocolReader();
  LineProtocolReader(LineProtocolReader&&) noexcept;
  LineProtocolReader& operator=(LineProtocolReader&&) noexcept;

  /// The whole body or nothing: with one bad line the batch is of no use, and every problem is told, `line 17: what; cure`,
  /// the first fifty and a count.
  [[nodiscard]] Result<void> read(std::string_view body, const LineProtocolOptions&);
  /// What the last body said; valid until the next.
  const PushBatch& batch() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace castner::sources
