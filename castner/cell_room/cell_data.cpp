// SPDX-License-Identifier: Apache-2.0
// A table joined to a cells.toml:
//  1. Every tag is looked for by its name, in whatever order the columns stand. Voltages that are missing are one problem an electrolyser,
//     with the family of columns that may be meant (new_cells.h), in whatever language.
//  2. Units: header or file, else by size (column_units.h). All voltages of an electrolyser have one, by the middle cell, so that one
//     scaled by a fault stays an instrument's fault; but a whole column that reads a thousand times the others is in mV among V.
//  3. A current whose readings jump by a thousand while the voltages stay has A and kA in one column. Where those are single readings,
//     they are none.
//  4. The scanner's rhythm is the usual time from a cell's reading to its next; every other tag's own decides how long it holds.
//  5. Leads and signs: a current, or all voltages, below zero is refused; a single voltage below zero is noted, and an instrument's fault.
//  6. Rows outside --from and --to are left out of the voltages; what is held may be older.
#include "castner/cell_room/cell_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "castner/base/check.h"
#include "castner/base/suggest.h"
#include "castner/base/time_span.h"
#include "castner/cell_room/column_units.h"
#include "castner/cell_room/mixed_units.h"
#include "castner/cell_room/new_cells.h"
#include "castner/cells/robust.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/series_units.h"

namespace castner::cell_room {
namespace {

using readings::Sample, readings::Series;
using std::chrono::nanoseconds;

/// [ns] nine of ten times from a reading to the next are no longer; nothing where fewer than three were read.
std::optional<nanoseconds> usual_interval(std::span<const Sample> samples) {
  constexpr std::size_t kEnough = 2000;  // all over the series
  constexpr auto kLongest = std::chrono::hours(24 * 366);
  const std::size_t step = samples.size() / kEnough + 1;
  const auto next_reading = [&](std::size_t i) {
    while (i < samples.size() && !is_reading(samples[i])) ++i;
    return i;
  };
  std::vector<nanoseconds> all;
  for (std::size_t i = 0; i < samples.size();) {
    const std::size_t first = next_reading(i), second = next_reading(first + 1);
    if (second >= samples.size()) break;
    all.push_back(span_between(samples[first].time, samples[second].time));
    i = std::max(i + step, second);
  }
  if (all.size() < 2) return std::nullopt;
  const auto ninth = all.begin() + static_cast<std::ptrdiff_t>((all.size() - 1) * 9 / 10);
  std::nth_element(all.begin(), ninth, all.end());
  return std::min<nanoseconds>(*ninth, kLongest);
}

/// The middle of the cells' usual intervals; a scan of which each cell was read once lasts as long as it may.
nanoseconds rhythm_of(const ElectrolyserData& data) {
  constexpr nanoseconds kOneScan = std::chrono::hours(1);
  std::vector<nanoseconds> all;
  for (const TagSamples& cell : data.cells)
    if (const auto usual = usual_interval(cell.samples)) all.push_back(*usual);
  if (all.empty()) return kOneScan;
  return cells::median_in_place<nanoseconds>(all);
}

/// Four digits, all of those before the point.
std::string measured(double v) {
  return std::abs(v) >= 1e4 && std::abs(v) < 1e9 ? fmt::format("{:.0f}", v) : fmt::format("{:.4g}", v);
}

class CellJoin {
 public:
  CellJoin(const CellRoomFile& file, const tables::Table& table, const CellDataOptions& options)
      : file_(file), table_(table), options_(options) {
    for (const Series& s : table.series) series_.emplace(s.tag, &s);
  }

  Result<CellData> join() {
    if (table_.facts.shape == tables::TableShape::snapshot)
      return bad_input(options_.data_file, "has no times: cells are judged by how they change",
                       "give a table with a column of times, time,TAG1,TAG2 or time,tag,value");
    for (const ElectrolyserEntry& e : file_.electrolysers) join_electrolyser(e);
    if (error_.problems.empty()) choose_period();
    if (!error_.problems.empty()) return tl::unexpected(std::move(error_));
    return std::move(out_);
  }

