//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <array>

namespace perf_timer::inline v0_1::detail {

/// A thread's name on Linux: at most 15 bytes, and a zero at the end. A longer one, of another
/// system, is cut.
using ThreadName = std::array<char, 16>;

/// Returns the system's name for the calling thread, as a debugger or `top` shows it. The standard
/// library has no names. On a system without names it is empty, and reports show numbers.
[[nodiscard]] ThreadName this_thread_name() noexcept;

}  // namespace perf_timer::inline v0_1::detail
