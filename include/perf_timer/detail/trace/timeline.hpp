//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/tsc_clock.hpp>
#include <perf_timer/unfenced_clock.hpp>

#include <chrono>
#include <concepts>
#include <type_traits>

namespace perf_timer::inline v0_1::detail {

/// The clock that all events of one trace share, so that their times can be compared.
struct Timeline {
  const void* id = nullptr;
  Ticks (*now)() = nullptr;
};

/// A clock of this library that reads the time of `steady_clock` in its own way.
template <class Clock>
inline constexpr bool reads_steady_time =
    std::same_as<Clock, tsc_clock> || std::same_as<Clock, unfenced_clock>;

/// The clock that dates a timer's events. It is the timer's wall clock, because events of several
/// threads are shown side by side.
template <class Clock>
using TraceClock = std::conditional_t<reads_steady_time<wall_clock_of<Clock>>,
                                      std::chrono::steady_clock, wall_clock_of<Clock>>;

template <class Clock>
PERF_TIMER_EXPORT inline constinit char timeline_id_of = 0;

/// The timeline of nearly all timers. The library defines it, so that the whole program has one.
PERF_TIMER_EXPORT extern constinit char steady_timeline_id;

template <class Clock>
[[nodiscard]] const void* timeline_id() noexcept {
  if constexpr (std::same_as<TraceClock<Clock>, std::chrono::steady_clock>)
    return &steady_timeline_id;
  else
    return &timeline_id_of<TraceClock<Clock>>;
}

template <class Clock>
[[nodiscard]] Timeline timeline_of() noexcept {
  return {timeline_id<Clock>(), +[] { return now<TraceClock<Clock>>(); }};
}

}  // namespace perf_timer::inline v0_1::detail
