// SPDX-License-Identifier: Apache-2.0
// castner-virtual-plant: a program of its own, so that nothing that answers or writes Modbus is part of castner:
//  1. main reads the command line; load reads the files, and every one that cannot be read is told at once.
//  2. start writes the server's file and ends;
//  3. or the past, and ends;
//  4. or it opens the links, and run advances the plant and sends its readings once a period, until it is told to stop.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <thread>

#include "castner/base/file.h"
#include "castner/base/log.h"
#include "castner/base/quantity.h"
#include "castner/base/rfc3339.h"
#include "castner/virtual_plant/past.h"
#include "castner/virtual_plant/virtual_plant.h"

namespace {

using namespace castner;
using virtual_plant::VirtualPlant;

struct Options {
  std::string plant, settings, write_server, past, until;
  std::vector<std::string> scenarios;
  bool csv = false, cells = false;
  double speed = 1.0;
  std::optional<std::uint64_t> seed;
  std::optional<int> json_port;
  std::optional<std::string> broker;
  std::optional<double> seconds;
};

enum ExitCode : int { kAnswered = 0, kSaysNo = 1, kBadInput = 2, kWorldRefused = 3 };

int say(const Error& error) {
  std::cerr << error.text();
  return error.code == ErrorCode::world_refused ? kWorldRefused : kBadInput;
}

int say(const solve::Report& report) {
  std::cerr << "the plant cannot be run: " << report.advice.text << "\n";
  return kSaysNo;
}

std::string beside(const std::string& file, const std::string& name) {
  const auto slash = file.rfind('/');
  return slash == std::string::npos ? name : file.substr(0, slash + 1) + name;
}

Result<std::unique_ptr<VirtualPlant>> load(const Options& o) {
  virtual_plant::VirtualPlantFiles files;
  files.plant_file = o.plant;
  files.settings_file = o.settings.empty() ? beside(o.plant, "virtual.toml") : o.settings;
  for (const auto& name : o.scenarios) files.scenarios.push_back({"", name});
  std::vector<std::pair<std::string*, std::string*>> all = {{&files.plant_file, &files.plant},
                                                            {&files.settings_file, &files.settings}};
  for (auto& s : files.scenarios) all.emplace_back(&s.file, &s.text);
  Error error;
  for (const auto& [name, text] : all) {
    auto content = read_file(*name);
    if (content)
      *text = std::move(*content);
    else {
      error.code = content.error().code;
      error.problems.insert(error.problems.end(), content.error().problems.begin(), content.error().problems.end());
    }
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  if (o.broker && !virtual_plant::is_broker_url(*o.broker))
    return bad_input("--broker " + *o.broker, "names no broker", "write it as tcp://127.0.0.1:1883");
  auto plant = VirtualPlant::make(files);
  if (!plant) return plant;
  auto& settings = (*plant)->settings();
  if (o.seed) settings.seed = *o.seed;
  for (auto& link : settings.links) {
    if (o.broker && link.kind != virtual_plant::LinkSettings::Kind::modbus_tcp) link.url = *o.broker;
    if (o.json_port && link.kind == virtual_plant::LinkSettings::Kind::opcua) link.port = *o.json_port;
  }
  return plant;
}

int write_server_file(VirtualPlant& plant, const Options& o) {
  const auto slash = o.plant.rfind('/');
  const std::string cells = "cells.toml";
  const bool has_cells = std::ifstream(beside(o.plant, cells)).good();
  std::ofstream out(o.write_server, std::ios::binary);
  out << server_file_text(plant.settings(), plant.tags(),
                          {slash == std::string::npos ? o.plant : o.plant.substr(slash + 1), has_cells ? cells : ""});
  if (out.flush()) return kAnswered;
  std::cerr << o.write_server << ": cannot be written; choose another place\n";
  return kWorldRefused;
}

volatile std::sig_atomic_t stopped = 0;

/// The days before a time on standard output.
int write_past(VirtualPlant& plant, const Options& o) {
  const auto length = parse_quantity(o.past);
  constexpr double kLongest = 400 * 86400.0;
  if (!length || length->unit.dimension != parse_unit("s")->dimension || !(length->si() >= 60.0) ||
      length->si() > kLongest)
    return say(
        Error{ErrorCode::bad_input,
              {{"--past", "\"" + o.past + "\" is not a time from a minute to 400 days", "write --past \"30 d\""}}});
  const auto until = o.until.empty() ? std::optional(system_clock().now()) : read_utc(o.until);
  if (!until)
    return say(Error{ErrorCode::bad_input,
                     {{"--until", "\"" + o.until + "\" is not a time with its offset", "write 2026-11-30T00:00:00Z"}}});
  const auto now = std::chrono::floor<std::chrono::minutes>(*until).time_since_epoch();
  bool written = true;
  const auto report =
      virtual_plant::write_past(plant,
                                {.length = length->si(),
                                 .now = std::chrono::duration_cast<std::chrono::seconds>(now).count(),
                                 .table = o.csv,
                                 .cells = o.cells},
                                [&](std::string_view lines) {
                                  written = std::fwrite(lines.data(), 1, lines.size(), stdout) == lines.size();
                                  return written && !stopped;
                                });
  if (report.status != solve::Status::converged) return say(report);
  if (written && std::fflush(stdout) == 0) return kAnswered;
  std::cerr << "standard output: cannot be written; was its reader ended?\n";
  return kWorldRefused;
}

/// One sending a period of the machine's time, in which the plant goes `speed` periods on.
int run(VirtualPlant& plant, const Options& o) {
  Clock& clock = system_clock();
  const double period = plant.settings().period;
  const auto step = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(period));
  const auto begin = clock.uptime();
  std::stop_source stop;
  long late = 0;
  for (long tick = 1; !stopped; ++tick) {
    if (o.seconds && static_cast<double>(tick - 1) * period >= *o.seconds) break;
    const auto report = plant.advance(static_cast<double>(tick) * period * o.speed);
    if (report.status != solve::Status::converged) return say(report);
    plant.publish(clock.now());
    const auto due = begin + tick * step;
    if (clock.uptime() > due + step && late++ % 100 == 0)
      log_event(LogLevel::warning, "virtual_plant_late", {{"advice", "give a smaller --speed or a longer period"}});
    // In short naps: a signal does not wake a sleep of the clock.
    while (!stopped && clock.uptime() < due)
      clock.sleep_until(std::min(due, clock.uptime() + std::chrono::milliseconds(100)), stop.get_token());
  }
  return kAnswered;
}

int start(const Options& o) {
  auto plant = load(o);
  if (!plant) return say(plant.error());
  if (!o.write_server.empty()) return write_server_file(**plant, o);
  if (!o.past.empty()) return write_past(**plant, o);
  const auto report = (*plant)->start();
  if (report.status != solve::Status::converged) return say(report);
  if (const auto opened = (*plant)->open_links(); !opened) return say(opened.error());
  const auto& links = (*plant)->settings().links;
  for (std::size_t i = 0; i < links.size(); ++i)
    fmt::print("{:<12} {}\n", links[i].name, (*plant)->links()[i]->address());
  fmt::print("{} tags, every {} s, at {} times real time\n", (*plant)->tags().size(), (*plant)->settings().period,
             o.speed);
  std::fflush(stdout);
  return run(**plant, o);
}

}  // namespace

