// SPDX-License-Identifier: Apache-2.0
// A finding in words:
//  1. describe: each evidence is a number in people's units; by its kind it fills the blank of that name, without its sign, since the
//     sentence itself says high or low.
//  2. errors_words: where the data cannot tell which of several is wrong, how far each would be off and to which side.
//  3. The next step names units by their codes, the title by what people call them; since when and whether it grows stand behind it.
//  4. stops_words: when the units that it is about stood still, those with the same times in one sentence.
#include "castner/report/finding_text.h"

#include <algorithm>
#include <map>

#include "castner/base/time_span.h"
#include "castner/insight/catalogue.h"
#include "castner/insight/rests_on.h"
#include "castner/report/plant_clock.h"

namespace castner::report {
namespace {

std::string spaced(std::string code) {
  std::replace(code.begin(), code.end(), '_', ' ');
  return code;
}

std::string without_sign(std::string number) {
  if (number.starts_with("−")) number.erase(0, std::string("−").size());
  return number;
}

std::string_view in(const words::Words& words, const insight::Sentence& sentence) {
  return words.language() == words::Language::zh ? sentence.zh : sentence.en;
}

/// Evidence in people's units: that of the variable it is about, or the usual one.
words::Shown evidence_number(const plant::Plant& plant, const insight::EvidenceAmount& e, bool difference) {
  words::PeopleUnit unit =
      words::unit_for(plant.as_published ? "1" : e.amount.unit, e.amount.value.value_or(0.0), e.kind);
  if (!difference) return words::shown_in(unit, e.amount.value, e.amount.sd);
  const int variable = plant.flowsheet->find(e.path).value_or(-1);
  if (variable >= 0) unit = words::unit_for(plant, variable);  // in the unit its instrument shows, without its offset
  return words::difference_in(unit, e.amount.value, e.amount.sd);
}

/// "E3" as people call it, "electrolyser 3 E3"; the code alone where the plant file gives no title.
std::string called(const plant::Plant& plant, words::Language language, const std::string& code) {
  const auto unit = std::find_if(plant.units.begin(), plant.units.end(), [&](const auto& u) { return u.name == code; });
  if (unit == plant.units.end() || unit->title.empty()) return code;
  return (language == words::Language::zh ? unit->title.zh : unit->title.en) + " " + code;
}

/// The parts of "a, b, c", or of the same in Chinese.
std::vector<std::string> split(std::string joined) {
  const std::string comma = "、";
  for (std::size_t at; (at = joined.find(comma)) != std::string::npos;) joined.replace(at, comma.size(), ", ");
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= joined.size();) {
    const std::size_t end = std::min(joined.find(", ", at), joined.size());
    out.push_back(joined.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

/// "a, b, c" by the comma that stands between the parts of a list.
std::string listed(const words::Words& words, const std::vector<std::string>& items) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : words("list.comma")) + item;
  return text;
}

bool several(insight::BlankType type) {
  using enum insight::BlankType;
  return type == tags || type == columns || type == units || type == paths;
}

std::string all_called(const plant::Plant& plant, const words::Words& words, const std::string& codes) {
  std::vector<std::string> names;
  for (const auto& code : split(codes)) names.push_back(called(plant, words.language(), code));
  return listed(words, names);
}

std::string indicator_names(const words::Words& words, const std::string& paths) {
  std::vector<std::string> names;
  for (const auto& path : split(paths)) names.push_back(indicator_words(words, path));
  return words.list(names);
}

/// "3 h 30 min".
std::string length_words(const words::Words& words, std::chrono::nanoseconds length) {
  const auto minutes = std::chrono::round<std::chrono::minutes>(length).count();
  const auto hours = std::to_string(minutes / 60), rest = std::to_string(minutes % 60);
  if (minutes < 60) return words("length.minutes", {{"n", rest}});
  return words(minutes % 60 == 0 ? "length.hours" : "length.hours_and_minutes", {{"h", hours}, {"n", rest}});
}

/// "2026-11-29 06:10 to 09:40 (3 h 30 min)".
std::string stop_words(const words::Words& words, const PlantClock& clock, const assess::Outage& stop) {
  if (!stop.to) return words("stop.since", {{"from", clock.minute(*stop.from)}});
  if (!stop.from) return words("stop.until", {{"to", clock.minute(*stop.to)}});
  const bool one_day = clock.date(*stop.from) == clock.date(*stop.to);
  return words("stop.both", {{"from", clock.minute(*stop.from)},
                             {"to", one_day ? clock.clock(*stop.to) : clock.minute(*stop.to)},
                             {"length", length_words(words, span_between(*stop.from, *stop.to))}});
}

/// Units that stood still at the same times in one sentence.
std::string stops_words(const plant::Plant& plant, const words::Words& words, const std::string& zone,
                        const std::vector<assess::Outage>& stops) {
  constexpr std::size_t kMost = 4;  // of one unit
  const PlantClock clock(zone);
  std::vector<std::pair<std::vector<std::string>, std::string>> lines;  // units, times
  for (auto first = stops.begin(); first != stops.end();) {
    const auto end = std::find_if(first, stops.end(), [&](const auto& s) { return s.unit != first->unit; });
    std::vector<std::string> times;
    for (auto s = first; s != end && times.size() < kMost; ++s) times.push_back(stop_words(words, clock, *s));
    if (const auto n = static_cast<std::size_t>(end - first); n > kMost)
      times.push_back(words("more", {{"n", std::to_string(n - kMost)}}));
    const std::string all = listed(words, times), unit = plant.units[static_cast<std::size_t>(first->unit)].name;
    const auto like = std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.second == all; });
    if (like == lines.end())
      lines.push_back({{unit}, all});
    else
      like->first.push_back(unit);
    first = end;
  }
  std::string text;
  for (const auto& [units, times] : lines)
    text += (text.empty() ? "" : words("sentence.gap")) +
            words("stops", {{"units", listed(words, units)}, {"times", times}});
  return text;
}

