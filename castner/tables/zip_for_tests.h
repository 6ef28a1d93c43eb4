// SPDX-License-Identifier: Apache-2.0
/// Zips made in memory, for tests of the workbook reader.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace castner::tables {

/// @param parts  (name in the archive, content)
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace castner::tables
