// SPDX-License-Identifier: Apache-2.0
/// Reads TOML and collects every problem with its line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/base/error.h"

namespace castner {

struct ConfigMember;

/// One value of a file, with its line.
struct ConfigNode {
  enum class Kind { table, array, text, number, boolean, date };
  Kind kind = Kind::table;
  int line = 0;                         ///< from 1
  std::string text;                     ///< of a text; of a date "2026-03-02", "2026-03-02T08:00:00"
  double number = 0.0;                  ///< of a number; may be inf or nan, which TOML allows
  std::optional<std::int64_t> integer;  ///< of a number that was written as an integer: exact
  bool boolean = false;
  std::vector<ConfigMember> members;  ///< of a table, in file order
  std::vector<ConfigNode> items;      ///< of an array

  const ConfigNode* find(std::string_view key) const;
  /// "a text", "a number", "a list", "a table", "true or false", "a date".
  const char* kind_name() const;
};
struct ConfigMember {
  std::string key;
  ConfigNode value;
};

/// The problems of one file, kept in the order of its lines.
class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}
  /// @param line from 1; 0 where the file as a whole is meant
  void add(int line, std::string what, std::string cure = {});
  /// Takes over the problems of an inner reader, which knows no place: "sd: ...".
  void add(int line, const std::string& before, const Error& inner);
  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  /// Sorted by line, each said once, at most 100 and then a count.
  Error error() const;

 private:
  struct Entry {
    int line;
    std::string what, cure;
  };
  std::string file_;
  std::vector<Entry> all_;
};

/// One table of a file while it is read. A key that is never asked for is unknown, and finish() makes it a problem.
class Section {
 public:
  /// @param what how messages name it: `[[unit]] "N1"`
  Section(const ConfigNode& table, std::string what, Problems& problems)
      : table_(table), what_(std::move(what)), problems_(problems) {}

  int line() const { return table_.line; }
  const std::string& what() const { return what_; }
  /// Changes how messages name it, once its name is known.
  void call(std::string what) { what_ = std::move(what); }
  /// The value of a key, or null. Asking makes the key known.
  const ConfigNode* find(std::string_view key);
  /// The same, of one kind; another kind is a problem, and null.
  const ConfigNode* find(std::string_view key, ConfigNode::Kind, const char* example);
  std::optional<std::string> text(std::string_view key, const char* example);
  /// A list of texts, empty where absent.
  std::vector<ConfigNode> texts(std::string_view key, const char* example);
  std::optional<bool> boolean(std::string_view key);
  /// A number written as an integer, within bounds.
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most, const char* example);
  /// The line of a key, or of the table where it is absent.
  int line_of(std::string_view key) const;
  void problem(int line, const std::string& what, std::string cure = {}) {
    problems_.add(line, what_ + ": " + what, std::move(cure));
  }
  /// Adds a problem for each key that was not asked for, with the nearest known one.
  void finish();

 private:
  const ConfigNode& table_;
  std::string what_;
  Problems& problems_;
  std::vector<std::string> known_;
};

/// Reads TOML text in UTF-8, with or without a byte order mark. A syntax error ends the reading; it is the only problem then.
[[nodiscard]] Result<ConfigNode> read_toml(std::string_view text, const std::string& file);

}  // namespace castner
