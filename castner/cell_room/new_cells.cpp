// SPDX-License-Identifier: Apache-2.0
// A cells.toml out of the columns of a data file:
//  1. Families of tags that differ by one number (tag_family.h) and read like cells are the electrolysers. Their name is the number that
//     tells one family from the next.
//  2. Each other column is of one kind at most: its unit, words in its name and its size tell; without a unit its function letters.
//  3. A column belongs to the electrolyser whose number its tag has, or whose loop is near ("TI-1104" to "EI-1101-001", where no other
//     electrolyser is as near); where there is one electrolyser, to that. Currents are told by their place at last.
//  4. What was guessed is said line by line; what nothing tells stands in a comment, ready to be filled in.
#include "castner/cell_room/new_cells.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "castner/base/ascii.h"
#include "castner/base/suggest.h"
#include "castner/cell_room/column_units.h"
#include "castner/plant_file/new_plant.h"
#include "castner/plant_file/tag_words.h"
#include "castner/readings/tag_family.h"
#include "castner/readings/tag_pattern.h"

namespace castner::cell_room {
namespace {

using plant_file::function_letters, plant_file::has_word, plant_file::small_name, plant_file::toml_text;

constexpr double kGuessedArea = 2.7;  // [m2] of many bipolar electrolysers; a guess, and marked so in the file

std::string si_of(const RoomColumn& c) {
  const auto unit = c.unit.empty() ? Result<Measure>(bad_input("", "")) : parse_unit(c.unit);
  return unit ? unit->dimension.si_unit() : "";
}

/// The digits in a tag, without those of Cl2, H2 and their like.
std::vector<std::string> numbers_in(std::string_view tag) {
  std::string name = small_name(tag);
  for (const std::string_view formula : {"cl2", "h2o", "h2", "o2"})
    for (auto at = name.find(formula); at != name.npos; at = name.find(formula, at + formula.size()))
      if (at + formula.size() == name.size() || !digit(name[at + formula.size()]))
        name.replace(at, formula.size(), formula.size(), '_');
  std::vector<std::string> all;
  for (std::size_t at = 0; at < name.size(); ++at)
    if (digit(name[at])) {
      if (at == 0 || !digit(name[at - 1])) all.emplace_back();
      all.back() += name[at];
    }
  return all;
}

/// Whether one of these words, between blanks, is a whole run of Latin letters in the tag: "v" in "E1_V", not in "valve".
bool has_token(std::string_view tag, std::string_view words) {
  const std::string name = small_name(tag), between = " " + std::string(words) + " ";
  for (std::size_t at = 0; at < name.size(); ++at) {
    std::size_t end = at;
    while (end < name.size() && name[end] >= 'a' && name[end] <= 'z') ++end;
    if (end > at && between.find(" " + name.substr(at, end - at) + " ") != between.npos) return true;
    at = std::max(at, end);
  }
  return false;
}

// --- electrolysers ---

bool reads_like_cells(const std::vector<RoomColumn>& columns, const readings::TagFamily& f) {
  const RoomColumn& first = columns[f.members.front()];
  std::vector<double> usual;
  for (const std::size_t i : f.members)
    if (columns[i].usual) usual.push_back(*columns[i].usual);
  if (usual.empty()) return false;
  std::nth_element(usual.begin(), usual.begin() + static_cast<std::ptrdiff_t>(usual.size() / 2), usual.end());
  const double middle = usual[usual.size() / 2];
  if (!first.unit.empty()) {
    const auto unit = parse_unit(first.unit);
    const auto to_si = unit ? conversion(RoomQuantity::voltage, *unit) : std::nullopt;
    return to_si && (*to_si)(middle) <= kMostCellVoltage;
  }
  const auto unit = cell_unit_by_size(middle);
  if (!unit) return false;
  if (has_token(first.tag, "cell volt volts voltage zelle u e v") ||
      has_word(small_name(first.tag), "槽 电压 電壓 电解"))
    return true;
  constexpr std::size_t kMany = 5, kVeryMany = 20;  // guesses: fewer may be anything; so many of one kind are cells
  const double volts = unit->to_si(middle);
  if (f.members.size() >= kVeryMany && volts > 1.0) return true;
  const auto letters = function_letters(first.tag);
  return letters.empty()
             ? f.members.size() >= kMany
             : std::string_view("EVUC").find(letters[0]) != std::string_view::npos || letters.ends_with('V');
}

/// The number that names each family: the one in which they differ, else the last before the cell's.
std::vector<std::string> numbers_of(const std::vector<readings::TagFamily>& families) {
  std::vector<std::vector<std::string>> all;
  for (const auto& f : families) all.push_back(numbers_in(f.before + "\x01" + f.after));
  std::size_t place = 0;
  const std::size_t places = all.empty() ? 0 : all.front().size();
  const bool alike = std::all_of(all.begin(), all.end(), [&](const auto& n) { return n.size() == places; });
  if (!alike || places == 0) return std::vector<std::string>(families.size());
  place = std::max<std::size_t>(numbers_in(families.front().before).size(), 1) - 1;
  for (std::size_t p = 0; p < places; ++p)
    if (std::any_of(all.begin(), all.end(), [&](const auto& n) { return n[p] != all.front()[p]; })) {
      place = p;
      break;
    }
  std::vector<std::string> numbers;
  for (const auto& n : all) numbers.push_back(n[place]);
  return numbers;
}

std::vector<std::string> names_for(const std::vector<std::string>& numbers) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const auto& n : numbers) seen.insert(names.emplace_back("E" + n));
  if (seen.size() == numbers.size() && !seen.contains("E")) return names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = "E" + std::to_string(i + 1);
  return names;
}

