// SPDX-License-Identifier: Apache-2.0
/// Takes in the tables that people and programs drop into a folder: CSV and XLSX, as read_table reads them.
#pragma once

#include <memory>

#include "castner/sources/source.h"

namespace castner::sources {

/// Kind folder. url is the folder; period is how often a file is expected. A tag's address is the name of its column or of its
/// tag in the file, "" where that is its own. Options: time_zone (for times without an offset), settle ("2 s": unchanged for so
/// long is complete), scan ("1 s"), max_bytes (268435456), state (file; ".castner-NAME" in the folder), bad_folder (where files
/// that cannot be read are moved; "": they stay, and are not read again until they change).
[[nodiscard]] Result<std::unique_ptr<Source>> make_folder_source(const SourceSettings&, Clock&);

}  // namespace castner::sources