 private:
  void problem_in_file(int line, const std::string& of, std::string what, std::string cure) {
    error_.problems.push_back(
        {options_.cells_file + ":" + std::to_string(line), of + ": " + std::move(what), std::move(cure)});
  }
  void problem_in_data(std::string what, std::string cure) {
    error_.problems.push_back({options_.data_file, std::move(what), std::move(cure)});
  }
  const Series* find(const std::string& tag) const {
    const auto it = series_.find(tag);
    return it == series_.end() ? nullptr : it->second;
  }
  std::string time_text(Time t) const {
    return readings::time_text(t, options_.clock ? options_.clock : table_.facts.clock);
  }

  void join_electrolyser(const ElectrolyserEntry& e) {
    ElectrolyserData data;
    const std::string what = "[[electrolyser]] " + in_quotes(e.name);
    std::vector<std::string> missing;
    std::vector<const Series*> columns;
    for (const CellEntry& c : e.cells) {
      columns.push_back(find(c.voltage));
      if (!columns.back()) missing.push_back(c.voltage);
    }
    if (!missing.empty()) say_missing_voltages(e, what, missing);
    const auto to_si = cell_unit(e, columns, missing.size());
    for (const Series* s : columns)
      data.cells.push_back(s ? TagSamples{s->samples, to_si.value_or(ToSi{})} : TagSamples{});
    if (to_si) take_thousandths(e, columns, data);
    data.scan = rhythm_of(data);
    const OfSize size{e.cell_area, e.cells.size(), to_si ? highest_of(data) : std::nullopt};
    auto current = to_si ? current_in_one_unit(e, data) : std::nullopt;
    for (const RoomQuantity q : kEachRoomQuantity)
      if (q != RoomQuantity::current || !mixed_) data.known[at(q)] = join_known(e, what, q, data.scan, size);
    mixed_ = false;
    if (current) {
      out_.mended.push_back(std::move(*current));
      data.known[at(RoomQuantity::current)].tag.samples = out_.mended.back();
    }
    say_hole(e, data);
    out_.electrolysers.push_back(std::move(data));
  }

  /// [V] that a middle cell reads at its most.
  static std::optional<double> highest_of(const ElectrolyserData& data) {
    std::vector<double> all;
    for (const TagSamples& cell : data.cells)
      if (const auto v = highest_reading(cell.samples)) all.push_back(cell.to_si(*v));
    return all.empty() ? std::nullopt : std::optional(cells::median_in_place<double>(all));
  }

  // --- tags ---

  const std::vector<RoomColumn>& columns() {
    if (columns_.empty())
      for (const Series& s : table_.series) columns_.push_back({s.tag, s.unit, usual_reading(s.samples)});
    return columns_;
  }
  const std::vector<ElectrolyserGuess>& guesses() {
    if (!guesses_) guesses_ = guess_electrolysers(columns());
    return *guesses_;
  }

  /// Tags of the data that the file has no use for.
  std::vector<std::string> unused() {
    std::vector<std::string> all;
    std::unordered_map<std::string, bool> used;
    for (const auto& e : file_.electrolysers) {
      for (const auto& c : e.cells) used[c.voltage] = true;
      for (const auto& k : e.known) used[k.tag] = true;
    }
    for (const Series& s : table_.series)
      if (!used.contains(s.tag)) all.push_back(s.tag);
    return all;
  }

  /// A column that is called as the tag is, with something behind that is no unit: what, and the cure.
  std::optional<Problem> called_with_more(const std::string& tag) const {
    for (const Series& s : table_.series)
      if (s.tag.starts_with(tag))
        if (auto found = tables::unread_unit(s.tag, [&](const std::string& t) { return t == tag; }))
          return Problem{"", in_quotes(s.tag) + found->why, found->cure};
    return std::nullopt;
  }

