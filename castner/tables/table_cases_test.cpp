// SPDX-License-Identifier: Apache-2.0
// Odd but good tables, and broken ones: each file of tests/cases/table against what stands beside it in NAME.expected.
// NAME.zone holds the --timezone it is read with. CASTNER_UPDATE=1 writes what came out; read the diff before you commit it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "castner/base/file.h"
#include "castner/base/quantity.h"
#include "castner/readings/time_zone.h"
#include "castner/tables/table_reader.h"
#include "tests/support/root.h"

namespace castner::tables {
namespace {

namespace fs = std::filesystem;
using readings::Quality;

std::string quality_name(Quality q) {
  return q == Quality::good ? "good" : q == Quality::uncertain ? "uncertain" : "bad";
}

std::string summary(const Table& t) {
  const TableFacts& f = t.facts;
  const char* shape = f.shape == TableShape::wide ? "wide" : f.shape == TableShape::longer ? "long" : "snapshot";
  std::string out =
      f.format + ", " + f.encoding + ", " + f.delimiter + ", " + f.decimal + ", " + shape + ", " + f.time_zone + "\n";
  out += std::to_string(f.rows) + " rows, " + std::to_string(f.comment_lines) + " comments, " +
         std::to_string(f.bad_texts) + " bad texts\n";
  for (const auto& n : f.notes) out += "note: " + n + "\n";
  for (const auto& s : t.series) {
    out += s.tag + " [" + s.unit + "]\n";
    for (const auto& x : s.samples)
      out += "  " + readings::time_text(x.time) + " " + (std::isnan(x.value) ? "-" : number_text(x.value)) +
             (x.quality == Quality::good ? "" : " " + quality_name(x.quality)) + "\n";
  }
  for (const auto& r : t.snapshot)
    out += r.tag + " = " + (std::isnan(r.value) ? "-" : number_text(r.value)) + " [" + r.unit + "]" +
           (r.sd ? " sd " + number_text(*r.sd) : "") + " " + quality_name(r.quality) + ", line " +
           std::to_string(r.line) + "\n";
  return out;
}

std::vector<std::string> cases() {
  std::vector<std::string> all;
  for (const char* folder : {"accepted", "refused"})
    for (const auto& entry : fs::directory_iterator(fs::path(testing::root()) / "tests/cases/table" / folder))
      if (entry.path().extension() != ".expected" && entry.path().extension() != ".zone")
        all.push_back((fs::path(folder) / entry.path().filename()).string());
  std::sort(all.begin(), all.end());
  return all;
}

class TableCases : public ::testing::TestWithParam<std::string> {};

TEST_P(TableCases, IsReadAsExpected) {
  const fs::path path = fs::path(testing::root()) / "tests/cases/table" / GetParam();
  TableOptions options;
  if (auto zone = read_file(fs::path(path).replace_extension(".zone").string())) {
    zone->erase(zone->find_last_not_of(" \n") + 1);
    options.time_zone = *zone;
  }
  const auto bytes = read_file(path.string());
  ASSERT_TRUE(bytes);
  const auto table = read_table(*bytes, path.filename().string(), options);
  EXPECT_EQ(table.has_value(), GetParam().starts_with("accepted")) << (table ? "" : table.error().text());
  const std::string got = table ? summary(*table) : table.error().text();
  const std::string beside = fs::path(path).replace_extension(".expected").string();
  if (std::getenv("CASTNER_UPDATE")) {
    ASSERT_TRUE(write_file(beside, got));
  }
  const auto expected = read_file(beside);
  ASSERT_TRUE(expected) << "CASTNER_UPDATE=1 writes it";
  EXPECT_EQ(got, *expected);
}

INSTANTIATE_TEST_SUITE_P(Files, TableCases, ::testing::ValuesIn(cases()), [](const auto& about) {
  std::string name = fs::path(about.param).stem().string();
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return fs::path(about.param).parent_path().string() + "_" + name;
});

}  // namespace
}  // namespace castner::tables
