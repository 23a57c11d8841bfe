//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// How many forks led to this process. Data with another number was written by threads that may not
/// exist in this process. Relaxed: only the single thread of a new process writes it.
PERF_TIMER_EXPORT extern std::atomic<std::uint32_t> fork_count;

}  // namespace perf_timer::inline v0_1::detail