  void say_missing_voltages(const ElectrolyserEntry& e, const std::string& what,
                            const std::vector<std::string>& missing) {
    const std::size_t all = e.cells.size(), n = missing.size();
    std::string text = n == all && all > 1 ? "none of its " + std::to_string(all) + " voltages is in "
                       : n == 1            ? "voltage " + in_quotes(missing[0]) + " is not in "
                                : std::to_string(n) + " of its " + std::to_string(all) + " voltages are not in ";
    text += options_.data_file;
    if (n > 1) text += ": " + listed(missing, 5);
    if (const auto more = called_with_more(missing[0]))
      return problem_in_file(e.voltages_line, what, text + "; " + more->what, more->cure);
    problem_in_file(e.voltages_line, what, text, cure_of_voltages(e, missing));
  }

  std::string cure_of_voltages(const ElectrolyserEntry& e, const std::vector<std::string>& missing) {
    const auto free = unused();
    if (2 * missing.size() > e.cells.size()) {
      for (const ElectrolyserGuess& g : guesses()) {
        const bool taken = std::any_of(g.tags.begin(), g.tags.end(), [&](const std::string& t) {
          return std::find(free.begin(), free.end(), t) == free.end();
        });
        if (taken || (g.tags.size() != e.cells.size() && guesses().size() > 1)) continue;
        return "columns " + in_quotes(g.tags.front()) + " to " + in_quotes(g.tags.back()) + " read like " +
               std::to_string(g.tags.size()) + " cells: did you mean voltages = " +
               (g.voltages.size() == 1 ? "\"" + g.voltages.front() + "\"" : "[\"" + g.voltages.front() + "\", ...]") +
               "?";
      }
    }
    const std::string otherwise = free.empty() ? "no column is left over: leave these cells out, or add their columns"
                                               : "columns that are left over: " + listed(free, 5);
    return did_you_mean(missing[0], free, otherwise);
  }

  void say_missing_tag(const ElectrolyserEntry& e, const std::string& what, RoomQuantity q) {
    const QuantitySource& source = e.of(q);
    const std::string key(info(q).key), text = key + " = " + in_quotes(source.tag) + " is not in " + options_.data_file;
    if (const auto more = called_with_more(source.tag))
      return problem_in_file(source.line, what, text + "; " + more->what, more->cure);
    const auto free = unused();
    const auto is_free = [&](const std::string& tag) { return std::find(free.begin(), free.end(), tag) != free.end(); };
    std::string otherwise = free.empty() ? "no column is left over: correct it, or add its column"
                                         : "columns that are left over: " + listed(free, 5);
    if (q != RoomQuantity::current)
      otherwise += "; leave the line out where it is not measured";
    else
      otherwise = "no column left over reads like a current: export it with the voltages";
    for (const ElectrolyserGuess& g : guesses())
      if (const auto& guess = g.known[at(q)]; guess && is_free(guess->tag)) {
        otherwise = "did you mean " + in_quotes(guess->tag) + "?";
        break;
      }
    problem_in_file(source.line, what, text, did_you_mean(source.tag, free, otherwise));
  }

  // --- units ---

  /// The factor of all voltages of an electrolyser; nothing where their units are a problem.
  std::optional<ToSi> cell_unit(const ElectrolyserEntry& e, const std::vector<const Series*>& columns,
                                std::size_t missing) {
    if (missing == columns.size()) return std::nullopt;
    std::vector<std::string> wrong;
    std::optional<std::string> first;
    bool several = false, good = true;
    std::vector<double> usual;
    for (const Series* s : columns) {
      if (!s) continue;
      if (first && !s->unit.empty() && *first != s->unit) several = true;
      if (!first && !s->unit.empty()) first = s->unit;
      const auto unit = s->unit.empty() ? std::nullopt : header_unit(*s);
      if (!s->unit.empty() && !(unit && conversion(RoomQuantity::voltage, *unit)))
        wrong.push_back(in_quotes(s->tag) + " [" + s->unit + "]");
      if (const auto u = usual_reading(s->samples)) usual.push_back(*u);
    }
    const std::string of = "the voltages of " + in_quotes(e.name);
    if (!wrong.empty())
      problem_in_data(
          of + " are not all voltages by their units: " + listed(wrong, 3, [](const std::string& w) { return w; }),
          "correct the headers, or voltages in " + options_.cells_file),
          good = false;
    else if (several)
      problem_in_data(of + " are not in one unit: the headers say " + in_quotes(*first) + " and others",
                      "give all cells of an electrolyser one unit in the header"),
          good = false;
    if (usual.empty()) {
      if (good) problem_in_data(of + " hold no number", "look whether the scanner wrote any; export them again");
      return std::nullopt;
    }
    if (!good) return std::nullopt;
    const double middle = cells::median_in_place<double>(usual);
    const auto to_si = cell_unit_of_size(of, first.value_or(""), middle);
    return to_si && says_below_zero(of, columns, middle, *to_si) ? std::nullopt : to_si;
  }

