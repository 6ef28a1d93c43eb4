// SPDX-License-Identifier: Apache-2.0
/// Where the source tree lies, for tests that read the example plants and the published tables.
#pragma once

#include <string>

namespace castner::testing {

std::string root();

}  // namespace castner::testing
