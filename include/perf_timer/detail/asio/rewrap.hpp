//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/carried.hpp>
#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/other_asio.hpp>
#include <perf_timer/detail/asio/plain_executor.hpp>
#include <perf_timer/detail/asio/strand.hpp>
#include <perf_timer/detail/asio/ts_interface.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/perf_executor.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(executor.hpp)
#include PERF_TIMER_ASIO_HEADER(execution_context.hpp)

#include <concepts>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

template <class T>
concept AnExecutor = asio::execution::is_executor<T>::value;

template <class T>
concept AnExecutionContext =
    std::convertible_to<T&, asio::execution_context&> && requires(T& t) { t.get_executor(); };

template <class T>
inline constexpr bool is_strand_of_perf_executor = false;
template <AnInstrumentedExecutor Executor>
inline constexpr bool is_strand_of_perf_executor<asio::strand<Executor>> = true;

/// Calls `make(inner executor, binding, capture)` with the parts of an executor, or of a context's
/// executor. A `PerfExecutor` of this clock is taken apart, so that it isn't wrapped twice.
template <class Clock, class ExecutorOrContext, class Make>
[[nodiscard]] auto rewrap(ExecutorOrContext&& from, Make make) {
  using From = std::remove_cvref_t<ExecutorOrContext>;
  refuse_other_asio<From>();
  refuse_ts_executor<From>();
  static_assert(AnExecutor<From> || AnExecutionContext<From> || has_only_ts_interface<From>,
                "wrap, instrument and task take an Asio executor, such as make_strand(context), or "
                "an execution context, such as an io_context");
  if constexpr (AnExecutor<From>) {
    if constexpr (is_perf_executor<From>) {
      if constexpr (std::same_as<typename From::clock, Clock>)
        return make(ExecutorAccess::inner(from), ExecutorAccess::binding(from),
                    ExecutorAccess::capture(from));
      else
        return make(From(from), BindingRef(), Capture());
    } else if constexpr (is_strand_of_perf_executor<From>) {
      return rewrap<Clock>(ExecutorAccess::effective(from), make);
    } else if constexpr (is_plain<From>) {
      return make(From(std::forward<ExecutorOrContext>(from)), BindingRef(), Capture());
    } else {
      // A `PerfExecutor` inside it, in an `any_io_executor` say, still feeds its own timers.
      const Carried inside = carried_inside<Clock>(from);
      return make(From(std::forward<ExecutorOrContext>(from)), bind_to_task_of(inside.binding),
                  inside.capture);
    }
  } else if constexpr (AnExecutionContext<From>) {
    static_assert(std::is_lvalue_reference_v<ExecutorOrContext>,
                  "this execution context is a temporary, which is gone before its executor is "
                  "used: give it a name, as in asio::io_context context");
    return rewrap<Clock>(from.get_executor(), make);
  }
}

}  // namespace perf_timer::inline v0_1::detail
