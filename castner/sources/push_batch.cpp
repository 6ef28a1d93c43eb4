// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/push_batch.h"

#include "castner/base/utf8.h"

namespace castner::sources {
bool PushBatch::clear() {
  numbers_.clear();
  others_.clear();
  runs_.clear();
  if (tags_.size() <= kMostTags) return false;
  tags_.clear();
  indices_.clear();
  ++generation_;
  return true;
}

std::uint32_t PushBatch::index(std::string_view tag) {
  if (const auto known = indices_.find(tag); known != indices_.end()) return known->second;
  const auto index = static_cast<std::uint32_t>(tags_.size());
  tags_.emplace_back(tag);
  indices_.emplace(std::string(tag), index);
  return index;
}

/// A counting sort by tag and kind: appending each reading to a column of its own would touch memory all over.
void PushBatch::arrange() {
  const auto n = numbers_.size();
  ends_.assign(2 * tags_.size() + 1, 0);
  for (const auto& number : numbers_) ++ends_[number.group + 1];
  for (std::size_t g = 1; g < ends_.size(); ++g) ends_[g] += ends_[g - 1];
  times_.resize(n);
  reals_.resize(n);
  integers_.resize(n);
  for (const auto& number : numbers_) {
    const auto at = ends_[number.group]++;
    times_[at] = number.time;
    if (number.group % 2 == 0)
      reals_[at] = std::bit_cast<double>(number.bits);
    else
      integers_[at] = static_cast<std::int64_t>(number.bits);
  }
  runs_.clear();
  std::uint32_t begin = 0;
  for (std::uint32_t g = 0; g + 1 < ends_.size(); begin = ends_[g++]) {
    const auto count = ends_[g] - begin;
    if (count == 0) continue;
    PushRun run{.tag = g / 2, .times = std::span(times_).subspan(begin, count)};
    if (g % 2 == 0)
      run.values = std::span<const double>(reals_).subspan(begin, count);
    else
      run.values = std::span<const std::int64_t>(integers_).subspan(begin, count);
    runs_.push_back(run);
  }
}

std::string name_problem(std::string_view tag) {
  if (tag.empty()) return "the name is empty";
  if (tag.size() > PushBatch::kMostName) return "the name is longer than 255 bytes";
  for (std::size_t i = 0; i < tag.size();) {
    const auto n = utf8_character(tag, i).length;
    if (n == 0) return "the name is not valid UTF-8";
    const auto c = static_cast<unsigned char>(tag[i]);
    if (c < 0x20 || c == 0x7F) return "the name holds a control character";
    i += n;
  }
  return "";
}

}  // namespace castner::sources
