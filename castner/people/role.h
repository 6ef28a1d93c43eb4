// SPDX-License-Identifier: Apache-2.0
/// The rights of a person or a program; each role includes the rights of those before it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace castner::people {

enum class Role {
  viewer,         ///< reads
  operates,       ///< "operator": and asks for a balance now
  engineer,       ///< and writes readings
  administrator,  ///< and keeps accounts and tokens, reads the audit trail
};

inline constexpr std::array<std::string_view, 4> kRoleNames = {"viewer", "operator", "engineer", "administrator"};

constexpr std::string_view role_name(Role r) { return kRoleNames[static_cast<std::size_t>(r)]; }
constexpr std::optional<Role> role_named(std::string_view name) {
  for (std::size_t i = 0; i < kRoleNames.size(); ++i)
    if (kRoleNames[i] == name) return static_cast<Role>(i);
  return {};
}
constexpr bool may(Role who, Role needed) { return who >= needed; }

}  // namespace castner::people
