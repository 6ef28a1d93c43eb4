// SPDX-License-Identifier: Apache-2.0
// A column is a key where, in the order of time, its few texts change all the time under one tag:
//  1. Watched are the columns of a long table that nothing is taken from, and in a wide one those that hold texts, but for tags that somebody
//     waits for: Running and Stopped of XS-101.
//  2. A shift, a batch or a mode changes now and then; a key changes from row to row, since the rows of two things are interleaved. Texts that
//     change at every third row and more are a key.
//  3. Integers may be counts ("samples": 59, 60, 59): they are a key where they change at four of five rows, or where the readings
//     under one number and those under another do not overlap. In a wide table an integer may be a reading itself: there the column
//     is a key where both hold and rows are an hour apart at most, or where its name says so. A column with a 0 or a unit is no key.
//  4. A few texts that come again: a batch's number does not. TRUE, FALSE and words for quality are no key of a wide table; nor are letters, where all of
//     them are such: G and B, Y and N, but not A and B.
#include "castner/tables/key_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "castner/base/suggest.h"
#include "castner/readings/status_text.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/column_names.h"
#include "castner/tables/row_reader.h"

namespace castner::tables {
namespace {

using std::size_t, std::string, std::string_view;

constexpr size_t kMostLabels = 20;
constexpr std::uint8_t kNoLabel = 255;

bool is_whole_number(string_view text) {
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == string_view::npos;
}

/// The places of the samples, the earliest first.
std::vector<size_t> in_time_order(std::span<const readings::Sample> samples) {
  std::vector<size_t> order(samples.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto before = [&](size_t a, size_t b) { return samples[a].time < samples[b].time; };
  if (!std::is_sorted(order.begin(), order.end(), before)) std::stable_sort(order.begin(), order.end(), before);
  return order;
}

}  // namespace

void KeyFinder::watch(const TableLayout& layout, std::span<const string_view> first_row, const TableOptions& options) {
  wide_ = layout.shape == TableShape::wide;
  if (layout.shape == TableShape::snapshot || layout.times.size() > 1) return;
  std::vector<int> watched = layout.unused;
  if (wide_)
    for (const ReadingColumn& r : layout.readings) {
      NumberReader numbers(true);
      const string_view text = cell_at(first_row, r.column);
      const CellKind kind = numbers.read(text, 0).kind;
      const bool number = r.unit.empty() && is_whole_number(text);
      const bool text_of_none = (kind == CellKind::text || kind == CellKind::flagged) &&
                                !options.units.contains(r.tag) && !options.states.contains(r.tag);
      if (text_of_none || number) watched.push_back(r.column);
    }
  for (const int column : watched) columns_.push_back({.column = column});
}

void KeyFinder::note(size_t series, std::span<const string_view> row, int line) {
  for (Column& c : columns_) {
    if (c.dead) continue;
    const string_view text = cell_at(row, c.column);
    std::uint8_t label = kNoLabel;
    if (!text.empty()) {
      const auto known = std::find_if(c.labels.begin(), c.labels.end(), [&](const Label& l) { return l.text == text; });
      label = static_cast<std::uint8_t>(known - c.labels.begin());
      if (known == c.labels.end()) {
        const bool whole = is_whole_number(text);
        const bool reading = !whole && holds_number(text);
        const bool state =
            wide_ && !whole && readings::read_quality(text, readings::QualityColumn::yes_is_good).has_value();
        const bool letter = text.size() == 1;
        if (c.labels.size() == kMostLabels || reading || (state && !letter)) {
          c.dead = true;
          c.of.clear();
          continue;
        }
        c.numbers = c.numbers && whole;
        c.states = c.states && state;
        c.labels.push_back({string(text), line});
      }
    }
    if (c.of.size() <= series) c.of.resize(series + 1);
    c.of[series].push_back(label);
  }
}

bool KeyFinder::turns(const Column& c, bool named, std::span<const std::uint8_t> labels,
                      std::span<const readings::Sample> samples) const {
  constexpr size_t kFewest = 6;                   // rows
  constexpr auto kTurns = std::chrono::hours(1);  // a plant does not go up and down again as often. A guess
  if (c.labels.size() < 2 || c.states || labels.size() != samples.size()) return false;
  std::vector<size_t> order;
  for (size_t i = 0; i < samples.size(); ++i)
    if (labels[i] != kNoLabel && std::isfinite(samples[i].value)) order.push_back(i);
  if (order.size() < kFewest) return false;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return samples[a].time < samples[b].time; });
  size_t changes = 0;
  struct Range {
    size_t count = 0;
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  };
  std::array<Range, kMostLabels> ranges;
  for (size_t k = 0; k < order.size(); ++k) {
    changes += k > 0 && labels[order[k]] != labels[order[k - 1]];
    Range& r = ranges[labels[order[k]]];
    ++r.count;
    r.low = std::min(r.low, samples[order[k]].value);
    r.high = std::max(r.high, samples[order[k]].value);
  }
  const auto labels_with = [&](size_t rows) {
    return static_cast<size_t>(
        std::count_if(ranges.begin(), ranges.end(), [&](const Range& r) { return r.count >= rows; }));
  };
  constexpr size_t kAgain = 3;
  // A switch or a valve reads 0 at times. In a wide table a column of whole numbers is a reading, unless the other readings lie apart
  // from one number to the next or the column's name says that it is a key.
  if (wide_ && c.numbers && std::any_of(c.labels.begin(), c.labels.end(), [](const Label& l) { return l.text == "0"; }))
    return false;
  if (labels_with(kAgain) < 2 || kAgain * labels_with(1) > order.size()) return false;
  const auto share = [&](size_t of, size_t whole) { return of * changes >= whole * (order.size() - 1); };
  if (!share(3, 1)) return false;
  if (!c.numbers || (share(5, 4) && (!wide_ || named))) return true;
  if (wide_ && !share(5, 4)) return false;
  // Half a day apart, day and night may run at two loads in turn, with 3 and 4 in operation.
  if (const auto whole = samples[order.back()].time - samples[order.front()].time;
      wide_ && whole > kTurns * (order.size() - 1))
    return false;
  std::vector<Range> used;
  for (const Range& r : ranges)
    if (r.low <= r.high) used.push_back(r);
  std::sort(used.begin(), used.end(), [](const Range& a, const Range& b) { return a.low < b.low; });
  for (size_t k = 1; k < used.size(); ++k)
    if (used[k].low <= used[k - 1].high) return false;
  return true;
}

