//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <vector>

namespace perf_timer::inline v0_1 {

/// Returns what every live timer has measured so far, in the order in which the timers were made.
///
/// A timer that is made meanwhile may be missing. One that is destroyed meanwhile is whole or
/// missing. Snapshots of different timers are not of the same instant. Throws `std::bad_alloc`, and
/// what an observer throws.
///
/// Thread safety: any thread at any time, also from a log function.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<TimerSnapshot> snapshot_all();

}  // namespace perf_timer::inline v0_1
