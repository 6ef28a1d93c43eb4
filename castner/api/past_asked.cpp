// SPDX-License-Identifier: Apache-2.0
#include "castner/api/past_asked.h"

#include "castner/base/log.h"

namespace castner::api {

void go_on_with_the_past(service::PastBalances& past, people::Asked& asked) {
  const auto log = [](const Error& e) { log_event(LogLevel::warning, "past_not_balanced", {{"why", e.first()}}); };
  past.tell_end([&asked, log] {
    if (const auto done = asked.done(); !done) log(done.error());
  });
  const auto before = asked.past();
  if (!before) return log(before.error());
  if (!*before) return;
  if (const auto begun = past.ask((*before)->from, (*before)->to); !begun) log(begun.error());
}

}  // namespace castner::api
