// SPDX-License-Identifier: Apache-2.0
#include "castner/words/units_for_people.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

namespace castner::words {
namespace {

/// Whether `path` holds `part` as one of its dotted parts.
bool speaks_of(std::string_view path, std::string_view part) {
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t dot = std::min(path.find('.', from), path.size());
    if (path.substr(from, dot - from) == part) return true;
    from = dot + 1;
  }
  return false;
}

bool is_share(std::string_view about) {
  return speaks_of(about, "mass_frac") || speaks_of(about, "current_efficiency") ||
         speaks_of(about, "current_efficiency_chlorine") || speaks_of(about, "efficiency");
}

/// 0 for a value; -3 for 1234; the number of decimals that shows `digits` significant digits of v.
int decimals_for(double v, int digits) {
  if (v == 0.0 || !std::isfinite(v)) return 0;
  const std::string e = fmt::format("{:.{}e}", std::abs(v), digits - 1);  // rounds first: 0.0996 is 1.0e-01
  return digits - 1 - std::atoi(e.c_str() + e.find('e') + 1);
}

std::string with_decimals(double v, int decimals) {
  if (decimals < 0) {
    const double step = std::pow(10.0, -decimals);
    v = std::round(v / step) * step;
  }
  std::string text = fmt::format("{:.{}f}", v, std::max(decimals, 0));
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);  // no "-0.00"
  return text;
}

constexpr int kMostDecimals = 9;  // smaller numbers are written with a power of ten
constexpr double kLargest = 1e12;
constexpr int kMostDigits = 6, kDigitsOfArithmetic = 5, kDigitsAlone = 4;
constexpr double kAlikeSd = 3.0;  // factor
constexpr int kAlikePlaces = 1;

bool is_whole(double v) { return v == std::round(v); }

/// By rules 1 to 3: the decimals, and whether the sd is shown beside the value.
struct Place {
  int decimals = 0;
  bool sd = false;
};
Place place_of(double value, std::optional<double> sd) {
  if (sd && std::isfinite(*sd) && *sd > 0.0) {
    const int decimals = decimals_for(*sd, 2);
    if (value == 0.0 || decimals <= decimals_for(value, kMostDigits)) return {decimals, true};
    return {decimals_for(value, kDigitsOfArithmetic), false};
  }
  // A number without an sd keeps its whole part: 12345 is not 12350.
  const int least = is_whole(value) ? 0 : std::min(0, decimals_for(value, kMostDigits));
  return {std::max(decimals_for(value, kDigitsAlone), least), false};
}

bool needs_power(double value, int decimals) { return decimals > kMostDecimals || std::abs(value) >= kLargest; }

void without_zeros_that_say_nothing(std::string& number) {
  if (number.find('.') == std::string::npos) return;
  number.erase(number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.pop_back();
}

void write(Shown& s, int decimals, bool with_sd) {
  s.value = with_decimals(*s.number, decimals);
  s.sd = with_sd ? with_decimals(*s.number_sd, decimals) : std::string();
}

template <class T>
T middle_of(std::vector<T> all) {
  const auto at = all.begin() + static_cast<std::ptrdiff_t>((all.size() - 1) / 2);
  std::nth_element(all.begin(), at, all.end());
  return *at;
}

/// Gives like figures the fewest of their decimals. Zeros without an sd ask for none of their own.
/// @param size_of, alike  tell by what figures are compared
template <class SizeOf, class Alike>
void align_those(std::vector<Shown*> figures, const SizeOf& size_of, const Alike& alike) {
  const auto asks = [](const Shown* s) { return *s->number != 0.0 || !s->sd.empty(); };
  std::vector<decltype(size_of(nullptr))> sizes;
  for (const auto* s : figures)
    if (asks(s)) sizes.push_back(size_of(s));
  if (sizes.size() < 2) return;
  const auto middle = middle_of(std::move(sizes));
  std::erase_if(figures, [&](const Shown* s) { return asks(s) && !alike(size_of(s), middle); });
  int decimals = kMostDecimals;
  for (const auto* s : figures)
    if (asks(s)) decimals = std::min(decimals, place_of(*s->number, s->number_sd).decimals);
  for (auto* s : figures) write(*s, decimals, !s->sd.empty());
}

void align_alike(const std::vector<Shown*>& figures) {
  std::vector<Shown*> with_sd, alone;
  for (auto* s : figures) (s->sd.empty() ? alone : with_sd).push_back(s);
  align_those(
      with_sd, [](const Shown* s) { return *s->number_sd; },
      [](double sd, double middle) { return sd <= kAlikeSd * middle && middle <= kAlikeSd * sd; });
  align_those(
      alone, [](const Shown* s) { return place_of(*s->number, s->number_sd).decimals; },
      [](int places, int middle) { return std::abs(places - middle) <= kAlikePlaces; });
}

}  // namespace

