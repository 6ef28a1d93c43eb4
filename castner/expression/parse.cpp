// SPDX-License-Identifier: Apache-2.0
// Recursive descent over the expressions of plant.toml, with dimensions checked on the way:
//  1. sum = product { +|- product }, product = unary { *|/ unary }, unary = +|- unary or power, power = primary [^
//     unary]; a primary is a number with or without a unit, a name, a function, or a sum in brackets.
//     docs/reference/plant_file.md has the grammar.
//  2. Each part returns its dimension and degree: constant, linear or neither. Both sides of + and -, and the arguments
//     of min and max, need one dimension; exp and log need a pure number.
//  3. The program for a stack machine is written as the parts are read, with the column of each step for later
//     messages.
//  4. A constant exponent is computed at once, so that a power of a quantity has a dimension.
//  5. A wrong dimension is a problem, and reading goes on; a syntax error ends it, as nothing certain follows.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "castner/base/ascii.h"
#include "castner/base/check.h"
#include "castner/base/suggest.h"
#include "castner/expression/expression.h"

namespace castner::expression {
namespace {

using Code = Step::Code;

bool name_start(char c) { return letter(c) || c == '_'; }
bool name_part(char c) { return name_start(c) || digit(c); }

struct Function {
  std::string_view name;
  Code code;
  bool many;  ///< two arguments or more
  bool pure;  ///< its argument has no dimension
};
constexpr std::array<Function, 6> kFunctions{{{"sqrt", Code::sqrt, false, false},
                                              {"exp", Code::exp, false, true},
                                              {"log", Code::log, false, true},
                                              {"abs", Code::abs, false, false},
                                              {"min", Code::min, true, false},
                                              {"max", Code::max, true, false}}};

/// Dimension and degree of a part of an expression. No dimension: a problem in it was reported already.
struct Part {
  std::optional<Dimension> dimension;
  int degree = 0;        ///< 0 constant, 1 linear, 2 neither
  std::size_t from = 0;  ///< its first step
  bool bare = false;     ///< a number alone, without a unit
};

/// The word, or the one character of UTF-8, at the start of a text.
std::string_view token(std::string_view text) {
  std::size_t n = 1;
  if (name_part(text[0])) {
    while (n < text.size() && name_part(text[n])) ++n;
  } else {
    while (n < text.size() && (text[n] & 0xC0) == 0x80) ++n;
  }
  return text.substr(0, n);
}
std::string shown(const Dimension& d) { return d.pure() ? "a pure number" : d.si_unit(); }

constexpr const char* kSplitIt = "split it with variables of your own";

}  // namespace

/// Recursive descent; writes the steps as it goes. After a syntax error (`failed_`) everything returns at once.
class Parser {
 public:
  Parser(std::string_view text, const NameLookup& lookup, const MeasureOptions& options)
      : text_(text), lookup_(lookup), options_(options) {}

  Result<Expression> parse() {
    if (text_.size() > kLongest)
      return bad_input("", "an expression of " + std::to_string(text_.size()) + " characters", kSplitIt);
    if (next() == '\0' && at_ == text_.size())
      return bad_input("", "the expression is empty", "write one such as \"S1.flow_mass - 2 * S2.flow_mass\"");
    const Part whole = sum();
    next();
    if (!failed_ && at_ < text_.size()) fail_at_rest();
    // Without a problem of its own, a dimension is missing only where lookup said that the name's problem is known.
    if (!problems_.empty() || !whole.dimension)
      return tl::unexpected(Error{ErrorCode::bad_input, std::move(problems_)});
    check(height_ == 1, "an expression leaves one value");
    result_.dimension_ = *whole.dimension;
    result_.linear_ = whole.degree < 2;
    return std::move(result_);
  }

 private:
  static constexpr std::size_t kLongest = 100000;
  static constexpr int kDeepest = 100;  // of brackets, functions, signs and powers in each other

  // --- messages
  void problem(std::size_t at, std::string what, std::string cure) {
    problems_.push_back({"", "column " + std::to_string(at + 1) + ": " + std::move(what), std::move(cure)});
  }
  Part fail(std::size_t at, std::string what, std::string cure) {
    if (!failed_) problem(at, std::move(what), std::move(cure));
    failed_ = true;
    return {};
  }
  /// Reports the text that stands in an operator's place.
  Part fail_at_rest() {
    const std::string_view rest = text_.substr(at_);
    switch (rest[0]) {
      case '=':
        return fail(at_, "\"=\" is not part of an expression",
                    "write left = right as \"left - (right)\"; it is held at 0");
      case ')': return fail(at_, "a ) too many", "take it away");
      case ',': return fail(at_, "a comma outside min and max", "the decimal sign is a point: 2.5");
      case '.':
        return fail(at_, "a point that belongs to nothing", "write * between a number and a name that follows it");
      default: break;
    }
    if (name_part(rest[0]) || rest[0] == '(')
      return fail(at_, in_quotes(token(rest)) + " follows without an operator",
                  "write * between factors; a unit follows its number after at most one space");
    return fail(at_, in_quotes(token(rest)) + " is not part of the language", "operators are + - * / ^ ( )");
  }

