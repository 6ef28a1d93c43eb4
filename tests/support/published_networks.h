// SPDX-License-Identifier: Apache-2.0
/// The twelve published flow networks of tests/validation/reconciliation/linear_networks.json, ready to be reconciled.
#pragma once

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "castner/solve/reconcile.h"
#include "tests/support/linear_network.h"
#include "tests/support/root.h"

namespace castner::testing {

struct PublishedNetwork {
  std::string id;
  LinearNetwork system;
  std::vector<solve::MeasuredValue> readings;  ///< every stream measured
  std::vector<solve::LeakCandidate> leaks;     ///< every node
  nlohmann::json facts;                        ///< the file's entry

  /// Its name in docs/validation.md.
  [[nodiscard]] std::string set() const { return "do Valle 2018, " + id; }
};

inline nlohmann::json validation_json(const std::string& file) {
  std::ifstream in(root() + "/tests/validation/reconciliation/" + file);
  return nlohmann::json::parse(in);
}

inline std::vector<PublishedNetwork> published_networks() {
  std::vector<PublishedNetwork> all;
  const auto file = validation_json("linear_networks.json");
  for (const auto& p : file["problems"]) {
    std::vector<LinearNetwork::Entry> entries;
    const auto& nodes = p["nodes"];
    const auto measured = p["measured"].get<std::vector<double>>(), variance = p["variance"].get<std::vector<double>>();
    for (int i = 0; i < static_cast<int>(nodes.size()); ++i) {
      for (const int s : nodes[static_cast<std::size_t>(i)]["in"]) entries.push_back({i, s - 1, 1.0});
      for (const int s : nodes[static_cast<std::size_t>(i)]["out"]) entries.push_back({i, s - 1, -1.0});
    }
    PublishedNetwork n{
        p["id"], LinearNetwork(static_cast<int>(nodes.size()), static_cast<int>(measured.size()), entries), {}, {}, p};
    for (int j = 0; j < static_cast<int>(measured.size()); ++j) {
      const auto at = static_cast<std::size_t>(j);
      n.readings.push_back({j, measured[at], std::sqrt(variance[at])});
      n.system.variable(j).nominal = std::max(std::abs(measured[at]), 1e-6);
    }
    for (int i = 0; i < static_cast<int>(nodes.size()); ++i) n.leaks.push_back({i});
    all.push_back(std::move(n));
  }
  return all;
}

inline std::vector<double> readings_as_start(const PublishedNetwork& n) {
  std::vector<double> x;
  for (const auto& y : n.readings) x.push_back(y.value);
  return x;
}

}  // namespace castner::testing
