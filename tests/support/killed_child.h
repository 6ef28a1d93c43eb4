// SPDX-License-Identifier: Apache-2.0
/// A program that is killed (SIGKILL) in the middle of its work, as by a power cut or an impatient supervisor.
#pragma once

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace castner {

/// Runs `work` in a child of this process, which must have no other thread, and kills it after so long. True where it was killed before it
/// had ended by itself.
template <class Work>
bool runs_until_killed(Work work, std::chrono::microseconds after) {
  const auto child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // should the test itself be killed
    work();
    ::_exit(0);
  }
  std::this_thread::sleep_for(after);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

}  // namespace castner
