// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/push_batch.h"

#include "castner/base/utf8.h"

namespace castner::sources {
bool PushBatch::clear() {
  numbers_.clear();
  others_.clear();
  runs_.clear();
  // Memory for the bodies that come all the time is kept; what one large body took is given back.
  constexpr std::size_t kKept = 1 << 16;
  const auto give_back = [](auto& column) {
    if (column.capacity() > kKept) std::remove_reference_t<decltype(column)>().swap(column);
  };
  give_back(numbers_), give_back(others_), give_back(times_), give_back(reals_), give_back(integers_);
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

void PushBatch::set_time(Mark since, Time time) {
  for (auto i = since.numbers; i < numbers_.size(); ++i) numbers_[i].time = time;
  for (auto i = since.others; i < others_.size(); ++i) others_[i].reading.time = time;
}

/// Where each group ends; whether a tag has readings of more than one kind.
bool PushBatch::count() {
  ends_.assign(2 * tags_.size() + 1, 0);
  for (const auto& number : numbers_) ++ends_[number.group + 1];
  kinds_.assign(tags_.size(), 0);
  for (const auto& other : others_) kinds_[other.tag] = 4;
  bool mixed = false;
  for (std::size_t tag = 0; tag < tags_.size(); ++tag) {
    auto& kinds = kinds_[tag];
    if (ends_[2 * tag + 1] > 0) kinds |= 1;
    if (ends_[2 * tag + 2] > 0) kinds |= 2;
    mixed |= (kinds & (kinds - 1)) != 0;
  }
  for (std::size_t g = 1; g < ends_.size(); ++g) ends_[g] += ends_[g - 1];
  return mixed;
}

/// The numbers of tags of more than one kind join the others, in the order of the body.
void PushBatch::put_mixed_in_order() {
  std::vector<PushOther> others;
  std::vector<Number> numbers;
  std::size_t next = 0;
  const auto numbers_before = [&](std::size_t end) {
    for (; next < end; ++next) {
      const auto& n = numbers_[next];
      const auto kinds = kinds_[n.group / 2];
      if ((kinds & (kinds - 1)) == 0) {
        numbers.push_back(n);
        continue;
      }
      readings::Reading r{.time = n.time};
      if (n.group % 2 == 0)
        r.value = std::bit_cast<double>(n.bits);
      else
        r.value = static_cast<std::int64_t>(n.bits);
      others.push_back({n.group / 2, std::move(r)});
    }
  };
  for (auto& other : others_) {
    numbers_before(other.behind);
    others.push_back(std::move(other));
  }
  numbers_before(numbers_.size());
  others_ = std::move(others);
  numbers_ = std::move(numbers);
}

/// A counting sort by tag and kind: appending each reading to a column of its own would touch memory all over.
void PushBatch::arrange() {
  if (count()) {
    put_mixed_in_order();
    count();
  }
  const auto n = numbers_.size();
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
