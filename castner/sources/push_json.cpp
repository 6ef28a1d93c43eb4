// SPDX-License-Identifier: Apache-2.0
// Reads a body of pushed readings in JSON, in one pass and without a tree of it:
//  1. The outer object holds `samples` (one reading each) or `series` (a tag with its times and values), or both.
//  2. A sample's members may come in any order; they are collected, checked, and added to the batch at the end of its
//     object.
//  3. A series' times are read first; values and qualities are matched to them by index, and their numbers must be
//     equal.
//  4. Every problem is told by its path, `samples[3].time`; reading goes on, after fifty they are only counted.
//  5. Readings are counted while they are read: the items of a list beyond the most that a body may have are passed over.
//  6. One problem refuses the whole body: the batch is cleared.
#include "castner/sources/push_json.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "castner/base/json_reader.h"
#include "castner/base/rfc3339.h"
#include "castner/base/suggest.h"
#include "castner/base/utf8.h"

namespace castner::sources {
namespace {

using readings::StatusCode;
using readings::Value;
using Kind = JsonReader::Kind;

constexpr std::size_t kMostProblems = 50;
constexpr std::string_view kMembers[] = {"tag",   "time",   "value",   "quality",
                                         "times", "values", "samples", "series"};  ///< every one that is known

struct Walk {
  JsonReader json;
  Time arrival;
  PushBatch& batch;
  Error error = {};
  std::size_t problems = 0;
  std::string where = {};  ///< "samples[3]"
  std::string last_tag = {};
  std::uint32_t last_column = 0;
  bool any = false, too_many = false;

  void problem(const std::string& member, std::string what, std::string cure) {
    if (++problems > kMostProblems) return;
    error.problems.push_back({member.empty()  ? where
                              : where.empty() ? member
                                              : where + "." + member,
                              std::move(what), std::move(cure)});
  }

  /// Calls `read` with the key of each member of the object that begins here.
  template <class Read>
  void members(Read read) {
    if (json.kind() != Kind::object) {
      problem("", "is not an object", "write {...}");
      return json.skip();
    }
    unsigned seen = 0;
    for (bool more = json.enter(); more && !json.failed(); more = json.next()) {
      const std::string_view key = json.key();
      if (json.failed()) return;
      const auto name = std::find(std::begin(kMembers), std::end(kMembers), key);
      const unsigned bit = name == std::end(kMembers) ? 0 : 1u << (name - std::begin(kMembers));
      if ((seen & bit) != 0) {
        problem("", in_quotes(key) + " stands twice", "give it once");
        json.skip();
        continue;
      }
      seen |= bit;
      read(key);
    }
  }
  template <class Read>
  void items(const std::string& name, Read read) {
    if (json.kind() != Kind::array) {
      problem(name, "is not a list", "write [...]");
      return json.skip();
    }
    std::size_t k = 0;
    const std::size_t before = batch.size();
    for (bool more = json.enter(); more && !json.failed(); more = json.next()) {
      if (before + k < PushBatch::kMostReadings) {
        read(k++);
        continue;
      }
      if (!std::exchange(too_many, true)) problem("", kTooManyReadings, kFewerReadings);
      json.skip();
    }
  }
  void unknown(std::string_view key) {
    problem("", in_quotes(key) + " is not known here", "remove it");
    json.skip();
  }

