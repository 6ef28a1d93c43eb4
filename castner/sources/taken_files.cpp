// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/taken_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "castner/base/file.h"

namespace castner::sources {
namespace {

constexpr std::size_t kFewLines = 100;

std::string line_of(const std::string& name, const FileStamp& s) {
  return std::to_string(s.size) + " " + std::to_string(s.modified) + " " + std::to_string(s.inode) + " " + name + "\n";
}

/// Whether the line is on the disk now. Only of a file of ours: never through a link.
bool appended(const std::string& path, const std::string& line) {
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  struct stat info {};
  const bool done = ::fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_nlink == 1 &&
                    ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                    ::fdatasync(file) == 0;
  ::close(file);
  return done;
}

}  // namespace

Result<TakenFiles> TakenFiles::open(const std::string& path) {
  TakenFiles t;
  t.path_ = path;
  std::error_code ignored;
  if (std::filesystem::symlink_status(path, ignored).type() == std::filesystem::file_type::not_found) return t;
  const auto content = CASTNER_TRY(read_own_file(path));
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    FileStamp s;
    std::string name;
    ++t.lines_;
    if (words >> s.size >> s.modified >> s.inode && words.get() == ' ' && std::getline(words, name) && !name.empty())
      t.taken_[name] = s;
  }
  if (!content.ends_with('\n')) t.lines_ = 0;  // a kill cut its last line short: nothing is added to that
  return t;
}

bool TakenFiles::has(const std::string& name, const FileStamp& stamp) const {
  const auto found = taken_.find(name);
  return found != taken_.end() && found->second == stamp;
}

Result<void> TakenFiles::write_anew() {
  std::string content;
  for (const auto& [name, stamp] : taken_) content += line_of(name, stamp);
  lines_ = 0;
  refused_.reset();
  if (auto done = write_own_file(path_, content); !done) {
    refused_ = done.error();
    return done;
  }
  lines_ = taken_.size();
  written_ += content.size();
  return {};
}

Result<void> TakenFiles::add(const std::string& name, const FileStamp& stamp) {
  taken_[name] = stamp;
  if (refused_) return tl::unexpected(*refused_);
  const auto line = line_of(name, stamp);
  if (lines_ > 0 && lines_ < 2 * taken_.size() + kFewLines && appended(path_, line)) {
    ++lines_;
    written_ += line.size();
    return {};
  }
  return write_anew();  // also where a line could not be added, of which a part may stand there now
}

void TakenFiles::keep_only(const std::map<std::string, FileStamp>& present) {
  std::erase_if(taken_, [&](const auto& entry) { return !present.contains(entry.first); });
}

}  // namespace castner::sources
