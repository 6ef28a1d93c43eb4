// SPDX-License-Identifier: Apache-2.0
// How fast a table becomes samples. CASTNER_TABLE names a file to read instead, which tools/bench_table_reader.py does to
// compare with pandas in the same run.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "castner/base/check.h"
#include "castner/base/file.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {
namespace {

constexpr int kRows = 100000, kTags = 20;

std::string two(int n) { return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; }

/// A minute a row from 1 January 2026, values of six digits.
std::string table(char delimiter, char mark, bool tall) {
  std::string text = "time";
  for (int k = 0; k < kTags && !tall; ++k) text += delimiter + ("FI-" + std::to_string(100 + k));
  if (tall) text += std::string(1, delimiter) + "tag" + delimiter + "value";
  text += '\n';
  unsigned state = 12345;
  for (int i = 0; i < kRows; ++i) {
    const int day = i / 1440 % 28 + 1, month = i / 1440 / 28 % 12 + 1;
    const std::string time = "2026-" + two(month) + "-" + two(day) + " " + two(i / 60 % 24) + ":" + two(i % 60) + ":00";
    if (!tall) text += time;
    for (int k = 0; k < kTags; ++k) {
      state = state * 1664525u + 1013904223u;
      const std::string value = std::to_string(100 + k) + mark + std::to_string(100 + (state >> 22) % 900);
      if (tall)
        text += time + delimiter + "FI-" + std::to_string(100 + k) + delimiter + value + '\n';
      else
        text += delimiter + value;
    }
    if (!tall) text += '\n';
  }
  return text;
}

void read(benchmark::State& state, const std::string& text, const char* zone) {
  std::size_t samples = 0, rows = 0;
  for (auto _ : state) {
    const auto t = read_table(text, "bench.csv", {.time_zone = zone});
    check(t.has_value(), "the bench's own table is sound");
    rows = static_cast<std::size_t>(t->facts.rows);
    samples = 0;
    for (const auto& s : t->series) samples += s.samples.size();
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["rows"] = benchmark::Counter(static_cast<double>(rows) * runs, benchmark::Counter::kIsRate);
  state.counters["samples"] = benchmark::Counter(static_cast<double>(samples) * runs, benchmark::Counter::kIsRate);
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}

void wide(benchmark::State& state) { read(state, table(',', '.', false), "Asia/Shanghai"); }
void wide_decimal_comma(benchmark::State& state) { read(state, table(';', ',', false), "Europe/Berlin"); }
void tall(benchmark::State& state) { read(state, table(',', '.', true), "Asia/Shanghai"); }
BENCHMARK(wide)->Unit(benchmark::kMillisecond);
BENCHMARK(wide_decimal_comma)->Unit(benchmark::kMillisecond);
BENCHMARK(tall)->Unit(benchmark::kMillisecond);

void given_file(benchmark::State& state) {
  const auto text = read_file(std::getenv("CASTNER_TABLE"));
  if (!text) return state.SkipWithError("CASTNER_TABLE names no file");
  read(state, *text, "Asia/Shanghai");
}
[[maybe_unused]] const auto* const kGiven =
    std::getenv("CASTNER_TABLE")
        ? benchmark::RegisterBenchmark("given_file", given_file) -> Unit(benchmark::kMillisecond)
        : nullptr;

}  // namespace
}  // namespace castner::tables
