// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/series_builder.h"

#include <algorithm>
#include <limits>

#include "castner/base/suggest.h"

namespace castner::tables {

using readings::Quality;
using readings::Sample;

void SeriesBuilder::add_other(Time time, CellKind kind, std::string_view text, int line) {
  series_.samples.push_back({time, std::numeric_limits<double>::quiet_NaN(), Quality::bad});
  if (kind == CellKind::bad) {
    ++bad_texts_;
    return;
  }
  const bool malformed = kind == CellKind::malformed;
  ++(malformed ? malformed_ : words_);
  if (texts_.size() < ProblemList::kMost) texts_.push_back({line, malformed, std::string(text.substr(0, 80))});
}

std::optional<readings::Series> SeriesBuilder::finish(const NumberReader& numbers, ProblemList& problems,
                                                      std::vector<std::string>& notes, std::size_t& out_of_order,
                                                      std::size_t& repeated) {
  if (words_ > 0 && numbers_ == 0 && malformed_ == 0) {
    notes.push_back(in_quotes(series_.tag) + " holds texts such as " + in_quotes(texts_.front().text) +
                    " and no number: left out");
    return std::nullopt;
  }
  for (const Text& t : texts_)
    problems.add(t.line, in_quotes(series_.tag) + ": " + in_quotes(t.text) + " is not a number here",
                 t.malformed ? numbers.cure(t.text) : "write a number, or leave the cell empty for no reading",
                 column_);
  problems.add_uncounted(words_ + malformed_ - texts_.size());

  auto& s = series_.samples;
  const auto before = [](const Sample& a, const Sample& b) { return a.time < b.time; };
  std::size_t backward = 0;
  bool same = false;
  for (std::size_t i = 1; i < s.size(); ++i) {
    backward += s[i].time < s[i - 1].time;
    same = same || s[i].time == s[i - 1].time;
  }
  if (backward > 0) {
    out_of_order += backward;
    if (backward + 1 == s.size())
      std::reverse(s.begin(), s.end());
    else
      std::stable_sort(s.begin(), s.end(), before);
  }
  if (same || backward > 0) {
    // Of equal times the last in the file counts: historians append corrections.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (kept > 0 && s[kept - 1].time == s[i].time)
        s[kept - 1] = s[i];
      else
        s[kept++] = s[i];
    }
    repeated += s.size() - kept;
    s.resize(kept);
  }
  return std::move(series_);
}

}  // namespace castner::tables
