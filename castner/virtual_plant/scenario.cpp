// SPDX-License-Identifier: Apache-2.0
// A scenario's text to its events, every problem at once:
//  1. read_toml gives a tree with lines; each [[event]] says when (a Spell) and of which kind it is.
//  2. The kind's reader (kWhat; one for all illnesses, by kIllnessKinds) asks the Section for its keys; a key that none asks for is a
//     problem with the nearest known name.
//  3. Tags, cells, electrolysers and links must be among the names given; sizes are kept in what the instruments, the course and
//     cell_bank count in.
#include "castner/virtual_plant/scenario.h"

#include <algorithm>
#include <iterator>

#include "castner/base/suggest.h"
#include "castner/cell_bank/cell_physics.h"
#include "castner/virtual_plant/config_amount.h"

namespace castner::virtual_plant {
namespace {

using Kind = ConfigNode::Kind;

struct ScenarioReader {
  Scenario out;
  Problems problems;
  const ScenarioNames& names;
};

/// One of some names, or "" and a problem.
std::string one_of(Section& s, const char* key, const std::vector<std::string>& known, const char* what) {
  const auto name = s.text(key, known.empty() ? "\"...\"" : ("\"" + known.front() + "\"").c_str());
  if (!name) {
    s.problem(s.line_of(key), std::string("it has no ") + key,
              std::string("write ") + key + " = one of " + listed(known));
    return "";
  }
  if (std::find(known.begin(), known.end(), *name) != known.end()) return *name;
  s.problem(s.line_of(key), std::string("there is no ") + what + " " + in_quotes(*name),
            did_you_mean(*name, known, "one of " + listed(known)));
  return "";
}

void read_load(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  double share = -1.0;
  read_amount(s, "to", "1", "0.8", 0.01, 1.5, share);
  if (!s.find("to")) s.problem(s.line(), "it does not say where the load goes", "write to = 0.8, a share of full load");
  if (share > 0.0) r.out.loads.push_back({spell, share});
}

/// Reads the size of an instrument's fault: "3 t/h" in the tag's unit, or "10 sd".
void read_size(Section& s, const Measure& unit, InstrumentEvent& e) {
  const auto text = s.text("by", "\"10 sd\"");
  if (!text) return s.problem(s.line(), "it does not say how far off the instrument is", "write by = \"10 sd\"");
  std::size_t length = 0;
  const auto number = leading_number(*text, length);
  if (number && text->substr(std::min(text->size(), text->find_first_not_of(' ', length))) == "sd") {
    e.fault.size = *number;
    e.in_sd = true;
    return;
  }
  const auto q = parse_quantity(*text);
  if (!q || q->unit.dimension != unit.dimension)
    return s.problem(s.line_of("by"), "by = " + in_quotes(*text) + " is not an amount in " + unit.text,
                     "write it as \"2 " + unit.difference_text() + "\" or \"10 sd\"");
  e.fault.size = unit.difference_from_si(q->unit.difference_to_si(q->value));
}

void read_instrument(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  std::vector<std::string> tags;
  for (const auto& t : r.names.tags) tags.push_back(t.first);
  InstrumentEvent e{one_of(s, "tag", tags, "tag"), {}, false};
  static const std::vector<std::string> kFaults = {"bias", "drift", "stuck", "bad", "dead"};
  const std::string fault = one_of(s, "fault", kFaults, "fault of an instrument");
  if (e.tag.empty() || fault.empty()) {
    s.find("by");
    return;
  }
  e.fault.kind = static_cast<InstrumentFault::Kind>(std::find(kFaults.begin(), kFaults.end(), fault) - kFaults.begin());
  e.fault.spell = spell;
  const auto unit =
      std::find_if(r.names.tags.begin(), r.names.tags.end(), [&](const auto& t) { return t.first == e.tag; });
  if (fault == "bias" || fault == "drift") read_size(s, unit->second, e);
  if (fault == "drift") {
    double in = 3600.0;
    read_amount(s, "in", "s", "\"1 h\"", 1.0, 1e9, in);
    e.fault.size /= in;
  }
  r.out.instruments.push_back(e);
}

/// The cell that a key names; none, and a problem.
std::optional<CellName> read_cell_name(ScenarioReader& r, Section& s, const char* key) {
  const auto name = s.text(key, "\"E2/077\"");
  if (!name) {
    s.problem(s.line_of(key), std::string("it has no ") + key, std::string("write ") + key + " = \"E2/077\"");
    return std::nullopt;
  }
  const auto cell = r.names.find_cell(*name);
  if (!cell) s.problem(s.line_of(key), "there is no cell " + in_quotes(*name), "write it as \"E2/077\", from 1");
  return cell;
}

void read_cell(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  const auto by = amount(s, "by", "V", "\"250 mV\"");
  if (!s.find("by")) s.problem(s.line(), "it does not say how many volts more", "write by = \"250 mV\"");
  const auto cell = read_cell_name(r, s, "cell");
  if (cell && by) r.out.cells.push_back({*cell, spell, *by});
}

constexpr double kMinute = 60.0, kHour = 3600.0, kDay = 86400.0;  // [s]

/// How an illness is written: its size and pace where they are left out, from cell_bank/faults.h; all but what docs/domain/electrolyser.md
/// 2.7 and 2.8 say are guesses.
struct IllnessKind {
  cell_bank::Illness cause;
  const char* unit;     ///< of its size
  const char* example;  ///< likewise
  double least, most, usual;
  double over;        ///< [s]
  double bank = 1.0;  ///< the size that cell_bank counts, for one of these
};
constexpr IllnessKind kIllnessKinds[] = {
    {cell_bank::Illness::pinhole, "A/m2", "\"100 A/m2\"", 1.0, 2000.0, 100.0, kHour},
    {cell_bank::Illness::blister, "1", "\"15 %\"", 0.001, 0.9, 0.15, kHour},
    {cell_bank::Illness::membrane_fouling, "1", "\"30 %\"", 0.01, 5.0, 0.3, 14 * kDay},
    {cell_bank::Illness::anode_coating, "V", "\"100 mV\"", 0.001, 1.0, 0.1, 20 * kDay},
    {cell_bank::Illness::cathode_coating, "V", "\"100 mV\"", 0.001, 1.0, 0.1, 10 * kDay},
    {cell_bank::Illness::blocked_feed, "1", "\"60 %\"", 0.01, 0.95, 0.6, kMinute},
    {cell_bank::Illness::dry_out, "V", "\"1.5 V\"", 0.1, 3.0, 1.5, 0.0},
    {cell_bank::Illness::short_circuit, "V", "\"1 V\"", 0.05, 2.9, 1.0, 1.0},
    {cell_bank::Illness::contact, "V", "\"100 mV\"", 0.001, 1.0, 0.1, 1.0, 1.0 / cell_bank::kReferenceDensity},
};
static_assert(std::size(kIllnessKinds) == cell_bank::kIllnesses);

void read_illness(ScenarioReader& r, Section& s, const dynamics::Spell& spell, const IllnessKind& kind) {
  using cell_bank::Illness;
  double size = kind.usual;
  read_amount(s, "size", kind.unit, kind.example, kind.least, kind.most, size);
  cell_bank::Fault fault{.cause = kind.cause,
                         .onset = spell.at,
                         .size = size * kind.bank,
                         .over = s.find("over") ? spell.over : kind.over,
                         .until = spell.until};
  if (kind.cause == Illness::dry_out && s.find("over"))
    s.problem(s.line_of("over"), "a dry-out has a pace of its own: 0.1 V in five minutes, then twice as much every two",
              "leave over out");
  if (kind.cause == Illness::contact || kind.cause == Illness::short_circuit)
    read_amount(s, "flicker", "1", "0.4, the share of time in which it is not there", 0.0, 0.95, fault.off);
  const auto cell = read_cell_name(r, s, "cell");
  if (!cell) return;
  fault.cell = cell->cell;
  r.out.illnesses.push_back({*cell, fault});
}

void read_scanner(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  using cell_bank::ReadingFault;
  std::vector<std::string> known;
  for (int i = 0; i < cell_bank::kReadingFaults; ++i)
    known.emplace_back(cell_bank::name_of(static_cast<ReadingFault>(i)));
  const auto cell = read_cell_name(r, s, "cell");
  const std::string name = one_of(s, "fault", known, "fault of a scanner");
  if (name.empty()) {
    s.find("by"), s.find("with");
    return;
  }
  ScannerEvent e;
  e.spell = spell;
  e.fault = static_cast<ReadingFault>(std::find(known.begin(), known.end(), name) - known.begin());
  const bool volts =
      e.fault == ReadingFault::dead || e.fault == ReadingFault::offset || e.fault == ReadingFault::displaced;
  if (volts)
    read_amount(s, "by", "V", e.fault == ReadingFault::dead ? "\"0 V\"" : "\"60 mV\"", -10.0, 10.0, e.size);
  else if (e.fault == ReadingFault::scale)
    read_amount(s, "by", "1", "\"2 %\"", -1.0, 10.0, e.size);
  const bool needs_size =
      e.fault == ReadingFault::offset || e.fault == ReadingFault::scale || e.fault == ReadingFault::displaced;
  if (needs_size && !s.find("by"))
    s.problem(s.line(), "it does not say how far off the reading is",
              e.fault == ReadingFault::scale ? "write by = \"2 %\"" : "write by = \"60 mV\"");
  std::optional<CellName> with;
  if (e.fault == ReadingFault::swapped || e.fault == ReadingFault::displaced) {
    with = read_cell_name(r, s, "with");
    const bool neighbours = cell && with && cell->electrolyser == with->electrolyser &&
                            (cell->cell - with->cell == 1 || with->cell - cell->cell == 1);
    if (cell && with && *cell == *with)
      s.problem(s.line_of("with"), "it is the same cell", "name the other one");
    else if (cell && with && e.fault == ReadingFault::displaced && !neighbours)
      s.problem(s.line_of("with"), "the two have no tap between them", "name the cell next to it");
    if (!with) return;
    e.with = *with;
  }
  if (!cell) return;
  e.cell = *cell;
  r.out.scanners.push_back(e);
}

void read_electrolyser(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  ElectrolyserEvent e{one_of(s, "unit", r.names.electrolysers, "electrolyser"), spell};
  read_amount(s, "wear_voltage", "V", "\"60 mV\"", -1.0, 1.0, e.wear_voltage);
  read_amount(s, "current_efficiency_loss", "1", "0.01", -0.5, 0.5, e.current_efficiency_loss);
  if (e.wear_voltage == 0.0 && e.current_efficiency_loss == 0.0)
    s.problem(s.line(), "it changes nothing",
              "give wear_voltage = \"60 mV\" or current_efficiency_loss = 0.01, or both");
  if (!e.name.empty()) r.out.electrolysers.push_back(e);
}

void read_stop(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  StopEvent e{one_of(s, "unit", r.names.electrolysers, "electrolyser"), spell};
  read_amount(s, "to", "1", "0.01: the current that protects electrodes is 10 to 50 A/m2", 0.001, 0.01, e.current);
  read_amount(s, "brine", "1", "0.3", 0.05, 1.0, e.brine);
  if (!e.name.empty()) r.out.stops.push_back(e);
}

void read_link(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  LinkEvent e{one_of(s, "source", r.names.links, "link"), LinkEvent::Fault::down, spell.at, spell.until};
  const std::string fault = one_of(s, "fault", {"down", "rubbish"}, "fault of a source");
  if (fault == "rubbish") e.fault = LinkEvent::Fault::rubbish;
  if (!e.link.empty() && !fault.empty()) r.out.links.push_back(e);
}

void read_event(ScenarioReader& r, const ConfigNode& node) {
  Section s(node, "[[event]]", r.problems);
  dynamics::Spell spell;
  double lasts = dynamics::kForever;
  if (!s.find("at")) s.problem(node.line, "it does not say when", "write at = \"10 min\", counted from the start");
  read_amount(s, "at", "s", "\"10 min\"", -1e10, 1e10, spell.at);
  read_amount(s, "for", "s", "\"1 h\"", 1.0, 1e10, lasts);
  read_amount(s, "over", "s", "\"5 min\"", 1.0, 1e7, spell.over);
  if (lasts != dynamics::kForever) spell.until = spell.at + lasts;
  if (spell.until < spell.at + spell.over)
    s.problem(s.line_of("for"), "it ends before it has begun in full", "make for at least as long as over");
  struct What {
    const char* kind;
    void (*read)(ScenarioReader&, Section&, const dynamics::Spell&);
  };
  static constexpr What kWhat[] = {{"load", read_load},      {"instrument", read_instrument},
                                   {"cell", read_cell},      {"electrolyser", read_electrolyser},
                                   {"stop", read_stop},      {"source", read_link},
                                   {"scanner", read_scanner}};
  std::vector<std::string> kinds;
  for (const What& w : kWhat) kinds.emplace_back(w.kind);
  for (const IllnessKind& k : kIllnessKinds) kinds.emplace_back(cell_bank::name_of(k.cause));
  const std::string kind = one_of(s, "kind", kinds, "kind of event");
  if (kind.empty()) return;
  s.call("[[event]] " + kind);
  for (const What& w : kWhat)
    if (kind == w.kind) w.read(r, s, spell);
  for (const IllnessKind& k : kIllnessKinds)
    if (kind == cell_bank::name_of(k.cause)) read_illness(r, s, spell, k);
  s.finish();
}

}  // namespace

void Scenario::add(const Scenario& other) {
  const auto join = [&](auto events) {
    (this->*events).insert((this->*events).end(), (other.*events).begin(), (other.*events).end());
  };
  join(&Scenario::loads), join(&Scenario::instruments), join(&Scenario::cells), join(&Scenario::illnesses);
  join(&Scenario::scanners), join(&Scenario::electrolysers), join(&Scenario::stops), join(&Scenario::links);
}

Result<Scenario> read_scenario(std::string_view text, const std::string& file, const ScenarioNames& names) {
  const auto root = CASTNER_TRY(read_toml(text, file));
  ScenarioReader r{{}, Problems(file), names};
  for (const auto& member : root.members) {
    if (member.key != "event") {
      r.problems.add(member.value.line, in_quotes(member.key) + " is not part of a scenario",
                     "it holds [[event]], once for each");
      continue;
    }
    if (member.value.kind != Kind::array)
      r.problems.add(member.value.line, "event is " + std::string(member.value.kind_name()), "write [[event]]");
    for (const auto& item : member.value.items)
      if (item.kind == Kind::table)
        read_event(r, item);
      else
        r.problems.add(item.line, "event holds " + std::string(item.kind_name()), "write [[event]]");
  }
  if (!r.problems.empty()) return tl::unexpected(r.problems.error());
  return std::move(r.out);
}

}  // namespace castner::virtual_plant
