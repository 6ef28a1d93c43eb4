// SPDX-License-Identifier: Apache-2.0
/// Puts late, repeated and corrected readings in order.
#pragma once

#include <span>

#include "castner/historian/columns.h"

namespace castner::historian {

/// Whether times ascend, each there once: the usual case.
bool is_in_order(const Columns&);
/// Readings of one tag, ascending in time and at one time in the order of arrival (where that is equal, in the order given);
/// a reading that says the same as the one before it at that time is left out.
Columns in_order(Columns);

/// Indices [first, second) of readings in order with from <= time < to.
std::pair<std::size_t, std::size_t> indices_within(const Columns& in_order, Time from, Time to);

/// Concatenates columns of one tag, oldest first.
Columns concatenated(TagId tag, std::span<const Columns* const>);

}  // namespace castner::historian
