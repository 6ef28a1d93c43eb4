// SPDX-License-Identifier: Apache-2.0
// Whatever lies on the disk: a chunk is refused or well formed; and whatever readings are packed come back bit for bit.
#include <bit>
#include <cstdint>
#include <cstring>

#include "castner/base/check.h"
#include "castner/historian/chunk_codec.h"

using namespace castner;
using namespace castner::historian;

namespace {

void must_be_well_formed(const Columns& c) {
  std::size_t counted = 0;
  for (const auto& run : c.runs) counted += run.count;
  check(counted == c.size() && c.arrivals.size() == counted && c.statuses.size() == counted &&
            c.kinds.size() == counted && c.bits.size() == counted,
        "all columns have one length, that of the runs");
  for (std::size_t k = 0; k < counted; ++k)
    if (c.kinds[k] == Kind::text) check(c.bits[k] < c.texts.size(), "a text has its place");
}

/// A value of each kind: whole, yes or no, text of up to 15 bytes, a rounded number, and most often any double there is.
readings::Value value_of(const std::uint8_t* data, std::uint64_t bits, std::int32_t step) {
  switch (data[15] % 8) {
    case 0: return static_cast<std::int64_t>(bits);
    case 1: return bits % 2 == 1;
    case 2: return std::string(reinterpret_cast<const char*>(data), bits % 16);
    case 3: return static_cast<double>(step % 100000) / 10.0;  // as transmitters send
    default: return std::bit_cast<double>(bits);
  }
}

/// Sixteen bytes make a reading: how it differs from the one before, and its value.
Columns columns_of(const std::uint8_t* data, std::size_t size) {
  Columns c;
  // Unsigned, so that a time may run over the end of the calendar and come back.
  std::uint64_t time = 1'795'000'000'000'000'000;
  const auto at = [](std::uint64_t ns) { return Time(std::chrono::nanoseconds(static_cast<std::int64_t>(ns))); };
  for (; size >= 16; data += 16, size -= 16) {
    std::uint64_t bits;
    std::int32_t step;
    std::memcpy(&bits, data, sizeof bits);
    std::memcpy(&step, data + 8, sizeof step);
    time += static_cast<std::uint64_t>(std::int64_t{step}) << (data[12] % 32);
    readings::Reading r{.time = at(time), .value = value_of(data, bits, step)};
    r.status = static_cast<readings::StatusCode>(std::uint32_t{data[13]} << 24);
    r.arrival = at(time + (std::uint64_t{data[14]} << (data[14] % 24)));
    c.push(static_cast<TagId>(data[15] / 64), r);
  }
  return c;
}

bool same(const Columns& a, const Columns& b) {
  return a.runs == b.runs && a.times == b.times && a.arrivals == b.arrivals && a.statuses == b.statuses &&
         a.kinds == b.kinds && a.bits == b.bits && a.texts == b.texts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = unpack(bytes);
  if (read) must_be_well_formed(*read);
  const Columns c = columns_of(data, size);
  Columns used = c;
  check(unpack(bytes, used).has_value() == read.has_value() && (!read || same(used, *read)),
        "what columns held before makes no difference");
  std::string packed = pack(c);
  const auto back = unpack(packed);
  check(back.has_value(), "what was packed is read");
  check(same(*back, c), "and is what it was, bit for bit");
  check(unpack(packed, used).has_value() && same(used, c), "also where other readings were before");
  if (size == 0 || packed.empty()) return 0;
  packed[(data[0] * std::size_t{257} + size) % packed.size()] ^= static_cast<char>(1 << data[size - 1] % 8);
  if (const auto damaged = unpack(packed)) must_be_well_formed(*damaged);
  check(!unpack(std::string_view(packed).substr(0, packed.size() / 2)) || packed.size() < 2, "half a chunk is none");
  return 0;
}
