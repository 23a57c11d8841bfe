//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <chrono>

namespace perf_timer::inline v0_1 {

/// The time of `steady_clock`, for two thirds of its price or less.
///
/// It reads the processor's time stamp counter where the kernel itself keeps time by it, and
/// `steady_clock` everywhere else. For the first 0.1 s of a program it reads `steady_clock`, too.
/// Timers of `steady_clock`, the default, read their time this way as well.
///
/// The scale is measured once. Afterwards readings drift from those of `steady_clock` by a
/// millionth at most, and by as much as the kernel slews its own time. Set `PERF_TIMER_TSC=0` in
/// the environment to have `steady_clock` read.
///
/// Thread safety: any thread.
struct tsc_clock {
  using duration = std::chrono::nanoseconds;              ///< The unit of readings.
  using rep = duration::rep;                              ///< That of `duration`.
  using period = duration::period;                        ///< That of `duration`.
  using time_point = std::chrono::time_point<tsc_clock>;  ///< What `now` returns.

  static constexpr bool is_steady = true;  ///< The time never goes back.
  static constexpr bool is_shared = true;  ///< All threads read the same time.

  /// Returns the time since the epoch of `steady_clock`.
  [[nodiscard]] static time_point now() noexcept {
    return time_point(duration(detail::steady_now()));
  }

  /// Returns whether `now` reads the processor's counter. Waits until that is known: 0.1 s at most,
  /// once.
  [[nodiscard]] PERF_TIMER_EXPORT static bool uses_counter() noexcept;
};

}  // namespace perf_timer::inline v0_1
