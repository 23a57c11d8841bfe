//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/span/task_counter.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>

namespace perf_timer::inline v0_1 {

/// Execution time of the current task so far: what has been executed on behalf of the outermost run
/// that is open, or of the chain of steps that called this first. Only differences mean anything.
///
/// Throws `std::logic_error` outside of an instrumented task. Thread safety: any thread.
template <TimerClock Clock = std::chrono::steady_clock>
[[nodiscard]] std::chrono::nanoseconds asio_perf_counter() {
  return std::chrono::nanoseconds(detail::task_counter<Clock>());
}

}  // namespace perf_timer::inline v0_1
