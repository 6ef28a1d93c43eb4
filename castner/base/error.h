// SPDX-License-Identifier: Apache-2.0
/// Errors as values: every problem of an input at once, each with its place and its cure.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>
#include <vector>

namespace castner {

enum class ErrorCode {
  bad_input,      ///< the person who wrote the input acts; nothing was applied (exit code 2)
  world_refused,  ///< disk, network, permission; the operator of the machine acts (exit code 3)
};

/// One line for a person: `plant.toml:14: unit "X" has no stream; add it under [[stream]]`.
struct Problem {
  std::string where;  ///< "file:line", "file", or "" where there is no place
  std::string what;
  std::string cure;  ///< the next step of the reader; may be empty
  std::string text() const { return (where.empty() ? "" : where + ": ") + what + (cure.empty() ? "" : "; " + cure); }
  friend bool operator==(const Problem&, const Problem&) = default;
};

struct Error {
  ErrorCode code = ErrorCode::bad_input;
  std::vector<Problem> problems;
  /// All problems, one a line.
  std::string text() const {
    std::string all;
    for (const auto& p : problems) all += p.text() + "\n";
    return all;
  }
  /// The first problem as one line, for a log or a state that has room for one; "" where there is none.
  std::string first() const { return problems.empty() ? "" : problems.front().text(); }
};

template <class T>
using Result = tl::expected<T, Error>;

/// The value of a Result, or return its error from here: `auto table = CASTNER_TRY(read_table(bytes, file));`. Of a Result<void> it
/// is a statement: `CASTNER_TRY(write_file(path, text));`. (A statement expression, which GCC and clang have.)
#define CASTNER_TRY(...)                                                     \
  __extension__({                                                            \
    auto castner_try = (__VA_ARGS__);                                        \
    if (!castner_try) return tl::unexpected(std::move(castner_try).error()); \
    castner::value_of_result(std::move(castner_try));                        \
  })
template <class T, class E>
T value_of_result(tl::expected<T, E>&& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline tl::unexpected<Error> bad_input(std::string where, std::string what, std::string cure = {}) {
  return tl::unexpected(Error{ErrorCode::bad_input, {{std::move(where), std::move(what), std::move(cure)}}});
}
inline tl::unexpected<Error> world_refused(std::string where, std::string what, std::string cure = {}) {
  return tl::unexpected(Error{ErrorCode::world_refused, {{std::move(where), std::move(what), std::move(cure)}}});
}

}  // namespace castner
