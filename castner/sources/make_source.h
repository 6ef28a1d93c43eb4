// SPDX-License-Identifier: Apache-2.0
/// The source of the kind that [[source]] names.
#pragma once

#include "castner/sources/source.h"

namespace castner::sources {

/// Builds the source that `settings.kind` names; every problem of its settings at once.
[[nodiscard]] Result<std::unique_ptr<Source>> make_source(const SourceSettings&, Clock&);

}  // namespace castner::sources
