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
  Observer observer = {};  ///< What to compute of the durations: `HistogramObserver{}` by default.
  /// Where the line at exit goes. What it throws is swallowed, for a destructor often calls it.
  LogFunction log = {};
  bool enabled = true;  ///< false: see `TimerBase::enabled`
};

}  // namespace perf_timer::inline v0_1
