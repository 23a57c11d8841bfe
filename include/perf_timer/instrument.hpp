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

/// Returns a `PerfExecutor` that carries runs and feeds no timer. Spawn coroutines on it, and all
/// that they await, post and spawn is measured on behalf of the runs that they open.
///
///     asio::co_spawn(perf_timer::instrument(context), client(), asio::detached);
///
/// `from` is an executor or an execution context. If it is a `PerfExecutor` already, what is
/// returned keeps its timers and its task. An executor whose type hides that it is instrumented
/// makes strands that can't be followed, so make the strand first, and instrument that:
///
///     auto strand = perf_timer::instrument(
///         asio::make_strand(co_await asio::this_coro::executor));
///
/// Throws `std::bad_alloc`. Thread safety: any thread. The execution context must outlive what it
/// returns.
template <TimerClock Clock = std::chrono::steady_clock, class ExecutorOrContext>
[[nodiscard]] auto instrument(ExecutorOrContext&& from) {
  return detail::rewrap<Clock>(
      std::forward<ExecutorOrContext>(from),
      []<class Inner>(Inner inner, const detail::BindingRef& also, const detail::Capture& capture) {
        return detail::ExecutorAccess::make<Clock>(std::move(inner), also, capture);
      });
}

}  // namespace perf_timer::inline v0_1
