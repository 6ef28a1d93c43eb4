// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/data_options.h"

#include <cmath>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/readings/no_data.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/time_text.h"

namespace castner::tables {

Result<TableOptions> table_options(const DataOptions& o, const std::optional<std::string>& time_zone) {
  TableOptions options{.time_zone = time_zone};
  Error error;
  const auto problem = [&](const char* option, const std::string& what, const std::string& cure) {
    error.problems.push_back({option, what, cure});
  };
  if (!o.sheet.empty()) options.sheet = o.sheet;
  if (o.start.empty() && !o.step.empty())
    problem("--step", "stands alone", "give both: --start 2026-11-03T00:00 --step \"1 h\"");
  if (!o.start.empty()) {
    if (const auto t = readings::parse_time(o.start, time_zone))
      options.start = *t;
    else
      for (const auto& p : t.error().problems) problem("--start", p.what, p.cure);
  }
  if (!o.step.empty()) {
    const auto step = parse_quantity(o.step);
    const double seconds = step ? step->si() : 0.0;
    constexpr double kLongest = 366.0 * 86400.0;
    if (step && step->unit.dimension == parse_unit("s")->dimension && seconds >= 1e-3 && seconds <= kLongest)
      options.step = std::chrono::nanoseconds(std::llround(seconds * 1e9));
    else
      problem("--step", in_quotes(o.step) + " is no time between 1 ms and a year", "write --step \"1 h\"");
  }
  if (!o.no_data.empty()) {
    if (auto numbers = readings::read_no_data(o.no_data))
      options.no_data = std::move(*numbers);
    else
      problem("--no-data", in_quotes(o.no_data) + " is no list of numbers", "write --no-data \"-9999, 9.9999E+37\"");
  }
  if (!o.decimal.empty() && o.decimal != "point" && o.decimal != "comma")
    problem("--decimal", in_quotes(o.decimal) + " is no decimal mark", "write --decimal point or --decimal comma");
  options.dates = date_order_named(o.dates);
  if (!o.dates.empty() && !options.dates)
    problem("--dates", in_quotes(o.dates) + " is no order of dates", "write --dates dmy, mdy or ymd");
  if (!error.problems.empty()) return tl::unexpected(error);
  if (!o.decimal.empty()) options.decimal = o.decimal == "comma" ? ',' : '.';
  return options;
}

}  // namespace castner::tables
