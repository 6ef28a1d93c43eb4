// SPDX-License-Identifier: Apache-2.0
// Units to one EquationSystem:
//  1. add_unit: each variable of the unit gets the plant's index of its path, or a new one; the unit's equations follow
//     those before.
//  2. The first use settles the structure. NaN in one variable at a time shows which equations of the unit it enters;
//     the pattern of the Jacobian is the union of the units' patterns, and every entry's place in it is remembered.
//  3. residual: each unit's slice of x is gathered, its residuals go to their equations.
//  4. jacobian: a sweep of Dual1 carries eight columns of a unit at a time; its derivatives go to their places. Linear
//     units are swept once and never again.
//  5. hessian, of the multipliers times the residuals: sweeps of Dual2 in blocks of 4 x 4 on and below the diagonal, on
//     a pattern found as in 2.
//  6. initialise: each unit computes its outlets from its inlets, three passes over all units, which carries values
//     round a recycle.
#include "castner/plant/flowsheet.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "castner/base/check.h"

namespace castner::plant {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kWidth = 8;  // columns a first-order sweep
constexpr std::size_t kHessianWidth = 4;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The unit's own slice of the plant's values.
void gather(const Flowsheet::UnitEntry& u, std::span<const double> x, std::vector<double>& local) {
  local.resize(u.variable.size());
  for (std::size_t i = 0; i < local.size(); ++i) local[i] = x[at(u.variable[i])];
}

std::vector<double> first_values(std::span<const Variable> variables) {
  std::vector<double> x;
  for (const auto& v : variables) x.push_back(v.start);
  return x;
}

/// Calls visit(first column, width, residuals) for every sweep of eight columns, seeding with `seed`.
template <class Visit>
bool sweep(const Unit& unit, std::span<const double> local, double seed, Visit visit) {
  const std::size_t n = local.size(), m = unit.equations().size();
  std::vector<Dual1> x(local.begin(), local.end()), r(m);
  for (std::size_t from = 0; from < n; from += kWidth) {
    const std::size_t width = std::min(kWidth, n - from);
    for (std::size_t k = 0; k < width; ++k) x[from + k].v[k] = seed;
    if (!unit.residual(x, r)) return false;
    visit(from, width, r);
    for (std::size_t k = 0; k < width; ++k) x[from + k].v[k] = 0.0;
  }
  return true;
}

/// Calls visit(first row, first column, residuals) for every 4 x 4 block of second derivatives on or below the diagonal.
template <class Visit>
bool sweep_second(const Unit& unit, std::span<const double> local, double seed, Visit visit) {
  const std::size_t n = local.size(), m = unit.equations().size();
  std::vector<Dual2> x(n), r(m);
  for (std::size_t rows = 0; rows < n; rows += kHessianWidth)
    for (std::size_t cols = 0; cols <= rows; cols += kHessianWidth) {
      for (std::size_t i = 0; i < n; ++i) {
        x[i] = Dual2(local[i]);
        if (i >= cols && i < cols + kHessianWidth) x[i].a.v[i - cols] = seed;
        if (i >= rows && i < rows + kHessianWidth) x[i].v[i - rows].a = 1.0;
      }
      if (!unit.residual(x, r)) return false;
      visit(rows, cols, r);
    }
  return true;
}

}  // namespace

int Flowsheet::add_variable(Variable v) {
  check(!settled_, "a flowsheet's structure is not changed after it was used");
  check(!index_.contains(v.name), "a variable's name is new");
  const int i = static_cast<int>(variables_.size());
  index_.emplace(v.name, i);
  variables_.push_back(std::move(v));
  return i;
}

int Flowsheet::add_unit(std::string name, std::unique_ptr<Unit> unit, const std::vector<std::string>& paths) {
  check(!settled_, "a flowsheet's structure is not changed after it was used");
  const auto vars = unit->variables();
  check(vars.size() == paths.size(), "every variable of a unit has a path");
  UnitEntry e;
  e.name = std::move(name);
  e.first_equation = static_cast<int>(equation_names_.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (const auto known = find(paths[i])) {
      e.variable.push_back(*known);
      continue;
    }
    Variable v = vars[i];
    v.name = paths[i];
    e.variable.push_back(add_variable(std::move(v)));
  }
  for (const auto& q : unit->equations()) {
    equation_names_.push_back(e.name + ": " + q.name);
    sizes_.push_back(q.size);
  }
  e.unit = std::move(unit);
  units_.push_back(std::move(e));
  return static_cast<int>(units_.size()) - 1;
}

