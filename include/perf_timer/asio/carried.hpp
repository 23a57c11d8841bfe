//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/asio/binding.hpp>
#include <perf_timer/span/capture.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>

namespace perf_timer::detail {

/// What an instrumented executor carries. An `any_io_executor` doesn't tell what it holds, but
/// passes the question for its context on: a `PerfExecutor` that is asked leaves this behind.
struct Carried {
  unsigned times_asked = 0;
  const BindingRef* binding = nullptr;  // of the executor that was asked last
  const Capture* capture = nullptr;
};

template <class Clock>
[[gnu::visibility("default")]] inline constinit thread_local Carried carried_by_last_asked{};

// noinline: coroutines call these, see thread_state.
template <class Clock>
[[gnu::noinline]] void leave_behind(const BindingRef& binding, const Capture& capture) noexcept {
  Carried& last = carried_by_last_asked<Clock>;
  last = {last.times_asked + 1, &binding, &capture};
}

template <class Clock>
[[nodiscard, gnu::noinline]] Carried last_asked() noexcept {
  return carried_by_last_asked<Clock>;
}

/// What the outermost `PerfExecutor` of this clock inside `executor` carries, for as long as that
/// isn't changed; null pointers if there is none.
template <class Clock, class Executor>
[[nodiscard]] Carried carried_inside(const Executor& executor) {
  if constexpr (boost::asio::can_query<const Executor&, boost::asio::execution::context_t>::value) {
    const unsigned before = last_asked<Clock>().times_asked;
    static_cast<void>(boost::asio::query(executor, boost::asio::execution::context));
    const Carried after = last_asked<Clock>();
    if (after.times_asked != before) return after;
  }
  return {};
}

}  // namespace perf_timer::detail
