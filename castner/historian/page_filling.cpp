// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/page_filling.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "castner/base/check.h"
#include "castner/historian/chunk_codec.h"

namespace castner::historian {
namespace {

constexpr std::size_t kWorthAPiece = 400;  // a gap [bytes]: a piece's own head and table of symbols take 170
constexpr std::size_t kFewReadings = 256;  // a piece is to hold
constexpr double kHeads = 120.0;           // of a block [bytes], however few readings are in it: measured 100 to 160
constexpr double kSpread = 20.0;           // what a piece may take more than its share of the whole [bytes]

/// How long SQLite stores a whole number (its file format, 2.1) [bytes].
std::size_t bytes_of(std::uint64_t n) {
  if (n < 2) return 0;
  const auto bytes = static_cast<std::size_t>(std::bit_width(n)) / 8 + 1;  // one bit for the sign
  return bytes == 5 ? 6 : bytes > 6 ? 8 : bytes;
}

/// Of what is to be stored in 7 bits a byte.
std::size_t varint_bytes(std::size_t n) { return n < 128 ? 1 : n < 16'384 ? 2 : 3; }

/// Which of some rows is the longest that fits.
class RowsByLength {
 public:
  RowsByLength(std::span<const ChunkRow> rows, bool grows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i].grows == grows) left_.emplace(bytes_on_page(rows[i]), i);
  }
  bool empty() const { return left_.empty(); }
  std::size_t longest() const { return std::prev(left_.end())->second; }
  std::size_t take_longest() { return left_.extract(std::prev(left_.end())).mapped(); }
  /// Its place, and so much less room; none where none fits.
  std::optional<std::size_t> take_longest(std::size_t& room) {
    const auto longer = left_.upper_bound(room);
    if (longer == left_.begin()) return {};
    const auto row = left_.extract(std::prev(longer));
    room -= row.key();
    return row.mapped();
  }

 private:
  std::multimap<std::size_t, std::size_t> left_;
};

bool can_be_cut(const ChunkRow& row) { return row.chunk.count >= 2 * kFewReadings && row.chunk.block.size() < kPage; }

/// A row that is cut up, from its beginning: by what share of the whole each piece is likely to take.
class Pieces {
 public:
  /// @param heads  of a block [bytes], about; what is seen here makes it better
  Pieces(const ChunkRow& whole, double& heads)
      : tag_(whole.tag),
        late_(whole.late),
        block_(static_cast<double>(whole.chunk.block.size())),
        beside_(static_cast<double>(bytes_on_page(whole)) - block_),
        heads_(heads) {
    auto readings = unpack(whole.chunk.block);
    check(readings.has_value(), "a block that was packed a moment ago is whole");
    readings_ = std::move(*readings);
  }
  bool empty() const { return begin_ == readings_.size(); }

  /// The next one, which is likely to fit.
  ChunkRow cut(std::size_t room) {
    const auto all = static_cast<double>(readings_.size());
    const auto left = readings_.size() - begin_;
    const auto bytes_each = std::max(block_ - heads_, 1.0) / all;
    const auto fits = std::max((static_cast<double>(room) - beside_ - heads_ - kSpread) / bytes_each, 0.0);
    auto n = std::max(static_cast<std::size_t>(fits), kFewReadings);
    if (n >= left)
      n = left;
    else if (left - n < kFewReadings)
      n = left / 2;
    const auto begin = std::exchange(begin_, end_of_time(readings_, begin_ + n, readings_.size()));
    ChunkRow piece{tag_,
                   late_,
                   {summary_of(readings_, begin, begin_), begin_ - begin, pack(tag_, readings_, begin, begin_)},
                   false};
    if (const auto share = static_cast<double>(begin_ - begin) / all; share < 0.5) {
      const auto seen = (static_cast<double>(piece.chunk.block.size()) - share * block_) / (1 - share);
      heads_ += (std::clamp(seen, 0.0, 2 * kHeads) - heads_) / 4;
    }
    return piece;
  }

 private:
  TagId tag_;
  bool late_;
  Columns readings_;
  std::size_t begin_ = 0;
  double block_, beside_;  ///< bytes of the whole; of a row beside its block
  double& heads_;
};

}  // namespace

std::size_t bytes_on_page(const ChunkRow& row) {
  constexpr std::size_t kHead = 7, kTimes = 16, kPointer = 2, kLengthAndId = 2 + 4, kTo = 4;
  constexpr std::size_t kLongest = 8157, kBeginning = 1003, kOwnPage = 8188;
  const auto blob = [](std::size_t n) { return n + varint_bytes(12 + 2 * n); };
  const auto content = kHead + bytes_of(static_cast<std::uint64_t>(row.tag)) + kTimes + bytes_of(row.chunk.count) +
                       blob(packed(row.chunk.summary).size()) + blob(row.chunk.block.size());
  if (content <= kLongest) return kPointer + kLengthAndId + content;
  const auto here = kBeginning + (content - kBeginning) % kOwnPage;
  return kPointer + kLengthAndId + kTo + (here <= kLongest ? here : kBeginning);
}

std::vector<std::size_t> filling_order(std::span<const ChunkRow> rows, std::size_t& room) {
  std::vector<std::size_t> order;
  for (const bool grows : {false, true}) {
    RowsByLength left(rows, grows);
    while (!left.empty()) {
      if (const auto longest = left.take_longest(room))
        order.push_back(*longest);
      else
        room = kPage;
    }
  }
  return order;
}

std::vector<ChunkRow> cut_to_fill(std::vector<ChunkRow> rows, std::size_t room) {
  RowsByLength left(rows, false);
  std::vector<ChunkRow> filling;
  std::optional<Pieces> pieces;
  double heads = kHeads;
  while (!left.empty() || pieces) {
    if (const auto longest = left.take_longest(room)) {
      filling.push_back(std::move(rows[*longest]));
      continue;
    }
    if (!pieces && room >= kWorthAPiece && can_be_cut(rows[left.longest()]))
      pieces.emplace(rows[left.take_longest()], heads);
    if (!pieces || room < kWorthAPiece) {
      room = kPage;
      continue;
    }
    filling.push_back(pieces->cut(room));
    const auto bytes = bytes_on_page(filling.back());
    room = (bytes <= room ? room : kPage) - bytes;
    if (pieces->empty()) pieces.reset();
  }
  for (auto& row : rows)
    if (row.grows) filling.push_back(std::move(row));
  return filling;
}

}  // namespace castner::historian