std::optional<int> Flowsheet::find(std::string_view path) const {
  const auto it = index_.find(std::string(path));
  return it == index_.end() ? std::nullopt : std::optional(it->second);
}

void Flowsheet::alias(std::string path, int variable) { index_.emplace(std::move(path), variable); }

void Flowsheet::set_bounds(int variable, double low, double high) {
  variables_[at(variable)].low = low;
  variables_[at(variable)].high = high;
}

int Flowsheet::mass_balance(std::size_t unit) const {
  const auto& u = units_[unit];
  const int local = u.unit->mass_balance();
  return local < 0 ? -1 : u.first_equation + local;
}

std::vector<double> Flowsheet::initialise(const std::vector<std::pair<int, double>>& known) const {
  auto x = first_values(variables_);
  std::vector<double> local;
  std::vector<bool> fixed(variables_.size(), false);
  for (const auto& [i, value] : known) {
    x[at(i)] = value;
    fixed[at(i)] = true;
  }
  // Three passes carry values through a train written in any order and once around a recycle.
  for (int pass = 0; pass < 3; ++pass)
    for (const auto& u : units_) {
      gather(u, x, local);
      u.unit->initialise(local);
      for (std::size_t i = 0; i < local.size(); ++i)
        if (!fixed[at(u.variable[i])] && std::isfinite(local[i])) x[at(u.variable[i])] = local[i];
    }
  return x;
}

bool Flowsheet::residual(std::span<const double> x, std::span<double> r) const {
  std::vector<double> local;
  for (const auto& u : units_) {
    gather(u, x, local);
    if (!u.unit->residual(local, r.subspan(at(u.first_equation), u.unit->equations().size()))) return false;
  }
  return true;
}

/// Finds which variable enters which equation by seeding a derivative with NaN: it reaches exactly what depends on
/// it, even where the derivative happens to be zero.
void Flowsheet::settle() const {
  if (settled_) return;
  std::vector<std::pair<int, int>> entries;
  const auto start = first_values(variables_);
  std::vector<double> local;
  for (auto& u : units_) {
    const std::size_t n = u.variable.size(), m = u.unit->equations().size();
    u.jacobian_place.assign(m * n, -1);
    gather(u, start, local);
    std::vector<bool> depends(m * n, false);
    const bool possible = sweep(*u.unit, local, kNaN, [&](std::size_t from, std::size_t width, const auto& r) {
      for (std::size_t e = 0; e < m; ++e)
        for (std::size_t k = 0; k < width; ++k) depends[e * n + from + k] = std::isnan(r[e].v[k]);
    });
    for (std::size_t e = 0; e < m; ++e)
      for (std::size_t i = 0; i < n; ++i)
        if (!possible || depends[e * n + i]) {
          u.jacobian_place[e * n + i] = static_cast<int>(entries.size());
          entries.emplace_back(u.first_equation + static_cast<int>(e), u.variable[i]);
        }
    if (u.unit->linear()) {
      u.constant_jacobian.assign(m * n, 0.0);
      sweep(*u.unit, local, 1.0, [&](std::size_t from, std::size_t width, const auto& r) {
        for (std::size_t e = 0; e < m; ++e)
          for (std::size_t k = 0; k < width; ++k) u.constant_jacobian[e * n + from + k] = r[e].v[k];
      });
    }
  }
  std::vector<int> place;
  jacobian_ =
      make_pattern(static_cast<int>(equation_names_.size()), static_cast<int>(variables_.size()), entries, &place);
  for (auto& u : units_)
    for (int& p : u.jacobian_place)
      if (p >= 0) p = place[at(p)];
  settled_ = true;
}

