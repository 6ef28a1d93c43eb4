// SPDX-License-Identifier: Apache-2.0
#include "castner/props/property_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/props/property_table.h"

namespace castner::props {
namespace {

/// A state quantity: its name, its SI unit, and the limits that nature sets.
struct StateName {
  std::string_view name;
  std::string_view unit;
  std::optional<double> PropertyState::*member;
  double above;  ///< must be greater than this
  double up_to;
};
constexpr double kAny = std::numeric_limits<double>::infinity();
constexpr double kBelowZero = -1e-300;  // zero itself is allowed
constexpr std::array<StateName, 5> kStates{{{"temperature", "K", &PropertyState::temperature, 0.0, kAny},
                                            {"pressure", "Pa", &PropertyState::pressure, 0.0, kAny},
                                            {"mass_frac", "1", &PropertyState::mass_frac, kBelowZero, 1.0},
                                            {"enth_mass", "J/kg", &PropertyState::enth_mass, -kAny, kAny},
                                            {"entr_mass", "J/(kg.K)", &PropertyState::entr_mass, -kAny, kAny}}};

class Question {
 public:
  void complain(std::string what, std::string cure) {
    error_.problems.push_back({"", std::move(what), std::move(cure)});
  }

  const PropertyRow* find_row(const std::string& substance, const std::string& property);
  void read(const std::string& word);
  void require(const PropertyRow& row);

  const PropertyState& state() const { return state_; }
  const std::vector<std::string>& given() const { return given_; }
  const std::string& used() const { return used_; }
  const Error& error() const { return error_; }

 private:
  void read_quantity(const StateName& name, const std::string& word, const std::string& text);
  bool has(std::string_view name) const { return std::find(given_.begin(), given_.end(), name) != given_.end(); }

  PropertyState state_;
  std::vector<std::string> given_;  // names, in the order of the command line
  std::string used_;                // the set of states that answers
  Error error_{ErrorCode::bad_input, {}};
};

void push_new(std::vector<std::string>& names, std::string_view name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

const PropertyRow* Question::find_row(const std::string& substance, const std::string& property) {
  std::vector<std::string> substances, properties;
  for (const auto& row : property_table()) {
    if (row.substance == substance && row.property == property) return &row;
    push_new(substances, row.substance);
    if (row.substance == substance) push_new(properties, row.property);
  }
  if (properties.empty()) {
    complain("no substance " + in_quotes(substance),
             did_you_mean(substance, substances, "there are " + listed(substances)));
  } else {
    complain(substance + " has no property " + in_quotes(property), "there are " + listed(properties));
  }
  return nullptr;
}

void Question::read(const std::string& word) {
  std::vector<std::string> names{"phase"};
  for (const auto& s : kStates) names.emplace_back(s.name);
  const auto equals = word.find('=');
  if (equals == std::string::npos)
    return complain(in_quotes(word) + " is not NAME=VALUE", "write for example temperature=20degC");
  const std::string name = word.substr(0, equals), text = word.substr(equals + 1);
  if (has(name)) return complain(name + " is given twice", "leave one out");
  given_.push_back(name);
  if (name == "phase") {
    if (text == "liquid")
      state_.phase = Phase::liquid;
    else if (text == "vapour")
      state_.phase = Phase::vapour;
    else
      complain("no phase " + in_quotes(text), "there are liquid and vapour");
    return;
  }
  const auto* known = std::find_if(kStates.begin(), kStates.end(), [&](const auto& s) { return s.name == name; });
  if (known == kStates.end())
    return complain("no state " + in_quotes(name), did_you_mean(name, names, "there are " + listed(names)));
  read_quantity(*known, word, text);
}

void Question::read_quantity(const StateName& name, const std::string& word, const std::string& text) {
  std::size_t length = 0;
  const auto bare = leading_number(text, length);
  double value = bare.value_or(0.0);
  if (!bare || length != text.size()) {
    const auto quantity = parse_quantity(text);
    if (!quantity) {
      for (const auto& p : quantity.error().problems) complain(in_quotes(word) + ": " + p.what, p.cure);
      return;
    }
    const auto unit = parse_unit(name.unit);
    if (unit && quantity->unit.dimension != unit->dimension)
      return complain(fmt::format("{}: {} is no unit of {}", in_quotes(word), quantity->unit.text, name.name),
                      fmt::format("use {} or another unit of its kind", name.unit));
    value = quantity->si();
  }
  if (!std::isfinite(value) || value <= name.above || value > name.up_to)
    return complain(fmt::format("{} is impossible", in_quotes(word)),
                    name.up_to < kAny ? fmt::format("{} lies between 0 and 1", name.name)
                                      : fmt::format("{} is a finite number above 0 {}", name.name, name.unit));
  state_.*name.member = value;
}

std::vector<std::string> words_of(std::string_view set) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < set.size();) {
    const auto end = std::min(set.find(' ', at), set.size());
    words.emplace_back(set.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

void Question::require(const PropertyRow& row) {
  for (const auto set : row.states) {
    const auto words = words_of(set);
    if (std::all_of(words.begin(), words.end(), [&](const auto& w) { return has(w); })) {
      used_ = set;
      return;
    }
  }
  std::string sets;
  for (const auto set : row.states) {
    std::string words;
    for (const auto& w : words_of(set)) words += (words.empty() ? "" : " and ") + w + "=";
    sets += (sets.empty() ? "" : ", or ") + words;
  }
  complain(fmt::format("{} {} cannot be answered from what is given", row.substance, row.property), "give " + sets);
}

/// A row's phase may refine a set that does not name it; everything else given must be in the set.
std::optional<std::string> unused(const Question& q, const PropertyRow& row) {
  const bool phase_matters =
      std::any_of(row.states.begin(), row.states.end(), [](auto set) { return set.find("phase") != set.npos; });
  const auto used = words_of(q.used());
  std::string names;
  for (const auto& name : q.given())
    if (std::find(used.begin(), used.end(), name) == used.end() && !(name == "phase" && phase_matters))
      names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? std::nullopt : std::optional("not needed and not used: " + names);
}

void append(std::optional<std::string>& note, const std::optional<std::string>& more) {
  if (more) note = note ? *note + "; " + *more : *more;
}

}  // namespace

Result<PropertyAnswer> ask_property(const std::string& substance, const std::string& property,
                                    std::span<const std::string> states) {
  Question q;
  const auto* row = q.find_row(substance, property);
  for (const auto& word : states) q.read(word);
  if (row) q.require(*row);
  if (!q.error().problems.empty()) return tl::unexpected(q.error());

  const auto v = row->evaluate(q.state());
  PropertyAnswer a{substance,    property,
                   v.value,      std::string(row->unit),
                   !v.outside,   std::string(props::correlation_info(v.correlation).source),
                   std::nullopt, v.vapour_fraction};
  append(a.note, v.outside);
  if (!std::isfinite(v.value)) {
    a.value.reset();
    a.in_range = false;
    append(a.note, "the correlation has no value there");
  }
  if (v.vapour_fraction)
    append(a.note, fmt::format("liquid and vapour, vapour fraction {:.6g} kg/kg", *v.vapour_fraction));
  if (!row->basis.empty()) append(a.note, std::string(row->basis));
  append(a.note, unused(q, *row));
  return a;
}

}  // namespace castner::props
