//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/measure_overhead.hpp>
#include <perf_timer/run.hpp>
#include <perf_timer/timer_base.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <string>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace detail {

/// Selects the functions of the room `asio`, which knows this one, by argument-dependent lookup.
template <class Clock>
struct ForAsio {};

}  // namespace detail

/// Times what handlers and coroutines of Boost.Asio execute, not the time in which they sleep.
///
/// Thread safety: all members. A run is one thread's at a time.
template <TimerClock Clock>
class BasicAsioPerfTimer : public TimerBase {
 public:
  using clock = Clock;
  using Run = perf_timer::Run<detail::OpenRun<Clock>, detail::AnyThread>;

  /// Throws `std::invalid_argument` if the name is empty.
  explicit BasicAsioPerfTimer(std::string name, TimerOptions options = {})
      : TimerBase(std::move(name), std::move(options), detail::SeriesKept::all) {}

  /// A causal run that ends with the scope: busy is all that is executed on its behalf until then,
  /// on instrumented executors. A coroutine's local, an object's member or a function's local.
  [[nodiscard]] Run measure() noexcept { return Run(recorder()); }

  /// An executor (or a context's) of which each function that it executes is a run. A few bytes for
  /// the timer stay with the execution context until that is destroyed: make timers once, and not
  /// for each connection.
  template <class ExecutorOrContext>
  [[nodiscard]] auto wrap(ExecutorOrContext&& inner) {
    return wrap_executor(detail::ForAsio<Clock>{}, recorder(),
                         std::forward<ExecutorOrContext>(inner));
  }

  /// Of an awaitable: one that is a run while it is awaited. Of a coroutine function: one of which
  /// each call is such. Of any other function: one of which each call is a run.
  template <class AwaitableOrFunction>
  [[nodiscard]] auto decorate(AwaitableOrFunction&& target) {
    return decorate_for_asio(detail::ForAsio<Clock>{}, recorder(),
                             std::forward<AwaitableOrFunction>(target));
  }

  /// Records a run that was measured elsewhere, as busy all the time. Throws
  /// `std::invalid_argument` if the duration is negative or not finite.
  template <class Rep, class Period>
  void observe(std::chrono::duration<Rep, Period> duration) {
    const auto busy = detail::checked_duration(duration);
    if (enabled()) recorder().record({busy, 0, busy, {}});
  }

 private:
  [[nodiscard]] FractionalNanoseconds overhead() const final { return detail::overhead_of(*this); }
};

using AsioPerfTimer = BasicAsioPerfTimer<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1
