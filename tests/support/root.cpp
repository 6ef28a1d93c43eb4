// SPDX-License-Identifier: Apache-2.0
// The only file that is compiled with the tree's path: every other object is the same in each checkout, so that all share
// one compiler cache.
#include "tests/support/root.h"

std::string castner::testing::root() { return CASTNER_ROOT; }