  // --- text
  char next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (next() != c) return false;
    ++at_;
    return true;
  }
  bool deeper(std::size_t at) {
    if (++depth_ > kDeepest) fail(at, "too deep a nesting", kSplitIt);
    return !failed_;
  }

  // --- program
  void emit(Code code, std::size_t at, double number = 0.0, int variable = 0) {
    if (code == Code::number || code == Code::variable) ++height_;
    if (code == Code::add || code == Code::subtract || code == Code::multiply || code == Code::divide ||
        code == Code::power || code == Code::min || code == Code::max)
      --height_;
    result_.stack_ = std::max(result_.stack_, height_);
    result_.program_.push_back({code, number, variable, static_cast<int>(at) + 1});
  }

  // --- grammar
  Part sum() {
    Part left = product();
    while (!failed_ && (next() == '+' || next() == '-')) {
      const std::size_t at = at_++;
      const Part right = product();
      if (failed_) break;
      emit(text_[at] == '+' ? Code::add : Code::subtract, at);
      left = joined(left, right, at, std::string("\"") + text_[at] + "\" joins ");
    }
    return left;
  }

  /// Two parts that need one dimension.
  Part joined(const Part& a, const Part& b, std::size_t at, const std::string& what) {
    Part r{a.dimension ? a.dimension : b.dimension, std::max(a.degree, b.degree), a.from, false};
    if (!a.dimension || !b.dimension || *a.dimension == *b.dimension) return r;
    const Dimension& other = a.bare ? *b.dimension : *a.dimension;
    problem(
        at, what + shown(*a.dimension) + " and " + shown(*b.dimension),
        a.bare || b.bare ? "give the number its unit, such as " + other.si_unit() : "both sides need one dimension");
    r.dimension.reset();
    return r;
  }

  Part product() {
    Part left = unary();
    while (!failed_ && (next() == '*' || next() == '/')) {
      const std::size_t at = at_++;
      const bool times = text_[at] == '*';
      if (times && at_ < text_.size() && text_[at_] == '*')
        return fail(at, "\"**\" is not part of the language", "a power is written with ^");
      const Part right = unary();
      if (failed_) break;
      emit(times ? Code::multiply : Code::divide, at);
      std::optional<Dimension> d;
      if (left.dimension && right.dimension)
        d = times ? *left.dimension * *right.dimension : *left.dimension / *right.dimension;
      const int degree = times ? std::min(2, left.degree + right.degree) : right.degree == 0 ? left.degree : 2;
      left = {d, degree, left.from, false};
    }
    return left;
  }

  Part unary() {
    const char sign = next();
    if (sign != '-' && sign != '+') return power();
    const std::size_t at = at_++;
    if (!deeper(at)) return {};
    const Part p = unary();
    --depth_;
    if (sign == '-' && !failed_) emit(Code::negate, at);
    return p;
  }

  Part power() {
    const Part base = primary();
    if (failed_ || next() != '^') return base;
    const std::size_t at = at_++;
    if (!deeper(at)) return {};
    const Part exponent = unary();  // to the right: a^b^c is a^(b^c), and 2^-1 is a half
    --depth_;
    if (failed_) return {};
    if (exponent.dimension && !exponent.dimension->pure()) {
      problem(at, "an exponent in " + exponent.dimension->si_unit(), "an exponent is a pure number");
      emit(Code::power, at);
      return {std::nullopt, 2, base.from, false};
    }
    if (exponent.degree == 0 && exponent.dimension) return constant_power(base, exponent, at);
    if (base.dimension && !base.dimension->pure())
      problem(at, "a variable exponent on " + base.dimension->si_unit(),
              "only a pure number takes one; divide by a reference first");
    emit(Code::power, at);
    return {base.dimension && base.dimension->pure() ? base.dimension : std::nullopt, 2, base.from, false};
  }

  /// The exponent's steps give way to its value.
  Part constant_power(const Part& base, const Part& exponent, std::size_t at) {
    Expression constant;
    constant.program_.assign(result_.program_.begin() + static_cast<std::ptrdiff_t>(exponent.from),
                             result_.program_.end());
    constant.stack_ = result_.stack_;
    double n = 0.0;
    if (!constant.evaluate<double>({}, n))
      return fail(at, "the exponent has no value", "check it for a division by zero");
    const bool dimensioned = base.dimension && !base.dimension->pure();
    if (dimensioned && std::abs(n) > 100.0) return fail(at, "a power beyond 100", "check the exponent");
    result_.program_.resize(exponent.from);
    --height_;
    emit(Code::constant_power, at, n);
    // x^0 is one, but its program still looks at x: linear, not constant.
    const int degree = n == 0.0 ? std::min(1, base.degree) : base.degree == 0 || n == 1.0 ? base.degree : 2;
    return {dimensioned ? std::optional(base.dimension->pow(n)) : base.dimension, degree, base.from, false};
  }

