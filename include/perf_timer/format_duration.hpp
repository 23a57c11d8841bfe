//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <chrono>
#include <ratio>
#include <string>

namespace perf_timer::inline v0_1 {

/// A duration as a person reads it: "73.1 usec", "12.8 msec", "1.20 sec", "0 nsec".
///
/// ASCII, whatever the locale. `significant_digits` (1 to 17) is what is shown, trailing zeros
/// included; digits before the decimal point are shown even beyond it ("12345 sec"). What rounds up
/// to a thousand goes to the next unit ("1.00 msec", not "1000 usec").
///
/// Integral and fractional durations of any unit convert to the parameter.
/// Thread safety: any number of threads.
[[nodiscard]] PERF_TIMER_EXPORT std::string format_duration(
    std::chrono::duration<double, std::nano> duration, int significant_digits = 3);

}  // namespace perf_timer::inline v0_1
