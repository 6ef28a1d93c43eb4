// SPDX-License-Identifier: Apache-2.0
// A plant that runs by its own model and speaks over real protocols:
//  1. make reads plant, settings and scenario; names in the scenario are checked against the tags, cells, electrolysers
//     and links.
//  2. start: loads, cell faults and wear of the scenario become changes of the course; the process finds its steady
//     state; instruments get their sds from it.
//  3. advance moves the process to a time and reads every instrument: the true value, its noise, and its faults at that
//     time.
//  4. publish gives each link the values of its tags. A link that the scenario has down or sending rubbish does so; one
//     that cannot be opened is tried again at the next call.
#include "castner/virtual_plant/virtual_plant.h"

#include <algorithm>

#include "castner/base/check.h"
#include "castner/base/log.h"
#include "castner/cell_bank/meter.h"
#include "castner/plant_file/plant_file.h"
#include "castner/readings/tag_name.h"

namespace castner::virtual_plant {

struct VirtualPlant::State {
  plant::Plant plant;
  VirtualFile settings;
  Scenario scenario;
  std::vector<LinkTag> tags;

  dynamics::Course course;
  std::unique_ptr<VirtualCells> cells;
  std::unique_ptr<dynamics::Process> process;
  std::vector<VirtualInstrument> instruments;
  std::vector<cell_bank::Meter> sample_lines;  ///< of the analyses
  /// What is added to a measurement of the plant's model: an electrolyser's sick cells.
  struct Addition {
    std::size_t measurement;
    int electrolyser;
    bool is_voltage;  ///< else oxygen in its chlorine
  };
  std::vector<Addition> additions;
  std::vector<TagValue> values;

  LinkPlan plan;
  std::vector<std::unique_ptr<Link>> links;
  std::vector<bool> is_up, is_rubbish;

  double truth(const plant::Measurement& m) const { return m.unit.from_si(process->value(m.variable)); }