  /// Voltages that all read below zero while they are in use; single ones are noted.
  bool says_below_zero(const std::string& of, const std::vector<const Series*>& columns, double middle, ToSi to_si) {
    std::vector<std::string> below;
    std::size_t in_use = 0;
    for (const Series* s : columns) {
      const auto usual = s ? usual_reading(s->samples) : std::nullopt;
      if (!usual || to_si(*usual) < kLeastCellVoltage) continue;
      ++in_use;
      if (mostly_negative(s->samples)) below.push_back(s->tag);
    }
    if (below.empty()) return false;
    if (2 * below.size() > in_use) {
      problem_in_data(of + " are below zero: -" + measured(middle),
                      "turn their sign in the export: reversed leads; a cell that makes chlorine counts as positive");
      return true;
    }
    out_.notes.push_back(of + " are below zero for some, as with reversed leads: " + listed(below, 5));
    return false;
  }

  /// Columns that are in mV where the others are in V, or the other way round: converted where no header gives a unit, else refused.
  void take_thousandths(const ElectrolyserEntry& e, const std::vector<const Series*>& columns, ElectrolyserData& data) {
    std::vector<double> usual;
    for (const Series* s : columns)
      if (s)
        if (const auto u = usual_reading(s->samples)) usual.push_back(*u);
    const double middle = cells::median_in_place<double>(usual);
    std::vector<std::string> taken, wrong;
    std::string unit;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      TagSamples& cell = data.cells[i];
      if (!columns[i] || !(middle > 0.0)) continue;
      const double times = thousandfold(columns[i]->samples, middle);
      const bool in_mV = times > 1.0 && cell.to_si.scale == 1.0, in_V = times < 1.0 && cell.to_si.scale == 0.001;
      if (!in_mV && !in_V) continue;
      unit = in_mV ? "mV" : "V";
      (columns[i]->unit.empty() ? taken : wrong).push_back(columns[i]->tag);
      cell.to_si.scale /= times;
    }
    const std::string of = " of " + in_quotes(e.name);
    if (!wrong.empty())
      problem_in_data("voltages" + of +
                          " that read a thousand times more or less than the others, by their headers in one unit: " +
                          listed(wrong, 5),
                      "correct the unit in these headers: it is " + unit);
    if (!taken.empty())
      out_.notes.push_back("voltages" + of + " that have no unit and are taken as " + unit +
                           ", unlike the others, by their size: " + listed(taken, 5));
  }

  std::optional<ToSi> cell_unit_of_size(const std::string& of, const std::string& header, double usual) {
    const auto by_size = cell_unit_by_size(usual);
    if (header.empty()) {
      if (!by_size) {
        problem_in_data(of + " usually read " + measured(usual) + ", and their headers give no unit: neither V nor mV",
                        "write the unit into the headers, \"EI-1101-001 [mV]\"");
        return std::nullopt;
      }
      if (by_size->text != "V")
        out_.notes.push_back(of + " have no unit: taken as " + by_size->text + " by their size");
      return by_size->to_si;
    }
    const auto unit = parse_unit(header);
    check(unit.has_value(), "a header's unit was looked at");
    const auto to_si = conversion(RoomQuantity::voltage, *unit);
    check(to_si.has_value(), "a header's unit was looked at");
    const double volts = (*to_si)(usual);
    // What is far too small for volts and reads like them is not in mV; at rest, cells are near zero, and in kV nobody reads them.
    const bool too_small = volts < kLeastCellVoltage / 10.0 && by_size && by_size->text == "V";
    if ((volts > kMostCellVoltage || too_small) && by_size && by_size->text != header && usual != 0.0) {
      problem_in_data(of + " usually read " + measured(usual) + " " + header +
                          ": a cell has 2 to 4 V, so they are in " + by_size->text,
                      "correct the unit in the headers");
      return std::nullopt;
    }
    return to_si;
  }

