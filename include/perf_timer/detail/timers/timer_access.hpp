//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_clock.hpp>

namespace perf_timer::inline v0_1 {

template <TimerClock Clock>
class BasicAsioPerfTimer;

namespace detail {

class Recorder;

/// What free functions need of a timer.
struct TimerAccess {
  template <class Timer>
  [[nodiscard]] static Recorder& recorder(Timer& timer) noexcept {
    return timer.recorder();
  }
};

template <class Timer>
concept AnAsioTimer =
    requires(Timer& timer) { []<class Clock>(BasicAsioPerfTimer<Clock>&) {}(timer); };

}  // namespace detail
}  // namespace perf_timer::inline v0_1
