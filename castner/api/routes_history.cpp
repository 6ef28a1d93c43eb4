// SPDX-License-Identifier: Apache-2.0
// Routes of readings: tags, latest, history, gaps, and the stream of changes.
//  1. Names in a request become tags of the store; the first unknown one is a 404 with its name.
//  2. Values are converted to the unit that the plant file gives the tag, or to SI if the request asks for it.
//  3. history: readings, buckets or a thinned curve, as the request says, one tag a core at a time; the answer is JSON
//     or CSV.
//  4. gaps: what the store recorded; of a reconciled value or an indicator that is named, where no balance gave one.
//  5. stream: a place is reserved in the feed, and given back unless the feed takes the reader over. Permission is
//     checked again from time to time during a long stream, as for a new request.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <limits>
#include <thread>
#include <utility>

#include "castner/api/balance_parts.h"
#include "castner/api/call.h"
#include "castner/api/history_answer.h"
#include "castner/api/history_request.h"
#include "castner/api/tag_names.h"
#include "castner/base/survive.h"
#include "castner/base/time_span.h"

namespace castner::api {
namespace {

using historian::Tag;
using people::Role;
using std::chrono::nanoseconds;

http::Response no_such_tag(const std::string& name) {
  return http::problem(404, "there is no tag \"" + name.substr(0, 255) + "\"");
}

/// The tags of these names; the name of the first that does not exist.
tl::expected<std::vector<Tag>, std::string> find_tags(const historian::Store& store,
                                                      const std::vector<std::string>& names) {
  std::vector<Tag> all;
  for (const auto& name : names) {
    auto tag = store.find(name);
    if (!tag) return tl::unexpected(name);
    all.push_back(std::move(*tag));
  }
  return all;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

http::Response tags(Call& call) {
  const auto kind = call.target.one("kind");
  if (kind) {
    const auto known = {TagKind::measured, TagKind::reconciled, TagKind::reconciled_sd, TagKind::indicator,
                        TagKind::indicator_sd};
    if (std::none_of(known.begin(), known.end(), [&](TagKind k) { return *kind == tag_kind_name(k); }))
      return http::problem(Error{
          ErrorCode::bad_input,
          {{"kind", "\"" + *kind + "\" is none", "measured, reconciled, reconciled_sd, indicator, indicator_sd"}}});
  }
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  const auto search = lower(call.target.one("search").value_or(""));
  const auto state = call.backend.live();
  const TagUnits units(state->plant);
  const TagNames names(state->plant, units, *language);
  const TagNames others(state->plant, units,
                        *language == words::Language::en ? words::Language::zh : words::Language::en);
  const auto found = [&](const std::string& tag) {  // by its name, or by what it is called in either language
    const auto holds = [&](const std::string& text) { return lower(text).find(search) != std::string::npos; };
    return holds(tag) || holds(names.description(tag)) || holds(others.description(tag));
  };
  JsonWriter json;
  json.object().key("tags").array();
  for (const auto& tag : call.backend.store.tags()) {
    std::string_view path;
    const auto mine = tag_kind(tag.name, &path);
    if ((kind && *kind != tag_kind_name(mine)) || (!search.empty() && !found(tag.name))) continue;
    const auto own = units.of(tag, false), si = units.of(tag, true);
    json.object().field("name", tag.name).field("unit", own.unit);
    json.field("decimals", units.decimals(tag, good_state(*state)));
    json.text_or_null("si_unit", si.known ? si.unit : "").field("kind", tag_kind_name(mine));
    const auto* m = units.measurement(tag.name);
    const auto place = names.place(tag.name);
    json.text_or_null("description", names.description(tag.name)).text_or_null("area", place.area);
    json.text_or_null("plant_unit", place.unit).text_or_null("plant_unit_title", place.unit_title);
    json.text_or_null("quantity", place.quantity);
    json.text_or_null("of", mine != TagKind::measured ? path : m ? std::string_view(m->of) : std::string_view());
    const auto source = std::find_if(state->sources.begin(), state->sources.end(),
                                     [&](const auto& s) { return s.second.tags.contains(tag.name); });
    if (source == state->sources.end())
      json.null_field("source").null_field("health");
    else
      json.field("source", source->first)
          .field("health", sources::health_name(source->second.tags.at(tag.name).health));
    json.end_object();
  }
  json.end_array().end_object();
  return json_response(std::move(json));
}

http::Response latest(Call& call) {
  const auto si = read_si(call.target, true);
  if (!si) return http::problem(si.error());
  const auto names = tag_names(call.target);
  const auto found = names.empty() ? call.backend.store.tags() : find_tags(call.backend.store, names);
  if (!found) return no_such_tag(found.error());
  std::vector<historian::TagId> ids;
  for (const auto& tag : *found) ids.push_back(tag.id);
  const auto values = call.backend.store.latest(ids);
  if (!values) return http::problem(values.error());
  const TagUnits units(call.backend.live()->plant);
  JsonWriter json;
  json.object().field("time", call.backend.clock.now()).key("values").array();
  for (std::size_t i = 0; i < ids.size(); ++i)
    write_latest(json, (*found)[i], (*values)[i], units.of((*found)[i], *si));
  json.end_array().end_object();
  return json_response(std::move(json));
}

Result<TagHistory> read_series(const historian::Store& store, const HistoryRequest& request, TagHistory s) {
  const historian::Range range{s.tag.id, request.from, request.to};
  if (request.bucket) {
    auto buckets = CASTNER_TRY(store.aggregate(range, *request.bucket));
    s.buckets = std::move(buckets);
  } else if (request.points) {
    auto points = CASTNER_TRY(store.downsample(range, *request.points));
    for (const auto& p : points) s.readings.push_back({p.time, p.value, p.status, {}});
  } else {
    auto readings = CASTNER_TRY(store.read(range, request.limit + 1));
    s.readings = std::move(readings);
    if (s.readings.size() > request.limit) {
      s.next = s.readings.back().time;
      s.readings.pop_back();
    }
  }
  return s;
}

/// One tag a core at a time: a month of a tag by the second is some hundredths of a second of unpacking.
Result<void> read_all(const historian::Store& store, const HistoryRequest& request, std::vector<TagHistory>& all) {
  std::vector<Result<TagHistory>> read(all.size(), TagHistory{});
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t k; (k = next++) < all.size();) read[k] = read_series(store, request, std::move(all[k]));
  };
  {
    const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::future<void>> others;
    // One for which no thread can start is not needed: the others read its tags.
    for (std::size_t k = 1; k < std::min(cores, all.size()); ++k)
      if (!survive("starting a reader of the history", [&] { others.push_back(std::async(std::launch::async, work)); }))
        break;
    work();
    for (auto& other : others) other.get();  // what is thrown there is thrown here
  }
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (!read[k]) return tl::unexpected(read[k].error());
    all[k] = std::move(*read[k]);
  }
  return {};
}

