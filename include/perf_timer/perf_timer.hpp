//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/timers/decorated.hpp>
#include <perf_timer/detail/timers/duration_ticks.hpp>
#include <perf_timer/detail/timers/overhead.hpp>
#include <perf_timer/detail/timers/refuse.hpp>
#include <perf_timer/detail/timers/scope_run.hpp>
#include <perf_timer/detail/timers/steady_clock_runs.hpp>
#include <perf_timer/detail/timers/targets.hpp>
#include <perf_timer/detail/timers/wall_run.hpp>
#include <perf_timer/run.hpp>
#include <perf_timer/timer_base.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <string>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1 {

/// How many threads use a timer at the same time.
enum class TimerThreads : unsigned char {
  one,  ///< One at a time. The cheapest: no thread_local is looked up.
  any,  ///< Any number.
};

/// Times ordinary code by `Clock`, from start to end. `PerfTimer` and `ThreadPerfTimer` are
/// aliases.
///
///     static perf_timer::PerfTimer timer{"process thumbnail"};
///     auto run = timer.measure();
///
/// For handlers and coroutines of Boost.Asio use `AsioPerfTimer`, which leaves out their waits.
///
/// Thread safety: `TimerThreads::any`: all members, from any thread. `TimerThreads::one`:
/// `snapshot`, `reset`, `enabled` and `name` from any thread, everything else from one thread at a
/// time.
template <TimerClock Clock, TimerThreads Threads>
class BasicSynchronousTimer : public TimerBase {
 public:
  using clock = Clock;                                 ///< What tells the time.
  using Run = perf_timer::Run<BasicSynchronousTimer>;  ///< What `measure` returns.

  /// Makes a timer that reports under `name`. Throws `std::invalid_argument` if the name is empty,
  /// and `std::bad_alloc`.
  explicit BasicSynchronousTimer(std::string name, TimerOptions options = {})
      : TimerBase(std::move(name), std::move(options), detail::SeriesKept::elapsed_only) {}

  /// Begins a run that ends with the scope.
  [[nodiscard]] Run measure() & noexcept { return Run(recorder()); }

  /// Returns a function that does what `function` does, and records a run for each call. It keeps a
  /// copy of `function`, is `noexcept` if `function` is, and may outlive the timer.
  template <class Function>
  [[nodiscard]] auto decorate(Function&& function) & {
    detail::refuse_for_plain_timer<std::decay_t<Function>>();
    return detail::Decorated<std::decay_t<Function>, detail::CallAsRun<ScopeRun>>(
        recorder(), std::forward<Function>(function));
  }

  /// Doesn't compile, because a temporary timer is gone before what it measures ends.
  template <class Timer = BasicSynchronousTimer>
  Run measure() && {
    detail::refuse_temporary_timer<Timer>();
    return measure();
  }
  /// Doesn't compile, because a temporary timer is gone before what it measures ends.
  template <class Function>
  auto decorate(Function&& function) && {
    detail::refuse_temporary_timer<Function>();
    return decorate(std::forward<Function>(function));
  }

  /// Records a run that was measured elsewhere. Throws `std::invalid_argument` if `duration` is
  /// negative, not a number, or longer than 292 years.
  template <class Rep, class Period>
  void observe(std::chrono::duration<Rep, Period> duration) {
    const auto elapsed = detail::duration_ticks(duration);
    if (!enabled()) return;
    Target target(recorder());
    target.begin();
    target.end({elapsed, 0, elapsed, {}});
  }

 private:
  friend Run;
  using Target =
      std::conditional_t<Threads == TimerThreads::one, detail::OneThread, detail::AnyThread>;
  using ScopeRun = detail::ScopeRun<detail::WallRun<Clock>, Target>;

  [[nodiscard]] FractionalNanoseconds overhead() const final {
    return detail::overhead_once<ScopeRun>(observer());
  }
};

/// Times ordinary code that one thread at a time executes, by any clock.
template <TimerClock Clock>
using BasicPerfTimer = BasicSynchronousTimer<Clock, TimerThreads::one>;

/// Times ordinary code that any number of threads execute, by any clock.
template <TimerClock Clock>
using BasicThreadPerfTimer = BasicSynchronousTimer<Clock, TimerThreads::any>;

/// Times ordinary code that one thread at a time executes, by wall time.
using PerfTimer = BasicPerfTimer<std::chrono::steady_clock>;

/// Times ordinary code that any number of threads execute, by wall time.
using ThreadPerfTimer = BasicThreadPerfTimer<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1
