//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <chrono>
#include <limits>
#include <ratio>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Converts the argument of `observe` to nanoseconds. Throws `std::invalid_argument` if it is
/// negative, not a number, or longer than 292 years.
[[nodiscard]] PERF_TIMER_EXPORT Ticks
duration_ticks(std::chrono::duration<long double, std::nano> duration);

template <class Rep, class Period>
[[nodiscard]] Ticks duration_ticks(std::chrono::duration<Rep, Period> duration) {
  using Nanoseconds = std::ratio_divide<Period, std::nano>;
  if constexpr (std::is_integral_v<Rep> && Nanoseconds::den == 1) {
    // In whole numbers, because a `long double` may have no more digits than a `double`.
    constexpr Ticks most = (std::numeric_limits<Ticks>::max() - 1) / Nanoseconds::num;
    if (duration.count() >= 0 && std::cmp_less_equal(duration.count(), most))
      return static_cast<Ticks>(duration.count()) * Nanoseconds::num;
  }
  return duration_ticks(std::chrono::duration<long double, std::nano>(duration));
}

}  // namespace perf_timer::inline v0_1::detail
