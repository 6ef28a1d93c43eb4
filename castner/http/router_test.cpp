// SPDX-License-Identifier: Apache-2.0
#include "castner/http/router.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace castner::http {
namespace {

/// A small table; its routes carry their names.
Router<std::string> small() {
  Router<std::string> router;
  router.add("GET", "/", "front");
  router.add("GET", "/tags", "list of tags");
  router.add("POST", "/tags", "new tag");
  router.add("DELETE", "/tags/{tag}", "no more of a tag");
  router.add("GET", "/tags/{tag}/days/{day}", "day of a tag");
  router.add("PUT", "/tags/latest", "newest of all tags");
  return router;
}

/// The name of the route that is found; "" where none is.
std::string found(std::string_view method, std::string_view target) {
  const auto router = small();
  const auto match = router.find(method, read_target(target).value());
  return match.handler ? *match.handler : "";
}

std::string allowed(std::string_view method, std::string_view target) {
  return small().find(method, read_target(target).value()).allow;
}

std::vector<std::string> parameters(std::string_view method, std::string_view target) {
  return small().find(method, read_target(target).value()).parameters;
}

TEST(Router, FindsARouteByItsMethodAndItsPath) {
  EXPECT_EQ(found("GET", "/"), "front");
  EXPECT_EQ(found("GET", "/tags"), "list of tags");
  EXPECT_EQ(found("POST", "/tags?unit=t%2Fh"), "new tag");
  EXPECT_EQ(found("DELETE", "/tags/FI-101"), "no more of a tag");
}

TEST(Router, HandsOverWhatStandsInTheBraces) {
  EXPECT_EQ(parameters("GET", "/tags/FI-101/days/2026-11-29"), (std::vector<std::string>{"FI-101", "2026-11-29"}));
  EXPECT_TRUE(parameters("GET", "/tags").empty());
}

TEST(Router, TakesAnEncodedSlashAsALetterOfItsPart) {
  EXPECT_EQ(parameters("DELETE", "/tags/unit%2FFI%20101"), (std::vector<std::string>{"unit/FI 101"}));
}

TEST(Router, WantsThePathWhole) {
  for (const char* other :
       {"/tag", "/tagss", "/tags/", "/tags/a/days", "/tags/a/days/b/c", "/tags/a/nights/b", "//tags"})
    EXPECT_EQ(found("GET", other), "") << other;
}

TEST(Router, TakesNoEmptyPartForAName) {
  EXPECT_EQ(found("DELETE", "/tags/"), "");
  EXPECT_EQ(found("GET", "/tags//days/1"), "");
}

TEST(Router, FindsForHeadWhatGetDoes) {
  EXPECT_EQ(found("HEAD", "/tags"), "list of tags");
  EXPECT_EQ(found("HEAD", "/tags/a"), "");
}

TEST(Router, NamesTheMethodsOfAPathThatIsAskedByAnother) {
  EXPECT_EQ(allowed("PATCH", "/tags"), "GET, HEAD, POST");
  EXPECT_EQ(allowed("GET", "/tags/a"), "DELETE");
  EXPECT_EQ(allowed("get", "/"), "GET, HEAD");  // methods have a case
  EXPECT_EQ(allowed("PATCH", "/elsewhere"), "");
  EXPECT_EQ(allowed("GET", "/tags"), "");
}

TEST(Router, GivesTheFirstOfTwoRoutesThatFit) {
  Router<int> router;
  router.add("GET", "/tags/{tag}", 1);
  router.add("GET", "/tags/latest", 2);
  EXPECT_EQ(*router.find("GET", *read_target("/tags/latest")).handler, 1);
}

TEST(Router, Refuses405WithAllowAnd404Without) {
  const auto here = no_route("GET, HEAD"), nowhere = no_route("");
  EXPECT_EQ(here.status, 405);
  EXPECT_EQ(here.headers.back(), (std::pair<std::string, std::string>("Allow", "GET, HEAD")));
  EXPECT_EQ(nowhere.status, 404);
  for (const auto& [name, value] : nowhere.headers) EXPECT_NE(name, "Allow");
}

std::string encoded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kHex[byte / 16], kHex[byte % 16]};
  }
  return out;
}

RC_GTEST_PROP(Router, GivesBackEveryNameThatWasEncoded, ()) {
  const auto letters = rc::gen::element('a', 'Z', '0', '/', '%', '{', '}', '?', ' ', '-', '_', '~');
  const auto name = rc::gen::nonEmpty(rc::gen::container<std::string>(letters));
  const std::string tag = *name, day = *name;
  const std::vector<std::string> both{tag, day};
  RC_ASSERT(parameters("GET", "/tags/" + encoded(tag) + "/days/" + encoded(day)) == both);
}

}  // namespace
}  // namespace castner::http
