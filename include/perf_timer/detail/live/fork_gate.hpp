//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <mutex>

namespace perf_timer::inline v0_1::detail {

/// Held by a thread of the library's while it touches what is the user's, such as an executor whose
/// context has locks: no fork happens meanwhile, or the child would have those locks for ever, and
/// nobody to release them. A fork waits for 0.1 s at most, as what is the user's can wait for the
/// thread that forks.
[[nodiscard]] PERF_TIMER_EXPORT std::unique_lock<std::mutex> hold_off_forks();

}  // namespace perf_timer::inline v0_1::detail
