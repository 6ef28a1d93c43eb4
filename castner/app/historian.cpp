// SPDX-License-Identifier: Apache-2.0
// castner historian backup, verify, repair: looking after the file that castner serve keeps its readings in.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "castner/app/common.h"
#include "castner/historian/sqlite_care.h"

namespace castner::app {
namespace {

struct HistorianOptions {
  std::string path, to;
};

std::string contents(const historian::Inventory& i) {
  return fmt::format("{} of {} in {}, {} of them waiting; {} in the ledger; {:.1f} MB",
                     counted(i.readings, "reading", "readings"), counted(i.tags, "tag", "tags"),
                     counted(i.chunks, "chunk", "chunks"), i.waiting, counted(i.gaps, "gap", "gaps"),
                     static_cast<double>(i.bytes) * 1e-6);
}

int print_problems(const historian::Inventory& found) {
  for (const auto& p : found.problems) std::cout << "  " << p << '\n';
  return found.problems.empty() ? kAnswered : kSaysNo;
}

int verify(const HistorianOptions& o) {
  const auto found = historian::verify_file(o.path);
  if (!found) return say(found.error());
  std::cout << o.path << (found->problems.empty() ? ": sound; " : ": damaged; ") << contents(*found) << '\n';
  const int code = print_problems(*found);
  if (code != kAnswered)
    std::cout << "castner historian repair " << o.path << " saves what can be read into a new file\n";
  return code;
}

int backup(const HistorianOptions& o) {
  const auto to = o.to.empty() ? beside(o.path) : o.to;
  const auto found = historian::backup_file(o.path, to);
  if (!found) return say(found.error());
  std::cout << to << ": " << contents(*found) << '\n';
  if (!found->problems.empty()) std::cout << "the file is damaged, and so is this copy of it:\n";
  return print_problems(*found);
}

int repair(const HistorianOptions& o) {
  const auto to = o.to.empty() ? o.path + ".repaired" : o.to;
  const auto done = historian::repair_file(o.path, to);
  if (!done) return say(done.error());
  std::cout << to << ": saved " << contents(done->saved) << '\n';
  std::cout << (done->lost.empty() ? "nothing was lost\n" : "lost:\n");
  for (const auto& line : done->lost) std::cout << "  " << line << '\n';
  std::cout << "To use it, stop the server, put it in the place of " << o.path << " and start the server again.\n";
  return done->lost.empty() ? kAnswered : kSaysNo;
}

void add(CLI::App& historian, const char* name, const char* what, bool writes, int (*run)(const HistorianOptions&),
         int& exit_code) {
  auto* command = historian.add_subcommand(name, what);
  auto o = std::make_shared<HistorianOptions>();
  command->add_option("PATH", o->path, "the historian's file")->required();
  if (writes) command->add_option("--to", o->to, "the new file; where none is given, beside the old one");
  command->footer(fmt::format("Example: castner historian {} /var/lib/castner/history.db", name));
  command->callback([o, run, &exit_code] { exit_code = run(*o); });
}

}  // namespace

void add_historian(CLI::App& root, int& exit_code) {
  auto* historian =
      root.add_subcommand("historian", "Look after the file of readings: copy it, check it, save what can be saved");
  historian->require_subcommand(1);
  historian->footer("Example: castner historian verify /var/lib/castner/history.db");
  add(*historian, "backup", "Copy the file, also while the server writes to it, and check the copy", true, backup,
      exit_code);
  add(*historian, "verify", "Unpack and check everything in it; exit code 1 where something is damaged", false, verify,
      exit_code);
  add(*historian, "repair", "Save all that can still be read into a new file, and say what was lost", true, repair,
      exit_code);
}

}  // namespace castner::app
