// SPDX-License-Identifier: Apache-2.0
/// Reads a Modbus TCP device at a steady beat, and only reads: function codes 1 to 4.
#pragma once

#include <memory>

#include "castner/sources/source.h"

namespace castner::sources {

/// Kind modbus_tcp. url "tcp://host:502". Options: unit_id (1), word_order (abcd), gap (8 registers), max_registers (125),
/// max_bits (2000), retry_limit ("30 s"), buffer (100000 readings while the historian does not take them).
[[nodiscard]] Result<std::unique_ptr<Source>> make_modbus_source(const SourceSettings&, Clock&);

}  // namespace castner::sources
