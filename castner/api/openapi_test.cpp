// SPDX-License-Identifier: Apache-2.0
// The server and api/openapi.yaml say the same, both ways.
#include <array>
#include <cstdio>
#include <set>

#include "castner/api/cells_for_tests.h"
#include "castner/base/rfc3339.h"
#include "tests/support/root.h"

namespace castner::api::testing {
namespace {

using Json = nlohmann::json;
using people::Role;

/// The specification as JSON, by Python's YAML; null where Python or its YAML is missing.
const Json& spec() {
  static const Json read = [] {
    const std::string command =
        "/usr/bin/python3 -c \"import json,sys,yaml\n"
        "class L(yaml.SafeLoader): pass\n"
        "L.yaml_implicit_resolvers={k:[r for r in v if not r[0].endswith('timestamp')] for k,v in "
        "L.yaml_implicit_resolvers.items()}\n"
        "json.dump(yaml.load(open(sys.argv[1],encoding='utf-8'),L),sys.stdout)\" " +
        castner::testing::root() + "/api/openapi.yaml 2>/dev/null";
    std::string text;
    if (FILE* pipe = popen(command.c_str(), "r")) {
      std::array<char, 65536> buffer;
      while (const auto n = fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
      pclose(pipe);
    }
    return Json::parse(text, nullptr, false);
  }();
  return read;
}

#define NEEDS_SPEC() \
  if (spec().is_discarded()) GTEST_SKIP() << "python3-yaml is missing; make test installs it"

const Json& resolved(const Json& schema) {
  const Json* s = &schema;
  while (s->contains("$ref")) s = &spec().at(Json::json_pointer((*s)["$ref"].get<std::string>().substr(1)));
  return *s;
}

bool is_a(const Json& v, const std::string& type) {
  if (type == "null") return v.is_null();
  if (type == "integer") return v.is_number_integer();
  if (type == "number") return v.is_number();
  if (type == "string") return v.is_string();
  if (type == "boolean") return v.is_boolean();
  if (type == "array") return v.is_array();
  return v.is_object();
}

/// What is wrong with a value by JSON Schema, as far as our specification uses it, and fields it does not name; "" where it fits.
std::string misfit(const Json& given, const Json& v, const std::string& at) {
  const Json& s = resolved(given);
  if (s.contains("oneOf")) {
    int fits = 0;
    std::string why;
    for (const auto& option : s["oneOf"]) {
      const auto m = misfit(option, v, at);
      fits += m.empty();
      why += " | " + m;
    }
    return fits == 1 ? "" : at + ": fits " + std::to_string(fits) + " of oneOf" + why;
  }
  if (s.contains("type")) {
    const Json types = s["type"].is_array() ? s["type"] : Json::array({s["type"]});
    bool any = false;
    for (const auto& t : types) any |= is_a(v, t);
    if (!any) return at + ": " + v.dump().substr(0, 80) + " is not " + types.dump();
  }
  if (s.contains("enum") && std::find(s["enum"].begin(), s["enum"].end(), v) == s["enum"].end())
    return at + ": " + v.dump().substr(0, 80) + " is not among " + s["enum"].dump();
  if (v.is_object()) {
    for (const auto& name : s.value("required", Json::array()))
      if (!v.contains(name.get<std::string>())) return at + ": no " + name.get<std::string>();
    for (const auto& [name, value] : v.items()) {
      if (s.contains("properties") && s["properties"].contains(name)) {
        if (auto m = misfit(s["properties"][name], value, at + "/" + name); !m.empty()) return m;
      } else if (s.contains("additionalProperties") && s["additionalProperties"].is_object()) {
        if (auto m = misfit(s["additionalProperties"], value, at + "/" + name); !m.empty()) return m;
      } else if (s.contains("properties")) {
        return at + "/" + name + " is not in the specification";
      }
    }
  }
  if (v.is_array() && s.contains("items"))
    for (std::size_t i = 0; i < v.size(); ++i)
      if (auto m = misfit(s["items"], v[i], at + "/" + std::to_string(i)); !m.empty()) return m;
  return "";
}

template <class Visit>
void each_operation(Visit visit) {
  static const std::set<std::string> methods = {"get", "post", "put", "patch", "delete"};
  for (const auto& [path, item] : spec()["paths"].items())
    for (const auto& [method, operation] : item.items())
      if (methods.contains(method)) visit(path, method, item, operation);
}

std::string upper(std::string s) {
  for (char& c : s) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return s;
}

class OpenApi : public CellsOverHttp {};

TEST_F(OpenApi, EveryRouteIsInItAndTheReverse) {
  NEEDS_SPEC();
  serve();
  std::set<std::string> promised, served;
  each_operation([&](const auto& path, const auto& method, const auto&, const auto&) {
    promised.insert(upper(method) + " " + path);
  });
  for (const auto& route : api->routes()) served.insert(route);
  EXPECT_EQ(promised, served);
}

TEST_F(OpenApi, EveryExampleFitsItsSchema) {
  NEEDS_SPEC();
  int count = 0;
  const auto check_content = [&](const Json& holder, const std::string& at) {
    const Json contents = resolved(holder).value("content", Json::object());
    for (const auto& [type, content] : contents.items()) {
      Json examples = Json::array();
      if (content.contains("example")) examples.push_back(content["example"]);
      const Json named = content.value("examples", Json::object());
      for (const auto& [name, e] : named.items()) examples.push_back(e["value"]);
      EXPECT_FALSE(examples.empty()) << at << " has no example";
      for (const auto& e : examples) EXPECT_EQ(misfit(content["schema"], e, at), "") << ++count;
    }
  };
  each_operation([&](const auto& path, const auto& method, const auto&, const auto& operation) {
    for (const auto& [status, response] : operation["responses"].items())
      check_content(response, method + " " + path + " " + status);
    if (operation.contains("requestBody")) check_content(operation["requestBody"], method + " " + path + " body");
  });
}

TEST_F(OpenApi, EveryRequestOfItIsAnsweredInThePromisedShape) {
  NEEDS_SPEC();
  run_plant();
  watch();
  run(3 * 3600, 0.0);
  run(180, -0.9);
  add("root", Role::administrator);
  add("li.wei", Role::operates);
  add("wall", Role::viewer);
  serve();
  const auto credentials = signed_in("root");
  ASSERT_TRUE(records->tokens.add("telegraf", Role::engineer, {}));
  int asked = 0;
  const auto ask_one = [&](std::string path, const std::string& method, const Json& item, const Json& operation,
                           const std::string& query) {
    for (const auto& p : item.value("parameters", Json::array())) {
      const auto value = p["example"].is_string() ? p["example"].template get<std::string>() : p["example"].dump();
      if (const auto at = path.find("{" + p["name"].template get<std::string>() + "}"); at != std::string::npos)
        path.replace(at, path.find('}') - at + 1, value);
    }
    std::string body, type;
    if (operation.contains("requestBody")) {
      const auto& content = operation["requestBody"]["content"];
      type = content.begin().key();
      body = type == "application/json" ? content.begin().value()["example"].dump()
                                        : content.begin().value()["example"].template get<std::string>();
      // The examples' people and passwords, as this server has them.
      if (path.ends_with("/session")) body = Json{{"name", "li.wei"}, {"password", kPassword}}.dump();
      if (path.ends_with("/cells/service"))
        body = Json{{"cell", "E1/017"}, {"what", "membrane"}, {"when", rfc3339(clock.now())}, {"note", ""}}.dump();
      if (path.ends_with("/password")) body = Json{{"current", kPassword}, {"new", "a longer one than before"}}.dump();
      type = "Content-Type: " + type + "\r\n";
    }
    if (path.ends_with("/stream")) return;  // never ends; its own tests are in feed_test.cpp
    const std::string who = method == "delete" && path.ends_with("/session") ? signed_in("wall")
                            : path.ends_with("/password")                    ? signed_in("li.wei")
                            : method == "post" && path.ends_with("/session") ? ""  // it would end the caller's own
                                                                             : credentials;
    const auto a = ask(upper(method), path + query, who + type, body);
    ++asked;
    const std::string at = method + " " + path + query;
    ASSERT_GE(a.status, 200) << at;
    ASSERT_LT(a.status, 300) << at << "\n" << a.body;
    const auto& responses = operation["responses"];
    ASSERT_TRUE(responses.contains(std::to_string(a.status))) << at << " answers " << a.status;
    const Json content = resolved(responses[std::to_string(a.status)]).value("content", Json::object());
    if (content.empty()) {
      EXPECT_EQ(a.body, "") << at;
      return;
    }
    const auto given = a.header("Content-Type").substr(0, a.header("Content-Type").find(';'));
    ASSERT_TRUE(content.contains(given)) << at << " answers " << given;
    if (given == "application/json") {
      EXPECT_EQ(misfit(content[given]["schema"], a.json(), at), "") << a.body.substr(0, 500);
    }
  };
  // What makes comes before what reads, and what removes comes last.
  for (const std::string wanted : {"post", "put", "get", "patch", "delete"})
    each_operation([&](const std::string& path, const std::string& method, const Json& item, const Json& operation) {
      if (method != wanted) return;
      const Json queries = operation.value("x-requests", Json::array({""}));
      for (const auto& q : queries) ask_one(path, method, item, operation, q);
    });
  EXPECT_GE(asked, 35);
}

TEST_F(OpenApi, TheSameShapesBeforeThereIsAPlant) {
  NEEDS_SPEC();
  serve();  // open: loopback, no account
  each_operation([&](const std::string& path, const std::string& method, const Json&, const Json& operation) {
    if (method != "get" || path.ends_with("/stream") || path.find('{') != std::string::npos) return;
    const auto query = operation.value("x-requests", Json::array({""}))[0].get<std::string>();
    const auto a = get(path + query);
    const Json content = resolved(operation["responses"][std::to_string(a.status)]).value("content", Json::object());
    for (const auto& [type, c] : content.items())
      if (type.ends_with("json")) {
        EXPECT_EQ(misfit(c["schema"], a.json(), path), "") << a.body;
      }
  });
}

}  // namespace
}  // namespace castner::api::testing
