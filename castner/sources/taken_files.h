// SPDX-License-Identifier: Apache-2.0
/// Which files of a folder were taken already, kept in a small file beside them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "castner/base/error.h"

namespace castner::sources {

/// Tells one content of a file from another without reading it.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< [ns] since 1970
  std::uint64_t inode = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

class TakenFiles {
 public:
  /// @param path  of the state file; it need not exist. Lines of it that make no sense are skipped: then a file is taken in
  ///   again, which does no harm.
  [[nodiscard]] static Result<TakenFiles> open(const std::string& path);
  bool has(const std::string& name, const FileStamp&) const;
  /// Taken from now on, whatever the disk says. Durable on return, where that is no error: a line at the end of the state file. Where that
  /// holds twice as many lines as there are files, it is written anew. Once the disk has refused, it is left alone until try_again().
  [[nodiscard]] Result<void> add(const std::string& name, const FileStamp&);
  bool owes() const {
    return refused_.has_value();
  }  ///< files that the disk did not take: a restart would read them again
  /// Writes what is owed.
  [[nodiscard]] Result<void> try_again() { return owes() ? write_anew() : Result<void>(); }
  /// Forgets files that are gone from the folder; their lines go when the state file is written anew.
  void keep_only(const std::map<std::string, FileStamp>& present);
  std::size_t size() const { return taken_.size(); }
  std::uint64_t written() const { return written_; }  ///< bytes, since it was opened

 private:
  Result<void> write_anew();
  std::string path_;
  std::size_t lines_ = 0;  ///< of the state file; 0: it is written anew, as one that is not there or not ours to add to
  std::uint64_t written_ = 0;
  std::map<std::string, FileStamp> taken_;
  std::optional<Error> refused_;  ///< why the state file does not hold all of them
};

}  // namespace castner::sources
