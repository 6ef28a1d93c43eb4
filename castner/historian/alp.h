// SPDX-License-Identifier: Apache-2.0
/// Doubles as integers, losslessly, as ALP does: 3.0521 V is 30521 with exponent 4.
///
/// ALP (Afroozeh, Kuffó, Boncz: "ALP: Adaptive Lossless floating-Point Compression", SIGMOD 2024; [afroozeh-2023])
/// encodes v as m = round(v * 10^e) where decoding gives v's own bits, and keeps the few others as exceptions. The
/// exponent e is chosen from a sample. ALP decodes with m * 10^f * 10^-e; here the decoding is one of three, each of
/// which some instrument or gateway does.
///
///     const auto encoded = alp_encode(values);           // nullopt: they are no decimals
///     alp_decode(encoded->scheme, integers_to_bits);     // exceptions are put back by the caller
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace castner::historian {

/// How a double is computed from an integer m and an exponent e. The codes stand in the file.
enum class Scaling : std::uint8_t {
  divided = 1,     ///< m / 10^e: what a decimal text reads as
  multiplied = 2,  ///< m * 10^-e: what a register times a scale gives
  single = 3,      ///< m / 10^e rounded to a 32-bit float: what OPC UA Float and Modbus float registers give
};
struct AlpScheme {
  Scaling scaling = Scaling::divided;
  unsigned exponent = 0;  ///< 0 to 15
};
inline constexpr unsigned kMostExponent = 15;

/// The double that m stands for. |m| < 2^53.
double alp_value(const AlpScheme&, std::int64_t m);

struct AlpEncoded {
  AlpScheme scheme;
  std::vector<std::int64_t> integers;     ///< one a value; of an exception, the integer before it again
  std::vector<std::uint32_t> exceptions;  ///< indices of values that are no decimals, ascending
};

/// Empty where more than one value in eight is an exception. Every other value has been decoded to its own bits.
std::optional<AlpEncoded> alp_encode(std::span<const double>);

/// Integers become the bits of their doubles.
void alp_decode(const AlpScheme&, std::span<std::uint64_t>);

}  // namespace castner::historian
