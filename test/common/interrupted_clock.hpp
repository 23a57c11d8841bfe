//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/manual_clock.hpp"

#include <chrono>
#include <functional>
#include <utility>

namespace perf_timer::test {

/// A manual clock. Something happens when it is read next, after the reading.
struct InterruptedClock : ManualClock {
  using wall_clock = InterruptedClock;
  using time_point = std::chrono::time_point<InterruptedClock>;
  static time_point now() noexcept {
    const time_point read{ManualClock::now().time_since_epoch()};
    if (const auto happens = std::exchange(next, nullptr)) happens();
    return read;
  }

  static inline std::function<void()> next;
};

}  // namespace perf_timer::test
