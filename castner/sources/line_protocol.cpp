// SPDX-License-Identifier: Apache-2.0
// Reads a body of InfluxDB's line protocol, `measurement,key=value field=1.5,other=2i 1795046400000000000`, in one
// pass:
//  1. A line begins with its series: the measurement and its keys, as written. A series seen before is found in a hash
//     table; of a new one the keys are sorted, so that every order of them is one tag.
//  2. Writers send the same series in the same order, round after round. Each series remembers the one that followed it
//     and the bytes its lines begin with: one memcmp then replaces steps 1 and 3 for the first field.
//  3. Each field is a tag: the series alone for a field named `value`, else `series.field`. Fields are expected in the
//     order of the series' last line.
//  4. The value is a double, an integer (`i`, `u`), a state or a text in quotes, which may hold line ends.
//  5. The time stands last; a line whose time has the same digits as the one before is not parsed again; without one,
//     the arrival.
//  6. Bytes that are no UTF-8, a key of a series twice, and a time in 1970, which is a count in a coarser unit or of no clock, are
//     refused.
//  7. A bad line is a problem with its number; reading goes on to find the others. One problem refuses the whole body.
//  8. Readings and new series are counted field by field, since one line can hold all of them; too many end the reading.
#include "castner/sources/line_protocol.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <utility>

#include "castner/base/decimal.h"
#include "castner/base/rfc3339.h"
#include "castner/base/suggest.h"
#include "castner/base/utf8.h"
#include "castner/tables/problem_list.h"

namespace castner::sources {
namespace {

using readings::Reading;
using std::string_view;

/// The text without the backslashes that escape one of `escaped`; before any other character a backslash is itself.
std::string unescaped(string_view raw, string_view escaped) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size() && escaped.find(raw[i + 1]) != string_view::npos) ++i;
    out += raw[i];
  }
  return out;
}

/// The first stop from `at` that no backslash escapes; `end` if there is none.
const char* unguarded(const char* at, const char* end, char stop_a, char stop_b, char stop_c) {
  for (; at < end; ++at) {
    if (*at == '\\' && at + 1 < end && at[1] != '\n') {
      ++at;
      continue;
    }
    if (*at == stop_a || *at == stop_b || *at == stop_c || *at == '\n') return at;
  }
  return end;
}

