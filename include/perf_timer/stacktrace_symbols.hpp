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
/// program (`-g`). Without that it knows the functions. For `StallWatchOptions::symbols`.
///
/// It reads the program's files when it is first called, which can take a second for a large one.
/// A watch lets that happen when it begins. Boost.Stacktrace keeps what it has read for each thread
/// that asks it, 20 MB for a small program, and never frees it. So one thread of the process asks
/// it for all, and callers wait for that thread. It stays to the end of the process. The child of a
/// fork gets one of its own, and pays anew.
///
/// Thread safety: any thread. Throws std::bad_alloc, and std::system_error if that thread can't be
/// created.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<StackFrame> stacktrace_symbols(
    std::span<const void* const> addresses);

}  // namespace perf_timer::inline v0_1
