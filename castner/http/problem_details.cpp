// SPDX-License-Identifier: Apache-2.0
#include "castner/http/problem_details.h"

#include "castner/base/json_writer.h"

namespace castner::http {
namespace {

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input: return 400;
    case ErrorCode::world_refused: return 503;
  }
  return 500;
}

Response document(int status, std::string_view detail, const std::vector<Problem>& problems,
                  const std::vector<Choice>& choices, std::string_view code = "") {
  JsonWriter json;
  json.object()
      .field("type", "about:blank")
      .field("title", reason_of(status))
      .field("status", status)
      .field("detail", detail)
      .key("problems")
      .array();
  for (const auto& p : problems)
    json.object().field("where", p.where).field("what", p.what).field("cure", p.cure).end_object();
  json.end_array();
  if (!choices.empty()) {
    json.key("choices").array();
    for (const auto& c : choices) {
      json.object().field("of", c.of).field("name", c.name).key("options").array();
      for (const auto& option : c.options) json.value(option);
      json.end_array().end_object();
    }
    json.end_array();
  }
  if (!code.empty()) json.field("code", code);
  json.end_object();
  Response r{.status = status,
             .headers = {{"Content-Type", "application/problem+json"}},
             .body = json.take(),
             .shared = {},
             .stream = {}};
  if (status == 503) r.with("Retry-After", "1");
  return r;
}

}  // namespace

Response problem(const Error& error, const std::vector<Choice>& choices) {
  std::string detail = error.first();
  if (error.problems.size() > 1) detail += " (and " + std::to_string(error.problems.size() - 1) + " more)";
  return document(status_of(error.code), detail, error.problems, choices);
}

Response problem(int status, std::string_view detail, std::string_view code) {
  return document(status, detail, {}, {}, code);
}

}  // namespace castner::http