  static std::optional<Measure> header_unit(const Series& s) {
    auto unit = parse_unit(s.unit);
    return unit ? std::optional(std::move(*unit)) : std::nullopt;
  }

  KnownSamples join_known(const ElectrolyserEntry& e, const std::string& what, RoomQuantity q, nanoseconds scan,
                          OfSize size) {
    constexpr nanoseconds kOfFew = std::chrono::hours(24);
    KnownSamples known;
    const QuantitySource& source = e.of(q);
    known.constant = source.constant;
    if (source.constant) say_constant(e, q, *source.constant);
    if (source.tag.empty()) return known;
    const Series* s = find(source.tag);
    if (!s) return say_missing_tag(e, what, q), known;
    const auto to_si = unit_of_known(e, what, q, *s, size);
    if (!to_si) return known;
    known.tag = {s->samples, *to_si};
    const auto usual = usual_interval(s->samples);
    const bool current = q == RoomQuantity::current;
    known.held = !usual ? kOfFew : current ? *usual + *usual / 2 : 3 * *usual;
    known.held = std::max(known.held, scan + scan / 2);
    known.ends_when_bad = current && usual && *usual <= scan + scan / 2;
    return known;
  }

  /// What a constant that a person wrote stands for.
  void say_constant(const ElectrolyserEntry& e, RoomQuantity q, double si) {
    const std::string of = " of " + in_quotes(e.name) + " is taken as ";
    if (q == RoomQuantity::current)
      out_.notes.push_back("the current" + of + measured(si / 1000.0) +
                           " kA all the time, as the file says: where the load moved or stood still, nobody knows it");
    if (q == RoomQuantity::temperature)
      out_.notes.push_back(
          "the temperature" + of + measured(si - 273.15) +
          " degC all the time, as the file says: voltages are standardised as if it were known to 3 K");
  }

