// SPDX-License-Identifier: Apache-2.0
/// The tables of a historian's file; docs/formats/historian_file.md says what they hold.
#pragma once

#include "castner/historian/sqlite_db.h"

namespace castner::historian {

/// Opens the file for writing, made where there is none, set up as every writer must.
/// bad_input where it is another program's file or of a newer Castner.
[[nodiscard]] Result<Db> open_to_write(const std::string& path, const char* vfs = nullptr);
/// Opens a file that exists, to read beside a writer.
[[nodiscard]] Result<Db> open_to_read(const std::string& path, const char* vfs = nullptr);

}  // namespace castner::historian
