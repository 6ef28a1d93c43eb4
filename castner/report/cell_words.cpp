// SPDX-License-Identifier: Apache-2.0
// What is found of a cell, in words.
//  1. Title: the cause that is likely; where the data cannot tell, the likeliest few. A wrong reading is named by its tag.
//  2. Evidence: one sentence each, high or low by the sign of its number, "as it did" where the watch took it for none.
//  3. Advice: what to do about the cause, then the test that would tell more; of what the data cannot tell the test is the advice,
//     but a voltage that endangers people comes first.
#include "castner/report/cell_words.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace castner::report {
namespace {

using cells::Cause;
using cells::Figure;
using EvidenceKind = cells::Clue::Kind;

constexpr double kNearZero = 0.1;  ///< [V] what a dead reading still counts as zero

std::string size_of(const words::Shown& s) {
  std::string text = words::sentence_number(s);
  if (text.starts_with("−")) text.erase(0, std::string_view("−").size());
  return text;
}

/// Volts a second in the unit in which they are some millivolts.
words::Shown rate(const Figure& e) {
  const double size = std::abs(e.value) * 1e3;
  if (size * 60.0 >= 1.0) return shown_as(e, 60e3, "mV/min");
  if (size * 3600.0 >= 1.0) return shown_as(e, 3600e3, "mV/h");
  return shown_as(e, 86400e3, "mV/d");
}

const cells::Clue* evidence_of(const cells::Diagnosis& f, EvidenceKind kind) {
  for (const auto& e : f.evidence)
    if (e.kind == kind) return &e;
  return nullptr;
}

/// The row of a sentence: by the kind, and by what the watch took the number for.
/// @param own  the cell's own level is known
std::string_view evidence_code(const cells::Signs& signs, const cells::Clue& e, bool own) {
  const bool low = e.number.value < 0.0;
  switch (e.kind) {
    case EvidenceKind::deviation:
      if (signs[cells::Sign::direction] == 1) return "deviation_none";
      if (own) return low ? "deviation_own_low" : "deviation_own_high";
      return low ? "deviation_low" : "deviation_high";
    case EvidenceKind::low_current:
      if (signs[cells::Sign::low_current] == 2) return "low_current_none";
      return low ? "low_current_low" : "low_current_high";
    case EvidenceKind::decay: return signs[cells::Sign::decay] == 0 ? "decay_low" : "decay_none";
    case EvidenceKind::rising: return low ? "falling" : "rising";
    default: return name_of(e.kind);
  }
}

words::Shown evidence_number(const cells::Clue& e) {
  switch (e.kind) {
    case EvidenceKind::rising: return rate(e.number);
    case EvidenceKind::ohmic_share:
    case EvidenceKind::hydrogen:
    case EvidenceKind::oxygen:
    case EvidenceKind::feed:
    case EvidenceKind::factor: return shown_as(e.number, 100.0, "%");
    case EvidenceKind::chloride: return shown_as(e.number, 1e6, "ppm");
    case EvidenceKind::decay:
    case EvidenceKind::level: return shown_as(e.number, 1.0, "V");
    default: return millivolts(e.number);
  }
}

std::string evidence_text(const words::Words& words, const cells::Signs& signs, const cells::Clue& e, bool own,
                          const std::string& with) {
  const std::string_view code = evidence_code(signs, e, own);
  // A sentence that says above or below itself has no sign; one that says neither keeps it.
  const bool as_it_is = code.ends_with("_none") || e.kind == EvidenceKind::ohmic_share ||
                        e.kind == EvidenceKind::flickers || e.kind == EvidenceKind::at_rest ||
                        e.kind == EvidenceKind::level;
  const words::Shown number = evidence_number(e);
  std::string size = as_it_is ? words::sentence_number(number) : size_of(number);
  // Of the voltmeter its sd, which is what it can show: the value is the cell's.
  if (e.kind == EvidenceKind::sum_follows || e.kind == EvidenceKind::sum_does_not)
    size = fmt::format("± {:.2g} mV", 1e3 * e.number.sd);
  return words("cell.evidence." + std::string(code),
               {{"size", size}, {"with", with}, {"time", e.number.known() ? span_words(words, e.number.value) : ""}});
}

std::string ranked_words(const words::Words& words, const cells::Diagnosis& f) {
  constexpr std::size_t kMost = 3;
  std::string text;
  for (std::size_t k = 0; k < f.alternatives.size() && k < kMost; ++k)
    text += (k ? words("list.comma") : "") + words("cell.cause." + std::string(name_of(f.alternatives[k].cause))) +
            " " + share_words(f.alternatives[k].probability);
  return text;
}

std::string title(const words::Words& words, const cell_room::RoomAnswer& a, const cell_room::CellFinding& f) {
  const auto* deviation = evidence_of(f.what, EvidenceKind::deviation);
  const auto* level = evidence_of(f.what, EvidenceKind::level);
  const bool moved = deviation != nullptr && deviation->number.known();
  const bool low = moved && deviation->number.value < 0.0;
  words::Words::Blanks blanks{{"cell", f.cell},
                              {"tag", f.tag},
                              {"with", f.with},
                              {"share", share_words(f.what.probability)},
                              {"electrolyser", a.electrolysers[a.cells[f.line].electrolyser].name},
                              {"cause", words("cell.cause." + std::string(name_of(f.what.cause)))},
                              {"causes", ranked_words(words, f.what)}};
  if (moved) blanks["size"] = size_of(millivolts(deviation->number));
  if (level != nullptr) blanks["value"] = words::sentence_number(shown_as({level->number.value, 0.0}, 1.0, "V"));
  const auto code = [&]() -> std::string_view {
    switch (f.what.cause) {
      case Cause::unknown: return f.what.alternatives.empty() ? "unknown_none" : "unknown";
      case Cause::dead: return level != nullptr && std::abs(level->number.value) > kNearZero ? "dead_rail" : "dead";
      case Cause::stuck: return level != nullptr ? "stuck_at" : "stuck";
      case Cause::offset:
        if (!moved) return "reading";
        return !f.with.empty() ? "offset_pair" : low ? "offset_low" : "offset_high";
      case Cause::scale: return !moved ? "reading" : low ? "scale_low" : "scale_high";
      case Cause::swapped: return f.with.empty() ? "reading" : "swapped";
      default: return cells::name_of(f.what.cause);
    }
  }();
  return words("cell.title." + std::string(code), blanks);
}

/// Whether the test adds nothing to the advice about a cause.
bool adds_nothing(Cause cause, cells::Test test) {
  return test == cells::Test::wait ||  // waiting is no test once a cause is told
         (test == cells::Test::hand_voltmeter && (cause == Cause::offset || cause == Cause::scale)) ||
         (test == cells::Test::look_at_feed && (cause == Cause::blocked_feed || cause == Cause::dry_out));
}

std::string advice(const words::Words& words, const cell_room::CellFinding& f) {
  const std::string test =
      f.what.test == cells::Test::none || (f.what.cause != Cause::unknown && adds_nothing(f.what.cause, f.what.test))
          ? ""
          : words("cell.test." + std::string(name_of(f.what.test)));
  std::string first;
  if (f.what.cause != Cause::unknown) {
    first = words("cell.advice." + std::string(name_of(f.what.cause)), {{"cell", f.cell}});
  } else if (f.what.severity == cells::Severity::critical) {
    const auto* level = evidence_of(f.what, EvidenceKind::level);
    if (level != nullptr)
      first = words(level->number.value < 3.0 ? "cell.advice.unknown.below" : "cell.advice.unknown.above");
  }
  if (first.empty() || test.empty()) return first + test;
  return words("cell.test.to_be_sure", {{"advice", first}, {"test", test}});
}

}  // namespace

