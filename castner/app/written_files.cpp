// SPDX-License-Identifier: Apache-2.0
#include "castner/app/written_files.h"

#include <filesystem>
#include <system_error>

namespace castner::app {
namespace {

namespace fs = std::filesystem;

/// Whether both are one file; one that does not exist yet is known by its place.
bool one_file(const std::string& a, const std::string& b) {
  std::error_code none;
  if (fs::exists(a, none) && !fs::is_regular_file(a, none)) return false;
  if (fs::equivalent(a, b, none)) return true;
  std::error_code of_a, of_b;
  const auto place_a = fs::weakly_canonical(fs::absolute(a, of_a), of_a),
             place_b = fs::weakly_canonical(fs::absolute(b, of_b), of_b);
  return !of_a && !of_b && place_a == place_b;
}

}  // namespace

Result<void> check_written(const std::vector<NamedFile>& read, const std::vector<NamedFile>& written) {
  Error error;
  const auto refuse = [&](const NamedFile& file, const std::string& what) {
    error.problems.push_back({std::string(file.name), "\"" + file.path + "\" is " + what,
                              "give " + std::string(file.name) + " another name"});
  };
  for (std::size_t i = 0; i < written.size(); ++i) {
    const NamedFile& file = written[i];
    const auto same = [&](const NamedFile& other) {
      return !file.path.empty() && !other.path.empty() && one_file(file.path, other.path);
    };
    for (const NamedFile& other : read)
      if (same(other)) refuse(file, std::string(other.name) + ", which is read: it would be lost");
    for (std::size_t k = 0; k < i; ++k)
      if (same(written[k])) refuse(file, std::string(written[k].name) + " too: one of the two would be lost");
  }
  if (!error.problems.empty()) return tl::unexpected(std::move(error));
  return {};
}

}  // namespace castner::app
