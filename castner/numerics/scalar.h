// SPDX-License-Identifier: Apache-2.0
/// The closed list of scalars that every model is compiled for, so that templates live in .cpp files.
#pragma once

#include "castner/numerics/dual.h"

namespace castner {

using Dual1 = Dual<double, 8>;           ///< eight first derivatives
using Dual2 = Dual<Dual<double, 4>, 4>;  ///< a 4 x 4 block of second derivatives

/// Explicit instantiation: CASTNER_FOR_EACH_SCALAR(DO) with `#define DO(T) template T f<T>(const T&);`
#define CASTNER_FOR_EACH_SCALAR(DO) DO(double) DO(::castner::Dual1) DO(::castner::Dual2)

}  // namespace castner
