// SPDX-License-Identifier: Apache-2.0
// A block is the bytes of its columns, compressed (docs/formats/historian_file.md has the layout):
//  1. Statuses and kinds become runs.
//  2. Times become integers in units of their greatest common divisor; arrivals likewise, as they are or as the lag.
//  3. Doubles become integers by ALP (alp.h, [afroozeh-2023]); those that are no decimals the XOR with their neighbour,
//     as in Gorilla [pelkonen-2015].
//  4. Integers are predicted: by a base (frame of reference), by the one before (delta), or by a line through the two
//     before (Gorilla's delta of delta). A sample chooses. The zigzag of the residuals is kept.
//  5. Residuals are laid out as byte planes (integers.h) and compressed by zstd, a block for each plane, so that each
//     gets an entropy table of its own.
//  6. zstd's checksum covers the content. Reading takes these steps backwards and checks every length.
#include "castner/historian/chunk_codec.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <span>

#include "castner/base/check.h"
#include "castner/historian/alp.h"
#include "castner/historian/integers.h"

namespace castner::historian {
namespace {

using Words = std::vector<std::uint64_t>;
using Span = std::span<const std::uint64_t>;
constexpr std::uint64_t kVersion = 1;
// Residuals are noise: a higher level compresses them no further, and matches shorter than seven bytes are accidents that cost
// more than they save (measured: 0.31 against 0.34 bytes where the entropy is 0.27).
constexpr int kLevel = 1, kShortestMatch = 7;

/// How integers are predicted; the zigzag of the residual is kept.
enum class Predictor : std::uint8_t {
  base = 0,    ///< one integer for all (frame of reference): for noise
  last = 1,    ///< the one before (delta): for what drifts
  linear = 2,  ///< a line through the two before (Gorilla's delta of delta): for what grows evenly
};

std::uint64_t predicted(Predictor how, Span v, std::size_t i, std::uint64_t base) {
  if (i == 0 || how == Predictor::base) return base;
  return how == Predictor::last || i == 1 ? v[i - 1] : 2 * v[i - 1] - v[i - 2];
}

/// The same bits; C++ lets an integer be accessed with and without its sign.
Span words(const std::vector<std::int64_t>& v) { return {reinterpret_cast<const std::uint64_t*>(v.data()), v.size()}; }
std::span<std::uint64_t> words(std::vector<std::int64_t>& v) {
  return {reinterpret_cast<std::uint64_t*>(v.data()), v.size()};
}

/// Memory for n values. Each thread keeps that of a chunk for the next: allocating and zeroing it anew costs 5 %.
template <class T>
class Scratch {
 public:
  Scratch(std::vector<T>& kept, std::size_t n) {
    constexpr std::size_t kMostKept = 16'384;
    auto& all = n > kMostKept ? own_ : kept;
    if (all.size() < n) all.resize(n);
    span_ = std::span(all).first(n);
  }
  Scratch(const Scratch&) = delete;
  std::span<T> operator*() const { return span_; }

