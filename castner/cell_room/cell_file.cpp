// SPDX-License-Identifier: Apache-2.0
// A cells.toml, read in this order, with every problem told at once:
//  1. [cell_room] and its reference state; [economics], whose prices share one currency.
//  2. Each [[electrolyser]]: its voltages are expanded (tag_pattern.h) and counted; every other quantity is a tag, a tag with its unit,
//     or a constant. A text is a constant where it reads as a quantity.
//  3. [[cell]]: what differs from the electrolyser.
//  4. Tags: one of a cell's voltage stands once in the file; others may be shared by electrolysers (one rectifier, one header), but stand
//     for one quantity.
#include "castner/cell_room/cell_file.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "castner/base/check.h"
#include "castner/base/config.h"
#include "castner/base/decimal.h"
#include "castner/base/suggest.h"
#include "castner/readings/tag_pattern.h"

namespace castner::cell_room {
namespace {

using Kind = ConfigNode::Kind;

Measure unit_of(const char* text, bool prices = false) {
  auto u = parse_unit(text, {.prices = prices});
  check(u.has_value(), "a unit written here parses");
  return *u;
}

/// What a number is to be: its unit, and the bounds beyond which it is a slip.
struct Wanted {
  const char* unit;
  const char* example;
  double low, high;  ///< [SI]
};

std::string shown(double si, const Wanted& w) {
  return number_text(si) + (std::string_view(w.unit) == "1" ? "" : std::string(" ") + w.unit);
}

/// Checks the bounds; where a bare number may be degC or a percentage, says so.
std::optional<double> within(Section& s, const ConfigNode& node, std::string_view key, double si, const Wanted& w) {
  if (si >= w.low && si <= w.high) return si;
  const bool bare = node.kind == Kind::number;
  const bool celsius = bare && std::string_view(w.unit) == "K" && si + 273.15 >= w.low && si + 273.15 <= w.high;
  const bool percent = bare && std::string_view(w.unit) == "1" && si / 100.0 >= w.low && si / 100.0 <= w.high;
  s.problem(node.line, std::string(key) + " = " + (bare ? shown(si, w) : in_quotes(node.text)) + " is impossible",
            "it is between " + shown(w.low, w) + " and " + shown(w.high, w) +
                (celsius   ? "; did you mean \"" + number_text(si) + " degC\"?"
                 : percent ? "; did you mean \"" + number_text(si) + " %\"?"
                           : std::string("; write ") + std::string(key) + " = \"" + w.example + "\""));
  return std::nullopt;
}

/// A number, bare in SI or a text with a unit; problems are said. @param convert  the units that are taken
template <class Convert>
std::optional<double> quantity_of(Section& s, const ConfigNode& node, std::string_view key, const Wanted& w,
                                  Convert convert) {
  const std::string name(key), cure = "write " + name + " = \"" + w.example + "\"";
  if (node.kind == Kind::number) {
    if (std::isfinite(node.number)) return within(s, node, key, node.number, w);
    return s.problem(node.line, name + " is not a finite number", cure), std::nullopt;
  }
  if (node.kind != Kind::text)
    return s.problem(node.line, name + " is " + node.kind_name() + ", not a number", cure), std::nullopt;
  const auto q = parse_quantity(node.text);
  if (!q) {
    for (const Problem& p : q.error().problems)
      s.problem(node.line, name + ": " + p.what, p.cure.empty() || p.what.ends_with("has no unit") ? cure : p.cure);
    return std::nullopt;
  }
  const std::optional<double> si = convert(*q);
  if (!si) {
    const std::string given = q->unit.dimension.si_unit(), asked = unit_of(w.unit).dimension.si_unit();
    s.problem(node.line,
              name + " = " + in_quotes(node.text) +
                  (q->unit.dimension.pure() ? " is a pure number, not in " + asked
                   : asked == "1"           ? " is in " + given + ", not a pure number"
                                            : " is in " + given + ", not in " + asked),
              cure);
    return std::nullopt;
  }
  return within(s, node, key, *si, w);
}

std::optional<double> read_number(Section& s, const char* key, const Wanted& w) {
  const ConfigNode* node = s.find(key);
  if (!node) return std::nullopt;
  const Measure own = unit_of(w.unit);
  return quantity_of(s, *node, key, w, [&](const Quantity& q) {
    return q.unit.dimension == own.dimension ? std::optional(q.si()) : std::nullopt;
  });
}

class CellRoomReader {
 public:
  explicit CellRoomReader(const std::string& file) : problems_(file) {}

