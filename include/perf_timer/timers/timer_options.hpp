//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/statistics/histogram_observer.hpp>
#include <perf_timer/statistics/observer.hpp>

#include <functional>
#include <string_view>

namespace perf_timer {

/// Called with one line, without a newline, when a timer reports. An empty one is standard output.
/// What it throws is swallowed, for a report is often made by a destructor.
using LogFunction = std::function<void(std::string_view)>;

/// How a timer is made: `PerfTimer timer{"decode", {.observer = AverageObserver{}}};`
struct TimerOptions {
  Observer observer = HistogramObserver{};  ///< what to compute of the durations
  LogFunction log = {};                     ///< where the line at exit goes
  bool enabled = true;                      ///< false: see `TimerBase::enabled`
};

}  // namespace perf_timer
