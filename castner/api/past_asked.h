// SPDX-License-Identifier: Apache-2.0
/// What was asked for before a restart goes on after it.
#pragma once

#include "castner/people/asked.h"
#include "castner/service/past_balances.h"

namespace castner::api {

/// Begins the request for balances of the past that the records hold, if any; those that are there stay. From now on the records forget
/// a request that is done. Both must outlive the requests.
void go_on_with_the_past(service::PastBalances&, people::Asked&);

}  // namespace castner::api
