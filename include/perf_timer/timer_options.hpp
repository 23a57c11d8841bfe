//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/log_function.hpp>
#include <perf_timer/observer.hpp>

namespace perf_timer::inline v0_1 {

/// How a timer is made: `PerfTimer timer{"decode", {.observer = AverageObserver{}}};`
struct TimerOptions {
  /// What to compute from the durations. By default `HistogramObserver{}`.
  Observer observer = {};
  /// Called with the timer's `report_line` when the timer is destroyed or at exit. What it throws
  /// is ignored, because a destructor may be the caller.
  LogFunction log = {};
  bool enabled = true;  ///< Whether the timer is on at first. See `TimerBase::enabled`.
};

}  // namespace perf_timer::inline v0_1
