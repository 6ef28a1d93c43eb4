// SPDX-License-Identifier: Apache-2.0
// Whatever is put in, in whatever order, flushed whenever and opened again, the file answers as the plain store in memory does.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "castner/historian/memory_store.h"
#include "castner/historian/sqlite_store.h"
#include "castner/readings/same.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Time at(std::int64_t s) { return Time(seconds(1'700'000'000 + s)); }

/// The two stores, with the same in both. (Every step waits for the disk, hence few of them.)
class Both {
 public:
  explicit Both(std::size_t memtable_readings) : memtable_readings_(memtable_readings) {
    reopen();
    for (const char* name : {"a", "b"}) {
      tags.push_back(plain_.define(name, "").value());
      RC_ASSERT(file_->define(name, "").value() == tags.back());
    }
  }
  void reopen() {
    file_.reset();
    file_ = SqliteStore::open(folder_.path() + "/a.db",
                              {.flush_step = milliseconds(0), .memtable_readings = memtable_readings_})
                .value();
  }
  void settle() { RC_ASSERT(file_->settle().has_value()); }
  void append(const std::vector<TaggedReading>& batch) {
    RC_ASSERT(plain_.append(batch).has_value());
    RC_ASSERT(file_->append(batch).has_value());
  }
  void append_column(int from) {
    std::vector<Time> times;
    std::vector<double> values;
    for (int i = 0; i < 1100; ++i) {
      times.push_back(at(from + i));
      values.push_back((from + i) % 50 * 0.1);
    }
    const Numbers column[] = {{tags[0], times, values, readings::StatusCode::good, next_arrival()}};
    RC_ASSERT(plain_.append(column).has_value());
    RC_ASSERT(file_->append(column).has_value());
  }
  // After all times: which of several in the future is the newest, opening the file anew may change.
  Time next_arrival() { return at(++arrival_); }

  void compare_readings(const Range& range, std::size_t limit) const {
    const auto want = plain_.versions(range, 1 << 20).value(), got = file_->versions(range, 1 << 20).value();
    RC_ASSERT(got.size() == want.size());
    for (std::size_t i = 0; i < got.size(); ++i) RC_ASSERT(readings::same_reading(got[i], want[i]));
    const auto some = file_->read(range, limit).value(), wanted = plain_.read(range, limit).value();
    RC_ASSERT(some.size() == wanted.size());
    for (std::size_t i = 0; i < some.size(); ++i) RC_ASSERT(readings::same_reading(some[i], wanted[i]));
  }
  void compare_latest(TagId tag) const {
    const auto got = file_->latest(std::span(&tag, 1)).value()[0], want = plain_.latest(std::span(&tag, 1)).value()[0];
    RC_ASSERT(got.has_value() == want.has_value());
    if (got) RC_ASSERT(readings::same_reading(*got, *want));
  }
  void compare_buckets(const Range& range, seconds width) const {
    const auto got = file_->aggregate(range, width).value(), want = plain_.aggregate(range, width).value();
    RC_ASSERT(got.size() == want.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
      RC_ASSERT(got[i].from == want[i].from);
      RC_ASSERT(got[i].good == want[i].good);
      RC_ASSERT(got[i].bad == want[i].bad);
      RC_ASSERT(got[i].held == want[i].held);
      const auto alike = [](double a, double b) {  // sums of halves and tenths in another order: rounding alone
        return (std::isnan(a) && std::isnan(b)) || std::fabs(a - b) <= 1e-9 * (1 + std::fabs(b));
      };
      RC_ASSERT(alike(got[i].mean, want[i].mean));
      RC_ASSERT(alike(got[i].min, want[i].min));
      RC_ASSERT(alike(got[i].max, want[i].max));
      RC_ASSERT(alike(got[i].first, want[i].first));
      RC_ASSERT(alike(got[i].last, want[i].last));
      RC_ASSERT(alike(got[i].time_weighted_mean, want[i].time_weighted_mean));
    }
  }

  std::vector<TagId> tags;

 private:
  std::size_t memtable_readings_;
  int arrival_ = 5000;
  ScratchFolder folder_;
  MemoryStore plain_;
  std::unique_ptr<Store> file_;
};

}  // namespace

