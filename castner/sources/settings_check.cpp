// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/settings_check.h"

#include <algorithm>
#include <cmath>

#include "castner/base/decimal.h"
#include "castner/base/quantity.h"
#include "castner/base/suggest.h"

namespace castner::sources {
namespace {

/// As Option orders them.
constexpr const char* kOptionTypes[] = {"a text", "true or false", "an integer", "a number with a point"};

std::string words_text(std::initializer_list<std::string_view> words) {
  std::string all;
  for (const auto w : words) all += (all.empty() ? "" : ", ") + std::string(w);
  return all;
}

}  // namespace

void SettingsCheck::problem(std::string what, std::string cure) {
  error_.problems.push_back(
      {settings_.where, "[[source]] " + in_quotes(settings_.name) + ": " + std::move(what), std::move(cure)});
}

void SettingsCheck::problem(const TagSettings& tag, std::string what, std::string cure) {
  error_.problems.push_back({tag.where, "[[tag]] " + in_quotes(tag.name) + ": " + std::move(what), std::move(cure)});
}

const Option* SettingsCheck::find(const std::string& key) {
  known_.push_back(key);
  const auto found = settings_.options.find(key);
  return found == settings_.options.end() ? nullptr : &found->second;
}

/// The option as T; null where it is absent, or, with a problem, of another type.
template <class T>
const T* SettingsCheck::find(const std::string& key, const std::string& example) {
  const Option* option = find(key);
  if (!option) return nullptr;
  if (const T* value = std::get_if<T>(option)) return value;
  problem(key + " is " + kOptionTypes[option->index()] + ", not " + kOptionTypes[Option(T{}).index()],
          "write " + key + " = " + example);
  return nullptr;
}

std::string SettingsCheck::text(const std::string& key, std::string otherwise) {
  const auto* value = find<std::string>(key, "\"...\", in quotes");
  return value ? *value : std::move(otherwise);
}

std::string SettingsCheck::one_of(const std::string& key, std::initializer_list<std::string_view> words,
                                  std::string_view otherwise) {
  const auto* value = find<std::string>(key, in_quotes(otherwise));
  if (!value) return std::string(otherwise);
  if (std::find(words.begin(), words.end(), *value) == words.end())
    problem(key + " = " + in_quotes(*value) + " is not known", "write one of " + words_text(words));
  return *value;
}

std::int64_t SettingsCheck::integer(const std::string& key, std::int64_t least, std::int64_t most,
                                    std::int64_t otherwise) {
  const auto* value = find<std::int64_t>(key, std::to_string(otherwise));
  if (!value) return otherwise;
  if (*value >= least && *value <= most) return *value;
  problem(key + " = " + std::to_string(*value) + " is not an integer from " + std::to_string(least) + " to " +
              std::to_string(most),
          "write " + key + " = " + std::to_string(otherwise));
  return otherwise;
}

bool SettingsCheck::yes(const std::string& key, bool otherwise) {
  const auto* value = find<bool>(key, otherwise ? "true" : "false");
  return value ? *value : otherwise;
}

std::chrono::nanoseconds SettingsCheck::time(const std::string& key, std::chrono::nanoseconds otherwise) {
  const auto* value = find<std::string>(key, "\"30 s\"");
  if (!value) return otherwise;
  const auto q = parse_quantity(*value);
  if (q && q->unit.dimension == parse_unit("s")->dimension && q->si() >= 1e-3 && q->si() <= 86400.0)
    return std::chrono::nanoseconds(std::llround(q->si() * 1e9));
  problem(key + " = " + in_quotes(*value) + " is not a time from 1 ms to 1 d", "write " + key + " = \"30 s\"");
  return otherwise;
}

Endpoint SettingsCheck::endpoint(std::initializer_list<std::string_view> schemes, int default_port,
                                 const char* example) {
  const std::string cure = std::string("write url = \"") + example + "\"";
  Endpoint e;
  const std::string_view url = settings_.url;
  const auto refuse = [&](const std::string& why) {
    problem("url = " + in_quotes(url) + " " + why, cure);
    return e;
  };
  if (url.empty()) {
    problem("no url", cure);
    return e;
  }
  const auto mark = url.find("://");
  if (mark == std::string_view::npos) return refuse("has no scheme");
  e.scheme = url.substr(0, mark);
  if (std::find(schemes.begin(), schemes.end(), e.scheme) == schemes.end())
    return refuse("does not begin with one of " + words_text(schemes));
  std::string_view rest = url.substr(mark + 3);
  if (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  e.port = default_port;
  std::string_view port;
  if (rest.starts_with('[')) {  // an IPv6 address
    const auto close = rest.find(']');
    if (close == std::string_view::npos) return refuse("has a [ without a ]");
    e.host = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    if (!rest.empty() && rest.front() != ':') return refuse("names no address and port");
    port = rest.empty() ? rest : rest.substr(1);
  } else {
    const auto colon = rest.rfind(':');
    e.host = rest.substr(0, colon);
    if (colon != std::string_view::npos) port = rest.substr(colon + 1);
    if (colon != std::string_view::npos && port.empty()) return refuse("has a : without a port");
  }
  if (e.host.empty() || e.host.find_first_of("/@:? ") != std::string::npos) {
    if (e.host.find(':') == std::string::npos || !url.substr(mark + 3).starts_with('[')) return refuse("names no host");
  }
  if (!port.empty()) {
    const auto number = plain_number<int>(port);
    if (!number || *number < 1 || *number > 65535) return refuse("has no port from 1 to 65535");
    e.port = *number;
  }
  return e;
}

Result<void> SettingsCheck::finish() {
  for (const auto& [key, value] : settings_.options)
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      problem(in_quotes(key) + " is not an option of kind " + settings_.kind,
              did_you_mean(key, known_, known_.empty() ? "remove it" : "it knows " + listed(known_, 20)));
  if (settings_.period <= std::chrono::nanoseconds(0)) problem("period is not above 0", "write period = \"1 s\"");
  if (settings_.timeout <= std::chrono::nanoseconds(0)) problem("timeout is not above 0", "write timeout = \"2 s\"");
  if (error_.problems.empty()) return {};
  return tl::unexpected(error_);
}

}  // namespace castner::sources