  void apply_scenario() {
    for (const auto& e : scenario.loads) course.add_load(e.spell, e.share);
    for (const auto& e : scenario.stops)
      for (std::size_t u = 0; u < plant.units.size(); ++u)
        if (plant.units[u].name == e.name)
          course.add_stop({.unit = static_cast<int>(u), .spell = e.spell, .current = e.current, .brine = e.brine});
    for (const auto& e : scenario.cells) cells->add_fault(e.cell, e.spell, e.size, course);
    for (const auto& e : scenario.illnesses) cells->add_illness(e.cell.electrolyser, e.fault);
    for (const auto& e : scenario.scanners)
      if (e.fault == cell_bank::ReadingFault::swapped || e.fault == cell_bank::ReadingFault::displaced)
        cells->add_tap_fault({e.cell, e.with, e.fault == cell_bank::ReadingFault::swapped, e.spell, e.size});
    for (const auto& e : scenario.electrolysers) {
      const auto move = [&](int variable, double size) {
        if (size != 0.0) course.add_change(variable, e.spell, size);
      };
      const auto& variable = electrolyser_named(e.name).variable;
      move(variable.wear, e.wear_voltage);
      move(variable.current_efficiency_loss, e.current_efficiency_loss);
    }
  }
  const VirtualCells::Electrolyser& electrolyser_named(const std::string& name) const {
    const auto& all = cells->electrolysers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.name == name; });
    check(found != all.end(), "an electrolyser of a file that was read is there");
    return *found;
  }
  /// The measurements that sick cells move beside what the plant's model knows.
  void find_additions() {
    const auto& variables = plant.flowsheet->variables();
    for (std::size_t e = 0; e < cells->electrolysers().size(); ++e) {
      const auto& at = cells->electrolysers()[e].variable;
      const std::string chlorine = variables[static_cast<std::size_t>(at.chlorine)].name;
      const auto oxygen = plant.flowsheet->find(chlorine.substr(0, chlorine.find('.')) + ".mole_frac_dry.O2");
      for (std::size_t m = 0; m < plant.measurements.size(); ++m)
        for (const bool is_voltage : {true, false})
          if (plant.measurements[m].variable == (is_voltage ? at.voltage : oxygen.value_or(-1)))
            additions.push_back({m, static_cast<int>(e), is_voltage});
    }
  }

  void make_instruments() {
    for (const auto& m : plant.measurements) {
      const double sd = m.unit.difference_from_si(m.uncertainty.sd(process->value(m.variable)));
      instruments.emplace_back(VirtualInstrument::Make{m.tag, sd, 0.0}, settings.instruments, settings.seed);
    }
    for (const auto& tag : cells->tags())
      instruments.emplace_back(VirtualInstrument::Make{tag, settings.cells.sd, settings.cells.resolution},
                               settings.instruments, settings.seed);
    for (const auto& a : settings.analyses) {
      instruments.emplace_back(VirtualInstrument::Make{a.tag, a.sd, 0.0}, settings.instruments, settings.seed);
      sample_lines.emplace_back(cell_bank::MeterSettings{.lag = a.lag}, settings.seed, a.tag);
    }
    const auto at = [&](const std::string& tag) -> VirtualInstrument& {
      const auto found = std::find_if(tags.begin(), tags.end(), [&](const LinkTag& t) { return t.name == tag; });
      check(found != tags.end(), "a tag of a file that was read is there");
      return instruments[static_cast<std::size_t>(found - tags.begin())];
    };
    for (const auto& e : scenario.instruments) {
      InstrumentFault fault = e.fault;
      if (e.in_sd) fault.size *= at(e.tag).sd();
      at(e.tag).add_fault(fault);
    }
    for (const auto& e : scenario.scanners) {
      using cell_bank::ReadingFault;
      using Kind = InstrumentFault::Kind;
      if (e.fault == ReadingFault::swapped || e.fault == ReadingFault::displaced) continue;  // two cells' taps
      const Kind kind = e.fault == ReadingFault::dead    ? Kind::rail
                        : e.fault == ReadingFault::stuck ? Kind::stuck
                        : e.fault == ReadingFault::scale ? Kind::scale
                                                         : Kind::bias;
      at(cells->tag(e.cell)).add_fault({kind, e.spell, e.size});
    }
  }

  void read_instruments(bool cells_too) {
    auto all = truths(cells_too);
    for (std::size_t i = 0; cells_too && i < sample_lines.size(); ++i) {
      double& value = all[all.size() - sample_lines.size() + i];
      value = sample_lines[i].read(value, process->time());
    }
    values.resize(instruments.size());
    for (std::size_t i = 0; i < all.size(); ++i) values[i] = instruments[i].read(all[i], process->time());
  }

  std::vector<double> truths(bool cells_too = true) const {
    std::vector<double> all;
    for (const auto& m : plant.measurements) all.push_back(truth(m));
    for (const Addition& a : additions)
      all[a.measurement] += plant.measurements[a.measurement].unit.difference_from_si(
          a.is_voltage ? cells->untold(a.electrolyser) : cells->analyses(a.electrolyser).oxygen_of_faults);
    if (!cells_too) return all;
    const auto volts = cells->at(process->x(), process->time());
    all.insert(all.end(), volts.begin(), volts.end());
    for (const auto& a : settings.analyses) {
      const auto& analyses = cells->analyses(a.electrolyser);
      all.push_back(a.unit.from_si(a.of == AnalysisSettings::Of::hydrogen_in_chlorine ? analyses.hydrogen_in_chlorine
                                                                                      : analyses.chloride_in_caustic));
    }
    return all;
  }

  /// The cells go on to the process's time; where what their illness costs has changed, so does the process.
  solve::Report step_cells() {
    cells->step(process->x(), process->time());
    if (!cells->tell(course)) return {.status = solve::Status::converged};
    return process->begin_again();
  }

  bool faulty(const std::string& link, LinkEvent::Fault fault) const {
    return std::any_of(scenario.links.begin(), scenario.links.end(), [&](const LinkEvent& e) {
      return e.link == link && e.fault == fault && process->time() >= e.at && process->time() < e.until;
    });
  }

  void move_link(std::size_t i) {
    const std::string& name = settings.links[i].name;
    const bool up = !faulty(name, LinkEvent::Fault::down), rubbish = faulty(name, LinkEvent::Fault::rubbish);
    if (rubbish != is_rubbish[i]) {
      is_rubbish[i] = rubbish;
      links[i]->rubbish(rubbish);
      log_event(LogLevel::info, rubbish ? "scenario_rubbish" : "scenario_sense", {{"link", name}});
    }
    if (up == is_up[i]) return;
    if (!up) {
      links[i]->down();
    } else if (const auto opened = links[i]->up(); !opened) {
      log_event(LogLevel::warning, "link_not_up", {{"link", name}, {"error", opened.error().problems.front().what}});
      return;  // again at the next sending
    }
    is_up[i] = up;
    log_event(LogLevel::info, up ? "scenario_up" : "scenario_down", {{"link", name}});
  }
};

VirtualPlant::VirtualPlant(std::unique_ptr<State> s) : state_(std::move(s)) {}
VirtualPlant::~VirtualPlant() = default;

