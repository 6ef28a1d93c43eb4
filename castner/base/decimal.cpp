// SPDX-License-Identifier: Apache-2.0
#include "castner/base/decimal.h"

#include <cmath>
#include <cstdlib>
#include <string>

namespace castner {

std::from_chars_result read_decimal(const char* first, const char* last, double& value) {
  auto result = std::from_chars(first, last, value);
  if (result.ec != std::errc::result_out_of_range) return result;
  // Only which side of the range it is on is asked of strtod, so its locale does not matter: zero, or beyond all doubles.
  const double nearest = std::strtod(std::string(first, result.ptr).c_str(), nullptr);
  if (std::fabs(nearest) > 1.0) return result;
  value = *first == '-' ? -0.0 : 0.0;
  result.ec = std::errc{};
  return result;
}

}  // namespace castner
