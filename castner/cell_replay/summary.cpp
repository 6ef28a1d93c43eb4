// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_replay/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace castner::cell_replay {
namespace {

constexpr double kSure = 0.6;

double median_of(std::vector<double> some) {
  if (some.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
  std::nth_element(some.begin(), middle, some.end());
  return *middle;
}

std::string_view truth_name(const ReplayVerdict& v) {
  return v.truth.cause ? cell_bank::name_of(*v.truth.cause) : cell_bank::name_of(*v.truth.reading);
}

std::string span(double seconds) {
  if (std::isnan(seconds) || std::isinf(seconds)) return "not in half of them";
  if (seconds < 0.0) return "before it could be seen";
  if (seconds < 600.0) return fmt::format("{:.0f} s", seconds);
  if (seconds < 7200.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.1f} h", seconds / 3600.0);
}

std::string share(int some, int all) {
  return all == 0 ? "none" : fmt::format("{} of {} ({:.1f} %)", some, all, 100.0 * some / all);
}

}  // namespace

ReplaySummary summarise(const std::vector<Replay>& replays) {
  ReplaySummary s;
  std::vector<double> fast, slow, ohmic, electrode, ohmic_low, electrode_low;
  for (const Replay& r : replays) {
    s.cell_days += r.days * r.cells;
    s.sound_alarmed += static_cast<int>(r.wrong.size());
    for (const auto& c : r.excess) {
      ++s.intervals, s.covered += c.within();
      if (c.sick) ++s.sick_intervals, s.sick_covered += c.within();
    }
    for (const double e : r.ohmic) (r.low_currents ? ohmic_low : ohmic).push_back(std::abs(e));
    for (const double e : r.electrode) (r.low_currents ? electrode_low : electrode).push_back(std::abs(e));
    for (const ReplayVerdict& v : r.verdicts) {
      if (v.probability > kSure) ++s.sure, s.sure_and_wrong += !v.cause_right;
      if (v.truth.reading && v.truth.visible) ++s.readings, s.readings_first += v.after && v.kind_right;
      if (v.truth.cause && v.truth.visible)
        (v.truth.fast ? fast : slow).push_back(v.after.value_or(std::numeric_limits<double>::infinity()));
      if (!v.truth.told()) continue;
      ++s.told;
      s.found += v.after.has_value();
      s.right_kind += v.after && v.kind_right;
      s.right_cause += v.after && v.cause_right;
    }
  }
  s.fast_delay = median_of(fast);
  s.slow_delay = median_of(slow);
  s.ohmic_error = median_of(ohmic);
  s.electrode_error = median_of(electrode);
  s.ohmic_error_low = median_of(ohmic_low);
  s.electrode_error_low = median_of(electrode_low);
  return s;
}

std::string tables(const std::vector<Replay>& replays) {
  const ReplaySummary s = summarise(replays);
  std::string t = fmt::format(
      "| what | here |\n| --- | --- |\n"
      "| stories | {} |\n| watched | {:.0f} cell days |\n"
      "| the right cell found, of what could be told | {} |\n"
      "| the right cause first, of these | {} |\n"
      "| surer than 0.6 and wrong, of all surer than 0.6 | {} |\n"
      "| wrong instruments not taken for a sick cell | {} |\n"
      "| sound cells accused | {}, that is {:.2f} in 30 days of 8 x 180 cells |\n"
      "| fast faults: median delay | {} |\n| slow faults: median delay | {} |\n"
      "| 95 % intervals of excess power that hold the truth | {} |\n| of sick cells | {} |\n"
      "| median error of the ohmic part and of the electrodes' part, where a start or a stop showed low currents | "
      "{:.1f} %, "
      "{:.1f} % |\n"
      "| where none did | {:.1f} %, {:.1f} % |\n\n",
      replays.size(), s.cell_days, share(s.found, s.told), share(s.right_cause, s.told),
      share(s.sure_and_wrong, s.sure), share(s.readings_first, s.readings), s.sound_alarmed, s.false_a_month(),
      span(s.fast_delay), span(s.slow_delay), share(s.covered, s.intervals), share(s.sick_covered, s.sick_intervals),
      100.0 * s.ohmic_error_low, 100.0 * s.electrode_error_low, 100.0 * s.ohmic_error, 100.0 * s.electrode_error);

  struct Line {
    int all = 0, found = 0, right = 0;
    std::vector<double> delays;
    std::map<std::string_view, int> said;
  };
  std::map<std::string, Line> lines;
  for (const Replay& r : replays)
    for (const ReplayVerdict& v : r.verdicts) {
      Line& l = lines[fmt::format("{}{}", truth_name(v),
                                  !v.truth.visible  ? ", not visible"
                                  : !v.truth.told() ? ", cannot be told"
                                  : v.truth.fast    ? ""
                                                    : ", slow")];
      ++l.all, l.found += v.after.has_value(), l.right += v.after && v.cause_right;
      l.delays.push_back(v.after.value_or(std::numeric_limits<double>::infinity()));
      if (v.after && !v.cause_right) ++l.said[cells::name_of(v.first)];
    }
  t += "| what was wrong | found | likeliest cause right | median delay | else called |\n| --- | --- | --- | --- | --- "
       "|\n";
  for (const auto& [name, l] : lines) {
    std::string said;
    for (const auto& [cause, times] : l.said) said += fmt::format("{}{} {}", said.empty() ? "" : ", ", cause, times);
    t += fmt::format("| {} | {} of {} | {} | {} | {} |\n", name, l.found, l.all, l.right, span(median_of(l.delays)),
                     said);
  }

  std::array<std::vector<double>, kPeers + 1> fast, slow;
  std::array<int, kPeers + 1> found{}, wrong{};
  int all = 0;
  for (const Replay& r : replays) {
    wrong[kPeers] += static_cast<int>(r.wrong.size());
    for (std::size_t p = 0; p < kPeers; ++p) wrong[p] += r.peers_wrong[p];
    for (const ReplayVerdict& v : r.verdicts) {
      if (!v.truth.visible) continue;
      ++all;
      for (std::size_t p = 0; p <= kPeers; ++p) {
        const double after = p < kPeers ? v.peers[p] : v.after.value_or(std::numeric_limits<double>::infinity());
        found[p] += std::isfinite(after);
        if (v.truth.cause) (v.truth.fast ? fast : slow)[p].push_back(after);
      }
    }
  }
  t += "\n| method | found | fast faults, median delay | slow faults, median delay | sound cells accused in 30 days of "
       "8 x 180 |\n"
       "| --- | --- | --- | --- | --- |\n";
  for (std::size_t k = 0; k <= kPeers; ++k) {
    const std::size_t p = (k + kPeers) % (kPeers + 1);  // ours first
    t += fmt::format("| {} | {} of {} | {} | {} | {:.1f} |\n", p == kPeers ? "Castner" : name_of(static_cast<Peer>(p)),
                     found[p], all, span(median_of(fast[p])), span(median_of(slow[p])),
                     wrong[p] / s.cell_days * 30.0 * 8 * 180);
  }
  return t;
}

}  // namespace castner::cell_replay
