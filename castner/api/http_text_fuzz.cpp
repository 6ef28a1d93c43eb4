// SPDX-License-Identifier: Apache-2.0
// Whatever a client sends as target, cookie, JSON or gzip: reading it ends, and what is accepted keeps its promises.
#include <cstdint>

#include "castner/api/history_request.h"
#include "castner/api/json_read.h"
#include "castner/base/check.h"
#include "castner/historian/aggregate.h"
#include "castner/http/gzip.h"
#include "castner/http/target.h"

using namespace castner;
using namespace castner::api;

static void target_keeps_its_promises(std::string_view bytes) {
  const auto target = http::read_target(bytes);
  if (!target) return;
  check(!target->parts.empty(), "a path has a part");
  for (const auto& part : target->parts)
    check(part != "." && part != ".." && http::is_text(part), "no part leads elsewhere");
  for (const auto& [key, value] : target->query) check(http::is_text(key) && http::is_text(value), "a query is text");
  const Time now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);
  const auto request = read_history_request(*target, now);
  if (!request) {
    check(!request.error().problems.empty(), "a refusal says why");
    return;
  }
  check(request->from < request->to, "time goes forward");
  check(!request->tags.empty() && request->tags.size() <= HistoryRequest::kMostTags, "some tags, not too many");
  if (request->bucket)
    check(historian::bucket_count({{}, request->from, request->to}, *request->bucket).value_or(0) - 1 < 100'000,
          "some buckets, not too many");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  target_keeps_its_promises(bytes);
  if (const auto value = http::cookie(bytes, "castner_session"))
    check(value->find(';') == std::string::npos, "a cookie ends at its semicolon");
  if (const auto fields = read_fields(bytes, {{"name"}, {"password"}, {"disabled", Field::Kind::boolean, false}}))
    check(fields->text("name") && fields->text("password"), "what is required is there");
  if (const auto plain = http::gunzip(bytes, 100'000)) check(plain->size() <= 100'000, "the limit holds");
  return 0;
}
