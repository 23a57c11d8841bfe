//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/timers/duration_ticks.hpp>

#include <limits>
#include <stdexcept>
#include <string>

namespace perf_timer::inline v0_1::detail {

Ticks duration_ticks(std::chrono::duration<long double, std::nano> duration) {
  const long double ns = duration.count();
  if (!(ns >= 0) || ns >= static_cast<long double>(std::numeric_limits<Ticks>::max()))
    throw std::invalid_argument("observe: " + std::to_string(ns) +
                                " ns is not a duration; give one that is finite, not negative and "
                                "shorter than 292 years");
  return static_cast<Ticks>(ns + 0.5L);
}

}  // namespace perf_timer::inline v0_1::detail
