//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <atomic>
#include <chrono>

namespace perf_timer::test {

/// A clock that stands still unless a test advances it, with a clock of processor time beside it.
struct SampledClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SampledClock>;
  static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;
  static time_point now() noexcept { return time_point(duration(ticks.load())); }
  static inline std::atomic<rep> ticks{1'000'000};

  /// Each thread has its own. A reading takes some time, of both clocks.
  struct processor_clock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<processor_clock>;
    static constexpr bool is_steady = true;
    static time_point now() noexcept {
      const rep read = ticks;
      ticks += cost;
      SampledClock::ticks += cost;
      return time_point(duration(read));
    }
    static inline thread_local rep ticks = 0;
    static constexpr rep cost = 5;
  };

  static void compute(rep n) noexcept {
    ticks += n;
    processor_clock::ticks += n;
  }
  static void block(rep n) noexcept { ticks += n; }
};

}  // namespace perf_timer::test
