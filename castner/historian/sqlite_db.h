// SPDX-License-Identifier: Apache-2.0
/// SQLite behind values (base/sqlite.h), by the names that the store uses.
#pragma once

#include "castner/base/sqlite.h"

namespace castner::historian {

using sqlite::Blob;
using sqlite::Db;
using sqlite::Query;
using sqlite::refused_by;

}  // namespace castner::historian
