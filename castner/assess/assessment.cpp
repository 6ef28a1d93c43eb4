// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/assessment.h"

namespace castner::assess {

const char* severity_name(Finding::Severity s) {
  switch (s) {
    case Finding::Severity::info: return "info";
    case Finding::Severity::warning: return "warning";
    case Finding::Severity::critical: return "critical";
  }
  return "info";
}

}  // namespace castner::assess