 private:
  std::vector<T> own_;
  std::span<T> span_;
};

constexpr std::size_t kSample = 128;  // values looked at to choose a predictor; they tell half a bit from none

/// The base: about the mean; arithmetic wraps around.
std::uint64_t level_of(Span v) {
  double sum = 0;
  const auto stride = std::max<std::size_t>(1, v.size() / kSample);
  std::size_t n = 0;
  for (std::size_t i = 0; i < v.size(); i += stride, ++n)
    sum += static_cast<double>(static_cast<std::int64_t>(v[i] - v[0]));
  const auto mean = sum / static_cast<double>(n);
  return v[0] + (std::fabs(mean) < 1e15 ? static_cast<std::uint64_t>(static_cast<std::int64_t>(mean)) : 0);
}

/// Bits that the residuals of a sample take.
std::size_t bits_of(Predictor how, Span v, std::uint64_t base) {
  std::size_t bits = 0;
  const auto stride = std::max<std::size_t>(1, v.size() / kSample);
  for (std::size_t i = 1; i < v.size(); i += stride)
    bits += static_cast<std::size_t>(std::bit_width(zigzag(v[i] - predicted(how, v, i, base))));
  return bits;
}

/// Residuals of the predictor that needs the fewest bits (arithmetic wraps around, so nothing is lost at the ends of the range).
void put_numbers(Packer& to, Span v) {
  if (v.empty()) return;
  const auto level = level_of(v);
  auto how = Predictor::base;
  auto least = bits_of(how, v, level);
  for (const auto other : {Predictor::last, Predictor::linear})
    if (const auto bits = bits_of(other, v, level); bits < least) {
      least = bits;
      how = other;
    }
  const auto base = how == Predictor::base ? level : v[0];
  to.byte(static_cast<std::uint8_t>(how));
  to.varint(zigzag(base));
  static thread_local Words kept;
  const Scratch scratch(kept, v.size());
  const auto z = *scratch;
  const std::size_t first = std::min<std::size_t>(v.size(), 2);
  for (std::size_t i = 0; i < first; ++i) z[i] = zigzag(v[i] - predicted(how, v, i, base));
  // As predicted() says, one loop for each predictor, which the compiler vectorises.
  if (how == Predictor::base)
    for (auto i = first; i < v.size(); ++i) z[i] = zigzag(v[i] - base);
  else if (how == Predictor::last)
    for (auto i = first; i < v.size(); ++i) z[i] = zigzag(v[i] - v[i - 1]);
  else
    for (auto i = first; i < v.size(); ++i) z[i] = zigzag(v[i] - 2 * v[i - 1] + v[i - 2]);
  to.integers(z);
}

/// start + unit * integer, in one pass, since memory takes the time.
void get_numbers(Unpacker& from, std::span<std::uint64_t> v, std::uint64_t unit = 1, std::uint64_t start = 0) {
  if (v.empty()) return;
  const auto how = static_cast<Predictor>(from.byte());
  if (how > Predictor::linear) from.fail();
  const auto base = start + unit * unzigzag(from.varint());
  from.integers(v);
  if (how == Predictor::base)
    for (auto& x : v) x = base + unit * unzigzag(x);
  else if (how == Predictor::last)
    for (auto before = base; auto& x : v) x = before += unit * unzigzag(x);
  else {
    // As predicted() says: the first step is from `base`, and only from the second on is it carried along.
    std::uint64_t before = v[0] = base + unit * unzigzag(v[0]), step = 0;
    for (std::size_t i = 1; i < v.size(); ++i) v[i] = before += step += unit * unzigzag(v[i]);
  }
}

/// Times in steps of their greatest common divisor: a reading a second costs nothing, and jitter of 1 ms counts in ms.
void put_times(Packer& to, Span t) {
  std::uint64_t unit = 0;
  for (std::size_t i = 1; i < t.size() && unit != 1; ++i) {
    const auto d = t[i] - t[i - 1], size = d >> 63 ? 0 - d : d;
    if (size == unit || size == 0) continue;
    if (unit == 0 || size % unit != 0) unit = std::gcd(unit, size);
  }
  if (unit == 0 || unit > std::numeric_limits<std::int64_t>::max()) unit = 1;
  to.varint(unit);
  to.varint(zigzag(t.empty() ? 0 : t[0]));
  static thread_local Words kept;
  const Scratch scratch(kept, t.size());
  const auto steps = *scratch;
  if (!t.empty()) steps[0] = 0;
  std::int64_t before = 0, quotient = 0;
  for (std::size_t i = 1; i < t.size(); ++i) {
    const auto d = static_cast<std::int64_t>(t[i] - t[i - 1]);
    if (d != before) quotient = d / static_cast<std::int64_t>(unit);  // division is slow, and steps repeat
    before = d;
    steps[i] = steps[i - 1] + static_cast<std::uint64_t>(quotient);
  }
  put_numbers(to, steps);
}

void get_times(Unpacker& from, std::span<std::uint64_t> t) {
  const auto unit = from.varint(), start = unzigzag(from.varint());
  get_numbers(from, t, unit, start);
}

template <class T>
void put_runs(Packer& to, std::span<const T> v) {
  for (std::size_t i = 0; i < v.size();) {
    auto end = i + 1;
    while (end < v.size() && v[end] == v[i]) ++end;
    to.varint(static_cast<std::uint64_t>(v[i]));
    to.varint(end - i);
    i = end;
  }
}

template <class T>
void get_runs(Unpacker& from, std::span<T> v, std::uint64_t most) {
  while (!v.empty() && from.ok()) {
    const auto x = from.varint(), count = from.varint();
    if (x > most || count == 0 || count > v.size()) from.fail();
    if (!from.ok()) return;
    std::fill_n(v.begin(), count, static_cast<T>(x));
    v = v.subspan(count);
  }
}

/// Doubles by ALP where they are decimals, else the XOR of neighbours (Gorilla).
void put_reals(Packer& to, std::span<const double> v) {
  const auto decimals = alp_encode(v);
  if (!decimals) {
    to.byte(0);
    Words x(v.size());
    for (std::size_t i = 0; i < v.size(); ++i)
      x[i] = std::bit_cast<std::uint64_t>(v[i]) ^ (i == 0 ? 0 : std::bit_cast<std::uint64_t>(v[i - 1]));
    to.integers(x);
    return;
  }
  to.byte(static_cast<std::uint8_t>(decimals->scheme.scaling));
  to.byte(static_cast<std::uint8_t>(decimals->scheme.exponent));
  to.varint(decimals->exceptions.size());
  std::size_t before = 0;
  for (const auto at : decimals->exceptions) {
    to.varint(at - before);
    to.fixed(std::bit_cast<std::uint64_t>(v[at]));
    before = at;
  }
  put_numbers(to, words(decimals->integers));
}

void get_reals(Unpacker& from, std::span<std::uint64_t> v) {
  const auto scaling = from.byte();
  if (scaling == 0) {
    from.integers(v);
    for (std::size_t i = 1; i < v.size(); ++i) v[i] ^= v[i - 1];
    return;
  }
  const AlpScheme scheme{static_cast<Scaling>(scaling), from.byte()};
  if (scaling > static_cast<std::uint8_t>(Scaling::single) || scheme.exponent > kMostExponent) from.fail();
  const auto count = from.varint();
  if (count > v.size()) from.fail();
  std::vector<std::pair<std::size_t, std::uint64_t>> exceptions;
  for (std::size_t at = 0, i = 0; i < count && from.ok(); ++i) {
    at += from.varint();
    const auto bits = from.fixed();
    if (at < v.size())
      exceptions.emplace_back(at, bits);
    else
      from.fail();
  }
  get_numbers(from, v);
  if (!from.ok()) return;
  alp_decode(scheme, v);
  for (const auto& [at, bits] : exceptions) v[at] = bits;
}

/// Some of the readings of columns, without a copy.
struct Slice {
  Slice(const Columns& c, std::size_t begin, std::size_t end, std::span<const Columns::Run> r)
      : runs(r),
        times(words(c.times).subspan(begin, end - begin)),
        arrivals(words(c.arrivals).subspan(begin, end - begin)),
        statuses(std::span(c.statuses).subspan(begin, end - begin)),
        kinds(std::span(c.kinds).subspan(begin, end - begin)),
        bits(Span(c.bits).subspan(begin, end - begin)),
        texts(&c.texts) {}
  std::span<const Columns::Run> runs;
  Span times, arrivals;
  std::span<const std::uint32_t> statuses;
  std::span<const Kind> kinds;
  Span bits;
  const std::vector<std::string>* texts;
};

void put_values(Packer& to, const Slice& c) {
  if (c.kinds.empty()) return;
  const bool alike = std::adjacent_find(c.kinds.begin(), c.kinds.end(), std::not_equal_to<>()) == c.kinds.end();
  if (alike && c.kinds.front() == Kind::integer) return put_numbers(to, c.bits);
  if (alike && c.kinds.front() == Kind::real) {
    static thread_local std::vector<double> kept;
    const Scratch scratch(kept, c.bits.size());
    const auto all = *scratch;
    std::memcpy(all.data(), c.bits.data(), c.bits.size() * sizeof(double));
    return put_reals(to, all);
  }
  std::vector<double> reals;
  Words integers, booleans;
  std::vector<const std::string*> texts;
  for (std::size_t i = 0; i < c.kinds.size(); ++i) switch (c.kinds[i]) {
      case Kind::real: reals.push_back(std::bit_cast<double>(c.bits[i])); break;
      case Kind::integer: integers.push_back(c.bits[i]); break;
      case Kind::boolean: booleans.push_back(c.bits[i]); break;
      case Kind::text: texts.push_back(&(*c.texts)[c.bits[i]]); break;
    }
  if (!reals.empty()) put_reals(to, reals);
  if (!integers.empty()) put_numbers(to, integers);
  if (!booleans.empty()) put_runs(to, Span(booleans));
  if (texts.empty()) return;
  to.cut();
  for (const auto* t : texts) {
    to.varint(t->size());
    to.raw(*t);
  }
}

void get_values(Unpacker& from, Columns& c) {
  std::size_t count[4] = {};
  for (const auto k : c.kinds) ++count[static_cast<std::size_t>(k)];
  c.bits.resize(c.size());
  if (c.empty()) return;
  if (count[0] == c.size()) return get_reals(from, c.bits);
  Words by_kind[4];
  for (std::size_t k = 0; k < 4; ++k) by_kind[k].resize(count[k]);
  if (count[0] > 0) get_reals(from, by_kind[0]);
  get_numbers(from, by_kind[1]);
  get_runs<std::uint64_t>(from, by_kind[2], 1);
  for (std::size_t i = 0; i < count[3] && from.ok(); ++i) c.texts.emplace_back(from.raw(from.varint()));
  std::iota(by_kind[3].begin(), by_kind[3].end(), 0);
  if (!from.ok()) return;
  std::size_t next[4] = {};
  for (std::size_t i = 0; i < c.size(); ++i) {
    const auto k = static_cast<std::size_t>(c.kinds[i]);
    c.bits[i] = by_kind[k][next[k]++];
  }
}

struct FreeZstd {
  void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
  void operator()(ZSTD_DCtx* c) const { ZSTD_freeDCtx(c); }
};

/// One zstd frame; each piece of the packer gets a block of its own, and so an entropy table.
std::string compress(const Packer& packed) {
  static thread_local const std::unique_ptr<ZSTD_CCtx, FreeZstd> context(ZSTD_createCCtx());
  auto* z = context.get();
  check(z != nullptr, "zstd has memory for a context");
  ZSTD_CCtx_reset(z, ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(z, ZSTD_c_minMatch, kShortestMatch);
  ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
  const auto& bytes = packed.bytes();
  ZSTD_CCtx_setPledgedSrcSize(z, bytes.size());
  static thread_local std::vector<char> kept;
  const Scratch scratch(kept, ZSTD_compressBound(bytes.size()) + 32 * (packed.cuts().size() + 1));
  const auto out = *scratch;
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  std::size_t from = 0;
  const auto piece = [&](std::size_t end, ZSTD_EndDirective how) {
    ZSTD_inBuffer in{bytes.data() + from, end - from, 0};
    from = end;
    const auto left = ZSTD_compressStream2(z, &to, &in, how);
    check(!ZSTD_isError(left) && left == 0, "the output is as long as zstd may need");
  };
  for (const auto cut : packed.cuts())
    if (cut < bytes.size()) piece(cut, ZSTD_e_flush);
  piece(bytes.size(), ZSTD_e_end);
  return {out.data(), to.pos};
}

struct Bytes {
  std::unique_ptr<char[]> data;
  std::size_t size = 0;
};

Result<Bytes> decompress(std::string_view block) {
  static thread_local const std::unique_ptr<ZSTD_DCtx, FreeZstd> context(ZSTD_createDCtx());
  const auto size = ZSTD_getFrameContentSize(block.data(), block.size());
  constexpr auto kMost = 64 * kMostInBlock + kMostTextInBlock;
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMost)
    return world_refused("", "a block of readings does not begin as one");
  Bytes bytes{std::make_unique_for_overwrite<char[]>(size), size};
  const auto got = ZSTD_decompressDCtx(context.get(), bytes.data.get(), size, block.data(), block.size());
  if (ZSTD_isError(got))
    return world_refused("", std::string("a block of readings is damaged: ") + ZSTD_getErrorName(got));
  if (got != size) return world_refused("", "a block of readings is shorter than it says");
  return bytes;
}

/// Arrivals by themselves (one upload has one arrival) or as the lag behind the reading's time (a scan a second has one lag).
void put_arrivals(Packer& to, Span times, Span alone) {
  static thread_local Words kept;
  const Scratch scratch(kept, alone.size());
  const auto lag = *scratch;
  for (std::size_t i = 0; i < lag.size(); ++i) lag[i] = alone[i] - times[i];
  const bool by_lag = bits_of(Predictor::last, lag, 0) <= bits_of(Predictor::last, alone, 0);
  to.byte(by_lag);
  put_times(to, by_lag ? Span(lag) : alone);
}

std::string pack(const Slice& c) {
  check(c.times.size() <= kMostInBlock, "a block of readings is cut before it is too long");
  Packer to;
  to.varint(kVersion);
  to.varint(c.times.size());
  to.varint(c.runs.size());
  for (const auto& run : c.runs) {
    to.varint(static_cast<std::uint64_t>(run.tag));
    to.varint(run.count);
  }
  put_runs(to, c.statuses);
  put_runs(to, c.kinds);
  put_times(to, c.times);
  put_arrivals(to, c.times, c.arrivals);
  put_values(to, c);
  return compress(to);
}

}  // namespace

std::string pack(const Columns& c) { return pack(Slice(c, 0, c.size(), c.runs)); }
std::string pack(TagId tag, const Columns& c, std::size_t begin, std::size_t end) {
  const Columns::Run run{tag, static_cast<std::uint32_t>(end - begin)};
  return pack(Slice(c, begin, end, std::span(&run, end > begin)));
}

Result<Columns> unpack(std::string_view block) {
  Columns c;
  if (auto done = unpack(block, c); !done) return tl::unexpected(done.error());
  return c;
}

Result<void> unpack(std::string_view block, Columns& c) {
  const auto bytes = decompress(block);
  if (!bytes) return tl::unexpected(bytes.error());
  Unpacker from({bytes->data.get(), bytes->size});
  if (const auto version = from.varint(); version != kVersion)
    return world_refused("", "a block of readings has layout " + std::to_string(version) + ", not 1",
                         "read it with the Castner that wrote it or a newer one");
  c.runs.clear();
  c.texts.clear();
  const auto n = from.varint();
  const auto run_count = from.varint();
  if (n > kMostInBlock || run_count > n) from.fail();
  std::uint64_t in_runs = 0;
  for (std::uint64_t i = 0; i < run_count && from.ok(); ++i) {
    const auto tag = from.varint(), count = from.varint();
    in_runs += count;
    if (tag > ~std::uint32_t{0} || count > n || in_runs > n) from.fail();
    c.runs.push_back({TagId(static_cast<std::uint32_t>(tag)), static_cast<std::uint32_t>(count)});
  }
  if (!from.ok() || in_runs != n) return world_refused("", "a block of readings contradicts itself");
  c.statuses.resize(n);
  get_runs(from, std::span(c.statuses), ~std::uint32_t{0});
  c.kinds.resize(n);
  get_runs(from, std::span(c.kinds), static_cast<std::uint64_t>(Kind::text));
  c.times.resize(n);
  get_times(from, words(c.times));
  const bool by_lag = from.byte() == 1;
  c.arrivals.resize(n);
  const auto arrivals = words(c.arrivals);
  get_times(from, arrivals);
  if (by_lag)
    for (std::size_t i = 0; i < n; ++i) arrivals[i] += static_cast<std::uint64_t>(c.times[i]);
  if (from.ok()) get_values(from, c);
  if (!from.ok() || !from.at_end()) return world_refused("", "a block of readings contradicts itself");
  return {};
}

}  // namespace castner::historian
