// SPDX-License-Identifier: Apache-2.0
// castner virtual-plant: becomes the program castner-virtual-plant that lies beside castner. It answers Modbus, which castner
// must not be able to, so it is not part of it.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

#include "castner/app/commands.h"

namespace castner::app {
namespace {

/// Returns only where the other program cannot be executed.
int become_virtual_plant(const std::vector<std::string>& arguments) {
  std::error_code error;
  const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string program = (own.parent_path() / "castner-virtual-plant").string();
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& w : words) argv.push_back(w.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  std::cerr << fmt::format("{}: cannot be executed: {}; make build makes it, beside castner\n", program,
                           std::strerror(errno));
  return kWorldRefused;
}

}  // namespace

void add_virtual_plant(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("virtual-plant", "Run a plant by its own model, over Modbus, MQTT and OPC UA");
  command->set_help_flag();  // its own program answers --help
  command->prefix_command();
  command->callback([command, &exit_code] {
    auto arguments = command->remaining();
    if (arguments.empty()) arguments.emplace_back("--help");
    exit_code = become_virtual_plant(arguments);
  });
}

}  // namespace castner::app
