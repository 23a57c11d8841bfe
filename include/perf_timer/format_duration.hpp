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

/// Returns a duration as people write it: "73.1 usec", "12.8 msec", "1.20 sec", "0 nsec". The units
/// are nsec, usec, msec and sec.
///
///     perf_timer::format_duration(std::chrono::microseconds{73'123});  // "73.1 msec"
///
/// `duration` is any duration of `std::chrono`, negative or not. `significant_digits`, from 1 to
/// 17, is how many digits the text has, trailing zeros included. All digits before the decimal
/// point are written even if they are more ("12345 sec"). If a value rounds up to a thousand, the
/// next unit is used ("1.00 msec", not "1000 usec").
///
/// The text is ASCII in every locale. Throws `std::bad_alloc`. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string format_duration(
    std::chrono::duration<double, std::nano> duration, int significant_digits = 3);

}  // namespace perf_timer::inline v0_1
