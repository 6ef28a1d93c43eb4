// SPDX-License-Identifier: Apache-2.0
// castner property: one property of one substance, with its source and whether it may be trusted.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "castner/app/commands.h"
#include "castner/props/property_query.h"

namespace castner::app {
namespace {

struct PropertyOptions {
  std::string substance, property;
  std::vector<std::string> states;
  bool json = false;
};

std::string as_json(const props::PropertyAnswer& a) {
  nlohmann::ordered_json j{{"substance", a.substance}, {"property", a.property}, {"value", nullptr}, {"unit", a.unit},
                           {"in_range", a.in_range},   {"source", a.source},     {"note", nullptr}};
  if (a.value) j["value"] = *a.value;
  if (a.note) j["note"] = *a.note;
  if (a.vapour_fraction) j["vapour_fraction"] = *a.vapour_fraction;
  return j.dump() + "\n";
}

std::string as_text(const props::PropertyAnswer& a) {
  const std::string unit = a.unit == "1" ? "" : " " + a.unit;
  return fmt::format("{}{}, source {}, {}{}\n", a.value ? fmt::format("{:.6g}", *a.value) : "no value",
                     a.value ? unit : "", a.source, a.in_range ? "in range" : "out of range",
                     a.note ? ": " + *a.note : "");
}

int run(const PropertyOptions& o) {
  const auto answer = props::ask_property(o.substance, o.property, o.states);
  if (!answer) {
    std::cerr << answer.error().text();
    return kBadInput;
  }
  std::cout << (o.json ? as_json(*answer) : as_text(*answer));
  return answer->in_range ? kAnswered : kSaysNo;
}

}  // namespace

void add_property(CLI::App& root, int& exit_code) {
  auto* command =
      root.add_subcommand("property", "One property of water, caustic, brine or a gas, with source and range");
  auto o = std::make_shared<PropertyOptions>();
  command->add_option("SUBSTANCE", o->substance, "water, caustic, brine, chlorine, ...")->required();
  command->add_option("PROPERTY", o->property, "dens_mass, enth_mass, pressure_sat, ...")->required();
  command->add_option("NAME=VALUE", o->states,
                      "temperature= pressure= mass_frac= enth_mass= entr_mass= phase=; a bare number is SI");
  command->add_flag("--json", o->json, "one JSON document on standard output");
  command->footer(
      "Example: castner property caustic dens_mass temperature=20degC mass_frac=0.30 --json\n"
      "docs/reference/property.md lists every substance, property and range.");
  command->callback([o, &exit_code] { exit_code = run(*o); });
}

}  // namespace castner::app
