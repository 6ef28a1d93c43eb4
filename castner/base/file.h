// SPDX-License-Identifier: Apache-2.0
/// Whole files in and out; a file is written completely or not at all.
#pragma once

#include <string>
#include <string_view>

#include "castner/base/error.h"

namespace castner {

/// The content of a file. world_refused where it cannot be opened or read.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// The content of a file in a folder where others write: never what a link leads to, nor a pipe or a device, which may have no end.
/// bad_input for those, world_refused where it cannot be read.
[[nodiscard]] Result<std::string> read_own_file(const std::string& path);

/// Replaces a file in one step: written beside it, flushed to the disk, then renamed, so that a reader or a crash sees
/// the old content or the new, never a part; on return the new, where the file system can promise that. A symbolic link stays and its
/// file is replaced; a pipe or a device is written to.
/// world_refused (disk full, no permission) leaves the old file as it was.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view content);
/// The same in a folder where others write: what has the name is replaced itself, a link too, and nothing that it leads to.
[[nodiscard]] Result<void> write_own_file(const std::string& path, std::string_view content);

/// Brings to the disk what files there are in the folder of this one: until then a crash may take a name back. False where it cannot.
bool flush_folder_of(const std::string& path);

}  // namespace castner
