// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_replay/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "castner/cells/robust.h"
#include "castner/cells/span.h"

namespace castner::cell_replay {
namespace {

constexpr double kSure = 0.6;
constexpr double kNotFound = std::numeric_limits<double>::infinity();
constexpr auto kTold = static_cast<std::size_t>(When::told), kEnd = static_cast<std::size_t>(When::end);

double median_of(std::vector<double> some) { return cells::median_in_place(std::span(some)); }

std::string_view truth_name(const ReplayVerdict& v) {
  if (v.truth.unread) return "no longer read";
  return v.truth.cause ? cell_bank::name_of(*v.truth.cause) : cell_bank::name_of(*v.truth.reading);
}

std::string span(double seconds) {
  if (std::isnan(seconds) || std::isinf(seconds)) return "not in half of them";
  if (seconds < 0.0) return "before it could be seen";
  if (seconds < 600.0) return fmt::format("{:.0f} s", seconds);
  if (seconds < 2.0 * cells::kHour) return fmt::format("{:.0f} min", seconds / cells::kMinute);
  return fmt::format("{:.1f} h", seconds / cells::kHour);
}

std::string share(int some, int all) {
  return all == 0 ? "none" : fmt::format("{} of {} ({:.1f} %)", some, all, 100.0 * some / all);
}

void count(AtMoment& at, const Telling& t, When when) {
  const ToldCause& said = t.said[static_cast<std::size_t>(when)];
  if (said.probability <= kSure) return;
  const bool wrong = !t.right(when);
  if (said.of_a_tap())
    ++at.taps, at.taps_wrong += wrong;
  else
    ++at.sure, at.sure_and_wrong += wrong;
}

/// Called a sick cell in the row in which a finding of it was told.
bool taken_for_sick(const Replay& r, const ReplayVerdict& v) {
  return std::any_of(r.tellings.begin(), r.tellings.end(), [&](const Telling& t) {
    return t.of && t.cell == v.cell && !cells::is_instrument(t.said[kTold].first);
  });
}

std::string totals(const std::vector<Replay>& replays, const ReplaySummary& s) {
  std::string t = "| what | here |\n| --- | --- |\n";
  const auto row = [&](std::string_view what, const std::string& here) {
    t += fmt::format("| {} | {} |\n", what, here);
  };
  const AtMoment &told = s.when(When::told), &end = s.when(When::end);
  row("stories", fmt::format("{}", replays.size()));
  row("watched", fmt::format("{:.0f} cell days", s.cell_days));
  row("the right cell found, of what could be told", share(s.found, s.told));
  row("the right cause first, of these: when it was told", share(told.right_cause, s.told));
  row("the right cause first: as it stands at the end", share(end.right_cause, s.told));
  row("findings surer than 0.6 that are wrong: when they were told", share(told.sure_and_wrong, told.sure));
  row("findings surer than 0.6 that are wrong: at the end", share(end.sure_and_wrong, end.sure));
  row("the same of taps that are dead or stuck: when they were told", share(told.taps_wrong, told.taps));
  row("wrong instruments found and never told as a sick cell", share(s.readings_first, s.readings));
  row("scanners that hang, told while they did", share(s.hangs_told, s.hangs));
  row("findings of sound cells",
      fmt::format("{}, that is {:.2f} in 30 days of 8 x 180 cells", s.sound_alarmed, s.false_a_month()));
  row("fast faults: median delay", span(s.fast_delay));
  row("slow faults: median delay", span(s.slow_delay));
  row("95 % intervals of excess power that hold the truth", share(s.covered, s.intervals));
  row("of sick cells", share(s.sick_covered, s.sick_intervals));
  row("median error of the ohmic part and of the electrodes' part, where a start or a stop showed low currents",
      fmt::format("{:.1f} %, {:.1f} %", 100.0 * s.ohmic_error_low, 100.0 * s.electrode_error_low));
  row("where none did", fmt::format("{:.1f} %, {:.1f} %", 100.0 * s.ohmic_error, 100.0 * s.electrode_error));
  return t;
}

std::string causes(const std::vector<Replay>& replays) {
  struct Line {
    int all = 0, found = 0;
    std::array<int, kWhens> right{};
    std::array<std::map<std::string_view, int>, kWhens> said{};
    std::vector<double> delays;
  };
  std::map<std::string, Line> lines;
  for (const Replay& r : replays)
    for (const ReplayVerdict& v : r.verdicts) {
      Line& l = lines[fmt::format("{}{}", truth_name(v),
                                  !v.truth.visible  ? ", not visible"
                                  : !v.truth.told() ? ", cannot be told"
                                  : v.truth.fast    ? ""
                                                    : ", slow")];
      ++l.all, l.found += v.after.has_value();
      l.delays.push_back(v.after.value_or(kNotFound));
      if (!v.after) continue;
      for (std::size_t w = 0; w < kWhens; ++w) {
        l.right[w] += v.right[w];
        if (!v.right[w]) ++l.said[w][cells::name_of(v.said[w].first)];
      }
    }
  std::string t =
      "| what was wrong | found | cause right when told | at the end | median delay | else called when told | at the "
      "end "
      "|\n| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const auto& [name, l] : lines) {
    std::array<std::string, kWhens> said;
    for (std::size_t w = 0; w < kWhens; ++w)
      for (const auto& [cause, times] : l.said[w])
        said[w] += fmt::format("{}{} {}", said[w].empty() ? "" : ", ", cause, times);
    t += fmt::format("| {} | {} of {} | {} | {} | {} | {} | {} |\n", name, l.found, l.all, l.right[kTold],
                     l.right[kEnd], span(median_of(l.delays)), said[kTold], said[kEnd]);
  }
  return t;
}

/// Castner is judged by the rules of its peers: a finding that stands when the fault comes tells nothing of it.
std::string beside_peers(const std::vector<Replay>& replays, double cell_days) {
  std::array<std::vector<double>, kPeers + 1> fast, slow;
  std::array<int, kPeers + 1> found{}, before{}, wrong{};
  int all = 0;
  for (const Replay& r : replays) {
    wrong[kPeers] += r.sound_accused();
    for (std::size_t p = 0; p < kPeers; ++p) wrong[p] += r.peers_wrong[p];
    for (const ReplayVerdict& v : r.verdicts) {
      if (!v.truth.visible) continue;
      ++all;
      for (std::size_t p = 0; p <= kPeers; ++p) {
        if (p < kPeers ? v.peers_before[p] : v.alarmed_before) {
          ++before[p];
          continue;
        }
        const double after = p < kPeers ? v.peers[p] : v.after.value_or(kNotFound);
        found[p] += std::isfinite(after);
        if (v.truth.cause) (v.truth.fast ? fast : slow)[p].push_back(after);
      }
    }
  }
  std::string t =
      "| method | found | alarmed before | not found | fast faults, median delay | slow faults, median delay | sound "
      "cells "
      "accused in 30 days of 8 x 180 |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (std::size_t k = 0; k <= kPeers; ++k) {
    const std::size_t p = (k + kPeers) % (kPeers + 1);  // ours first
    t += fmt::format("| {} | {} of {} | {} | {} | {} | {} | {:.1f} |\n",
                     p == kPeers ? "Castner" : name_of(static_cast<Peer>(p)), found[p], all, before[p],
                     all - found[p] - before[p], span(median_of(fast[p])), span(median_of(slow[p])),
                     cell_days > 0.0 ? wrong[p] / cell_days * 30.0 * 8 * 180 : 0.0);
  }
  return t;
}

}  // namespace

