// SPDX-License-Identifier: Apache-2.0
/// A VictoriaMetrics server on loopback for the time of a test.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "castner/base/check.h"
#include "tests/support/scratch_folder.h"

namespace castner::testing {

class VictoriaServer {
 public:
  VictoriaServer() : port_(free_port()) { start(); }
  ~VictoriaServer() { stop(SIGKILL); }
  VictoriaServer(const VictoriaServer&) = delete;
  VictoriaServer& operator=(const VictoriaServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  bool runs() const { return child_ > 0; }

  void start() {
    const std::string program = "/usr/bin/victoria-metrics", data = "-storageDataPath=" + folder_.path() + "/data",
                      listen = "-httpListenAddr=127.0.0.1:" + std::to_string(port_);
    if (access(program.c_str(), X_OK) != 0) return;
    child_ = fork();
    check(child_ >= 0, "a process can be started");
    if (child_ == 0) {
      const int null = open("/dev/null", O_WRONLY);
      dup2(null, STDOUT_FILENO);
      dup2(null, STDERR_FILENO);
      execl(program.c_str(), program.c_str(), data.c_str(), listen.c_str(), "-retentionPeriod=100y",
            "-memory.allowedPercent=5", "-search.disableCache", nullptr);
      _exit(127);
    }
    for (int k = 0; k < 500 && !answers(); ++k) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    check(answers(), "VictoriaMetrics answers within ten seconds");
  }
  void stop(int signal) {
    if (child_ <= 0) return;
    kill(child_, signal);
    waitpid(child_, nullptr, 0);
    child_ = 0;
  }

 private:
  static sockaddr_in loopback(int port) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    a.sin_port = htons(static_cast<std::uint16_t>(port));
    return a;
  }
  static int free_port() {
    const int s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in a = loopback(0);
    socklen_t length = sizeof a;
    check(bind(s, reinterpret_cast<sockaddr*>(&a), length) == 0, "loopback has a free port");
    getsockname(s, reinterpret_cast<sockaddr*>(&a), &length);
    close(s);
    return ntohs(a.sin_port);
  }
  bool answers() const {
    const int s = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in a = loopback(port_);
    const bool yes = connect(s, reinterpret_cast<const sockaddr*>(&a), sizeof a) == 0;
    close(s);
    return yes;
  }

  ScratchFolder folder_;
  int port_;
  pid_t child_ = 0;
};

}  // namespace castner::testing
