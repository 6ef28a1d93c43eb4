// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/tag_family.h"

#include <algorithm>
#include <map>
#include <set>

#include "castner/base/ascii.h"
#include "castner/readings/tag_pattern.h"

namespace castner::readings {
namespace {

constexpr std::size_t kLongestNumber = 9;  // digits; longer ones count nothing
constexpr std::size_t kMuchFurther = 4;    // a guess: how many times as many cells as electrolysers

struct Run {
  std::size_t begin, end;
};

std::vector<Run> runs_of(std::string_view tag) {
  std::vector<Run> runs;
  for (std::size_t at = 0; at < tag.size();) {
    std::size_t end = at;
    while (end < tag.size() && digit(tag[end])) ++end;
    if (end > at && end - at <= kLongestNumber) runs.push_back({at, end});
    at = std::max(end, at + 1);
  }
  return runs;
}

std::string without_numbers(std::string_view tag, const std::vector<Run>& runs) {
  std::string text;
  std::size_t from = 0;
  for (const Run& r : runs) {
    text += std::string(tag.substr(from, r.begin - from)) + '\0';
    from = r.end;
  }
  return text + std::string(tag.substr(from));
}

using Key = std::pair<std::string, std::string>;  // before and after the number

/// The families of tags that agree but for their numbers, by the number at one place.
std::map<Key, std::vector<std::size_t>> by_place(std::span<const std::string> tags,
                                                 const std::vector<std::size_t>& group, std::size_t place) {
  std::map<Key, std::vector<std::size_t>> families;
  for (const std::size_t i : group) {
    const Run r = runs_of(tags[i])[place];
    families[{tags[i].substr(0, r.begin), tags[i].substr(r.end)}].push_back(i);
  }
  return families;
}

}  // namespace

std::vector<TagFamily> tag_families(std::span<const std::string> tags) {
  std::map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < tags.size(); ++i)
    if (const auto runs = runs_of(tags[i]); !runs.empty()) groups[without_numbers(tags[i], runs)].push_back(i);
  std::vector<TagFamily> all;
  for (const auto& [skeleton, group] : groups) {
    const std::size_t places = runs_of(tags[group.front()]).size();
    // The more families, the shorter each.
    auto chosen = by_place(tags, group, places - 1);
    for (std::size_t place = 0; place + 1 < places; ++place)
      if (auto other = by_place(tags, group, place); other.size() * kMuchFurther < chosen.size())
        chosen = std::move(other);
    for (auto& [key, members] : chosen) {
      if (members.size() < 2) continue;
      const std::size_t from = key.first.size(), behind = key.second.size();
      const auto number = [&](std::size_t i) {
        return std::stoul(tags[i].substr(from, tags[i].size() - from - behind));
      };
      std::stable_sort(members.begin(), members.end(),
                       [&](std::size_t a, std::size_t b) { return number(a) < number(b); });
      all.push_back({key.first, key.second, std::move(members)});
    }
  }
  std::sort(all.begin(), all.end(), [](const TagFamily& a, const TagFamily& b) {
    return *std::min_element(a.members.begin(), a.members.end()) <
           *std::min_element(b.members.begin(), b.members.end());
  });
  return all;
}

std::vector<std::string> counted_short(std::span<const std::string> tags) {
  const auto families = tag_families(tags);
  std::vector<const TagFamily*> family_of(tags.size());
  for (const TagFamily& f : families)
    for (const std::size_t i : f.members) family_of[i] = &f;
  std::set<const TagFamily*> told;
  std::vector<std::string> all;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const TagFamily* f = family_of[i];
    if (!f) {
      all.push_back(tags[i]);
    } else if (told.insert(f).second) {
      std::vector<std::string> members;
      for (const std::size_t m : f->members) members.push_back(tags[m]);
      for (auto& pattern : patterns_of(members, f->before, f->after)) all.push_back(std::move(pattern));
    }
  }
  return all;
}

}  // namespace castner::readings
