// SPDX-License-Identifier: Apache-2.0
/// What a result says besides its numbers: a sentence, and where it is about one quantity, which, and what limit it leaves.
#pragma once

#include <limits>
#include <string>
#include <utility>

namespace castner {

struct Warning {
  // A warning about no single quantity is its sentence.
  Warning(std::string sentence) : text(std::move(sentence)) {}
  Warning(const char* sentence) : text(sentence) {}

  std::string text;                                         ///< in English; faces say it in the reader's language
  std::string path;                                         ///< of the quantity; empty: none
  double value = std::numeric_limits<double>::quiet_NaN();  ///< [unit]
  double limit = std::numeric_limits<double>::quiet_NaN();  ///< [unit]
  std::string unit;                                         ///< SI
  std::string source;  ///< key in docs/reference/references.md; empty: the limit is no published one
};

}  // namespace castner
