//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/rewrap.hpp>
#include <perf_timer/perf_executor.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Returns an instrumented executor with a task of its own: what executes through it, or through a
/// copy of it, belongs to that task, whoever submits it.
///
/// Use one for each coroutine that others wake by hand: by an event, a queue or a mutex that knows
/// nothing of executors. On `instrument(executor)` such a coroutine would be resumed on behalf of
/// whoever wakes it.
///
///     asio::co_spawn(perf_timer::task(context), consumer(queue), asio::detached);
///
/// `from` is an executor or an execution context. Throws `std::bad_alloc`. Thread safety: any
/// thread. The execution context must outlive what it returns.
template <TimerClock Clock = std::chrono::steady_clock, class ExecutorOrContext>
[[nodiscard]] auto task(ExecutorOrContext&& from) {
  return detail::rewrap<Clock>(
      std::forward<ExecutorOrContext>(from),
      []<class Inner>(Inner inner, const detail::BindingRef& also, const detail::Capture&) {
        return detail::ExecutorAccess::make<Clock>(std::move(inner), detail::bind_to_new_task(also),
                                                   {});
      });
}

}  // namespace perf_timer::inline v0_1