std::string remark_of(const std::vector<RoomColumn>& columns, const readings::TagFamily& f) {
  const auto number = [&](std::size_t i) {
    const std::string& tag = columns[i].tag;
    return std::stoul(tag.substr(f.before.size(), tag.size() - f.before.size() - f.after.size()));
  };
  const unsigned long first = number(f.members.front()), last = number(f.members.back());
  const std::size_t wanted = last - first + 1;
  if (wanted == f.members.size() || wanted > readings::kMostTags) return {};
  std::set<unsigned long> there;
  for (const std::size_t i : f.members) there.insert(number(i));
  std::vector<std::string> missing;
  for (unsigned long n = first; n <= last; ++n)
    if (!there.contains(n)) missing.push_back(std::to_string(n));
  return "no column has the number " + listed(missing, 5, [](const std::string& n) { return n; }) +
         ": cells count without";
}

// --- other columns ---

struct KindOfColumn {
  RoomQuantity quantity;
  int strength;  ///< of several the strongest is taken
};

/// Whether a share, by its unit or none, lies between two fractions.
bool is_share(const RoomColumn& c, double low, double high) {
  if (!c.usual || !(c.unit.empty() || si_of(c) == "1")) return false;
  const auto unit = parse_unit(c.unit.empty() ? "1" : c.unit);
  const double share = unit ? unit->to_si(*c.usual) : -1.0;
  return (share >= low && share <= high) || (c.unit.empty() && share / 100.0 >= low && share / 100.0 <= high);
}