std::string_view name_of(cells::Standing s) {
  constexpr std::array<std::string_view, 4> kNames{"healthy", "suspect", "sick", "unseen"};
  return kNames[static_cast<std::size_t>(s)];
}
std::string_view name_of(cells::Severity s) {
  constexpr std::array<std::string_view, 3> kNames{"info", "warning", "critical"};
  return kNames[static_cast<std::size_t>(s)];
}
std::string_view name_of(EvidenceKind k) {
  constexpr std::array<std::string_view, 20> kNames{
      "deviation", "ohmic_share", "at_once",   "rising",      "low_current",  "decay",    "hydrogen",
      "oxygen",    "chloride",    "feed",      "sum_follows", "sum_does_not", "at_start", "flickers",
      "at_rest",   "opposite",    "exchanged", "level",       "frozen",       "factor"};
  return kNames[static_cast<std::size_t>(k)];
}
std::string_view name_of(cells::Test t) {
  constexpr std::array<std::string_view, 9> kNames{"",           "low_current",     "next_stop",      "move_load",
                                                   "sample_gas", "titrate_caustic", "hand_voltmeter", "look_at_feed",
                                                   "wait"};
  return kNames[static_cast<std::size_t>(t)];
}
std::string_view name_of(cell_room::Exchange::When w) {
  constexpr std::array<std::string_view, 4> kNames{"before_load", "own_stop", "next_stop", "later"};
  return kNames[static_cast<std::size_t>(w)];
}

