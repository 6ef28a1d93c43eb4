// SPDX-License-Identifier: Apache-2.0
// Units of measure as text, to a dimension and a scale to SI:
//  1. parse_unit is a recursive descent over the grammar of docs/reference/plant_file.md, `unit = term { ("." | "/")
//     term }`. A dimension is seven exponents, so products add, quotients subtract, powers multiply.
//  2. A symbol is an atom of the table, a prefix and an atom, or a currency where prices are allowed; digits after it
//     are its power.
//  3. "(g)" at the end of a pressure adds the plant's atmosphere, degC adds 273.15 K; both only where they stand alone.
//  4. An unknown symbol gets a cure: what people write instead (kMeant), another case, or the list of atoms.
//  5. parse_quantity reads a number, one blank and a unit. number_text writes the shortest text that reads back as the
//     same double.
//  6. Dimension::si_unit looks for a name in a table, else writes the product of base units.
#include "castner/base/quantity.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

#include "castner/base/ascii.h"
#include "castner/base/decimal.h"

namespace castner {
namespace {

constexpr Dimension dim(double m, double kg, double s, double K = 0, double mol = 0, double A = 0, double money = 0) {
  return {{m, kg, s, K, mol, A, money}};
}
constexpr Dimension kPressure = dim(-1, 1, -2);
constexpr Dimension kEnergy = dim(2, 1, -2);
constexpr Dimension kPrice = dim(0, 0, 0, 0, 0, 0, 1);

struct Atom {
  std::string_view symbol;
  Dimension dimension;
  double scale;
};
/// A normal cubic metre is an amount of gas: p V / (R T) at 273.15 K and 101.325 kPa, R of the SI of 2019.
constexpr double kMolPerNormalCubicMetre = 101325.0 / (8.31446261815324 * 273.15);
constexpr std::array<Atom, 27> kAtoms{{
    {"m", dim(1, 0, 0), 1},
    {"g", dim(0, 1, 0), 1e-3},
    {"t", dim(0, 1, 0), 1e3},
    {"s", dim(0, 0, 1), 1},
    {"min", dim(0, 0, 1), 60},
    {"h", dim(0, 0, 1), 3600},
    {"d", dim(0, 0, 1), 86400},
    {"a", dim(0, 0, 1), 31557600},  // 365.25 d
    {"mol", dim(0, 0, 0, 0, 1), 1},
    {"K", dim(0, 0, 0, 1), 1},
    {"degC", dim(0, 0, 0, 1), 1},  // its offset is added where it stands alone
    {"Pa", kPressure, 1},
    {"bar", kPressure, 1e5},
    {"atm", kPressure, 101325},
    {"A", dim(0, 0, 0, 0, 0, 1), 1},
    {"V", dim(2, 1, -3, 0, 0, -1), 1},
    {"Ohm", dim(2, 1, -3, 0, 0, -2), 1},
    {"S", dim(-2, -1, 3, 0, 0, 2), 1},
    {"W", dim(2, 1, -3), 1},
    {"J", kEnergy, 1},
    {"L", dim(3, 0, 0), 1e-3},
    {"Hz", dim(0, 0, -1), 1},
    {"%", dim(0, 0, 0), 1e-2},
    {"ppm", dim(0, 0, 0), 1e-6},
    {"lb", dim(0, 1, 0), 0.45359237},
    {"Nm3", dim(0, 0, 0, 0, 1), kMolPerNormalCubicMetre},
    {"kgce", kEnergy, 29.3076e6},
}};
constexpr std::array<std::pair<char, double>, 7> kPrefixes{
    {{'n', 1e-9}, {'u', 1e-6}, {'m', 1e-3}, {'c', 1e-2}, {'k', 1e3}, {'M', 1e6}, {'G', 1e9}}};

/// Spellings that people use, and the unit that each stands for.
constexpr auto kMeant = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"°C", "degC"},     {"℃", "degC"},       {"C", "degC"},      {"oC", "degC"},
    {"kWh", "kW.h"},    {"MWh", "MW.h"},     {"GWh", "GW.h"},    {"Wh", "W.h"},
    {"Ah", "A.h"},      {"kAh", "kA.h"},     {"hr", "h"},        {"hour", "h"},
    {"sec", "s"},       {"ton", "t"},        {"tonne", "t"},     {"T", "t"},
    {"tph", "t/h"},     {"TPH", "t/h"},      {"l", "L"},         {"lpm", "L/min"},
    {"ohm", "Ohm"},     {"Ω", "Ohm"},        {"m³", "m3"},       {"m²", "m2"},
    {"Nm³", "Nm3"},     {"barg", "bar(g)"},  {"kPag", "kPa(g)"}, {"kPaG", "kPa(g)"},
    {"MPag", "MPa(g)"}, {"MPaG", "MPa(g)"},  {"bara", "bar"},    {"kPaA", "kPa"},
    {"MPaA", "MPa"},    {"wt%", "%"},        {"year", "a"},      {"day", "d"},
    {"bar(a)", "bar"},  {"mbar(a)", "mbar"}, {"Pa(a)", "Pa"},    {"kPa(a)", "kPa"},
    {"MPa(a)", "MPa"},  {"mass%", "%"},      {"%wt", "%"},       {"degrees C", "degC"},
    {"m^3/h", "m3/h"},
});

