//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// \file
/// Reads the text of types and functions as g++ and clang write it. Odd text gives an odd result,
/// but nothing else: no function here throws anything but `std::bad_alloc`.

namespace perf_timer::inline v0_1::detail {

/// A type that clang names by where it stands: "(lambda at app.cpp:41:7)".
struct SourcePlace {
  std::string_view file{};
  unsigned line = 0;
};

/// Returns the text without spaces around it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Returns whether it can be part of an identifier.
[[nodiscard]] bool is_name_character(char c) noexcept;

/// Returns whether `word` stands at `at`, and isn't the beginning of a longer one.
[[nodiscard]] bool is_word_at(std::string_view text, std::size_t at,
                              std::string_view word) noexcept;

/// Returns the index after "operator" and its symbol, which can be brackets, at `at`. It is after
/// "operator" itself if a type follows.
[[nodiscard]] std::size_t after_operator(std::string_view text, std::size_t at) noexcept;

/// Returns the index after the bracket that closes the one at `at`; `npos` if none does.
[[nodiscard]] std::size_t after_brackets(std::string_view text, std::size_t at);

/// Returns the index of the first of `characters` from `at` on that isn't in brackets; `npos` if
/// there is none.
[[nodiscard]] std::size_t find_outside(std::string_view text, std::string_view characters,
                                       std::size_t at = 0);

/// Returns what commas separate, such as arguments. None if there is nothing.
[[nodiscard]] std::vector<std::string_view> arguments_in(std::string_view text);

/// Returns the place that "(lambda at app.cpp:41:7)" says. Without a file if it says none.
[[nodiscard]] SourcePlace source_place(std::string_view text) noexcept;

}  // namespace perf_timer::inline v0_1::detail
