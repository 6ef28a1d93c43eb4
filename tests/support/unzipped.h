// SPDX-License-Identifier: Apache-2.0
/// What a gzipped file of the tree holds.
#pragma once

#include <array>
#include <cstdio>
#include <string>

namespace castner::testing {

/// Nothing where it cannot be read.
inline std::string unzipped(const std::string& path) {
  std::string all;
  auto* const pipe = popen(("gzip -dc '" + path + "'").c_str(), "r");
  if (!pipe) return all;
  std::array<char, 1 << 16> some;
  for (std::size_t n; (n = fread(some.data(), 1, some.size(), pipe)) > 0;) all.append(some.data(), n);
  return pclose(pipe) == 0 ? all : std::string();
}

}  // namespace castner::testing
