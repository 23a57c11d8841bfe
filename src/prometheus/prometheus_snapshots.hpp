//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Returns all live timers, with what destroyed timers of their names had added, so that no series
/// decreases. The process has one memory of that, so every scraper sees the same series.
[[nodiscard]] std::vector<TimerSnapshot> prometheus_snapshots();

}  // namespace perf_timer::inline v0_1::detail
