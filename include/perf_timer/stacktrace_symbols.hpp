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
/// It reads the program's files when a thread first calls it, which can take a second for a large
/// one. A watch does that on a thread of its own when it begins. Boost.Stacktrace keeps what it has
/// read for each such thread, and never frees it: 20 MB for a small program. So make one watch, and
/// keep it.
///
/// Thread safety: any thread. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<StackFrame> stacktrace_symbols(
    std::span<const void* const> addresses);

}  // namespace perf_timer::inline v0_1
