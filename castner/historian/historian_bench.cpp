// SPDX-License-Identifier: Apache-2.0
// The historian as a library, durable (each call waits for the disk): in, out, bytes a reading beside the entropy.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <memory>
#include <thread>

#include "castner/base/check.h"
#include "castner/historian/chunk_codec.h"
#include "castner/historian/generated_data_bench.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

const GeneratedSet& hosts() {
  static const auto set = host_walks(100, 8640);
  return set;
}
/// As many readings of a tenth of the tags: chunks are full, and the file's own tables matter less.
const GeneratedSet& hosts_for_ten_days() {
  static const auto set = host_walks(10, 86'400);
  return set;
}
const GeneratedSet& cells() {
  static const auto set = cell_voltages(2000, 14'400);
  return set;
}
/// As many readings of a sixth of the tags.
const GeneratedSet& cells_for_a_day() {
  static const auto set = cell_voltages(333, 86'400);
  return set;
}
const GeneratedSet& month() {
  static const auto set = cell_voltages(1, 30 * 86'400);
  return set;
}

double resident_megabytes() {
  std::ifstream statm("/proc/self/statm");
  double all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) * 1e-6;
}

/// A store in a folder of its own with a tag for every series.
struct Filled {
  ScratchFolder folder;
  std::unique_ptr<SqliteStore> store = SqliteStore::open(folder.path() + "/a.db").value();
  std::vector<TagId> tags;
  explicit Filled(const GeneratedSet& set) {
    std::vector<std::string> names;
    std::vector<TagName> all;
    for (std::size_t i = 0; i < set.values.size(); ++i) names.push_back("tag " + std::to_string(i));
    for (const auto& n : names) all.push_back({n, ""});
    tags = store->define_all(all).value();
  }
  /// By two callers at a time, as the client over HTTP has two connections: while one waits for the disk, the other packs.
  void put_columns(const GeneratedSet& set) {
    const auto each = Store::kMostAtOnce / 2 / set.times.size();
    if (each == 0) return put_long(set);
    std::atomic<std::size_t> next = 0;
    const auto put = [&] {
      for (std::size_t begin; (begin = next.fetch_add(each)) < tags.size();) {
        std::vector<Numbers> some;
        for (auto i = begin; i < std::min(begin + each, tags.size()); ++i)
          some.push_back({tags[i], set.times, set.values[i], readings::StatusCode::good, set.times.back()});
        check(store->append(some).has_value(), "the disk takes what is measured");
      }
    };
    const std::jthread other(put);
    put();
  }
  void put_long(const GeneratedSet& set) {
    for (std::size_t i = 0; i < set.times.size(); i += Store::kMostAtOnce) {
      const auto n = std::min(Store::kMostAtOnce, set.times.size() - i);
      const Numbers one[] = {{tags[0], std::span(set.times).subspan(i, n), std::span(set.values[0]).subspan(i, n),
                              readings::StatusCode::good, Time()}};
      check(store->append(one).has_value(), "the disk takes what is measured");
    }
  }
  /// As batches come over HTTP: so many times of every tag in one call, reading by reading.
  void put_batches(const GeneratedSet& set, std::size_t times) {
    std::vector<TaggedReading> batch;
    for (std::size_t k = 0; k < set.times.size(); k += times) {
      batch.clear();
      for (auto j = k; j < std::min(k + times, set.times.size()); ++j)
        for (std::size_t i = 0; i < tags.size(); ++i)
          batch.push_back({tags[i], {set.times[j], set.values[i][j], readings::StatusCode::good, set.times[k]}});
      check(store->append(batch).has_value(), "the disk takes what is measured");
    }
  }
  void report(benchmark::State& state, const GeneratedSet& set) {
    check(store->settle().has_value(), "the disk takes what is measured");
    const auto n = static_cast<double>(set.readings());
    const auto bytes = static_cast<double>(store->health().bytes) / n, least = entropy(set);
    state.counters["bytes"] = bytes;
    state.counters["entropy"] = least;
    state.counters["of_entropy"] = bytes / least;
    state.counters["rss_MB"] = resident_megabytes();
  }
};

const Filled& filled_cells() {
  static auto& filled = *[] {
    auto* f = new Filled(cells());
    f->put_columns(cells());
    check(f->store->settle().has_value(), "the disk takes what is measured");
    return f;
  }();
  return filled;
}

Columns chunk_of(const GeneratedSet& set) {
  Columns c;
  for (std::size_t k = 0; k < 4096; ++k)
    c.push(TagId(1), {set.times[k], set.values[0][k], readings::StatusCode::good, set.times[k]});
  return c;
}

void pack_chunk(benchmark::State& state, const GeneratedSet& set) {
  const auto c = chunk_of(set);
  for (auto _ : state) benchmark::DoNotOptimize(pack(c));
  state.SetItemsProcessed(state.iterations() * 4096);
  state.counters["bytes"] = static_cast<double>(pack(c).size()) / 4096;
}
void unpack_chunk(benchmark::State& state, const GeneratedSet& set) {
  const auto block = pack(chunk_of(set));
  for (auto _ : state) benchmark::DoNotOptimize(unpack(block));
  state.SetItemsProcessed(state.iterations() * 4096);
}

void in_columns(benchmark::State& state, const GeneratedSet& set) {
  for (auto _ : state) {
    state.PauseTiming();
    auto f = std::make_unique<Filled>(set);
    state.ResumeTiming();
    f->put_columns(set);
    state.PauseTiming();
    f->report(state, set);
    f.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(set.readings()));
}

void in_batches(benchmark::State& state, const GeneratedSet& set) {
  for (auto _ : state) {
    state.PauseTiming();
    auto f = std::make_unique<Filled>(set);
    state.ResumeTiming();
    f->put_batches(set, static_cast<std::size_t>(state.range(0)));
    state.PauseTiming();
    f->report(state, set);
    f.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(set.readings()));
}

/// One reading of each of 2000 tags a call: what a plant does each second.
void in_scans(benchmark::State& state) {
  Filled f(cells());
  std::vector<TaggedReading> scan;
  std::size_t k = 0;
  for (auto _ : state) {
    scan.clear();
    for (std::size_t i = 0; i < f.tags.size(); ++i)
      scan.push_back(
          {f.tags[i], {cells().times[k], cells().values[i][k], readings::StatusCode::good, cells().times[k]}});
    check(f.store->append(scan).has_value(), "the disk takes what is measured");
    k = (k + 1) % cells().times.size();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(f.tags.size()));
}

void latest_of_2000(benchmark::State& state) {
  const auto& f = filled_cells();
  for (auto _ : state) benchmark::DoNotOptimize(f.store->latest(f.tags));
}

void month_by_minute(benchmark::State& state) {
  Filled f(month());
  f.put_long(month());
  for (auto _ : state)
    check(
        f.store->aggregate({f.tags[0], month().times.front(), month().times.back()}, std::chrono::minutes(1))->size() >
            43'000,
        "a month has 43200 minutes");
}

void month_for_a_drawing(benchmark::State& state) {
  Filled f(month());
  f.put_long(month());
  for (auto _ : state) check(f.store->downsample({f.tags[0]}, 2000)->size() > 1000, "a drawing has points");
}

void minutes_of_all_tags(benchmark::State& state) {
  const auto& f = filled_cells();
  for (auto _ : state)
    for (const auto t : f.tags)
      benchmark::DoNotOptimize(
          f.store->aggregate({t, cells().times.front(), cells().times.back()}, std::chrono::minutes(1)));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(cells().readings()));
}

/// After a killed program: the write-ahead log is read back, and each tag's newest reading looked up.
void open_2000_tags(benchmark::State& state) {
  const auto some = cell_voltages(2000, 1500);
  Filled f(some);
  f.put_batches(some, 100);
  const auto path = f.folder.path() + "/a.db";
  state.counters["waiting"] = static_cast<double>(f.store->health().waiting);
  f.store.reset();
  for (auto _ : state) benchmark::DoNotOptimize(SqliteStore::open(path));
}

BENCHMARK_CAPTURE(pack_chunk, hosts, hosts())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(pack_chunk, cells, cells())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(unpack_chunk, hosts, hosts())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(unpack_chunk, cells, cells())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(in_columns, hosts, hosts())->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(in_columns, hosts_for_ten_days, hosts_for_ten_days())->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(in_columns, cells, cells())->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(in_columns, cells_for_a_day, cells_for_a_day())->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(in_batches, hosts, hosts())->Arg(100)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(in_batches, cells, cells())->Arg(10)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(in_scans)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(latest_of_2000)->Unit(benchmark::kMicrosecond);
BENCHMARK(month_by_minute)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(month_for_a_drawing)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(minutes_of_all_tags)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(open_2000_tags)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace castner::historian
