//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/stack_frame.hpp>

#include <span>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Calls `find(addresses)` on the one thread of the process that asks Boost.Stacktrace, and waits
/// for it. Boost.Stacktrace keeps what it has read of the program for each thread that asks it, and
/// never frees it.
///
/// The first call starts the thread, which stays to the end of the process. The child of a fork
/// starts one of its own. Thread safety: any thread. Throws what `find` throws, `std::bad_alloc`,
/// and `std::system_error` if no thread can be created.
[[nodiscard]] std::vector<StackFrame> on_symbol_thread(
    std::vector<StackFrame> (*find)(std::span<const void* const>),
    std::span<const void* const> addresses);

}  // namespace perf_timer::inline v0_1::detail
