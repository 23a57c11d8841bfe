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

/// What `live_report` does.
struct LiveReportOptions {
  /// From one report to the next.
  std::chrono::nanoseconds every = std::chrono::seconds{10};
  /// Called with what every timer measured since the time before.
  std::function<void(const Interval&)> sink = {};
  /// Without a `sink`: called with a line for each timer that ran since, like the one at exit, and
  /// one before them that tells the interval's length.
  LogFunction log = {};
};

}  // namespace perf_timer::inline v0_1
