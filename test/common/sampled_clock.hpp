//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <atomic>
#include <chrono>

namespace perf_timer::test {

/// A clock that stands still unless a test advances it, with a clock of processor time beside it.
/// Reading that takes so long.
template <int Cost>
struct SampledClockOf {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SampledClockOf>;
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
      SampledClockOf::ticks += cost;
      ++readings;
      return time_point(duration(read));
    }
    static inline thread_local rep ticks = 0;
    static inline std::atomic<int> readings{0};
    static constexpr rep cost = Cost;
  };

  static void compute(rep n) noexcept {
    ticks += n;
    processor_clock::ticks += n;
  }
  static void block(rep n) noexcept { ticks += n; }
};

using SampledClock = SampledClockOf<5>;
using FreeSampledClock = SampledClockOf<0>;

/// It doesn't say that all threads read the same time.
template <int Cost>
struct UnsharedSampledClockOf : SampledClockOf<Cost> {
  static constexpr bool is_shared = false;
};

}  // namespace perf_timer::test
