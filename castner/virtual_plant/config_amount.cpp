// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/config_amount.h"

#include <cmath>

#include "castner/base/suggest.h"

namespace castner::virtual_plant {

std::optional<double> amount(Section& s, const ConfigNode& node, const std::string& key, const std::string& unit,
                             const char* example) {
  const std::string cure = "write it as " + std::string(example);
  const Dimension wanted = parse_unit(unit)->dimension;
  std::optional<double> value;
  if (node.kind == ConfigNode::Kind::number && wanted.pure()) value = node.number;
  if (node.kind == ConfigNode::Kind::text) {
    const auto q = parse_quantity(node.text);
    if (q && q->unit.dimension == wanted) value = q->si();
  }
  if (value && std::isfinite(*value)) return value;
  const std::string written = node.kind == ConfigNode::Kind::text ? " = " + in_quotes(node.text) : "";
  s.problem(node.line, key + written + " is not an amount in " + (wanted.pure() ? "1 or %" : unit), cure);
  return std::nullopt;
}

std::optional<double> amount(Section& s, const char* key, const std::string& unit, const char* example) {
  const ConfigNode* node = s.find(key);
  return node ? amount(s, *node, key, unit, example) : std::nullopt;
}

void read_amount(Section& s, const char* key, const std::string& unit, const char* example, double least, double most,
                 double& place) {
  const auto value = amount(s, key, unit, example);
  if (!value) return;
  if (*value >= least && *value <= most)
    place = *value;
  else
    s.problem(s.line_of(key),
              std::string(key) + " is not between " + number_text(least) + " and " + number_text(most) +
                  (unit == "1" ? "" : " " + unit),
              "write it as " + std::string(example));
}

}  // namespace castner::virtual_plant
