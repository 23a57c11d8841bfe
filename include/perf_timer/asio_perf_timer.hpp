//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/span/run_sight.hpp>
#include <perf_timer/detail/timers/duration_ticks.hpp>
#include <perf_timer/detail/timers/overhead.hpp>
#include <perf_timer/detail/timers/refuse.hpp>
#include <perf_timer/detail/timers/scope_run.hpp>
#include <perf_timer/detail/timers/steady_clock_asio_runs.hpp>
#include <perf_timer/detail/timers/targets.hpp>
#include <perf_timer/run.hpp>
#include <perf_timer/started_run.hpp>
#include <perf_timer/timer_base.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Times what handlers and coroutines of Boost.Asio execute. The time in which they wait (for a
/// thread, a strand, the network or a timer) is counted separately.
///
///     static perf_timer::AsioPerfTimer timer{"GET /thumbnail"};
///     co_await timer.decorate(thumbnail(request));            // one run, over all suspensions
///
/// A run that is measured or decorated holds all that executes on its behalf on instrumented
/// executors (see `instrument`): the coroutine, what it awaits, the branches of `&&` and `||`, what
/// it posts and spawns.
///
/// Thread safety: all members, from any thread. One thread at a time may use a run.
template <TimerClock Clock>
class BasicAsioPerfTimer : public TimerBase {
 public:
  using clock = Clock;                               ///< What tells the time.
  using Run = perf_timer::Run<BasicAsioPerfTimer>;   ///< What `measure` returns.
  using StartedRun = perf_timer::StartedRun<Clock>;  ///< What `start` returns.

  /// Makes a timer that reports under `name`. Throws `std::invalid_argument` if the name is empty,
  /// and `std::bad_alloc`.
  explicit BasicAsioPerfTimer(std::string name, TimerOptions options = {})
      : TimerBase(std::move(name), std::move(options), detail::SeriesKept::all,
                  detail::run_sight_of<Clock>()) {}

  /// Begins a run that ends with the scope. In a coroutine, the run goes on over suspensions.
  [[nodiscard]] Run measure() & noexcept { return Run(recorder()); }

  /// Begins a run that isn't a scope: for callbacks, and for what an object does. It is current
  /// nowhere. What executes on the executors that its `wrap` returns is on its behalf.
  [[nodiscard]] StartedRun start() & noexcept { return StartedRun(recorder()); }

  /// Returns a `PerfExecutor` that records each function it executes as a run of this timer. Its
  /// busy time is what it executes, its queued time the wait for the thread or the strand.
  ///
  /// `inner` is an executor or an execution context. Make a strand first, and wrap that. The
  /// execution context keeps a few bytes for the timer until it is destroyed, so make timers once
  /// and not for each connection.
  ///
  /// Throws `std::bad_alloc`. The execution context must outlive what it returns; the timer
  /// needn't.
  template <class ExecutorOrContext>
  [[nodiscard]] auto wrap(ExecutorOrContext&& inner) &;

  /// Returns a wrapper. Awaiting it, or calling it, records one run.
  ///
  /// Given an awaitable, it returns an awaitable: the run lasts as long as that is awaited. It is
  /// awaited in place: nothing is spawned or posted, whatever the executor. Given a
  /// coroutine function, it returns one whose calls return such awaitables. Given a function whose
  /// coroutines start at once, it returns one whose calls return coroutines of the same kind: the
  /// run lasts from the call to the coroutine's end, and the caller's time isn't in it. Given any
  /// other function, it returns one that records each call. What it returns may outlive the timer.
  ///
  /// Given a deferred operation, it returns a deferred operation. Each initiation of it is a run,
  /// as by `timed`.
  ///
  /// The run's elapsed time is known wherever it executes. If that isn't on instrumented executors,
  /// it is all that is known: the run is partial.
  template <class AwaitableOrFunction>
  [[nodiscard]] auto decorate(AwaitableOrFunction&& target) &;

  /// Doesn't compile, because a temporary timer is gone before what it measures ends.
  template <class Timer = BasicAsioPerfTimer>
  Run measure() && {
    detail::refuse_temporary_timer<Timer>();
    return measure();
  }
  /// Doesn't compile, because a temporary timer is gone before what it measures ends.
  template <class Timer = BasicAsioPerfTimer>
  StartedRun start() && {
    detail::refuse_temporary_timer<Timer>();
    return start();
  }
  /// Doesn't compile, because a temporary timer is gone before what it measures ends.
  template <class ExecutorOrContext>
  auto wrap(ExecutorOrContext&& inner) && {
    detail::refuse_temporary_timer<ExecutorOrContext>();
    return wrap(std::forward<ExecutorOrContext>(inner));
  }
  /// Doesn't compile, because a temporary timer is gone before what it measures ends.
  template <class AwaitableOrFunction>
  auto decorate(AwaitableOrFunction&& target) && {
    detail::refuse_temporary_timer<AwaitableOrFunction>();
    return decorate(std::forward<AwaitableOrFunction>(target));
  }

  /// Records a run that was measured elsewhere and was busy from its start to its end. Throws
  /// `std::invalid_argument` if `duration` is negative, not a number, or longer than 292 years.
  template <class Rep, class Period>
  void observe(std::chrono::duration<Rep, Period> duration) {
    const auto busy = detail::duration_ticks(duration);
    if (enabled()) recorder().record({busy, 0, busy, {}});
  }

 private:
  friend Run;
  using ScopeRun = detail::ScopeRun<detail::OpenRun<Clock>, detail::AnyThread>;

  [[nodiscard]] FractionalNanoseconds overhead() const final {
    return detail::overhead_once<ScopeRun>(observer());
  }
};

/// Times handlers and coroutines by wall time.
using AsioPerfTimer = BasicAsioPerfTimer<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1

#include <perf_timer/impl/asio_perf_timer.hpp>
