// SPDX-License-Identifier: Apache-2.0
// The rule of idle_choice.h, step by step:
//  1. Each reading shows standstill, load or nothing (shown_by). Readings of a volume flow count for its stream's mass flow.
//  2. What keys and tags call idle is idle. Each other unit of which a reading shows standstill is tried in turn: what
//     then stands still in the whole plant (plant/idle.h), and how many readings contradict that, against how many
//     contradict it running. Twice over, since one that is found later may speak for one before it. Then those that stand
//     level are tried together, and each other by itself, by what stands still with them in headers too.
//  3. What is named idle in the end is all that stands still; flows are told only of that, so that equal states are equal.
#include "castner/plant/idle_choice.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace castner::plant {
namespace {

std::size_t nth_of(int i) { return static_cast<std::size_t>(i); }

enum class Shows : char { nothing, standstill, load };

/// What an instrument at rest reads is within 2 of its sd, but its sd is no licence: a meter of 35 % at load is not at rest.
/// Nor is a reading of more than 5 % of load; one of less than 2 % is, as a transmitter's zero and a transformer without load.
/// All three are guesses on the side of "runs": what they leave open the other readings and the balances decide.
constexpr double kSds = 2.0, kMost = 0.05, kLeast = 0.02;
/// Of load, a guess: less than any unit that runs. Electrolysers run above a quarter of theirs (docs/domain/dynamics.md 8.2).
constexpr double kFaint = 0.1;

/// What an instrument at rest reads at most.
double own_zero(const Seen& r) {
  const double zero = kSds * r.sd_at_zero;
  return r.at_load > 0.0 ? std::clamp(zero, kLeast * r.at_load, kMost * r.at_load) : zero;
}

/// @param limit  of the unit's model, which does not know how small a unit may be: load tells, where it is known and above
Shows shown_by(const Seen& r, double limit, bool can_be_negative) {
  if (r.given) return r.value == 0.0 ? Shows::standstill : Shows::load;
  if (r.at_load > limit) limit = std::min(limit, kMost * r.at_load);
  const double zero = std::max(own_zero(r), limit);
  // Below 0 by more than that is still no flow: a transmitter's live zero lies a little lower, that of a broken wire much.
  if (can_be_negative ? std::abs(r.value) <= zero : r.value <= zero) return Shows::standstill;
  return !r.repeats && std::abs(r.value) > kSds * r.sd ? Shows::load : Shows::nothing;
}

/// Whether the model's limit alone calls a reading standstill: a small unit may run there, and then it is right.
bool may_run(const Seen& r, double limit) { return r.at_load <= limit && r.value > own_zero(r); }

}  // namespace

