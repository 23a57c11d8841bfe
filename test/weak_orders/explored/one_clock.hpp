//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "explore.hpp"

#include <chrono>

namespace explored {

/// The same for all threads. No two readings are equal.
struct OneClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<OneClock>;
  static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;

  static time_point now() noexcept { return time_point(duration(clock_reading())); }
};

}  // namespace explored
