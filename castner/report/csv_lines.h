// SPDX-License-Identifier: Apache-2.0
/// Lines of a CSV for Excel: UTF-8 with a byte order mark, CRLF; used by csv*.cpp only.
#pragma once

#include <string>
#include <string_view>

namespace castner::report {

class CsvLines {
 public:
  /// Free text: quoted where it must be, and never a formula.
  void text(std::string_view t) {
    std::string safe;
    if (!t.empty() && std::string_view("=+-@\t\r").find(t.front()) != std::string_view::npos) safe = "'";
    safe += t;
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return cell(safe);
    std::string quoted = "\"";
    for (const char c : safe) quoted += c == '"' ? "\"\"" : std::string(1, c);
    cell(quoted + "\"");
  }
  /// A number as shown(): digits, a point, a minus.
  void number(const std::string& n) { cell(n); }
  void end() {
    out_ += "\r\n";
    first_ = true;
  }
  std::string take() { return std::move(out_); }

 private:
  void cell(const std::string& c) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += c;
  }
  std::string out_ = "\xEF\xBB\xBF";
  bool first_ = true;
};

}  // namespace castner::report
