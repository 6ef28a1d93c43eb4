// SPDX-License-Identifier: Apache-2.0
#include "castner/http/certificate.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <ctime>

#include "castner/base/log.h"

namespace castner::http {
namespace {

struct FreeContext {
  void operator()(SSL_CTX* c) const { SSL_CTX_free(c); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

std::string openssl_error() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason ? reason : "it cannot be read";
}

/// A key with a passphrase: nobody is there to type it.
int no_passphrase(char*, int, int, void*) { return 0; }

Result<Context> make_context(const std::string& chain, const std::string& key) {
  Context context(SSL_CTX_new(TLS_server_method()));
  ERR_clear_error();
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_default_passwd_cb(context.get(), no_passphrase);
  if (SSL_CTX_use_certificate_chain_file(context.get(), chain.c_str()) != 1)
    return bad_input(chain, "is no certificate chain in PEM: " + openssl_error(),
                     "give the server's own certificate first");
  // Compares the key with the certificate too.
  if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
    return bad_input(key, "is no private key that fits the certificate: " + openssl_error(),
                     "give the key in PEM, without a passphrase, for which the certificate was made");
  return context;
}

/// Until when the certificate holds: "2027-02-21".
std::string valid_until(SSL_CTX* context) {
  std::tm t{};
  const X509* own = SSL_CTX_get0_certificate(context);
  if (!own || ASN1_TIME_to_tm(X509_get0_notAfter(own), &t) != 1) return "?";
  char text[16];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &t)};
}

}  // namespace

Certificate::Certificate(std::string chain, std::string key) : chain_(std::move(chain)), key_(std::move(key)) {}
Certificate::~Certificate() { SSL_CTX_free(context_); }

Result<std::unique_ptr<Certificate>> Certificate::read(const std::string& chain, const std::string& key) {
  std::unique_ptr<Certificate> made(new Certificate(chain, key));
  CASTNER_TRY(made->renew());
  return made;
}

Certificate::Stamp Certificate::stamp() const {
  Stamp s;
  std::size_t k = 0;
  for (const auto& file : {chain_, key_}) {
    struct stat seen {};
    if (stat(file.c_str(), &seen) != 0) seen = {};
    for (const long long mark :
         {static_cast<long long>(seen.st_mtim.tv_sec), static_cast<long long>(seen.st_mtim.tv_nsec),
          static_cast<long long>(seen.st_ino), static_cast<long long>(seen.st_size)})
      s.marks[k++] = mark;
  }
  return s;
}

Result<void> Certificate::renew() {
  seen_ = stamp();  // before reading: what is written meanwhile is seen at the next look
  auto next = CASTNER_TRY(make_context(chain_, key_));
  SSL_CTX_free(context_);  // connections of before hold it as long as they live
  context_ = next.release();
  return {};
}

Result<void> Certificate::read_again() {
  const std::lock_guard lock(mutex_);
  return renew_and_say();
}

Result<void> Certificate::renew_and_say() {
  auto done = renew();
  if (done)
    log_event(LogLevel::info, "tls_certificate_read", {{"file", chain_}, {"valid_until", valid_until(context_)}});
  else
    log_event(LogLevel::error, "tls_certificate_refused", {{"why", done.error().first()}, {"used", "the one before"}});
  return done;
}

ssl_ctx_st* Certificate::context() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ >= std::chrono::seconds(1)) {
    looked_ = now;
    if (stamp() != seen_) (void)renew_and_say();
  }
  SSL_CTX_up_ref(context_);
  return context_;
}

}  // namespace castner::http
