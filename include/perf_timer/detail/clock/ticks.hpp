//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

template <class Clock>
struct WallClock {
  using type = Clock;
};

template <class Clock>
  requires requires { typename Clock::wall_clock; }
struct WallClock<Clock> {
  using type = typename Clock::wall_clock;
};

/// The clock that measures what happens between threads: queued and elapsed time. It is
/// `Clock::wall_clock` if there is one, else the clock itself.
template <class Clock>
using wall_clock_of = typename WallClock<Clock>::type;

/// A reading or a duration in nanoseconds.
using Ticks = std::int64_t;

template <class Clock>
[[nodiscard]] inline Ticks now() {
  if constexpr (std::same_as<Clock, std::chrono::steady_clock>) return steady_now();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch())
      .count();
}

/// Returns the wall clock's reading that goes with a reading just taken from `Clock`.
template <class Clock>
[[nodiscard]] inline Ticks wall_now(Ticks reading) {
  if constexpr (std::same_as<Clock, wall_clock_of<Clock>>)
    return reading;
  else
    return now<wall_clock_of<Clock>>();
}

}  // namespace perf_timer::inline v0_1::detail
