//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <array>

namespace perf_timer::inline v0_1::detail {

/// A thread's name as Linux has it: 15 bytes at most, and a zero at the end.
using ThreadName = std::array<char, 16>;

/// The name that the system shows for the calling thread, in a debugger or in `top`. The standard
/// library has none. Where the system has none either it is empty, and reports show numbers.
[[nodiscard]] ThreadName this_thread_name() noexcept;

}  // namespace perf_timer::inline v0_1::detail
