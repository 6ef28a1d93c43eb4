// SPDX-License-Identifier: Apache-2.0
// A renewed certificate is in force without a restart; a broken one never is.
#include "castner/http/certificate.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <thread>

#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

class CertificateTest : public ServerTest {
 protected:
  std::string chain() const { return (folder / "chain.pem").string(); }
  std::string key() const { return (folder / "key.pem").string(); }

  /// A pair of its own key, put in place as renewals do: written beside, then renamed.
  void put(const std::string& name) const {
    EVP_PKEY* pair = EVP_EC_gen("P-256");
    X509* x = X509_new();
    X509_set_version(x, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(x), 0);
    X509_gmtime_adj(X509_getm_notAfter(x), 24L * 3600);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_set_pubkey(x, pair);
    ASSERT_GT(X509_sign(x, pair, EVP_sha256()), 0);
    write(key(), [&](FILE* f) { return PEM_write_PrivateKey(f, pair, nullptr, nullptr, 0, nullptr, nullptr); });
    write(chain(), [&](FILE* f) { return PEM_write_X509(f, x); });
    X509_free(x);
    EVP_PKEY_free(pair);
  }
  void serve_with(const std::string& name) {
    put(name);
    http.tls_certificate = chain();
    http.tls_key = key();
    options.tls = true;
    serve();
    EXPECT_EQ(shown(), name);
  }
  static void write(const std::string& file, const auto& fill) {
    FILE* f = fopen((file + ".new").c_str(), "w");
    ASSERT_NE(f, nullptr);
    EXPECT_EQ(fill(f), 1);
    fclose(f);
    std::filesystem::rename(file + ".new", file);
  }
  static void spoil(const std::string& file) {
    write(file, [](FILE* f) { return fputs("-----BEGIN CERTIFICATE-----\n", f) >= 0 ? 1 : 0; });
  }

  static std::string common_name(X509* x) {
    char name[64] = "none";
    if (x) X509_NAME_get_text_by_NID(X509_get_subject_name(x), NID_commonName, name, sizeof name);
    return name;
  }
  /// Whose certificate the server shows to a new connection.
  std::string shown() const {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* ssl = SSL_new(context);
    const Wire wire(port());
    SSL_set_fd(ssl, wire.fd());
    std::string name = "no handshake";
    if (SSL_connect(ssl) == 1) {
      X509* x = SSL_get1_peer_certificate(ssl);
      name = common_name(x);
      X509_free(x);
    }
    SSL_free(ssl);
    SSL_CTX_free(context);
    return name;
  }
  static void wait_for_the_next_look() { std::this_thread::sleep_for(1100ms); }  // a second, and what clocks differ by
};

TEST_F(CertificateTest, ARenewedOneIsShownToNewConnections) {
  serve_with("old");
  put("new");
  wait_for_the_next_look();
  EXPECT_EQ(shown(), "new");
}

TEST_F(CertificateTest, ABrokenOneIsRefusedAndTheOneBeforeStays) {
  serve_with("old");
  spoil(chain());
  wait_for_the_next_look();
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(shown(), "old");
  EXPECT_EQ(shown(), "old");
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("error tls_certificate_refused why="), std::string::npos) << log;
  EXPECT_NE(log.find("used=\"the one before\""), std::string::npos) << log;
  EXPECT_EQ(log.find("tls_certificate_refused"), log.rfind("tls_certificate_refused")) << "said once";
  const auto again = server->read_certificate_again();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().problems.front().where, chain());
  EXPECT_EQ(shown(), "old");
}

TEST_F(CertificateTest, AKeyOfAnotherCertificateIsRefusedUntilItsOwnComes) {
  put("old");
  const auto certificate = http::Certificate::read(chain(), key());
  ASSERT_TRUE(certificate) << certificate.error().text();
  const std::string old_key = key() + ".old";
  std::filesystem::copy_file(key(), old_key);
  put("new");
  const std::string new_key = key() + ".kept";
  std::filesystem::rename(key(), new_key);
  std::filesystem::rename(old_key, key());
  const auto half = (*certificate)->read_again();
  ASSERT_FALSE(half);
  EXPECT_NE(half.error().text().find("no private key that fits the certificate"), std::string::npos);
  std::filesystem::rename(new_key, key());
  ASSERT_TRUE((*certificate)->read_again());
  SSL_CTX* now = (*certificate)->context();
  EXPECT_EQ(common_name(SSL_CTX_get0_certificate(now)), "new");
  SSL_CTX_free(now);
  EXPECT_FALSE(http::Certificate::read(chain(), key() + ".none")) << "a server does not start without its key";
}

}  // namespace
}  // namespace castner::api::testing