  Part primary() {
    const char c = next();
    if (at_ == text_.size()) return fail(at_, "the expression ends too soon", "a number, a name or ( belongs here");
    if (digit(c) || c == '.') return number();
    if (name_start(c)) return name();
    if (c == '*' || c == '/' || c == '^' || c == ')' || c == ',')
      return fail(at_, in_quotes(text_.substr(at_, 1)) + " has nothing to its left",
                  "a number, a name or ( belongs here");
    if (c != '(') return fail_at_rest();
    const std::size_t open = at_++;
    if (!deeper(open)) return {};
    Part inside = sum();
    --depth_;
    if (failed_) return {};
    inside.bare = false;
    if (take(')')) return inside;
    return at_ < text_.size() ? fail_at_rest() : fail(open, "a ( is never closed", "add the ) that belongs to it");
  }

  /// A number, and the longest text after it that is a unit.
  Part number() {
    const std::size_t from = at_;
    std::size_t length = 0;
    const auto value = leading_number(text_.substr(at_), length);
    if (!value) return fail(at_, in_quotes(text_.substr(at_, 12)) + " is not a number", "write it as 12, 0.5 or 1.5e3");
    at_ += length;
    Part p{Dimension{}, 0, result_.program_.size(), true};
    const std::size_t unit_from = at_ + (at_ < text_.size() && text_[at_] == ' ' ? 1 : 0);
    const auto unit = longest_unit(unit_from);
    if (unit) {
      at_ = unit_from + unit->text.size();
      p.dimension = unit->dimension;
      p.bare = false;
      if (at_ < text_.size() && name_part(text_[at_]))
        return fail(unit_from, in_quotes(token(text_.substr(unit_from))) + " is not a unit",
                    "write * between a number and a name");
    }
    emit(Code::number, from, unit ? unit->to_si(*value) : *value);
    return p;
  }
  std::optional<Measure> longest_unit(std::size_t from) const {
    constexpr std::size_t kLongestUnit = 60;
    const auto in_unit = [](char c) {
      return name_part(c) || c == '%' || c == '.' || c == '/' || c == '(' || c == ')';
    };
    std::size_t end = from;
    while (end < text_.size() && end < from + kLongestUnit && in_unit(text_[end])) ++end;
    for (; end > from; --end)
      if (auto unit = parse_unit(text_.substr(from, end - from), options_)) return *unit;
    return std::nullopt;
  }

  void word() {
    while (at_ < text_.size() && name_part(text_[at_])) ++at_;
  }
  Part name() {
    const std::size_t from = at_;
    word();
    while (at_ + 1 < text_.size() && text_[at_] == '.' && name_start(text_[at_ + 1])) {
      ++at_;
      word();
    }
    const std::string path(text_.substr(from, at_ - from));
    if (next() == '(') return function(path, from);
    const auto [known, is_new] = index_.emplace(path, result_.names_.size());
    if (is_new) {
      result_.names_.push_back(path);
      auto dimension = lookup_(path);
      dimensions_.push_back(dimension ? std::optional(*dimension) : std::nullopt);
      if (!dimension && !dimension.error().what.empty()) problem(from, dimension.error().what, dimension.error().cure);
    }
    const Part p{dimensions_[known->second], 1, result_.program_.size(), false};
    emit(Code::variable, from, 0.0, static_cast<int>(known->second));
    return p;
  }

  Part function(const std::string& called, std::size_t from) {
    const auto* f =
        std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& g) { return g.name == called; });
    if (f == kFunctions.end())
      return fail(from, in_quotes(called) + " is not a function",
                  called == "ln" ? "the natural logarithm is log"
                                 : "functions are sqrt exp log abs min max; write * between factors");
    ++at_;  // its (
    if (!deeper(from)) return {};
    Part all = sum();
    bool one = true;
    while (!failed_ && take(',')) {
      if (!f->many) return fail(at_ - 1, called + " takes one argument", "the decimal sign is a point: 2.5");
      const Part more = sum();
      if (failed_) break;
      emit(f->code, from);
      all = joined(all, more, from, called + " compares ");
      one = false;
    }
    --depth_;
    if (failed_) return {};
    if (!take(')'))
      return at_ < text_.size() ? fail_at_rest()
                                : fail(from, called + "( is never closed", "add the ) that belongs to it");
    if (f->many && one) return fail(from, called + " needs two arguments", "write " + called + "(a, b)");
    if (!f->many) emit(f->code, from);
    if (f->pure && all.dimension && !all.dimension->pure()) {
      const std::string unit = all.dimension->si_unit();
      problem(from, called + " of " + unit, "divide by a reference first, as in " + called + "(x / (1 " + unit + "))");
      all.dimension = Dimension{};
    }
    if (f->code == Code::sqrt && all.dimension) all.dimension = all.dimension->pow(0.5);
    return {all.dimension, all.degree > 0 ? 2 : 0, all.from, false};
  }

  std::string_view text_;
  const NameLookup& lookup_;
  const MeasureOptions& options_;
  std::size_t at_ = 0, height_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  std::vector<Problem> problems_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::optional<Dimension>> dimensions_;  ///< of result_.names_
  Expression result_;
};

Result<Expression> parse_expression(std::string_view text, const NameLookup& lookup, const MeasureOptions& options) {
  return Parser(text, lookup, options).parse();
}

}  // namespace castner::expression
