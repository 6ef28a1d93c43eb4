// SPDX-License-Identifier: Apache-2.0
/// Readings compressed to a few bits each and brought back bit for bit, with a checksum over all.
#pragma once

#include <string>
#include <string_view>

#include "castner/base/error.h"
#include "castner/historian/columns.h"

namespace castner::historian {

/// Limits of one block; longer columns must be cut.
inline constexpr std::size_t kMostInBlock = std::size_t{1} << 22;
inline constexpr std::size_t kMostTextInBlock = std::size_t{1} << 26;  ///< [bytes] of text values

/// Order and bits of everything are kept. The layout is described in docs/formats/historian_file.md.
std::string pack(const Columns&);
/// Packs readings [begin, end) of columns of one tag.
std::string pack(TagId, const Columns&, std::size_t begin, std::size_t end);

/// world_refused where a byte is wrong: the block carries XXH64's low 32 bits over its content, and says how long it is.
[[nodiscard]] Result<Columns> unpack(std::string_view);
/// The same into columns whose memory is used again; after an error their content is undefined.
[[nodiscard]] Result<void> unpack(std::string_view, Columns& into);

}  // namespace castner::historian