bool Flowsheet::jacobian(std::span<const double> x, std::span<double> values) const {
  settle();
  std::fill(values.begin(), values.end(), 0.0);
  std::vector<double> local;
  for (const auto& u : units_) {
    const std::size_t n = u.variable.size(), m = u.unit->equations().size();
    const auto add = [&](std::size_t e, std::size_t i, double d) {
      if (const int p = u.jacobian_place[e * n + i]; p >= 0) values[at(p)] += d;
    };
    if (!u.constant_jacobian.empty()) {
      for (std::size_t e = 0; e < m; ++e)
        for (std::size_t i = 0; i < n; ++i) add(e, i, u.constant_jacobian[e * n + i]);
      continue;
    }
    gather(u, x, local);
    const bool possible = sweep(*u.unit, local, 1.0, [&](std::size_t from, std::size_t width, const auto& r) {
      for (std::size_t e = 0; e < m; ++e)
        for (std::size_t k = 0; k < width; ++k) add(e, from + k, r[e].v[k]);
    });
    if (!possible) return false;
  }
  return true;
}

void Flowsheet::settle_hessian() const {
  if (hessian_settled_) return;
  settle();
  std::vector<std::pair<int, int>> entries;
  const auto start = first_values(variables_);
  std::vector<double> local;
  for (auto& u : units_) {
    const std::size_t n = u.variable.size(), m = u.unit->equations().size();
    u.hessian_place.assign(n * n, -1);
    if (u.unit->linear()) continue;
    gather(u, start, local);
    std::vector<bool> depends(n * n, false);
    // First derivatives are NaN inside and 1 outside: a second derivative that comes out NaN is one that exists.
    const bool possible = sweep_second(*u.unit, local, kNaN, [&](std::size_t rows, std::size_t cols, const auto& r) {
      for (std::size_t i = rows; i < std::min(n, rows + kHessianWidth); ++i)
        for (std::size_t j = cols; j < std::min(n, cols + kHessianWidth) && j <= i; ++j)
          for (std::size_t e = 0; e < m; ++e)
            if (std::isnan(r[e].v[i - rows].v[j - cols])) depends[i * n + j] = true;
    });
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j <= i; ++j)
        if (!possible || depends[i * n + j]) {
          u.hessian_place[i * n + j] = static_cast<int>(entries.size());
          entries.emplace_back(std::max(u.variable[i], u.variable[j]), std::min(u.variable[i], u.variable[j]));
        }
  }
  std::vector<int> place;
  const int n = static_cast<int>(variables_.size());
  hessian_ = make_pattern(n, n, entries, &place);
  for (auto& u : units_)
    for (int& p : u.hessian_place)
      if (p >= 0) p = place[at(p)];
  hessian_settled_ = true;
}

bool Flowsheet::hessian(std::span<const double> x, std::span<const double> multipliers,
                        std::span<double> values) const {
  settle_hessian();
  std::fill(values.begin(), values.end(), 0.0);
  std::vector<double> local;
  for (const auto& u : units_) {
    if (u.unit->linear()) continue;
    const std::size_t n = u.variable.size(), m = u.unit->equations().size();
    gather(u, x, local);
    const bool possible = sweep_second(*u.unit, local, 1.0, [&](std::size_t rows, std::size_t cols, const auto& r) {
      for (std::size_t i = rows; i < std::min(n, rows + kHessianWidth); ++i)
        for (std::size_t j = cols; j < std::min(n, cols + kHessianWidth) && j <= i; ++j) {
          const int p = u.hessian_place[i * n + j];
          if (p < 0) continue;
          double sum = 0.0;
          for (std::size_t e = 0; e < m; ++e)
            sum += multipliers[at(u.first_equation) + e] * r[e].v[i - rows].v[j - cols];
          // The same plant variable met twice in a unit: both orders of the pair fall on one diagonal place.
          values[at(p)] += i != j && u.variable[i] == u.variable[j] ? 2.0 * sum : sum;
        }
    });
    if (!possible) return false;
  }
  return true;
}

}  // namespace castner::plant
