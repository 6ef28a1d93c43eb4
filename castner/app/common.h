// SPDX-License-Identifier: Apache-2.0
/// Tasks that subcommands share: read a plant, open a server's records, print problems, choose the exit code.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "castner/app/commands.h"
#include "castner/base/error.h"
#include "castner/plant/plant.h"
#include "castner/solve/report.h"
#include "castner/words/text.h"

namespace castner::people {
class Records;
}

namespace castner::app {

/// Prints every problem to standard error, one a line, and returns the exit code that goes with them.
int say(const Error&, words::Language = words::Language::en);

/// Reads and checks a plant file; its warnings go to standard error.
[[nodiscard]] Result<plant::Plant> load_plant(const std::string& path, words::Language = words::Language::en);

/// Accounts, tokens and the audit trail of the server whose file this is.
[[nodiscard]] Result<std::unique_ptr<people::Records>> open_records(const std::string& server_file);

/// `--lang en|zh`, the language of terminal and report.
void add_language(CLI::App& command, words::Language& into);

/// "1 reading", "2 readings".
std::string counted(std::uint64_t n, const char* one, const char* many);

/// PATH.20261123T140500Z, a backup's name where none is given: sorts by time and is a file name everywhere.
std::string beside(const std::string& path);

/// 0 where a solver answered, 1 where it says no.
int exit_code_of(solve::Status);

}  // namespace castner::app
