// SPDX-License-Identifier: Apache-2.0
/// Errors as RFC 9457 documents, with every problem at once.
#pragma once

#include <string_view>

#include "castner/base/error.h"
#include "castner/http/http.h"

namespace castner::http {

/// An error of ours: bad_input is 400, world_refused 503.
Response problem(const Error&);
Response problem(int status, std::string_view detail);

}  // namespace castner::http