PeopleUnit unit_for(std::string_view unit, double typical, std::string_view about) {
  const double size = std::abs(typical);
  const auto plain = [](std::string code, double scale) { return PeopleUnit{code, code, scale, 0.0}; };
  if (unit == "kg/s") return size < 0.1 / 3.6 ? plain("kg/h", 1 / 3600.0) : plain("t/h", 1 / 3.6);
  // A temperature counts from 0 degC; a rise, such as EV1.boiling_point_elevation, does not.
  const bool rise = !about.empty() && about.find("temperature") == std::string_view::npos;
  if (unit == "K") return rise ? plain("K", 1.0) : PeopleUnit{"degC", "K", 1.0, 273.15};
  if (unit == "Pa") return plain("kPa", 1e3);
  if (unit == "W") return size >= 1e7 ? plain("MW", 1e6) : plain("kW", 1e3);
  if (unit == "A") return size >= 1e3 ? plain("kA", 1e3) : plain("A", 1.0);
  if (unit == "A/m2") return plain("kA/m2", 1e3);
  if (unit == "J/kg") return plain("kJ/kg", 1e3);
  if (unit == "m3/s") return plain("m3/h", 1 / 3600.0);
  if (unit == "V" && size < 0.5) return plain("mV", 1e-3);
  if (unit == "1" && is_share(about)) return plain("%", 1e-2);
  return plain(std::string(unit), 1.0);
}

PeopleUnit unit_for(const plant::Plant& plant, int variable) {
  if (plant.as_published) return {};
  for (const auto& m : plant.measurements)
    if (m.variable == variable) return {m.unit.text, m.unit.difference_text(), m.unit.scale, m.unit.offset};
  const auto& v = plant.flowsheet->variables()[static_cast<std::size_t>(variable)];
  return unit_for(v.unit, v.nominal, v.name);
}

std::string pretty_unit(std::string_view code) {
  if (code == "1") return {};
  if (code == "kW.h/t") return "kWh/t";
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const bool after_letter = i > 0 && std::isalpha(static_cast<unsigned char>(code[i - 1])) != 0;
    if (code.substr(i).starts_with("degC")) {
      out += "°C";
      i += 3;
    } else if (code.substr(i).starts_with("kW.h")) {
      out += "kWh";
      i += 3;
    } else if (code[i] == '2' && after_letter) {
      out += "²";
    } else if (code[i] == '3' && after_letter) {
      out += "³";
    } else if (code[i] == '.') {
      out += "·";
    } else if (code.substr(i).starts_with("Ohm")) {
      out += "Ω";
      i += 2;
    } else {
      out += code[i];
    }
  }
  return out;
}

Shown shown(std::optional<double> value, std::optional<double> sd, std::string unit_code) {
  Shown s{.value = {}, .sd = {}, .unit = std::move(unit_code)};
  if (!value || !std::isfinite(*value)) return s;
  const bool whiskers = sd && std::isfinite(*sd) && *sd > 0.0;
  s.number = value;
  if (whiskers) s.number_sd = sd;
  const Place place = place_of(*value, s.number_sd);
  if (needs_power(*value, place.decimals)) {
    s.value = fmt::format("{:.3e}", *value);
    if (place.sd) s.sd = fmt::format("{:.1e}", *sd);
    return s;
  }
  write(s, place.decimals, place.sd);
  if (!whiskers) without_zeros_that_say_nothing(s.value);
  return s;
}

void align(std::span<const InColumn> column) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Shown*>> alike;
  for (const auto& [like, s] : column)
    if (s->number && s->value.find('e') == std::string::npos) alike[{like, s->unit}].push_back(s);
  for (auto& [by, figures] : alike) align_alike(figures);
}

std::string_view quantity_of(std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::optional<int> decimals_of_reading(double typical, double sd) {
  if (!std::isfinite(typical) || !std::isfinite(sd) || sd <= 0.0) return std::nullopt;
  const int most = typical == 0.0 ? kMostDecimals : std::max(0, decimals_for(typical, kMostDigits));
  return std::clamp(decimals_for(sd, 1), 0, std::min(most, kMostDecimals));
}

Shown shown_in(const PeopleUnit& u, std::optional<double> si, std::optional<double> sd) {
  if (si) si = (*si - u.offset) / u.scale;
  if (sd) sd = *sd / u.scale;
  return shown(si, sd, u.code);
}

Shown difference_in(const PeopleUnit& u, std::optional<double> si, std::optional<double> sd) {
  if (si) si = *si / u.scale;
  if (sd) sd = *sd / u.scale;
  return shown(si, sd, u.difference);
}

Shown smallest_seen_in(const PeopleUnit& u, std::optional<double> si) {
  if (si) si = std::stod(fmt::format("{:.1e}", *si / u.scale));
  return shown(si, std::nullopt, u.difference);
}

Shown shown(const assess::Amount& a, std::string_view about) {
  return shown_in(unit_for(a.unit, a.value.value_or(0.0), about), a.value, a.sd);
}

std::string grouped(std::string_view number) {
  std::string out;
  if (number.starts_with('-')) {
    out = "−";
    number.remove_prefix(1);
  }
  const std::size_t whole = std::min(number.find_first_of(".e"), number.size());
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % 3 == 0) out += ',';
    out += number[i];
  }
  return out + std::string(number.substr(whole));
}

std::string in_sds(double sds) { return grouped(with_decimals(sds, 1)); }

std::string sentence_number(const Shown& s) {
  if (!s.known()) return {};
  std::string text = grouped(s.value);
  if (!s.sd.empty()) text += " ± " + grouped(s.sd);
  const std::string unit = pretty_unit(s.unit);
  return unit.empty() ? text : text + " " + unit;
}

}  // namespace castner::words
