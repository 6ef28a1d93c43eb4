// SPDX-License-Identifier: Apache-2.0
/// A folder that a test may fill and that is gone after it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "castner/base/check.h"

namespace castner {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "castner-XXXXXX").string();
    check(mkdtemp(name.data()) != nullptr, "a test may make a folder where temporary files go");
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace castner
