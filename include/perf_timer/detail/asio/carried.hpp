//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/capture.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>

namespace perf_timer::inline v0_1::detail {

/// What an instrumented executor carries. An `any_io_executor` doesn't tell what it holds, but
/// passes a query for its context on. A `PerfExecutor` that is queried remembers this.
struct Carried {
  const BindingRef* binding = nullptr;  // of the executor that was queried last
  const Capture* capture = nullptr;
};

template <class Clock>
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local Carried
    carried_by_last_asked{};

// Not inlined, because coroutines call these; see `thread_state_of`.
template <class Clock>
PERF_TIMER_NOINLINE void remember_asked(const BindingRef& binding,
                                        const Capture& capture) noexcept {
  carried_by_last_asked<Clock> = {&binding, &capture};
}

template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE Carried& last_asked() noexcept {
  return carried_by_last_asked<Clock>;
}

/// Returns what the outermost `PerfExecutor` of this clock inside `executor` carries; null pointers
/// if there is none. The result is this thread's. It holds until the next call, and while
/// `executor` isn't changed.
template <class Clock, class Executor>
[[nodiscard]] const Carried& carried_inside(const Executor& executor) {
  Carried& last = last_asked<Clock>();
  last = {};
  if constexpr (boost::asio::can_query<const Executor&, boost::asio::execution::context_t>::value)
    static_cast<void>(boost::asio::query(executor, boost::asio::execution::context));
  return last;
}

/// Returns whether a coroutine on this executor carries spans of this clock.
template <class Clock, class Executor>
[[nodiscard]] bool is_instrumented(const Executor& executor) {
  return carried_inside<Clock>(executor).binding != nullptr;
}

}  // namespace perf_timer::inline v0_1::detail
