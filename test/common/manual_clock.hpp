//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <atomic>
#include <chrono>

namespace perf_timer::test {

/// A clock that stands still unless a test advances it. The same on all threads.
struct ManualClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ManualClock>;
  static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;

  static time_point now() noexcept { return time_point(duration(ticks.load())); }
  static void advance(rep n) noexcept { ticks.fetch_add(n); }

  static inline std::atomic<rep> ticks{1'000'000};

  /// A thread's time on a processor, which a test advances, too.
  struct processor_clock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<processor_clock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept { return time_point(duration(ticks)); }
    static void advance(rep n) noexcept { ticks += n; }

    static inline thread_local rep ticks = 0;
  };
};

/// A clock that each thread has its own instance of. What a thread computes advances only that
/// thread's clock, so the result doesn't depend on how threads interleave.
struct ThreadManualClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ThreadManualClock>;
  using wall_clock = ManualClock;
  static constexpr bool is_steady = true;

  static time_point now() noexcept { return time_point(duration(ticks)); }
  static void advance(rep n) noexcept { ticks += n; }

  static inline thread_local rep ticks = 0;
};

}  // namespace perf_timer::test
