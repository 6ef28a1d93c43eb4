// SPDX-License-Identifier: Apache-2.0
#include "castner/app/common.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "castner/base/clock.h"
#include "castner/base/file.h"
#include "castner/people/records.h"
#include "castner/plant_file/plant_file.h"
#include "castner/readings/time_zone.h"
#include "castner/service/server_file.h"

namespace castner::app {

int say(const Error& error, words::Language language) {
  const words::Words words(language);
  for (const auto& p : error.problems)
    std::fprintf(stderr, "%s\n", Problem{p.where, words.said(p.what), words.said(p.cure)}.text().c_str());
  return error.code == ErrorCode::bad_input ? kBadInput : kWorldRefused;
}

Result<plant::Plant> load_plant(const std::string& path, words::Language language) {
  auto text = CASTNER_TRY(read_file(path));
  auto plant = plant_file::read_plant(text, path);
  if (plant)
    for (const auto& w : plant->warnings) std::fprintf(stderr, "%s\n", words::Words(language).said(w).c_str());
  return plant;
}

void add_language(CLI::App& command, words::Language& into) {
  const auto take = [&into](const std::string& name) {
    into = name == "zh" ? words::Language::zh : words::Language::en;
  };
  command.add_option_function<std::string>("--lang", take, "language of report and terminal")
      ->check(CLI::IsMember({"en", "zh"}))
      ->default_str("en");
}

Result<std::unique_ptr<people::Records>> open_records(const std::string& server_file) {
  const auto text = CASTNER_TRY(read_file(server_file));
  const auto file = CASTNER_TRY(service::read_server_file(text, server_file));
  return people::Records::open(file.server.records, system_clock());
}

std::string counted(std::uint64_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string beside(const std::string& path) {
  auto stamp = readings::time_text(std::chrono::floor<std::chrono::seconds>(system_clock().now()));
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return path + "." + stamp;
}

int exit_code_of(solve::Status status) { return status == solve::Status::converged ? kAnswered : kSaysNo; }

}  // namespace castner::app
