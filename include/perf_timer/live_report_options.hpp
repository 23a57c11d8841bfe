//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/interval_reader.hpp>
#include <perf_timer/log_function.hpp>

#include <chrono>
#include <functional>

namespace perf_timer::inline v0_1 {

/// How often `live_report` reports, and to whom.
struct LiveReportOptions {
  /// The time from one report to the next. Must be positive.
  std::chrono::nanoseconds every = std::chrono::seconds{10};
  /// Called with what every timer measured since the last report. If it is empty, `log` is called.
  std::function<void(const Interval&)> sink = {};
  /// Called if there is no `sink`, and if any timer ran since the last report. The text has several
  /// lines: the length of the interval, and the `report_line` of each timer that ran. An empty
  /// function stands for standard output, which is flushed.
  LogFunction log = {};
};

}  // namespace perf_timer::inline v0_1
