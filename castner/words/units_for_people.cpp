// SPDX-License-Identifier: Apache-2.0
#include "castner/words/units_for_people.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <utility>

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
  const int decimals = whiskers ? decimals_for(*sd, 2) : *value == 0.0 ? 0 : decimals_for(*value, 4);
  if (decimals > kMostDecimals || std::abs(*value) >= kLargest) {
    s.value = fmt::format("{:.3e}", *value);
    if (whiskers) s.sd = fmt::format("{:.1e}", *sd);
    return s;
  }
  // A number without an sd keeps its whole part: 12345 is not 12350.
  s.value = with_decimals(*value, whiskers ? decimals : std::max(decimals, 0));
  if (!whiskers && s.value.find('.') != std::string::npos) {  // nor does it have zeros that say nothing
    s.value.erase(s.value.find_last_not_of('0') + 1);
    if (s.value.ends_with('.')) s.value.pop_back();
  }
  if (whiskers) s.sd = with_decimals(*sd, decimals);
  return s;
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
