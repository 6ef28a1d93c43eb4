// SPDX-License-Identifier: Apache-2.0
/// Reads tags from the topics of an MQTT broker. It subscribes and never publishes.
#pragma once

#include <memory>

#include "castner/sources/source.h"

namespace castner::sources {

/// Kind mqtt. A tag's address: "topic", "topic#json.path", "topic#csv:2". Options: those of read_link_settings, and
/// clean_session (false), subscribe (filters instead of the tags' topics, with blanks between), time (where a payload says
/// when: "ts", "csv:1"), time_unit (ms: ns us ms s).
[[nodiscard]] Result<std::unique_ptr<Source>> make_mqtt_source(const SourceSettings&, Clock&);

}  // namespace castner::sources
