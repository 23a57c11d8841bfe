//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_base.hpp>

namespace perf_timer::inline v0_1::detail {

/// What free functions need of a timer.
struct TimerAccess {
  [[nodiscard]] static Recorder& recorder(const TimerBase& timer) noexcept {
    return timer.recorder();
  }
};

}  // namespace perf_timer::inline v0_1::detail
