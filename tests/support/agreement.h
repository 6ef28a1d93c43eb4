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
  std::string validation;  ///< "V13", "P15", "IF97 table 15"
  std::string quantity;    ///< "steam kg/h"
  double published = 0.0;
  double computed = 0.0;
  double tolerance = 0.0;  ///< absolute, in the unit of the numbers; reason beside it in the test
  std::string source;      ///< "olsson-1997 table 2", "domain reference [C]"
};

inline void expect_agreement(const Agreement& a) {
  EXPECT_NEAR(a.computed, a.published, a.tolerance) << a.validation << ": " << a.quantity;
  if (const char* file = std::getenv("CASTNER_AGREEMENT")) {
    std::ofstream out(file, std::ios::app);
    out << std::setprecision(12) << a.validation << '\t' << a.quantity << '\t' << a.published << '\t' << a.computed
        << '\t' << a.tolerance << '\t' << a.source << '\n';
  }
}

}  // namespace castner::testing
