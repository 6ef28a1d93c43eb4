// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/scenario.h"

#include <algorithm>

#include "castner/base/suggest.h"
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

void read_cell(ScenarioReader& r, Section& s, const dynamics::Spell& spell) {
  const auto cell = s.text("cell", "\"E2/077\"");
  const auto by = amount(s, "by", "V", "\"250 mV\"");
  if (!cell || !by) return s.problem(s.line(), "it needs cell and by", "write cell = \"E2/077\" and by = \"250 mV\"");
  if (!r.names.is_cell(*cell))
    return s.problem(s.line_of("cell"), "there is no cell " + in_quotes(*cell), "write it as \"E2/077\", from 1");
  r.out.cells.push_back({*cell, spell, *by});
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
  static constexpr What kWhat[] = {{"load", read_load}, {"instrument", read_instrument},
                                   {"cell", read_cell}, {"electrolyser", read_electrolyser},
                                   {"stop", read_stop}, {"source", read_link}};
  std::vector<std::string> kinds;
  for (const What& w : kWhat) kinds.emplace_back(w.kind);
  const std::string kind = one_of(s, "kind", kinds, "kind of event");
  if (kind.empty()) return;
  s.call("[[event]] " + kind);
  for (const What& w : kWhat)
    if (kind == w.kind) w.read(r, s, spell);
  s.finish();
}

}  // namespace

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
