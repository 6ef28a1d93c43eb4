// SPDX-License-Identifier: Apache-2.0
/// Answers that take long: made on a thread of their own while whoever asked waits, in a fair line, and left as soon as he is gone.
#pragma once

#include <cstddef>
#include <functional>

#include "castner/api/call.h"
#include "castner/service/awaited_work.h"

namespace castner::api {

/// What came out, said in either language.
using InWords = std::function<http::Response(words::Language)>;
/// Works it out; the call may be over, so it holds all that it needs. Of no use when it was asked to stop.
using LongTask = std::function<InWords(const std::stop_token&, const service::AwaitedWork::Count&)>;

/// Who accepts text/event-stream hears how far it is, and at the end the answer in both languages; the others wait for it in the language
/// that they ask for.
/// @param bytes  that the task holds
http::Response awaited(Call&, std::size_t bytes, LongTask);

}  // namespace castner::api
