// SPDX-License-Identifier: Apache-2.0
/// The value of a tag in an MQTT message: a plain number, a value within JSON, or a column of a CSV line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/readings/reading.h"

namespace castner::sources {

/// The place of a value within a payload.
struct PayloadPlace {
  enum class Form { whole, json, csv } form = Form::whole;
  std::vector<std::string> path;  ///< of json: member names, or indices into a list from 0
  int column = 0;                 ///< of csv, from 1
};

/// Reads "a.b.c", "values.0" (json), "csv:2" or "" (whole). bad_input without a place.
[[nodiscard]] Result<PayloadPlace> read_payload_place(std::string_view text);

/// "topic", "topic#a.b.c" or "topic#csv:2".
struct MqttAddress {
  std::string topic;
  PayloadPlace place;
};
/// bad_input without a place: an empty topic, one with + or #, an empty name in the path.
[[nodiscard]] Result<MqttAddress> read_mqtt_address(std::string_view address);

enum class PayloadType {
  as_it_comes,
  float64,
  int64,
  boolean,
  text,
  number,  ///< as it comes, but a text is the number that it says: of a tag with a unit
};
/// "", "float64", "int64", "bool", "string".
[[nodiscard]] std::optional<PayloadType> read_payload_type(std::string_view word);

/// Where the time stands and what a count means; without it readings carry the time of arrival.
struct PayloadTime {
  PayloadPlace place;
  std::int64_t ns_each = 1'000'000;
};

/// One message. Pure; any bytes may come.
class MqttPayload {
 public:
  explicit MqttPayload(std::string_view bytes) : bytes_(bytes) {}

  /// The value at that place; of a whole payload that is a JSON object, its member "value". bad_no_data for null and for
  /// an empty column. Otherwise a problem, as one sentence without cure.
  [[nodiscard]] tl::expected<readings::Reading, std::string> reading(const PayloadPlace&, PayloadType);
  /// RFC 3339 text with its offset, or a count since 1970 (with a fraction where it has one).
  [[nodiscard]] tl::expected<Time, std::string> time(const PayloadTime&);

 private:
  struct Found;
  tl::expected<Found, std::string> find(const PayloadPlace&);
  std::string_view bytes_;
  std::optional<bool> json_;  ///< whether all of it is valid JSON; nullopt until first asked
  bool twice_ = false;        ///< it is, and a name stands twice in one of its objects
};

}  // namespace castner::sources
