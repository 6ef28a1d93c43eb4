// SPDX-License-Identifier: Apache-2.0
#include "castner/app/common.h"

#include <cstdio>

#include "castner/base/file.h"

namespace castner::app {

int say(const Error& error) {
  std::fputs(error.text().c_str(), stderr);
  return error.code == ErrorCode::bad_input ? kBadInput : kWorldRefused;
}

Result<plant_file::Plant> load_plant(const std::string& path) {
  auto text = read_file(path);
  if (!text) return tl::unexpected(text.error());
  auto plant = plant_file::read_plant(*text, path);
  if (plant)
    for (const auto& w : plant->warnings) std::fprintf(stderr, "%s\n", w.c_str());
  return plant;
}

int exit_code_of(solve::Status status) { return status == solve::Status::converged ? kAnswered : kSaysNo; }

}  // namespace castner::app