/// Units that are not built in, and what one of each is.
constexpr auto kConverted = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"mmHg", "0.133322 kPa"},
    {"Torr", "0.133322 kPa"},
    {"torr", "0.133322 kPa"},
    {"inHg", "3.38639 kPa"},
    {"psi", "6.89476 kPa"},
    {"psia", "6.89476 kPa"},
    {"psig", "6.89476 kPa(g)"},
    {"psi(g)", "6.89476 kPa(g)"},
    {"kgf/cm2", "98.0665 kPa"},
    {"kgf/cm2(g)", "98.0665 kPa(g)"},
    {"kg/cm2(g)", "98.0665 kPa(g)"},
    {"mmH2O", "9.80665 Pa"},
    {"mmWC", "9.80665 Pa"},
    {"mH2O", "9.80665 kPa"},
    {"kcal", "4.1868 kJ"},
    {"cal", "4.1868 J"},
    {"BTU", "1.05506 kJ"},
    {"hp", "0.7457 kW"},
    {"gpm", "0.227125 m3/h"},
    {"USgal", "3.78541 L"},
    {"ft", "0.3048 m"},
    {"ft3", "0.0283168 m3"},
    {"in", "25.4 mm"},
    {"Sm3", "0.947895 Nm3, if at 15 degC"},
});

bool same_but_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

const Atom* atom_named(std::string_view symbol) {
  const auto* it = std::find_if(kAtoms.begin(), kAtoms.end(), [&](const Atom& a) { return a.symbol == symbol; });
  return it == kAtoms.end() ? nullptr : it;
}
double prefix_scale(char c) {
  for (const auto& [name, scale] : kPrefixes)
    if (name == c) return scale;
  return 0.0;
}

/// The unit that an unknown symbol probably stands for; empty if none is known.
std::string_view meant_by(std::string_view symbol) {
  for (const auto& [wrong, right] : kMeant)
    if (wrong == symbol) return right;
  return {};
}
/// The same unit but for its case, "kA" for "KA"; of several the one with most letters right. Empty if there is none.
std::string in_right_case(std::string_view symbol) {
  std::string best;
  std::ptrdiff_t most = -1;
  const auto propose = [&](std::string spelling) {
    if (!same_but_case(symbol, spelling)) return;
    std::ptrdiff_t right = 0;
    for (std::size_t i = 0; i < spelling.size(); ++i) right += spelling[i] == symbol[i];
    if (right > most) most = right, best = std::move(spelling);
  };
  for (const Atom& a : kAtoms) {
    propose(std::string(a.symbol));
    for (const auto& [prefix, scale] : kPrefixes) propose(prefix + std::string(a.symbol));
  }
  return best;
}
/// What to write instead of something that looks like a unit; empty where nothing is known of it.
std::string known_cure(std::string_view symbol) {
  for (const std::string_view share : {"vol%", "mol%", "%vol", "%mol", "vol.%", "mol.%"})
    if (share == symbol)
      return "write \"%\" and measure a mole fraction, such as \"CL.mole_frac_dry.O2\"; mass_frac is by mass";
  if (const auto right = meant_by(symbol); !right.empty()) return "write \"" + std::string(right) + "\"";
  for (const auto& [unit, is] : kConverted)
    if (unit == symbol) return "convert it: 1 " + std::string(unit) + " is " + std::string(is);
  if (const auto spelling = in_right_case(symbol); !spelling.empty()) return "case matters: write \"" + spelling + "\"";
  for (const auto& [wrong, right] : kMeant)
    if (same_but_case(wrong, symbol)) return "write \"" + std::string(right) + "\"";
  return {};
}
std::string cure_for(std::string_view symbol) {
  if (auto cure = known_cure(symbol); !cure.empty()) return cure;
  return "units are built from m g t s min h d a mol K degC Pa bar atm A V Ohm S W J L Hz % ppm lb Nm3 kgce, "
         "as in \"t/h\", \"kW.h\", \"W/(m2.K)\"";
}

