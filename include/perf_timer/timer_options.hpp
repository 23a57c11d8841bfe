//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/log_function.hpp>
#include <perf_timer/observer.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {

/// How a timer is made: `PerfTimer timer{"decode", {.observer = AverageObserver{}}};`
struct TimerOptions {
  /// What to compute from the durations. By default `HistogramObserver{}`.
  Observer observer = {};
  /// Called with the timer's `report_line` when the timer is destroyed or at exit. What it throws
  /// is ignored, because a destructor may be the caller.
  LogFunction log = {};
  /// Of one run in so many, processor time is measured beside busy time; 0: of none. It tells a run
  /// that computes from one that blocks: see `TimerSnapshot::cpu`. Each thread counts the runs that
  /// begin on it. A run of an `AsioPerfTimer` is measured in all of its steps, on whatever threads.
  ///
  /// Not measured are runs by a clock of processor time, runs that begin while a trace is recorded,
  /// partial and failed ones, functions inside which another one ran inline, and runs in which
  /// another thread still executes when they end. Such a run costs two system calls of some 300 ns
  /// more, and two for each of its steps. They aren't part of its busy time, but of its elapsed
  /// time if it has several steps.
  std::uint32_t cpu_every = 0;
  /// What tells the timer from others of its name, such as `{{"method", "GET"}}`. A name consists
  /// of letters, digits and `_`, no digit first, and occurs once. It must not begin with `__`, and
  /// must not be one of those that `PrometheusOptions::labels` excludes. A value is any text. The
  /// constructor of the timer throws `std::invalid_argument` that says which one is invalid.
  ///
  /// Prometheus gets them as labels of each series of the timer, JSON as `labels`. Texts show them
  /// behind the name: `request{method=GET}`.
  std::vector<std::pair<std::string, std::string>> labels = {};
  bool enabled = true;  ///< Whether the timer is on at first. See `TimerBase::enabled`.
};

}  // namespace perf_timer::inline v0_1
