// SPDX-License-Identifier: Apache-2.0
// What one MQTT message holds for one tag:
//  1. find: a plain payload is the value itself; a JSON payload is checked once as a whole and then walked along the
//     path of names and indices; of a line of CSV one column is taken.
//  2. reading: null or nothing becomes bad, no data. Otherwise the type of the tag decides: text as it stands; true and
//     false; an integer; a number.
//  3. Without a type, JSON numbers are doubles, JSON texts are texts, and a plain payload is a number, or true or
//     false.
//  4. time: RFC 3339 text, or a count since 1970 in the unit of the settings.
#include "castner/sources/mqtt_payload.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "castner/base/decimal.h"
#include "castner/base/json_reader.h"
#include "castner/base/rfc3339.h"
#include "castner/base/suggest.h"
#include "castner/base/utf8.h"

namespace castner::sources {
namespace {

using readings::Reading;
using readings::StatusCode;
using readings::Value;
using Kind = JsonReader::Kind;
using std::string_view;

string_view trimmed(string_view s) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; };
  while (!s.empty() && blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && blank(s.back())) s.remove_suffix(1);
  return s;
}

template <class T>
std::optional<T> whole_text(string_view s) {
  T value{};
  if (s.starts_with('+') && !s.starts_with("+-")) s.remove_prefix(1);
  std::from_chars_result read;
  if constexpr (std::is_floating_point_v<T>)
    read = read_decimal(s.data(), s.data() + s.size(), value);
  else
    read = std::from_chars(s.data(), s.data() + s.size(), value);
  const auto [end, error] = read;
  if (s.empty() || error != std::errc{} || end != s.data() + s.size()) return std::nullopt;
  return value;
}

/// Moves to the member that the path names; false if there is none.
bool walk(JsonReader& json, const std::vector<std::string>& path) {
  for (const std::string& step : path) {
    const Kind kind = json.kind();
    if (kind != Kind::object && kind != Kind::array) return false;
    const auto index = kind == Kind::array ? whole_text<std::size_t>(step) : std::nullopt;
    std::size_t k = 0;
    bool found = false;
    for (bool more = json.enter(); more && !json.failed(); more = json.next(), ++k) {
      found = kind == Kind::object ? json.key() == step : index == k;
      if (found) break;
      json.skip();
    }
    if (!found) return false;
  }
  return !json.failed();
}

/// The given column of the first line; nullopt if it has fewer.
std::optional<string_view> csv_column(string_view line, int column) {
  line = line.substr(0, line.find_first_of("\r\n"));
  const char comma = line.find(';') != string_view::npos ? ';' : ',';
  for (int k = 1;; ++k) {
    const auto end = line.find(comma);
    if (k == column) {
      auto cell = trimmed(line.substr(0, end));
      if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
      return cell;
    }
    if (end == string_view::npos) return std::nullopt;
    line.remove_prefix(end + 1);
  }
}

}  // namespace

/// One value as the message has it, before its type is applied.
struct MqttPayload::Found {
  enum class Is { nothing, text, number, state } is = Is::nothing;
  std::string text;  ///< of a text; a number in a CSV line or a plain payload is one
  JsonReader::Number number;
  bool state = false;
};

