// SPDX-License-Identifier: Apache-2.0
// Who explains the readings nearly as well as the accused:
//  1. Without a reading the objective is exp(-difference/2) times as likely to be chance, so two who explain them stand at odds of
//     exp(difference/2). Below 20 : 1 (kTells) nobody is told from the other. That is asked of each of the accused, all others
//     being out. A candidate need not be above the critical value: that tells whether anything is wrong, and not who.
//  2. expand: the accused is put back, and each whose z comes near to its own is left out instead. Where balances are straight the
//     objective without one falls by z^2; where not, it is solved without the likeliest.
//  3. Where several are accused, errors may be exchanged one after the other: A and B may explain as much as C and D. So each set that
//     is found to explain enough is expanded in turn, while solutions are left (kMostSolves).
//  4. A reading with which nothing can be solved is compared with nobody; nor is any with Huber's loss, whose objective is no such
//     measure.
#include "castner/solve/also_possible.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "castner/solve/evidence.h"
#include "castner/solve/gross_error.h"
#include "castner/solve/index.h"

namespace castner::solve {
namespace {

constexpr double kNear =
    0.8;  // of z^2: a candidate that far may by curvature still explain as much. A guess, as the next two
constexpr std::size_t kMostSets = 8;
constexpr int kMostSolves = 60;  // of all comparisons of one balance; the likeliest come first

using Kind = GrossError::Kind;
using Suspect = GrossError::Alternative;

bool same(const Suspect& one, Kind kind, int index) { return one.kind == kind && one.index == index; }

/// Those that are out, one for each of the removed, and the objective without them.
struct Set {
  std::vector<Suspect> out;
  double objective = 0.0;
};

class Comparison {
 public:
  Comparison(const SolvedTask& answer, std::vector<GrossError>& accused)
      : answer_(answer), task_(answer.task), accused_(accused) {
    straight_ = answer.system.hessian_pattern().nonzeros() == 0;
  }

  void run() {
    Set first{{}, objective(task_, answer_.result.x)};
    for (std::size_t n = 0; n < accused_.size(); ++n) {
      if (!accused_[n].removed) continue;
      removed_.push_back(n);
      first.out.push_back({.kind = accused_[n].kind, .index = accused_[n].index, .statistic = accused_[n].statistic});
    }
    best_ = first.objective;
    sets_.push_back(std::move(first));
    for (std::size_t n = 0; n < sets_.size(); ++n)
      for (std::size_t slot = 0; slot < removed_.size() && solves_left_ > 0; ++slot) expand(n, slot);
    put(sets_.front(), true);
    // Where nobody asked for removal each lists the errors of all; only the worst is compared.
    for (auto& g : accused_)
      if (!g.removed && (g.kept != GrossError::Kept::not_asked || &g == &accused_.front())) of_kept(g);
    for (auto& g : accused_)
      std::stable_sort(g.also_possible.begin(), g.also_possible.end(),
                       [](const auto& one, const auto& other) { return one.statistic > other.statistic; });
  }

 private:
  char& place_of(const Suspect& s) {
    return s.kind == Kind::bias ? task_.used[at(s.index)] : task_.open[at(answer_.leaks[at(s.index)].equation)];
  }
  void put(const Set& set, bool out) {
    for (const auto& s : set.out) place_of(s) = out == (s.kind == Kind::leak);
  }

  /// @param brief  few steps only; else as many as the first way down takes
  FitResult solved(bool brief) {
    --solves_left_;
    (brief ? task_.brief : task_.once) = true;
    FitResult found = answer_.fit.run(task_, answer_.result.x);
    task_.brief = task_.once = false;
    return found;
  }
  Evidence evidence_at(const FitResult& result) const {
    return {answer_.system, task_, result, answer_.held, answer_.leaks};
  }

  /// Without a candidate; nullopt where few steps do not tell.
  std::optional<double> objective_without(const Suspect& s) {
    char& place = place_of(s);
    place = !place;
    const FitResult without = solved(true);
    std::optional<double> found;
    if (without.end == FitResult::End::converged) found = objective(task_, without.x);
    place = !place;
    return found;
  }

