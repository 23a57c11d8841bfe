//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/tsc_clock.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>

namespace perf_timer::inline v0_1 {

/// What a timer can be a template of: a clock in the manner of `std::chrono`, with a static
/// `now()`.
template <class Clock>
concept TimerClock = requires {
  typename Clock::duration;
  typename Clock::time_point;
  { Clock::now() } -> std::convertible_to<typename Clock::time_point>;
};

/// Whether all threads read the same time from a clock. A clock of one's own says so with
/// `static constexpr bool is_shared = true;`. Of one that says nothing only differences between
/// two readings on one thread are used for busy time, which is right for either kind; give it a
/// `wall_clock` if threads read it differently, for queued and elapsed lie between threads.
template <class Clock>
inline constexpr bool is_shared_clock = [] {
  if constexpr (requires {
                  { Clock::is_shared } -> std::convertible_to<bool>;
                })
    return static_cast<bool>(Clock::is_shared);
  else
    return std::same_as<Clock, std::chrono::steady_clock> ||
           std::same_as<Clock, std::chrono::system_clock> ||
           std::same_as<Clock, std::chrono::high_resolution_clock>;
}();

namespace detail {

template <class Clock>
struct WallClock {
  using type = Clock;
};

template <class Clock>
  requires requires { typename Clock::wall_clock; }
struct WallClock<Clock> {
  using type = typename Clock::wall_clock;
};

/// The clock for what happens between threads, queued and elapsed: `Clock::wall_clock` if it has
/// one (a CPU clock stands still while a function waits), else the clock itself.
template <class Clock>
using wall_clock_of = typename WallClock<Clock>::type;

/// A reading in nanoseconds.
using Ticks = std::int64_t;

template <class Clock>
[[nodiscard]] inline Ticks now() {
  if constexpr (std::same_as<Clock, std::chrono::steady_clock>) return steady_now();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch())
      .count();
}

/// The wall clock's reading that goes with a reading just taken from `Clock`.
template <class Clock>
[[nodiscard]] inline Ticks wall_now(Ticks reading) {
  if constexpr (std::same_as<Clock, wall_clock_of<Clock>>)
    return reading;
  else
    return now<wall_clock_of<Clock>>();
}

}  // namespace detail
}  // namespace perf_timer::inline v0_1
