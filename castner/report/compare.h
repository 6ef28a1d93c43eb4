// SPDX-License-Identifier: Apache-2.0
/// The changes since an earlier answer: indicators with the uncertainty of their difference, findings new and gone.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/insight/finding.h"

namespace castner::report {

/// The parts of an earlier `castner assess --json` that a comparison needs.
struct Earlier {
  struct Finding {
    std::string code, path, title;
  };
  std::string from, to;  ///< as written there; empty for a snapshot
  std::map<std::string, assess::Amount> indicators;
  std::vector<Finding> findings;
};

/// Reads an earlier answer. What does not look like one is a problem. @param file  its name, for messages
[[nodiscard]] Result<Earlier> read_earlier(std::string_view json, const std::string& file);

struct Comparison {
  struct Change {
    std::string path;
    assess::Amount earlier, now;
    assess::Amount difference;  ///< now - earlier; the two counted as independent
    bool clear = false;         ///< beyond 2 sd
  };
  std::string from, to;                 ///< of the earlier answer
  std::vector<Change> changes;          ///< indicators known in both, clear ones first
  std::vector<Earlier::Finding> fresh;  ///< found now and not then; titles empty: take them from the assessment
  std::vector<Earlier::Finding> gone;   ///< found then and not now
  std::vector<Earlier::Finding> still;
};

Comparison compare(const Earlier&, const insight::Judged&);

}  // namespace castner::report