  std::optional<ToSi> unit_of_known(const ElectrolyserEntry& e, const std::string& what, RoomQuantity q,
                                    const Series& s, OfSize size) {
    const QuantitySource& source = e.of(q);
    const std::string key(info(q).key), tag = in_quotes(s.tag), is_key = tag + ", " + key + " of " + in_quotes(e.name);
    const bool by_mass = q == RoomQuantity::caustic || q == RoomQuantity::chloride_in_caustic;
    const bool of_mass = s.share == "wt%" || s.share == "ppm by mass";
    if (!s.share.empty() && by_mass != of_mass)
      return problem_in_data(is_key + ", is in " + in_quotes(s.share) + ", and " + key +
                                 (by_mass ? " is a share by mass" : " is a share by volume"),
                             "correct the header, or name another tag in " + options_.cells_file),
             std::nullopt;
    std::optional<Measure> unit = source.unit;
    if (!s.unit.empty()) {
      const auto header = header_unit(s);
      if (!header || !conversion(q, *header))
        return problem_in_data(is_key + ", is in " + in_quotes(s.unit) + ", which is no unit of it",
                               "correct the header, or name another tag in " + options_.cells_file),
               std::nullopt;
      if (unit &&
          (unit->scale != header->scale || unit->offset != header->offset || unit->dimension != header->dimension))
        return problem_in_file(source.line, what,
                               key + " is in " + in_quotes(unit->text) + ", and the header of " + tag + " in " +
                                   options_.data_file + " says " + in_quotes(s.unit),
                               "leave unit out, or correct the header"),
               std::nullopt;
      unit = header;
    }
    const auto read = usual_reading(s.samples);
    if (!read && q == RoomQuantity::current)
      return problem_in_data(tag + ", the current of " + in_quotes(e.name) + ", holds no number",
                             "export the current with the voltages: without it no cell can be judged"),
             std::nullopt;
    const double usual = read.value_or(0.0);
    if (q == RoomQuantity::current && mostly_negative(s.samples))
      return problem_in_data(tag + ", the current of " + in_quotes(e.name) + ", is below zero: -" + measured(usual),
                             "turn its sign in the export: a current that makes chlorine counts as positive"),
             std::nullopt;
    const auto by_size = unit_by_size(q, usual, size);
    // Of a quantity that may be left out no unit makes sense of: an instrument that fails is no bad input.
    const auto not_used = [&](const std::string& reads) {
      out_.notes.push_back(is_key + ", usually reads " + reads);
      return std::nullopt;
    };
    if (unit) {
      const auto to_si = conversion(q, *unit);
      check(to_si.has_value(), "a unit was looked at");
      if (usual == 0.0 || plausible(q, (*to_si)(usual), size)) return to_si;
      if (!by_size && q != RoomQuantity::current) return not_used(measured(usual) + " " + unit->text + ": not used");
      say_not_plausible(e, q, tag, usual, unit->text, by_size, !s.unit.empty());
      return std::nullopt;
    }
    if (usual == 0.0) return ToSi{};
    if (!by_size && q != RoomQuantity::current) return not_used(measured(usual) + ", without a unit: not used");
    if (!by_size) return say_no_current(e, tag, usual), std::nullopt;
    out_.notes.push_back(tag + " has no unit: taken as " + (by_size->text == "1" ? "a fraction" : by_size->text) +
                         (q == RoomQuantity::current
                              ? ", which is " + measured(by_size->to_si(usual) / e.cell_area / 1000.0) +
                                    " kA/m2 in cells of " + measured(e.cell_area) + " m2"
                              : " by its size, " + measured(usual)));
    return by_size->to_si;
  }

  void say_not_plausible(const ElectrolyserEntry& e, RoomQuantity q, const std::string& tag, double usual,
                         const std::string& unit, const std::optional<UnitFound>& by_size, bool header) {
    const auto to_si = conversion(q, *parse_unit(unit));
    std::string what = tag + " usually reads " + measured(usual) + (unit == "1" ? "" : " " + unit);
    if (q == RoomQuantity::current)
      what += ", " + measured((*to_si)(usual) / e.cell_area / 1000.0) + " kA/m2 in cells of " + measured(e.cell_area) +
              " m2: that is no current of " + in_quotes(e.name);
    else
      what += ": that is no " + std::string(info(q).key) + " of " + in_quotes(e.name);
    const std::string where = header ? "in the header" : "in " + options_.cells_file;
    problem_in_data(what, by_size ? "it looks like " + (by_size->text == "1" ? "a fraction" : by_size->text) +
                                        ": correct the unit " + where
                                  : "correct the unit " + where + ", or cell_area in " + options_.cells_file);
  }

  void say_no_current(const ElectrolyserEntry& e, const std::string& tag, double usual) {
    problem_in_data(tag + " has no unit and usually reads " + measured(usual) + ": neither A nor kA is a current of " +
                        in_quotes(e.name) + ", whose cells have " + measured(e.cell_area) + " m2",
                    "correct cell_area in " + options_.cells_file + ", or name another tag");
  }

  // --- what the readings themselves tell ---

