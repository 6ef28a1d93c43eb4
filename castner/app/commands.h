// SPDX-License-Identifier: Apache-2.0
/// The subcommands of castner, one file each. A command adds itself to the command line and sets the exit code when run.
#pragma once

namespace CLI {
class App;
}

namespace castner::app {

/// Exit codes; docs/reference/commands.md says when each is returned.
enum ExitCode : int { kAnswered = 0, kSaysNo = 1, kBadInput = 2, kWorldRefused = 3 };

void add_account(CLI::App&, int& exit_code);
void add_assess(CLI::App&, int& exit_code);
void add_cells(CLI::App&, int& exit_code);
void add_check(CLI::App&, int& exit_code);
void add_historian(CLI::App&, int& exit_code);
void add_new(CLI::App&, int& exit_code);
void add_property(CLI::App&, int& exit_code);
void add_reconcile(CLI::App&, int& exit_code);
void add_records(CLI::App&, int& exit_code);
void add_serve(CLI::App&, int& exit_code);
void add_simulate(CLI::App&, int& exit_code);
void add_token(CLI::App&, int& exit_code);
void add_virtual_plant(CLI::App&, int& exit_code);

}  // namespace castner::app