  Result<CellRoomFile> read(const ConfigNode& root) {
    Section top(root, "the file", problems_);
    for (const char* key : {"cell_room", "electrolyser", "cell", "economics"}) top.find(key);
    top.finish();
    if (const auto* node = table(root, "cell_room")) read_cell_room_section(*node);
    for (const auto* node : tables(root, "electrolyser")) read_electrolyser(*node);
    for (const auto* node : tables(root, "cell")) read_cell(*node);
    if (const auto* node = table(root, "economics")) read_economics(*node);
    check_tags();
    if (const auto* node = root.find("electrolyser"); !node || (node->kind == Kind::array && node->items.empty()))
      problems_.add(0, "the file describes no electrolyser",
                    "add [[electrolyser]] with its cells, voltages and current; castner new --cells DATA.csv writes "
                    "them where DATA has a column a cell");
    if (!problems_.empty()) return tl::unexpected(problems_.error());
    return std::move(out_);
  }

 private:
  const ConfigNode* table(const ConfigNode& root, const char* key) {
    const ConfigNode* node = root.find(key);
    if (!node || node->kind == Kind::table) return node;
    problems_.add(node->line, std::string(key) + " is " + node->kind_name() + ", not one table",
                  "write [" + std::string(key) + "], once");
    return nullptr;
  }

  std::vector<const ConfigNode*> tables(const ConfigNode& root, const char* key) {
    std::vector<const ConfigNode*> all;
    const ConfigNode* node = root.find(key);
    if (!node) return all;
    const std::string cure = "write [[" + std::string(key) + "]], with two brackets";
    if (node->kind != Kind::array) {
      problems_.add(node->line, std::string(key) + " is " + node->kind_name() + ", not a list of tables", cure);
      return all;
    }
    for (const ConfigNode& item : node->items) {
      if (item.kind == Kind::table)
        all.push_back(&item);
      else
        problems_.add(item.line, std::string(key) + " holds " + item.kind_name() + ", not a table", cure);
    }
    return all;
  }