  void expand(std::size_t n, std::size_t slot) {
    const Set set = sets_[n];
    put(sets_.front(), false);
    put(set, true);
    const Suspect& back = set.out[slot];
    char& place = place_of(back);
    place = !place;
    if (const FitResult with = solved(false); with.end == FitResult::End::converged) {
      const Evidence evidence = evidence_at(with);
      auto& g = accused_[removed_[slot]];
      if (n == 0)
        for (auto& tied : g.alternatives) size(tied, evidence);
      for (auto& [s, without] : instead_of(back, set.objective, evidence)) {
        name(g, s);
        add(set, slot, s, without);
      }
    }
    place = !place;
    put(set, false);
  }

  /// Those who explain enough in the place of one that is in, with the objective without each.
  std::vector<std::pair<Suspect, double>> instead_of(const Suspect& one, double without_it, const Evidence& evidence) {
    std::vector<Suspect> near;
    double z = one.statistic;
    for (const auto& c : evidence.candidates())
      if (same(one, c.kind, c.index))
        z = c.z;
      else
        near.push_back({.kind = c.kind, .index = c.index, .statistic = c.z});
    const double least = (straight_ ? 1.0 : kNear) * z * z - kTells;
    std::erase_if(near, [&](const auto& s) { return s.statistic * s.statistic <= least; });
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& s, const auto& other) { return s.statistic > other.statistic; });
    std::vector<std::pair<Suspect, double>> found;
    for (auto& s : near) {
      std::optional<double> without;
      if (straight_)
        without = without_it + z * z - s.statistic * s.statistic;
      else if (solves_left_ > 0)
        without = objective_without(s);
      if (!without || *without >= best_ + kTells) continue;
      s.behind = *without - best_;
      size(s, evidence);
      found.emplace_back(s, *without);
    }
    return found;
  }

  void size(Suspect& s, const Evidence& evidence) const {
    const auto found = evidence.size_without({s.kind, s.index, s.statistic});
    s.size = found.value;
    s.size_sd = found.sd;
  }

  /// Beside one of the accused, unless it is accused itself or named there already.
  void name(GrossError& g, const Suspect& s) const {
    const auto is_it = [&](const auto& other) { return same(s, other.kind, other.index); };
    const auto in = [&](const auto& all) { return std::any_of(all.begin(), all.end(), is_it); };
    if (!in(accused_) && !in(g.alternatives) && !in(g.also_possible)) g.also_possible.push_back(s);
  }

  void add(const Set& from, std::size_t slot, const Suspect& s, double without) {
    if (removed_.size() < 2 || sets_.size() >= kMostSets) return;
    Set set{from.out, without};
    set.out[slot] = s;
    const auto known = [&](const Set& other) {
      return std::all_of(set.out.begin(), set.out.end(), [&](const auto& one) {
        return std::any_of(other.out.begin(), other.out.end(),
                           [&](const auto& its) { return same(its, one.kind, one.index); });
      });
    };
    if (std::none_of(sets_.begin(), sets_.end(), known)) sets_.push_back(std::move(set));
  }

  /// One that is in as before: nobody asked for its removal, or the rest could not do without.
  void of_kept(GrossError& g) {
    const Evidence evidence = evidence_at(answer_.result);
    for (auto& tied : g.alternatives) size(tied, evidence);
    const Suspect itself{.kind = g.kind, .index = g.index, .statistic = g.statistic};
    const double all = best_;
    const auto without_it = straight_ ? std::optional(all - g.statistic * g.statistic) : objective_without(itself);
    if (!without_it) return;
    best_ = *without_it;
    for (const auto& [s, without] : instead_of(itself, best_, evidence)) {
      const auto is_it = [&, &s = s](const auto& other) { return same(s, other.kind, other.index); };
      if (std::none_of(g.alternatives.begin(), g.alternatives.end(), is_it)) g.also_possible.push_back(s);
    }
    best_ = all;
  }

  const SolvedTask& answer_;
  FitTask task_;
  std::vector<GrossError>& accused_;
  std::vector<std::size_t> removed_;  ///< which of the accused
  std::vector<Set> sets_;
  double best_ = 0.0;
  int solves_left_ = kMostSolves;
  bool straight_ = false;
};

}  // namespace

void name_possible(const SolvedTask& answer, std::vector<GrossError>& accused) {
  if (!accused.empty() && !answer.task.robust) Comparison(answer, accused).run();
}

}  // namespace castner::solve
