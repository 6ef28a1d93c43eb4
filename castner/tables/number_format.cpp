// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/number_format.h"

#include <cstring>

#include "castner/readings/status_text.h"

namespace castner::tables {
namespace {

using std::size_t, std::string, std::string_view;
using Shows = NumberFormat::Shows;

/// A number format shows dates or times if it is one of Excel's own, or has y, m, d, h or s outside quotes and brackets, before any
/// digit: `hh:mm:ss.00`, but not `0.00 "kg"/s`; a percentage if it has a percent sign there.
Shows shown_by(int id, const string& code) {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
    return Shows::date;
  if (id == 9 || id == 10) return Shows::percent;
  bool quoted = false, bracket = false, digits = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*')
      ++i;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '[')
      bracket = true;
    else if (!quoted && c == ']')
      bracket = false;
    else if (!quoted && !bracket && c == '%')
      return Shows::percent;
    else if (!quoted && !bracket && std::strchr("0#?", c))
      digits = true;
    else if (!quoted && !bracket && !digits && std::strchr("ymdhsYMDHS", c))
      return Shows::date;
    else if (!quoted && bracket && code[i - 1] == '[' && std::strchr("hmsHMS", c))
      return Shows::date;  // [h]:mm
  }
  return Shows::number;
}

/// The text in brackets that Excel writes: "[$kg/h]", "[$ t/h-409]"; colours and conditions are none.
string_view text_in_brackets(string_view inside) {
  return inside.starts_with("$") ? inside.substr(1, inside.rfind('-') - 1) : string_view{};
}

/// The section for positive numbers: texts behind its last digit, and commas there or before the point.
void read_section(const string& code, NumberFormat& format) {
  int commas = 0;
  const auto text = [&](string_view t) {
    format.thousands += commas;
    commas = 0;
    format.behind += t;
  };
  for (size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '0' || c == '#' || c == '?') {
      commas = 0;  // of groups of digits
      format.behind.clear();
    } else if (string_view(code).substr(i).starts_with("General")) {
      i += string_view("General").size() - 1;
      format.behind.clear();
    } else if (c == ',') {
      ++commas;
    } else if (c == '.') {
      format.thousands += commas;
      commas = 0;
    } else if (c == '_' || c == '*') {
      ++i;
    } else if (c == '\\') {
      if (++i < code.size()) text(string_view(code).substr(i, 1));
    } else if (c == '"' || c == '[') {
      const size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      const string_view inside = string_view(code).substr(i + 1, end == string::npos ? end : end - i - 1);
      text(c == '"' ? inside : text_in_brackets(inside));
      if (end == string::npos) break;
      i = end;
    } else {
      text(string_view(code).substr(i, 1));
    }
  }
  text("");
  format.behind = readings::trimmed(format.behind);
}

}  // namespace

NumberFormat read_number_format(int id, const string& code) {
  NumberFormat format{.shows = shown_by(id, code)};
  if (format.shows == Shows::number) read_section(code, format);
  return format;
}

}  // namespace castner::tables