/// One set of readings before the ways in which the plant may stand.
class IdleChooser::Weighing {
 public:
  Weighing(IdleChooser& chooser, std::span<const IdleWord> said, std::span<const Seen> readings)
      : c_(chooser), said_(said), readings_(readings), of_(chooser.flow_of_.size()) {
    const auto variables = c_.plant_.flowsheet->variables();
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const int v = c_.flow_of_[nth_of(readings[i].variable)];
      of_[nth_of(v)].push_back(i);
      shows_.push_back(shown_by(readings[i], c_.limit_[nth_of(readings[i].variable)], variables[nth_of(v)].low < 0.0));
    }
  }

  IdleChoice choose() {
    IdleSigns now;
    now.units.assign(c_.forms_.size(), 0);
    for (std::size_t u = 0; u < said_.size(); ++u)
      if ((said_[u] == IdleWord::idle || said_[u] == IdleWord::flushed) && c_.forms_[u]) now.units[u] = 1;
    show_flows(now);
    IdleChoice choice;
    // Twice: what was found later may speak for one before it.
    for (int round = 0; round < 2; ++round) {
      choice.doubtful.clear(), choice.level.clear();
      bool more = false;
      for (std::size_t u = 0; u < c_.forms_.size(); ++u) {
        if (!may_be_idle(u)) continue;
        auto with = now, without = now;
        with.units[u] = 1;
        without.units[u] = 0;
        if (now.units[u] == 0 && standstill(now).units[u]) continue;  // by what stands still around it
        if (stops_what_runs(with)) continue;
        const auto runs = static_cast<int>(against(without).size()), stands = static_cast<int>(against(with).size());
        const bool idle = stands < runs;
        more = more || idle != (now.units[u] != 0);
        now.units[u] = idle;
        if (idle ? runs - stands <= 1 : stands - runs <= 1) choice.doubtful.push_back(static_cast<int>(u));
        for (std::size_t v = 0; runs == stands && v < c_.forms_.size(); ++v)  // and what stands still with it
          if (standstill(with).units[v] && !standstill(now).units[v]) choice.level.push_back(static_cast<int>(v));
      }
      if (!more) break;
    }
    if (stop_together(now, choice.level)) choice.level.clear();
    for (std::size_t u = 0; u < c_.forms_.size(); ++u)
      if (c_.forms_[u] && !c_.forms_[u]->shut.empty() && said(u) == IdleWord::nothing && !now.units[u])
        if (stop_together(now, {static_cast<int>(u)})) std::erase(choice.level, static_cast<int>(u));
    choice.against = against(now);
    std::erase_if(choice.against, [&](const Contradiction& c) {
      const Seen& r = readings_[c.seen];
      return !c.load && may_run(r, c_.limit_[nth_of(r.variable)]);
    });
    const Standstill& rest = standstill(now);
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      const int v = c_.flow_of_[nth_of(readings_[i].variable)];
      if (shows_[i] == Shows::standstill) choice.standing.push_back(i);
      const bool told =
          std::any_of(choice.against.begin(), choice.against.end(), [&](const auto& c) { return c.seen == i; });
      if (shows_[i] == Shows::standstill && !rest.still[nth_of(v)] && !told &&
          c_.plant_.flowsheet->variables()[nth_of(v)].name.find(".flow_") != std::string::npos)
        choice.zeros.push_back(i);
    }
    choice.open = choice.doubtful;
    choice.open.insert(choice.open.end(), choice.level.begin(), choice.level.end());
    for (std::size_t u = 0; u < c_.forms_.size(); ++u)
      if (c_.forms_[u] && !rest.units[u] && (!shows_running(u) || !standing(u).empty()))
        choice.open.push_back(static_cast<int>(u));
    choice.signs = settled(now);
    return choice;
  }

 private:
  IdleWord said(std::size_t u) const { return said_.empty() ? IdleWord::nothing : said_[u]; }
  int variable(std::size_t u, std::size_t local) const { return c_.plant_.flowsheet->units()[u].variable[local]; }
  const std::vector<std::size_t>& readings_of(std::size_t u, std::size_t local) const {
    return of_[nth_of(c_.flow_of_[nth_of(variable(u, local))])];
  }
  bool any(std::size_t u, std::size_t local, Shows what) const {
    const auto& all = readings_of(u, local);
    return std::any_of(all.begin(), all.end(), [&](std::size_t i) { return shows_[i] == what; });
  }
  Shows potential(const IdleForm::Potential& p, std::size_t reading) const {
    const Seen& r = readings_[reading];
    if (r.given) return shows_[reading];
    if (r.value < p.idle_below) return Shows::standstill;
    return r.value > p.runs_above && !r.repeats ? Shows::load : Shows::nothing;
  }

  const Standstill& standstill(const IdleSigns& s) {
    auto& known = c_.known_;
    if (const auto it = known.find(s); it != known.end()) return it->second;
    if (known.size() >= 256) known.clear();
    return known.emplace(s, plant::standstill(c_.plant_, s, c_.held_)).first->second;
  }

  bool stops_what_runs(const IdleSigns& s) {
    const auto& units = standstill(s).units;
    for (std::size_t u = 0; u < said_.size(); ++u)
      if (units[u] && !s.units[u] && said_[u] == IdleWord::runs) return true;
    return false;
  }

  /// What flows through an idle unit is not shut off: at an inlet, or at the outlet that the idle form joins to it.
  void show_flows(IdleSigns& s) const {
    for (std::size_t u = 0; u < c_.forms_.size(); ++u) {
      if (!c_.forms_[u]) continue;
      const IdleForm& form = *c_.forms_[u];
      for (const std::size_t in : form.shut)
        s.flow_shown.push_back(said(u) == IdleWord::flushed || any(u, in, Shows::load) ||
                               std::any_of(form.passes.begin(), form.passes.end(), [&](const auto& pass) {
                                 return pass.first == in && any(u, pass.second, Shows::load);
                               }));
      for (const auto& f : form.follows) s.told.push_back(is_told(u, f));
      for (const auto& [in, out] : form.passes) {
        const bool shut = std::find(form.shut.begin(), form.shut.end(), in) != form.shut.end();
        const bool flows = any(u, in, Shows::load) || any(u, out, Shows::load);
        if (!shut && !flows && (any(u, in, Shows::standstill) || any(u, out, Shows::standstill)))
          s.stopped.push_back(variable(u, in));
      }
    }
  }

  /// Whether an equation gives way: an instrument that is used tells what it says.
  bool is_told(std::size_t u, const IdleForm::Follows& f) const {
    const auto variables = c_.plant_.flowsheet->variables();
    return std::any_of(f.out.begin(), f.out.end(), [&](std::size_t local) {
      const std::string& out = variables[nth_of(variable(u, local))].name;
      return std::any_of(readings_.begin(), readings_.end(), [&](const Seen& r) {
        const std::string& read = variables[nth_of(r.variable)].name;
        return r.used && (read == out || same_kind(out, read));
      });
    });
  }

  /// Its readings that show standstill while it runs.
  std::vector<std::size_t> standing(std::size_t u) const {
    const IdleForm& form = *c_.forms_[u];
    std::vector<std::size_t> all;
    const auto add = [&](std::size_t local) {
      for (const std::size_t i : readings_of(u, local))
        if (shows_[i] == Shows::standstill) all.push_back(i);
    };
    for (const auto& group : form.signs)
      for (const auto& sign : group) add(sign.variable);
    for (const auto& p : form.potentials)
      for (const std::size_t i : readings_of(u, p.variable))
        if (potential(p, i) == Shows::standstill) all.push_back(i);
    // One feed may be without reading or without flow; where all of them are, it does not run.
    const bool fed = form.feeds.empty() || std::any_of(form.feeds.begin(), form.feeds.end(), [&](const auto& feed) {
                       const auto shows = [&](Shows what) {
                         return std::any_of(feed.begin(), feed.end(), [&](std::size_t f) { return any(u, f, what); });
                       };
                       return shows(Shows::load) || !shows(Shows::standstill);
                     });
    for (const auto& feed : form.feeds)
      for (const std::size_t local : feed)
        if (!fed) add(local);
    return all;
  }

  bool shows_running(std::size_t u) const {
    const IdleForm& form = *c_.forms_[u];
    const auto signs = [&](const auto& group) {
      return std::any_of(group.begin(), group.end(), [&](const auto& s) { return any(u, s.variable, Shows::load); });
    };
    const auto potentials = [&](const auto& p) {
      const auto& all = readings_of(u, p.variable);
      return std::any_of(all.begin(), all.end(), [&](std::size_t i) { return potential(p, i) == Shows::load; });
    };
    return std::any_of(form.signs.begin(), form.signs.end(), signs) ||
           std::any_of(form.potentials.begin(), form.potentials.end(), potentials);
  }

  bool may_be_idle(std::size_t u) const { return c_.forms_[u] && said(u) == IdleWord::nothing && !standing(u).empty(); }

  /// Each reading once, in the order of units.
  std::vector<Contradiction> against(const IdleSigns& s) {
    const Standstill& rest = standstill(s);
    std::vector<Contradiction> all;
    std::vector<char> counted(readings_.size(), 0);
    const auto add = [&](std::size_t i, std::size_t u, bool load) {
      if (!counted[i]) all.push_back({i, static_cast<int>(u), load});
      counted[i] = 1;
    };
    std::optional<std::size_t> first;
    for (std::size_t u = 0; u < c_.forms_.size(); ++u) {
      if (!c_.forms_[u]) continue;
      if (!rest.units[u]) {
        for (const std::size_t i : standing(u))
          if (!rest.still[nth_of(c_.flow_of_[nth_of(readings_[i].variable)])]) add(i, u, false);
        continue;
      }
      if (!first) first = u;
      for (const auto& p : c_.forms_[u]->potentials)
        for (const std::size_t i : readings_of(u, p.variable))
          if (potential(p, i) == Shows::load) add(i, u, true);
      for (const int v : c_.plant_.flowsheet->units()[u].variable)
        if (rest.still[nth_of(v)])
          for (const std::size_t i : of_[nth_of(v)])
            if (shows_[i] == Shows::load) add(i, u, true);
    }
    for (std::size_t i = 0; first && i < readings_.size(); ++i)
      if (shows_[i] == Shows::load && rest.still[nth_of(c_.flow_of_[nth_of(readings_[i].variable)])])
        add(i, *first, true);
    return all;
  }

  /// A reading of load that is next to none: clear of what its instrument reads at rest, but less than any unit makes.
  bool faint(const Contradiction& c) const {
    const Seen& r = readings_[c.seen];
    return c.load && r.at_load > 0.0 && r.value < kFaint * r.at_load;
  }

  /// Units, idle all at once where what then stands still in the whole plant reads so. Header flows are no unit's own, so that
  /// they were not counted yet. Faint readings of load outvote no reading of standstill.
  bool stop_together(IdleSigns& now, const std::vector<int>& units) {
    if (units.empty() || std::find(shows_.begin(), shows_.end(), Shows::standstill) == shows_.end()) return false;
    auto with = now;
    for (const int u : units) with.units[nth_of(u)] = 1;
    if (stops_what_runs(with)) return false;
    const auto runs = against(now), stands = against(with);
    const auto told = [](const std::vector<Contradiction>& all, std::size_t seen) {
      return std::any_of(all.begin(), all.end(), [&](const auto& c) { return c.seen == seen; });
    };
    const Standstill before = standstill(now), after = standstill(with);
    std::size_t more = 0;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      const auto v = nth_of(c_.flow_of_[nth_of(readings_[i].variable)]);
      more += !told(runs, i) && shows_[i] == Shows::standstill && after.still[v] && !before.still[v];
    }
    const bool explains =
        std::any_of(runs.begin(), runs.end(), [&](const auto& c) { return !c.load && !told(stands, c.seen); });
    const bool faintly =
        std::all_of(stands.begin(), stands.end(), [&](const auto& c) { return told(runs, c.seen) || faint(c); });
    if (stands.size() >= runs.size() + more && !(explains && faintly)) return false;
    now = with;
    return true;
  }

  /// As the plant then stands: all that are idle, and of those alone what flows through them.
  IdleSigns settled(IdleSigns s) {
    const Standstill& rest = standstill(s);
    auto shown = s.flow_shown.begin(), told = s.told.begin();
    for (std::size_t u = 0; u < c_.forms_.size(); ++u) {
      const auto n = c_.forms_[u] ? static_cast<std::ptrdiff_t>(c_.forms_[u]->shut.size()) : 0;
      const auto m = c_.forms_[u] ? static_cast<std::ptrdiff_t>(c_.forms_[u]->follows.size()) : 0;
      if (!rest.units[u]) std::fill(shown, shown + n, 0), std::fill(told, told + m, 0);
      shown += n;
      told += m;
    }
    s.units = rest.units;
    std::erase_if(s.stopped, [&](int v) {
      for (std::size_t u = 0; u < s.units.size(); ++u) {
        const auto& own = c_.plant_.flowsheet->units()[u].variable;
        if (s.units[u] && std::find(own.begin(), own.end(), v) != own.end()) return false;
      }
      return true;
    });
    return s;
  }

  IdleChooser& c_;
  std::span<const IdleWord> said_;
  std::span<const Seen> readings_;
  std::vector<std::vector<std::size_t>> of_;  ///< readings of each variable
  std::vector<Shows> shows_;
};

IdleChooser::IdleChooser(const Plant& plant, std::vector<int> held)
    : plant_(plant), held_(std::move(held)), limit_(plant.flowsheet->variables().size(), 0.0) {
  const auto variables = plant.flowsheet->variables();
  for (std::size_t v = 0; v < variables.size(); ++v) {
    const std::string& name = variables[v].name;
    const auto flow = name.find(".flow_");
    const auto mass =
        flow == std::string::npos ? std::nullopt : plant.flowsheet->find(name.substr(0, flow) + ".flow_mass");
    flow_of_.push_back(mass.value_or(static_cast<int>(v)));
  }
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    forms_.push_back(plant.flowsheet->units()[u].unit->idle_form());
    if (!forms_[u]) continue;
    for (const auto& group : forms_[u]->signs)
      for (const auto& sign : group) {
        double& limit = limit_[nth_of(plant.flowsheet->units()[u].variable[sign.variable])];
        limit = std::max(limit, sign.limit);
      }
  }
}

IdleChoice IdleChooser::choose(std::span<const IdleWord> said, std::span<const Seen> readings) {
  return Weighing(*this, said, readings).choose();
}

}  // namespace castner::plant
