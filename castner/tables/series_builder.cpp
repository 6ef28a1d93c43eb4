// SPDX-License-Identifier: Apache-2.0
// One tag's cells to a series, once all of them are read:
//  1. Texts only: no column of numbers, but of a tag that somebody waits for, of which each is a bad reading. TRUE and FALSE only: a switch, 1 and 0; among numbers a state is no reading.
//  2. Percentages (Excel's format, "32.1%") in all of its numbers or in none, and under a unit that they fit.
//  3. Numbers such as 1.002 among 996 and 999 are thousands: a file that writes 1002 so is refused, since nobody can tell the others.
//  4. Numbers that stand for no data, listed by the person or far from all others, are no readings.
//  5. Sorted by time. Rows of one time that say the same count once; rows that differ are a conflict, for the reader of the table
//     to say where.
#include "castner/tables/series_builder.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/readings/no_data.h"
#include "castner/readings/status_text.h"
#include "castner/tables/state_text.h"

namespace castner::tables {

using readings::Quality;
using readings::Sample;
using std::string, std::string_view, std::vector;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
/// An empty cell, until the series is finished.
const double kEmpty = std::bit_cast<double>(std::uint64_t{0x7FF8000000000001});
bool is_empty(double value) { return std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(kEmpty); }

bool same(const Sample& a, const Sample& b) {
  return a.quality == b.quality && (a.value == b.value || (std::isnan(a.value) && std::isnan(b.value)));
}

void refuse_texts(const string& tag, const string& text, int line, int column, ProblemList& problems) {
  problems.add(line,
               in_quotes(tag) + " reads texts such as " + in_quotes(text) +
                   ", and idle in the plant file waits for a number of it",
               "write the text that it reads while the unit is out of service: when = \"Stopped\"", column);
}

}  // namespace

bool read_state(SnapshotRow& row, string_view text, int column, const TableOptions& options, ProblemList& problems) {
  const auto words = options.states.find(row.tag);
  if (words == options.states.end()) return false;
  const auto state = state_of(words->second, text);
  if (words->second.empty()) {
    NumberReader numbers(true);
    const bool texts = state && numbers.read(text, row.line).kind == CellKind::text;
    if (texts) refuse_texts(row.tag, string(text.substr(0, 80)), row.line, column, problems);
    return texts;
  }
  row.value = state.value_or(kNone);
  if (!state) row.quality = Quality::bad;
  return true;
}

void SeriesBuilder::add_other(Time time, CellKind kind, string_view text, int line) {
  const string_view bare = readings::trimmed(text);
  const string word = kind == CellKind::text && bare.size() <= 5 ? readings::lower_case(bare) : "";
  const bool state = word == "true" || word == "false";
  if (state) states_.emplace_back(series_.samples.size(), word == "true");
  series_.samples.push_back({time, bare.empty() ? kEmpty : kNone, Quality::bad});
  if (kind == CellKind::malformed) {
    ++malformed_;
    if (texts_.size() < ProblemList::kMost) texts_.push_back({line, string(text.substr(0, 80))});
    return;
  }
  ++bad_texts_;
  if (bare.empty()) return;
  if (kind == CellKind::flagged && flagged_++ < ProblemList::kMost)
    flags_.push_back({line, string(text.substr(0, 80))});
  if (!state) status_.add(bare);
  if (kind == CellKind::bad)
    ++known_;
  else
    ++words_;
  if (word_.empty() || (kind != CellKind::bad && words_ == 1)) word_ = string(text.substr(0, 80));
}

void SeriesBuilder::add_state(Time time, string_view text, Quality quality) {
  constexpr std::size_t kFew = 5;
  const string_view bare = readings::trimmed(text);
  const auto state = state_of(*state_words_, bare);
  series_.samples.push_back({time, state.value_or(bare.empty() ? kEmpty : kNone), state ? quality : Quality::bad});
  if (!state) {
    ++bad_texts_;
    if (!bare.empty()) status_.add(bare);
  } else if (seen_states_.size() < kFew &&
             std::find(seen_states_.begin(), seen_states_.end(), bare) == seen_states_.end()) {
    seen_states_.emplace_back(bare);
  }
}

