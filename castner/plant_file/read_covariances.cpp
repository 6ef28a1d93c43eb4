// SPDX-License-Identifier: Apache-2.0
// [[covariance]]: instruments whose errors go together.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "castner/base/quantity.h"
#include "castner/plant_file/plant_reader.h"

namespace castner::plant_file {
namespace {

constexpr auto kTagsExample = "[\"FI-101\", \"FI-102\"]";

/// Whether any errors can have these correlations: whether their matrix is positive definite (Cholesky).
bool exist_together(const std::vector<plant::CommonError>& correlations) {
  std::map<int, std::size_t> place;
  for (const auto& c : correlations) place.emplace(c.first, 0), place.emplace(c.second, 0);
  std::size_t n = 0;
  for (auto& one : place) one.second = n++;
  std::vector<std::vector<double>> l(n, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) l[i][i] = 1.0;
  for (const auto& c : correlations) l[place[c.second]][place[c.first]] = c.value;  // first < second
  constexpr double kDependent = 1e-9;                                               // what is left of 1 is rounding
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = l[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= l[i][k] * l[j][k];
      if (i == j && !(sum > kDependent)) return false;
      l[i][j] = i == j ? std::sqrt(sum) : sum / l[j][j];
    }
  return true;
}

/// What is read of one [[covariance]] after another.
struct Covariances {
  std::vector<std::string> tags;        ///< of all measurements that are good, as Plant::measurements
  std::set<std::string> broken;         ///< tags of the others, which have their problems already
  std::set<std::pair<int, int>> named;  ///< pairs
};

/// The measurement of each tag; nothing where one is not good.
std::optional<std::vector<int>> instruments_of(const PlantReader& r, Section& s, const std::vector<ConfigNode>& tags,
                                               const Covariances& known) {
  std::vector<int> all;
  bool good = true;
  for (const ConfigNode& tag : tags) {
    const auto it = std::find(known.tags.begin(), known.tags.end(), tag.text);
    if (it != known.tags.end()) {
      all.push_back(static_cast<int>(it - known.tags.begin()));
      continue;
    }
    good = false;
    if (known.broken.contains(tag.text)) continue;
    const auto& measured = r.plant.measurements;
    const auto of = std::find_if(measured.begin(), measured.end(), [&](const auto& m) { return m.of == tag.text; });
    s.problem(tag.line, "no [[measurement]] has the tag " + in_quotes(tag.text),
              of != measured.end()
                  ? "name the instrument, " + in_quotes(of->tag)
                  : did_you_mean(tag.text, known.tags, "add its [[measurement]], or name the tag of another"));
  }
  return good ? std::optional(all) : std::nullopt;
}

std::optional<double> read_correlation(Section& s) {
  const ConfigNode* node = s.find("correlation", ConfigNode::Kind::number, "0.8");
  if (!node) return std::nullopt;
  if (std::abs(node->number) < 1.0) return node->number;
  s.problem(node->line, "correlation = " + number_text(node->number) + " is not between -1 and 1",
            "at 1 two instruments have one and the same error: remove one of the two, or write correlation = 0.8");
  return std::nullopt;
}

void read_covariance(PlantReader& r, const ConfigNode& node, Covariances& known) {
  Section s(node, "[[covariance]]", r.problems);
  const auto tags = s.texts("tags", kTagsExample);
  const auto correlation = read_correlation(s);
  s.finish();
  const ConfigNode* list = node.find("tags");
  if (!list || (list->kind == ConfigNode::Kind::array && list->items.size() < 2))
    s.problem(s.line_of("tags"), "it does not name two instruments", std::string("write tags = ") + kTagsExample);
  if (!node.find("correlation")) s.problem(node.line, "it has no correlation", "add correlation = 0.8");
  const auto instruments = instruments_of(r, s, tags, known);
  if (!instruments || !correlation) return;
  auto all = r.plant.correlations;
  for (std::size_t i = 0; i < instruments->size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const auto [first, second] = std::minmax((*instruments)[i], (*instruments)[j]);
      const auto tag = [&](int k) { return in_quotes(known.tags[static_cast<std::size_t>(k)]); };
      if (first == second) return s.problem(list->line, tag(first) + " stands in its tags twice", "name it once");
      if (!known.named.emplace(first, second).second)
        return s.problem(list->line, tag(first) + " and " + tag(second) + " have a correlation already",
                         "name each pair of instruments once");
      all.push_back({first, second, *correlation});
    }
  if (exist_together(all)) {
    r.plant.correlations = std::move(all);
    return;
  }
  s.problem(
      s.line_of("correlation"), "no errors can have this correlation beside the others",
      "two instruments that go with a third go with each other: name that pair too (it counts as 0 until then), or "
      "choose smaller correlations");
}

}  // namespace

void read_covariances(PlantReader& r, const ConfigNode& root) {
  Covariances known;
  for (const auto& m : r.plant.measurements) known.tags.push_back(m.tag);
  for (const ConfigNode* node : tables(r, root, "measurement"))
    if (const ConfigNode* tag = node->find("tag")) known.broken.insert(tag->text);
  for (const ConfigNode* node : tables(r, root, "covariance")) read_covariance(r, *node, known);
}

}  // namespace castner::plant_file
