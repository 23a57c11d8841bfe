//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns a line that says how long a run of the timer was idle on average, and for what its
/// operations waited. Empty if that isn't known, or if it was idle for less than 1 % of its time.
[[nodiscard]] std::string idle_text(const TimerSnapshot& timer);

}  // namespace perf_timer::inline v0_1::detail
