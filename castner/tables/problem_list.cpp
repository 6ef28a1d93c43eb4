// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/problem_list.h"

#include <fmt/format.h>

#include "castner/base/ascii.h"

namespace castner::tables {
namespace {

/// The texts in quotes, with their quotes.
std::vector<std::string> in_quotes_of(const std::string& what) {
  std::vector<std::string> all;
  for (std::size_t at = 0; (at = what.find('"', at)) != std::string::npos;) {
    const auto end = what.find('"', at + 1);
    if (end == std::string::npos) break;
    all.push_back(what.substr(at, end + 1 - at));
    at = end + 1;
  }
  return all;
}

}  // namespace

std::string ProblemList::without_values(const std::string& what) {
  std::string out;
  bool quoted = false;
  for (const char c : what) {
    if (c == '"') quoted = !quoted;
    if (!quoted && !digit(c)) out += c;
  }
  return out;
}

ProblemList::Entry ProblemList::one_for_all(const Kind& kind) {
  Entry out = kind.first[0];
  const Entry& second = kind.first[1];
  const auto texts = in_quotes_of(out.what), others = in_quotes_of(second.what);
  std::string with;
  for (std::size_t i = 0; i < std::min(texts.size(), others.size()) && with.empty(); ++i)
    if (texts[i] != others[i]) with = others[i];
  out.what += with.empty() ? fmt::format(", as in line {}", second.line)
                           : fmt::format(", as in line {} with {}", second.line, with);
  out.what += fmt::format(", in all {} rows", kind.count);
  out.rows = kind.count;
  return out;
}

Error ProblemList::error() const {
  std::vector<Entry> all;
  std::size_t told = 0;
  for (const auto& [key, kind] : kinds_) {
    if (kind.count > kOneByOne)
      all.push_back(one_for_all(kind));
    else
      all.insert(all.end(), kind.first.begin(), kind.first.end());
  }
  std::stable_sort(all.begin(), all.end(), before);
  if (all.size() > kMost) all.resize(kMost);
  Error e;
  for (const Entry& p : all) {
    e.problems.push_back({place(p.line, p.column), p.what, p.cure});
    told += p.rows;
  }
  if (const std::size_t more = count_ - told; more > 0)
    e.problems.push_back(
        {file_, "and " + std::to_string(more) + (more == 1 ? " more problem" : " more problems"), "mend these first"});
  return e;
}

}  // namespace castner::tables
