// SPDX-License-Identifier: Apache-2.0
// back_up: all pages, of one moment, go into `TO.part`; that is looked at, brought to the disk with its folder, and renamed.
#include "castner/base/sqlite_copy.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include "castner/base/file.h"
#include "castner/base/suggest.h"

namespace castner::sqlite {

Result<void> must_be_new(const std::string& to) {
  std::error_code none;
  if (std::filesystem::exists(to, none)) return bad_input(to, "is there already", "give a path that is not");
  return {};
}

Result<void> put_in_place(const std::string& part, const std::string& to) {
  std::error_code error;
  for (const auto* suffix : {"-wal", "-shm"}) std::filesystem::remove(part + suffix, error);
  std::filesystem::rename(part, to, error);
  if (error) return world_refused(to, error.message());
  if (!flush_folder_of(to)) return world_refused(to, "its folder cannot be brought to the disk");
  return {};
}

namespace {

/// The part, made or left by a backup that was killed, and empty; nobody else's while this is open. -1 where another backup has it.
int own_part(const std::string& part) {
  const int fd = ::open(part.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  struct stat opened {
  }, named{};
  if (fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) == 0 && ::fstat(fd, &opened) == 0 &&
      ::lstat(part.c_str(), &named) == 0 && opened.st_ino == named.st_ino && ::fchmod(fd, S_IRUSR | S_IWUSR) == 0 &&
      ::ftruncate(fd, 0) == 0)
    return fd;
  if (fd >= 0) {
    ::close(fd);
    errno = EWOULDBLOCK;
  }
  return -1;
}

}  // namespace

Result<void> back_up(Db& from, const std::string& to, const std::function<Result<void>(Db& copy)>& look) {
  CASTNER_TRY(must_be_new(to));
  const auto part = to + ".part";
  const int held = own_part(part);
  if (held < 0 && errno == EWOULDBLOCK)
    return world_refused(to, "another backup is writing it", "wait for that one, or give another path");
  if (held < 0) return world_refused(part, std::generic_category().message(errno), "choose another folder");
  // Closed after SQLite's own, whose locks would go with it.
  const std::unique_ptr<const int, void (*)(const int*)> close_at_end(&held, [](const int* fd) { ::close(*fd); });
  std::error_code ignored;
  if (auto still = must_be_new(to); !still) {  // the other has just finished
    std::filesystem::remove(part, ignored);
    return still;
  }
  for (const auto* suffix : {"-wal", "-shm", "-journal"}) std::filesystem::remove(part + suffix, ignored);
  const auto made = [&]() -> Result<void> {
    auto copy = CASTNER_TRY(Db::open(part, Db::Mode::create));
    CASTNER_TRY(from.copy_to(copy));
    CASTNER_TRY(look(copy));
    return copy.run("PRAGMA journal_mode=DELETE");
  }();
  if (made) return put_in_place(part, to);
  for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(part + suffix, ignored);
  return made;
}

tl::unexpected<Error> no_such_file(const std::string& path, std::string where_it_is_named) {
  const std::filesystem::path asked(path);
  const auto folder = asked.parent_path();
  std::vector<std::string> here;
  std::error_code stopped;
  for (std::filesystem::directory_iterator at(folder.empty() ? "." : folder, stopped), end; !stopped && at != end;
       at.increment(stopped))
    if (at->path().extension() == ".db") here.push_back((folder / at->path().filename()).string());
  std::sort(here.begin(), here.end());
  if (!here.empty()) where_it_is_named = "databases there: " + listed(here, 6) + "; " + where_it_is_named;
  return world_refused(path, "there is no such file", where_it_is_named);
}

}  // namespace castner::sqlite
