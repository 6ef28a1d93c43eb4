// SPDX-License-Identifier: Apache-2.0
/// An expression held at zero, as a unit of the plant with one equation.
#pragma once

#include <memory>
#include <vector>

#include "castner/expression/expression.h"
#include "castner/plant/unit.h"

namespace castner::plant_file {

/// @param variables  what expression.names() stand for, in that order; their start and nominal size scale the residual
/// @param equation   its name: "residual"
std::unique_ptr<plant::Unit> equation_unit(std::shared_ptr<const expression::Expression> expression,
                                           std::vector<Variable> variables, std::string equation);

}  // namespace castner::plant_file
