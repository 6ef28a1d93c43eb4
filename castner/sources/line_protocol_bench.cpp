// SPDX-License-Identifier: Apache-2.0
// Line protocol and JSON to columns: readings a second on one core.
#include <benchmark/benchmark.h>

#include "castner/sources/line_protocol.h"
#include "castner/sources/push_json.h"

namespace castner::sources {
namespace {

/// 2000 cell voltages at 0.1 mV, one second after the other.
std::string body_of(int fields_per_line) {
  std::string body;
  std::uint32_t noise = 1;
  for (int second = 0; second < 10; ++second)
    for (int cell = 0; cell < 2000; ++cell) {
      noise = noise * 1664525 + 1013904223;
      const bool first = cell % fields_per_line == 0;
      const std::string value = "3." + std::to_string(1000 + noise % 1000);
      if (fields_per_line == 1)
        body += "UI-" + std::to_string(cell) + " value=" + value;
      else
        body += (first ? "cells,room=A,group=" + std::to_string(cell / fields_per_line) + " " : ",") + "u" +
                std::to_string(cell) + "=" + value;
      if (cell % fields_per_line == fields_per_line - 1)
        body += " " + std::to_string(1795046400000000000 + second * 1'000'000'000LL) + "\n";
    }
  return body;
}

void line_protocol(benchmark::State& state) {
  const std::string body = body_of(static_cast<int>(state.range(0)));
  LineProtocolReader reader;
  std::size_t readings = 0;
  for (auto _ : state) {
    if (!reader.read(body, {})) state.SkipWithError("refused");
    readings += reader.batch().size();
  }
  state.counters["readings/s"] = benchmark::Counter(static_cast<double>(readings), benchmark::Counter::kIsRate);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(line_protocol)->Arg(1)->Arg(50);

void push_json(benchmark::State& state) {
  std::string body = "{\"samples\":[";
  for (int k = 0; k < 20'000; ++k)
    body += std::string(k ? "," : "") + "{\"tag\":\"UI-" + std::to_string(k % 2000) +
            "\",\"time\":\"2026-11-23T14:32:04Z\",\"value\":3.05" + std::to_string(k % 100) + ",\"quality\":\"good\"}";
  body += "]}";
  PushBatch batch;
  std::size_t readings = 0;
  for (auto _ : state) {
    if (!read_push_json(body, {}, batch)) state.SkipWithError("refused");
    readings += batch.size();
  }
  state.counters["readings/s"] = benchmark::Counter(static_cast<double>(readings), benchmark::Counter::kIsRate);
}
BENCHMARK(push_json);

}  // namespace
}  // namespace castner::sources
