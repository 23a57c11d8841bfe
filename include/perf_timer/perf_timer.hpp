//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/timers/decorated.hpp>
#include <perf_timer/measure_overhead.hpp>
#include <perf_timer/run.hpp>
#include <perf_timer/timer_base.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Times ordinary code by `Clock`; see the aliases below.
template <TimerClock Clock, class Target>
class BasicSynchronousTimer : public TimerBase {
 public:
  using clock = Clock;
  using Run = perf_timer::Run<detail::WallRun<Clock>, Target>;

  /// Throws `std::invalid_argument` if the name is empty.
  explicit BasicSynchronousTimer(std::string name, TimerOptions options = {})
      : TimerBase(std::move(name), std::move(options), detail::SeriesKept::elapsed_only) {}

  /// A run that ends with the scope: `auto run = timer.measure();`
  [[nodiscard]] Run measure() noexcept { return Run(recorder()); }

  /// A function that makes a run of each call of `function`: copied or moved in, called as it would
  /// be itself, noexcept if it is.
  template <class Function>
  [[nodiscard]] auto decorate(Function&& function) {
    return detail::Decorated<std::decay_t<Function>, detail::CallAsRun<Run>>(
        recorder(), std::forward<Function>(function));
  }

  /// Records a run that was measured elsewhere. Throws `std::invalid_argument` if the duration is
  /// negative or not finite.
  template <class Rep, class Period>
  void observe(std::chrono::duration<Rep, Period> duration) {
    const auto elapsed = detail::checked_duration(duration);
    if (!enabled()) return;
    Target target(recorder());
    target.begin();
    target.end({elapsed, 0, elapsed, {}});
  }

 private:
  [[nodiscard]] FractionalNanoseconds overhead() const final { return detail::overhead_of(*this); }
};

/// Times ordinary code that one thread at a time executes. The cheapest: no thread_local.
///
/// Thread safety: `snapshot`, `reset` and `name` any thread; all else one thread at a time.
template <TimerClock Clock>
using BasicPerfTimer = BasicSynchronousTimer<Clock, detail::OneThread>;
using PerfTimer = BasicPerfTimer<std::chrono::steady_clock>;

/// Times ordinary code that any number of threads execute.
///
/// Thread safety: all members. A run is one thread's at a time.
template <TimerClock Clock>
using BasicThreadPerfTimer = BasicSynchronousTimer<Clock, detail::AnyThread>;
using ThreadPerfTimer = BasicThreadPerfTimer<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1