std::optional<KindOfColumn> kind_of(const RoomColumn& c) {
  using enum RoomQuantity;
  const std::string name = small_name(c.tag), si = si_of(c);
  const auto letters = function_letters(c.tag);
  const auto letter = [&](std::string_view any) { return !letters.empty() && any.find(letters[0]) != any.npos; };
  const bool bare = c.unit.empty();
  if (has_word(name, "density stromdichte efficiency wirkungsgrad 密度 效率 setpoint 设定")) return std::nullopt;
  if (bare || si == "1") {
    const auto h2 = name.find("h2"), cl2 = name.find("cl2");
    if ((has_word(name, "h2_in_cl2 hydrogen 氯中含氢 氯含氢 氯内含氢 氯中氢") ||
         (h2 != name.npos && cl2 != name.npos && h2 < cl2)) &&
        is_share(c, 0.0, 0.05))
      return KindOfColumn{hydrogen_in_chlorine, 2};
    if (has_word(name, "o2 oxygen sauerstoff 氯中含氧 氯含氧 氯内含氧 含氧") && is_share(c, 0.0, 0.2))
      return KindOfColumn{oxygen_in_chlorine, 2};
    if (has_word(name, "h2") && is_share(c, 0.0, 0.05)) return KindOfColumn{hydrogen_in_chlorine, 1};
    if (has_word(name, "nacl chloride chlorid 含盐 氯化钠") && (is_share(c, 0.0, 0.02) || (bare && c.usual)))
      return KindOfColumn{chloride_in_caustic, 1};
    if (has_word(name, "caustic naoh lye lauge 碱") && !has_word(name, "temp flow level 温 流量 液位") &&
        is_share(c, 0.1, 0.5))
      return KindOfColumn{caustic, has_word(name, "catholyte katholyt 阴极 槽") ? 2 : 1};
  }
  if (si == "1" && letter("A") && is_share(c, 0.25, 0.36))
    return KindOfColumn{caustic, 0};  // nothing else is so strong
  if ((si == "kg/s" || si == "m3/s") && has_word(name, "brine sole 盐水"))
    return KindOfColumn{brine_flow, has_word(name, "feed inlet zulauf 进 入") ? 2 : 1};
  if (si == "A" ||
      (bare && (has_word(name, "current strom 电流 電流") || has_token(name, "i idc amp amps ampere") || letter("I"))))
    return KindOfColumn{current, has_word(name, "dc gleichstrom 直流") ? 2 : 1};
  if (si == "K" || (bare && (has_word(name, "temp 温") || letter("T")))) {
    const bool cathode = has_word(name, "catholyte cathode katholyt caustic naoh 阴极 碱 outlet out 出口 槽温");
    const bool other =
        has_word(name, "anolyte anode anolyt brine cl2 h2 inlet in ambient 阳极 盐水 氯 氢 进口 室温 环境");
    return KindOfColumn{temperature, 2 + cathode - other};
  }
  if (si == "V" || (bare && (has_word(name, "voltage volt spannung 电压 電壓 槽压") || letter("EVU"))))
    return KindOfColumn{voltage, 1};
  return std::nullopt;
}

/// How near a tag is to an electrolyser's number: the same number, or as many digits of which the first ones agree.
int nearness(const std::string& tag, const std::string& number) {
  if (number.empty()) return 0;
  int best = 0, same = 100;
  for (const std::string& n : numbers_in(tag)) {
    if (n == number) best = std::max(best, same);
    same = 90;
    std::size_t alike = 0;
    while (alike < std::min(n.size(), number.size()) && n[alike] == number[alike]) ++alike;
    if (n.size() == number.size() && n.size() >= 3 && alike >= 2) best = std::max(best, static_cast<int>(alike));
  }
  return best;
}

struct Candidate {
  std::size_t column;
  int strength;
};

class SourceFinder {
 public:
  SourceFinder(const std::vector<RoomColumn>& columns, const std::vector<std::string>& numbers,
               std::vector<ElectrolyserGuess>& to)
      : columns_(columns), numbers_(numbers), to_(to) {}

  void find(RoomQuantity q, const std::vector<Candidate>& candidates) {
    for (std::size_t e = 0; e < to_.size(); ++e) {
      std::optional<std::size_t> best;
      int best_rank = 0;
      for (const Candidate& c : candidates) {
        if (!fits(q, columns_[c.column], e)) continue;
        const int near = to_.size() == 1 ? 1 + nearness(columns_[c.column].tag, numbers_[e]) : nearer_than_others(c, e);
        // Among columns of one loop, what the words say; else the same number wins.
        const int rank =
            near == 0 ? 0 : (near >= 90 ? 1000 : 0) + 100 * c.strength + near + (beside_caustic(q, e, c) ? 50 : 0);
        if (rank > best_rank) best = c.column, best_rank = rank;
      }
      if (best) set(q, e, *best, best_rank >= 1000 ? "a guess from its number" : "a guess from its name and unit");
    }
    const bool none = std::none_of(to_.begin(), to_.end(), [&](const auto& e) { return e.known[at(q)].has_value(); });
    if (q != RoomQuantity::current || !none || to_.size() < 2) return;
    if (candidates.size() == 1)
      for (std::size_t e = 0; e < to_.size(); ++e)
        set(q, e, candidates[0].column, "a guess: the only current, of all electrolysers in one circuit");
    else if (candidates.size() == to_.size())
      for (std::size_t e = 0; e < to_.size(); ++e)
        set(q, e, candidates[e].column, "a guess from its place in the file");
  }

