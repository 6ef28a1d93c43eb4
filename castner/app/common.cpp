// SPDX-License-Identifier: Apache-2.0
#include "castner/app/common.h"

#include <cstdio>

#include "castner/base/clock.h"
#include "castner/base/file.h"
#include "castner/people/records.h"
#include "castner/plant_file/plant_file.h"
#include "castner/service/server_file.h"

namespace castner::app {

int say(const Error& error) {
  std::fputs(error.text().c_str(), stderr);
  return error.code == ErrorCode::bad_input ? kBadInput : kWorldRefused;
}

Result<plant::Plant> load_plant(const std::string& path) {
  auto text = read_file(path);
  if (!text) return tl::unexpected(text.error());
  auto plant = plant_file::read_plant(*text, path);
  if (plant)
    for (const auto& w : plant->warnings) std::fprintf(stderr, "%s\n", w.c_str());
  return plant;
}

Result<std::unique_ptr<people::Records>> open_records(const std::string& server_file) {
  const auto text = read_file(server_file);
  if (!text) return tl::unexpected(text.error());
  const auto file = service::read_server_file(*text, server_file);
  if (!file) return tl::unexpected(file.error());
  return people::Records::open(file->server.records, system_clock());
}

int exit_code_of(solve::Status status) { return status == solve::Status::converged ? kAnswered : kSaysNo; }

}  // namespace castner::app