RC_GTEST_PROP(SqliteStore, AnswersAsTheStoreInMemory, ()) {
  Both both(*rc::gen::element<std::size_t>(3, 20, 1000));
  const auto second = rc::gen::inRange(0, 60);
  const auto steps = *rc::gen::inRange(1, 9);
  for (int step = 0; step < steps; ++step) {
    const auto what = *rc::gen::inRange(0, 10);
    if (what == 0) both.settle();
    if (what == 1) both.reopen();
    if (what == 2) both.append_column(*rc::gen::inRange(-3000, 3000));
    if (what < 3) continue;
    std::vector<TaggedReading> batch;
    const auto n = *rc::gen::inRange(1, 40);
    const auto arrival = both.next_arrival();
    for (int i = 0; i < n; ++i)
      batch.push_back(
          {*rc::gen::elementOf(both.tags),
           {at(*second), *rc::gen::inRange(0, 5) * 0.5,
            *rc::gen::element(readings::StatusCode::good, readings::StatusCode::good, readings::StatusCode::bad),
            arrival}});
    both.append(batch);
  }
  for (int round = 0; round < 2; ++round) {
    for (const auto t : both.tags) {
      const auto from = at(*second), to = from + seconds(*second + 1);
      for (const Range& range : {Range{t}, Range{t, from, to}})
        both.compare_readings(range, static_cast<std::size_t>(*rc::gen::inRange(1, 3000)));
      both.compare_latest(t);
      for (const auto width : {seconds(1), seconds(7), seconds(4000)}) both.compare_buckets({t, from, to}, width);
    }
    both.settle();
  }
}

TEST(SqliteStore, AReadingInTheFutureThatHasGivenWayStaysSoWhenTheFileIsOpenedAgain) {
  for (const bool settled : {false, true}) {
    Both both(1000);
    const auto latest_is_alike = [&] {
      if (settled) both.settle();
      both.compare_latest(both.tags[0]);
      both.reopen();
      both.compare_latest(both.tags[0]);
    };
    const auto say = [&](std::int64_t time, std::int64_t arrival, double value) {
      both.append({{both.tags[0], {at(time), value, readings::StatusCode::good, at(arrival)}}});
      latest_is_alike();
    };
    say(6000, 6000, 1.0);
    say(2'000'000, 6050, 2.0);  // a clock far ahead: nothing came after it yet
    say(1'000'000, 6080, 3.0);
    say(6100, 6100, 4.0);
    say(6130, 6100, 5.0);  // ahead by less than a minute
    say(6120, 6140, 6.0);  // late
  }
}

// As instruments speak when the line is bad: stretches with silences between them, and with the next stretch comes what fills
// a silence, in part or whole, or what corrects or repeats an earlier stretch.
RC_GTEST_PROP(SqliteStore, AnswersAsTheStoreInMemoryWhereSilencesAreFilledLater, ()) {
  Both both(*rc::gen::element<std::size_t>(3, 20));
  std::vector<std::pair<int, int>> silences;  // [s]
  int front = 0;                              // [s] where the next stretch may begin
  const auto steps = *rc::gen::inRange(4, 14);
  for (int step = 0; step < steps; ++step) {
    const auto what = *rc::gen::inRange(0, 12);
    if (what == 0) both.settle();
    if (what == 1) both.reopen();
    std::vector<TaggedReading> batch;
    const auto arrival = both.next_arrival();
    const auto say = [&](int from, int to, double value) {
      for (int s = from; s < to; ++s)
        batch.push_back({both.tags[0], {at(s), value * s, readings::StatusCode::good, arrival}});
    };
    if (what > 6 && !silences.empty()) {
      const auto [from, to] = *rc::gen::elementOf(silences);
      say(from + 1, to, 1.0);
    }
    if (what > 9) {
      const auto from = *rc::gen::inRange(0, front + 1);
      say(from, std::min(front, from + *rc::gen::inRange(1, 20)), *rc::gen::element(1.0, 2.0));
    }
    const auto silence = *rc::gen::element(0, 3, 10);
    if (silence > 0 && front > 0) silences.push_back({front, front + silence});
    const auto from = front + silence;
    front = from + *rc::gen::inRange(8, 12);
    say(from, front, 1.0);
    both.append(batch);
  }
  for (int round = 0; round < 2; ++round) {
    both.compare_readings({both.tags[0]}, 1000);
    for (int from = 0; from < front; from += 3) {
      both.compare_readings({both.tags[0], at(from)}, 1000);
      both.compare_readings({both.tags[0], at(from), at(from + 4)}, 1000);
    }
    both.compare_latest(both.tags[0]);
    both.compare_buckets({both.tags[0], at(*rc::gen::inRange(0, front)), at(front)}, seconds(7));
    both.settle();
  }
}

}  // namespace castner::historian
