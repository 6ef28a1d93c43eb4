// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "castner/app/commands.h"
#include "castner/base/suggest.h"
#include "castner/words/text.h"

namespace {

/// What --lang asks for, though something else on the command line is wrong.
castner::words::Words words_asked(int argc, char** argv) {
  bool zh = false;
  for (int k = 1; k < argc; ++k) {
    const std::string word(argv[k]);
    zh = zh || word == "--lang=zh" || (word == "--lang" && k + 1 < argc && std::string(argv[k + 1]) == "zh");
  }
  return castner::words::Words(zh ? castner::words::Language::zh : castner::words::Language::en);
}

/// Prints the problem of the command line and where its help is.
std::string complaint(const CLI::App& app, const std::string& first_word, const CLI::ParseError& error,
                      const castner::words::Words& words) {
  const auto chosen = app.get_subcommands();
  if (!chosen.empty()) {
    const std::string name = "castner " + chosen.front()->get_name();
    return name + ": " + words.said(error.what()) + "; " + words.said(name + " --help shows an example") + "\n";
  }
  if (first_word.empty()) return "castner: which command? castner --help lists them\n";
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return "castner: there is no command " + castner::in_quotes(first_word) + "; " +
         castner::did_you_mean(first_word, names, "castner --help lists them") + "\n";
}

/// Whether all that the command printed was taken by the disk, the pipe or the terminal; says it where not.
bool all_printed() {
  if (std::cout.flush()) return true;
  std::cerr << "castner: standard output cannot be written; free some space or choose another place\n";
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace castner::app;
  std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit refuses a write, as a full disk does, and kills nobody
  CLI::App app("Castner: what a chlor-alkali plant's own numbers say about it.", "castner");
  app.set_version_flag("--version", "castner " CASTNER_VERSION);
  app.require_subcommand(1);
  app.footer(
      "castner COMMAND --help shows each with an example.\n"
      "Castner advises; it is not a safety instrumented system.");

  int exit_code = kAnswered;
  add_account(app, exit_code);
  add_assess(app, exit_code);
  add_cells(app, exit_code);
  add_check(app, exit_code);
  add_historian(app, exit_code);
  add_new(app, exit_code);
  add_property(app, exit_code);
  add_reconcile(app, exit_code);
  add_records(app, exit_code);
  add_serve(app, exit_code);
  add_simulate(app, exit_code);
  add_token(app, exit_code);
  add_virtual_plant(app, exit_code);

  try {
    app.parse(argc, argv);  // runs the command
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0)
      return app.exit(e) == 0 && all_printed() ? kAnswered : kWorldRefused;  // --help, --version
    std::cerr << complaint(app, argc > 1 ? argv[1] : "", e, words_asked(argc, argv));
    return kBadInput;
  }
  return all_printed() ? exit_code : kWorldRefused;
}
