// SPDX-License-Identifier: Apache-2.0
/// TLS as bytes in and bytes out, for a connection that keeps its own socket. The other side's certificate is checked.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "castner/base/error.h"

namespace castner::sources {

struct TlsSettings {
  std::string host;              ///< whose certificate is expected
  std::string authority;         ///< PEM file of those who may vouch for it; "": the system's
  std::string certificate, key;  ///< PEM files by which we show who we are; "": none
};

/// One connection, as client.
class Tls {
 public:
  /// world_refused where a file cannot be read.
  [[nodiscard]] static Result<std::unique_ptr<Tls>> make(const TlsSettings&);
  virtual ~Tls() = default;
  /// Takes what came from the network. False: the other side is not trusted or speaks no TLS; then error() says why.
  virtual bool received(std::string_view bytes) = 0;
  virtual bool ready() const = 0;        ///< the handshake is done
  virtual std::string take_plain() = 0;  ///< what the other side said
  virtual bool send_plain(std::string_view) = 0;
  virtual std::string
  take_to_network() = 0;  ///< what to put on the wire; ask after every call above, and once at the start
  virtual const std::string& error() const = 0;
};

}  // namespace castner::sources
