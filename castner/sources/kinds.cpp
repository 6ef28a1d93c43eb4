// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/kinds.h"

#include <algorithm>

#include "castner/base/check.h"

/// One line a kind: NAME_source is defined in NAME_source.cpp as `SourceKind NAME_source()`.
#define CASTNER_SOURCES(SOURCE) \
  SOURCE(modbus_tcp)            \
  SOURCE(mqtt)                  \
  SOURCE(sparkplug)             \
  SOURCE(folder)                \
  SOURCE(http_push)

namespace castner::sources {

#define CASTNER_DECLARE(NAME) SourceKind NAME##_source();
CASTNER_SOURCES(CASTNER_DECLARE)
#undef CASTNER_DECLARE

std::span<const SourceKind> source_kinds() {
#define CASTNER_CALL(NAME) NAME##_source(),
  static const std::vector<SourceKind> kinds{CASTNER_SOURCES(CASTNER_CALL)};
#undef CASTNER_CALL
  return kinds;
}

const SourceKind* source_kind_named(std::string_view name) {
  const auto kinds = source_kinds();
  const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.name == name; });
  return it == kinds.end() ? nullptr : &*it;
}

Result<std::unique_ptr<Source>> make_source(const SourceSettings& settings, Clock& clock) {
  const auto* kind = source_kind_named(settings.kind);
  check(kind != nullptr, "a source is made of a kind that source_kinds() lists");
  return kind->make(settings, clock);
}

}  // namespace castner::sources