/// Recursive descent over the grammar of docs/reference/plant_file.md; the first symbol that does not fit ends it.
class UnitParser {
 public:
  UnitParser(std::string_view text, const MeasureOptions& options) : text_(text), options_(options) {}

  Result<Measure> parse() {
    if (text_.empty()) return bad_input("", "the unit is empty", "write \"1\" for a pure number");
    if (text_.size() > kLongest)
      return bad_input("", "a unit of " + std::to_string(text_.size()) + " characters",
                       "a unit is short, such as \"kg/s\"");
    Measure u;
    u.text = std::string(text_);
    const bool gauge = take_gauge();
    unit(0);
    if (problem_.empty() && at_ != text_.size()) fail_at_rest();
    if (problem_.empty() && !(std::isfinite(scale_) && scale_ > 0.0)) fail("is beyond any size", "check its powers");
    if (problem_.empty() && gauge && !(dimension_ == kPressure))
      fail("is not a pressure, so it cannot be gauge", "(g) follows a pressure unit only: \"bar(g)\"");
    if (!problem_.empty()) {
      const auto cure = known_cure(whole_);
      if (cure.empty()) return bad_input("", problem_, cure_);
      return bad_input("", cure.starts_with("case") ? problem_ : quoted() + " is not a unit here", cure);
    }
    u.dimension = dimension_;
    u.scale = scale_;
    u.currency = currency_;
    if (gauge) u.offset = options_.atmosphere;
    if (text_ == "degC") u.offset = 273.15;
    return u;
  }

 private:
  static constexpr std::size_t kLongest = 100;
  static constexpr int kDeepest = 20, kHighestPower = 12;

  std::string quoted() const { return "\"" + whole_ + "\""; }
  void fail(const std::string& what, std::string cure) {
    if (!problem_.empty()) return;
    problem_ = quoted() + " " + what;
    cure_ = std::move(cure);
  }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  /// Removes "(g)" from the end if it follows a unit: "bar(g)", but not "1/(g)".
  bool take_gauge() {
    constexpr std::string_view kGauge = "(g)";
    if (text_.size() <= kGauge.size() || !text_.ends_with(kGauge)) return false;
    const char before = text_[text_.size() - kGauge.size() - 1];
    if (before == '.' || before == '/' || before == '(') return false;
    text_.remove_suffix(kGauge.size());
    return true;
  }

  void fail_at_rest() {
    const std::string_view rest = text_.substr(at_);
    if (rest[0] == ' ')
      fail("has a space inside", "write units without spaces: \"kg/s\"");
    else if (rest[0] == '^' || rest[0] == '*')
      fail("is not a unit", "write powers as \"m2\" and products with a point: \"kW.h\"");
    else if (rest[0] == '-')
      fail("has a negative power", "write \"1/s\", \"kg/m3\"");
    else if (rest.starts_with("(g)"))
      fail("has (g) inside", "gauge pressure stands alone: \"bar(g)\"");
    else if (rest[0] == ')')
      fail("has a ) too many", "take it away");
    else
      fail("is not a unit", cure_for(text_));
  }

  void unit(int depth) {
    if (depth > kDeepest) return fail("has too many brackets", "write it flat: \"W/(m2.K)\"");
    term(depth, false);
    while (problem_.empty() && (next() == '.' || next() == '/')) term(depth, text_[at_++] == '/');
  }

