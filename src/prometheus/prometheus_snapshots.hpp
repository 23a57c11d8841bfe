//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <vector>

namespace perf_timer::inline v0_1::detail {

/// All live timers, and what departed ones of their names had, so that no series goes back. One
/// memory for the process: whoever scrapes sees the same series.
[[nodiscard]] std::vector<TimerSnapshot> prometheus_snapshots();

}  // namespace perf_timer::inline v0_1::detail
