// SPDX-License-Identifier: Apache-2.0
// What an attacker tries first, after the OWASP testing guide: each test is one attack that must fail.
#include <thread>

#include "castner/api/server_for_tests.h"
#include "castner/http/gzip.h"

namespace castner::api::testing {
namespace {

using people::Role;
using Json = nlohmann::json;

class Security : public ServerTest {};

TEST_F(Security, DoorsBeyondLoopbackNeedTlsAndAnAccount) {
  const auto ok = [](const char* address, bool tls, bool accounts) {
    return check_doors({.address = address, .tls = tls, .accounts = accounts}, "castner.toml:2").has_value();
  };
  EXPECT_TRUE(ok("127.0.0.1", false, false));
  EXPECT_TRUE(ok("::1", false, false));
  for (const char* beyond :
       {"0.0.0.0", "::", "192.0.2.7", "::ffff:192.0.2.7", "localhost.example.com", "", "127.0.0.1.example.com"}) {
    EXPECT_FALSE(ok(beyond, false, false)) << beyond;
    EXPECT_FALSE(ok(beyond, true, false)) << beyond;
    EXPECT_FALSE(ok(beyond, false, true)) << beyond;
  }
  EXPECT_TRUE(ok("0.0.0.0", true, true));
  EXPECT_EQ(check_doors({.address = "0.0.0.0"}, "x").error().problems.size(), 2u);
}

TEST_F(Security, AnOpenServerIsReadOnlyAndClosesWithTheFirstAccount) {
  serve();
  EXPECT_EQ(get("/api/v1/overview").status, 200);
  EXPECT_EQ(ask("POST", "/api/v1/assess").status, 401);
  EXPECT_EQ(ask("POST", "/api/v1/write", "", "a value=1\n").status, 401);
  EXPECT_EQ(get("/api/v1/accounts").status, 401);
  add("root", Role::administrator);
  EXPECT_EQ(get("/api/v1/overview").status, 401);
  EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(Security, ANameThatPointsHereDoesNotReadAnOpenServer) {
  serve();
  Wire wire(port());
  wire.send("GET /api/v1/overview HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(wire.answer().status, 403);
  Wire local(port());
  local.send("GET /api/v1/overview HTTP/1.1\r\nHost: localhost:1\r\n\r\n");
  EXPECT_EQ(local.answer().status, 200);
}

TEST_F(Security, NoRouteButTheOpenOnesAnswersStrangers) {
  add("root", Role::administrator);
  serve();
  for (const auto& route : api->routes()) {
    const auto blank = route.find(' ');
    std::string path = route.substr(blank + 1);
    if (const auto brace = path.find('{'); brace != std::string::npos) path = path.substr(0, brace) + "1";
    const auto a =
        ask(route.substr(0, blank), path, "Content-Type: application/json\r\n", route.starts_with("GET") ? "" : "{}");
    const bool for_everyone = path == "/healthz" || (path == "/api/v1/session" && !route.starts_with("DELETE"));
    if (for_everyone)
      EXPECT_NE(a.status, 401) << route;
    else
      EXPECT_EQ(a.status, 401) << route;
  }
}

TEST_F(Security, MadeUpCredentialsOpenNothing) {
  add("root", Role::administrator);
  serve();
  const auto session = signed_in("root");
  for (const std::string& headers :
       {std::string("Authorization: Bearer x\r\n"), std::string("Authorization: Bearer \r\n"),
        std::string("Authorization: Basic cm9vdDpyb290\r\n"), std::string("Authorization: Bearer ' OR 1=1 --\r\n"),
        std::string("Cookie: castner_session=\r\n"), "Cookie: castner_session=" + std::string(64, '0') + "\r\n",
        // A planted second cookie makes both worthless, rather than one of them winning.
        "Cookie: castner_session=planted; " + session.substr(8),
        // A wrong token is not made good by a cookie.
        "Authorization: Bearer x\r\n" + session})
    EXPECT_EQ(get("/api/v1/accounts", headers).status, 401) << headers;
  EXPECT_EQ(get("/api/v1/accounts", session).status, 200);
  for (const char* of_a_proxy : {"Basic cm9vdDpyb290", "Negotiate YII=", "Digest username=\"x\"", "NTLM"})
    EXPECT_EQ(get("/api/v1/accounts", "Authorization: " + std::string(of_a_proxy) + "\r\n" + session).status, 200)
        << of_a_proxy;
  EXPECT_EQ(get("/api/v1/accounts", "Authorization: bearer x\r\n" + session).status, 401);
  EXPECT_EQ(get("/api/v1/accounts?castner_session=" + session.substr(24, 64)).status, 401);
}

TEST_F(Security, RolesDoNotReachHigher) {
  add("root", Role::administrator);
  add("looks", Role::viewer);
  add("runs", Role::operates);
  add("builds", Role::engineer);
  serve();
  const auto may_assess = [&](const std::string& who) { return ask("POST", "/api/v1/assess", who).status; };
  const auto may_write = [&](const std::string& who) {
    return ask("POST", "/api/v1/write", who, "a value=1\n").status;
  };
  const auto viewer = signed_in("looks"), operates = signed_in("runs"), engineer = signed_in("builds");
  EXPECT_EQ(may_assess(viewer), 403);
  EXPECT_EQ(may_assess(operates), 200);
  EXPECT_EQ(may_write(operates), 403);
  EXPECT_EQ(may_write(engineer), 204);
  EXPECT_EQ(may_write(with_token(Role::operates)), 403);
  EXPECT_EQ(may_write(with_token(Role::engineer)), 204);
  for (const auto& who : {viewer, operates, engineer, with_token(Role::engineer)}) {
    EXPECT_EQ(get("/api/v1/accounts", who).status, 403);
    EXPECT_EQ(get("/api/v1/audit", who).status, 403);
    EXPECT_EQ(ask("POST", "/api/v1/history/deletion", who).status, 403);
    EXPECT_EQ(ask("PATCH", "/api/v1/accounts/looks", who + "Content-Type: application/json\r\n",
                  R"({"role":"administrator"})")
                  .status,
              403);
    EXPECT_EQ(post_json("/api/v1/tokens", {{"name", "x"}, {"role", "engineer"}}, who).status, 403);
  }
  // A role given by the client is no field of a sign-in.
  EXPECT_EQ(
      post_json("/api/v1/session", {{"name", "looks"}, {"password", kPassword}, {"role", "administrator"}}).status,
      400);
  // An administrator who loses the role loses it at once.
  const auto root = signed_in("root");
  add("second", Role::administrator);
  ASSERT_TRUE(records->accounts.change("root", {.role = Role::viewer, .password = {}, .disabled = {}}));
  EXPECT_EQ(get("/api/v1/accounts", root).status, 401);
}

TEST_F(Security, ASessionPlantedBeforeTheSignInOpensNothing) {
  add("root", Role::administrator);
  serve();
  const std::string planted = "Cookie: castner_session=" + std::string(64, 'a') + "\r\n";
  const auto in = post_json("/api/v1/session", {{"name", "root"}, {"password", kPassword}}, planted);
  ASSERT_EQ(in.status, 200);
  EXPECT_EQ(in.header("Set-Cookie").find(std::string(64, 'a')), std::string::npos);
  EXPECT_EQ(get("/api/v1/accounts", planted).status, 401);
  // And a session known to someone else ends when its owner signs in again.
  const auto first = signed_in("root");
  ASSERT_EQ(post_json("/api/v1/session", {{"name", "root"}, {"password", kPassword}}, first).status, 200);
  EXPECT_EQ(get("/api/v1/accounts", first).status, 401);
}

TEST_F(Security, TheCookieStaysAwayFromScriptsAndOtherSites) {
  add("root", Role::administrator);
  serve();
  const auto in = post_json("/api/v1/session", {{"name", "root"}, {"password", kPassword}});
  const auto cookie = in.header("Set-Cookie");
  for (const char* flag : {"HttpOnly", "SameSite=Strict", "Path=/"})
    EXPECT_NE(cookie.find(flag), std::string::npos) << flag;
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);  // no TLS here; http_server_test sees it with TLS
  EXPECT_EQ(cookie.find("Domain"), std::string::npos);
  EXPECT_EQ(in.header("Cache-Control"), "no-store");
  EXPECT_EQ(in.body.find(cookie.substr(16, 64)), std::string::npos);
}

TEST_F(Security, AnotherSitesPageChangesNothing) {
  add("root", Role::administrator);
  serve();
  const auto session = signed_in("root");
  const auto cookie_only = session.substr(0, session.find("\r\n") + 2);
  const std::string body = R"({"name":"evil","role":"administrator","password":"a sentence of theirs"})";
  const auto add_account = [&](const std::string& headers) {
    return ask("POST", "/api/v1/accounts", headers, body).status;
  };
  const std::string json = "Content-Type: application/json\r\n";
  EXPECT_EQ(add_account(json + cookie_only), 403);
  EXPECT_EQ(add_account(json + cookie_only + "X-CSRF-Token: " + std::string(64, '0') + "\r\n"), 403);
  EXPECT_EQ(add_account(json + session + "Origin: https://evil.example\r\n"), 403);
  EXPECT_EQ(add_account(json + session + "Origin: null\r\n"), 403);
  EXPECT_EQ(add_account("Content-Type: text/plain\r\n" + session), 400);
  // Signing someone in as somebody else, by a form of another site.
  EXPECT_EQ(ask("POST", "/api/v1/session", json + "Origin: https://evil.example\r\n", body).status, 403);
  EXPECT_EQ(records->accounts.all()->size(), 1u);
  EXPECT_EQ(add_account(json + session + "Origin: http://" + host() + "\r\n"), 201);
  EXPECT_EQ(ask("DELETE", "/api/v1/session", cookie_only).status, 403);
  EXPECT_EQ(ask("DELETE", "/api/v1/session", session).status, 204);
  EXPECT_EQ(get("/api/v1/accounts", session).status, 401);
}

TEST_F(Security, GuessingPasswordsIsSlowAndSaysNothing) {
  add("root", Role::administrator);
  serve();
  clock.advance(2h);
  const auto attempt = [&](const std::string& name, const std::string& password) {
    return post_json("/api/v1/session", {{"name", name}, {"password", password}});
  };
  const auto wrong = attempt("root", "a wrong sentence"), unknown = attempt("nobody", "a wrong sentence");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(attempt("root", "a wrong sentence").status, 401);
  const auto slow = attempt("root", kPassword);  // the right one must wait too
  EXPECT_EQ(slow.status, 429);
  EXPECT_EQ(slow.header("Retry-After"), "1");
  clock.advance(1s);
  EXPECT_EQ(attempt("root", kPassword).status, 200);
  EXPECT_GE(records->audit.entries(100)->size(), 7u);
}

TEST_F(Security, AParameterThatIsGivenTwiceIsRefusedEverywhere) {
  add("root", Role::administrator);
  serve();
  const auto root = signed_in("root");
  for (const auto& route : api->routes()) {
    const auto blank = route.find(' ');
    std::string path = route.substr(blank + 1);
    if (const auto brace = path.find('{'); brace != std::string::npos) path = path.substr(0, brace) + "1";
    for (const char* twice : {"?dates=dmy&dates=mdy", "?dates=dmy&x=1&d%61tes=dmy", "?dates&dates"}) {
      const auto a = ask(route.substr(0, blank), path + twice, root);
      EXPECT_EQ(a.status, 400) << route << twice;
      EXPECT_NE(a.body.find("stands twice in the address"), std::string::npos) << route << twice << a.body;
    }
  }
  EXPECT_EQ(get("/api/v1/latest?tag=A&tag=B&tags=C&tags=D,E", root).status, 404) << "a list may come in parts";
}

TEST_F(Security, AFieldThatIsGivenTwiceIsRefused) {
  add("root", people::Role::administrator);
  serve();
  const auto json = "Content-Type: application/json\r\n" + signed_in("root");
  for (const char* roles : {R"("role":"viewer","role":"administrator")", R"("role":"administrator","role":"viewer")",
                            R"("role":"viewer","r\u006fle":"administrator")"}) {
    const auto made = ask("POST", "/api/v1/accounts", json,
                          R"({"name":"li.wei","password":"a sentence for tests",)" + std::string(roles) + "}");
    EXPECT_EQ(made.status, 400) << made.body;
    EXPECT_NE(made.body.find("stands twice"), std::string::npos) << made.body;
  }
  EXPECT_FALSE(*records->accounts.find("li.wei"));
  for (const char* body : {R"({"name":"root","name":"root","password":"a sentence for tests"})",
                           R"({"name":"root","password":"x","password":"a sentence for tests"})"})
    EXPECT_NE(ask("POST", "/api/v1/session", "Content-Type: application/json\r\n", body).status, 200) << body;
  for (const char* body : {R"({"units":[],"units":[]})", R"({"units":[{"name":"A","name":"B","model":"node"}]})",
                           R"({"units":[{"name":"A","model":"node","parameters":{"p":"1 bar","p":"2 bar"}}]})"}) {
    const auto sketched = ask("POST", "/api/v1/start/plant", json, body);
    EXPECT_NE(sketched.body.find("stands twice"), std::string::npos) << sketched.body;
  }
}

TEST_F(Security, PathsDoNotLeaveThePages) {
  const auto pages = folder / "pages";
  std::filesystem::create_directories(pages / "assets");
  for (const auto& [name, text] :
       {std::pair{"index.html", "<!doctype html><title>pages</title>"}, {"assets/index-BX3f9a2c.js", "1"}}) {
    FILE* f = fopen((pages / name).c_str(), "w");
    fputs(text, f);
    fclose(f);
  }
  std::filesystem::create_symlink("/etc/passwd", pages / "passwd.txt");
  auto read = http::StaticFiles::read(pages.string());
  ASSERT_TRUE(read);
  options.pages = std::move(*read);
  serve();
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/trends").body, get("/").body);
  const auto script = get("/assets/index-BX3f9a2c.js");
  EXPECT_NE(script.header("Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(get("/assets/index-BX3f9a2c.js", "If-None-Match: " + script.header("ETag") + "\r\n").status, 304);
  for (const char* path :
       {"/../records.db", "/assets/../../records.db", "/%2e%2e/records.db", "/%2e%2e%2frecords.db", "/..%2frecords.db",
        "/assets/%252e%252e/records.db", "/....//records.db", "/passwd.txt", "//etc/passwd.txt", "/index.html%00.js",
        "/\\..\\records.db", "/assets/..%5c..%5crecords.db", "/%c0%ae%c0%ae/records.db"}) {
    const auto a = get(path);
    EXPECT_TRUE(a.status == 400 || a.status == 404) << path << " " << a.status;
    EXPECT_EQ(a.body.find("SQLite"), std::string::npos) << path;
    EXPECT_EQ(a.body.find("root:"), std::string::npos) << path;
  }
}

TEST_F(Security, EveryAnswerTellsBrowsersToBeStrict) {
  serve();
  for (const char* path : {"/healthz", "/api/v1/tags", "/nowhere", "/api/v1/history", "/%"}) {
    const auto a = get(path);
    const auto policy = a.header("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << path;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << path;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << path;
    EXPECT_EQ(a.header("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(a.header("Referrer-Policy"), "no-referrer") << path;
    EXPECT_EQ(a.header("Access-Control-Allow-Origin"), "") << path;
  }
}

TEST_F(Security, NamesOfTagsAreOnlyNames) {
  serve();
  for (const std::string name : {"<script>alert(1)</script>", "\"},{\"tag\":\"", "=HYPERLINK(\"http://evil\")",
                                 "@SUM(1)", "-1+2", "'; DROP TABLE tag; --", "a,b", "a\\,b c=d", "  =1"}) {
    const auto id = store.define(name, "=cmd()");
    ASSERT_TRUE(id) << name;
    ASSERT_TRUE(store.append(
        std::vector<historian::TaggedReading>{{*id, {start, std::string("=1+1"), readings::StatusCode::good, start}}}));
    std::string query;
    for (const unsigned char c : name) {
      char hex[4];
      snprintf(hex, sizeof hex, "%%%02X", c);
      query += hex;
    }
    const auto latest = get("/api/v1/latest?tag=" + query);
    ASSERT_EQ(latest.status, 200) << name;
    ASSERT_FALSE(latest.json().is_discarded()) << latest.body;
    EXPECT_EQ(latest.json()["values"][0]["tag"], name);
    EXPECT_EQ(latest.header("Content-Type"), "application/json");
    const auto csv =
        get("/api/v1/history?from=2026-11-22T00:00:00Z&to=2026-11-24T00:00:00Z&tag=" + query, "Accept: text/csv\r\n");
    ASSERT_EQ(csv.status, 200);
    EXPECT_EQ(csv.header("Content-Disposition").substr(0, 10), "attachment");
    for (std::size_t at = 0; (at = csv.body.find_first_of(",\n", at)) != std::string::npos; ++at) {
      auto next = csv.body.find_first_not_of("\" ", at + 1);
      if (next == std::string::npos || csv.body[at + 1] == '\'') continue;
      if (name == "a,b" || name.starts_with("\"},") || name.starts_with("a\\,")) continue;  // commas of the name itself
      EXPECT_EQ(std::string("=+-@").find(csv.body[next]), std::string::npos) << csv.body;
    }
  }
  EXPECT_EQ(get("/api/v1/latest?tag=%0d%0aSet-Cookie:%20x=1").header("Set-Cookie"), "");
  EXPECT_EQ(get("/api/v1/tags?search=%22%3Cscript%3E").status, 200);
}

TEST_F(Security, PushedReadingsCannotPoseAsBalances) {
  options.tags_limit = 3;
  serve();
  const auto token = with_token(Role::engineer);
  const auto write = [&](const std::string& lines) { return ask("POST", "/api/v1/write", token, lines).status; };
  EXPECT_EQ(write("reconciled:S1.flow_mass value=1\n"), 400);
  EXPECT_EQ(write("indicator:load value=1\n"), 400);
  EXPECT_EQ(write("a value=1\nb value=2\nc value=3\n"), 204);
  EXPECT_EQ(write("d value=4\n"), 400);  // invented names do not fill the history
  EXPECT_EQ(write("a value=5\n"), 204);
  EXPECT_EQ(store.tags().size(), 3u);
}

TEST_F(Security, ATextOfATagWithAUnitIsANumberOrRefused) {
  serve();
  run_plant();
  ASSERT_TRUE(store.define("PI-1", "bar(g)"));
  const auto token = with_token(Role::engineer);
  const auto push = [&](const std::string& tag, const std::string& value) {
    return ask("POST", "/api/v1/samples", token + "Content-Type: application/json\r\n",
               R"({"samples":[{"tag":")" + tag + R"(","value":)" + value + "}]}");
  };
  const auto latest = [&](const std::string& tag) {
    return get("/api/v1/latest?units=own&tags=" + tag, token).json()["values"][0]["value"];
  };
  EXPECT_EQ(push("PI-1", "\"5.5\"").status, 204);
  EXPECT_EQ(latest("PI-1"), 5.5);
  EXPECT_EQ(push("FI-102", "\" +6.25 \"").status, 204) << "a measurement of the plant";
  EXPECT_EQ(latest("FI-102"), 6.25);
  const auto refused = push("PI-1", "\"Bad Input\"");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("is no number, and the tag has a unit"), std::string::npos) << refused.body;
  EXPECT_EQ(ask("POST", "/api/v1/write", token, "PI-1 value=\"7.5\"\n").status, 204);
  EXPECT_EQ(latest("PI-1"), 7.5);
  EXPECT_EQ(ask("POST", "/api/v1/write", token, "PI-1 value=\"7,5\"\n").status, 400);
  EXPECT_EQ(push("XS-7", "\"5.5\"").status, 204);
  EXPECT_EQ(latest("XS-7"), "5.5") << "a tag without a unit may say texts";
  EXPECT_EQ(push("PI-1", "null").status, 204);
}

// A proxy on this machine ends TLS: the browser's origin is https and the public name, the request comes plain to another host.
TEST_F(Security, PeopleSignInBehindAProxyThatEndsTls) {
  serve();
  add("li.wei", Role::operates);
  const auto sign_in = [&](const std::string& headers) {
    return post_json("/api/v1/session", {{"name", "li.wei"}, {"password", kPassword}}, headers).status;
  };
  const std::string from_proxy = "Origin: https://castner.plant\r\n";
  EXPECT_EQ(sign_in(from_proxy + "Sec-Fetch-Site: same-origin\r\n"), 200) << "as a browser of today says it";
  EXPECT_EQ(sign_in(from_proxy + "X-Forwarded-Host: castner.plant\r\n"), 200);
  EXPECT_EQ(sign_in("Origin: https://" + host() + "\r\n"), 200) << "the proxy hands the host on";
  EXPECT_EQ(sign_in("Origin: http://" + host() + "\r\n"), 200);
  EXPECT_EQ(sign_in(from_proxy), 403);
  EXPECT_EQ(sign_in(from_proxy + "X-Forwarded-Host: other.plant\r\n"), 403);
  EXPECT_EQ(sign_in("Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n"), 403);
  EXPECT_EQ(sign_in("Origin: https://evil.castner.plant\r\nSec-Fetch-Site: same-site\r\n"), 403);
  EXPECT_EQ(sign_in("Origin: http://" + host() + "\r\nSec-Fetch-Site: cross-site\r\n"), 403);
  EXPECT_EQ(sign_in("Origin: null\r\n"), 403);
  EXPECT_EQ(sign_in("Origin: ftp://" + host() + "\r\n"), 403);
}

TEST_F(Security, BehindAProxyThatEndsTlsCookiesAreForTlsAlone) {
  serve();
  add("li.wei", Role::operates);
  const auto secure = [](const Answer& a) {
    int cookies = 0, marked = 0;
    for (std::size_t at = 0; (at = a.head.find("Set-Cookie: ", at)) != std::string::npos; ++at, ++cookies)
      marked += a.head.substr(at, a.head.find("\r\n", at) - at).find("; Secure;") != std::string::npos;
    EXPECT_TRUE(cookies > 0 && (marked == 0 || marked == cookies)) << a.head;
    return marked > 0;
  };
  const auto sign_in = [&](const std::string& headers) {
    return post_json("/api/v1/session", {{"name", "li.wei"}, {"password", kPassword}}, headers);
  };
  const std::string https = "Origin: https://" + host() + "\r\n", http = "Origin: http://" + host() + "\r\n";
  EXPECT_TRUE(secure(sign_in(https)));
  EXPECT_TRUE(secure(sign_in("Sec-Fetch-Site: same-origin\r\nOrigin: https://castner.plant\r\n")));
  EXPECT_TRUE(secure(sign_in("X-Forwarded-Proto: HTTPS\r\n")));
  EXPECT_FALSE(secure(sign_in("")));
  EXPECT_FALSE(secure(sign_in(http)));
  EXPECT_FALSE(secure(sign_in(http + "X-Forwarded-Proto: https\r\n"))) << "the browser would not send it back";
  EXPECT_FALSE(secure(sign_in("X-Forwarded-Proto: http\r\n")));
  const auto in = sign_in(https);
  const auto cookie = in.header("Set-Cookie");
  const auto session =
      "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\nX-CSRF-Token: " + in.json().value("csrf", "") + "\r\n";
  EXPECT_TRUE(secure(ask("DELETE", "/api/v1/session", session + https))) << "the one that is taken back too";
}

TEST_F(Security, ADeviceThatSignedInIsKnownByACookieThatOpensNothing) {
  serve();
  add("li.wei", Role::operates);
  const auto answer = post_json("/api/v1/session", {{"name", "li.wei"}, {"password", kPassword}});
  const auto at = answer.head.find("Set-Cookie: castner_device=");
  ASSERT_NE(at, std::string::npos);
  const auto line = answer.head.substr(at, answer.head.find("\r\n", at) - at);
  for (const char* part : {"; HttpOnly", "; SameSite=Strict", "; Path=/api/v1/session"})
    EXPECT_NE(line.find(part), std::string::npos) << line;
  const auto cookie = line.substr(12, line.find(';') - 12);
  EXPECT_EQ(get("/api/v1/tags", "Cookie: " + cookie + "\r\n").status, 401);
  const auto again =
      post_json("/api/v1/session", {{"name", "li.wei"}, {"password", kPassword}}, "Cookie: " + cookie + "\r\n");
  EXPECT_NE(again.head.find(cookie), std::string::npos) << "it stays the same";
  // Strangers fail from the same address until everyone there must wait; the device need not.
  for (int k = 0; k < 12; ++k) post_json("/api/v1/session", {{"name", "li.wei"}, {"password", "a wrong sentence"}});
  EXPECT_EQ(post_json("/api/v1/session", {{"name", "li.wei"}, {"password", kPassword}}).status, 429);
  EXPECT_EQ(
      post_json("/api/v1/session", {{"name", "li.wei"}, {"password", kPassword}}, "Cookie: " + cookie + "\r\n").status,
      200);
}

TEST_F(Security, PackedBodiesShareOneLimit) {
  options.unpacked_limit = 1'000'000;
  options.unpacked_together = 1'500'000;
  serve();
  const auto token = with_token(Role::engineer) + "Content-Encoding: gzip\r\n";
  std::string lines;
  while (lines.size() < 900'000) lines += "# nothing but a comment, so that it is the size alone that counts\n";
  const auto packed = http::gzip(lines, 9);
  std::atomic<int> taken = 0, busy = 0, other = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
      threads.emplace_back([&] {
        for (int k = 0; k < 20; ++k) {
          const auto status = ask("POST", "/api/v1/write", token, packed).status;
          ++(status == 204 ? taken : status == 503 ? busy : other);
        }
      });
  }
  EXPECT_GT(taken, 0);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(ask("POST", "/api/v1/write", token, packed).status, 204) << "every share was given back";
  auto lying = packed;
  lying[lying.size() - 4] = 1;
  lying[lying.size() - 3] = lying[lying.size() - 2] = lying[lying.size() - 1] = 0;
  EXPECT_EQ(ask("POST", "/api/v1/write", token, lying).status, 400) << "it says one byte and holds a million";
  lying[lying.size() - 2] = 127;
  EXPECT_EQ(ask("POST", "/api/v1/write", token, lying).status, 400) << "it says eight million";
}

/// The four last bytes of a gzip say how long it is; of one that is cut off they are any, and of several they are the last one's.
TEST_F(Security, APackedBodyThatIsNoneIsToldWhatItIs) {
  options.unpacked_limit = 1'000'000;
  serve();
  const auto token = with_token(Role::engineer) + "Content-Encoding: gzip\r\n";
  std::string lines;
  for (int k = 0; k < 20'000; ++k)
    lines += "FI-" + std::to_string(k * 7919 % 1009) + " value=" + std::to_string(k) + "\n";
  const auto packed = http::gzip(lines, 6);
  const auto detail = [&](const std::string& body) {
    const auto answer = ask("POST", "/api/v1/write", token, body);
    EXPECT_EQ(answer.status, 400);
    return answer.body;
  };
  const auto says = [&](const std::string& body, const char* what) {
    EXPECT_NE(detail(body).find(what), std::string::npos) << detail(body);
  };
  for (std::size_t cut = 1; cut < packed.size(); cut += packed.size() / 40)
    says(packed.substr(0, cut), "is cut off: its gzip has no end");
  says(packed.substr(0, packed.size() - 1), "is cut off");
  says(packed + packed, "is several gzips one after another");
  says(http::gzip("a value=1\n", 6) + packed, "is several gzips one after another");
  says(packed + "\n", "goes on behind the end of its gzip");
  says(http::gzip(std::string(1'000'001, '\n'), 9), "is larger than 1000000 bytes when unpacked");
  auto damaged = packed;
  damaged[packed.size() / 2] ^= 0x55;
  says(damaged, "is no gzip, or a damaged one");
  EXPECT_EQ(ask("POST", "/api/v1/write", token, packed).status, 204);
}

TEST_F(Security, BodiesHaveALimitPackedOrNot) {
  options.body_limit = 100'000;
  options.unpacked_limit = 1'000'000;
  serve();
  const auto token = with_token(Role::engineer);
  EXPECT_EQ(ask("POST", "/api/v1/write", token, std::string(100'001, 'x')).status, 413);
  const std::string packed_bomb = http::gzip(std::string(50'000'000, '\n'), 9);
  ASSERT_LT(packed_bomb.size(), 100'000u);
  EXPECT_EQ(ask("POST", "/api/v1/write", token + "Content-Encoding: gzip\r\n", packed_bomb).status, 400);
  EXPECT_EQ(ask("POST", "/api/v1/write", token + "Content-Encoding: gzip\r\n", "no gzip").status, 400);
  EXPECT_EQ(ask("POST", "/api/v1/write", token + "Content-Encoding: gzip\r\n", http::gzip("a value=1\n", 6)).status,
            204);
  // Strangers are told so before they have sent it.
  Wire wire(port());
  wire.send("POST /api/v1/write HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: 90000\r\n\r\n");
  EXPECT_EQ(wire.answer().status, 401);
  // A small route takes no large body from anyone.
  EXPECT_EQ(ask("POST", "/api/v1/session", "Content-Type: application/json\r\n", std::string(20'000, ' ')).status, 413);
  EXPECT_EQ(ask("POST", "/api/v1/session", "Content-Type: application/json\r\n", std::string(10'000, '[')).status, 400);
}

TEST_F(Security, AQuestionCannotBeTooLarge) {
  serve();
  ASSERT_TRUE(store.define("a", ""));
  const std::string span = "/api/v1/history?tag=a&from=2000-01-01T00:00:00Z&to=2026-01-01T00:00:00Z";
  EXPECT_EQ(get(span + "&bucket=1s").status, 400);
  EXPECT_EQ(get(span + "&points=1000000000").status, 400);
  EXPECT_EQ(get(span + "&limit=100001").status, 400);
  EXPECT_EQ(get(span + "&bucket=1e-300s").status, 400);
  EXPECT_EQ(get("/api/v1/history?tag=a&from=now-1h&to=now-2h").status, 400);
  std::string many = "/api/v1/history?from=now-1h&tags=";
  for (int i = 0; i < 60; ++i) many += "t" + std::to_string(i) + ",";
  EXPECT_EQ(get(many).status, 400);
  EXPECT_EQ(get(span + "&points=100").status, 200);
}

}  // namespace
}  // namespace castner::api::testing
