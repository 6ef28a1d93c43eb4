// SPDX-License-Identifier: Apache-2.0
#include "castner/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace castner {
namespace {

std::string reason() { return std::generic_category().message(errno); }

/// A file descriptor that is closed when it goes.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  int fd() const { return fd_; }
  bool close() {
    const int fd = fd_;
    fd_ = -1;
    return ::close(fd) == 0;
  }

 private:
  int fd_;
};

/// All that an open file holds. @param path  for messages
Result<std::string> content_of(const File& file, const std::string& path) {
  struct stat about {};
  if (file.fd() < 0 || ::fstat(file.fd(), &about) != 0)
    return world_refused(path, "cannot be opened: " + reason(), "check the path and its permissions");
  if (S_ISDIR(about.st_mode)) return world_refused(path, "is a folder, not a file", "give the file's path");
  std::string content;
  content.reserve(static_cast<std::size_t>(about.st_size));
  char buffer[1 << 16];
  for (;;) {
    const auto n = ::read(file.fd(), buffer, sizeof buffer);
    if (n == 0) return content;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return world_refused(path, "cannot be read: " + reason());
    content.append(buffer, static_cast<std::size_t>(n));
  }
}

/// Writes to `place`: replaced by a new file beside it, or written to where it is a pipe or a device.
Result<void> put(const std::string& path, const std::string& place, bool replaces, std::string_view content) {
  const std::string beside = replaces ? place + ".part-" + std::to_string(::getpid()) : place;
  const auto refused = [&](const char* what) {
    const auto error = world_refused(path, std::string(what) + reason(),
                                     "nothing was changed; free some space or choose another folder");
    if (replaces) ::unlink(beside.c_str());
    return error;
  };
  // A new file, never one that somebody put there, nor one that a link of that name leads to.
  if (replaces) ::unlink(beside.c_str());
  File file(::open(beside.c_str(), O_WRONLY | O_CLOEXEC | (replaces ? O_CREAT | O_EXCL | O_NOFOLLOW : 0), 0644));
  if (file.fd() < 0) return refused("cannot be written: ");
  while (!content.empty()) {
    const auto n = ::write(file.fd(), content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return refused("cannot be written: ");
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  if ((replaces && ::fsync(file.fd()) != 0) || !file.close()) return refused("cannot be written: ");
  if (replaces && ::rename(beside.c_str(), place.c_str()) != 0) return refused("cannot be replaced: ");
  // Some file systems cannot flush a folder, and a folder may be closed to readers; a disk that fails may lose the name in a crash.
  if (replaces && !flush_folder_of(place) && (errno == EIO || errno == ENOSPC))
    return world_refused(path, "its folder cannot be brought to the disk: " + reason());
  return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  return content_of(File(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), path);
}

Result<std::string> read_own_file(const std::string& path) {
  constexpr const char* kOnly = "only files that lie in the folder are read";
  const File file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.fd() < 0 && errno == ELOOP) return bad_input(path, "is a link", kOnly);
  struct stat about {};
  if (file.fd() >= 0 && ::fstat(file.fd(), &about) == 0 && !S_ISREG(about.st_mode))
    return bad_input(path, "is no file", kOnly);
  return content_of(file, path);
}

Result<void> write_file(const std::string& path, std::string_view content) {
  std::error_code nothing_there;
  const std::filesystem::path behind_links = std::filesystem::canonical(path, nothing_there);
  const std::string place = nothing_there ? path : behind_links.string();
  struct stat about {};
  // A pipe or a device cannot be replaced; it is written to.
  return put(path, place, ::stat(place.c_str(), &about) != 0 || S_ISREG(about.st_mode) || S_ISDIR(about.st_mode),
             content);
}

Result<void> write_own_file(const std::string& path, std::string_view content) {
  return put(path, path, true, content);
}

bool flush_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const File dir(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return dir.fd() >= 0 && ::fsync(dir.fd()) == 0;
}

}  // namespace castner
