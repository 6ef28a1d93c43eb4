// SPDX-License-Identifier: Apache-2.0
#include "castner/http/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "castner/base/check.h"

namespace castner::http {
namespace {

constexpr int kGzip = 15 + 16;  // zlib's way to say: the largest window, and gzip's header

Bytef* bytes_of(std::string_view s) { return reinterpret_cast<Bytef*>(const_cast<char*>(s.data())); }

}  // namespace

std::string gzip(std::string_view text, int level) {
  z_stream z{};
  check(deflateInit2(&z, level, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib starts");
  std::string out(deflateBound(&z, text.size()), '\0');
  z.next_in = bytes_of(text);
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = bytes_of(out);
  z.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  check(done == Z_STREAM_END, "the bound suffices");
  return out;
}

std::size_t unpacked_size(std::string_view packed) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4 && packed.size() >= 18; ++i)  // the four last bytes, the least first (RFC 1952)
    size |= std::size_t{static_cast<unsigned char>(packed[packed.size() - 4 + i])} << 8 * i;
  return size;
}

Result<std::string> gunzip(std::string_view packed, std::size_t limit) {
  z_stream z{};
  check(inflateInit2(&z, kGzip) == Z_OK, "zlib starts");
  z.next_in = bytes_of(packed);
  z.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  int step = Z_OK;
  while (step == Z_OK && out.size() <= limit) {
    const std::size_t have = out.size();
    out.resize(std::min(std::max<std::size_t>(4 * have, 8 * packed.size() + 1024), limit + 1));
    z.next_out = bytes_of(out) + have;
    z.avail_out = static_cast<uInt>(out.size() - have);
    step = inflate(&z, Z_NO_FLUSH);
    out.resize(out.size() - z.avail_out);
    if (step == Z_OK && z.avail_in == 0 && z.avail_out > 0) break;  // cut off
  }
  const bool whole = step == Z_STREAM_END && z.avail_in == 0;
  inflateEnd(&z);
  if (out.size() > limit)
    return bad_input("body", "is larger than " + std::to_string(limit) + " bytes when unpacked", "send less at once");
  if (!whole) return bad_input("body", "is no whole gzip", "send it again");
  return out;
}

}  // namespace castner::http
