//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <mutex>

namespace perf_timer::inline v0_1::detail {

/// Holds off forks for as long as the caller keeps the lock. A thread of the library holds it while
/// it touches something of the user's, such as an executor whose context has locks. Otherwise a
/// child could get these locks locked, and nobody would release them. A fork waits for 0.1 s at
/// most, because the user's code may wait for the thread that forks.
[[nodiscard]] PERF_TIMER_EXPORT std::unique_lock<std::mutex> hold_off_forks();

}  // namespace perf_timer::inline v0_1::detail
