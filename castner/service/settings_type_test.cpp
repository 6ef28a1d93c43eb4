// SPDX-License-Identifier: Apache-2.0
// Every key of castner.toml keeps the type in which it was written: a number reads back as that number however it is written and
// however round it is, and a value of another type is refused by name. A key that a kind reads and no row names fails.
#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <set>

#include "castner/base/manual_clock.h"
#include "castner/service/server_file.h"
#include "castner/sources/kinds.h"

namespace castner::service {
namespace {

using sources::NoData;
using sources::Option;
using sources::SourceSettings;

enum class Is { text, word, time, state, integer };
struct Key {
  const char* kind;  ///< of the source
  const char* key;
  Is is;
  std::int64_t least = 0, most = 0;
};
constexpr Key kKeys[] = {
    {"modbus_tcp", "unit_id", Is::integer, 0, 255},
    {"modbus_tcp", "gap", Is::integer, 0, 124},
    {"modbus_tcp", "max_registers", Is::integer, 4, 125},
    {"modbus_tcp", "max_bits", Is::integer, 1, 2000},
    {"modbus_tcp", "buffer", Is::integer, 1, 10'000'000},
    {"modbus_tcp", "word_order", Is::word},
    {"modbus_tcp", "retry_limit", Is::time},
    {"mqtt", "keep_alive", Is::integer, 1, 3600},
    {"mqtt", "max_bytes", Is::integer, 1000, 268'435'455},
    {"mqtt", "client_id", Is::text},
    {"mqtt", "user", Is::text},
    {"mqtt", "password", Is::text},
    {"mqtt", "password_file", Is::text},
    {"mqtt", "ca_file", Is::text},
    {"mqtt", "cert_file", Is::text},
    {"mqtt", "key_file", Is::text},
    {"mqtt", "retry_limit", Is::time},
    {"mqtt", "clean_session", Is::state},
    {"mqtt", "subscribe", Is::text},
    {"mqtt", "time", Is::text},
    {"mqtt", "time_unit", Is::word},
    {"sparkplug", "keep_alive", Is::integer, 1, 3600},
    {"sparkplug", "max_bytes", Is::integer, 1000, 268'435'455},
    {"sparkplug", "client_id", Is::text},
    {"sparkplug", "user", Is::text},
    {"sparkplug", "password", Is::text},
    {"sparkplug", "password_file", Is::text},
    {"sparkplug", "ca_file", Is::text},
    {"sparkplug", "cert_file", Is::text},
    {"sparkplug", "key_file", Is::text},
    {"sparkplug", "retry_limit", Is::time},
    {"sparkplug", "rebirth", Is::state},
    {"folder", "max_bytes", Is::integer, 1, std::int64_t{1} << 32},
    {"folder", "settle", Is::time},
    {"folder", "scan", Is::time},
    {"folder", "state", Is::text},
    {"folder", "bad_folder", Is::text},
    {"folder", "time_zone", Is::text},
    {"folder", "decimal", Is::text},
    {"folder", "dates", Is::text},
    {"folder", "sheet", Is::text},
};

Clock& clock_of_tests() {
  static ManualClock clock{Time{}};
  return clock;
}

/// The file as `castner serve` reads it: by the server and by each kind.
Result<ServerFile> read(const std::string& text) {
  return read_server_file(text, "c.toml", [](const SourceSettings& s) -> Result<void> {
    CASTNER_TRY(sources::make_source(s, clock_of_tests()));
    return {};
  });
}

std::string source_with(const std::string& kind, const std::string& line) {
  const std::string url = kind == "folder" ? "/srv/in" : kind == "http_push" ? "" : "tcp://127.0.0.1:1502";
  return "[[source]]\nname = \"s\"\nkind = \"" + kind + "\"\nurl = \"" + url + "\"\n" + line + "\n";
}

/// The number in every way in which TOML writes an integer.
std::vector<std::string> written(std::int64_t n) {
  std::vector<std::string> all = {std::to_string(n)};
  if (n < 0) return all;
  all.push_back("+" + std::to_string(n));
  const auto in_base = [n](const char* before, std::int64_t base) {
    std::string digits;
    for (auto left = n; left > 0 || digits.empty(); left /= base) digits.insert(0, 1, "0123456789abcdef"[left % base]);
    return before + digits;
  };
  all.push_back(in_base("0x", 16));
  all.push_back(in_base("0o", 8));
  all.push_back(in_base("0b", 2));
  std::string spaced = std::to_string(n);
  for (std::size_t at = spaced.size(); at > 3; at -= 3) spaced.insert(at - 3, 1, '_');
  all.push_back(spaced);
  return all;
}

/// Round, large, negative, hexadecimal, at both ends and any other.
std::set<std::int64_t> numbers_about(std::int64_t least, std::int64_t most) {
  std::set<std::int64_t> all = {least, most, least - 1, most + 1, 0, -1, 1234567, 0x8000, 0xFFFF};
  for (std::int64_t n = 1; n <= 1'000'000'000'000'000'000 / 10; n *= 10) all.insert({n, -n, n + 1});
  for (int bit = 0; bit < 63; ++bit) all.insert({std::int64_t{1} << bit, (std::int64_t{1} << bit) - 1});
  all.insert({std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()});
  std::mt19937_64 random(23);
  for (int k = 0; k < 20; ++k) all.insert(std::uniform_int_distribution(least, most)(random));
  return all;
}

TEST(SettingsType, AnIntegerReadsBackAsItselfHoweverItIsWritten) {
  for (const Key& k : kKeys) {
    if (k.is != Is::integer) continue;
    for (const auto n : numbers_about(k.least, k.most))
      for (const auto& text : written(n)) {
        SCOPED_TRACE(std::string(k.kind) + ": " + k.key + " = " + text);
        const auto file = read(source_with(k.kind, std::string(k.key) + " = " + text));
        ASSERT_EQ(file.has_value(), n >= k.least && n <= k.most) << (file ? "taken" : file.error().text());
        if (file)
          EXPECT_EQ(file->sources[0].options.at(k.key), Option(n));
        else
          EXPECT_NE(
              file.error().text().find(std::string(k.key) + " = " + std::to_string(n) + " is not an integer from"),
              std::string::npos)
              << file.error().text();
      }
  }
}

TEST(SettingsType, AValueOfAnotherTypeIsRefusedByName) {
  const std::pair<const char*, const char*> values[] = {{"\"100\"", "a text"},
                                                        {"true", "true or false"},
                                                        {"1000000", "an integer"},
                                                        {"1e6", "a number with a point"},
                                                        {"inf", "a number with a point"},
                                                        {"[1]", "a list"},
                                                        {"{a = 1}", "a table"},
                                                        {"2026-11-29", "a date"}};
  for (const Key& k : kKeys)
    for (const auto& [value, type] : values) {
      SCOPED_TRACE(std::string(k.kind) + ": " + k.key + " = " + value);
      if (type == std::string_view(k.is == Is::integer ? "an integer" : k.is == Is::state ? "true or false" : "a text"))
        continue;
      const auto file = read(source_with(k.kind, std::string(k.key) + " = " + value));
      ASSERT_FALSE(file.has_value());
      const auto text = file.error().text();
      EXPECT_NE(text.find(std::string(k.key) + " is " + type), std::string::npos) << text;
      EXPECT_TRUE(text.starts_with("c.toml:")) << text;
    }
}

TEST(SettingsType, EveryKeyThatAKindReadsHasARow) {
  for (const auto& kind : sources::source_kinds()) {
    SourceSettings s{.name = "s", .kind = kind.name, .where = "c.toml:1"};
    s.options["zzzzzzzzzzzzzzzz"] = true;
    const auto made = kind.make(s, clock_of_tests());
    ASSERT_FALSE(made.has_value()) << kind.name;
    std::string known;
    for (const auto& p : made.error().problems)
      if (p.what.find("zzzz") != std::string::npos) known = p.cure;
    for (std::size_t at = known.find('"'); at < known.size(); at = known.find('"', at)) {
      const auto end = known.find('"', ++at);
      const auto word = known.substr(at, end - at);
      at = end + 1;
      EXPECT_TRUE(std::any_of(std::begin(kKeys), std::end(kKeys),
                              [&](const Key& k) { return k.kind == kind.name && k.key == word; }))
          << kind.name << " reads " << word << ", which no row of kKeys has";
    }
    for (const Key& k : kKeys)
      EXPECT_TRUE(k.kind != kind.name || known.find(k.key) != std::string::npos) << kind.name << " " << k.key;
  }
}

TEST(SettingsType, ScaleAndOffsetAreTheNumberThatWasWritten) {
  std::mt19937_64 random(23);
  std::vector<std::pair<std::string, double>> all = {
      {"1e6", 1e6},       {"1000000", 1e6},       {"0x10", 16.0}, {"-1e-300", -1e-300}, {"1_000.5", 1000.5},
      {"1e308", 1e308},   {"0b11", 3.0},          {"0.1", 0.1},   {"-100", -100.0},     {"9007199254740992", 0x1p53},
      {"5e-324", 5e-324}, {"1234567", 1234567.0}, {"+7", 7.0}};
  for (int k = 0; k < 200; ++k) {
    const double d =
        std::ldexp(std::uniform_real_distribution(-1.0, 1.0)(random), static_cast<int>(random() % 200) - 100);
    char text[40];
    std::snprintf(text, sizeof text, "%.17e", d);
    all.emplace_back(text, d);
  }
  for (const auto& [text, value] : all) {
    const auto file =
        read_server_file(source_with("http_push", "[[tag]]\nname = \"T\"\nsource = \"s\"\nscale = " + text +
                                                      "\noffset = " + text + "\nno_data = [" + text + "]"),
                         "c.toml");
    ASSERT_TRUE(file.has_value()) << file.error().text();
    const auto& tag = file->tags[0];
    EXPECT_EQ(tag.scale, value) << text;
    EXPECT_EQ(tag.offset, value) << text;
    EXPECT_EQ(std::visit([](auto n) { return static_cast<double>(n); }, tag.no_data.at(0)), value) << text;
  }
  for (const char* wrong : {"\"1\"", "inf", "nan", "true", "[1]", "1979-05-27"})
    EXPECT_FALSE(read(source_with("http_push", "[[tag]]\nname = \"T\"\nsource = \"s\"\nscale = " + std::string(wrong))))
        << wrong;
}

TEST(SettingsType, NoDataIsANumberOrAListOfThemForATagOrForAllOfASource) {
  const auto file = read_server_file(source_with("http_push",
                                                 "no_data = 0x8000\n[[tag]]\nname = \"T\"\nsource = \"s\"\n"
                                                 "no_data = [-9999, 0xFFFFFFFF, 9.9999E+37, 9223372036854775807]"),
                                     "c.toml");
  ASSERT_TRUE(file.has_value()) << file.error().text();
  EXPECT_EQ(file->sources[0].no_data, std::vector<NoData>{std::int64_t{0x8000}});
  EXPECT_EQ(file->tags[0].no_data, (std::vector<NoData>{std::int64_t{-9999}, std::int64_t{0xFFFFFFFF}, 9.9999E+37,
                                                        std::numeric_limits<std::int64_t>::max()}));
  for (const char* wrong : {"\"-9999\"", "true", "[\"a\"]", "[[1]]"})
    EXPECT_FALSE(read(source_with("modbus_tcp", "no_data = " + std::string(wrong)))) << wrong;
}

TEST(SettingsType, NumbersWhereTextsBelongAreRefusedInEverySection) {
  for (const std::string line :
       {"[server]\nlisten = ", "[server]\nweb = ", "[server]\nrecords = ", "[server]\ntls_key = ", "[plant]\nfile = ",
        "[historian]\nurl = ", "[[retention]]\nkeep = ", "[[source]]\nname = ", "[[source]]\nkind = ",
        "[[source]]\nurl = ", "[[source]]\nperiod = ", "[[source]]\ntimeout = ", "[[tag]]\nname = ",
        "[[tag]]\naddress = ", "[[tag]]\ntype = ", "[[tag]]\nunit = ", "[[tag]]\nsource = "})
    for (const std::string value : {"1000000", "-1", "0x1F90", "1e6", "true"}) {
      const auto file = read(line + value + "\n");
      ASSERT_FALSE(file.has_value()) << line << value;
      EXPECT_NE(file.error().text().find(value == "true" ? "is true or false, not a text" : "is a number, not a text"),
                std::string::npos)
          << line << value << ": " << file.error().text();
    }
}

}  // namespace
}  // namespace castner::service