void KeyFinder::drop_the_quiet(std::span<const readings::Sample> samples) {
  const auto order = in_time_order(samples);
  std::erase_if(columns_, [&](const Column& c) {
    if (c.dead || c.labels.size() < 2) return true;
    if (!wide_ || !c.numbers || c.of[0].size() != order.size()) return false;
    size_t rows = 0, changes = 0;
    std::uint8_t last = kNoLabel;
    for (const size_t k : order) {
      const std::uint8_t label = c.of[0][k];
      if (label == kNoLabel) continue;
      changes += rows++ > 0 && label != last;
      last = label;
    }
    return 5 * changes < 4 * (rows - 1);
  });
}

bool KeyFinder::check(size_t series, const string& tag, std::span<const readings::Sample> samples,
                      const std::vector<string>& names, ProblemList& problems) {
  for (const Column& c : columns_) {
    const auto column = static_cast<size_t>(c.column);
    const size_t of = wide_ ? 0 : series;
    if (found_ || c.dead || of >= c.of.size() || names[column] == tag) continue;
    if (!turns(c, wide_ && c.numbers && read_title(names[column]).is(ColumnName::key), c.of[of], samples)) continue;
    found_ = true;
    const Label &first = c.labels[0], &other = c.labels[1];
    problems.add(
        other.line,
        "is of " + in_quotes(other.text) + " in the column " + in_quotes(names[column]) + ", and line " +
            std::to_string(first.line) + " of " + in_quotes(first.text) + ", under the same tags",
        "give each its own tags, such as " + in_quotes(first.text + "." + tag) + ", or keep the rows of one of them",
        c.column);
  }
  return found_;
}

std::optional<int> KeyFinder::numbers_that_tell_rows_apart(std::span<const readings::Sample> samples) const {
  constexpr size_t kFewest = 3;  // pairs of rows
  if (!wide_ || columns_.empty()) return std::nullopt;
  const auto order = in_time_order(samples);
  std::vector<std::pair<size_t, size_t>> pairs;
  for (size_t k = 1; k < order.size(); ++k)
    if (samples[order[k]].time == samples[order[k - 1]].time) pairs.emplace_back(order[k - 1], order[k]);
  if (pairs.size() < kFewest) return std::nullopt;
  for (const Column& c : columns_) {
    if (c.dead || !c.numbers || c.of.empty() || c.of[0].size() != samples.size()) continue;
    const auto& labels = c.of[0];
    if (std::all_of(pairs.begin(), pairs.end(), [&](const auto& p) { return labels[p.first] != labels[p.second]; }))
      return c.column;
  }
  return std::nullopt;
}

}  // namespace castner::tables