void SeriesBuilder::settle_states(ProblemList& problems, vector<string>& notes) {
  if (!state_words_) return;
  if (!state_words_->empty()) {
    if (!seen_states_.empty())
      notes.push_back(in_quotes(series_.tag) + " says " + listed(seen_states_) + ": out of service at " +
                      listed(*state_words_));
    return;
  }
  if (numbers_ > 0 || words_ + known_ == 0) return;
  refuse_texts(series_.tag, word_, 0, column_, problems);
}

/// Thousands behind a point: 996, 999, 1.002, 1.005. Either all other numbers are a hundred times larger and more, or they are whole
/// numbers below 1000, larger by far, so that 1002 is missing among them. A number of 1000 and more without a separator shows that
/// none are used.
bool SeriesBuilder::mixes_thousands() const {
  if (thousands_.high == 0.0 || others_.high == 0.0 || others_.high >= 1000.0 || thousands_.high >= 1000.0)
    return false;
  const bool apart = others_.low > 100.0 * thousands_.high && 1000.0 * thousands_.low < 3.0 * others_.high &&
                     3000.0 * thousands_.high > others_.low;
  const bool missing = others_.whole && others_.high < 1000.0 && others_.high > 100.0 * thousands_.low;
  return apart || missing;
}

void SeriesBuilder::settle_percent(ProblemList& problems) {
  if (percents_ == 0) return;
  if (percents_ < numbers_) {
    problems.add(percent_line_,
                 in_quotes(series_.tag) + " is a percentage here, and a number without a percent sign in line " +
                     std::to_string(plain_line_),
                 "write all of its numbers in one way", column_);
    return;
  }
  if (series_.unit.empty()) series_.unit = "%";
  if (series_.unit == "%") return;
  const auto unit = parse_unit(series_.unit);
  if (!unit || !unit->dimension.pure() || unit->scale != 1.0) {
    problems.add(percent_line_, in_quotes(series_.tag) + " is a percentage here, while its unit is " + series_.unit,
                 "give its unit as %, or its numbers without a percent sign", column_);
    return;
  }
  for (Sample& s : series_.samples) s.value /= 100.0;
}

void SeriesBuilder::settle_booleans(vector<string>& notes) {
  if (states_.empty() || numbers_ > 0 || malformed_ > 0 || words_ != states_.size()) {
    const auto on =
        static_cast<std::size_t>(std::count_if(states_.begin(), states_.end(), [](const auto& s) { return s.second; }));
    if (on > 0) status_.add("TRUE", on);
    if (on < states_.size()) status_.add("FALSE", states_.size() - on);
    return;
  }
  for (const auto& [at, on] : states_) series_.samples[at] = {series_.samples[at].time, on ? 1.0 : 0.0, Quality::good};
  bad_texts_ -= static_cast<int>(states_.size());
  numbers_ = states_.size();
  words_ = 0;
  notes.push_back(in_quotes(series_.tag) + " holds TRUE and FALSE: taken as 1 and 0");
}

void SeriesBuilder::drop_no_data(std::span<const double> no_data, vector<string>& notes) {
  readings::NoDataFinder finder;
  for (const Sample& s : series_.samples)
    if (s.quality != Quality::bad && std::isfinite(s.value)) finder.add(s.value);
  vector<double> all(no_data.begin(), no_data.end());
  for (const double v : finder.found())
    if (!readings::is_no_data(no_data, v)) all.push_back(v);
  if (const auto only = finder.throughout(); only && !readings::is_no_data(no_data, *only))
    notes.push_back(in_quotes(series_.tag) + " shows nothing but " + number_text(*only) +
                    ", which devices write for no reading: taken as a reading; if it is none, give --no-data " +
                    number_text(*only));
  for (const double none : all) {
    std::size_t count = 0;
    for (Sample& s : series_.samples)
      if (std::isfinite(s.value) && readings::is_no_data({&none, 1}, s.value)) {
        s.value = kNone;
        s.quality = Quality::bad;
        ++count;
      }
    if (count > 0)
      notes.push_back(in_quotes(series_.tag) + ": " + number_text(none) + " stands for no reading (" +
                      std::to_string(count) + " of " + std::to_string(series_.samples.size()) + ")");
  }
  ask_about_repeated(notes);
}

