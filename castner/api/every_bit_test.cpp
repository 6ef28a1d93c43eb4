// SPDX-License-Identifier: Apache-2.0
// Every finite double comes back bit for bit: pushed as JSON and as lines, kept in a file, asked for as JSON and as CSV, and from a backup.
// CASTNER_DOUBLES=10000000 api_test --gtest_filter='EveryBit*' takes so many instead of some thousands.
#include <cmath>
#include <cstdlib>
#include <random>

#include "castner/api/server_for_tests.h"
#include "castner/base/quantity.h"
#include "castner/historian/aggregate.h"
#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_store.h"

namespace castner::api::testing {
namespace {

using people::Role;

/// Of any bits, and of those kinds that are easily lost.
double any_double(std::mt19937_64& random) {
  for (;;) {
    const auto bits = random();
    double v = std::bit_cast<double>(bits);
    switch (random() % 8) {
      case 0: v = std::bit_cast<double>(bits & 0x800FFFFFFFFFFFFF); break;                     // denormals, zeros
      case 1: v = std::bit_cast<double>(bits & 0x8000000000000000); break;                     // zeros
      case 2: v = std::bit_cast<double>(bits & 0xFFF0000000000000); break;                     // powers of two
      case 3: v = static_cast<double>(static_cast<std::int64_t>(bits) >> 12); break;           // integers
      case 4: v = static_cast<double>(static_cast<std::int64_t>(bits) >> 40) / 1000.0; break;  // decimals
      default: break;
    }
    if (std::isfinite(v)) return v;
  }
}

class EveryBit : public ServerTest {
 protected:
  static constexpr std::size_t kAtOnce = 50'000;

  void compare(const std::vector<double>& want, const char* through, const std::function<double(std::size_t)>& got) {
    std::size_t wrong = 0;
    for (std::size_t k = 0; k < want.size(); ++k)
      if (std::bit_cast<std::uint64_t>(got(k)) != std::bit_cast<std::uint64_t>(want[k]) && ++wrong < 5)
        ADD_FAILURE() << number_text(want[k]) << " came back as " << number_text(got(k)) << " through " << through;
    EXPECT_EQ(wrong, 0u) << through;
  }
  std::vector<double> numbers(const std::string& body, const char* through) {
    const auto series = nlohmann::json::parse(body)["series"][0];
    EXPECT_TRUE(series["next"].is_null()) << through;
    return series["values"].get<std::vector<double>>();
  }
  /// The cells behind the first comma of each line but the first.
  static std::vector<double> cells(const std::string& csv) {
    std::vector<double> all;
    for (std::size_t line = csv.find('\n'); line + 1 < csv.size(); line = csv.find('\n', line + 1))
      all.push_back(std::strtod(csv.c_str() + csv.find(',', line) + 1, nullptr));
    return all;
  }
};

TEST_F(EveryBit, ComesBackThroughEveryFormatAndABackup) {
  const char* asked = std::getenv("CASTNER_DOUBLES");
  const std::size_t all = asked ? std::strtoull(asked, nullptr, 10) : 6'000;
  const auto file = (folder / "history.db").string();
  auto kept = historian::SqliteStore::open(file).value();
  add("root", Role::administrator);
  serve(*kept);
  const auto token = with_token(Role::engineer);
  std::mt19937_64 random(20261129);
  std::size_t done = 0;
  for (int batch = 0; done < all; ++batch) {
    std::vector<double> want(std::min(kAtOnce, all - done));
    for (auto& v : want) v = any_double(random);
    done += want.size();
    std::string lines, times, values;
    for (std::size_t k = 0; k < want.size(); ++k) {
      const auto time = std::to_string(1'700'000'000'000'000'000 + static_cast<std::int64_t>(k) * 1'000'000);
      const auto text = number_text(want[k]);
      lines += "l" + std::to_string(batch) + " value=" + text + " " + time + "\n";
      times += (k ? "," : "") + time;
      values += (k ? "," : "") + text;
    }
    const auto tag = std::to_string(batch);
    ASSERT_EQ(ask("POST", "/api/v1/write", token, lines).status, 204);
    ASSERT_EQ(ask("POST", "/api/v1/samples", token + "Content-Type: application/json\r\n",
                  R"({"series":[{"tag":"j)" + tag + R"(","times":[)" + times + R"(],"values":[)" + values + "]}]}")
                  .status,
              204);
    if (batch % 3 == 1) (void)kept->settle();
    for (const char* way : {"l", "j"}) {
      const auto target = "/api/v1/history?from=2023-01-01T00:00:00Z&limit=100000&tags=" + (way + tag);
      const auto json = numbers(get(target, token).body, "JSON");
      const auto csv = cells(get(target, token + "Accept: text/csv\r\n").body);
      ASSERT_EQ(json.size(), want.size());
      ASSERT_EQ(csv.size(), want.size());
      compare(want, "JSON", [&](std::size_t k) { return json[k]; });
      compare(want, "CSV", [&](std::size_t k) { return csv[k]; });
    }
    const auto latest = get("/api/v1/latest?tags=j" + tag, token).json()["values"][0]["value"].get<double>();
    compare({want.back()}, "latest", [&](std::size_t) { return latest; });
    if (done < all) continue;
    ASSERT_TRUE(historian::backup_file(file, file + ".copy"));
    const auto copy = historian::SqliteStore::open(file + ".copy").value();
    for (const char* way : {"l", "j"}) {
      const auto found = copy->read({copy->find(way + tag)->id}, want.size() + 1).value();
      ASSERT_EQ(found.size(), want.size());
      compare(want, "backup", [&](std::size_t k) { return historian::number_of(found[k].value); });
    }
  }
  server.reset();
  api.reset();
}

TEST_F(EveryBit, ANumberTooSmallForADoubleIsZeroAndRefusesNoBody) {
  add("root", Role::administrator);
  serve();
  const auto token = with_token(Role::engineer);
  EXPECT_EQ(ask("POST", "/api/v1/samples", token + "Content-Type: application/json\r\n",
                R"({"samples":[{"tag":"a","value":1e-400},{"tag":"b","value":-1e-400},{"tag":"c","value":2.5}]})")
                .status,
            204);
  EXPECT_EQ(ask("POST", "/api/v1/write", token, "d value=1e-400\ne value=-3e-999\n").status, 204);
  const auto body = get("/api/v1/latest?tags=a,b,c,d,e", token).body;
  for (const char* said : {R"("tag":"a","value":0,)", R"("tag":"b","value":-0.0,)", R"("tag":"c","value":2.5,)",
                           R"("tag":"d","value":0,)", R"("tag":"e","value":-0.0,)"})
    EXPECT_NE(body.find(said), std::string::npos) << said << "\n" << body;
  EXPECT_EQ(ask("POST", "/api/v1/samples", token + "Content-Type: application/json\r\n",
                R"({"samples":[{"tag":"a","value":1e400}]})")
                .status,
            400);
}

}  // namespace
}  // namespace castner::api::testing
