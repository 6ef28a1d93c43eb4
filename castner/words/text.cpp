// SPDX-License-Identifier: Apache-2.0
#include "castner/words/text.h"

#include <algorithm>

#include "castner/base/check.h"

namespace castner::words {
namespace {

using Table = std::map<std::string_view, std::string_view>;

Table made(Language language) {
  const auto said = [&](const Text& t) { return language == Language::zh ? t.zh : t.en; };
  Table table;
  for (const auto texts : {shared_texts(), report_texts(), cells_texts(), cells_report_texts()})
    for (const auto& t : texts) table[t.code] = said(t);
  for (const auto texts : {shared_texts(), report_texts(), cells_texts(), cells_report_texts()})
    for (const auto& t : texts)
      if (!t.same_as.empty()) table[t.code] = table.at(t.same_as);
  return table;
}

const Table& table(Language language) {
  static const Table en = made(Language::en), zh = made(Language::zh);
  return language == Language::zh ? zh : en;
}

}  // namespace

bool Words::has(std::string_view code) const { return table(language_).contains(code); }

std::string Words::operator()(std::string_view code, const Blanks& blanks) const {
  const auto it = table(language_).find(code);
  if (it == table(language_).end()) return std::string(code);
  return filled(it->second, blanks);
}

std::string Words::filled(std::string_view sentence, const Blanks& blanks) {
  std::string out;
  for (std::string_view rest = sentence; !rest.empty();) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    out += rest.substr(0, open);
    rest.remove_prefix(open);
    if (rest.empty()) break;
    const std::size_t close = rest.find('}');
    check(close != std::string_view::npos, "every { in a sentence has its }");
    const auto blank = blanks.find(std::string(rest.substr(1, close - 1)));
    if (blank != blanks.end()) out += blank->second;
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::string Words::list(const std::vector<std::string>& items) const {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? (*this)("list.and") : (*this)("list.comma");
    out += items[i];
  }
  return out;
}

}  // namespace castner::words