  std::optional<Time> time(const std::string& member) {
    if (json.kind() == Kind::text) {
      const auto text = json.text();
      if (const auto t = read_utc(text)) {
        auto wrong = wrong_text(text, *t);
        if (wrong.what.empty()) return t;
        problem(member, std::move(wrong.what), std::move(wrong.cure));
        return std::nullopt;
      }
      problem(member, in_quotes(text) + " is not a time with its offset, of the years 1678 to 2261",
              "write \"2026-11-23T14:32:04.5Z\"");
    } else if (json.kind() == Kind::number) {
      const auto n = json.number();
      const auto wrong =
          n.is_integer ? wrong_count(n.integer, 1) : "is not an integer number of nanoseconds since 1970";
      if (wrong.empty()) return counted_time(n.integer, 1);
      const auto unit = n.is_integer ? likely_unit(n.integer) : std::string_view();
      problem(member, wrong,
              unit.empty()
                  ? (n.is_integer && counted_time(n.integer, 1) ? kNoClockCure : "write \"2026-11-23T14:32:04.5Z\"")
                  : "it may count " + std::string(unit) + "; count ns, or write \"" +
                        rfc3339(*counted_time(n.integer, *precision_ns(unit))) + "\"");
    } else {
      problem(member, "is not a time", "write \"2026-11-23T14:32:04.5Z\"");
      json.skip();
    }
    return std::nullopt;
  }

  std::optional<StatusCode> quality(const std::string& member) {
    if (json.kind() == Kind::text) {
      const auto word = json.text();
      if (word == "good") return StatusCode::good;
      if (word == "uncertain") return StatusCode::uncertain;
      if (word == "bad") return StatusCode::bad;
    } else {
      json.skip();
    }
    problem(member, "is no quality", "write \"good\", \"uncertain\" or \"bad\"");
    return std::nullopt;
  }

  enum class Given { value, null, wrong };

  /// A number is a double, JSON's only number, unless an integer beyond 2^53 would lose digits.
  Given value(const std::string& member, Value& out) {
    switch (json.kind()) {
      case Kind::number: {
        const auto n = json.number();
        constexpr std::int64_t kExact = std::int64_t{1} << 53;
        if (n.is_integer && (n.integer > kExact || n.integer < -kExact))
          out.emplace<std::int64_t>(n.integer);
        else
          out.emplace<double>(n.real);
        return Given::value;
      }
      case Kind::text: {
        const auto text = json.text();
        out.emplace<std::string>(text);
        if (text.find('\0') == text.npos && text.size() <= 65536) return Given::value;
        problem(member, text.size() > 65536 ? "is a text longer than 65536 bytes" : "is a text with a zero in it",
                "shorten it, or leave the zero out");
        return Given::wrong;
      }
      case Kind::yes:
      case Kind::no:
        out.emplace<bool>(json.kind() == Kind::yes);
        json.literal();
        return Given::value;
      case Kind::null: json.literal(); return Given::null;
      default:
        problem(member, "is no number, text, true, false or null", "write a number");
        json.skip();
        return Given::wrong;
    }
  }

  void add(std::uint32_t column, Time t, Given given, Value v, StatusCode status) {
    const bool none = given == Given::null;
    if (none && readings::quality_of(status) != readings::Quality::bad) status = StatusCode::bad_no_data;
    if (none) v = std::numeric_limits<double>::quiet_NaN();
    if (status == StatusCode::good) {
      if (const auto* real = std::get_if<double>(&v)) return batch.add(column, t, *real);
      if (const auto* integer = std::get_if<std::int64_t>(&v)) return batch.add(column, t, *integer);
    }
    batch.add_other(column, readings::Reading{.time = t, .value = std::move(v), .status = status, .arrival = arrival});
  }

  bool tag(std::string_view name) {
    if (any && name == last_tag) return true;
    if (const auto why = name_problem(name); !why.empty()) {
      problem("tag", why, "a tag has 1 to 255 bytes of UTF-8");
      return false;
    }
    last_tag = name;
    last_column = batch.index(name);
    return any = true;
  }
  bool tag_member() {
    if (json.kind() == Kind::text) return tag(json.text());
    problem("tag", "is not a text", "write \"tag\": \"FI-101\"");
    json.skip();
    return false;
  }

