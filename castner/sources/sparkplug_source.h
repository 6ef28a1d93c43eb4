// SPDX-License-Identifier: Apache-2.0
/// Reads the metrics of Sparkplug B nodes from an MQTT broker.
#pragma once

#include <memory>

#include "castner/sources/source.h"

namespace castner::sources {

/// Kind sparkplug. A tag's address: "group/node[/device]/metric". Options: those of read_link_settings, and rebirth (false):
/// whether a node whose birth was missed, or of which a message was, is asked to tell everything anew (NCMD Node
/// Control/Rebirth, at most once a minute a node). Nothing else is ever published.
[[nodiscard]] Result<std::unique_ptr<Source>> make_sparkplug_source(const SourceSettings&, Clock&);

}  // namespace castner::sources