  void read_cell_room_section(const ConfigNode& node) {
    Section s(node, "[cell_room]", problems_);
    if (const auto name = s.text("name", "\"Cell room\"")) out_.name = *name;
    if (const auto currency = s.text("currency", "\"CNY\"")) {
      if (currency->size() == 3 &&
          std::all_of(currency->begin(), currency->end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        out_.currency = *currency;
      else
        s.problem(s.line_of("currency"), "currency " + in_quotes(*currency) + " is not a code of three capital letters",
                  "write currency = \"CNY\"");
    }
    if (const auto* reference = s.find(
            "reference", Kind::table, "{ current_density = \"5 kA/m2\", temperature = \"90 degC\", caustic = 0.32 }")) {
      Section r(*reference, "[cell_room] reference", problems_);
      auto& to = out_.reference;
      to.current_density = read_number(r, "current_density", {"A/m2", "5 kA/m2", kLeastDensity, kMostDensity})
                               .value_or(to.current_density);
      to.temperature = read_number(r, "temperature", {"K", "90 degC", 303.15, 383.15}).value_or(to.temperature);
      to.caustic = read_number(r, "caustic", {"1", "32 %", 0.1, 0.5}).value_or(to.caustic);
      r.finish();
    }
    s.finish();
  }

  // --- electrolysers ---

  void read_electrolyser(const ConfigNode& node) {
    Section s(node, "[[electrolyser]]", problems_);
    ElectrolyserEntry e;
    e.line = node.line;
    if (const auto name = s.text("name", "\"E1\"")) {
      e.name = *name;
      s.call("[[electrolyser]] " + in_quotes(e.name));
      check_name(s, e.name);
    } else if (!node.find("name")) {
      s.problem(node.line, "has no name", "write name = \"E1\"");
    }
    const auto cells = s.integer("cells", 1, static_cast<std::int64_t>(readings::kMostTags), "180");
    missing(s, node, "cells", "180");
    if (const auto area = read_number(s, "cell_area", {"m2", "2.70 m2", 0.001, 20.0})) e.cell_area = *area;
    missing(s, node, "cell_area", "\"2.70 m2\"");
    const auto voltages = read_voltages(s, e);
    if (cells && voltages) check_count(s, static_cast<std::size_t>(*cells), *voltages);
    for (const RoomQuantity k : kEachRoomQuantity) e.known[at(k)] = read_source(s, k);
    missing(s, node, "current", "\"II-1101\"");
    const Installed installed = read_installed(s);
    const std::size_t count = cells ? static_cast<std::size_t>(*cells) : voltages ? voltages->size() : 0;
    for (std::size_t i = 0; i < count; ++i)
      e.cells.push_back({voltages && i < voltages->size() ? (*voltages)[i] : "", installed});
    s.finish();
    out_.electrolysers.push_back(std::move(e));
  }

  void check_name(Section& s, const std::string& name) {
    const int line = s.line_of("name");
    if (name.empty() || name.find('/') != name.npos)
      return s.problem(line,
                       name.empty() ? "its name is empty" : "its name holds a /, which stands before a cell's number",
                       "write name = \"E1\"");
    for (const auto& other : out_.electrolysers)
      if (other.name == name)
        s.problem(line, "an electrolyser in line " + std::to_string(other.line) + " has this name",
                  "give each a name of its own");
  }

  static void missing(Section& s, const ConfigNode& node, const char* key, const char* example) {
    if (!node.find(key))
      s.problem(node.line, std::string("has no ") + key, std::string("write ") + key + " = " + example);
  }

  static void check_count(Section& s, std::size_t cells, const std::vector<std::string>& voltages) {
    if (voltages.size() == cells) return;
    s.problem(s.line_of("voltages"),
              "has " + std::to_string(cells) + (cells == 1 ? " cell, but " : " cells, but ") +
                  std::to_string(voltages.size()) + (voltages.size() == 1 ? " voltage" : " voltages") +
                  (voltages.size() > 1 ? ", " + in_quotes(voltages.front()) + " to " + in_quotes(voltages.back()) : ""),
              voltages.size() == 1 && voltages[0].find("..") == std::string::npos
                  ? "count the cells: voltages = \"EI-1101-{001..180}\""
                  : "write cells = " + std::to_string(voltages.size()) +
                        ", or correct voltages; one tag a cell, cell 1 first");
  }

  /// One tag a cell; nothing where that cannot be told, and said.
  std::optional<std::vector<std::string>> read_voltages(Section& s, ElectrolyserEntry& e) {
    constexpr const char* kExample = "\"EI-1101-{001..180}\"";
    const ConfigNode* node = s.find("voltages");
    e.voltages_line = node ? node->line : s.line();
    const std::string cure = std::string("write voltages = ") + kExample + ", or a list of tags";
    if (!node) return s.problem(s.line(), "has no voltages", cure), std::nullopt;
    std::vector<std::string> all;
    bool good = true;
    const auto take = [&](const ConfigNode& n, const char* verb) {
      good = false;
      if (n.kind != Kind::text)
        return s.problem(n.line, std::string("voltages ") + verb + " " + n.kind_name() + ", not a text", cure);
      if (n.text.empty()) return s.problem(n.line, std::string("voltages ") + verb + " an empty tag", cure);
      auto tags = readings::expand_tags(n.text);
      if (!tags) return problems_.add(n.line, s.what() + ": voltages", tags.error());
      if (all.size() + tags->size() > readings::kMostTags)
        return s.problem(n.line, "voltages are more than " + std::to_string(readings::kMostTags) + " tags", cure);
      all.insert(all.end(), tags->begin(), tags->end());
      good = true;
    };
    if (node->kind != Kind::array) {
      take(*node, "is");
      return good ? std::optional(all) : std::nullopt;
    }
    bool each = true;
    for (const ConfigNode& item : node->items) take(item, "holds"), each = each && good;
    if (node->items.empty()) s.problem(node->line, "voltages is empty", cure);
    return each && !all.empty() ? std::optional(all) : std::nullopt;
  }

  QuantitySource read_source(Section& s, RoomQuantity k) {
    const RoomQuantityInfo& about = info(k);
    const std::string key(about.key);
    const ConfigNode* node = s.find(key);
    QuantitySource out;
    if (!node) return out;
    out.line = node->line;
    const std::string cure = "write " + key + " = \"TAG\", or = \"" + about.example + "\" for a constant";
    if (node->kind == Kind::table) {
      Section inner(*node, s.what() + " " + key, problems_);
      if (const auto tag = inner.text("tag", "\"II-1101\""))
        out.tag = *tag;
      else if (!node->find("tag"))
        inner.problem(node->line, "has no tag", "write " + key + " = { tag = \"TAG\", unit = \"" + about.si + "\" }");
      if (node->find("tag") && node->find("tag")->kind == Kind::text && out.tag.empty())
        inner.problem(node->line, "its tag is empty", cure);
      read_source_unit(inner, k, out);
      inner.finish();
      return out;
    }
    if (node->kind == Kind::text && node->text.empty())
      return s.problem(node->line, key + " is an empty tag", cure + "; or leave it out where it is not measured"), out;
    if (node->kind == Kind::text && !is_quantity(node->text)) {
      out.tag = node->text;
      std::size_t length = 0;
      if (leading_number(node->text, length) && length < node->text.size() && node->text[length] == ' ')
        s.problem(node->line,
                  key + " = " + in_quotes(node->text) + " is neither a quantity that can be read nor like a tag",
                  "write " + key + " = \"" + about.example + "\", or { tag = " + in_quotes(node->text) +
                      " } where it is a tag");
      return out;
    }
    const Wanted wanted{about.si, about.example, about.low, about.high};
    out.constant = quantity_of(s, *node, key, wanted, [&](const Quantity& q) -> std::optional<double> {
      const auto convert = conversion(k, q.unit);
      return convert ? std::optional((*convert)(q.value)) : std::nullopt;
    });
    return out;
  }

  static bool is_quantity(const std::string& text) {
    return parse_quantity(text).has_value() || plain_number<double>(text);
  }

  static void read_source_unit(Section& inner, RoomQuantity k, QuantitySource& out) {
    const auto text = inner.text("unit", "\"kA\"");
    if (!text) return;
    const auto unit = parse_unit(*text);
    const int line = inner.line_of("unit");
    const std::string cure = std::string("write unit = \"") + info(k).si + "\" or another unit of that kind";
    if (!unit)
      for (const Problem& p : unit.error().problems)
        inner.problem(line, "unit: " + p.what, p.cure.empty() ? cure : p.cure);
    else if (!conversion(k, *unit))
      inner.problem(line, "unit " + in_quotes(*text) + " is none of a " + std::string(info(k).key), cure);
    else
      out.unit = *unit;
  }

  static Installed read_installed(Section& s) {
    const auto date = [&](const char* key) -> std::optional<std::chrono::sys_days> {
      const ConfigNode* node = s.find(key);
      if (!node) return std::nullopt;
      const std::string cure = std::string("write ") + key + " = 2026-03-02, without quotes";
      const auto part = [&](std::size_t from, std::size_t n) {
        return node->text.size() >= from + n ? plain_number<int>(std::string_view(node->text).substr(from, n))
                                             : std::nullopt;
      };
      const auto y = part(0, 4), m = part(5, 2), d = part(8, 2);
      if (node->kind == Kind::date && y && m && d) {
        const auto day = std::chrono::year(*y) / *m / *d;
        if (day.ok() && *y >= 1900 && *y <= 2200) return std::chrono::sys_days(day);
        return s.problem(node->line, std::string(key) + " = " + node->text + " is not between 1900 and 2200", cure),
               std::nullopt;
      }
      return s.problem(node->line,
                       std::string(key) + " is " + (node->kind == Kind::date ? "a time of day" : node->kind_name()) +
                           ", not a date",
                       cure),
             std::nullopt;
    };
    Installed i;
    i.membrane = date("membrane_installed");
    i.anode = date("anode_installed");
    i.cathode = date("cathode_installed");
    return i;
  }

  // --- cells ---

  void read_cell(const ConfigNode& node) {
    Section s(node, "[[cell]]", problems_);
    const auto name = s.text("name", "\"E1/017\"");
    if (name) s.call("[[cell]] " + in_quotes(*name));
    const Installed own = read_installed(s);
    s.finish();
    if (!name) {
      if (!node.find("name")) s.problem(node.line, "has no name", "write name = \"E1/017\", electrolyser and number");
      return;
    }
    CellEntry* cell = find_cell(s, *name);
    if (!cell) return;
    if (const auto [before, first] = cells_said_.emplace(cell, node.line); !first)
      return s.problem(node.line, "this cell stands in line " + std::to_string(before->second) + " already",
                       "say all of a cell under one [[cell]]");
    if (own.membrane) cell->installed.membrane = own.membrane;
    if (own.anode) cell->installed.anode = own.anode;
    if (own.cathode) cell->installed.cathode = own.cathode;
  }

  CellEntry* find_cell(Section& s, const std::string& name) {
    const int line = s.line_of("name");
    const auto slash = name.rfind('/');
    const auto number =
        slash == name.npos ? std::nullopt : plain_number<std::size_t>(std::string_view(name).substr(slash + 1));
    if (!number)
      return s.problem(line, "is not electrolyser/number", "write name = \"E1/017\", counted from 1"), nullptr;
    const std::string electrolyser = name.substr(0, slash);
    std::vector<std::string> known;
    for (auto& e : out_.electrolysers) {
      known.push_back(e.name);
      if (e.name != electrolyser) continue;
      if (*number >= 1 && *number <= e.cells.size()) return &e.cells[*number - 1];
      if (e.cells.empty()) return nullptr;  // its count is a problem that was told
      return s.problem(line, in_quotes(e.name) + " has no cell of the number " + std::to_string(*number),
                       "give a number from 1 to " + std::to_string(e.cells.size())),
             nullptr;
    }
    return s.problem(line, "there is no electrolyser " + in_quotes(electrolyser),
                     did_you_mean(electrolyser, known,
                                  known.empty() ? "add its [[electrolyser]]" : "electrolysers are " + listed(known))),
           nullptr;
  }

  // --- tags ---

  struct TagUse {
    std::size_t electrolyser;
    std::string as;  ///< "cell 17", "current"
    std::optional<RoomQuantity> known;
  };

  void check_tags() {
    std::unordered_map<std::string, TagUse> used;
    for (std::size_t i = 0; i < out_.electrolysers.size(); ++i) {
      const ElectrolyserEntry& e = out_.electrolysers[i];
      std::map<std::size_t, std::vector<std::string>> doubled;  // by the electrolyser that had them first
      for (std::size_t c = 0; c < e.cells.size(); ++c) {
        const std::string& tag = e.cells[c].voltage;
        if (tag.empty()) continue;
        const auto [it, fresh] = used.emplace(tag, TagUse{i, "cell " + std::to_string(c + 1), std::nullopt});
        if (fresh) continue;
        doubled[it->second.electrolyser].push_back(in_quotes(tag) + " (" + it->second.as +
                                                   (it->second.electrolyser == i ? " and " : ", here ") + "cell " +
                                                   std::to_string(c + 1) + ")");
      }
      for (const auto& [first, tags] : doubled)
        problems_.add(e.voltages_line,
                      what(e) +
                          (first == i ? ": tags of its voltages that stand twice: "
                                      : ": tags of its voltages that are those of " + what(out_.electrolysers[first]) +
                                            " too: ") +
                          listed(tags, 3, [](const std::string& t) { return t; }),
                      "one tag is one cell's voltage");
    }
    for (std::size_t i = 0; i < out_.electrolysers.size(); ++i)
      for (const RoomQuantity k : kEachRoomQuantity) check_known_tag(i, k, used);
  }

  void check_known_tag(std::size_t i, RoomQuantity k, std::unordered_map<std::string, TagUse>& used) {
    const ElectrolyserEntry& e = out_.electrolysers[i];
    const QuantitySource& source = e.of(k);
    if (source.tag.empty()) return;
    const std::string key(info(k).key);
    const auto [it, fresh] = used.emplace(source.tag, TagUse{i, key, k});
    if (fresh) return;
    const TagUse& before = it->second;
    const bool shared = before.known == k && before.electrolyser != i;
    if (shared && !info(k).of_one_electrolyser) return;
    const std::string is = what(e) + ": " + key + " = " + in_quotes(source.tag),
                      other = what(out_.electrolysers[before.electrolyser]);
    if (shared)
      problems_.add(source.line, is + " is that of " + other + " too",
                    "name the tag of this electrolyser, or leave it out: one for all says nothing of one");
    else
      problems_.add(source.line,
                    is + " is the tag of " + before.as + (before.electrolyser == i ? "" : " of " + other) + " too",
                    "one tag measures one thing");
  }

  static std::string what(const ElectrolyserEntry& e) {
    return "[[electrolyser]]" + (e.name.empty() ? "" : " " + in_quotes(e.name));
  }

  // --- money ---

  std::optional<double> read_price(Section& s, const char* key, const char* example) {
    const ConfigNode* node = s.find(key);
    if (!node) return std::nullopt;
    const std::string name(key), cure = "write " + name + " = \"" + example + "\"";
    if (node->kind != Kind::text) return s.problem(node->line, name + " has no unit", cure), std::nullopt;
    const auto q = parse_quantity(node->text, {.prices = true});
    if (!q) {
      for (const Problem& p : q.error().problems)
        s.problem(node->line, name + ": " + p.what, p.cure.empty() || p.what.ends_with("has no unit") ? cure : p.cure);
      return std::nullopt;
    }
    const Quantity shape = *parse_quantity(example, {.prices = true});
    if (q->unit.dimension != shape.unit.dimension)
      return s.problem(node->line, name + " = " + in_quotes(node->text) + " is not such a price", cure), std::nullopt;
    if (q->value < 0.0) return s.problem(node->line, name + " is negative", cure), std::nullopt;
    if (!std::isfinite(q->si())) return s.problem(node->line, name + " is beyond any size", cure), std::nullopt;
    if (out_.currency.empty()) out_.currency = q->unit.currency;
    if (out_.currency != q->unit.currency)
      return s.problem(node->line, name + " is in " + q->unit.currency + ", the cell room in " + out_.currency,
                       "use one currency"),
             std::nullopt;
    return q->si();
  }

  void read_economics(const ConfigNode& node) {
    Section s(node, "[economics]", problems_);
    CellEconomics e;
    e.electricity = read_price(s, "electricity", "0.45 CNY/(kW.h)");
    e.membrane = read_price(s, "membrane", "9000 CNY");
    e.anode_coating = read_price(s, "anode_coating", "6000 CNY");
    e.cathode_coating = read_price(s, "cathode_coating", "4000 CNY");
    e.lost_margin = read_price(s, "lost_margin", "600 CNY/t");
    if (const auto* hours = s.find("hours_per_year")) {
      // Its own unit is the hour, as its name says.
      const Wanted wanted{"h", "8000 h", 1.0, 8784.0};
      const auto value = quantity_of(s, *hours, "hours_per_year", wanted, [](const Quantity& q) {
        return q.unit.dimension.si_unit() == "s" ? std::optional(q.si() / 3600.0) : std::nullopt;
      });
      if (value) e.hours_per_year = *value;
    }
    constexpr double kYear = 366 * 86400.0;
    if (const auto stop = read_number(s, "stop", {"s", "8 h", 0.0, kYear})) e.stop = *stop;
    if (const auto each = read_number(s, "exchange_per_cell", {"s", "0.5 h", 0.0, kYear})) e.exchange_per_cell = *each;
    s.finish();
    out_.economics = e;
  }

  Problems problems_;
  CellRoomFile out_;
  std::unordered_map<const CellEntry*, int> cells_said_;  ///< line of each [[cell]]
};

}  // namespace

Result<CellRoomFile> read_cell_room(std::string_view text, const std::string& file) {
  const auto root = read_toml(text, file);
  if (!root) return tl::unexpected(root.error());
  return CellRoomReader(file).read(*root);
}

std::string cell_name(std::string_view electrolyser, std::size_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  return std::string(electrolyser) + "/" + digits;
}

}  // namespace castner::cell_room