ReplaySummary summarise(const std::vector<Replay>& replays) {
  ReplaySummary s;
  std::vector<double> fast, slow, ohmic, electrode, ohmic_low, electrode_low;
  for (const Replay& r : replays) {
    s.cell_days += r.days * r.cells;
    s.sound_alarmed += r.sound_accused();
    s.hangs += r.hangs, s.hangs_told += r.hangs_told;
    for (const auto& c : r.excess) {
      ++s.intervals, s.covered += c.within();
      if (c.sick) ++s.sick_intervals, s.sick_covered += c.within();
    }
    for (const double e : r.ohmic) (r.low_currents ? ohmic_low : ohmic).push_back(std::abs(e));
    for (const double e : r.electrode) (r.low_currents ? electrode_low : electrode).push_back(std::abs(e));
    for (const Telling& t : r.tellings)
      for (const When w : {When::told, When::end}) count(s.at[static_cast<std::size_t>(w)], t, w);
    for (const ReplayVerdict& v : r.verdicts) {
      if (v.truth.reading && v.truth.visible) ++s.readings, s.readings_first += v.after && !taken_for_sick(r, v);
      if (v.truth.cause && v.truth.visible) (v.truth.fast ? fast : slow).push_back(v.after.value_or(kNotFound));
      if (!v.truth.told()) continue;
      ++s.told;
      s.found += v.after.has_value();
      for (std::size_t w = 0; w < kWhens; ++w) s.at[w].right_cause += v.after && v.right[w];
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
  return totals(replays, s) + "\n" + causes(replays) + "\n" + beside_peers(replays, s.cell_days);
}

}  // namespace castner::cell_replay