Result<PayloadPlace> read_payload_place(string_view text) {
  PayloadPlace p;
  if (text.empty()) return p;
  if (text.starts_with("csv:")) {
    const auto column = whole_text<int>(text.substr(4));
    if (!column || *column < 1 || *column > 10'000)
      return bad_input("", in_quotes(text) + " names no column from 1 to 10000", "write \"csv:1\" for the first");
    p.form = PayloadPlace::Form::csv;
    p.column = *column;
    return p;
  }
  p.form = PayloadPlace::Form::json;
  for (string_view rest = text;;) {
    const auto dot = rest.find('.');
    if (rest.substr(0, dot).empty())
      return bad_input("", in_quotes(text) + " has an empty name in its path", "write it as \"motor.current\"");
    p.path.emplace_back(rest.substr(0, dot));
    if (dot == string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (p.path.size() > 32) return bad_input("", in_quotes(text) + " is deeper than 32 names", "choose a shorter path");
  return p;
}

Result<MqttAddress> read_mqtt_address(string_view address) {
  const auto hash = address.find('#');
  const auto topic = address.substr(0, hash);
  const char* cure = "write it as \"plant/FI-101\", \"plant/boiler#flow\" or \"plant/line#csv:2\"";
  if (topic.empty() || topic.size() > 65535)
    return bad_input("", "address " + in_quotes(address) + " names no topic", cure);
  if (topic.find_first_of(string_view("+\0", 2)) != string_view::npos)
    return bad_input("", "address " + in_quotes(address) + " names more than one topic", cure);
  if (hash == string_view::npos) return MqttAddress{std::string(topic), {}};
  if (hash + 1 == address.size() || address[hash - 1] == '/')
    return bad_input("", "address " + in_quotes(address) + " has nothing after #", cure);
  return read_payload_place(address.substr(hash + 1)).map([&](PayloadPlace p) {
    return MqttAddress{std::string(topic), std::move(p)};
  });
}

std::optional<PayloadType> read_payload_type(string_view word) {
  if (word.empty()) return PayloadType::as_it_comes;
  if (word == "float64") return PayloadType::float64;
  if (word == "int64") return PayloadType::int64;
  if (word == "bool") return PayloadType::boolean;
  if (word == "string") return PayloadType::text;
  return std::nullopt;
}

tl::expected<MqttPayload::Found, std::string> MqttPayload::find(const PayloadPlace& place) {
  using Is = Found::Is;
  Found f;
  const auto plain = [&](string_view text) {
    if (text.empty()) return tl::expected<Found, std::string>(f);
    if (not_text_at(text) != text.npos)
      return tl::expected<Found, std::string>(tl::unexpected(std::string("a text that is not UTF-8")));
    f.is = Is::text;
    f.text = text;
    return tl::expected<Found, std::string>(f);
  };
  if (place.form == PayloadPlace::Form::csv) {
    const auto cell = csv_column(bytes_, place.column);
    if (!cell) return tl::unexpected("the line has no column " + std::to_string(place.column));
    return plain(*cell);
  }
  static const std::vector<std::string> kValue = {"value"};
  const bool object = trimmed(bytes_).starts_with('{');
  if (place.form == PayloadPlace::Form::whole && !object) {
    if (trimmed(bytes_).empty()) return tl::unexpected(std::string("the payload is empty"));
    return plain(trimmed(bytes_));
  }
  if (!json_) {
    JsonReader all(bytes_);
    all.skip();
    json_ = all.at_end() && is_utf8(bytes_);
    // Whichever of the two the sender means: a message that says two things cannot be believed, not even where it says one.
    twice_ = *json_ && name_given_twice(bytes_).has_value();
  }
  if (!*json_) return tl::unexpected("the payload is not JSON: " + in_quotes(bytes_.substr(0, 60)));
  JsonReader json(bytes_);
  const auto& path = place.form == PayloadPlace::Form::whole ? kValue : place.path;
  if (twice_) return tl::unexpected(std::string("a name stands twice in one object of the payload"));
  if (!walk(json, path)) return tl::unexpected("the payload has no " + in_quotes(path.back()));
  switch (json.kind()) {
    case Kind::number: f.number = json.number(), f.is = Is::number; break;
    case Kind::text:
      f.text = json.text(), f.is = Is::text;
      if (f.text.find('\0') != std::string::npos) return tl::unexpected(std::string("a text with a zero in it"));
      break;
    case Kind::yes:
    case Kind::no: f.state = json.kind() == Kind::yes, f.is = Is::state; break;
    case Kind::null: break;
    default: return tl::unexpected(in_quotes(path.back()) + " is an object or a list");
  }
  return f;
}

tl::expected<Reading, std::string> MqttPayload::reading(const PayloadPlace& place, PayloadType type) {
  const auto found = CASTNER_TRY(find(place));
  const auto wrong = [&](const char* expected) {
    return tl::unexpected((found.is == Found::Is::text ? in_quotes(found.text) : std::string("the value")) + " " +
                          expected);
  };
  Reading r{.value = std::numeric_limits<double>::quiet_NaN(), .status = StatusCode::bad_no_data};
  if (found.is == Found::Is::nothing) return r;
  r.status = StatusCode::good;
  const bool plain = place.form != PayloadPlace::Form::json && found.is == Found::Is::text;
  if (type == PayloadType::text) {
    if (found.is != Found::Is::text) return wrong("is no text");
    if (found.text.size() > 65536) return wrong("is no text of at most 65536 bytes");
    r.value.emplace<std::string>(found.text);
    return r;
  }
  const bool yes = found.is == Found::Is::state ? found.state : found.text == "true";
  if (found.is == Found::Is::state || (found.is == Found::Is::text && (yes || found.text == "false"))) {
    const bool as_it_comes = type == PayloadType::as_it_comes || type == PayloadType::number;
    if (type == PayloadType::as_it_comes && found.is == Found::Is::text && !plain)
      r.value.emplace<std::string>(found.text);
    else if ((as_it_comes && (plain || found.is == Found::Is::state)) || type == PayloadType::boolean)
      r.value.emplace<bool>(yes);
    else
      return wrong("is no number");
    return r;
  }
  if (found.is == Found::Is::text && type == PayloadType::as_it_comes && !plain) {
    if (found.text.size() > 65536) return wrong("is no text of at most 65536 bytes");
    r.value.emplace<std::string>(found.text);
    return r;
  }
  // A number, as JSON or as text.
  if (found.is == Found::Is::text && type == PayloadType::number && trimmed(found.text).empty()) {
    r.status = StatusCode::bad_no_data;
    return r;
  }
  const auto integer = found.is == Found::Is::number
                           ? (found.number.is_integer ? std::optional(found.number.integer) : std::nullopt)
                           : whole_text<std::int64_t>(trimmed(found.text));
  const auto real =
      found.is == Found::Is::number ? std::optional(found.number.real) : whole_text<double>(trimmed(found.text));
  if (type == PayloadType::int64) {
    if (!integer) return wrong("is no integer");
    r.value.emplace<std::int64_t>(*integer);
    return r;
  }
  if (!real) return wrong("is no number");
  if (type == PayloadType::boolean) {
    if (*real != 0.0 && *real != 1.0) return wrong("is no state: true, false, 1 or 0");
    r.value.emplace<bool>(*real == 1.0);
    return r;
  }
  r.value.emplace<double>(*real);
  if (!std::isfinite(*real)) r.status = StatusCode::bad_no_data;
  return r;
}

tl::expected<Time, std::string> MqttPayload::time(const PayloadTime& rule) {
  const auto found = CASTNER_TRY(find(rule.place));
  const auto wrong = [&] {
    return tl::unexpected((found.text.empty() ? std::string("what should be the time") : in_quotes(found.text)) +
                          " is no time");
  };
  std::optional<std::int64_t> integer;
  std::optional<double> real;
  if (found.is == Found::Is::number) {
    if (found.number.is_integer) integer = found.number.integer;
    real = found.number.real;
  } else if (found.is == Found::Is::text) {
    if (const auto t = read_utc(found.text)) {
      if (const auto why = wrong_text(found.text, *t); !why.what.empty())
        return tl::unexpected(why.what + "; " + why.cure);
      return *t;
    }
    integer = whole_text<std::int64_t>(found.text);
    real = whole_text<double>(found.text);
  }
  if (!integer && real && std::abs(*real) < 9.2e18) integer = static_cast<std::int64_t>(*real);
  if (integer) {
    if (auto why = wrong_count(*integer, rule.ns_each); !why.empty()) {
      const auto unit = likely_unit(*integer);
      return tl::unexpected(unit.empty() ? why : why + "; it may count " + std::string(unit) + ": set time_unit");
    }
    if (!real || static_cast<double>(*integer) == *real) {
      if (const auto t = counted_time(*integer, rule.ns_each)) return *t;
      return wrong();
    }
  }
  if (!real || !(std::abs(*real) * static_cast<double>(rule.ns_each) < 9.2e18)) return wrong();
  return Time(std::chrono::nanoseconds(std::llround(*real * static_cast<double>(rule.ns_each))));
}

}  // namespace castner::sources
