// SPDX-License-Identifier: Apache-2.0
/// Every kind of source that [[source]] may name.
#pragma once

#include "castner/sources/source.h"

namespace castner::sources {

/// One kind: its name, what castner.toml may give it, and how it is built.
struct SourceKind {
  std::string name;  ///< of `kind` in castner.toml: "modbus_tcp"
  /// Which of "url" and of the options name a file or a folder; a relative one counts from the folder of castner.toml.
  std::vector<std::string> paths;
  /// Reads the settings of this kind and builds the source; returns every problem at once. Opens and connects nothing: start()
  /// does.
  Result<std::unique_ptr<Source>> (*make)(const SourceSettings&, Clock&);
};

std::span<const SourceKind> source_kinds();             ///< in the order of the list in kinds.cpp
const SourceKind* source_kind_named(std::string_view);  ///< null where there is none

/// Builds the source that `settings.kind` names, which must be one of source_kinds(): read_server_file refuses others.
[[nodiscard]] Result<std::unique_ptr<Source>> make_source(const SourceSettings&, Clock&);

}  // namespace castner::sources
