// SPDX-License-Identifier: Apache-2.0
#include "castner/service/low_priority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace castner::service {

void lower_priority(int nice) {
#ifdef __linux__
  // On Linux a thread has a nice value of its own.
  (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), nice);
#else
  (void)nice;
#endif
}

}  // namespace castner::service
