// SPDX-License-Identifier: Apache-2.0
/// Compares a computed number with a published one, fails the test where they disagree, and keeps the row for
/// docs/validation.md (written by `make validation`, which sets CASTNER_AGREEMENT to a file to append to).
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <string>

namespace castner::testing {

struct Agreement {
  std::string validation;  ///< named after its source: "IF97 table 15", "Olsson 1997, density"
  std::string quantity;    ///< "steam kg/h"
  double published = 0.0;
  double computed = 0.0;
  double tolerance = 0.0;  ///< absolute, in the unit of the numbers; reason beside it in the test
  std::string source;      ///< a key of docs/reference/references.md, then how: "geankoplis, printed"
};

inline void expect_agreement(const Agreement& a) {
  EXPECT_NEAR(a.computed, a.published, a.tolerance) << a.validation << ": " << a.quantity;
  if (const char* file = std::getenv("CASTNER_AGREEMENT")) {
    std::ofstream out(file, std::ios::app);
    out << std::setprecision(12) << a.validation << '\t' << a.quantity << '\t' << a.published << '\t' << a.computed
        << '\t' << a.tolerance << '\t' << a.source << '\n';
  }
}

/// A value computed in docs/domain; the tolerance is half a unit of its last digit unless a reason stands beside.
inline void spot(const char* where, const char* quantity, double published, double computed, double tolerance) {
  expect_agreement({where, quantity, published, computed, tolerance, "domain-reference, computed"});
}

}  // namespace castner::testing
