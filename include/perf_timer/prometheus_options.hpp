//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {

/// How timers are shown to Prometheus. Each function that takes options checks them. It throws
/// `std::invalid_argument` that says which one is invalid and why.
///
///     perf_timer::prometheus_text({.prefix = "my_server", .labels = {{"region", "eu"}}});
struct PrometheusOptions {
  /// What the names of all metrics begin with, such as `perf_timer` in `perf_timer_runs_total`.
  /// Letters, digits, `_` and `:`, no digit first.
  std::string prefix = "perf_timer";

  /// Labels that every series gets: a name and a value each. A name consists of letters, digits and
  /// `_`, no digit first, and occurs once. It must not begin with `__`, which Prometheus reserves,
  /// and must not be one of ours: `timer`, `kind`, `reason`, `le`, `thread`, `thread_name`,
  /// `state`, `run`, `executor`, `object`, `operation`, `part_of`, `at`. A value is any text. Of a
  /// name that a timer has as well (`TimerOptions::labels`), the timer's value counts for its
  /// series.
  std::vector<std::pair<std::string, std::string>> labels{};

  /// The upper bounds of the histograms' buckets, in seconds. At least one; positive, finite, and
  /// each greater than the one before it. One more bucket, to infinity, is always there. Each
  /// bucket is a series for each histogram of each timer. doc/prometheus.md helps to choose.
  std::vector<double> buckets{1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3,
                              5e-3, 0.01, 0.02, 0.05, 0.1,  0.2,  0.5,  1,    2,    5,    10};
};

}  // namespace perf_timer::inline v0_1
