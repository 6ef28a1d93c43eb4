// SPDX-License-Identifier: Apache-2.0
#include "castner/api/awaited.h"

#include <future>

#include "castner/base/survive.h"

namespace castner::api {
namespace {

using service::AwaitedWork;

constexpr std::chrono::milliseconds kGlance{100};

http::Response no_place() { return http::problem(503, "too many files are being worked on"); }

http::Response failed(AwaitedWork::Failure f) {
  return f == AwaitedWork::Failure::no_thread
             ? http::problem(503, "the machine has no room for this work now: try again later")
             : http::problem(500, kSurvived);
}

std::string event_of(std::string_view name, std::string_view json) {
  return "event: " + std::string(name) + "\ndata: " + std::string(json) + "\n\n";
}

std::string progress_event(const AwaitedWork::Progress& p) {
  JsonWriter json;
  json.object().field("state", p.running ? "running" : "waiting").field("before", static_cast<std::int64_t>(p.before));
  json.field("looked_at", static_cast<std::int64_t>(p.looked_at))
      .field("windows", static_cast<std::int64_t>(p.windows));
  json.end_object();
  return event_of("progress", json.text());
}

std::string ending(const InWords& said) {
  const auto english = said(words::Language::en);
  if (english.status != 200) return event_of("problem", english.body);
  return event_of("answer", "{\"en\":" + english.body + ",\"zh\":" + said(words::Language::zh).body + "}");
}

http::Response as_events(Services& services, std::shared_ptr<AwaitedWork::Place> place, LongTask task,
                         Guard::Again refused) {
  http::Response r{.status = 200,
                   .headers = {{"Content-Type", "text/event-stream"}, {"X-Accel-Buffering", "no"}},
                   .body = {},
                   .shared = {},
                   .stream = {}};
  r.stream = [&services, place = std::move(place), task = std::move(task),
              refused = std::move(refused)](std::shared_ptr<http::EventStream> stream) {
    // Who was cut off meanwhile gets nothing more.
    const auto may = [stream, refused] {
      const auto why = refused();
      if (why) stream->send(event_of("problem", why->body)), stream->close();
      return !why;
    };
    const auto tell = [stream, may,
                       told = std::optional<AwaitedWork::Progress>()](const AwaitedWork::Progress& p) mutable {
      if (!may()) return false;
      // Nothing new still asks whether the reader is there, and a comment now and then shows him that the line stands.
      const bool news = told != p;
      told = p;
      return stream->send(news ? progress_event(p) : ": here\n\n");
    };
    services.awaited_work.begin(
        place,
        [stream, task, may](const std::stop_token& stop, const AwaitedWork::Count& count) {
          const auto said = task(stop, count);
          if (!stop.stop_requested() && may()) stream->send(ending(said));
          stream->close();
        },
        tell,
        [stream](AwaitedWork::Failure f) {
          (void)survive("telling that awaited work failed", [&] { stream->send(event_of("problem", failed(f).body)); });
          stream->close();
        });
  };
  return r;
}

http::Response at_the_end(Call& call, words::Language language, const std::shared_ptr<AwaitedWork::Place>& place,
                          LongTask task, const Guard::Again& refused) {
  struct Wait {
    std::promise<http::Response> answer;
    std::atomic<bool> left{false};
    std::atomic<bool> failed{false}, no_thread{false};  ///< what is said of it needs memory, which the asker may have
  };
  const auto wait = std::make_shared<Wait>();
  auto answer = wait->answer.get_future();
  call.services.awaited_work.begin(
      place,
      [wait, language, task = std::move(task)](const std::stop_token& stop, const AwaitedWork::Count& count) {
        const auto said = task(stop, count);
        wait->answer.set_value(stop.stop_requested() ? no_place() : said(language));
      },
      [wait](const AwaitedWork::Progress&) { return !wait->left; },
      [wait](AwaitedWork::Failure f) {
        wait->no_thread = f == AwaitedWork::Failure::no_thread;
        wait->failed = true;
      });
  while (answer.wait_for(kGlance) != std::future_status::ready) {
    auto why = refused();
    if (!why && wait->failed)
      return failed(wait->no_thread ? AwaitedWork::Failure::no_thread : AwaitedWork::Failure::threw);
    if (!why && !call.request.gone()) continue;
    wait->left = true;
    return why ? std::move(*why) : no_place();  // which nobody reads
  }
  if (auto why = refused()) return std::move(*why);
  return answer.get();
}

}  // namespace

http::Response awaited(Call& call, std::size_t bytes, LongTask task) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  auto& services = call.services;
  const auto& who = call.caller.name.empty() ? call.request.address : call.caller.name;
  auto place = services.awaited_work.reserve(who, bytes);
  if (!place) return no_place();
  const auto refused = services.guard.again(call.request, people::Role::viewer, false);
  if (call.request.header("Accept").find("text/event-stream") != std::string_view::npos)
    return as_events(services, std::move(place), std::move(task), refused);
  const WaitingWorkers::Place worker(services.waiting_workers, who);
  return worker ? at_the_end(call, *language, place, std::move(task), refused) : no_place();
}

}  // namespace castner::api