/// The largest or smallest number, where it comes three times and more and lies far beyond all others: some device's own "no reading".
void SeriesBuilder::ask_about_repeated(vector<string>& notes) const {
  constexpr std::size_t kOften = 3, kFewest = 10;
  constexpr double kFar = 50.0;  // sizes of the others
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Sample& s : series_.samples)
    if (s.quality != Quality::bad && std::isfinite(s.value))
      low = std::min(low, s.value), high = std::max(high, s.value);
  for (const double outermost : {low, high}) {
    double near = std::numeric_limits<double>::infinity(), far = -near;
    std::size_t often = 0, others = 0;
    for (const Sample& s : series_.samples) {
      if (s.quality == Quality::bad || !std::isfinite(s.value)) continue;
      if (s.value == outermost) {
        ++often;
        continue;
      }
      ++others;
      near = std::min(near, s.value);
      far = std::max(far, s.value);
    }
    const double size = std::max(std::abs(near), std::abs(far));
    const double distance = outermost > far ? outermost - far : near - outermost;
    if (often >= kOften && others >= kFewest && near < far && distance > kFar * size)
      notes.push_back(in_quotes(series_.tag) + " shows " + number_text(outermost) + " " + std::to_string(often) +
                      " times, far from all else that it shows: taken as a reading; if it is none, give --no-data " +
                      number_text(outermost));
  }
}

void SeriesBuilder::order_by_time(bool merged, Found& found) {
  auto& s = series_.samples;
  const auto before = [](const Sample& a, const Sample& b) { return a.time < b.time; };
  std::size_t backward = 0;
  bool twice = false;
  for (std::size_t i = 1; i < s.size(); ++i) {
    backward += s[i].time < s[i - 1].time;
    twice = twice || s[i].time == s[i - 1].time;
  }
  found.out_of_order = backward;
  if (backward > 0) {
    if (backward + 1 == s.size())
      std::reverse(s.begin(), s.end());
    else
      std::stable_sort(s.begin(), s.end(), before);
  }
  if (!twice && backward == 0) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (kept == 0 || s[kept - 1].time != s[i].time) {
      s[kept++] = s[i];
      continue;
    }
    Sample& first = s[kept - 1];
    if (merged && is_empty(first.value)) first = s[i];
    if ((merged && is_empty(s[i].value)) || same(first, s[i])) continue;
    if (found.conflict.count++ == 0) found.conflict.time = s[i].time;
  }
  found.repeated = s.size() - kept;
  s.resize(kept);
}

std::optional<readings::Series> SeriesBuilder::finish(const NumberReader& numbers, std::span<const double> no_data,
                                                      bool merged, ProblemList& problems, vector<string>& notes,
                                                      Found& found) {
  settle_booleans(notes);
  settle_states(problems, notes);
  // Beside numbers, or under a unit, they are numbers.
  if (flagged_ > 0 && (numbers_ > 0 || known_ > 0 || !series_.unit.empty())) {
    malformed_ += flagged_;
    texts_.insert(texts_.end(), flags_.begin(), flags_.end());
  }
  // A tag that somebody waits for has bad readings there, and each text is counted.
  if (!wanted_ && words_ > 0 && numbers_ == 0 && malformed_ == 0 && known_ == 0) {
    notes.push_back(in_quotes(series_.tag) + " holds texts such as " + in_quotes(word_) + " and no number: left out");
    return std::nullopt;
  }
  for (const Text& t : texts_)
    problems.add(t.line, in_quotes(series_.tag) + ": " + in_quotes(t.text) + " is not a number here",
                 numbers.cure(t.text), column_);
  problems.add_uncounted(malformed_ - texts_.size());
  if (!numbers.stated() && mixes_thousands())
    problems.add(thousands_.line,
                 in_quotes(series_.tag) +
                     " has numbers such as 1.002 among others a thousand times as large: thousands or decimals",
                 "write them without separators of thousands, or name the decimal mark: --decimal point or --decimal "
                 "comma (for a folder: decimal = \"comma\")",
                 column_);
  settle_percent(problems);
  order_by_time(merged, found);
  drop_no_data(no_data, notes);
  for (Sample& s : series_.samples)
    if (std::isnan(s.value)) s.value = kNone;
  return std::move(series_);
}

}  // namespace castner::tables