  void sample() {
    bool has_tag = false, good = true;
    std::optional<Given> given;
    Time t = arrival;
    StatusCode status = StatusCode::good;
    Value v;
    const std::size_t before = problems;
    members([&](std::string_view key) {
      if (key == "tag") {
        has_tag = true;
        good = tag_member() && good;
      } else if (key == "value") {
        given = value("value", v);
      } else if (key == "time") {
        const auto read = time("time");
        if (read) t = *read;
        good = good && read;
      } else if (key == "quality") {
        const auto read = quality("quality");
        if (read) status = *read;
        good = good && read;
      } else {
        unknown(key);
      }
    });
    if (json.failed() || problems > before) return;
    if (!has_tag) problem("", "has no tag", "write \"tag\": \"FI-101\"");
    if (!given) problem("", "has no value", "write \"value\": 12.3, or null where there is none");
    if (has_tag && given && good) add(last_column, t, *given, std::move(v), status);
  }

  void series() {
    bool has_tag = false;
    std::vector<Time> times;
    std::vector<std::pair<Given, Value>> values;
    std::vector<StatusCode> qualities;
    std::optional<StatusCode> one_quality;
    const std::size_t before = problems;
    members([&](std::string_view key) {
      if (key == "tag")
        has_tag = tag_member();
      else if (key == "times")
        items("times", [&](std::size_t k) {
          const auto t = time("times[" + std::to_string(k) + "]");
          times.push_back(t.value_or(arrival));
        });
      else if (key == "values")
        items("values", [&](std::size_t k) {
          values.emplace_back();
          values.back().first = value("values[" + std::to_string(k) + "]", values.back().second);
        });
      else if (key == "quality" && json.kind() == Kind::array)
        items("quality", [&](std::size_t k) {
          qualities.push_back(quality("quality[" + std::to_string(k) + "]").value_or(StatusCode::bad));
        });
      else if (key == "quality")
        one_quality = quality("quality");
      else
        unknown(key);
    });
    if (json.failed() || problems > before) return;
    if (!has_tag) return problem("", "has no tag", "write \"tag\": \"FI-101\"");
    if (times.size() != values.size())
      return problem("", std::to_string(times.size()) + " times and " + std::to_string(values.size()) + " values",
                     "give as many times as values");
    if (!qualities.empty() && qualities.size() != values.size())
      return problem("quality", "is as long as neither", "give one for all, or as many as values");
    for (std::size_t k = 0; k < values.size(); ++k)
      add(last_column, times[k], values[k].first, std::move(values[k].second),
          qualities.empty() ? one_quality.value_or(StatusCode::good) : qualities[k]);
  }
};

}  // namespace

Result<void> read_push_json(std::string_view body, Time arrival, PushBatch& batch) {
  batch.clear();
  if (const auto wrong = not_text_at(body); wrong != std::string_view::npos)
    return bad_input("byte " + std::to_string(wrong + 1), "is no text in UTF-8", "send JSON in UTF-8, without zeros");
  Walk walk{.json = JsonReader(body), .arrival = arrival, .batch = batch};
  bool known = false;
  walk.members([&](std::string_view key) {
    const std::string name(key);
    if (name != "samples" && name != "series") return walk.unknown(key);
    known = true;
    walk.items(name, [&](std::size_t k) {
      walk.where = name + "[" + std::to_string(k) + "]";
      name == "samples" ? walk.sample() : walk.series();
      walk.where.clear();
    });
  });
  if (walk.json.failed() || !walk.json.at_end()) {
    walk.problems = 1;
    walk.error.problems = {{"line " + std::to_string(walk.json.line()), "is not JSON from here on",
                            "write {\"samples\": [{\"tag\": \"FI-101\", \"value\": 12.3}]}"}};
  } else if (!known && walk.problems == 0) {
    walk.problem("", "neither samples nor series", "write {\"samples\": [{\"tag\": \"FI-101\", \"value\": 12.3}]}");
  }
  if (walk.problems == 0) {
    batch.arrange();
    return {};
  }
  batch.clear();
  if (walk.problems > kMostProblems)
    walk.error.problems.push_back(
        {"", "and " + std::to_string(walk.problems - kMostProblems) + " more problems", "mend these first"});
  return tl::unexpected(std::move(walk.error));
}

}  // namespace castner::sources
