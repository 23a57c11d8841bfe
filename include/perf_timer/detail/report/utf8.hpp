//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Returns whether a byte of UTF-8 isn't the first of its code point.
[[nodiscard]] constexpr bool continues_code_point(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;  ///< zero if no UTF-8 begins here
};

/// Returns the first code point of `text`, which must not be empty.
[[nodiscard]] PERF_TIMER_EXPORT CodePoint first_code_point(std::string_view text) noexcept;

/// Returns `text` with U+FFFD for each byte that isn't UTF-8, for formats that must be UTF-8.
[[nodiscard]] PERF_TIMER_EXPORT std::string valid_utf8(std::string_view text);

/// Room for one code point's bytes, each as "\x1b".
using EscapedRoom = std::array<char, 16>;
/// Takes the first code point off `text`, which must not be empty, and returns it as `escaped`
/// does. Allocates nothing.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view next_escaped(std::string_view& text,
                                                              EscapedRoom& room) noexcept;

/// Returns `text` as one line of UTF-8. Escapes quotes, backslashes, what a terminal would obey,
/// and what isn't UTF-8.
[[nodiscard]] PERF_TIMER_EXPORT std::string escaped(std::string_view text);

}  // namespace perf_timer::inline v0_1::detail
