// SPDX-License-Identifier: Apache-2.0
/// A copy of a SQLite file that is in use, whole under its name or not there; what every backup and repair needs.
#pragma once

#include <functional>
#include <string>

#include "castner/base/sqlite.h"

namespace castner::sqlite {

/// bad_input where something has this name already.
[[nodiscard]] Result<void> must_be_new(const std::string& to);

/// Renames a complete file so that it is durable under its final name, or not there.
[[nodiscard]] Result<void> put_in_place(const std::string& part, const std::string& to);

/// Copies the database, also while a program writes to it, into a new file `to`, its owner's alone. `look` may read the copy
/// before it gets its name.
[[nodiscard]] Result<void> back_up(Db& from, const std::string& to, const std::function<Result<void>(Db& copy)>& look);

/// There is no such file: the one beside it that was meant, or where the server's file names it.
tl::unexpected<Error> no_such_file(const std::string& path, std::string where_it_is_named);

}  // namespace castner::sqlite