/// "FI-1 reads 2 t/h too high, or N1 loses 2 t/h that no stream accounts for": of each tag or unit, by the evidence of its kind.
std::string errors_words(const plant::Plant& plant, const words::Words& words, const insight::Finding& f,
                         const std::string& codes) {
  constexpr std::size_t kMost = 4;
  std::map<std::string_view, std::vector<const insight::EvidenceAmount*>> evidence;
  for (const auto& e : f.evidence) evidence[e.kind].push_back(&e);
  std::map<std::string_view, std::size_t> next;
  std::vector<std::string> list;
  const auto all = split(codes);
  for (const auto& code : all) {
    if (list.size() == kMost) break;
    const bool tag =
        std::any_of(plant.measurements.begin(), plant.measurements.end(), [&](const auto& m) { return m.tag == code; });
    const char* kind = tag ? "bias" : "leak";
    const std::size_t k = next[kind]++;
    const auto* e = k < evidence[kind].size() ? evidence[kind][k] : nullptr;
    if (e == nullptr || !e->amount.value) {
      list.push_back(words(tag ? "error.tag" : "error.unit", {{"name", code}}));
      continue;
    }
    const std::string size = without_sign(words::sentence_number(evidence_number(plant, *e, true)));
    const bool low = *e->amount.value < 0.0;
    list.push_back(tag ? words(low ? "instruments.low" : "instruments.high", {{"tag", code}, {"size", size}})
                       : title_words(words, insight::kLeaks, low ? "low" : "", {{"unit", code}, {"leak", size}}));
  }
  if (all.size() > kMost)
    list.push_back(words("error.others", {{"names", words.list({all.begin() + kMost, all.end()})}}));
  std::string text;
  for (const auto& item : list) text += (text.empty() ? "" : words("list.or")) + item;
  return text;
}

}  // namespace

std::string evidence_words(const words::Words& words, const std::string& code) {
  if (words.has("evidence." + code)) return words("evidence." + code);
  if (words.has("indicator." + code)) return words("indicator." + code);
  return spaced(code);
}

std::string indicator_words(const words::Words& words, const std::string& path) {
  const std::string name = path.substr(path.rfind('.') + 1);
  return words.has("indicator." + name) ? words("indicator." + name) : spaced(name);
}

std::string title_words(const words::Words& words, const std::string& code, const std::string& wording,
                        const words::Words::Blanks& blanks) {
  const auto* row = insight::row_of(code);
  return row ? words.filled(in(words, insight::wording_of(*row, wording).title), blanks) : code;
}

FindingText describe(const plant::Plant& plant, const words::Words& words, const insight::Finding& f,
                     const std::string& zone) {
  words::Words::Blanks blanks = f.blanks;
  for (const char* blank : {"indicator", "indicators"})
    if (const auto it = blanks.find(blank); it != blanks.end()) it->second = indicator_names(words, it->second);

  FindingText out;
  const auto* row = insight::row_of(f.code);
  for (const auto& e : f.evidence) {
    const bool difference = row != nullptr && insight::is_difference(*row, e.kind);
    const std::string number = words::sentence_number(evidence_number(plant, e, difference));
    std::string where = e.path == e.kind ? "" : e.path;  // "E101.current_efficiency" is at E101
    if (where.ends_with("." + e.kind)) where.resize(where.size() - e.kind.size() - 1);
    out.evidence.push_back({&e, evidence_words(words, e.kind), number, where});
    blanks.emplace(e.kind, without_sign(number));  // the sentence says high or low itself
  }
  if (row != nullptr) {
    const auto said = insight::wording_of(*row, f.wording);
    for (const auto& [name, type] : row->blanks)
      if (const auto it = blanks.find(std::string(name)); type == insight::BlankType::text && it != blanks.end())
        it->second = words.said(it->second);
    for (const auto& [name, type] : row->blanks)
      if (const auto it = blanks.find(std::string(name)); it != blanks.end() && several(type))
        it->second = listed(words, split(it->second));
    for (const auto& [name, type] : row->blanks)
      if (const auto it = blanks.find(std::string(name)); type == insight::BlankType::errors && it != blanks.end())
        it->second = errors_words(plant, words, f, it->second);
    out.next = words.filled(in(words, said.next), blanks);  // by codes: the title has just said the names
    for (const auto& [name, type] : row->blanks)
      if (const auto it = blanks.find(std::string(name));
          it != blanks.end() && (type == insight::BlankType::unit || type == insight::BlankType::units))
        it->second = all_called(plant, words, it->second);
    out.title = words.filled(in(words, said.title), blanks);
    if (!f.since.empty())
      out.title = words(f.growing ? "finding.growing" : "finding.since", {{"title", out.title}, {"time", f.since}});
  } else {
    out.title = f.code + " " + f.path;
  }
  if (f.open)
    out.title = words("finding.open", {{"title", out.title}});
  else if (!f.rests_on.empty())
    out.title = words("finding.rests_on", {{"title", out.title}, {"names", words.list(f.rests_on)}});
  out.stops = stops_words(plant, words, zone, f.stops);
  out.cost_per_day = f.cost_per_day;
  if (out.cost_per_day.unit.empty()) out.cost_per_day.unit = plant.currency + "/d";
  if (insight::doubtful(f)) out.cost_code = "findings.cost.if_so";
  if (f.cost_per_day.value) out.cost = words::sentence_number(words::shown(f.cost_per_day));
  return out;
}

}  // namespace castner::report
