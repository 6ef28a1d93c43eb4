// SPDX-License-Identifier: Apache-2.0
/// Valid names of tags, and patterns over them.
#pragma once

#include <string_view>

#include "castner/base/error.h"

namespace castner::readings {

/// 1 to 255 bytes of UTF-8 without control characters; else bad_input.
[[nodiscard]] Result<void> check_tag_name(std::string_view);

/// `*` stands for any text, `?` for one character (byte); everything else for itself.
bool fits_pattern(std::string_view pattern, std::string_view name);

}  // namespace castner::readings
