// SPDX-License-Identifier: Apache-2.0
/// A file that a command writes is none that it reads, and no other that it writes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"

namespace castner::app {

struct NamedFile {
  std::string_view name;  ///< as --help has it: "DATA", "--html"
  std::string path;       ///< "" where the person named none
};

/// Every file to be written that would replace one that is read, or one written before it, also by another path or a link. Devices
/// and pipes replace nothing.
[[nodiscard]] Result<void> check_written(const std::vector<NamedFile>& read, const std::vector<NamedFile>& written);

}  // namespace castner::app