 private:
  /// A temperature with the number of the caustic's analyser is on the catholyte's pipe.
  bool beside_caustic(RoomQuantity q, std::size_t e, const Candidate& c) const {
    const auto& caustic = to_[e].known[at(RoomQuantity::caustic)];
    if (q != RoomQuantity::temperature || !caustic) return false;
    const auto its = numbers_in(columns_[c.column].tag), wanted = numbers_in(caustic->tag);
    return std::any_of(its.begin(), its.end(),
                       [&](const auto& n) { return std::find(wanted.begin(), wanted.end(), n) != wanted.end(); });
  }

  /// 0 where another electrolyser is as near.
  int nearer_than_others(const Candidate& c, std::size_t e) const {
    const std::string& tag = columns_[c.column].tag;
    const int near = nearness(tag, numbers_[e]);
    for (std::size_t other = 0; other < to_.size(); ++other)
      if (other != e && nearness(tag, numbers_[other]) >= near) return 0;
    return near;
  }

  OfSize size_of(std::size_t e) const { return {kGuessedArea, to_[e].tags.size()}; }

  /// Whether its size is that of an electrolyser; a column that reads nothing may be anything.
  bool fits(RoomQuantity q, const RoomColumn& c, std::size_t e) const {
    if (!c.usual || *c.usual == 0.0) return q != RoomQuantity::voltage;
    if (c.unit.empty()) return q == RoomQuantity::brine_flow || unit_by_size(q, *c.usual, size_of(e)).has_value();
    const auto unit = parse_unit(c.unit);
    const auto to_si = unit ? conversion(q, *unit) : std::nullopt;
    return to_si && plausible(q, (*to_si)(*c.usual), size_of(e));
  }

  void set(RoomQuantity q, std::size_t e, std::size_t column, const char* why) {
    const RoomColumn& c = columns_[column];
    SourceGuess guess{c.tag, "", why};
    if (c.unit.empty() && c.usual && *c.usual != 0.0)
      if (const auto unit = unit_by_size(q, *c.usual, size_of(e))) guess.unit = unit->text;
    to_[e].known[at(q)] = std::move(guess);
  }

  const std::vector<RoomColumn>& columns_;
  const std::vector<std::string>& numbers_;
  std::vector<ElectrolyserGuess>& to_;
};

// --- the text ---

/// A text in a comment stays on its line.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return text;
}

/// A tag such as "1 A" would be read as a constant.
bool like_a_quantity(const std::string& tag) {
  std::size_t length = 0;
  return leading_number(tag, length) && (length == tag.size() || tag[length] == ' ' || parse_quantity(tag));
}

std::string source_text(RoomQuantity q, const std::optional<SourceGuess>& guess) {
  const RoomQuantityInfo& about = info(q);
  const std::string key(about.key);
  if (!guess) {
    const std::string what = q == RoomQuantity::current
                                 ? "FILL IN: no column tells which current is this electrolyser's"
                                 : "no column tells it; a tag, or a constant: \"" + std::string(about.example) + "\"";
    return "# " + key + " = \"TAG\"    # " + what + "\n";
  }
  if (guess->unit.empty())
    return key + " = " +
           (like_a_quantity(guess->tag) ? "{ tag = " + toml_text(guess->tag) + " }" : toml_text(guess->tag)) +
           "    # " + guess->why + "\n";
  return key + " = { tag = " + toml_text(guess->tag) + ", unit = " + toml_text(guess->unit) + " }    # " + guess->why +
         ", its unit from its size\n";
}

std::string electrolyser_text(const ElectrolyserGuess& e) {
  std::string text = "\n[[electrolyser]]\nname = " + toml_text(e.name) + "\ncells = " + std::to_string(e.tags.size()) +
                     "    # in series" + (e.remark.empty() ? "" : "; " + e.remark) +
                     "\ncell_area = \"2.70 m2\"    # A GUESS, TO BE CHANGED: no column tells it\nvoltages = ";
  if (e.voltages.size() == 1) {
    text += toml_text(e.voltages.front());
  } else {
    text += "[";
    for (std::size_t i = 0; i < e.voltages.size(); ++i)
      text += (i == 0 ? "" : i % 6 == 0 ? ",\n  " : ", ") + toml_text(e.voltages[i]);
    text += "]";
  }
  text += "    # one tag a cell, cell 1 first\n";
  for (const RoomQuantity q : kEachRoomQuantity) text += source_text(q, e.known[at(q)]);
  return text + "# membrane_installed = 2025-04-01    # also anode_installed, cathode_installed\n";
}

