//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>

namespace perf_timer::inline v0_1::detail {

/// The file descriptors of the standard streams, by POSIX.
inline constexpr int standard_output = 1, standard_error = 2;

/// Returns whether a file descriptor is a terminal. Without this function, a report has neither
/// colours nor a width to fit.
[[nodiscard]] bool is_terminal(int file_descriptor) noexcept;

/// Returns how many characters fit in a line of a terminal; 0 if unknown.
[[nodiscard]] std::size_t terminal_width(int file_descriptor) noexcept;

}  // namespace perf_timer::inline v0_1::detail
