// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/findings.h"

#include <algorithm>
#include <tuple>

#include "castner/base/check.h"
#include "castner/insight/catalogue.h"

namespace castner::insight {

const char* severity_name(Finding::Severity s) {
  switch (s) {
    case Finding::Severity::info: return "info";
    case Finding::Severity::warning: return "warning";
    case Finding::Severity::critical: return "critical";
  }
  return "info";
}

Judged judged(const plant::Plant& plant, assess::Assessment a) {
  Judged out{std::move(a), {}};
  const Subject subject{plant, out, usage(out)};
  for (const auto& judgement : judgements())
    for (auto& f : judgement.judge(subject)) {
      const Row* row = row_of(f.code);
      check(row != nullptr, "a finding's code has its row");
      f.severity = row->severity;
      out.findings.push_back(std::move(f));
    }
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const Finding& l, const Finding& r) {
    const auto key = [](const Finding& f) {
      return std::tuple(wording_of(*row_of(f.code), f.wording).first, f.cost_per_day.value.value_or(0.0),
                        static_cast<int>(f.severity));
    };
    return key(l) > key(r);
  });
  return out;
}

}  // namespace castner::insight
