// SPDX-License-Identifier: Apache-2.0
// castner records backup: a copy of the file of accounts, sessions, tokens and audit trail while the server runs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "castner/app/common.h"
#include "castner/people/backup.h"

namespace castner::app {
namespace {

struct RecordsOptions {
  std::string path, to;
};

std::string number_of(std::int64_t n, const char* one, const char* many) {
  return counted(static_cast<std::uint64_t>(n), one, many);
}

int back_up_records(const RecordsOptions& o) {
  const auto to = o.to.empty() ? beside(o.path) : o.to;
  const auto found = people::backup_records(o.path, to);
  if (!found) return say(found.error());
  std::cout << fmt::format("{}: {}, {}, {}, {} in the audit trail\n", to,
                           number_of(found->accounts, "account", "accounts"),
                           number_of(found->sessions, "session", "sessions"),
                           number_of(found->tokens, "token", "tokens"), number_of(found->entries, "entry", "entries"));
  if (found->problems.empty()) return kAnswered;
  std::cout << "the file is damaged, and so is this copy of it:\n";
  for (const auto& p : found->problems) std::cout << "  " << p << '\n';
  return kSaysNo;
}

}  // namespace

void add_records(CLI::App& root, int& exit_code) {
  auto* records = root.add_subcommand("records", "Look after the file of accounts, sessions, tokens and audit trail");
  records->require_subcommand(1);
  records->footer("Example: castner records backup /var/lib/castner/records.db");
  auto* command =
      records->add_subcommand("backup", "Copy the file, also while the server writes to it, and check the copy");
  auto o = std::make_shared<RecordsOptions>();
  command->add_option("PATH", o->path, "the file that records = names in castner.toml")->required();
  command->add_option("--to", o->to, "the new file; where none is given, beside the old one");
  command->footer("Example: castner records backup /var/lib/castner/records.db --to /backup/records.db");
  command->callback([o, &exit_code] { exit_code = back_up_records(*o); });
}

}  // namespace castner::app
