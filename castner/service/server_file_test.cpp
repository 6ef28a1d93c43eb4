// SPDX-License-Identifier: Apache-2.0
#include "castner/service/server_file.h"

#include <gtest/gtest.h>

#include "castner/sources/kinds.h"

namespace castner::service {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kWhole = R"(
[server]
listen = "127.0.0.1:8081"
web = "web"
[plant]
file = "plant.toml"
made_up = true
[historian]
url = "sqlite:history.db"
clock_tolerance = "20 min"
[[retention]]
tags = "TI-*"
keep = "400 d"
[[source]]
name = "plc"
kind = "modbus_tcp"
url = "tcp://127.0.0.1:1502"
period = "500 ms"
word_order = "cdab"
unit_id = 3
[[source]]
name = "broker"
kind = "sparkplug"
url = "tcp://127.0.0.1:1883"
rebirth = true
[[tag]]
name = "FI-101"
source = "plc"
address = "holding:40001"
type = "float32"
scale = 0.1
unit = "t/h"
[[tag]]
name = "TI-101"
source = "broker"
address = "g/n/d/TI-101"
unit = "degC"
)";

TEST(ServerFile, GivesEachSourceItsTags) {
  const auto file = read_server_file(kWhole, "conf/castner.toml");
  ASSERT_TRUE(file.has_value()) << file.error().text();
  EXPECT_EQ(file->server.address, "127.0.0.1");
  EXPECT_EQ(file->server.port, 8081);
  EXPECT_EQ(file->server.web, "conf/web") << "paths count from the file's folder";
  EXPECT_EQ(file->server.records, "conf/castner-records.db");
  EXPECT_EQ(file->plant, "conf/plant.toml");
  EXPECT_TRUE(file->made_up);
  EXPECT_EQ(file->history, "sqlite:conf/history.db");
  EXPECT_EQ(file->clock_tolerance, std::chrono::minutes(20));
  ASSERT_EQ(file->retention.size(), 1u);
  EXPECT_EQ(file->retention[0].pattern, "TI-*");
  EXPECT_EQ(file->retention[0].age, std::chrono::hours(400 * 24));
  ASSERT_EQ(file->sources.size(), 2u);
  const auto& plc = file->sources[0];
  EXPECT_EQ(plc.period, milliseconds(500));
  EXPECT_EQ(plc.timeout, seconds(2)) << "the default";
  EXPECT_EQ(plc.options.at("word_order"), sources::Option("cdab"));
  EXPECT_EQ(plc.options.at("unit_id"), sources::Option(std::int64_t{3}));
  EXPECT_EQ(file->sources[1].options.at("rebirth"), sources::Option(true));
  ASSERT_EQ(plc.tags.size(), 1u);
  EXPECT_EQ(plc.tags[0].name, "FI-101");
  EXPECT_DOUBLE_EQ(plc.tags[0].scale, 0.1);
  EXPECT_EQ(plc.tags[0].where, "conf/castner.toml:26");
  EXPECT_EQ(file->tags.size(), 2u);
}

TEST(ServerFile, FilesThatASourceNamesCountFromTheServersFile) {
  const auto file = read_server_file(R"([[source]]
name = "broker"
kind = "mqtt"
url = "ssl://broker.plant"
ca_file = "plant-ca.pem"
cert_file = "keys/own.pem"
key_file = "/etc/keys/own.key"
password_file = "../secret"
user = "castner"
[[source]]
name = "laboratory"
kind = "folder"
url = "drop"
state = "taken"
bad_folder = "bad"
)",
                                     "conf/castner.toml");
  ASSERT_TRUE(file.has_value()) << file.error().text();
  const auto& broker = file->sources[0].options;
  EXPECT_EQ(broker.at("ca_file"), sources::Option("conf/plant-ca.pem"));
  EXPECT_EQ(broker.at("cert_file"), sources::Option("conf/keys/own.pem"));
  EXPECT_EQ(broker.at("key_file"), sources::Option("/etc/keys/own.key"));
  EXPECT_EQ(broker.at("password_file"), sources::Option("conf/../secret"));
  EXPECT_EQ(broker.at("user"), sources::Option("castner"));
  EXPECT_EQ(file->sources[1].options.at("state"), sources::Option("conf/taken"));
  EXPECT_EQ(file->sources[1].options.at("bad_folder"), sources::Option("bad"))
      << "the source counts it from its own folder";
}

