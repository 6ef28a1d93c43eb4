// SPDX-License-Identifier: Apache-2.0
/// Builds a plant and one made-up reconciled state of it, for the tests of the report.
#pragma once

#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"
#include "castner/plant/stream.h"

namespace castner::report::testing {

class Builder {
 public:
  Builder() { plant_.flowsheet = std::make_unique<plant::Flowsheet>(); }

  void unit(const std::string& name, const std::string& model = "node") {
    plant_.units.push_back({.name = name, .model = model, .connections = {}, .held_parameters = {}, .constants = {}});
  }
  /// A stream with its variables; from or to empty: a feed, a product.
  void stream(const std::string& name, const std::string& from, const std::string& to,
              plant::Contents contents = plant::Contents::mass) {
    plant_.streams.push_back({name, contents, from, to});
    for (auto v : plant::stream_variables(contents)) {
      v.name = name + "." + v.name;
      plant_.flowsheet->add_variable(v);
    }
  }
  void variable(const std::string& path, const std::string& unit, double nominal = 1.0) {
    Variable v;
    v.name = path;
    v.unit = unit;
    v.nominal = nominal;
    plant_.flowsheet->add_variable(v);
  }
  void measure(const std::string& tag, const std::string& path, Measure unit, double sd) {
    plant::Measurement m;
    m.tag = tag;
    m.variable = *plant_.flowsheet->find(path);
    m.of = path;
    m.unit = std::move(unit);
    m.uncertainty.absolute = sd;
    plant_.measurements.push_back(m);
  }

  plant::Plant& plant() { return plant_; }
  plant::Plant take() { return std::move(plant_); }

 private:
  plant::Plant plant_;
};

/// One reconciled state, filled by hand.
class StateBuilder {
 public:
  explicit StateBuilder(const plant::Plant& plant) : plant_(plant) {
    auto& r = state_.reconciliation;
    r.report.status = solve::Status::converged;
    r.estimates.resize(plant.flowsheet->variables().size());
    r.x.resize(r.estimates.size());
    for (const auto& m : plant.measurements) {
      assess::Instrument i;
      i.tag = m.tag;
      i.path = m.of;
      i.variable = m.variable;
      state_.instruments.push_back(i);
    }
  }
  void estimate(const std::string& path, double value, double sd, solve::Class kind = solve::Class::observable) {
    const auto v = static_cast<std::size_t>(*plant_.flowsheet->find(path));
    state_.reconciliation.x[v] = value;
    state_.reconciliation.estimates[v] = {.value = value, .sd = sd, .kind = kind, .held = false, .at_bound = false};
  }
  /// A reading in use; `z` its statistic.
  void read(const std::string& tag, double measured, double sd, double z, solve::Class kind = solve::Class::redundant) {
    for (auto& i : state_.instruments)
      if (i.tag == tag) {
        i.reading = static_cast<int>(state_.reconciliation.used.size());
        i.measured = measured;
        i.sd = sd;
        state_.reconciliation.used.push_back(true);
        state_.reconciliation.statistic.push_back(z);
        state_.reconciliation.smallest_seen.push_back(kind == solve::Class::redundant ? std::optional(5.0 * sd)
                                                                                      : std::nullopt);
        state_.reconciliation.estimates[static_cast<std::size_t>(i.variable)].kind = kind;
      }
  }
  void accuse(const std::string& tag, double size, double size_sd, double z, double critical) {
    for (auto& i : state_.instruments)
      if (i.tag == tag) {
        state_.reconciliation.used[static_cast<std::size_t>(i.reading)] = false;
        state_.reconciliation.estimates[static_cast<std::size_t>(i.variable)].kind = solve::Class::observable;
        state_.reconciliation.gross_errors.push_back({.kind = solve::GrossError::Kind::bias,
                                                      .index = i.reading,
                                                      .size = size,
                                                      .size_sd = size_sd,
                                                      .statistic = z,
                                                      .critical = critical,
                                                      .removed = true,
                                                      .alternatives = {}});
      }
  }
  assess::State& state() { return state_; }

 private:
  const plant::Plant& plant_;
  assess::State state_;
};

inline Measure unit_of(const std::string& text, double scale, double offset = 0.0) {
  Measure u;
  u.text = text;
  u.scale = scale;
  u.offset = offset;
  return u;
}
inline const Measure kTonnesPerHour = unit_of("t/h", 1 / 3.6);

}  // namespace castner::report::testing
