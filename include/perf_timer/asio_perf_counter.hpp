//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/span/task_counter.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>

namespace perf_timer::inline v0_1 {

/// Returns how long the current task has executed so far, by `Clock`. Its waits don't count. Only
/// the difference of two calls in the same task means anything:
///
///     const auto before = perf_timer::asio_perf_counter();
///     co_await render(page);
///     const auto executed = perf_timer::asio_perf_counter() - before;
///
/// Within a run, the task is the outermost run that is open. Outside of runs, it begins with the
/// first call, and holds everything that executes on behalf of the caller from then on.
///
/// The caller must execute on an executor that `instrument`, `task` or `AsioPerfTimer::wrap` made
/// with the same clock. Otherwise it throws `std::logic_error`. Throws `std::runtime_error` if more
/// than 512 threads executed at once on behalf of the task, and `std::bad_alloc`. Thread safety:
/// any thread.
template <TimerClock Clock = std::chrono::steady_clock>
[[nodiscard]] std::chrono::nanoseconds asio_perf_counter() {
  return std::chrono::nanoseconds(detail::task_counter<Clock>());
}

}  // namespace perf_timer::inline v0_1