TEST(ServerFile, AnEmptyFileIsAServerOnLoopbackWithItsOwnHistory) {
  const auto file = read_server_file("", "castner.toml");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->server.address, "127.0.0.1");
  EXPECT_EQ(file->history, "sqlite:castner-history.db");
  EXPECT_TRUE(file->plant.empty());
}

std::string every_kind() {
  std::string all;
  for (const auto& kind : sources::source_kinds()) all += (all.empty() ? "\"" : ", \"") + kind.name + "\"";
  return all;
}

TEST(ServerFile, NamesEveryProblemAtOnceWithLineAndCure) {
  const auto file = read_server_file(R"([server]
listen = "everywhere"
tls_key = "k.pem"
[historian]
url = "floppy:a"
[[source]]
name = "plc"
kind = "modbus"
period = "fast"
[[source]]
name = "plc"
kind = "mqtt"
[[tag]]
name = "FI-101"
source = "plk"
scale = 0
unit = "barrels"
[[tag]]
name = "FI-101"
source = "plc"
[tags]
[[retention]]
keep = "5 kg"
)",
                                     "castner.toml");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().text(),
            R"(castner.toml:1: [server]: tls_certificate and tls_key belong together; give both, or neither
castner.toml:2: [server]: listen = "everywhere" is not an address and a port; write listen = "127.0.0.1:8080"
castner.toml:5: [historian]: url = "floppy:a" names no historian; write "sqlite:PATH", or "http://HOST:8428" for VictoriaMetrics
castner.toml:8: [[source]] "plc": kind "modbus" is not known; one of )" +
                every_kind() +
                R"(
castner.toml:9: [[source]] "plc": period = "fast" is not a time; write it as "2 s"
castner.toml:11: [[source]] "plc": the name is taken; give every source its own name
castner.toml:15: [[tag]] "FI-101": there is no [[source]] "plk"; did you mean "plc"?
castner.toml:16: [[tag]] "FI-101": scale is 0: every reading would be the same; write scale = 1
castner.toml:17: [[tag]] "FI-101": unit "barrels" is not known; write it as "t/h"
castner.toml:19: [[tag]] "FI-101": the tag stands twice; a tag has one source; remove one of them
castner.toml:21: "tags" is not part of this file; did you mean "tag"?
castner.toml:23: [[retention]]: keep = "5 kg" is not a time from an hour to 290 years; write keep = "400 d"; tags that no rule names are kept for ever
)");
}

TEST(ServerFile, TellsWhatASourcesOwnKindFindsWrongBesideItsOwnProblems) {
  const auto file = read_server_file(R"([[source]]
name = "plc"
kind = "modbus_tcp"
url = "tcp://127.0.0.1:1502"
[[source]]
name = "odd"
kind = "telex"
[[tag]]
name = "FI-101"
source = "plc"
address = "drum:1"
[[tag]]
name = "FI-102"
source = "nobody"
)",
                                     "castner.toml", [](const sources::SourceSettings& s) -> Result<void> {
                                       EXPECT_EQ(s.name, "plc") << "an unknown kind knows nothing of its settings";
                                       return bad_input(s.tags.at(0).where, "there are no drums");
                                     });
  ASSERT_FALSE(file.has_value());
  ASSERT_EQ(file.error().problems.size(), 3u) << file.error().text();
  EXPECT_EQ(file.error().problems[2].text(), "castner.toml:8: there are no drums");
}

TEST(ServerFile, AnIpV6AddressStandsInBrackets) {
  const auto file = read_server_file("[server]\nlisten = \"[::1]:9000\"\n", "c.toml");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->server.address, "::1");
  EXPECT_EQ(file->server.port, 9000);
  for (const char* wrong : {"127.0.0.1:70000", "localhost:0", "castner.plant:8080", "127.1:80", "1.2.3:80", "8080"}) {
    const auto refused = read_server_file("[server]\nlisten = \"" + std::string(wrong) + "\"\n", "c.toml");
    ASSERT_FALSE(refused.has_value()) << wrong;
    EXPECT_EQ(refused.error().first(), "c.toml:2: [server]: listen = \"" + std::string(wrong) +
                                           "\" is not an address and a port; write listen = \"127.0.0.1:8080\"");
  }
  const auto nowhere = read_server_file("[server]\nrecords = \"\"\n", "c.toml");
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error().first(), "c.toml:2: [server]: records is empty; write records = \"records.db\"");
}

}  // namespace
}  // namespace castner::service
