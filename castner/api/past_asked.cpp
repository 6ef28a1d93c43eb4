// SPDX-License-Identifier: Apache-2.0
#include "castner/api/past_asked.h"

#include "castner/base/log.h"

namespace castner::api {

void go_on_with_the_past(service::PastBalances& past, people::Asked& asked) {
  const auto log = [](const Error& e) { log_event(LogLevel::warning, "past_not_balanced", {{"why", e.first()}}); };
  past.write_down({.keep = [&asked](Time from, Time to) -> Result<void> {
                     // Written already, as after a restart: nothing to write, for which a full disk may have no room.
                     if (const auto there = CASTNER_TRY(asked.past()); there && there->from == from && there->to == to)
                       return {};
                     return asked.keep({from, to});
                   },
                   .forget = [&asked] { return asked.done(); }});
  const auto before = asked.past();
  if (!before) return log(before.error());
  if (!*before) return;
  if (const auto begun = past.ask((*before)->from, (*before)->to); !begun) log(begun.error());
}

}  // namespace castner::api
