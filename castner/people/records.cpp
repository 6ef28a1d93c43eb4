// SPDX-License-Identifier: Apache-2.0
#include "castner/people/records.h"

namespace castner::people {

std::string Records::error() const {
  auto said = damage();
  if (said.empty()) said = last_error();
  if (owed.size() > 0) (said += said.empty() ? "" : "; ") += kHoldsInMemory;
  return said;
}

void Records::write_what_waits() {
  owed.pay();
  audit.write_waiting();
}

Records::~Records() {
  owed.pay(true);
  audit.write_waiting(true);
}

}  // namespace castner::people
