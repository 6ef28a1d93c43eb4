// SPDX-License-Identifier: Apache-2.0
/// The pages: every file of one folder, read once at the start and looked up by name, so that no path can lead elsewhere.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "castner/base/error.h"
#include "castner/http/http.h"
#include "castner/http/target.h"

namespace castner::http {

/// `x.js.br` and `x.js.gz` beside `x.js` are the same, compressed; text without a `.gz` is compressed at the start.
/// Names with a hash in them (`assets/index-BX3f9a2c.js`) may be kept by a browser for ever; others are asked for each time (ETag).
class StaticFiles {
 public:
  static constexpr std::size_t kMostBytes = 64u << 20;

  /// An empty folder name: no pages. world_refused where it cannot be read; bad_input where it has no index.html or is too large.
  [[nodiscard]] static Result<StaticFiles> read(const std::string& folder);

  /// A page, 304, or, where there is no such file, index.html for what a browser asks as a page (no dot in the last part of the
  /// path); 404 else. `https`: HSTS goes with it.
  Response answer(const Request&, const Target&) const;
  bool empty() const { return files_.empty(); }

 private:
  struct File {
    std::shared_ptr<const std::string> plain, gzip, brotli;
    std::string type, etag;
    bool for_ever = false;
  };
  std::map<std::string, File, std::less<>> files_;  ///< by path from the folder: "assets/index-BX3f9a2c.js"
};

/// Headers that go with every answer: what a browser must not do with it.
void add_security_headers(Response&, bool tls);

}  // namespace castner::http
