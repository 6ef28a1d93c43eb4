// SPDX-License-Identifier: Apache-2.0
// castner account: the first account of a server, made where it runs; the others are made on its pages.
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "castner/app/common.h"
#include "castner/people/records.h"

namespace castner::app {
namespace {

struct AccountOptions {
  std::string name, role = "administrator", file;
};

/// One line; what is typed at a terminal is not shown.
std::string read_password() {
  termios shown{};
  const bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    std::cerr << "Password: ";
  }
  std::string password;
  std::getline(std::cin, password);
  if (terminal) {
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::cerr << '\n';
  }
  return password;
}

int add(const AccountOptions& o) {
  const auto role = people::role_named(o.role);
  if (!role)
    return say(bad_input("castner account add", "--role " + o.role + " is not known",
                         "viewer, operator, engineer or administrator")
                   .value());
  auto records = open_records(o.file);
  if (!records) return say(records.error());
  const auto account = (*records)->accounts.add(o.name, *role, read_password());
  if (!account) return say(account.error());
  if (auto noted = (*records)->audit.note("castner account", "account.added", o.name + ": " + o.role, ""); !noted)
    return say(noted.error());
  fmt::print("{} may sign in as {}\n", o.name, o.role);
  return kAnswered;
}

}  // namespace

void add_account(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("account", "Make the first account of a server");
  command->require_subcommand(1);
  auto* make = command->add_subcommand("add", "Add an account; the password is one line on standard input");
  auto o = std::make_shared<AccountOptions>();
  make->add_option("NAME", o->name, "1 to 64 of A-Z a-z 0-9 . _ - @")->required();
  make->add_option("--role", o->role, "viewer, operator, engineer or administrator")->capture_default_str();
  make->add_option("--config", o->file, "the server's file, which names its records")->required();
  make->footer("Example: castner account add li.wei --config /etc/castner/castner.toml");
  make->callback([o, &exit_code] { exit_code = add(*o); });
}

}  // namespace castner::app
