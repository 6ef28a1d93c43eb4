// SPDX-License-Identifier: Apache-2.0
#include "castner/http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <new>

#include "castner/base/check.h"

namespace castner::http {
namespace {

constexpr int kGzip = 15 + 16;  // zlib's way to say: the largest window, and gzip's header

Bytef* bytes_of(std::string_view s) { return reinterpret_cast<Bytef*>(const_cast<char*>(s.data())); }

/// zlib's memory runs out as any other does.
void begun(int code) {
  if (code == Z_MEM_ERROR) throw std::bad_alloc();
  check(code == Z_OK, "zlib starts");
}

/// zlib's state, given back whatever is thrown meanwhile.
struct Packing {
  z_stream z{};
  explicit Packing(int level) { begun(deflateInit2(&z, level, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY)); }
  ~Packing() { deflateEnd(&z); }
};
struct Unpacking {
  z_stream z{};
  explicit Unpacking(std::string_view packed) {
    begun(inflateInit2(&z, kGzip));
    z.next_in = bytes_of(packed);
    z.avail_in = static_cast<uInt>(packed.size());
  }
  ~Unpacking() { inflateEnd(&z); }
};

}  // namespace

std::string gzip(std::string_view text, int level) {
  Packing packing(level);
  auto& z = packing.z;
  std::string out(deflateBound(&z, text.size()), '\0');
  z.next_in = bytes_of(text);
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = bytes_of(out);
  z.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  check(done == Z_STREAM_END, "the bound suffices");
  return out;
}

std::size_t unpacked_size(std::string_view packed) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4 && packed.size() >= 18; ++i)  // the four last bytes, the least first (RFC 1952)
    size |= std::size_t{static_cast<unsigned char>(packed[packed.size() - 4 + i])} << 8 * i;
  return size;
}

Error packed_fault(std::string_view packed, std::size_t limit) {
  const auto says = [](std::string what, const char* cure) {
    return Error{ErrorCode::bad_input, {{"body", std::move(what), cure}}};
  };
  Unpacking unpacking(packed);
  auto& z = unpacking.z;
  std::string some(std::size_t{1} << 16, '\0');  // it is counted, not kept
  int step = Z_OK;
  while (step == Z_OK && z.total_out <= limit) {
    z.next_out = bytes_of(some);
    z.avail_out = static_cast<uInt>(some.size());
    step = inflate(&z, Z_NO_FLUSH);
    if (step == Z_OK && z.avail_in == 0 && z.avail_out > 0) break;
  }
  const auto left = z.avail_in;
  const bool larger = z.total_out > limit;
  if (larger) return says("is larger than " + std::to_string(limit) + " bytes when unpacked", "send less at once");
  if (step == Z_OK || step == Z_BUF_ERROR) return says("is cut off: its gzip has no end", "send it again");
  if (step == Z_STREAM_END && left > 0 && packed.substr(packed.size() - left).starts_with("\x1F\x8B"))
    return says("is several gzips one after another", "pack all of it as one, or send them one by one");
  if (step == Z_STREAM_END && left > 0) return says("goes on behind the end of its gzip", "leave out what follows it");
  return says("is no gzip, or a damaged one", "send it again");
}

Result<std::string> gunzip(std::string_view packed, std::size_t limit) {
  Unpacking unpacking(packed);
  auto& z = unpacking.z;
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
  const bool whole = step == Z_STREAM_END && z.avail_in == 0 && out.size() <= limit;
  if (!whole) return tl::unexpected(packed_fault(packed, limit));
  return out;
}

}  // namespace castner::http
