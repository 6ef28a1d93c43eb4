// SPDX-License-Identifier: Apache-2.0
/// The elements of one name in a large XML part, one after another, so that memory holds one of them and never the whole part.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castner::tables {

/// Reads the items of the first element of each container's name: the rows of `sheetData`. Prefixes of namespaces do not count.
class XmlItems {
 public:
  /// Reads on: the bytes filled in, 0 at the end of the part, below 0 if it is damaged.
  using More = std::function<long long(std::span<char>)>;
  static constexpr std::size_t kLongest = std::size_t{8}
                                          << 20;  ///< [bytes] of one item: a full row of a sheet has about one MiB

  struct Kind {
    std::string container, item;
  };
  XmlItems(More more, std::vector<Kind> kinds) : more_(std::move(more)), kinds_(std::move(kinds)) {}

  /// The next item from its `<` to its last `>`, to be parsed in place; valid until the next call. Empty after the last one, when the
  /// part has been read to its end, and after a fault.
  std::span<char> next();

  enum class Fault { none, unreadable, not_xml, too_long };
  Fault fault() const { return fault_; }

 private:
  struct Tag {
    std::size_t begin = 0, end = 0;  ///< in the buffer
    std::string_view name;           ///< without its prefix; empty of comments and the like
    bool opens = false, closes = false;
  };
  bool read_on();
  bool find(std::string_view text, std::size_t from, std::size_t& at);
  bool next_tag(std::size_t from, Tag& tag);
  void finish();

  More more_;
  std::vector<Kind> kinds_;  ///< those that are still to come
  std::string container_;    ///< in which it is; empty outside
  std::string item_;
  std::string buffer_;
  std::size_t at_ = 0;    ///< what stands before is done with
  std::size_t keep_ = 0;  ///< the first byte that is still needed
  bool over_ = false;
  Fault fault_ = Fault::none;
};

}  // namespace castner::tables
