//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/detail/asio/binding_service.hpp>
#include <perf_timer/detail/asio/carried.hpp>
#include <perf_timer/perf_executor.hpp>

#include <boost/asio/execution/executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/is_executor.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace detail {

template <class T>
concept AnExecutor =
    boost::asio::execution::is_executor<T>::value || boost::asio::is_executor<T>::value;

template <class T>
concept AnExecutionContext = std::convertible_to<T&, boost::asio::execution_context&> &&
                             requires(T& t) { t.get_executor(); };

template <class T>
inline constexpr bool is_perf_executor = false;
template <class Inner, class Clock>
inline constexpr bool is_perf_executor<PerfExecutor<Inner, Clock>> = true;

/// Calls `make(inner executor, binding, capture)` with what an executor is made of, or a context's
/// executor. One that is a `PerfExecutor` of this clock already isn't wrapped twice.
template <class Clock, class ExecutorOrContext, class Make>
[[nodiscard]] auto rewrap(ExecutorOrContext&& from, Make make) {
  using From = std::remove_cvref_t<ExecutorOrContext>;
  static_assert(AnExecutor<From> || AnExecutionContext<From>,
                "wrap, instrument and task take an Asio executor, such as make_strand(context), or "
                "an execution context, such as an io_context");
  if constexpr (AnExecutor<From>) {
    if constexpr (is_perf_executor<From>) {
      if constexpr (std::same_as<typename From::clock, Clock>)
        return make(from.get_inner_executor(), from.binding(), from.capture());
      else
        return make(From(from), BindingRef(), Capture());
    } else if constexpr (is_plain<From>) {
      return make(From(std::forward<ExecutorOrContext>(from)), BindingRef(), Capture());
    } else {
      // One that is inside, in an `any_io_executor` say, still feeds its own timers.
      const Carried inside = carried_inside<Clock>(from);
      const BindingRef task = inside.binding ? bind_to_task_of(*inside.binding) : BindingRef();
      const Capture capture = inside.capture ? *inside.capture : Capture();
      return make(From(std::forward<ExecutorOrContext>(from)), task, capture);
    }
  } else if constexpr (AnExecutionContext<From>) {
    return make(from.get_executor(), BindingRef(), Capture());
  }
}

/// `AsioPerfTimer::wrap`.
template <class Clock, class ExecutorOrContext>
[[nodiscard]] auto wrap_executor(ForAsio<Clock>, Recorder& recorder, ExecutorOrContext&& from) {
  return rewrap<Clock>(
      std::forward<ExecutorOrContext>(from),
      [&]<class Inner>(Inner inner, const BindingRef& also, const Capture& capture) {
        auto binding = bind_to_timer(recorder, inner, also);
        return PerfExecutor<Inner, Clock>(std::move(inner), std::move(binding), capture);
      });
}

}  // namespace detail

/// An executor that carries spans and feeds no timer, from an executor or an execution context.
template <TimerClock Clock = std::chrono::steady_clock, class ExecutorOrContext>
[[nodiscard]] auto instrument(ExecutorOrContext&& from) {
  return detail::rewrap<Clock>(
      std::forward<ExecutorOrContext>(from),
      []<class Inner>(Inner inner, const detail::BindingRef& also, const detail::Capture& capture) {
        return PerfExecutor<Inner, Clock>(std::move(inner), also, capture);
      });
}

/// The same, bound to a task of its own: what is executed through it, and through its copies,
/// belongs to that task whoever submits it. Give each coroutine that others wake by means which
/// know nothing of executors one of these. Throws `std::bad_alloc`.
template <TimerClock Clock = std::chrono::steady_clock, class ExecutorOrContext>
[[nodiscard]] auto task(ExecutorOrContext&& from) {
  return detail::rewrap<Clock>(
      std::forward<ExecutorOrContext>(from),
      []<class Inner>(Inner inner, const detail::BindingRef& also, const detail::Capture&) {
        return PerfExecutor<Inner, Clock>(std::move(inner), detail::bind_to_new_task(also));
      });
}

}  // namespace perf_timer::inline v0_1