std::string_view evidence_unit(EvidenceKind k) {
  switch (k) {
    case EvidenceKind::at_once:
    case EvidenceKind::frozen: return "s";
    case EvidenceKind::rising: return "V/s";
    case EvidenceKind::ohmic_share:
    case EvidenceKind::hydrogen:
    case EvidenceKind::oxygen:
    case EvidenceKind::chloride:
    case EvidenceKind::feed:
    case EvidenceKind::at_start:
    case EvidenceKind::factor: return "1";
    default: return "V";
  }
}

CellFindingText describe(const words::Words& words, const cell_room::RoomAnswer& a, const cell_room::CellFinding& f) {
  CellFindingText out{.title = title(words, a, f), .advice = advice(words, f), .evidence = {}, .others = {}};
  if (f.what.cause != Cause::unknown && !f.what.alternatives.empty())
    out.others = words("cells.alternatives") + words("colon") + ranked_words(words, f.what);
  const bool own = !f.ended && a.cells[f.line].watch.own_level;
  for (const auto& e : f.what.evidence)
    out.evidence.push_back({&e, evidence_text(words, f.what.signs, e, own, f.with)});
  return out;
}

std::string share_words(double probability) {
  // Never 100 %: no cause is.
  return fmt::format("{:.0f} %", std::min(99.0, 100.0 * probability));
}

std::string span_words(const words::Words& words, double seconds) {
  const auto n = [](double v) { return fmt::format("{:.0f}", v); };
  if (seconds < 100.0) return words("length.seconds", {{"n", n(seconds)}});
  const double minutes = std::round(seconds / 60.0);
  if (minutes < 60.0) return words("length.minutes", {{"n", n(minutes)}});
  if (minutes < 48.0 * 60.0) {
    const double h = std::floor(minutes / 60.0), rest = minutes - 60.0 * h;
    return words(rest == 0.0 ? "length.hours" : "length.hours_and_minutes", {{"h", n(h)}, {"n", n(rest)}});
  }
  return words("length.days", {{"n", n(minutes / 1440.0)}});
}

words::Shown shown_as(const Figure& e, double scale, const char* unit) {
  if (!e.known()) return words::shown(std::nullopt, std::nullopt, unit);
  return words::shown(e.value * scale, std::isfinite(e.sd) ? std::optional(e.sd * scale) : std::nullopt, unit);
}
std::string_view name_of(cells::RoomWide::Kind k) {
  constexpr std::array<std::string_view, 6> kNames{
      "scanner_hangs",           "moved_together", "energised_without_current",
      "current_without_voltage", "scanner_silent", "hydrogen_in_chlorine"};
  return kNames[static_cast<std::size_t>(k)];
}

RoomNoteText describe(const words::Words& words, const cell_room::RoomAnswer& a, const cell_room::RoomNote& note) {
  struct Rows {
    const char *now, *over, *next;
  };
  constexpr std::array<Rows, 6> kRows{
      Rows{"cell.note.hangs", "cell.note.hung", "cell.note.hangs.next"},
      Rows{"cell.note.moved_together", "cell.note.moved_together", "cell.note.moved_together.next"},
      Rows{"cell.note.live", "cell.note.live.over", "cell.note.live.next"},
      Rows{"cell.note.bypassed", "cell.note.bypassed.over", "cell.note.bypassed.next"},
      Rows{"cell.note.silent", "cell.note.silent", "cell.note.silent.next"},
      Rows{"cell.note.hydrogen", "cell.note.hydrogen.over", "cell.note.hydrogen.next"}};
  const Rows& row = kRows[static_cast<std::size_t>(note.what.kind)];
  const auto& e = a.electrolysers[note.electrolyser];
  return {.title = words(note.ended ? row.over : row.now,
                         {{"name", e.name},
                          {"n", std::to_string(note.what.cells)},
                          {"all", std::to_string(e.healthy + e.suspect + e.sick + e.unseen)},
                          {"apart", fmt::format("{:.0f} mV", 1e3 * note.what.number)},
                          {"volts", fmt::format("{:.2f} V", note.what.number)},
                          {"share", fmt::format("{:.2g} %", 1e2 * note.what.number)}}),
          .advice = note.ended ? std::string() : words(row.next)};
}

words::Shown millivolts(const Figure& e) { return shown_as(e, 1e3, "mV"); }

}  // namespace castner::report
