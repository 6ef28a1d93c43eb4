// SPDX-License-Identifier: Apache-2.0
/// Moves a file that cannot be read out of the way.
#pragma once

#include <string>

#include "castner/base/error.h"

namespace castner::sources {

/// Moves the file `name` of `folder` into `bad_folder`, which is made where it is not there. A file that lies there already stays: the new one
/// is bad-2.csv beside bad.csv. Where bad_folder lies within `folder`, in which others write, none of its parts may be a link.
[[nodiscard]] Result<void> move_aside(const std::string& folder, const std::string& name,
                                      const std::string& bad_folder);

}  // namespace castner::sources
