// SPDX-License-Identifier: Apache-2.0
#include "castner/people/secrets.h"

#include <sodium.h>

#include <array>
#include <mutex>
#include <vector>

#include "castner/base/check.h"

namespace castner::people {
namespace {

void prepare() {
  static const int ready = sodium_init();
  check(ready >= 0, "libsodium starts");
}

std::string hex(const unsigned char* bytes, std::size_t count) {
  std::vector<char> text(2 * count + 1);
  sodium_bin2hex(text.data(), text.size(), bytes, count);
  return text.data();
}

std::mutex one_at_a_time;

}  // namespace

std::string random_secret() {
  prepare();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return hex(bytes.data(), bytes.size());
}

std::string digest_of(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return hex(hash.data(), hash.size());
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string password_hash(std::string_view password, HashCost cost) {
  prepare();
  const bool people = cost == HashCost::people;
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const std::lock_guard lock(one_at_a_time);
  const int done = crypto_pwhash_argon2id_str(
      text.data(), password.data(), password.size(),
      people ? crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE : crypto_pwhash_argon2id_OPSLIMIT_MIN,
      people ? crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE : crypto_pwhash_argon2id_MEMLIMIT_MIN);
  check(done == 0, "there is memory for a password's hash");
  return text.data();
}

bool password_fits(std::string_view password, const std::string& hash) {
  prepare();
  const std::lock_guard lock(one_at_a_time);
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace castner::people
