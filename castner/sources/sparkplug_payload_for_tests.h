// SPDX-License-Identifier: Apache-2.0
/// A Sparkplug B payload for tests, put together metric by metric.
#pragma once

#include <sparkplug_b.pb.h>

#include <cstdint>
#include <string>

namespace castner::sources {

struct Payload {
  sparkplug::Payload p;
  explicit Payload(int seq) {
    p.set_timestamp(1'795'046'400'000);
    if (seq >= 0) p.set_seq(static_cast<std::uint64_t>(seq));
  }
  Payload& bdseq(std::uint64_t n) {
    auto& m = *p.add_metrics();
    m.set_name("bdSeq");
    m.set_datatype(sparkplug::INT64);
    m.set_long_value(n);
    return *this;
  }
  Payload& real(const std::string& name, int alias, double value) {
    auto& m = metric(name, alias, sparkplug::DOUBLE);
    m.set_double_value(value);
    return *this;
  }
  sparkplug::Metric& metric(const std::string& name, int alias, sparkplug::DataType type) {
    auto& m = *p.add_metrics();
    if (!name.empty()) m.set_name(name);
    if (alias >= 0) m.set_alias(static_cast<std::uint64_t>(alias));
    if (!name.empty()) m.set_datatype(type);
    return m;
  }
  operator std::string() const { return p.SerializeAsString(); }  // NOLINT: reads as the bytes it is
};

}  // namespace castner::sources
