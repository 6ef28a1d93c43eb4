// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/taken_files.h"

#include <filesystem>
#include <sstream>

#include "castner/base/file.h"

namespace castner::sources {

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
    if (words >> s.size >> s.modified >> s.inode && words.get() == ' ' && std::getline(words, name) && !name.empty())
      t.taken_[name] = s;
  }
  return t;
}

bool TakenFiles::has(const std::string& name, const FileStamp& stamp) const {
  const auto found = taken_.find(name);
  return found != taken_.end() && found->second == stamp;
}

Result<void> TakenFiles::add(const std::string& name, const FileStamp& stamp) {
  const auto before = taken_;
  taken_[name] = stamp;
  std::string content;
  for (const auto& [n, s] : taken_)
    content +=
        std::to_string(s.size) + " " + std::to_string(s.modified) + " " + std::to_string(s.inode) + " " + n + "\n";
  auto done = write_own_file(path_, content);
  if (!done) taken_ = before;
  return done;
}

void TakenFiles::keep_only(const std::map<std::string, FileStamp>& present) {
  std::erase_if(taken_, [&](const auto& entry) { return !present.contains(entry.first); });
}

}  // namespace castner::sources
