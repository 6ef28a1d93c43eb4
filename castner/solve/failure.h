// SPDX-License-Identifier: Apache-2.0
/// Why a fit that ended without an answer found none, and where to look.
#pragma once

#include <span>

#include "castner/solve/fit.h"
#include "castner/solve/report.h"

namespace castner::solve {

/// Sets status and advice. @param report  its worst_residuals are those of the fit
void tell_failure(const EquationSystem&, std::span<const Held>, const FitResult&, Report&);

}  // namespace castner::solve
