// SPDX-License-Identifier: Apache-2.0
/// Errors as RFC 9457 documents, with every problem at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/http/http.h"

namespace castner::http {

/// What the asker may choose from to be answered: an option of the request, or a part of what was sent.
struct Choice {
  std::string of, name;  ///< "sheet", ""; "data_unit", "PI-101"
  std::vector<std::string> options;
};

/// An error of ours: bad_input is 400, world_refused 503.
Response problem(const Error&, const std::vector<Choice>& choices = {});
/// @param code  language-free, where a program may want to tell this refusal from others; "" for none
Response problem(int status, std::string_view detail, std::string_view code = "");

}  // namespace castner::http
