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
#include "castner/plant_file/plant_file.h"
#include "castner/readings/tag_name.h"

namespace castner::virtual_plant {

struct VirtualPlant::State {
  plant::Plant plant;
  VirtualFile settings;
  Scenario scenario;
  std::vector<LinkTag> tags;

  dynamics::Course course;
  std::unique_ptr<CellVoltages> cells;
  std::unique_ptr<dynamics::Process> process;
  std::vector<VirtualInstrument> instruments;
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
    for (const auto& e : scenario.cells) add_cell_fault(e.cell, e.spell, e.size);
    for (const auto& e : scenario.electrolysers) {
      const auto move = [&](int variable, double size) {
        if (size != 0.0) course.add_change(variable, e.spell, size);
      };
      const auto& variable = electrolyser_named(e.name).variable;
      move(variable.wear, e.wear_voltage);
      move(variable.current_efficiency_loss, e.current_efficiency_loss);
    }
  }
  const CellVoltages::Electrolyser& electrolyser_named(const std::string& name) const {
    const auto& all = cells->electrolysers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.name == name; });
    check(found != all.end(), "an electrolyser of a file that was read is there");
    return *found;
  }
  void add_cell_fault(const std::string& cell, const dynamics::Spell& spell, double size) {
    CellName name;
    check(cells->find(cell, name), "a cell of a file that was read is there");
    cells->add_fault(name, spell, size, course);
  }

  void make_instruments() {
    for (const auto& m : plant.measurements) {
      const double sd = m.unit.difference_from_si(m.uncertainty.sd(process->value(m.variable)));
      instruments.emplace_back(VirtualInstrument::Make{m.tag, sd, 0.0}, settings.instruments, settings.seed);
    }
    for (const auto& tag : cells->tags())
      instruments.emplace_back(VirtualInstrument::Make{tag, settings.cells.sd, settings.cells.resolution},
                               settings.instruments, settings.seed);
    for (const auto& e : scenario.instruments)
      for (std::size_t i = 0; i < tags.size(); ++i) {
        if (tags[i].name != e.tag) continue;
        InstrumentFault fault = e.fault;
        if (e.in_sd) fault.size *= instruments[i].sd();
        instruments[i].add_fault(fault);
      }
  }

  void read_instruments(bool cells_too) {
    const auto all = truths(cells_too);
    values.resize(instruments.size());
    for (std::size_t i = 0; i < all.size(); ++i) values[i] = instruments[i].read(all[i], process->time());
  }

  std::vector<double> truths(bool cells_too = true) const {
    std::vector<double> all;
    for (const auto& m : plant.measurements) all.push_back(truth(m));
    if (!cells_too) return all;
    const auto volts = cells->at(process->x(), process->time());
    all.insert(all.end(), volts.begin(), volts.end());
    return all;
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

  const CellVoltages cells(s->plant, s->settings.cells, 0);
  ScenarioNames names;
  for (const auto& m : s->plant.measurements) {
    s->tags.push_back({m.tag, m.unit.text});
    names.tags.emplace_back(m.tag, m.unit);
  }
  for (const auto& tag : cells.tags()) {
    s->tags.push_back({tag, "V"});
    names.tags.emplace_back(tag, *parse_unit("V"));
  }
  for (const auto& e : cells.electrolysers()) names.electrolysers.push_back(e.name);
  for (const auto& l : s->settings.links) names.links.push_back(l.name);
  names.is_cell = [&](const std::string& cell) {
    CellName found;
    return cells.find(cell, found);
  };
  auto scenario = CASTNER_TRY(read_scenario(files.scenario, files.scenario_file, names));
  s->scenario = std::move(scenario);
  return std::unique_ptr<VirtualPlant>(new VirtualPlant(std::move(s)));
}

VirtualFile& VirtualPlant::settings() { return state_->settings; }

solve::Report VirtualPlant::start(double at) {
  State& s = *state_;
  s.course = dynamics::Course(s.settings.load);
  s.cells = std::make_unique<CellVoltages>(s.plant, s.settings.cells, s.settings.seed);
  s.process = std::make_unique<dynamics::Process>(s.plant, s.settings.process, s.course);
  const dynamics::Spell always{.at = at - 1.0};
  for (const auto& [cell, size] : s.settings.weak_cells) s.add_cell_fault(cell, always, size);
  s.apply_scenario();
  auto report = s.process->start(at);
  if (report.status != solve::Status::converged) return report;
  s.cells->add_ageing(s.process->x(), s.course);
  s.make_instruments();
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
  auto report = state_->process->advance(to);
  if (report.status == solve::Status::converged) state_->read_instruments(cells);
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
