// SPDX-License-Identifier: Apache-2.0
// castner token: what a program signs in with, made where the server runs; administrators make and remove them on its pages.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "castner/app/common.h"
#include "castner/people/records.h"
#include "castner/readings/time_zone.h"

namespace castner::app {
namespace {

struct TokenOptions {
  std::string name, role = "viewer", expires, file;
};

int add(const TokenOptions& o) {
  const auto role = people::role_named(o.role);
  if (!role)
    return say(
        bad_input("castner token add", "--role " + o.role + " is not known", "viewer, operator or engineer").value());
  std::optional<Time> expires;
  if (!o.expires.empty()) {
    const auto time = readings::parse_time(o.expires, std::nullopt);
    if (!time) return say(time.error());
    expires = *time;
  }
  auto records = open_records(o.file);
  if (!records) return say(records.error());
  const auto made = (*records)->tokens.add(o.name, *role, expires);
  if (!made) return say(made.error());
  if (auto noted = (*records)->audit.note("castner token", "token.added", o.name + ": " + o.role, ""); !noted)
    return say(noted.error());
  // The secret alone on standard output, so that a script can take it.
  fmt::print(stderr, "{} may act as {} with this token, which is not shown again:\n", o.name, o.role);
  fmt::print("{}\n", made->secret);
  return kAnswered;
}

}  // namespace

void add_token(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("token", "Make what a program signs in with");
  command->require_subcommand(1);
  auto* make = command->add_subcommand("add", "Add a token and print it; it is kept as a hash only");
  auto o = std::make_shared<TokenOptions>();
  make->add_option("NAME", o->name, "of the program, for people")->required();
  make->add_option("--role", o->role, "viewer reads, operator asks for balances too, engineer writes readings too")
      ->capture_default_str();
  make->add_option("--expires", o->expires, "until when, as 2027-11-23T00:00:00Z; without: until it is removed");
  make->add_option("--config", o->file, "the server's file, which names its records")->required();
  make->footer("Example: castner token add telegraf --role engineer --config /etc/castner/castner.toml");
  make->callback([o, &exit_code] { exit_code = add(*o); });
}

}  // namespace castner::app
