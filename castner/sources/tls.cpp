// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace castner::sources {
namespace {

std::string openssl_error() {
  char text[256] = "no reason given";
  if (const auto code = ERR_get_error(); code != 0) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return text;
}

class OpenSslTls final : public Tls {
 public:
  OpenSslTls(SSL_CTX* context, const std::string& host) : context_(context), ssl_(SSL_new(context)) {
    in_ = BIO_new(BIO_s_mem());
    out_ = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl_, in_, out_);
    SSL_set_connect_state(ssl_);
    unsigned char address[16];
    const bool number =
        inet_pton(AF_INET, host.c_str(), address) == 1 || inet_pton(AF_INET6, host.c_str(), address) == 1;
    if (number) {
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), host.c_str());
    } else {
      SSL_set1_host(ssl_, host.c_str());
      SSL_set_tlsext_host_name(ssl_, host.c_str());
    }
    shake();
  }
  OpenSslTls(const OpenSslTls&) = delete;
  OpenSslTls& operator=(const OpenSslTls&) = delete;
  ~OpenSslTls() override {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }

  bool received(std::string_view bytes) override {
    BIO_write(in_, bytes.data(), static_cast<int>(bytes.size()));
    return shake();
  }
  bool ready() const override { return SSL_is_init_finished(ssl_) == 1; }
  std::string take_plain() override {
    std::string all;
    char buffer[16384];
    for (int got; ready() && (got = SSL_read(ssl_, buffer, sizeof buffer)) > 0;)
      all.append(buffer, static_cast<std::size_t>(got));
    return all;
  }
  bool send_plain(std::string_view bytes) override {
    return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
  }
  std::string take_to_network() override {
    char* data = nullptr;
    const long size = BIO_get_mem_data(out_, &data);
    std::string all(data, static_cast<std::size_t>(size));
    (void)BIO_reset(out_);
    return all;
  }
  const std::string& error() const override { return error_; }

 private:
  bool shake() {
    if (ready()) return true;
    const int done = SSL_do_handshake(ssl_);
    if (done == 1 || SSL_get_error(ssl_, done) == SSL_ERROR_WANT_READ) return true;
    const long verdict = SSL_get_verify_result(ssl_);
    error_ = verdict != X509_V_OK
                 ? std::string("its certificate is not trusted: ") + X509_verify_cert_error_string(verdict)
                 : "TLS: " + openssl_error();
    return false;
  }
  SSL_CTX* context_;
  SSL* ssl_;
  BIO *in_, *out_;  // the SSL's own
  std::string error_;
};

}  // namespace

Result<std::unique_ptr<Tls>> Tls::make(const TlsSettings& s) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  std::string refused;
  if (s.authority.empty() ? SSL_CTX_set_default_verify_paths(context) != 1
                          : SSL_CTX_load_verify_locations(context, s.authority.c_str(), nullptr) != 1)
    refused = s.authority;
  else if (!s.certificate.empty() && SSL_CTX_use_certificate_chain_file(context, s.certificate.c_str()) != 1)
    refused = s.certificate;
  else if (!s.key.empty() && SSL_CTX_use_PrivateKey_file(context, s.key.c_str(), SSL_FILETYPE_PEM) != 1)
    refused = s.key;
  else
    return std::make_unique<OpenSslTls>(context, s.host);
  SSL_CTX_free(context);
  return world_refused(refused, "cannot be used for TLS: " + openssl_error(),
                       "name a PEM file that this server may read");
}

}  // namespace castner::sources
