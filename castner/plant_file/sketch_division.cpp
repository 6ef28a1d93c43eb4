// SPDX-License-Identifier: Apache-2.0
// How a feed divides over electrolysers where no meter tells it:
//  1. A side of an electrolyser is told by a flow or a strength in what goes in or comes out: with its current, a strength gives the
//     flow (Faraday). Where several pipes meet at a port, each but acid needs one. Temperatures hardly tell it, nor does chlorate.
//  2. feed = share x f x current x cells, with one f for all electrolysers, which the meters on the headers tell: each has what its
//     current needs, as plants set it. No share is known; each is 1 +- 0.3, a guess: plants set the electrolysers of one room within some
//     per cent of each other, but without a meter nobody sees a valve that was set otherwise. Where nobody knows, 1 +- 1.
//  3. The plant's totals hardly depend on the shares; what is said of one electrolyser has their uncertainty.
#include "castner/plant_file/sketch_division.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "castner/base/quantity.h"
#include "castner/plant_file/sketch_acid.h"
#include "castner/unit_models/electrolyser.h"

namespace castner::plant_file {
namespace {

/// A side of an electrolyser, and where solvers start.
struct Side {
  const char *in, *out;
  double start;  ///< [kg/(A.s)] of one cell, as in docs/domain/base_case.md
};
constexpr std::array<Side, 2> kSides{{{"brine", "anolyte", 4.4e-6}, {"caustic", "catholyte", 7.5e-6}}};

constexpr double kByCurrent = 0.3, kUnknown = 1.0;  // sd of a share
constexpr const char* kAboutShare =
    "of what its current and its cells need, as the others have it; no meter is on its own feed";

/// A flow or a strength.
bool metered(const Sketch& sketch, const Sketch::Pipe& p) {
  return std::any_of(sketch.meters.begin(), sketch.meters.end(), [&](const Sketch::Meter& m) {
    if (!m.of.starts_with(p.name + ".")) return false;
    const std::string quantity = m.of.substr(p.name.size() + 1);
    const std::string species = quantity.substr(quantity.rfind('.') + 1);
    return quantity.starts_with("flow_") || quantity == "dens_mass" ||
           ((species == "NaCl" || species == "NaOH") && quantity != species);
  });
}

/// Whether all the pipes that meet at a joint before a port, or part behind one, are metered; of acid there is too little to matter.
bool metered_beyond(const Sketch& sketch, const Sketch::Pipe& p, bool inlet) {
  const std::string& joint = inlet ? p.from.unit : p.to.unit;
  const char* model = inlet ? "mixer" : "splitter";
  return std::any_of(sketch.units.begin(), sketch.units.end(),
                     [&](const auto& u) { return u.name == joint && u.model == model; }) &&
         std::all_of(sketch.pipes.begin(), sketch.pipes.end(), [&](const Sketch::Pipe& other) {
           return (inlet ? other.to.unit : other.from.unit) != joint || other.contents == kAcid ||
                  metered(sketch, other);
         });
}

bool told(const Sketch& sketch, const Sketch::Unit& u, const Side& side) {
  return std::any_of(sketch.pipes.begin(), sketch.pipes.end(), [&](const Sketch::Pipe& p) {
    const bool in = p.to.unit == u.name && p.to.port == side.in, out = p.from.unit == u.name && p.from.port == side.out;
    return (in || out) && (metered(sketch, p) || metered_beyond(sketch, p, in));
  });
}

/// Cells in series; "" where nobody has given a number of them yet.
std::string cells_of(const Sketch::Unit& u) {
  for (const auto& [name, value] : u.parameters) {
    std::size_t length = 0;
    const auto number = name == "cells" ? leading_number(value, length) : std::nullopt;
    if (number && length == value.size() && *number > 0.0) return value;
  }
  return "";
}

}  // namespace

std::vector<Division> untold_divisions(const Sketch& sketch) {
  std::vector<Division> all;
  // Where nothing that flows is metered there is nothing to divide.
  if (std::none_of(sketch.pipes.begin(), sketch.pipes.end(), [&](const auto& p) { return metered(sketch, p); }))
    return all;
  for (const Side& side : kSides) {
    Division d{.port = side.in, .units = {}};
    for (const auto& u : sketch.units)
      if (u.model == unit_models::ElectrolyserAnatomy::kModel && !told(sketch, u, side)) d.units.push_back(u.name);
    if (d.units.size() > 1) all.push_back(std::move(d));
  }
  return all;
}

DivisionTables divided(const Sketch& sketch) {
  DivisionTables out;
  const double sd = sketch.divided == Sketch::Divided::unknown ? kUnknown : kByCurrent;
  for (const auto& d : untold_divisions(sketch)) {
    const auto* side = std::find_if(kSides.begin(), kSides.end(), [&](const Side& s) { return s.in == d.port; });
    const std::string all = d.port + "_by_current";
    std::string variables, equations;
    for (const auto& name : d.units) {
      const auto u =
          std::find_if(sketch.units.begin(), sketch.units.end(), [&](const auto& x) { return x.name == name; });
      const auto feed = std::find_if(sketch.pipes.begin(), sketch.pipes.end(),
                                     [&](const auto& p) { return p.to.unit == name && p.to.port == d.port; });
      const std::string cells = cells_of(*u), share = name + "_" + d.port + "_share";
      if (cells.empty() || feed == sketch.pipes.end()) continue;
      variables += fmt::format("\n[[variable]]\nname = \"{}\"\nunit = \"1\"\nlow = 0\nstart = 1\n", share);
      equations +=
          fmt::format("\n[[equation]]\nname = \"{0}\"\nresidual = \"{1}.flow_mass - {0} * {2} * {3} * {4}.current\"\n",
                      share, feed->name, all, cells, name);
      out.assumed.push_back({share, 1.0, sd, kAboutShare});
    }
    if (variables.empty()) continue;
    out.text +=
        fmt::format("\n[[variable]]\nname = \"{}\"\nunit = \"kg/(A.s)\"\nlow = 0\nstart = {:.3g}\n", all, side->start);
    out.text += variables + equations;
  }
  return out;
}

}  // namespace castner::plant_file
