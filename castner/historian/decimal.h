// SPDX-License-Identifier: Apache-2.0
/// Finds the whole numbers behind an instrument's decimals: 3.0521 V is 30521 steps of 0.1 mV.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace castner::historian {

/// How a double comes out of a whole number m, digits k: each way is what some instrument or gateway does.
enum class Way : std::uint8_t {
  divided = 1,     ///< m / 10^k: what a decimal text reads as
  multiplied = 2,  ///< m * 10^-k: what a register times a scale gives
  single = 3,      ///< m / 10^k rounded to a 32-bit float: what OPC UA Float and Modbus float registers give
};
struct Decimal {
  Way way = Way::divided;
  unsigned digits = 0;  ///< 0 to 15
};
inline constexpr unsigned kMostDigits = 15;

/// The double that m stands for. |m| < 2^53.
double evaluate(const Decimal&, std::int64_t m);

/// Values as whole numbers and those few that are none.
struct Decimals {
  Decimal decimal;
  std::vector<std::int64_t> whole;        ///< one a value; where it is no decimal, the one before it again
  std::vector<std::uint32_t> exceptions;  ///< places of those that are not; ascending
};

/// Empty where more than one value in eight is no decimal. Every other value has been evaluated back to its own bits.
std::optional<Decimals> decimals_of(std::span<const double>);

/// evaluate() for many at once: whole numbers become the bits of their doubles.
void evaluate_all(const Decimal&, std::span<std::uint64_t>);

}  // namespace castner::historian