  void term(int depth, bool divide) {
    const Dimension before = std::exchange(dimension_, Dimension{});
    const double scale_before = std::exchange(scale_, 1.0);
    if (next() == '(') {
      ++at_;
      unit(depth + 1);
      if (!problem_.empty()) return;
      if (next() != ')') return at_ == text_.size() ? fail("lacks a )", "close the bracket") : fail_at_rest();
      ++at_;
    } else if (next() == '1') {
      ++at_;
    } else {
      symbol();
    }
    dimension_ = divide ? before / dimension_ : before * dimension_;
    scale_ = divide ? scale_before / scale_ : scale_before * scale_;
  }

  void symbol() {
    const std::size_t from = at_;
    while (letter(next()) || next() == '%' || (next() & 0x80) != 0) ++at_;
    // The one atom with a digit in it.
    if (text_.substr(from, at_ - from).ends_with("Nm") && next() == '3') ++at_;
    const std::string_view name = text_.substr(from, at_ - from);
    if (name.empty()) return at_ == text_.size() ? fail("ends too soon", "a unit follows . and /") : fail_at_rest();
    if (!atom(name)) {
      const bool price =
          name.size() == 3 && std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      problem_ = name == whole_ ? quoted() + " is not a unit"
                                : "\"" + std::string(name) + "\" in " + quoted() + " is not a unit";
      const std::string with_power = std::string(name) + (digit(next()) ? std::string(1, next()) : "");
      cure_ = !in_right_case(with_power).empty()  ? cure_for(with_power)
              : price && known_cure(name).empty() ? "a currency belongs to the prices in [economics] only"
                                                  : cure_for(name);
      return;
    }
    if (digit(next())) power();
  }

  bool atom(std::string_view name) {
    if (const Atom* a = atom_named(name)) return take(a->dimension, a->scale);
    if (currency(name)) return take(kPrice, 1.0);
    const double prefix = prefix_scale(name[0]);
    if (prefix == 0.0) return false;
    const std::string_view rest = name.substr(1);
    if (const Atom* a = atom_named(rest)) return take(a->dimension, prefix * a->scale);
    return currency(rest) && take(kPrice, prefix);
  }
  bool take(const Dimension& d, double scale) {
    dimension_ = d;
    scale_ = scale;
    return true;
  }
  bool currency(std::string_view name) {
    if (!options_.prices || name.size() != 3) return false;
    if (!std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return false;
    if (!currency_.empty() && currency_ != name) return false;
    currency_ = std::string(name);
    return true;
  }

  void power() {
    int n = 0;
    while (digit(next())) n = std::min(1000, 10 * n + (text_[at_++] - '0'));
    if (n < 1 || n > kHighestPower) return fail("has a power that is not 1 to 12", "write it as \"m2\"");
    dimension_ = dimension_.pow(n);
    scale_ = std::pow(scale_, n);
  }

  std::string_view text_;
  const MeasureOptions& options_;
  std::string whole_{text_};
  std::size_t at_ = 0;
  Dimension dimension_;
  double scale_ = 1.0;
  std::string currency_, problem_, cure_;
};

struct Named {
  Dimension dimension;
  std::string_view text;
};
/// Dimensions that have a better known name than their product of base units.
constexpr std::array<Named, 25> kNamed{{
    {kPressure, "Pa"},
    {kEnergy, "J"},
    {dim(2, 1, -3), "W"},
    {dim(2, 1, -3, 0, 0, -1), "V"},
    {dim(2, 1, -3, 0, 0, -2), "Ohm"},
    {dim(-2, -1, 3, 0, 0, 2), "S"},
    {dim(-3, -1, 3, 0, 0, 2), "S/m"},
    {dim(4, 1, -3, 0, 0, -2), "Ohm.m2"},
    {dim(4, 1, -3, 0, 0, -1), "V.m2"},
    {dim(0, 0, 1, 0, 0, 1), "A.s"},
    {dim(0, 0, 1, 0, -1, 1), "A.s/mol"},
    {dim(2, 0, -2), "J/kg"},
    {dim(2, 0, -2, -1), "J/(kg.K)"},
    {dim(2, 1, -2, 0, -1), "J/mol"},
    {dim(2, 1, -2, -1, -1), "J/(mol.K)"},
    {dim(2, 1, -2, -1), "J/K"},
    {dim(2, 1, -3, -1), "W/K"},
    {dim(0, 1, -3), "W/m2"},
    {dim(1, 1, -3, -1), "W/(m.K)"},
    {dim(0, 1, -3, -1), "W/(m2.K)"},
    {dim(-1, 1, -1), "Pa.s"},
    {dim(-1, 1, -3), "W/m3"},
    {dim(-2, -1, 2, 0, 0, 0, 1), "money/J"},
    {dim(0, -1, 0, 0, 0, 0, 1), "money/kg"},
    {kPrice, "money"},
}};

}  // namespace

