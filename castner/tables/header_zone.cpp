// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/header_zone.h"

#include <algorithm>
#include <vector>

#include "castner/base/ascii.h"
#include "castner/readings/status_text.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/cell_text.h"

namespace castner::tables {
namespace {

using readings::lower_case;
using std::string, std::string_view;

/// Letters that stand for a zone. Several of them stand for two, and in most places they change with the season.
constexpr string_view kLetters[] = {
    "ACDT", "ACST", "ADT",  "AEDT", "AEST", "AKDT", "AKST", "ART", "AST",  "AWST", "BJT",  "BRT", "BST",
    "CAT",  "CDT",  "CEDT", "CEST", "CET",  "CLT",  "CST",  "EAT", "EDT",  "EEST", "EET",  "EST", "GST",
    "HKT",  "HST",  "ICT",  "IDT",  "IRST", "IST",  "JST",  "KST", "MDT",  "MESZ", "MEST", "MET", "MEZ",
    "MSK",  "MST",  "NZDT", "NZST", "PDT",  "PHT",  "PKT",  "PST", "SAST", "SGT",  "UYT",  "WAT", "WEST",
    "WET",  "WIB",  "WITA", "AMT",  "TRT",  "UZT",  "NPT",  "MYT", "HNEC", "HAEC", "OEZ"};
constexpr string_view kWords[] = {"standard time", "daylight time", "summer time",  "winter time",   "european time",
                                  "eastern time",  "central time",  "pacific time", "mountain time", "sommerzeit",
                                  "winterzeit",    "normalzeit",    "mitteleurop",  "heure d'été",   "heure d'hiver"};
constexpr string_view kBeijing[] = {"北京", "beijing"};

bool one_of_letters(string_view word) {
  return std::find(std::begin(kLetters), std::end(kLetters), word) != std::end(kLetters);
}
bool universal(string_view word) { return word == "UTC" || word == "GMT" || word == "Z" || word == "Zulu"; }

/// "UTC", "+08:00", "UTC+8", "Europe/Berlin" as a zone that check_time_zone accepts.
std::optional<string> zone_in(string_view text) {
  if (universal(text)) return "UTC";
  if (text.starts_with("UTC") || text.starts_with("GMT")) text.remove_prefix(3);
  string zone(text);
  if (zone.size() >= 2 && (zone[0] == '+' || zone[0] == '-') && (zone.size() == 2 || zone[2] == ':'))
    zone.insert(1, "0");  // "+8", "+8:00"
  if (zone.size() == 3 && (zone[0] == '+' || zone[0] == '-')) zone += ":00";
  if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-') && zone[3] != ':') zone.insert(3, ":");
  const bool offset = !zone.empty() && (zone[0] == '+' || zone[0] == '-') && zone.size() > 1 && digit(zone[1]);
  if ((offset || zone.find('/') != string::npos) && readings::check_time_zone(zone)) return zone;
  return std::nullopt;
}

/// The words of a header; brackets and spaces separate them.
std::vector<string> words(string_view header) {
  constexpr string_view kBetween = " _,;()[]{}\t";
  std::vector<string> all;
  for (std::size_t at = 0; at < header.size();) {
    const std::size_t begin = header.find_first_not_of(kBetween, at);
    if (begin == string_view::npos) break;
    at = std::min(header.find_first_of(kBetween, begin), header.size());
    string word(header.substr(begin, at - begin));
    if (!all.empty() && universal(all.back()) && (word[0] == '+' || word[0] == '-'))
      all.back() += word;  // "UTC +8"
    else
      all.push_back(std::move(word));
  }
  return all;
}

bool of_beijing(string_view lower) {
  return std::any_of(std::begin(kBeijing), std::end(kBeijing),
                     [&](string_view b) { return lower.find(b) != string_view::npos; });
}

}  // namespace

HeaderZone header_zone(string_view header) {
  HeaderZone out;
  const string narrow = half_width(header), lower = lower_case(narrow);
  const auto all = words(narrow);
  for (const string& word : all) {
    if (const auto zone = zone_in(word)) return {.zone = zone};
    string upper = word;
    for (char& c : upper)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    // In lower case they are words: "est", "art".
    const bool bracketed =
        narrow.find('(' + word + ')') != string::npos || narrow.find('[' + word + ']') != string::npos;
    if (one_of_letters(bracketed ? upper : word)) out.unknown = word;
  }
  string joined;
  for (const string& word : all) joined += lower_case(word);
  if (joined.starts_with("utc") || joined.ends_with("utc")) return {.zone = "UTC"};  // "TimeUTC", "utc_time"
  if (of_beijing(lower)) return {.zone = "Asia/Shanghai"};
  for (const string_view w : kWords)
    if (out.unknown.empty() && lower.find(w) != string::npos) out.unknown = string(w);
  return out;
}

string without_zone(string_view header) {
  string out;
  for (string word : words(half_width(header))) {
    const bool offset = word.size() > 1 && (word[0] == '+' || word[0] == '-') && digit(word[1]);
    const string lower = lower_case(word);
    if (one_of_letters(word) || offset || word.starts_with("UTC") || word.starts_with("GMT") || lower == "utc")
      continue;
    for (const string_view b : kBeijing)
      if (lower_case(word).starts_with(b)) word.erase(0, b.size());
    out += (out.empty() || word.empty() ? "" : " ") + word;
  }
  return out;
}

}  // namespace castner::tables
