//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/awaited_run.hpp>
#include <perf_timer/detail/asio/eager.hpp>
#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/other_asio.hpp>
#include <perf_timer/detail/asio/run_frame.hpp>
#include <perf_timer/detail/asio/timed_token.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/timers/decorated.hpp>
#include <perf_timer/detail/timers/refuse.hpp>
#include <perf_timer/perf_executor.hpp>

#include PERF_TIMER_ASIO_HEADER(awaitable.hpp)

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Awaits the awaitable as a run, in the coroutine that awaits this. So the measured program
/// suspends where it did, and sees the same cancellation.
template <class Clock, class T, class Executor>
asio::awaitable<T, Executor> run_in_place(BegunRun begun, asio::awaitable<T, Executor> awaitable) {
  bool instrumented = true;
  if constexpr (!is_perf_executor<Executor>) instrumented = co_await WhetherInstrumented<Clock>();
  AwaitedRun<Clock> run(begun.open(), instrumented);
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(awaitable);
      run.returned();
    } else {
      T result = co_await std::move(awaitable);
      run.returned();
      co_return std::move(result);
    }
  } catch (...) {
    run.threw();
    throw;
  }
}

template <class Clock, class T, class Executor>
[[nodiscard]] asio::awaitable<T, Executor> decorate_awaitable(
    Recorder& recorder, asio::awaitable<T, Executor> awaitable) {
  if constexpr (is_perf_executor<Executor>)
    static_assert(std::same_as<typename Executor::clock, Clock>,
                  "the coroutine's executor is instrumented with another clock than the timer's");
  if (!recorder.enabled()) return awaitable;
  return run_in_place<Clock>(BegunRun(recorder), std::move(awaitable));
}

/// Calls a function. The awaitable of a coroutine function is a run, or the whole coroutine if it
/// starts at once; for any other function, the call is.
template <class Clock, class ScopeRun>
struct CallForAsio {
  template <class Function, class... Arguments>
  static decltype(auto) call(Recorder& recorder, Function&& function, Arguments&&... arguments) {
    using Result = std::invoke_result_t<Function, Arguments...>;
    if constexpr (is_awaitable<Result>) {
      return decorate_awaitable<Clock>(
          recorder,
          std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...));
    } else if constexpr (EagerResult<Result, Arguments...>) {
      return call_eager<Clock, Result, Function, Arguments...>(
          recorder, std::forward<Function>(function), std::forward<Arguments>(arguments)...);
    } else if constexpr (CoroutineResult<Result, Arguments...>) {
      refuse_other_asio<Result>();
      refuse_for_asio_timer<Result>();
      return std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...);
    } else {
      return CallAsRun<ScopeRun>::call(recorder, std::forward<Function>(function),
                                       std::forward<Arguments>(arguments)...);
    }
  }
};

/// Implements `AsioPerfTimer::decorate`.
template <class Clock, class ScopeRun, class Target>
[[nodiscard]] auto decorate(Recorder& recorder, Target&& target) {
  if constexpr (is_awaitable<std::remove_cvref_t<Target>>) {
    return decorate_awaitable<Clock>(recorder, std::forward<Target>(target));
  } else if constexpr (DeferredOperation<std::remove_cvref_t<Target>>) {
    return decorate_operation<Clock>(recorder, std::forward<Target>(target));
  } else {
    refuse_other_asio<std::decay_t<Target>>();
    refuse_for_asio_timer<std::decay_t<Target>>();
    return Decorated<std::decay_t<Target>, CallForAsio<Clock, ScopeRun>>(
        recorder, std::forward<Target>(target));
  }
}

}  // namespace perf_timer::inline v0_1::detail
