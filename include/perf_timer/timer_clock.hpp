//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <concepts>

namespace perf_timer::inline v0_1 {

/// A clock that timers, `instrument`, `task` and `asio_perf_counter` can take as their template
/// argument. It is like the clocks of `std::chrono`, with a static `now()`. `now()` must not throw,
/// and must be safe to call from any thread.
///
///     struct GameClock {                                  // stands still while the game is paused
///       using duration = std::chrono::nanoseconds;
///       using rep = duration::rep;
///       using period = duration::period;
///       using time_point = std::chrono::time_point<GameClock>;
///       static constexpr bool is_steady = true;
///       static constexpr bool is_shared = true;           // all threads read the same time
///       static time_point now() noexcept;
///     };
///     perf_timer::BasicPerfTimer<GameClock> timer{"turn"};
///
/// Optional members: `is_shared` (see `is_shared_clock`), and the type `wall_clock`. A timer takes
/// queued and elapsed time from the `wall_clock`, if there is one. A clock of processor time needs
/// it, because such a clock stands still while a run waits.
template <class Clock>
concept TimerClock = requires {
  typename Clock::duration;
  typename Clock::time_point;
  { Clock::now() } -> std::convertible_to<typename Clock::time_point>;
};

/// Whether all threads read the same time from a clock.
///
/// True for the clocks of `std::chrono`. Any other clock says so itself, by
/// `static constexpr bool is_shared = true;`. If it doesn't, timers compare only readings of one
/// thread to get busy time, which is right for either kind. If its threads read different times, it
/// needs a `wall_clock` for queued and elapsed time.
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

}  // namespace perf_timer::inline v0_1
