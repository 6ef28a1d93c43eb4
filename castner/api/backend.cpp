// SPDX-License-Identifier: Apache-2.0
#include "castner/api/backend.h"

#include "castner/http/http_server.h"

namespace castner::api {

Result<void> check_doors(const Doors& doors, const std::string& where) {
  if (http::is_loopback(doors.address)) return {};
  Error error;
  if (!doors.tls)
    error.problems.push_back({where, "listens on " + doors.address + ", beyond this machine, without TLS",
                              "set tls_certificate and tls_key, or listen on 127.0.0.1"});
  if (!doors.accounts)
    error.problems.push_back({where, "listens on " + doors.address + ", beyond this machine, while no account exists",
                              "make one: castner account add NAME --role administrator"});
  if (error.problems.empty()) return {};
  return tl::unexpected(error);
}

bool open_to_all(const Doors& doors) { return http::is_loopback(doors.address) && !doors.accounts; }

}  // namespace castner::api
