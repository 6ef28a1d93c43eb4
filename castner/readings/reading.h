// SPDX-License-Identifier: Apache-2.0
/// One reading as the plant sent it: time, value, status, and time of arrival.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "castner/base/clock.h"
#include "castner/readings/sample.h"

namespace castner::readings {

/// Kept bit for bit: NaN with its payload, infinities, denormals, -0.
using Value = std::variant<double, std::int64_t, bool, std::string>;

/// The reason behind a quality: OPC UA's StatusCode (OPC 10000-4, 7.39), whose top two bits are the quality.
enum class StatusCode : std::uint32_t {
  good = 0x00000000,
  uncertain = 0x40000000,
  bad = 0x80000000,
  bad_communication_error = 0x80050000,
  bad_timeout = 0x800A0000,
  bad_not_connected = 0x808A0000,
  bad_device_failure = 0x808B0000,
  bad_sensor_failure = 0x808C0000,  // the standard's own name
  bad_out_of_range = 0x803C0000,
  bad_no_data = 0x809B0000,
  bad_decoding_error = 0x80070000,
  uncertain_last_usable_value = 0x40900000,
  /// Castner's own mark of a reading that lies in the future of its arrival (newest.h). The standard reserves the bit 0x10000000 and has no
  /// such code; what comes from outside goes through sent_status, so that no source can say it.
  uncertain_time_ahead = 0x50230000,
  bad_time_ahead = 0x90230000,
};

/// The code that a source sends, without the bits that the standard reserves.
constexpr StatusCode sent_status(std::uint32_t code) { return static_cast<StatusCode>(code & 0xCFFFFFFF); }

constexpr Quality quality_of(StatusCode s) {
  switch (static_cast<std::uint32_t>(s) >> 30) {
    case 0: return Quality::good;
    case 1: return Quality::uncertain;
    default: return Quality::bad;
  }
}

struct Reading {
  Time time;  ///< when it was measured, by the source's clock
  Value value = 0.0;
  StatusCode status = StatusCode::good;
  Time arrival;  ///< when it reached Castner, by the server's clock
};

/// A reading with the name of its tag: what sources hand over.
struct TagReading {
  std::string tag;
  Reading reading;
};

}  // namespace castner::readings
