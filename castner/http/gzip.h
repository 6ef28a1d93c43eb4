// SPDX-License-Identifier: Apache-2.0
/// Bodies smaller and larger again, by zlib.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "castner/base/error.h"

namespace castner::http {

/// @param level  1 (fast) to 9 (small)
std::string gzip(std::string_view, int level);

/// How long it says that it is when unpacked (modulo 4 GiB); gunzip refuses one that is longer than its limit, whatever it says.
[[nodiscard]] std::size_t unpacked_size(std::string_view packed);

/// Why it is no one whole gzip of at most so many bytes. Its last four bytes do not tell: of one that is cut off they are any.
[[nodiscard]] Error packed_fault(std::string_view, std::size_t limit);

/// bad_input, packed_fault, where it is no gzip, is cut off, has something behind it, or would be larger than `limit` bytes: a small file
/// can hold gigabytes.
[[nodiscard]] Result<std::string> gunzip(std::string_view, std::size_t limit);

}  // namespace castner::http
