//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {

/// How timers are shown to Prometheus. What is wrong in it is told by all that take it, as a
/// `std::invalid_argument`.
struct PrometheusOptions {
  /// What the names of all metrics begin with: letters, digits, `_` and `:`, no digit first.
  std::string prefix = "perf_timer";

  /// A name and a value each, on every series. A name is letters, digits and `_`, no digit first,
  /// occurs once, doesn't begin with `__`, which is Prometheus' own, and is none of `timer`,
  /// `kind`, `reason` and `le`. A value is any text.
  std::vector<std::pair<std::string, std::string>> labels{};

  /// The upper bounds of the histograms' buckets, in seconds: at least one, positive, finite,
  /// ascending by more than a rounding error. There is one more, to infinity. Each bucket is a
  /// series for each histogram of each timer.
  std::vector<double> buckets{1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3,
                              5e-3, 0.01, 0.02, 0.05, 0.1,  0.2,  0.5,  1,    2,    5,    10};
};

}  // namespace perf_timer::inline v0_1