http::Response history(Call& call) {
  const bool csv = call.request.header("Accept").starts_with("text/csv");
  const auto request = read_history_request(call.target, call.backend.clock.now());
  if (!request) return http::problem(request.error());
  const auto si = read_si(call.target, !csv);
  if (!si) return http::problem(si.error());
  const auto found = find_tags(call.backend.store, request->tags);
  if (!found) return no_such_tag(found.error());
  const TagUnits units(call.backend.live()->plant);
  std::vector<TagHistory> all;
  for (const auto& tag : *found)
    all.push_back({.tag = tag, .convert = units.of(tag, *si), .readings = {}, .buckets = {}, .next = {}});
  if (const auto read = read_all(call.backend.store, *request, all); !read) return http::problem(read.error());
  if (csv)
    return {.status = 200,
            .headers = {{"Content-Type", "text/csv; charset=utf-8"},
                        {"Content-Disposition", "attachment; filename=\"history.csv\""}},
            .body = history_csv(*request, all),
            .shared = {},
            .stream = {}};
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}},
          .body = history_json(*request, all),
          .shared = {},
          .stream = {}};
}

/// Where no balance gave a value: between two points of a reconciled value or an indicator that are further apart than one and a half
/// times the window and the shorter of the distances beside them: balances of the past may have been made with another window, and
/// live ones are made once a minute. What is shorter than a thousandth of the time asked for cannot be seen in a curve of it, and is
/// left out.
Result<void> add_unbalanced(const historian::Store& store, const Span& span, const Tag& tag, nanoseconds window,
                            std::vector<historian::Gap>& gaps) {
  constexpr std::size_t kAtOnce = 10'000;
  constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();
  const auto least = std::max<std::uint64_t>(3 * static_cast<std::uint64_t>(window.count()) / 2,
                                             ns_between(span.from, span.to) / 1000);
  struct Distance {
    Time from, to;
    std::uint64_t length = kNone;
  };
  Distance before, here;  // and the next one after them
  const auto look_at = [&](std::uint64_t next) {
    const std::uint64_t beside = std::min(before.length, next);
    if (here.length != kNone && here.length > least && (beside == kNone || here.length > beside + beside / 2))
      gaps.push_back({tag.id, here.from, here.to, "no value from a balance"});
  };
  historian::Range range{tag.id, span.from, span.to};
  std::optional<Time> last;
  for (;;) {
    const auto points = CASTNER_TRY(store.read(range, kAtOnce));
    for (const auto& p : points) {
      if (last) {
        const Distance next{*last, p.time, ns_between(*last, p.time)};
        look_at(next.length);
        before = std::exchange(here, next);
      }
      last = p.time;
    }
    if (points.size() < kAtOnce) break;
    range.from = *last + nanoseconds(1);
  }
  look_at(kNone);
  return {};
}

