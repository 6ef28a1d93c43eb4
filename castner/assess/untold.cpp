// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/untold.h"

#include <algorithm>

#include "castner/unit_models/models.h"

namespace castner::assess {
namespace {

constexpr double kAnything = 30.0;  // of its typical size: an sd that says nothing of a parameter; a guess

}  // namespace

std::vector<std::string> untold_parameters(const plant::Plant& plant, const solve::Reconciliation& r,
                                           const std::vector<int>& idle) {
  std::vector<std::string> all;
  if (r.report.status != solve::Status::converged) return all;
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    const auto* model = unit_models::model_named(plant.units[u].model);
    if (!model || std::binary_search(idle.begin(), idle.end(), static_cast<int>(u))) continue;
    for (const auto& p : model->parameters) {
      const auto variable = plant.flowsheet->find(plant.units[u].name + "." + p.name);
      if (p.kind != plant::ParameterInfo::Kind::variable || !variable) continue;
      const auto v = static_cast<std::size_t>(*variable);
      const auto& e = r.estimates[v];
      const bool nothing =
          e.kind == solve::Class::unobservable || e.sd > kAnything * plant.flowsheet->variables()[v].nominal;
      if (!e.held && nothing) all.push_back(plant.units[u].name + "." + p.name);
    }
  }
  return all;
}

}  // namespace castner::assess
