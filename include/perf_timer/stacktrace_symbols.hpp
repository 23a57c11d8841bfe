//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/stack_frame.hpp>

#include <span>
#include <vector>

namespace perf_timer::inline v0_1 {

/// Finds out functions, files and lines by Boost.Stacktrace, from what the compiler left in the
/// program
/// (`-g`). Without that it knows the functions. It reads the program's files when it is first
/// called, on the calling thread, which can take a second for a large one. For
/// `StallWatchOptions::symbols`; a watch does that on a thread of its own when it begins.
///
/// Thread safety: any thread. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<StackFrame> stacktrace_symbols(
    std::span<const void* const> addresses);

}  // namespace perf_timer::inline v0_1
