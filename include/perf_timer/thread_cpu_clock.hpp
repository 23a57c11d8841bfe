//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <chrono>

namespace perf_timer::inline v0_1 {

/// Processor time that the calling thread has used (`CLOCK_THREAD_CPUTIME_ID`). Busy time is then
/// the time on a processor. If a thread executes a run but blocks or is preempted, that time goes
/// to `TimerSnapshot::off_processor`. A reading is a system call of some 600 ns.
///
/// Readings of two threads can't be compared, so queued and elapsed time come from `wall_clock`.
///
///     perf_timer::BasicAsioPerfTimer<perf_timer::thread_cpu_clock> timer{"GET /thumbnail"};
///
/// Thread safety: any thread.
struct thread_cpu_clock {
  using duration = std::chrono::nanoseconds;                     ///< The unit of readings.
  using rep = duration::rep;                                     ///< That of `duration`.
  using period = duration::period;                               ///< That of `duration`.
  using time_point = std::chrono::time_point<thread_cpu_clock>;  ///< What `now` returns.
  using wall_clock = std::chrono::steady_clock;                  ///< See `TimerClock`.

  static constexpr bool is_steady = true;   ///< A thread's time never goes back.
  static constexpr bool is_shared = false;  ///< Each thread reads its own time.

  /// Returns the processor time that the calling thread has used since it began.
  [[nodiscard]] PERF_TIMER_EXPORT static time_point now() noexcept;
};

}  // namespace perf_timer::inline v0_1
