//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/recorder/lost_reason.hpp>

#include <algorithm>

namespace perf_timer::inline v0_1::detail {

/// How one run went, in nanoseconds.
struct RunTimes {
  Ticks busy = 0;
  Ticks queued = 0;
  Ticks elapsed = 0;
  LostReason lost = LostReason::none;
  bool unwinding = false;  ///< more exceptions were on their way at the end than at the beginning
};

/// The same, but lost if the clock can't be believed. Of a clock that may be each thread's own,
/// only busy time is measured on one thread; what lies between threads is then no less than
/// nothing.
template <class Clock>
[[nodiscard]] constexpr RunTimes checked(RunTimes times) noexcept {
  if constexpr (!is_shared_clock<wall_clock_of<Clock>>) {
    times.queued = std::max<Ticks>(times.queued, 0);
    times.elapsed = std::max<Ticks>(times.elapsed, 0);
  }
  if (times.lost == LostReason::none && (times.busy < 0 || times.queued < 0 || times.elapsed < 0))
    times.lost = LostReason::clock_went_back;
  return times;
}

}  // namespace perf_timer::inline v0_1::detail
