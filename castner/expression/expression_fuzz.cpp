// SPDX-License-Identifier: Apache-2.0
// Any bytes as an expression: read or refused with messages, and what was read runs for every scalar.
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "castner/base/check.h"
#include "castner/expression/expression.h"

namespace {

using castner::Dimension, castner::Dual1, castner::Dual2, castner::Problem, castner::check;

tl::expected<Dimension, Problem> lookup(std::string_view path) {
  if (path.ends_with(".flow_mass")) return castner::parse_unit("kg/s")->dimension;
  if (path.ends_with(".temperature")) return castner::parse_unit("K")->dimension;
  if (path.find('.') == path.npos) return Dimension{};
  return tl::unexpected(Problem{"", "unknown path", "use another"});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto e = castner::expression::parse_expression({reinterpret_cast<const char*>(data), size}, lookup);
  if (!e) {
    check(!e.error().problems.empty(), "a refusal says why");
    return 0;
  }
  const std::size_t n = e->names().size();
  for (const double at : {0.0, 0.7, -2.0}) {
    const std::vector<double> x(n, at), nominal(n, 1.0);
    const std::vector<Dual1> x1(x.begin(), x.end());
    const std::vector<Dual2> x2(x.begin(), x.end());
    double r = 0.0;
    Dual1 r1;
    Dual2 r2;
    const bool plain = e->evaluate<double>(x, r), first = e->evaluate<Dual1>(x1, r1),
               second = e->evaluate<Dual2>(x2, r2);
    check(!plain || std::isfinite(r), "a result is a number");
    check(!(first && second) || castner::value_of(r1) == castner::value_of(r2), "all scalars give one value");
    e->kinks(x, nominal);
    check(e->typical_size(x, nominal) > 0.0, "a size is positive");
  }
  return 0;
}