int main(int argc, char** argv) {
  Options o;
  CLI::App app(
      "A plant that runs by its own model and speaks Modbus TCP, MQTT Sparkplug B and (through node-opcua) OPC UA.",
      "castner virtual-plant");
  app.set_version_flag("--version", "castner-virtual-plant " CASTNER_VERSION);
  app.add_option("PLANT.toml", o.plant, "the plant file; virtual.toml beside it says how it runs")->required();
  app.add_option("--settings", o.settings, "another virtual.toml");
  app.add_option("--scenario", o.scenarios, "what goes wrong, and when: docs/formats/scenario.md; may be given again")
      ->allow_extra_args(false);
  app.add_option("--speed", o.speed, "times real time, from 0.001 to 10000")->check(CLI::Range(0.001, 10000.0));
  app.add_option("--seed", o.seed, "of noise and spreads, instead of the file's");
  app.add_option("--broker", o.broker, "MQTT broker instead of the file's: tcp://HOST:PORT");
  app.add_option("--jsonl", o.json_port, "port of the JSON lines for the OPC UA server, instead of the file's");
  app.add_option("--seconds", o.seconds, "end after so many seconds");
  auto* past =
      app.add_option("--past", o.past, "write so long a past, up to now, as line protocol on standard output, and end");
  app.add_option("--until", o.until, "the past ends then instead: 2026-11-30T00:00:00Z")->needs(past);
  auto* csv = app.add_flag("--csv", o.csv, "the past of the measurements as CSV, for castner assess")->needs(past);
  app.add_flag("--cells", o.cells, "with every cell and what is analysed of them, for castner cells")->needs(csv);
  app.add_option("--write-server", o.write_server, "write the castner.toml that goes with virtual.toml, and end");
  app.footer("Example: castner virtual-plant plants/cell_room/plant.toml --speed 60");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return app.exit(e);
    std::cerr << "castner virtual-plant: " << e.what() << "; castner virtual-plant --help shows an example\n";
    return kBadInput;
  }
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { stopped = 1; });
  return start(o);
}
