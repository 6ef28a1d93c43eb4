// SPDX-License-Identifier: Apache-2.0
#include "castner/people/log_reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace castner::people {

bool keep_reserve(const std::string& log) {
  constexpr long kStep = 256L << 10;  // so that not every change asks the file system
  struct stat info {};
  if (::stat(log.c_str(), &info) != 0 || info.st_blocks * 512L >= info.st_size + kLogReserve) return true;
  const int file = ::open(log.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return true;
  const bool full = ::fallocate(file, FALLOC_FL_KEEP_SIZE, 0, info.st_size + kLogReserve + kStep) != 0 &&
                    (errno == ENOSPC || errno == EDQUOT);
  ::close(file);
  return !full;
}

}  // namespace castner::people