constexpr double kUp[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// A finite number. Most instruments send up to fifteen digits: those are an integer below 2^53 over a power of ten, both
/// exact, so that the quotient is the nearest double (Clinger's fast path [clinger-1990]). The library reads all others.
std::optional<double> number(string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  if (text.empty()) return std::nullopt;
  const bool negative = text.front() == '-';
  std::uint64_t mantissa = 0;
  std::size_t digits = 0, behind = 0;
  bool point = false;
  std::size_t i = negative;
  for (; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned char>(text[i] - '0');
    if (digit <= 9) {
      mantissa = 10 * mantissa + digit;
      ++digits;
      behind += point;
    } else if (text[i] == '.' && !point) {
      point = true;
    } else {
      break;
    }
    if (digits > 15) break;
  }
  if (i == text.size() && digits > 0) {
    const auto value = static_cast<double>(mantissa) / kUp[behind];
    return negative ? -value : value;
  }
  double value = 0.0;
  const auto [stop, error] = read_decimal(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

struct LineProtocolReader::Inside {
  /// A series key (measurement and tag set) and the columns of its fields, in the order they came last time.
  struct SeriesKey {
    std::string raw;   ///< as written
    std::string name;  ///< as the tags of its fields begin
    std::vector<std::pair<std::string, std::uint32_t>> fields;
  };
  /// The bytes that a series' lines begin with: raw, a blank, the first field and its `=`. They lie in `head_texts` in the order in
  /// which they came first, so that for lines in the usual order the next one is in the processor's cache.
  struct Head {
    std::uint32_t begin = 0, size = 0;     ///< size 0: not known yet
    std::uint32_t tag = kUnknown;          ///< of that field
    std::uint32_t followed_by = kUnknown;  ///< the series that came after it last time
  };
  static constexpr std::uint32_t kUnknown = ~std::uint32_t{0};
  static constexpr std::size_t kMostSearched = 256;

  PushBatch batch;
  std::vector<SeriesKey> series;
  std::vector<Head> heads;  ///< of each series
  std::string head_texts;
  std::unordered_map<std::string, std::uint32_t> indices;
  std::uint32_t previous = kUnknown;

  // Of the body that is being read:
  const char* at = nullptr;
  const char* end = nullptr;
  int line = 0;
  bool too_many = false;
  std::optional<tables::ProblemList> problems;
  string_view time_text;  ///< of the line before: many lines share a time
  Time time_before;

  /// Fields hold indices of the batch: when the batch drops its tags, the series must go too.
  void forget_readings() {
    if (!batch.clear() && series.size() <= PushBatch::kMostTags) return;
    series.clear();
    heads.clear();
    head_texts.clear();
    indices.clear();
    previous = kUnknown;
  }

  void problem(std::string what, std::string cure) { problems->add(line, std::move(what), std::move(cure)); }

  std::uint32_t find_series(string_view raw) {
    const auto known = indices.find(std::string(raw));
    const std::uint32_t index = known != indices.end() ? known->second : new_series(raw);
    if (index == kUnknown) return index;
    if (previous != kUnknown) heads[previous].followed_by = index;
    return previous = index;
  }

  std::uint32_t new_series(string_view raw) {
    const char* const last = raw.data() + raw.size();
    const char* comma = unguarded(raw.data(), last, ',', ',', ',');
    std::string name = unescaped(raw.substr(0, static_cast<std::size_t>(comma - raw.data())), ", ");
    std::vector<std::pair<std::string, std::string>> tags;
    while (comma < last) {
      const char* key = comma + 1;
      const char* equals = unguarded(key, last, '=', ',', ',');
      if (equals == last || *equals != '=' || equals == key) return bad_series(raw, "a tag without key=value");
      comma = unguarded(equals + 1, last, ',', '=', ',');
      if (comma < last && *comma == '=') return bad_series(raw, "a tag with two = signs");
      if (comma == equals + 1) return bad_series(raw, "a tag without a value");
      tags.emplace_back(unescaped({key, static_cast<std::size_t>(equals - key)}, ",= "),
                        unescaped({equals + 1, static_cast<std::size_t>(comma - equals - 1)}, ",= "));
    }
    std::sort(tags.begin(), tags.end());
    for (std::size_t k = 1; k < tags.size(); ++k)
      if (tags[k].first == tags[k - 1].first) return bad_series(raw, in_quotes(tags[k].first) + " stands twice");
    for (const auto& [key, value] : tags) name += "," + key + "=" + value;
    if (const auto why = name_problem(name); !why.empty()) return bad_series(raw, why);
    too_many = series.size() >= PushBatch::kMostReadings + PushBatch::kMostTags;
    if (too_many) return kUnknown;
    const auto index = static_cast<std::uint32_t>(series.size());
    series.push_back({std::string(raw), std::move(name), {}});
    heads.emplace_back();
    indices.emplace(std::string(raw), index);
    return index;
  }
  std::uint32_t bad_series(string_view raw, const std::string& why) {
    problem(in_quotes(raw) + ": " + why, "write measurement,key=value field=1.5");
    return kUnknown;
  }

  /// Whether `name=` begins here; if so, moves past it.
  bool named(string_view name) {
    const string_view left(at, static_cast<std::size_t>(end - at));
    if (left.size() <= name.size() || left[name.size()] != '=' || !left.starts_with(name)) return false;
    at += name.size() + 1;
    return true;
  }
  /// The column of the field that begins here; moves past its `=`.
  std::uint32_t find_field(SeriesKey& s) {
    const char* const key = at;
    at = unguarded(at, end, '=', ',', ' ');
    if (at == key || at == end || *at != '=') {
      problem("a field without key=value", "write measurement field=1.5");
      return kUnknown;
    }
    const string_view raw(key, static_cast<std::size_t>(at - key));
    ++at;
    for (const auto& [name, column] : s.fields)
      if (name == raw) return column;
    const std::string field = unescaped(raw, ",= ");
    const std::string tag = field == "value" ? s.name : s.name + "." + field;
    if (const auto why = name_problem(tag); !why.empty()) {
      problem(in_quotes(tag) + ": " + why, "choose a shorter, plain name");
      return kUnknown;
    }
    const auto column = batch.index(tag);
    // A line of very many fields is looked up by name: searching them one by one would take the square of their number.
    if (s.fields.size() < kMostSearched) s.fields.emplace_back(std::string(raw), column);
    return column;
  }

  void skip_line() { at = std::find(at, end, '\n'); }

  /// The body, a line at a time; a text in quotes may hold line ends.
  void read_body(const LineProtocolOptions& options) {
    while (at < end) {
      ++line;
      if (*at == '\n' || *at == '\r' || *at == '#') {
        skip_line();
      } else {
        if (!read_line(options)) skip_line();
        if (too_many) return problem(kTooManyReadings, kFewerReadings);
      }
      if (at < end) ++at;  // the line end
    }
  }

  bool refuse(std::string what, std::string cure) {
    problem(std::move(what), std::move(cure));
    return false;
  }

  bool read_line(const LineProtocolOptions& options) {
    while (at < end && *at == ' ') ++at;
    const char* const begin = at;
    if (follows_as_before()) return read_fields(previous, true, options);
    at = unguarded(at, end, ' ', ' ', ' ');
    if (at == begin) return at == end || *at == '\n' ? true : refuse("no measurement", "write measurement field=1.5");
    if (*begin == ',') return refuse("no measurement before the comma", "write measurement,key=value field=1.5");
    if (at == end || *at == '\n')
      return refuse(in_quotes({begin, static_cast<std::size_t>(at - begin)}) + " has no fields",
                    "write measurement field=1.5");
    const auto index = find_series({begin, static_cast<std::size_t>(at - begin)});
    return index != kUnknown && read_fields(index, false, options);
  }

  /// Whether the line begins as the one that followed the previous series last time; if so, moves past its first field's name.
  bool follows_as_before() {
    if (previous == kUnknown) return false;
    const std::uint32_t next = heads[previous].followed_by;
    if (next == kUnknown) return false;
    const auto& head = heads[next];
    if (head.size == 0 || head.size > static_cast<std::size_t>(end - at)) return false;
    if (std::memcmp(at, head_texts.data() + head.begin, head.size) != 0) return false;
    at += head.size;
    previous = next;
    return true;
  }

  /// @param begun  whether the first field's name has been read already
  bool read_fields(std::uint32_t index, bool begun, const LineProtocolOptions& options) {
    while (!begun && at < end && *at == ' ') ++at;
    const auto mark = batch.mark();
    for (std::size_t k = 0;; ++k) {
      too_many = batch.size() >= PushBatch::kMostReadings;
      if (too_many) return false;
      if (!(begun && k == 0 ? read_value(heads[index].tag) : read_field(index, k))) return false;
      if (at < end && *at == ',') {
        ++at;
        continue;
      }
      break;
    }
    Time time = options.arrival;
    if (!read_time(options, time)) return false;
    batch.set_time(mark, time);
    return true;
  }

  bool read_field(std::uint32_t index, std::size_t k) {
    auto& s = series[index];
    const char* const name = at;
    const auto column = k < s.fields.size() && named(s.fields[k].first) ? s.fields[k].second : find_field(s);
    if (column == kUnknown) return false;
    if (k == 0 && heads[index].size == 0) remember_head(index, {name, static_cast<std::size_t>(at - name)}, column);
    return read_value(column);
  }

  void remember_head(std::uint32_t index, string_view field, std::uint32_t column) {
    auto& head = heads[index];
    head.begin = static_cast<std::uint32_t>(head_texts.size());
    head_texts.append(series[index].raw).append(" ").append(field);
    head.size = static_cast<std::uint32_t>(head_texts.size()) - head.begin;
    head.tag = column;
  }

  bool read_value(std::uint32_t column) {
    if (at == end) return refuse("a field without a value", "write measurement field=1.5");
    if (*at == '"') return read_text(column);
    return read_number_or_state(column);
  }

  bool read_text(std::uint32_t column) {
    const int began = line;
    std::string text;
    for (++at; at < end && *at != '"'; ++at) {
      if (*at == '\\' && at + 1 < end && (at[1] == '"' || at[1] == '\\')) ++at;
      if (*at == '\n') ++line;
      text += *at;
    }
    if (at == end) {
      line = began;
      return refuse("a text without its closing quote", "write field=\"text\"");
    }
    ++at;
    if (text.size() > 65536) return refuse("a text longer than 65536 bytes", "shorten it");
    batch.add_other(column, Reading{.value = std::move(text)});
    return true;
  }

  bool read_number_or_state(std::uint32_t column) {
    const char* const begin = at;
    while (at < end && *at != ',' && *at != ' ' && *at != '\n' && *at != '\r') ++at;
    const string_view text(begin, static_cast<std::size_t>(at - begin));
    const auto wrong = [&] {
      return refuse("field value " + in_quotes(text) + " is no number, state or text",
                    "write 1.5, 12i, 12u, true, false or \"text\"");
    };
    if (text.empty()) return wrong();
    const char last = text.back();
    if (last == 'i') return read_integer<std::int64_t>(column, text) || wrong();
    if (last == 'u') return read_integer<std::uint64_t>(column, text) || wrong();
    if ((last >= '0' && last <= '9') || last == '.') {
      const auto value = number(text);
      if (!value) return wrong();
      batch.add(column, Time{}, *value);
      return true;
    }
    for (const auto word : {"t", "T", "true", "True", "TRUE"})
      if (text == word) return batch.add_other(column, Reading{.value = true}), true;
    for (const auto word : {"f", "F", "false", "False", "FALSE"})
      if (text == word) return batch.add_other(column, Reading{.value = false}), true;
    return wrong();
  }

  template <class T>
  bool read_integer(std::uint32_t column, string_view text) {
    T value{};
    const char* const stop = text.data() + text.size() - 1;
    const auto [at_end, error] = std::from_chars(text.data(), stop, value);
    if (error != std::errc{} || at_end != stop) return false;
    if (std::in_range<std::int64_t>(value))
      batch.add(column, Time{}, static_cast<std::int64_t>(value));
    else
      batch.add(column, Time{}, static_cast<double>(value));  // above the largest int64: the nearest double
    return true;
  }

  bool read_time(const LineProtocolOptions& options, Time& time) {
    while (at < end && *at == ' ') ++at;
    const char* const begin = at;
    const string_view left(at, static_cast<std::size_t>(end - at));
    if (!time_text.empty() && left.starts_with(time_text) && left.size() > time_text.size() &&
        left[time_text.size()] == '\n') {
      at += time_text.size();
      return time = time_before, true;
    }
    std::int64_t count = 0;
    const auto [stop, error] = std::from_chars(at, end, count);
    at = stop;
    while (at < end && (*at == ' ' || *at == '\r')) ++at;
    const bool over = at == end || *at == '\n';
    if (over && stop == begin) return true;  // none: the time of arrival
    const char* const line_end = std::find(begin, end, '\n');
    const auto unit = error == std::errc{} ? likely_unit(count) : string_view();
    const bool counts = over && error == std::errc{} && counted_time(count, options.ns_each);
    const auto cure = !unit.empty() ? "say ?precision=" + std::string(unit)
                      : counts      ? std::string(kNoClockCure)
                                    : "write an integer, counted since 1970 in the body's precision";
    if (over && error == std::errc{}) {
      if (auto wrong = wrong_count(count, options.ns_each); !wrong.empty()) return refuse(std::move(wrong), cure);
      if (const auto t = counted_time(count, options.ns_each)) {
        time_text = {begin, static_cast<std::size_t>(stop - begin)};
        return time = time_before = *t, true;
      }
    }
    return refuse(in_quotes({begin, static_cast<std::size_t>(line_end - begin)}) + " is not a time", cure);
  }
};

LineProtocolReader::LineProtocolReader() : inside_(std::make_unique<Inside>()) {}
LineProtocolReader::~LineProtocolReader() = default;
LineProtocolReader::LineProtocolReader(LineProtocolReader&&) noexcept = default;
LineProtocolReader& LineProtocolReader::operator=(LineProtocolReader&&) noexcept = default;

const PushBatch& LineProtocolReader::batch() const { return inside_->batch; }

Result<void> LineProtocolReader::read(string_view body, const LineProtocolOptions& options) {
  Inside& in = *inside_;
  in.forget_readings();
  constexpr string_view kByteOrderMark = "\xEF\xBB\xBF";  // of editors; U+FEFF is no letter of a name
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  in.at = body.data();
  in.end = body.data() + body.size();
  in.line = 0;
  in.too_many = false;
  in.time_text = {};
  in.problems.emplace("line");
  if (const auto wrong = not_text_at(body); wrong != string_view::npos) {
    in.line = 1 + static_cast<int>(std::count(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(wrong), '\n'));
    in.problem("byte " + std::to_string(wrong + 1) + " of the body is no text in UTF-8", "send UTF-8, without zeros");
  } else {
    in.read_body(options);
  }
  if (in.problems->empty()) {
    in.batch.arrange();
    return {};
  }
  in.forget_readings();
  auto error = in.problems->error();
  for (auto& p : error.problems)
    if (p.where.starts_with("line:")) p.where[4] = ' ';
  return tl::unexpected(std::move(error));
}

}  // namespace castner::sources