  /// A current with A and kA in one column: without its few wrong readings, or refused.
  std::optional<std::vector<Sample>> current_in_one_unit(const ElectrolyserEntry& e, const ElectrolyserData& data) {
    const Series* s = find(e.of(RoomQuantity::current).tag);
    const auto mixed = s ? mixed_current(s->samples, e.cell_area, data) : std::nullopt;
    if (!mixed) return std::nullopt;
    const std::string of = in_quotes(s->tag) + ", the current of " + in_quotes(e.name);
    if (mixed->few.empty()) {
      mixed_ = true;
      problem_in_data(of + ", jumps from " + measured(mixed->before.value) + " to " + measured(mixed->after.value) +
                          " at " + time_text(mixed->after.time) +
                          (mixed->jumps > 1 ? ", the first of " + std::to_string(mixed->jumps) + " such jumps," : "") +
                          " while the voltages stay: A and kA are mixed in one column",
                      "give the whole column one unit");
      return std::nullopt;
    }
    std::vector<Sample> mended(s->samples.begin(), s->samples.end());
    for (const std::size_t i : mixed->few) mended[i].quality = readings::Quality::bad;
    const Sample& first = s->samples[mixed->few.front()];
    const std::string theirs = mixed->few_in_A ? "A" : "kA", usual = mixed->few_in_A ? "kA" : "A";
    out_.notes.push_back(
        of + ", reads " + measured(first.value) + " at " + time_text(first.time) +
        (mixed->few.size() > 1 ? ", the first of " + std::to_string(mixed->few.size()) + " such readings" : "") +
        ", in " + theirs + " among " + usual + ": taken as no reading");
    return mended;
  }

  void say_hole(const ElectrolyserEntry& e, const ElectrolyserData& data) {
    const auto hole = longest_hole(data);
    if (!hole) return;
    const auto days = std::chrono::floor<std::chrono::days>(span_between(hole->first, hole->second)).count();
    out_.notes.push_back("no voltage of " + in_quotes(e.name) + " was read for " + std::to_string(days) + " days, " +
                         time_text(hole->first) + " to " + time_text(hole->second) +
                         ": what lies before and after is taken as one life");
  }

  // --- the period ---

  void choose_period() {
    std::optional<Time> first, last;
    bool any = false;
    for (ElectrolyserData& e : out_.electrolysers)
      for (TagSamples& cell : e.cells) {
        if (cell.samples.empty()) continue;
        first = first ? std::min(*first, cell.samples.front().time) : cell.samples.front().time;
        last = last ? std::max(*last, cell.samples.back().time) : cell.samples.back().time;
        const auto at_or_after = [&](Time t) {
          return std::lower_bound(cell.samples.begin(), cell.samples.end(), t,
                                  [](const Sample& s, Time time) { return s.time < time; });
        };
        const auto begin = options_.from ? at_or_after(*options_.from) : cell.samples.begin();
        const auto end = options_.to ? at_or_after(*options_.to) : cell.samples.end();
        cell.samples = begin < end ? std::span(begin, end) : std::span<const Sample>{};
        any = any || !cell.samples.empty();
      }
    if (any || !first) return;
    const bool late = options_.from && *options_.from > *last, early = options_.to && *options_.to <= *first;
    const std::string from = options_.from ? time_text(*options_.from) : "",
                      to = options_.to ? time_text(*options_.to) : "";
    error_.problems.push_back({early && !late ? "--to" : "--from",
                               (from.empty() ? "no voltage was read before " + to
                                : to.empty() ? "no voltage was read from " + from + " on"
                                             : "no voltage was read from " + from + " to " + to) +
                                   ": " + options_.data_file + " holds " + time_text(*first) + " to " +
                                   time_text(*last),
                               "choose times between the two"});
  }

  const CellRoomFile& file_;
  const tables::Table& table_;
  const CellDataOptions& options_;
  std::unordered_map<std::string, const Series*> series_;
  std::vector<RoomColumn> columns_;
  std::optional<std::vector<ElectrolyserGuess>> guesses_;
  Error error_;
  bool mixed_ = false;  ///< the current of the electrolyser that is joined has A and kA
  CellData out_;
};

}  // namespace

Result<CellData> join_cells(const CellRoomFile& file, const tables::Table& table, const CellDataOptions& options) {
  return CellJoin(file, table, options).join();
}

void as_the_cells_say(tables::TableOptions& options, const CellRoomFile& file) {
  for (const ElectrolyserEntry& e : file.electrolysers) {
    for (const CellEntry& c : e.cells) options.units[c.voltage] = "V";
    for (const RoomQuantity q : kEachRoomQuantity)
      if (const QuantitySource& s = e.of(q); !s.tag.empty()) options.units[s.tag] = s.unit ? s.unit->text : info(q).si;
  }
}

}  // namespace castner::cell_room
