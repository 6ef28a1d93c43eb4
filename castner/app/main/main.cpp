// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>

#include "castner/app/commands.h"

int main(int argc, char** argv) {
  using namespace castner::app;
  CLI::App app("Castner: what a chlor-alkali plant's own numbers say about it.", "castner");
  app.set_version_flag("--version", "castner " CASTNER_VERSION);
  app.require_subcommand(1);
  app.footer("castner COMMAND --help shows each with an example. Castner advises; it is not a safety instrumented system.");

  int exit_code = kAnswered;

  try {
    app.parse(argc, argv);  // runs the command
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return app.exit(e);  // --help, --version
    std::cerr << "castner: " << e.what() << "; castner --help lists what there is\n";
    return kBadInput;
  }
  return exit_code;
}
