// SPDX-License-Identifier: Apache-2.0
#include "castner/base/config.h"

#include <algorithm>
#include <tuple>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"

namespace castner {

const ConfigNode* ConfigNode::find(std::string_view key) const {
  for (const auto& [name, node] : members)
    if (name == key) return &node;
  return nullptr;
}

const char* ConfigNode::kind_name() const {
  switch (kind) {
    case Kind::table: return "a table";
    case Kind::array: return "a list";
    case Kind::text: return "a text";
    case Kind::number: return "a number";
    case Kind::boolean: return "true or false";
    case Kind::date: return "a date";
  }
  return "a value";
}

void Problems::add(int line, std::string what, std::string cure) {
  all_.push_back({line, std::move(what), std::move(cure)});
}

void Problems::add(int line, const std::string& before, const Error& inner) {
  for (const Problem& p : inner.problems) add(line, before + (before.empty() ? "" : ": ") + p.what, p.cure);
}

Error Problems::error() const {
  constexpr std::size_t kMost = 100;
  auto sorted = all_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Entry& a, const Entry& b) { return a.line < b.line; });
  const auto same = [](const Entry& a, const Entry& b) { return std::tie(a.line, a.what) == std::tie(b.line, b.what); };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  Error e;
  for (std::size_t i = 0; i < std::min(kMost, sorted.size()); ++i) {
    const Entry& p = sorted[i];
    e.problems.push_back({p.line > 0 ? file_ + ":" + std::to_string(p.line) : file_, p.what, p.cure});
  }
  if (sorted.size() > kMost)
    e.problems.push_back(
        {file_, "and " + std::to_string(sorted.size() - kMost) + " more problems", "mend these first"});
  return e;
}

const ConfigNode* Section::find(std::string_view key) {
  known_.emplace_back(key);
  return table_.find(key);
}

const ConfigNode* Section::find(std::string_view key, ConfigNode::Kind kind, const char* example) {
  const ConfigNode* node = find(key);
  if (!node || node->kind == kind) return node;
  ConfigNode wanted;
  wanted.kind = kind;
  problem(node->line, std::string(key) + " is " + node->kind_name() + ", not " + wanted.kind_name(),
          "write " + std::string(key) + " = " + example);
  return nullptr;
}

std::optional<std::string> Section::text(std::string_view key, const char* example) {
  const ConfigNode* node = find(key, ConfigNode::Kind::text, example);
  return node ? std::optional(node->text) : std::nullopt;
}

std::vector<ConfigNode> Section::texts(std::string_view key, const char* example) {
  const ConfigNode* node = find(key, ConfigNode::Kind::array, example);
  std::vector<ConfigNode> all;
  if (!node) return all;
  for (const ConfigNode& item : node->items) {
    if (item.kind == ConfigNode::Kind::text)
      all.push_back(item);
    else
      problem(item.line, std::string(key) + " holds " + item.kind_name() + ", not a text",
              "write " + std::string(key) + " = " + example);
  }
  return all;
}

std::optional<bool> Section::boolean(std::string_view key) {
  const ConfigNode* node = find(key, ConfigNode::Kind::boolean, "true");
  return node ? std::optional(node->boolean) : std::nullopt;
}

std::optional<std::int64_t> Section::integer(std::string_view key, std::int64_t least, std::int64_t most,
                                             const char* example) {
  const ConfigNode* node = find(key, ConfigNode::Kind::number, example);
  if (!node) return std::nullopt;
  if (node->integer && *node->integer >= least && *node->integer <= most) return node->integer;
  problem(node->line,
          std::string(key) + " = " + (node->integer ? std::to_string(*node->integer) : number_text(node->number)) +
              " is not an integer from " + std::to_string(least) + " to " + std::to_string(most),
          "write " + std::string(key) + " = " + example);
  return std::nullopt;
}

int Section::line_of(std::string_view key) const {
  const ConfigNode* node = table_.find(key);
  return node ? node->line : table_.line;
}

void Section::finish() {
  for (const auto& [key, node] : table_.members)
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      problem(node.line, "unknown key " + in_quotes(key),
              did_you_mean(key, known_, "known keys are " + listed(known_, 20)));
}

}  // namespace castner
