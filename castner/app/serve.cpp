// SPDX-License-Identifier: Apache-2.0
// castner serve: watches a running plant and shows it.
//  1. run: castner.toml and the plant file that it names are read, then the records and the store are opened.
//  2. watch_and_show: the loop (service::Runtime) starts the sources, and the HTTP server shows what it publishes.
//  3. Each SIGHUP reads castner.toml and the certificate again.
//  4. SIGTERM and SIGINT end it: what was delivered until then is made durable first.
#include <fmt/format.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "castner/api/api.h"
#include "castner/api/backend.h"
#include "castner/api/past_asked.h"
#include "castner/app/common.h"
#include "castner/base/file.h"
#include "castner/base/log.h"
#include "castner/base/suggest.h"
#include "castner/base/survive.h"
#include "castner/cell_room/cell_file.h"
#include "castner/http/http_server.h"
#include "castner/http/static_files.h"
#include "castner/people/records.h"
#include "castner/service/live_cells.h"
#include "castner/service/open_store.h"
#include "castner/service/runtime.h"
#include "castner/service/server_file.h"
#include "castner/sources/kinds.h"

namespace castner::app {
namespace {

struct ServeOptions {
  std::string file;
};

/// The content of the file and of the plant that it names; the problems of both at once.
struct Configuration {
  service::ServerFile file;
  service::Watched watched;
  std::optional<cell_room::CellRoomFile> cells;
  std::string cells_text;
};
Result<Configuration> read_configuration(const std::string& path) {
  const auto text = CASTNER_TRY(read_file(path));
  auto file = service::read_server_file(text, path, [](const sources::SourceSettings& settings) -> Result<void> {
    CASTNER_TRY(sources::make_source(settings, system_clock()));
    return {};
  });
  if (!file) return tl::unexpected(file.error());
  Configuration c{std::move(*file), {}, {}, {}};
  c.watched = {nullptr, c.file.sources, c.file.tags, c.file.retention, c.file.made_up};
  Error error;
  const auto add = [&](const Error& e) {
    error.problems.insert(error.problems.end(), e.problems.begin(), e.problems.end());
  };
  if (!c.file.plant.empty()) {
    if (auto plant = load_plant(c.file.plant))
      c.watched.plant = std::make_shared<plant::Plant>(std::move(*plant));
    else
      add(plant.error());
  }
  if (!c.file.cells.empty()) {
    auto read = read_file(c.file.cells).and_then([&](std::string cells_text) {
      c.cells_text = std::move(cells_text);
      return cell_room::read_cell_room(c.cells_text, c.file.cells);
    });
    if (read)
      c.cells = std::move(*read);
    else
      add(read.error());
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  return c;
}

/// What people entered of cells that were renewed.
std::vector<service::CellRenewal> renewals(people::Records& records) {
  std::vector<service::CellRenewal> all;
  const auto services = records.cells.all();
  if (!services) return all;
  for (auto s = services->rbegin(); s != services->rend(); ++s)
    if (const auto part = cell_room::part_named(s->what)) all.push_back({s->cell, *part, s->when, s->id});
  return all;
}

/// The watcher has the cells from then on: of thousands one copy is enough.
Result<void> watch_cells(service::CellWatcher& watcher, Configuration& c, people::Records& records) {
  return watcher.watch(std::move(c.cells), c.cells_text, c.file.tags, renewals(records));
}

/// The signals that end the server or make it read its file again; blocked in every thread, so that one can wait for them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int s : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, s);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

/// A dozen threads take and give back blocks of megabytes as bodies come: with heaps of their own each would keep its largest,
/// and with the C library's usual limits each block would be fetched from the kernel anew.
void keep_memory_together() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 2);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

/// Waits for a signal. Once a minute what the records owe the disk is tried again, and what is free goes back to the kernel: to fetch it
/// anew takes some milliseconds of that minute.
int next_signal(const sigset_t& signals, people::Records& records) {
  constexpr timespec kMinute{60, 0};
  for (;;) {
    if (const int signal = sigtimedwait(&signals, nullptr, &kMinute); signal > 0) return signal;
    (void)survive("writing what the records owe", [&] { records.write_what_waits(); });
#ifdef __GLIBC__
    malloc_trim(0);
#endif
  }
}

/// A plant file beside the server's own, under a name that is free.
Result<std::string> save_plant(const std::string& server_file, const std::string& name, const std::string& text) {
  const auto path = std::filesystem::absolute(server_file).replace_filename(name + ".toml");
  if (std::filesystem::exists(path))
    return bad_input("name", in_quotes(path.string()) + " exists already", "choose another name");
  CASTNER_TRY(write_file(path.string(), text));
  return path.string();
}

/// Reads the file again. A file with a problem changes nothing, and neither does a certificate with one.
void read_again(const ServeOptions& o, const service::ServerFile& running, service::Runtime& runtime,
                service::CellWatcher& cells, people::Records& records, http::HttpServer& http) {
  if (auto done = http.read_certificate_again(); !done) say(done.error());
  auto next = read_configuration(o.file);
  Result<void> done = next ? runtime.watch(next->watched) : Result<void>(tl::unexpected(next.error()));
  if (done) done = watch_cells(cells, *next, records);
  if (!done) {
    say(done.error());
    log_event(LogLevel::error, "configuration_refused", {{"file", o.file}, {"watched", "as before"}});
    return;
  }
  log_event(LogLevel::info, "configuration_read", {{"file", o.file}, {"tags", std::to_string(next->file.tags.size())}});
  const auto& [a, b] = std::tie(running.server, next->file.server);
  if (std::tie(a.address, a.port, a.tls_certificate, a.tls_key, a.web, a.records) !=
          std::tie(b.address, b.port, b.tls_certificate, b.tls_key, b.web, b.records) ||
      running.history != next->file.history || running.clock_tolerance != next->file.clock_tolerance)
    log_event(LogLevel::warning, "restart_needed", {{"why", "[server] and [historian] are read at the start only"}});
}

/// Runs the server until SIGTERM; readings delivered until then are durable.
int watch_and_show(const ServeOptions& o, Configuration& configuration, historian::Store& store,
                   people::Records& records, const sigset_t& signals) {
  const auto& server = configuration.file.server;
  const bool tls = !server.tls_certificate.empty();
  const auto accounts = records.accounts.any();
  if (!accounts) return say(accounts.error());
  if (auto safe = api::check_doors({server.address, tls, *accounts}, o.file + ": [server]"); !safe)
    return say(safe.error());
  auto pages = http::StaticFiles::read(server.web);
  if (!pages) return say(pages.error());

  service::RuntimeOptions options;
  options.make_source = sources::make_source;
  options.clock_tolerance = configuration.file.clock_tolerance;
  service::Runtime runtime(store, system_clock(), options);
  if (auto done = runtime.watch(configuration.watched); !done) return say(done.error());
  service::CellWatcher cells(
      store, system_clock(),
      {.state_file = std::filesystem::path(server.records).replace_filename("castner-cells.state").string()});
  if (auto done = watch_cells(cells, configuration, records); !done) return say(done.error());

  api::go_on_with_the_past(runtime.past(), records.asked);

  api::Api api({.store = store,
                .records = records,
                .clock = system_clock(),
                .live = [&] { return runtime.live(); },
                .reconcile_now = [&] { return runtime.reconcile_now(); },
                .pushed = [&](std::span<const sources::Pushed> readings) { runtime.pushed(readings); },
                .delete_what_waits = [&] { return runtime.delete_what_waits(); },
                .save_plant = [&](const auto& name, const auto& text) { return save_plant(o.file, name, text); },
                .past = &runtime.past(),
                .cells = &cells},
               {.address = server.address,
                .tls = tls,
                .pages = std::move(*pages),
                .clock_tolerance = configuration.file.clock_tolerance});
  auto http = http::HttpServer::listen({.address = server.address,
                                        .port = server.port,
                                        .tls_certificate = server.tls_certificate,
                                        .tls_key = server.tls_key},
                                       api);
  if (!http) return say(http.error());
  api.count_with(**http);
  const bool v6 = server.address.find(':') != std::string::npos;
  fmt::print("Castner watches {} tags. Open {}://{}{}{}:{}/\n", configuration.file.tags.size(), tls ? "https" : "http",
             v6 ? "[" : "", server.address, v6 ? "]" : "", (*http)->port());
  std::fflush(stdout);

  while (next_signal(signals, records) == SIGHUP)
    (void)survive("reading castner.toml again",
                  [&] { read_again(o, configuration.file, runtime, cells, records, **http); });
  log_event(LogLevel::info, "stopping");
  return kAnswered;
}

int run(const ServeOptions& o) {
  keep_memory_together();
  const sigset_t signals = block_signals();
  auto configuration = read_configuration(o.file);
  if (!configuration) return say(configuration.error());
  // Before the history, whose first flush takes what room a nearly full disk has left: people must get in.
  auto records = people::Records::open(configuration->file.server.records, system_clock());
  if (!records) return say(records.error());
  auto store = service::open_store(configuration->file.history, configuration->file.clock_tolerance);
  if (!store) return say(store.error());
  for (const auto& sentence : (*store)->cannot_keep())
    fmt::print(stderr, "this historian does not keep {}\n", sentence);
  const int code = watch_and_show(o, *configuration, **store, **records, signals);
  // Not needed for safety: the file is at its smallest while nobody writes to it, and the next start finds nothing to do.
  if (auto done = code == kAnswered ? (*store)->settle() : Result<void>(); !done)
    log_event(LogLevel::warning, "readings_left_in_the_journal", {{"why", done.error().first()}});
  return code;
}

}  // namespace

void add_serve(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("serve", "Watch a running plant and show it in a browser");
  auto o = std::make_shared<ServeOptions>();
  command->add_option("CONFIG.toml", o->file, "where to listen, which plant, which sources")->required();
  command->footer(
      "Example: castner serve plants/cell_room/castner.toml\n"
      "It reads its file and its TLS certificate again on SIGHUP and stops on SIGTERM.\n"
      "Listening beyond this machine takes TLS and an account.");
  command->callback([o, &exit_code] { exit_code = run(*o); });
}

}  // namespace castner::app
