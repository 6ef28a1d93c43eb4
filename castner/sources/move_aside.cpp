// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/move_aside.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "castner/sources/tcp_connect.h"

namespace castner::sources {
namespace {

namespace fs = std::filesystem;

constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

tl::unexpected<Error> refused(const std::string& where, int error) {
  return world_refused(where, std::generic_category().message(error));
}

/// The folder `below` of `root`, made part by part; no part of it is a link.
Result<Fd> open_below(const std::string& root, const fs::path& below) {
  Fd at(::open(root.c_str(), kFolder));
  if (at.get() < 0) return refused(root, errno);
  for (const auto& part : below) {
    if (part.empty() || part == ".") continue;
    ::mkdirat(at.get(), part.c_str(), 0777);
    struct stat s {};
    if (::fstatat(at.get(), part.c_str(), &s, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(s.st_mode))
      return world_refused(part.string(), "is a link", "make it a folder");
    at = Fd(::openat(at.get(), part.c_str(), kFolder | O_NOFOLLOW));
    if (at.get() < 0) return refused(part.string(), errno);
  }
  return at;
}

Result<Fd> open_bad_folder(const std::string& folder, const std::string& bad_folder) {
  const auto below = fs::path(bad_folder).lexically_normal().lexically_relative(fs::path(folder).lexically_normal());
  if (!below.empty() && *below.begin() != "..") return open_below(folder, below);
  std::error_code none;
  fs::create_directories(bad_folder, none);
  Fd at(::open(bad_folder.c_str(), kFolder));
  if (at.get() < 0) return refused(bad_folder, errno);
  return at;
}

}  // namespace

Result<void> move_aside(const std::string& folder, const std::string& name, const std::string& bad_folder) {
  constexpr int kMost = 10'000;
  const Fd to = CASTNER_TRY(open_bad_folder(folder, bad_folder));
  const std::string from = folder + "/" + name;
  const fs::path asked(name);
  for (int n = 1; n <= kMost; ++n) {
    const std::string free =
        n == 1 ? name : asked.stem().string() + "-" + std::to_string(n) + asked.extension().string();
    if (::renameat2(AT_FDCWD, from.c_str(), to.get(), free.c_str(), RENAME_NOREPLACE) == 0) return {};
    if (errno == EINVAL || errno == ENOSYS) {  // a file system that cannot refuse: look first
      struct stat s {};
      if (::fstatat(to.get(), free.c_str(), &s, AT_SYMLINK_NOFOLLOW) == 0) continue;
      if (::renameat(AT_FDCWD, from.c_str(), to.get(), free.c_str()) == 0) return {};
    }
    if (errno != EEXIST) return refused(bad_folder, errno);
  }
  return refused(bad_folder, EEXIST);
}

}  // namespace castner::sources
