// SPDX-License-Identifier: Apache-2.0
#include "castner/report/finding_text.h"

#include <algorithm>

namespace castner::report {
namespace {

std::string spaced(std::string code) {
  std::replace(code.begin(), code.end(), '_', ' ');
  return code;
}

/// The stem of the sentences of a code: codes that end in a name share one sentence.
std::string stem(const words::Words& words, const std::string& code) {
  if (words.has("finding." + code + ".title")) return "finding." + code;
  const std::string family = "finding." + code.substr(0, code.find('.'));
  return words.has(family + ".title") ? family : "finding.other";
}

const assess::Evidence* find(const assess::Finding& f, const std::string& text) {
  const auto it = std::find_if(f.evidence.begin(), f.evidence.end(), [&](const auto& e) { return e.text == text; });
  return it == f.evidence.end() ? nullptr : &*it;
}

/// Which sentence an error takes that cannot be pinned down: what is accused, and what would explain it as well.
std::string tie(const assess::Finding& f) {
  const auto says = [&](const char* word) {
    const auto it = f.words.find(word);
    return it != f.words.end() && !it->second.empty();
  };
  if (find(f, "leak") != nullptr) return says("units") ? "_leak" : "_leak_alone";
  return std::string(says("others") ? "" : "_alone") + (says("units") ? "_or_leak" : "");
}

std::string without_sign(std::string number) {
  if (number.starts_with("−")) number.erase(0, std::string("−").size());
  return number;
}

/// Differences (a bias, a leak) take the unit of the variable without its offset.
bool is_difference(const std::string& text) { return text == "bias" || text == "leak"; }

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

words::Shown evidence_number(const plant::Plant& plant, const assess::Evidence& e) {
  words::PeopleUnit unit =
      words::unit_for(plant.as_published ? "1" : e.amount.unit, e.amount.value.value_or(0.0), e.text);
  if (!is_difference(e.text)) return words::shown_in(unit, e.amount.value, e.amount.sd);
  const int variable = plant.flowsheet->find(e.path).value_or(-1);
  if (variable >= 0) unit = words::unit_for(plant, variable);  // a bias in the unit its instrument shows
  return words::difference_in(unit, e.amount.value, e.amount.sd);
}

FindingText describe(const plant::Plant& plant, const words::Words& words, const assess::Finding& f) {
  words::Words::Blanks blanks(f.words.begin(), f.words.end());
  blanks.emplace("code", f.code);
  blanks.emplace("path", f.path);
  if (const auto it = blanks.find("indicator"); it != blanks.end()) it->second = indicator_words(words, it->second);

  FindingText out;
  for (const auto& e : f.evidence) {
    const std::string number = words::sentence_number(evidence_number(plant, e));
    std::string where = e.path == e.text ? "" : e.path;  // "E101.current_efficiency" is at E101
    if (where.ends_with("." + e.text)) where.resize(where.size() - e.text.size() - 1);
    out.evidence.push_back({evidence_words(words, e.text), number, where});
    blanks.emplace(e.text, without_sign(number));  // the sentence says high or low itself
  }
  const std::string family = stem(words, f.code), key = family + (f.code == "gross_error.cannot_tell" ? tie(f) : "");
  if (const auto* bias = find(f, "bias"); bias && bias->amount.value && words.has(key + ".low"))
    out.title = words(*bias->amount.value < 0.0 ? key + ".low" : key + ".title", blanks);
  else if (const auto* leak = find(f, "leak"); leak && leak->amount.value && words.has(key + ".low"))
    out.title = words(*leak->amount.value < 0.0 ? key + ".low" : key + ".title", blanks);
  else
    out.title = words(key + ".title", blanks);
  const auto missing = f.words.find("missing");  // an indicator that cannot be told says what it lacks
  const std::string lacks = missing == f.words.end() ? key : family + "." + missing->second;
  for (const auto& next : {lacks + ".next", key + ".next", family + ".next"})
    if (out.next.empty() && words.has(next)) out.next = words(next, blanks);
  if (f.cost_per_day.value) out.cost = words::sentence_number(words::shown(f.cost_per_day));
  return out;
}

}  // namespace castner::report
