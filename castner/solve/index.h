// SPDX-License-Identifier: Apache-2.0
/// Signed indices, as sparse patterns hold them, used where the standard library wants unsigned ones.
#pragma once

#include <cstddef>

namespace castner::solve {

inline constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }
template <class Container>
constexpr int count(const Container& c) {
  return static_cast<int>(c.size());
}

}  // namespace castner::solve
