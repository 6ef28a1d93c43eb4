// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, reading them ends, and ends in series that keep the reader's promises or in problems with a cure.
#include <cmath>
#include <cstdint>

#include "castner/base/check.h"
#include "castner/tables/table_reader.h"

using namespace castner;

static void keeps_its_promises(const tables::Table& t) {
  check(t.facts.rows > 0, "an accepted table has rows");
  check(t.series.empty() != t.snapshot.empty(), "either series or a snapshot");
  for (const auto& s : t.series) {
    check(!s.tag.empty(), "a series has a tag");
    for (std::size_t i = 0; i < s.samples.size(); ++i) {
      check(i == 0 || s.samples[i - 1].time < s.samples[i].time, "times ascend and none repeats");
      check(std::isfinite(s.samples[i].value) || s.samples[i].quality == readings::Quality::bad,
            "no number is bad quality");
    }
  }
  for (const auto& r : t.snapshot) {
    check(!r.tag.empty(), "a reading has a tag");
    check(std::isfinite(r.value) || r.quality == readings::Quality::bad, "no number is bad quality");
    check(!r.sd || *r.sd > 0.0, "an sd is above 0");
  }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  tables::TableOptions berlin{.time_zone = "Europe/Berlin"}, counted = berlin;
  counted.start = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 3).time_since_epoch());
  counted.step = std::chrono::hours(1);
  counted.no_data = {-9999.0};
  counted.decimal = ',';
  for (const auto& options : {berlin, tables::TableOptions{}, counted}) {
    const auto table = tables::read_table(bytes, "fuzz.csv", options);
    if (table) {
      keeps_its_promises(*table);
    } else {
      check(!table.error().problems.empty(), "a refusal says why");
      check(table.error().problems.size() <= 51, "fifty problems and a count");
    }
  }
  return 0;
}