Dimension operator*(const Dimension& a, const Dimension& b) {
  Dimension r;
  for (std::size_t i = 0; i < r.exponent.size(); ++i) r.exponent[i] = a.exponent[i] + b.exponent[i];
  return r;
}
Dimension operator/(const Dimension& a, const Dimension& b) {
  Dimension r;
  for (std::size_t i = 0; i < r.exponent.size(); ++i) r.exponent[i] = a.exponent[i] - b.exponent[i];
  return r;
}
Dimension Dimension::pow(double n) const {
  Dimension r;
  // Rounded, so that (m^(1/3))^3 is m exactly. Adding 0 turns -0 into 0.
  for (std::size_t i = 0; i < r.exponent.size(); ++i) r.exponent[i] = std::round(exponent[i] * n * 1e9) / 1e9 + 0.0;
  return r;
}

std::string Dimension::si_unit() const {
  for (const Named& n : kNamed)
    if (n.dimension == *this) return std::string(n.text);
  constexpr std::array<std::string_view, 7> kBase{"m", "kg", "s", "K", "mol", "A", "money"};
  constexpr std::array<std::size_t, 7> kOrder{6, 1, 4, 5, 0, 2, 3};  // kg.m2/s3, mol/s
  std::string above, below;
  int terms_below = 0;
  for (std::size_t i : kOrder) {
    if (exponent[i] == 0.0) continue;
    std::string& side = exponent[i] > 0 ? above : below;
    terms_below += exponent[i] < 0;
    if (!side.empty()) side += '.';
    side += kBase[i];
    if (std::abs(exponent[i]) != 1.0) side += number_text(std::abs(exponent[i]));
  }
  if (above.empty()) above = "1";
  if (below.empty()) return above;
  return above + "/" + (terms_below > 1 ? "(" + below + ")" : below);
}

std::string Measure::difference_text() const {
  if (text == "degC") return "K";
  if (offset != 0.0 && text.ends_with("(g)")) return text.substr(0, text.size() - 3);
  return text;
}

Result<Measure> parse_unit(std::string_view text, const MeasureOptions& options) {
  return UnitParser(text, options).parse();
}

std::optional<double> leading_number(std::string_view text, std::size_t& length) {
  length = 0;
  std::size_t sign = 0;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) sign = 1;
  // from_chars reads "inf" and "nan" too, which no file may hold.
  if (sign >= text.size() ||
      !(digit(text[sign]) || (text[sign] == '.' && sign + 1 < text.size() && digit(text[sign + 1]))))
    return std::nullopt;
  double value = 0.0;
  const auto [end, error] = read_decimal(text.data() + sign, text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  length = static_cast<std::size_t>(end - text.data());
  return text[0] == '-' ? -value : value;
}

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc{} ? std::string(buffer.data(), end) : "?";
}

std::string quantity_text(const Quantity& q) { return number_text(q.value) + " " + q.unit.text; }

Result<Quantity> parse_quantity(std::string_view text, const MeasureOptions& options) {
  const auto quoted = "\"" + std::string(text.substr(0, 60)) + "\"";
  std::size_t length = 0;
  const auto value = leading_number(text, length);
  if (!value) return bad_input("", quoted + " is not a number with a unit", "write it as \"12 t/h\"");
  std::string_view rest = text.substr(length);
  if (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
  if (rest.empty())
    return bad_input("", quoted + " has no unit", "write it as \"12 t/h\", or as a bare number without quotes");
  if (rest[0] == ' ') return bad_input("", quoted + " has two spaces before its unit", "one space is enough");
  auto unit = CASTNER_TRY(parse_unit(rest, options));
  return Quantity{*value, std::move(unit)};
}

}  // namespace castner
