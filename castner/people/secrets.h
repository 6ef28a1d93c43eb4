// SPDX-License-Identifier: Apache-2.0
/// Passwords, random secrets and their hashes, by libsodium.
#pragma once

#include <string>
#include <string_view>

namespace castner::people {

/// 256 random bits as 64 hexadecimal digits: nobody guesses it.
std::string random_secret();

/// The hash that is kept instead of a random secret: SHA-256 as 64 hexadecimal digits. Fast, so not for passwords.
std::string digest_of(std::string_view text);

/// Compares in the same time wherever the two differ.
bool same_secret(std::string_view a, std::string_view b);

/// The cost of a password's hash: that of real passwords, or the least that the library allows, for tests.
enum class HashCost { people, tests };

/// The hash that is kept of a password: argon2id with its salt and parameters. 64 MiB and about 0.2 s with HashCost::people; one at
/// a time, whoever asks, so that many sign-ins at once do not take the memory.
std::string password_hash(std::string_view password, HashCost);
bool password_fits(std::string_view password, const std::string& hash);

}  // namespace castner::people