Result<std::unique_ptr<VirtualPlant>> VirtualPlant::make(const VirtualPlantFiles& files) {
  auto s = std::make_unique<State>();
  auto plant = CASTNER_TRY(plant_file::read_plant(files.plant, files.plant_file));
  s->plant = std::move(plant);
  auto settings = CASTNER_TRY(read_virtual_file(files.settings, files.settings_file, s->plant));
  s->settings = std::move(settings);
  for (const auto& [variable, value] : s->settings.changes)
    for (auto& spec : s->plant.specifications)
      if (spec.variable == variable) spec.value = value;

  const VirtualCells cells(s->plant, s->settings.cells, 0);
  ScenarioNames names;
  for (const auto& m : s->plant.measurements) {
    s->tags.push_back({m.tag, m.unit.text});
    names.tags.emplace_back(m.tag, m.unit);
  }
  for (const auto& tag : cells.tags()) {
    s->tags.push_back({tag, "V"});
    names.tags.emplace_back(tag, *parse_unit("V"));
  }
  for (const auto& a : s->settings.analyses) {
    s->tags.push_back({a.tag, a.unit.text});
    names.tags.emplace_back(a.tag, a.unit);
  }
  for (const auto& e : cells.electrolysers()) names.electrolysers.push_back(e.name);
  for (const auto& l : s->settings.links) names.links.push_back(l.name);
  names.find_cell = [&](const std::string& cell) { return cells.find(cell); };
  for (const auto& [text, file] : files.scenarios) {
    const auto scenario = CASTNER_TRY(read_scenario(text, file, names));
    s->scenario.add(scenario);
  }
  return std::unique_ptr<VirtualPlant>(new VirtualPlant(std::move(s)));
}

VirtualFile& VirtualPlant::settings() { return state_->settings; }

solve::Report VirtualPlant::start(double at) {
  State& s = *state_;
  s.course = dynamics::Course(s.settings.load);
  s.cells = std::make_unique<VirtualCells>(s.plant, s.settings.cells, s.settings.seed);
  s.process = std::make_unique<dynamics::Process>(s.plant, s.settings.process, s.course);
  const dynamics::Spell always{.at = at - 1.0};
  for (const auto& [cell, size] : s.settings.weak_cells) s.cells->add_fault(cell, always, size, s.course);
  s.apply_scenario();
  auto report = s.process->start(at);
  if (report.status != solve::Status::converged) return report;
  s.cells->add_ageing(s.process->x(), s.course);
  s.find_additions();
  s.make_instruments();
  report = s.step_cells();
  if (report.status != solve::Status::converged) return report;
  s.read_instruments(true);
  return report;
}

Result<void> VirtualPlant::open_links() {
  State& s = *state_;
  s.plan = plan_links(s.settings.links, s.tags);
  Error error{ErrorCode::world_refused, {}};
  for (std::size_t i = 0; i < s.settings.links.size(); ++i) {
    std::vector<LinkTag> own;
    for (const std::size_t tag : s.plan.tags_of[i]) own.push_back(s.tags[tag]);
    const LinkSettings& l = s.settings.links[i];
    s.links.push_back(l.kind == LinkSettings::Kind::modbus_tcp  ? make_modbus_link(l, std::move(own))
                      : l.kind == LinkSettings::Kind::sparkplug ? make_sparkplug_link(l, std::move(own))
                                                                : make_json_link(l, std::move(own)));
    const auto opened = s.links.back()->up();
    if (!opened)
      error.problems.insert(error.problems.end(), opened.error().problems.begin(), opened.error().problems.end());
  }
  s.is_up.assign(s.links.size(), true);
  s.is_rubbish.assign(s.links.size(), false);
  if (!error.problems.empty()) return tl::unexpected(error);
  return {};
}

solve::Report VirtualPlant::advance(double to, bool cells) {
  State& s = *state_;
  auto report = s.process->advance(to);
  if (report.status == solve::Status::converged && cells) report = s.step_cells();
  if (report.status == solve::Status::converged) s.read_instruments(cells);
  return report;
}

void VirtualPlant::publish(Time now) {
  State& s = *state_;
  for (std::size_t i = 0; i < s.links.size(); ++i) {
    s.move_link(i);
    if (!s.is_up[i]) continue;
    std::vector<TagValue> own;
    for (const std::size_t tag : s.plan.tags_of[i]) own.push_back(s.values[tag]);
    s.links[i]->publish(now, own);
  }
}

double VirtualPlant::time() const { return state_->process->time(); }
std::size_t VirtualPlant::measurements() const { return state_->plant.measurements.size(); }
const std::vector<LinkTag>& VirtualPlant::tags() const { return state_->tags; }
const std::vector<TagValue>& VirtualPlant::values() const { return state_->values; }
std::vector<double> VirtualPlant::truths() const { return state_->truths(); }
bool VirtualPlant::has_illness() const { return !state_->scenario.illnesses.empty(); }
double VirtualPlant::load() const { return state_->course.load(time()); }
const std::vector<std::unique_ptr<Link>>& VirtualPlant::links() const { return state_->links; }

LinkPlan plan_links(const std::vector<LinkSettings>& links, const std::vector<LinkTag>& tags) {
  LinkPlan plan{std::vector<int>(tags.size(), -1), std::vector<std::vector<std::size_t>>(links.size())};
  for (std::size_t t = 0; t < tags.size(); ++t)
    for (std::size_t i = 0; i < links.size() && plan.link_of[t] < 0; ++i)
      for (const auto& pattern : links[i].tags) {
        if (!readings::fits_pattern(pattern, tags[t].name)) continue;
        plan.link_of[t] = static_cast<int>(i);
        plan.tags_of[i].push_back(t);
        break;
      }
  return plan;
}

}  // namespace castner::virtual_plant
