// SPDX-License-Identifier: Apache-2.0
#include "castner/service/open_store.h"

#include "castner/historian/memory_store.h"
#include "castner/historian/sqlite_store.h"
#include "castner/store_victoria/victoria_store.h"

namespace castner::service {

Result<std::unique_ptr<historian::Store>> open_store(const std::string& url, std::chrono::nanoseconds clock_tolerance) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url == "memory:") return std::make_unique<historian::MemoryStore>(clock_tolerance);
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size())
    return historian::SqliteStore::open(url.substr(kSqlite.size()), {.clock_tolerance = clock_tolerance})
        .map([](auto s) { return std::unique_ptr<historian::Store>(std::move(s)); });
  if (url.starts_with("http://") || url.starts_with("https://"))
    return store_victoria::VictoriaStore::open(url, clock_tolerance).map([](auto s) {
      return std::unique_ptr<historian::Store>(std::move(s));
    });
  return bad_input("", "\"" + url + "\" names no store", "sqlite:PATH is one, http://HOST:8428 another");
}

}  // namespace castner::service
