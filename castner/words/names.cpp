// SPDX-License-Identifier: Apache-2.0
#include "castner/words/names.h"

#include <algorithm>
#include <array>

namespace castner::words {
namespace {

std::string first_part(std::string_view path) { return std::string(path.substr(0, path.find('.'))); }
std::string_view after_first(std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
}

}  // namespace

Names::Names(const plant::Plant& plant, Language language) : plant_(plant), words_(language) {
  for (const auto& u : plant.units) units_.emplace(u.name, &u);
  for (const auto& s : plant.streams) streams_.emplace(s.name, &s);
}

std::string Names::unit(const plant::UnitEntry& u) const {
  return u.title.empty() ? words_("model." + u.model) : given(u.title);
}

std::string Names::short_stream(const plant::StreamEntry& s) const {
  return s.title.empty() ? words_("contents." + std::string(plant::contents_info(s.contents).name)) : given(s.title);
}

std::string Names::unit_in_a_sentence(const std::string& name) const {
  const auto it = units_.find(name);
  return it == units_.end() || it->second->title.empty() ? name : given(it->second->title);
}

std::string Names::stream(const plant::StreamEntry& s) const {
  if (!s.title.empty()) return given(s.title);
  const Words::Blanks blanks{
      {"contents", short_stream(s)}, {"from", unit_in_a_sentence(s.from)}, {"to", unit_in_a_sentence(s.to)}};
  if (s.from.empty() && s.to.empty()) return short_stream(s);
  return words_(s.from.empty() ? "names.feed" : s.to.empty() ? "names.product" : "names.between", blanks);
}

std::string Names::quantity(std::string_view path) const {
  std::string_view local = after_first(path);
  if (local.empty()) return std::string(path);
  if (const std::string code = "quantity." + std::string(local); words_.has(code)) return words_(code);
  const std::size_t dot = local.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string head = "quantity." + std::string(local.substr(0, dot)), tail(local.substr(dot + 1));
    if (words_.has(head)) return words_("names.of_species", {{"species", tail}, {"quantity", words_(head)}});
    if (words_.has("quantity." + tail)) return words_("quantity." + tail);  // of a port: anolyte.temperature
  }
  std::string plain(local);
  std::replace(plain.begin(), plain.end(), '_', ' ');
  return plain;
}

std::string Names::path(std::string_view path) const {
  const std::string owner = first_part(path);
  std::string place;
  if (const auto u = units_.find(owner); u != units_.end())
    place = u->second->title.empty() ? unit(*u->second) + " " + owner : unit(*u->second);
  else if (const auto s = streams_.find(owner); s != streams_.end())
    place = stream(*s->second);
  else
    return std::string(path);
  return words_("names.of_place", {{"quantity", quantity(path)}, {"place", place}});
}

std::string Names::instrument(const plant::Measurement& m) const {
  return m.description.empty() ? path(m.of) : given(m.description);
}

std::string Names::parts(const plant::Measurement& m) const {
  return words_("names.parts", {{"quantity", quantity(m.of)}, {"tag", m.tag}});
}

std::string Names::part(const plant::Measurement& m, std::string_view which) const {
  return words_("names.part", {{"of", instrument(m)}, {"part", std::string(which)}});
}

const plant::UnitEntry* Names::unit_of(std::string_view path) const {
  std::string owner = first_part(path);
  if (const auto s = streams_.find(owner); s != streams_.end())
    owner = s->second->from.empty() ? s->second->to : s->second->from;
  const auto u = units_.find(owner);
  return u == units_.end() ? nullptr : u->second;
}

std::string Names::area(const plant::UnitEntry& u) const {
  const std::string code = "area." + (u.area.empty() ? std::string(usual_area(plant_, u)) : u.area.en);
  return words_.has(code) ? words_(code) : given(u.area);
}

std::string_view usual_area(const plant::Plant& plant, const plant::UnitEntry& u) {
  using enum plant::Contents;
  struct Row {
    plant::Contents contents;
    std::string_view area;
  };
  // What a unit is about, the most telling first: steam and water also serve others.
  static constexpr std::array<Row, 8> kRows{{{chlorine_gas, "chlorine"},
                                             {hydrogen_gas, "hydrogen"},
                                             {caustic, "caustic"},
                                             {brine, "brine"},
                                             {acid_brine, "brine"},
                                             {depleted_brine, "brine"},
                                             {steam, "utilities"},
                                             {water, "utilities"}}};
  const auto carries = [&](plant::Contents contents) {
    return std::any_of(u.connections.begin(), u.connections.end(), [&](const auto& c) {
      const auto s = std::find_if(plant.streams.begin(), plant.streams.end(),
                                  [&](const auto& stream) { return stream.name == c.stream; });
      return s != plant.streams.end() && s->contents == contents;
    });
  };
  const bool has_pipes = !u.connections.empty();
  if (!has_pipes || (carries(chlorine_gas) && carries(hydrogen_gas))) return "cells";  // rectifiers have wires only
  if (carries(caustic) && carries(steam)) return "evaporation";
  for (const auto& row : kRows)
    if (carries(row.contents)) return row.area;
  return "other";
}

}  // namespace castner::words
