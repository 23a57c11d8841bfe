//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/steady_now.hpp>

#include <chrono>

namespace perf_timer::inline v0_1 {

/// A clock for code that others could not afford to measure: `BasicPerfTimer<unfenced_clock>`. A
/// scope costs some 20 ns less than by `steady_clock`.
///
/// It reads the processor's counter without waiting for what the program has done before. A
/// processor executes hundreds of instructions at once, and in another order than that of the
/// program. So what is still under way when a scope ends isn't in its time: a scope of one access
/// to memory that takes 100 ns may report 20. Code that computes for some microseconds is measured
/// as well as by `steady_clock`. doc/performance.md has figures.
///
/// Where the counter can't be used, it reads `steady_clock`, as `tsc_clock` does. Readings of two
/// threads aren't compared, as each may be off. Thread safety: any thread.
struct unfenced_clock {
  using duration = std::chrono::nanoseconds;                   ///< The unit of readings.
  using rep = duration::rep;                                   ///< That of `duration`.
  using period = duration::period;                             ///< That of `duration`.
  using time_point = std::chrono::time_point<unfenced_clock>;  ///< What `now` returns.

  static constexpr bool is_steady = true;   ///< The time goes back by no more than its error.
  static constexpr bool is_shared = false;  ///< Each thread's readings are compared to its own.

  /// Returns the time since the epoch of `steady_clock`.
  [[nodiscard]] static time_point now() noexcept {
    return time_point(duration(detail::steady_now_unfenced()));
  }
};

}  // namespace perf_timer::inline v0_1
