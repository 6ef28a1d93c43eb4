// SPDX-License-Identifier: Apache-2.0
// Finds where elements begin and end; what stands in them is for an XML parser, one item at a time:
//  1. Comments, CDATA, instructions and declarations are passed over as wholes: they may hold what looks like a tag.
//  2. A tag ends at the first > outside quotes.
//  3. Items count inside the container only: other parts of a sheet have elements of the same name.
//  4. After the last container the part is read to its end, which is where the zip checks it.
#include "castner/tables/xml_items.h"

#include <algorithm>

namespace castner::tables {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16;

}  // namespace

/// Fetches a chunk more; false at the end of the part and after a fault.
bool XmlItems::read_on() {
  if (buffer_.size() - keep_ > kLongest) return fault_ = Fault::too_long, false;
  const std::size_t have = buffer_.size();
  buffer_.resize(have + kChunk);
  const auto got = more_(std::span(buffer_).subspan(have));
  buffer_.resize(have + static_cast<std::size_t>(std::max(got, 0LL)));
  if (got < 0) fault_ = Fault::unreadable;
  return got > 0;
}

bool XmlItems::find(std::string_view text, std::size_t from, std::size_t& at) {
  while ((at = buffer_.find(text, from)) == std::string::npos) {
    from = std::max(from, buffer_.size() - std::min(buffer_.size(), text.size() - 1));
    if (!read_on()) return false;
  }
  return true;
}

bool XmlItems::next_tag(std::size_t from, Tag& tag) {
  if (!find("<", from, tag.begin)) return false;
  constexpr std::size_t kLongestMark = 9;  // <![CDATA[
  while (buffer_.size() < tag.begin + kLongestMark && read_on()) {
  }
  if (fault_ != Fault::none) return false;
  const auto begins = [&](std::string_view mark) {
    return std::string_view(buffer_).substr(tag.begin).starts_with(mark);
  };
  constexpr std::pair<std::string_view, std::string_view> kWholes[] = {
      {"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}};
  tag.name = {};
  tag.opens = tag.closes = false;
  for (const auto& [first, last] : kWholes) {
    if (!begins(first)) continue;
    if (!find(last, tag.begin + first.size(), tag.end)) return false;
    tag.end += last.size();
    return true;
  }
  std::size_t end = tag.begin + 1;
  for (char quote = '\0';; ++end) {
    if (end == buffer_.size() && !read_on()) return false;
    const char c = buffer_[end];
    if (quote == '\0' && c == '>') break;
    if (quote == '\0' && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = '\0';
  }
  tag.end = end + 1;
  tag.opens = buffer_[tag.begin + 1] != '/';
  tag.closes = !tag.opens || buffer_[end - 1] == '/';
  const std::size_t name = tag.begin + (tag.opens ? 1 : 2);
  tag.name = std::string_view(buffer_).substr(name, buffer_.find_first_of(" \t\r\n/>", name) - name);
  if (const auto prefix = tag.name.find(':'); prefix != std::string_view::npos) tag.name.remove_prefix(prefix + 1);
  return true;
}

void XmlItems::finish() {
  over_ = true;
  while (fault_ == Fault::none) {
    buffer_.clear();
    keep_ = 0;
    if (!read_on()) return;
  }
}

std::span<char> XmlItems::next() {
  std::size_t depth = 0, begin = 0;
  Tag tag;
  while (!over_) {
    if (depth == 0) {
      // What is done with goes once there is a chunk of it: moving the rest each time would take the square of the part.
      keep_ = at_;
      if (keep_ >= kChunk) buffer_.erase(0, keep_), at_ = keep_ = 0;
    }
    if (!next_tag(at_, tag)) {
      over_ = true;
      if (fault_ == Fault::none && !container_.empty()) fault_ = Fault::not_xml;
      return {};
    }
    at_ = tag.end;
    if (container_.empty()) {
      const auto kind = std::find_if(kinds_.begin(), kinds_.end(),
                                     [&](const Kind& k) { return tag.opens && tag.name == k.container; });
      if (kind == kinds_.end()) continue;
      if (!tag.closes) container_ = kind->container, item_ = kind->item;
      kinds_.erase(kind);
      if (tag.closes && kinds_.empty()) finish();
    } else if (depth == 0 && !tag.opens && tag.name == container_) {
      container_.clear();
      if (kinds_.empty()) finish();
    } else if (tag.name == item_) {
      if (tag.opens && depth++ == 0) begin = tag.begin;
      if (tag.closes && depth > 0 && --depth == 0) return std::span(buffer_).subspan(begin, tag.end - begin);
    }
  }
  return {};
}

}  // namespace castner::tables
