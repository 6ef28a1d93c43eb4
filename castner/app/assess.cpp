// SPDX-License-Identifier: Apache-2.0
// castner assess: a plant's own numbers in, its true balance and its losses out.
#include "castner/assess/assess.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "castner/app/common.h"
#include "castner/app/data_options.h"
#include "castner/app/written_files.h"
#include "castner/base/file.h"
#include "castner/insight/findings.h"
#include "castner/readings/time_zone.h"
#include "castner/report/compare.h"
#include "castner/report/csv.h"
#include "castner/report/html.h"
#include "castner/report/json.h"
#include "castner/report/terminal.h"
#include "castner/tables/table_reader.h"

namespace castner::app {
namespace {

struct AssessOptions {
  std::string plant, data, html, csv, compare, fail_on;
  Period period;
  DataOptions how;
  words::Language language = words::Language::en;
  bool json = false;
};

std::optional<insight::Finding::Severity> severity_named(const std::string& name) {
  using enum insight::Finding::Severity;
  for (const auto s : {info, warning, critical})
    if (name == insight::severity_name(s)) return s;
  return std::nullopt;
}

Result<assess::AssessOptions> assess_options(const AssessOptions& o) {
  const auto period = CASTNER_TRY(read_period(o.period));
  assess::AssessOptions options;
  options.from = period.from, options.to = period.to, options.time_zone = period.time_zone;
  return options;
}

/// Where --from and --to leave nothing of the data, what the data hold.
Result<void> check_period(const tables::Table& table, const std::string& file, const AssessOptions& o,
                          const assess::AssessOptions& options) {
  std::optional<Time> first, last;
  for (const auto& s : table.series) {
    if (s.samples.empty()) continue;
    first = first ? std::min(*first, s.samples.front().time) : s.samples.front().time;
    last = last ? std::max(*last, s.samples.back().time) : s.samples.back().time;
  }
  if (!first || !((options.from && *options.from > *last) || (options.to && *options.to <= *first))) return {};
  const auto clock = options.time_zone ? options.time_zone : table.facts.clock;
  const auto text = [&](Time t) { return clock ? readings::time_text(t, *clock) : readings::time_text(t); };
  const bool late = options.from && *options.from > *last;
  return bad_input(
      late ? "--from" : "--to",
      "\"" + (late ? o.period.from + "\" is after all readings of " : o.period.to + "\" is before all readings of ") +
          file + ", which hold " + text(*first) + " to " + text(*last),
      "choose a time between the two");
}

Result<insight::Judged> assess(const plant::Plant& plant, const AssessOptions& o) {
  const auto options = CASTNER_TRY(assess_options(o));
  if (o.data == "-")
    return insight::judged(plant, assess::assess_readings(plant, assess::plant_readings(plant), options));
  const auto table = read_data(o.data, o.how, options.time_zone, &plant);
  if (!table) return tl::unexpected(table.error());
  CASTNER_TRY(check_period(*table, o.data, o, options));
  return assess::assess(plant, *table, o.data, options).map([&](assess::Assessment a) {
    return insight::judged(plant, std::move(a));
  });
}

/// What the person asked to be kept, or the first refusal of the world.
Result<void> write_files(const plant::Plant& plant, const insight::Judged& a,
                         const std::optional<report::Comparison>& change, const AssessOptions& o) {
  if (!o.html.empty())
    if (auto written = write_file(o.html, report::html_report(plant, a, o.language, change ? &*change : nullptr));
        !written)
      return written;
  if (!o.csv.empty())
    if (auto written = write_file(o.csv, report::reconciled_csv(plant, a)); !written) return written;
  return {};
}

int run(const AssessOptions& o) {
  if (const auto free = check_written({{"PLANT.toml", o.plant}, {"DATA", o.data}, {"--compare", o.compare}},
                                      {{"--html", o.html}, {"--csv", o.csv}});
      !free)
    return say(free.error(), o.language);
  const auto plant = load_plant(o.plant, o.language);
  if (!plant) return say(plant.error(), o.language);
  auto assessment = assess(*plant, o);
  if (!assessment) return say(assessment.error(), o.language);
  assessment->plant_file = o.plant;
  assessment->castner_version = CASTNER_VERSION;

  std::optional<report::Comparison> change;
  if (!o.compare.empty()) {
    const auto earlier = read_file(o.compare);
    if (!earlier) return say(earlier.error(), o.language);
    const auto before = report::read_earlier(*earlier, o.compare);
    if (!before) return say(before.error(), o.language);
    change = report::compare(*before, *assessment);
  }
  if (const auto written = write_files(*plant, *assessment, change, o); !written)
    return say(written.error(), o.language);

  std::cout << (o.json ? report::assess_json(*plant, *assessment, o.language)
                       : report::assess_text(*plant, *assessment,
                                             {.language = o.language, .colour = ::isatty(1) == 1, .html_file = o.html},
                                             change ? &*change : nullptr));

  const bool answered =
      std::any_of(assessment->windows.begin(), assessment->windows.end(), [](const assess::AssessedWindow& w) {
        return w.state && w.state->reconciliation.report.status == solve::Status::converged;
      });
  if (!answered) return kSaysNo;
  if (const auto limit = severity_named(o.fail_on))
    for (const auto& f : assessment->findings)
      if (f.severity >= *limit) return kSaysNo;
  return kAnswered;
}

}  // namespace

void add_assess(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("assess", "A plant's own numbers in, its true balance and its losses out");
  auto o = std::make_shared<AssessOptions>();
  command->add_option("PLANT.toml", o->plant, "the plant file")->required();
  command->add_option("DATA", o->data, "CSV or XLSX; - for the plant file's own values")->required();
  add_period(*command, o->period);
  add_data_options(*command, o->how);
  add_language(*command, o->language);
  command->add_option("--html", o->html, "write the report to FILE");
  command->add_option("--csv", o->csv, "write the reconciled values to FILE, for Excel");
  command->add_option("--compare", o->compare, "the JSON of an earlier assess: say what changed");
  command->add_option("--fail-on", o->fail_on, "exit code 1 where a finding is at least this severe")
      ->check(CLI::IsMember({"info", "warning", "critical"}));
  command->add_flag("--json", o->json, "one JSON document on standard output");
  command->footer("Example: castner assess plants/cell_room/plant.toml plants/cell_room/data.csv --html report.html");
  command->callback([o, &exit_code] { exit_code = run(*o); });
}

}  // namespace castner::app
