// SPDX-License-Identifier: Apache-2.0
/// Reads the settings that only one kind of source has, and collects every problem with its place and cure.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/sources/source.h"

namespace castner::sources {

/// "tcp://192.168.1.10:502", taken apart.
struct Endpoint {
  std::string scheme, host;
  int port = 0;
};

/// One source's settings while they are read. An option that is never asked for is unknown, and finish() says so.
class SettingsCheck {
 public:
  explicit SettingsCheck(const SourceSettings& settings) : settings_(settings) {}

  void problem(std::string what, std::string cure);
  void problem(const TagSettings&, std::string what, std::string cure);

  /// The value of an option; `otherwise` where absent. A value of another type is a problem: text in quotes, numbers and true or
  /// false without.
  std::string text(const std::string& key, std::string otherwise = "");
  std::string one_of(const std::string& key, std::initializer_list<std::string_view> words, std::string_view otherwise);
  std::int64_t integer(const std::string& key, std::int64_t least, std::int64_t most, std::int64_t otherwise);
  bool yes(const std::string& key, bool otherwise);
  /// A time such as "30 s", from 1 ms to 1 d.
  std::chrono::nanoseconds time(const std::string& key, std::chrono::nanoseconds otherwise);

  /// The url, whose scheme must be one of these.
  Endpoint endpoint(std::initializer_list<std::string_view> schemes, int default_port, const char* example);

  /// To be called once everything was asked for: nothing, or every problem.
  [[nodiscard]] Result<void> finish();

 private:
  const Option* find(const std::string& key);
  template <class T>
  const T* find(const std::string& key, const std::string& example);
  const SourceSettings& settings_;
  std::vector<std::string> known_;
  Error error_;
};

}  // namespace castner::sources
