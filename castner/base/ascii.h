// SPDX-License-Identifier: Apache-2.0
/// ASCII letters and digits, whatever the machine's locale says.
#pragma once

namespace castner {

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

}  // namespace castner
