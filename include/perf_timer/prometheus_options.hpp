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
  /// bucket is a series for each histogram of each timer. With these bounds, a quantile between 1
  /// us and 10 s is at most 22 % off. doc/prometheus.md helps to choose fewer.
  std::vector<double> buckets{
      1e-6, 1.2e-6, 1.4e-6, 1.7e-6, 2e-6, 2.4e-6, 2.9e-6, 3.5e-6, 4.2e-6, 5e-6, 6e-6, 7e-6, 8.5e-6,
      1e-5, 1.2e-5, 1.4e-5, 1.7e-5, 2e-5, 2.4e-5, 2.9e-5, 3.5e-5, 4.2e-5, 5e-5, 6e-5, 7e-5, 8.5e-5,
      1e-4, 1.2e-4, 1.4e-4, 1.7e-4, 2e-4, 2.4e-4, 2.9e-4, 3.5e-4, 4.2e-4, 5e-4, 6e-4, 7e-4, 8.5e-4,
      1e-3, 1.2e-3, 1.4e-3, 1.7e-3, 2e-3, 2.4e-3, 2.9e-3, 3.5e-3, 4.2e-3, 5e-3, 6e-3, 7e-3, 8.5e-3,
      0.01, 0.012,  0.014,  0.017,  0.02, 0.024,  0.029,  0.035,  0.042,  0.05, 0.06, 0.07, 0.085,
      0.1,  0.12,   0.14,   0.17,   0.2,  0.24,   0.29,   0.35,   0.42,   0.5,  0.6,  0.7,  0.85,
      1,    1.2,    1.4,    1.7,    2,    2.4,    2.9,    3.5,    4.2,    5,    6,    7,    8.5,
      10};
};

}  // namespace perf_timer::inline v0_1
