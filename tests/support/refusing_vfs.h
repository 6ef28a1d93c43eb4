// SPDX-License-Identifier: Apache-2.0
/// A file system for SQLite that refuses, from the n-th write on, until it is told to stop: a full disk, a dying one, a read-only one.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <limits>

namespace castner {

/// One for the program, registered on first use as "refusing". Writes, syncs and truncations count.
class RefusingVfs {
 public:
  static constexpr const char* kName = "refusing";
  static RefusingVfs& get() {
    static RefusingVfs vfs;
    return vfs;
  }
  /// The n-th write from now (1: the next) and all after it get this code of SQLite's.
  void refuse_from(std::int64_t n, int code) {
    code_ = code;
    left_ = n - 1;
  }
  void allow() { left_ = std::numeric_limits<std::int64_t>::max(); }
  std::int64_t refused() const { return refused_; }

 private:
  struct File {
    sqlite3_file base;
    sqlite3_file* real;
  };
  RefusingVfs() {
    auto* machine = sqlite3_vfs_find(nullptr);
    vfs_ = *machine;
    vfs_.zName = kName;
    vfs_.pNext = nullptr;
    vfs_.pAppData = machine;
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + machine->szOsFile;
    vfs_.xOpen = open;
    sqlite3_vfs_register(&vfs_, 0);
  }
  static sqlite3_file* real(sqlite3_file* f) { return reinterpret_cast<File*>(f)->real; }
  static const sqlite3_io_methods* of(sqlite3_file* f) { return real(f)->pMethods; }
  static int refuses() {
    auto& v = get();
    if (v.left_-- > 0) return SQLITE_OK;
    v.left_ = 0;
    ++v.refused_;
    return v.code_;
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* machine = static_cast<sqlite3_vfs*>(vfs->pAppData);
    auto* f = reinterpret_cast<File*>(file);
    f->real = reinterpret_cast<sqlite3_file*>(f + 1);
    const int code = machine->xOpen(machine, name, f->real, flags, out_flags);
    f->base.pMethods = code == SQLITE_OK || f->real->pMethods ? &get().methods_ : nullptr;
    return code;
  }

  sqlite3_vfs vfs_{};
  std::atomic<std::int64_t> left_ = std::numeric_limits<std::int64_t>::max(), refused_ = 0;
  std::atomic<int> code_ = SQLITE_FULL;
  const sqlite3_io_methods methods_ = {
      3,
      [](sqlite3_file* f) { return real(f)->pMethods ? of(f)->xClose(real(f)) : SQLITE_OK; },
      [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return of(f)->xRead(real(f), to, n, at); },
      [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
        const int code = refuses();
        return code != SQLITE_OK ? code : of(f)->xWrite(real(f), from, n, at);
      },
      [](sqlite3_file* f, sqlite3_int64 size) {
        const int code = refuses();
        return code != SQLITE_OK ? code : of(f)->xTruncate(real(f), size);
      },
      [](sqlite3_file* f, int flags) {
        const int code = refuses();
        return code != SQLITE_OK ? (code == SQLITE_FULL ? SQLITE_IOERR_FSYNC : code) : of(f)->xSync(real(f), flags);
      },
      [](sqlite3_file* f, sqlite3_int64* size) { return of(f)->xFileSize(real(f), size); },
      [](sqlite3_file* f, int level) { return of(f)->xLock(real(f), level); },
      [](sqlite3_file* f, int level) { return of(f)->xUnlock(real(f), level); },
      [](sqlite3_file* f, int* out) { return of(f)->xCheckReservedLock(real(f), out); },
      [](sqlite3_file* f, int op, void* arg) { return of(f)->xFileControl(real(f), op, arg); },
      [](sqlite3_file* f) { return of(f)->xSectorSize(real(f)); },
      [](sqlite3_file* f) { return of(f)->xDeviceCharacteristics(real(f)); },
      [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
        return of(f)->xShmMap(real(f), page, size, extend, out);
      },
      [](sqlite3_file* f, int offset, int n, int flags) { return of(f)->xShmLock(real(f), offset, n, flags); },
      [](sqlite3_file* f) { of(f)->xShmBarrier(real(f)); },
      [](sqlite3_file* f, int remove) { return of(f)->xShmUnmap(real(f), remove); },
      [](sqlite3_file* f, sqlite3_int64 at, int n, void** out) { return of(f)->xFetch(real(f), at, n, out); },
      [](sqlite3_file* f, sqlite3_int64 at, void* p) { return of(f)->xUnfetch(real(f), at, p); },
  };
};

}  // namespace castner