http::Response gaps(Call& call) {
  const auto span = read_span(call.target, call.backend.clock.now());
  if (!span) return http::problem(span.error());
  const auto asked = tag_names(call.target);
  if (const auto few = few_enough(asked); !few) return http::problem(few.error());
  const auto found = find_tags(call.backend.store, asked);
  if (!found) return no_such_tag(found.error());
  auto gaps = call.backend.store.gaps(span->from, span->to);
  if (!gaps) return http::problem(gaps.error());
  const auto plant = call.backend.live()->plant;
  for (const auto& tag : *found) {
    if (!plant || tag_kind(tag.name) == TagKind::measured) continue;
    const nanoseconds window(std::llround(plant->assess.window * 1e9));
    if (const auto added = add_unbalanced(call.backend.store, *span, tag, window, *gaps); !added)
      return http::problem(added.error());
  }
  std::stable_sort(gaps->begin(), gaps->end(), [](const auto& l, const auto& r) { return l.from < r.from; });
  std::map<historian::TagId, std::string> names;
  for (auto& tag : found->empty() ? call.backend.store.tags() : *found) names.emplace(tag.id, tag.name);
  JsonWriter json;
  json.object().key("gaps").array();
  for (const auto& g : *gaps)
    if (const auto name = names.find(g.tag); name != names.end())
      json.object().field("tag", name->second).field("from", g.from).field("to", g.to).field("why", g.why).end_object();
  json.end_array().end_object();
  return json_response(std::move(json));
}

/// Gives back a reader's place unless the feed took it over: a connection may be gone before its stream begins.
struct StreamPlace {
  explicit StreamPlace(Feed& f) : feed(f) {}
  ~StreamPlace() {
    if (!taken) feed.give_back();
  }
  StreamPlace(const StreamPlace&) = delete;
  StreamPlace& operator=(const StreamPlace&) = delete;
  Feed& feed;
  bool taken = false;
};

http::Response stream(Call& call) {
  const auto si = read_si(call.target, true);
  if (!si) return http::problem(si.error());
  auto found = find_tags(call.backend.store, tag_names(call.target));
  if (!found) return no_such_tag(found.error());
  auto& services = call.services;
  if (!services.feed.reserve()) return http::problem(503, "all streams are taken");
  auto place = std::make_shared<StreamPlace>(services.feed);
  Subscription what{.tags = std::move(*found), .si = *si, .may_go_on = {}};
  // Permission is checked again periodically during a long stream, as for a new request.
  what.may_go_on = [refused = services.guard.again(call.request, Role::viewer, true)] { return !refused(); };
  http::Response r{.status = 200,
                   .headers = {{"Content-Type", "text/event-stream"}, {"X-Accel-Buffering", "no"}},
                   .body = {},
                   .shared = {},
                   .stream = {}};
  if (call.request.method == "HEAD") return r;
  r.stream = [place, what = std::move(what)](std::shared_ptr<http::EventStream> line) {
    place->feed.add(what, std::move(line));
    place->taken = true;
  };
  return r;
}

}  // namespace

void add_history_routes(Router& router) {
  router.add("GET", "/api/v1/tags", {Role::viewer, tags});
  router.add("GET", "/api/v1/latest", {Role::viewer, latest});
  router.add("GET", "/api/v1/history", {Role::viewer, history});
  router.add("GET", "/api/v1/gaps", {Role::viewer, gaps});
  router.add("GET", "/api/v1/stream", {Role::viewer, stream});
}

}  // namespace castner::api