constexpr std::string_view kNewCellsHead = R"toml(#
# 1. Put in cell_area, and correct what is marked a guess. Look whether cell 1 is the first tag.
# 2. Say what is measured in lines that are comments still, and when parts were put in.
# 3. Prices under [economics]: without them no money is counted.
# 4. Run `castner cells cells.toml DATA`. All keys, with examples: docs/formats/cells.md.

[cell_room]
name = "Cell room"
currency = "CNY"
reference = { current_density = "5 kA/m2", temperature = "90 degC", caustic = 0.32 }    # what voltages are standardised to
)toml";

constexpr std::string_view kNewCellsNone = R"toml(
# No columns were found that differ by one number only and read like cells' voltages. FILL IN:
# [[electrolyser]]
# name = "E1"
# cells = 180    # in series
# cell_area = "2.70 m2"
# voltages = "EI-1101-{001..180}"    # one tag a cell, cell 1 first; or a list of tags
# current = "II-1101"
)toml";

constexpr std::string_view kNewCellsEnd = R"toml(
# [[cell]]    # only where a cell differs from its electrolyser
# name = "E1/017"    # electrolyser/number, counted from 1
# membrane_installed = 2026-03-02

# [economics]
# electricity = "0.45 CNY/(kW.h)"
# hours_per_year = 8000
# membrane = "9000 CNY"    # a piece, fitted; also anode_coating, cathode_coating
# stop = "8 h"    # what an exchange costs in standstill, and for each cell more:
# exchange_per_cell = "0.5 h"
# lost_margin = "600 CNY/t"    # of NaOH not made in it
)toml";

}  // namespace

std::vector<ElectrolyserGuess> guess_electrolysers(const std::vector<RoomColumn>& columns) {
  std::vector<std::string> tags;
  for (const auto& c : columns) tags.push_back(c.tag);
  auto families = readings::tag_families(tags);
  std::erase_if(families, [&](const readings::TagFamily& f) { return !reads_like_cells(columns, f); });
  const auto numbers = numbers_of(families), names = names_for(numbers);
  std::vector<bool> taken(columns.size(), false);
  std::vector<ElectrolyserGuess> all;
  for (std::size_t i = 0; i < families.size(); ++i) {
    ElectrolyserGuess e{.name = names[i]};
    for (const std::size_t member : families[i].members) e.tags.push_back(tags[member]), taken[member] = true;
    e.voltages = readings::patterns_of(e.tags, families[i].before, families[i].after);
    e.remark = remark_of(columns, families[i]);
    all.push_back(std::move(e));
  }
  SourceFinder finder(columns, numbers, all);
  std::array<std::vector<Candidate>, kRoomQuantities> candidates;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!taken[i])
      if (const auto kind = kind_of(columns[i])) candidates[at(kind->quantity)].push_back({i, kind->strength});
  finder.find(RoomQuantity::caustic, candidates[at(RoomQuantity::caustic)]);  // tells the catholyte's temperature
  for (const RoomQuantity q : kEachRoomQuantity)
    if (q != RoomQuantity::caustic) finder.find(q, candidates[at(q)]);
  return all;
}

std::string new_cells(const std::string& data_file, const std::vector<RoomColumn>& columns) {
  std::string text = "# A cells.toml to start from, made from " + on_one_line(data_file) + " (" +
                     std::to_string(columns.size()) + " columns).\n";
  text += kNewCellsHead;
  const auto electrolysers = guess_electrolysers(columns);
  for (const auto& e : electrolysers) text += electrolyser_text(e);
  if (electrolysers.empty()) text += kNewCellsNone;
  text += kNewCellsEnd;
  return text;
}

std::vector<Problem> lacking(const std::string& data_file, const std::vector<RoomColumn>& columns) {
  const auto electrolysers = guess_electrolysers(columns);
  if (electrolysers.empty())
    return {{data_file, "no columns differ by one number only and read like cells' voltages",
             "export the scanner's voltages with the current, or write [[electrolyser]] with their tags by hand"}};
  std::vector<Problem> all;
  for (const auto& e : electrolysers)
    if (!e.known[at(RoomQuantity::current)])
      all.push_back({data_file, "no column tells which current is that of " + in_quotes(e.name),
                     "fill in current, or export it with the voltages: without it no cell can be judged"});
  return all;
}

}  // namespace castner::cell_room
